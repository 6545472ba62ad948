"""What other programs keep of time, as typed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

TIMEW = "inc 20260713T080000Z - 20260713T090000Z # a project:Site # why\n"
EVENT = {"timestamp": "2026-02-12T08:00:00Z", "duration": 1_800, "data": {"status": "not-afk"}}
WATCHED = json.dumps({"buckets": {"a": {"type": "afkstatus", "events": [EVENT]}}})


def given(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_it_says_which_program_it_is_from_and_what_it_would_add(cli: Cli, tmp_path: Path) -> None:
    path = given(tmp_path, "2026-07.data", TIMEW)
    assert cli("import", path, "--dry-run").splitlines() == [
        "It is from Timewarrior.",
        "Would add 1 entry; 0 were here already.",
        "Would add projects: Site",
        "Would add tags: a",
    ]
    cli("import", path, "--from", "timewarrior")
    assert "Added 0 entries; 1 were here already." in cli("import", path)
    cli("undo")
    assert json.loads(cli("list", "all", "--json"))["entries"] == []


def test_a_program_that_is_named_wrongly_is_a_sentence(cli: Cli, tmp_path: Path) -> None:
    path = given(tmp_path, "2026-07.data", TIMEW)
    assert "holds nothing that Watson writes." in cli.fails(1, "import", path, "--from", "watson")
    assert "invalid choice: 'toggle'" in cli.misused("import", path, "--from", "toggle")


def test_what_is_only_proposed_is_taken_by_number_or_day(cli: Cli, tmp_path: Path) -> None:
    path = given(tmp_path, "aw.json", WATCHED)
    said = cli("import", path)
    assert "Added 0 entries" in said
    assert "1 entry is proposed for time that is not tracked. --take adds it." in said
    assert "does not say what to take" in cli.fails(1, "import", path, "--take", "some")
    assert "Added 0 entries" in cli("import", path, "--take", "2,4-9,2026-02-13")
    assert "Added 1 entry" in cli("import", path, "--take", "2026-02-12")
    assert "proposed" not in cli("import", path)


@pytest.mark.parametrize("name", ["time.ics", "time.org", "time.data"])
def test_the_ending_says_for_which_program_it_is_written(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    cli("add", 'Report, "final" @Acme #a $ 9:00-10:00', "--new")
    path = tmp_path / name
    assert cli("export", str(path)) == f"Wrote 1 entry to {path}.\n"
    assert "Added 0 entries; 1 were here already." in cli("import", str(path))


def test_a_folder_gets_the_files_of_timewarrior(cli: Cli, tmp_path: Path) -> None:
    cli("add", "Report 2026-01-31 9:00-10:00")
    cli("add", "Report 2026-02-01 9:00-10:00")
    folder = tmp_path / "data"
    folder.mkdir()
    cli("export", str(folder), "--format", "timewarrior")
    assert sorted(each.name for each in folder.iterdir()) == ["2026-01.data", "2026-02.data"]
    assert "2 were here already" in cli("import", str(folder))
    said = cli.fails(1, "export", str(folder), "--format", "timewarrior")
    assert "is there already. Give a folder without files of Timewarrior's." in said
