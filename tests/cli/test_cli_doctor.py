"""What `doctor` finds."""

import os
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.stand_in_tray import StandInTray
from tests.fakes.keyrings import FakeKeyring, PlaintextKeyring
from tray import __version__
from tray.cli import account_findings
from tray.ipc.protocol import SupportFinding
from tray.store.opening import SCHEMA, open_database

TOPICS = [
    *("program", "profile", "data folder", "settings folder", "log folder"),
    *("settings", "hooks", "reminders", "time zone", "database", "backups"),
    *("account", "server", "requests left", "desktop", "keyring"),
]


def findings(cli: Cli) -> dict[str, tuple[bool | None, str]]:
    answer = cli.json("doctor", "--json")
    assert answer.keys() == {"v", "findings"}
    assert answer["v"] == 1
    assert [each["topic"] for each in answer["findings"]] == TOPICS
    return {each["topic"]: (each["works"], each["detail"]) for each in answer["findings"]}


def test_all_is_well(cli: Cli, keyring: FakeKeyring) -> None:
    cli("start", "x")
    cli.settings('working_hours = "mon-fri 9:00-17:00"')
    found = findings(cli)
    assert all(works for works, _ in found.values())
    assert found["program"][1].startswith(f"Toggl Tray {__version__}, Python 3.")
    assert found["data folder"] == (True, str(cli.home))
    assert found["settings"] == (True, str(cli.home / "settings.toml"))
    assert found["time zone"] == (True, "UTC, now 2026-02-13 12:00, UTC+0000")
    assert found["database"][1].startswith(f"{cli.home}/toggl-tray.db, 1 entry, 0.")
    assert found["backups"] == (True, f"1, the newest {cli.home}/backups/daily-2026-02-13.db")
    lines = cli("doctor").splitlines()
    assert [line[:3] for line in lines] == ["✓  "] * len(TOPICS)
    assert (
        len({line.index(found[topic][1]) for line, topic in zip(lines, TOPICS, strict=True)}) == 1
    )


def test_all_else_is_printed_before_a_keyring_that_waits_for_the_user(
    cli: Cli,
    keyring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is said what is waited for, and that it does not answer, in the end."""
    before: list[str] = []
    answered = threading.Event()

    def ask_the_user(_service: str, _username: str) -> str | None:
        before.append(capsys.readouterr().out)
        answered.wait(60)
        return None

    monkeypatch.setattr(keyring, "get_password", ask_the_user)
    monkeypatch.setattr(account_findings, "_KEYRING_SECONDS", 3)
    try:
        said, remarks = cli.with_remarks("doctor")
    finally:
        answered.set()
    assert [line.split("  ")[1].strip() for line in before[0].splitlines()] == TOPICS[:-1]
    assert "Waiting for the keyring" in remarks
    assert said.split("  ")[1] == "keyring"
    assert "does not answer" in said


def test_a_keyring_that_is_not_needed_yet(cli: Cli) -> None:
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(PlaintextKeyring())
    try:
        works, detail = findings(cli)["keyring"]
        assert works is None
        assert detail.startswith("needed only to sign in: no keyring that encrypts was found")
        assert f"–  keyring          {detail}" in cli("doctor")
    finally:
        keyring.set_keyring(before)


def test_nothing_is_there_yet(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(tmp_path / "new"))
    found = findings(cli)
    assert found["log folder"] == (True, f"{tmp_path}/new (made when it is needed)")
    assert found["settings"][1].startswith("all at their defaults; ")
    assert found["time zone"][1].startswith("the computer's (")
    assert ", 0 entries, " in found["database"][1]
    assert found["backups"] == (True, "none yet; one is made on each day with a change")


def test_a_screen_that_cannot_be_used(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(cli)["desktop"] == (True, "none in this session; commands work without")
    monkeypatch.setenv("DISPLAY", ":nowhere")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)  # which the tests of windows set
    found = {each["topic"]: each for each in cli.json("doctor", "--json")["findings"]}
    works, detail = found["desktop"]["works"], found["desktop"]["detail"]
    assert not works
    assert detail.startswith("the tray cannot be shown here: ")


def test_bad_settings(cli: Cli) -> None:
    cli.settings("day_start_hour = 99")
    said, told = cli.with_remarks("doctor")
    assert f"✗  settings         {told.removeprefix('toggl-tray: ')}" in said


def test_a_reminder_that_can_never_come(cli: Cli) -> None:
    works, detail = findings(cli)["reminders"]
    assert works is None
    assert "never comes without working hours" in detail
    cli.settings("remind_nothing_running = false")
    assert findings(cli)["reminders"][0]


def test_what_the_running_tray_was_refused(cli: Cli) -> None:
    told = (
        SupportFinding("hotkeys", False, "Ctrl+Alt+Space is taken by another program."),
        SupportFinding("idle time", True, "the X server"),
    )
    with StandInTray(os.environ, support=told) as tray:
        listed = cli.json("doctor", "--json")["findings"]
        assert tray.heard == ["support"]
    assert [each["topic"] for each in listed] == [*TOPICS[:-1], "hotkeys", "idle time", "keyring"]
    assert [tuple(each.values()) for each in listed[-3:-1]] == [*map(tuple, told)]


def test_a_tray_that_does_not_answer(cli: Cli) -> None:
    with StandInTray(os.environ, lambda _: "There is no command “support” here."):
        found = {each["topic"]: each for each in cli.json("doctor", "--json")["findings"]}
    assert not found["running tray"]["works"]


def test_a_folder_that_cannot_be(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_TRAY_HOME", "/proc/nowhere")
    works, detail = findings(cli)["database"]
    assert not works
    assert detail.startswith("The folder /proc/nowhere cannot be made")


def test_a_newer_database(cli: Cli) -> None:
    with open_database(str(cli.home / "toggl-tray.db")) as db:
        db.run(f"PRAGMA user_version = {SCHEMA + 1}")
    works, detail = findings(cli)["database"]
    assert not works
    assert "Update Toggl Tray to use it." in detail


def test_a_database_that_is_damaged_inside(cli: Cli) -> None:
    for number in range(30):
        cli("add", f"{number} {'x' * 2_000} yesterday 9:{number:02}-9:{number + 1:02}")
    path = cli.home / "toggl-tray.db"
    with open_database(str(path)) as db:
        db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xa5" * 4096
    path.write_bytes(content)
    works, detail = findings(cli)["database"]
    assert not works
    assert "damaged" in detail


def test_what_a_missing_menu_entry_costs_is_said_and_then_where_it_is(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":nowhere")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    assert "–  menu entry       none, so that GNOME and KDE" in cli("doctor")
    cli("install")
    assert f"✓  menu entry       {tmp_path}/applications/toggl-tray.desktop" in cli("doctor")
    assert "keyring" in cli("doctor").splitlines()[-1], "it may have to be waited for"
