"""Export and import, as typed."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server


@pytest.fixture
def filled(cli: Cli) -> Cli:
    """Two finished entries and one that runs."""
    cli("add", 'Report, "final" @Acme #a $ 9:00-10:00', "--new")
    cli("add", "写报告 yesterday 9-10")
    cli("start", "Call")
    return cli


@pytest.fixture
def elsewhere(filled: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """The files of `filled` are exported; the home is another now, and empty."""
    filled.with_remarks("export", str(tmp_path / "time.csv"))
    filled("export", str(tmp_path / "time.json"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(tmp_path / "elsewhere"))
    return filled


def test_export_to_a_file(filled: Cli, tmp_path: Path) -> None:
    path = tmp_path / "time"
    said, told = filled.with_remarks("export", f"{path}.csv")
    assert said == f"Wrote 2 entries to {path}.csv.\n"
    assert told == (
        "toggl-tray: The Email column is empty; Toggl's import needs it. --email fills it.\n"
        "toggl-tray: The running entry has no end yet and is not in the file.\n"
    )
    assert filled("export", f"{path}.JSON") == f"Wrote 3 entries to {path}.JSON.\n"
    lines = Path(f"{path}.csv").read_bytes().split(b"\r\n")
    assert lines[0].startswith(b"User,Email,Client,Project,Task,Description,Billable,Start date,")
    assert b'"Report, ""final"""' in lines[2]
    assert json.loads(Path(f"{path}.JSON").read_text(encoding="utf-8"))["v"] == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "time.JSON", "time.csv"]


def test_the_format_can_be_given(filled: Cli, tmp_path: Path) -> None:
    path = tmp_path / "time"
    filled.with_remarks("export", str(path))
    assert path.read_bytes().startswith(b"User,")
    filled("export", str(path), "--format", "json")
    assert path.read_bytes().startswith(b"{")
    filled.with_remarks("export", f"{path}.json", "--format", "csv")
    assert Path(f"{path}.json").read_bytes().startswith(b"User,")
    assert "invalid choice: 'xml'" in filled.misused("export", "--format", "xml")


def test_one_entry_is_not_entries(cli: Cli, tmp_path: Path) -> None:
    cli("start", "x")
    assert cli("export", str(tmp_path / "a.json")).startswith("Wrote 1 entry to ")
    cli("undo")
    assert cli("import", str(tmp_path / "a.json")).startswith("Added 1 entry; 0 were here already.")


def test_export_to_the_screen(program: Program) -> None:
    program("add", "写报告 9:00-10:00")
    for words in ([], ["-"], ["--format", "csv"]):
        text = program("export", *words, environ={"PYTHONIOENCODING": "ascii"}).stdout
        assert text.startswith("User,")
        assert ",写报告," in text
    assert json.loads(program("export", "-", "--format", "json").stdout)["v"] == 1


def test_an_export_that_fails_leaves_the_earlier_file(filled: Cli, tmp_path: Path) -> None:
    path = tmp_path / "time.json"
    filled("export", str(path))
    before = path.read_bytes()
    path.parent.joinpath("time.json.part").mkdir()
    assert filled.fails(1, "export", str(path)) == f"{path} cannot be written (Is a directory)."
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/dev/full", "No space left on device"),
        ("/nonexistent/x.csv", "No such file or directory"),
        ("/proc", "Is a directory"),
        ("/proc/x.csv", "No such file or directory"),
    ],
)
def test_a_place_that_cannot_be_written(filled: Cli, place: str, reason: str) -> None:
    assert filled.fails(1, "export", place) == f"{place} cannot be written ({reason})."


def test_a_device_can_be_written(filled: Cli) -> None:
    assert filled("export", "/dev/null", "--format", "json") == "Wrote 3 entries to /dev/null.\n"


READ_IN = "Its times were read in the computer's zone (now UTC+0000); --zone names another.\n"


def test_import(elsewhere: Cli) -> None:
    assert elsewhere("import", "time.csv", "--dry-run") == (
        f"Would add 2 entries; 0 were here already.\n{READ_IN}"
        "Would add projects: Acme\nWould add tags: a\n"
    )
    assert elsewhere("list", "all").startswith("No entries there.")
    said = elsewhere("import", "time.csv")
    assert said.startswith(f"Added 2 entries; 0 were here already.\n{READ_IN}Added projects: ")
    assert "The database as it was before is kept in " in said
    again = elsewhere("import", "time.csv")
    assert again == f"Added 0 entries; 2 were here already.\n{READ_IN}"
    assert elsewhere("import", "time.json").startswith("Added 1 entry; 2 were here already.\n")
    assert elsewhere("status").startswith("Call\n")
    assert elsewhere("undo") == "Undone: import “time.json”, of 12:00\n"
    assert elsewhere("undo") == "Undone: import “time.csv”, of 12:00\n"
    assert elsewhere("list", "all").startswith("No entries there.")


def test_what_is_left_out_is_reported(elsewhere: Cli) -> None:
    elsewhere.now += 60
    elsewhere("start", "Something else")
    _, told = elsewhere.with_remarks("import", "time.json")
    assert told.startswith("toggl-tray: “Call” was left out, as it is running in the file while ")


