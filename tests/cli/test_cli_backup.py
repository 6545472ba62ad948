"""Copies of the database, as somebody in a terminal lists, makes and goes back to them."""

from pathlib import Path

from tests.cli.conftest import Cli
from tests.fakes.toggl import Server


def test_the_copies_are_listed_with_what_is_in_them(cli: Cli) -> None:
    assert cli("backup").startswith("No copies yet.")
    cli("add", "first 9:00-10:00")
    cli.now += 60
    made = cli("backup", "make").removeprefix("Made ").removesuffix(".\n")
    assert made == str(cli.home / "backups" / "made-20260213T120100Z.db")
    listed = cli.json("backup", "list", "--json")
    assert listed["v"] == 1
    (copy,) = [each for each in listed["backups"] if each["path"] == made]
    assert copy["name"] == "made-20260213T120100Z.db"
    assert copy["entries"] == 1
    assert copy["last_entry"] == "2026-02-13T09:00:00Z"
    assert copy["size_bytes"] == Path(made).stat().st_size
    assert "made-20260213T120100Z.db" in cli("backup", "list")
    assert listed == cli.json("backup", "--json")


def test_going_back_to_a_copy_keeps_what_is_there_first(cli: Cli) -> None:
    cli("add", "first 9:00-10:00")
    cli("backup", "make")
    cli("add", "second 10:00-11:00")
    said = cli("backup", "restore", "made-20260213T120000Z")
    assert said.splitlines()[0] == "Restored 1 entry, the last of 09:00."
    before = cli.home / "backups" / "before-restore-20260213T120000Z.db"
    assert said.splitlines()[1] == f"What was here before is kept in {before}."
    assert "second" not in cli("list")
    assert "3" in cli("add", "third 11:00-11:30", "--json"), "no number is used twice"
    cli("backup", "restore", str(before))
    assert "second" in cli("list")


def test_what_cannot_be_gone_back_to_changes_nothing(cli: Cli) -> None:
    cli("add", "kept 9:00-10:00")
    text = cli.home / "notes.db"
    text.write_text("no database")
    assert "is damaged, or no database of ours" in cli.fails(1, "backup", "restore", str(text))
    assert cli.fails(1, "backup", "restore", "nothing") == (
        "There is no copy “nothing”. `toggl-tray backup list` shows which there are."
    )
    assert "kept" in cli("list")


def test_what_waited_in_a_copy_is_not_sent_twice(signed_in: Cli, toggl: Server) -> None:
    signed_in("add", "waits 9:00-10:00")
    signed_in("backup", "make")
    signed_in("sync")
    signed_in("backup", "restore", "made-20260213T120000Z")
    signed_in("sync")
    assert [entry.description for entry in toggl.account.entries()] == ["waits"]
    assert signed_in.json("status", "--json")["sync"]["pending"] == 0