HEAD = "Description,Start date,Start time,End date,End time\n"


def test_rows_that_are_not_right(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    bad = "".join(f"bad {n},2026-01-32,9:00,2026-01-02,10:00\n" for n in range(5))
    file.write_text(f"{HEAD}good,2026-01-02,9:00,2026-01-02,10:00\n{bad}", encoding="utf-8")
    sentence = cli.fails(1, "import", str(file))
    assert sentence.startswith(f"Nothing was imported from {file}, as 5 of its 6 rows cannot be.")
    assert sentence.endswith("Correct that, or import the rest with --skip-bad.")
    said, told = cli.with_remarks("import", str(file), "--skip-bad")
    assert said.startswith("Added 1 entry; 0 were here already.\n")
    assert told.count("There is no such date as “2026-01-32”.") == 3
    assert told.endswith("toggl-tray: … and 2 more rows like these.\n")


def test_the_order_of_dates_can_be_given(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "dates.csv"
    file.write_text(f"{HEAD}x,02/01/2026,9:00,02/01/2026,10:00\n", encoding="utf-8")
    for order, day in (("dmy", "2026-01-02"), ("mdy", "2026-02-01")):
        cli("import", str(file), "--date-format", order)
        assert cli("list", day).endswith("  x\n")
    assert "invalid choice: 'ydm'" in cli.misused("import", str(file), "--date-format", "ydm")


def test_the_zone_of_the_times_can_be_given(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "ny.csv"
    file.write_text(f"{HEAD}x,2026-01-02,9:00,2026-01-02,10:00\n", encoding="utf-8")
    said = cli("import", str(file), "--zone", "America/New_York")
    assert "Its times were read in America/New_York; " in said
    (entry,) = cli.json("list", "all", "--json")["entries"]
    assert entry["start"] == "2026-01-02T14:00:00Z"
    again = tmp_path / "again.csv"
    cli("export", str(again), "--zone", "America/New_York", "--email", "me@x.org")
    assert "me@x.org,,,,x,No,2026-01-02,09:00:00,2026-01-02,10:00:00," in again.read_text()
    assert cli.fails(1, "import", str(file), "--zone", "Mars").startswith("'Mars' is not a time")


def test_the_account_says_whose_time_it_is_and_in_which_zone(
    cli: Cli, toggl: Server, keyring: FakeKeyring, tmp_path: Path
) -> None:
    toggl.account.time_zone = "America/New_York"
    toggl.account.add(utc("2026-02-02 14:00"), utc("2026-02-02 15:00"), description="Morning")
    cli.is_typed(toggl.account.token)
    cli("login")
    cli("sync")
    assert keyring.secrets
    file = tmp_path / "ny.csv"
    who = f"{toggl.account.fullname},{toggl.account.email}"
    mine = f"{who},Morning,2026-02-02,09:00:00,2026-02-02,10:00:00\n"
    other = mine.replace(who, "Bob,bob@x.org").replace("Morning", "Bob's")
    file.write_text(f"User,Email,{HEAD}{mine}{other}", encoding="utf-8")
    said, told = cli.with_remarks("import", str(file))
    assert said == (
        "Added 0 entries; 1 were here already.\n"
        "Its times were read in America/New_York, the zone of the account; --zone names another.\n"
    )
    assert told == "toggl-tray: Left out the time of others: “Bob” (bob@x.org), 1 row.\n"
    again = tmp_path / "again.csv"
    assert cli("export", str(again)) == (
        f"Wrote 1 entry to {again}.\nIts times are in America/New_York, the zone of the account.\n"
    )
    assert f"{who},,,,Morning,No,2026-02-02,09:00:00,2026-02-02," in again.read_text()
    cli("export", str(again), "--email", "other@x.org")
    assert f"{toggl.account.fullname},other@x.org,,,," in again.read_text()


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


def test_a_team_s_report_asks_whose_time_it_is(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    rows = "".join(
        f"{name},{name}@x.org,{name},2026-01-02,9:00,2026-01-02,10:00\n" for name in ("ann", "bob")
    )
    file.write_text(f"User,Email,{HEAD}{rows}", encoding="utf-8")
    assert cli.fails(1, "import", str(file)) == (
        f"{file} holds the time of several people: “ann” (ann@x.org), 1 row; “bob” (bob@x.org), "
        "1 row. Add --user with a name or an address, for several again."
    )
    _, told = cli.with_remarks("import", str(file), "--user", "ANN@x.org")
    assert told == "toggl-tray: Left out the time of others: “bob” (bob@x.org), 1 row.\n"
    assert cli("list", "all").endswith("  ann\n")


def test_what_was_renamed_since_is_named(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "time.csv"
    file.write_text(f"{HEAD}x,2026-01-02,9:00,2026-01-02,10:00\n", encoding="utf-8")
    cli("import", str(file))
    cli("edit", "last", "--description", "y")
    assert (
        "1 entry with the same start and stop, but another description, project or tags, stays as "
        "it is here: “x”\n"
    ) in cli("import", str(file))


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "empty"])
def test_what_cannot_be_imported(cli: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").touch()
    assert str(tmp_path) in cli.fails(1, "import", str(tmp_path / name))
    assert "required: file" in cli.misused("import")
