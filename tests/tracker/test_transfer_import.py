"""What an import adds, leaves alone, refuses and can take back."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.transfer_files import (
    DAY,
    HEADER,
    LATER,
    NOW,
    START,
    STOP,
    Refuses,
    bring_in,
    contents,
    everything,
    rows,
)
from tray.errors import BadFile
from tray.model.colours import PALETTE
from tray.store import catalogue
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.undo_log import step
from tray.tracker import catalogue as things
from tray.tracker import entries, undo
from tray.tracker.resolve import Draft
from tray.tracker.transfer.csv_in import read_csv
from tray.tracker.transfer.csv_out import export_csv
from tray.tracker.transfer.importing import Created, ImportResult, import_file
from tray.tracker.transfer.json_out import export_json


def test_what_is_missing_is_made_and_reported(db: Database) -> None:
    result = bring_in(db, rows(f'Acme,Site,Design,colours,{DAY},"deep, office"'))
    assert result[:3] == (1, 0, Created(("Acme",), ("Site",), ("Design",), ("deep", "office"), ()))
    assert result.changed == {"client", "project", "task", "tag", "entry"}
    (project,) = catalogue.projects(db)
    (client,) = catalogue.clients(db)
    (task,) = catalogue.tasks(db)
    (entry,) = everything(db)
    assert (project.client_id, project.colour) == (client.id, PALETTE[0])
    assert entry[1:] == (1, "colours", project.id, task.id, (1, 2), False, START, STOP)


def test_every_new_project_has_a_colour_of_its_own(db: Database) -> None:
    things.create_project(db, "old", now=NOW)
    bring_in(db, rows(f",a,,,{DAY},", f",b,,,{DAY},"))
    assert [project.colour for project in catalogue.projects(db)] == [*PALETTE[1:3], PALETTE[0]]


def test_names_mean_what_is_here_whatever_their_case(db: Database) -> None:
    made = bring_in(db, rows(f"Acme,Site,Design,x,{DAY},Deep")).created
    again = bring_in(db, rows(f'ACME,site,dESIGN,y,{LATER},"deep  ,deep"'))
    assert (made.projects, again.created) == (("Site",), Created((), (), (), (), ()))
    assert everything(db)[0].what == everything(db)[1].what._replace(description="x")


def test_a_name_written_exactly_so_goes_first(db: Database) -> None:
    with step(db, "as a server would", now=NOW) as current:
        for name in ("Deep", "deep", "DEEP"):
            current.insert("tag", {"workspace_id": 1, "name": name})
    bring_in(db, rows(f",,,x,{DAY},deep"))
    assert everything(db)[0].tag_ids == (2,)


def test_a_project_is_known_by_its_client_too(db: Database) -> None:
    bring_in(db, rows(f"Acme,Site,,x,{DAY},", f",Site,,y,{DAY},", f"Beta,Site,,z,{DAY},"))
    assert len(catalogue.projects(db)) == 3
    assert len({entry.project_id for entry in everything(db)}) == 3


def test_without_a_client_column_any_project_of_the_name_fits_an_active_one_first(
    db: Database,
) -> None:
    bring_in(db, rows(f"Acme,Site,,x,{DAY},", f"Beta,Site,,y,{DAY},"))
    things.archive(db, "project", 1, now=NOW)
    result = bring_in(db, f"Project,Start date,Start time,Duration\nsite,{LATER}\n")
    assert (result.added, result.created.projects) == (1, ())
    assert everything(db)[-1].project_id == 2


def test_an_archived_project_can_be_what_old_entries_are_about(db: Database) -> None:
    things.create_project(db, "Site", now=NOW)
    things.archive(db, "project", 1, now=NOW)
    bring_in(db, rows(f",Site,,x,{DAY},"))
    assert everything(db)[0].project_id == 1


def test_the_client_of_no_project_is_left_out(db: Database) -> None:
    assert bring_in(db, rows(f"Acme,,,x,{DAY},")).created.clients == ()


def test_the_same_row_twice_is_two_entries_and_not_more(db: Database) -> None:
    row = f",,,x,{DAY},"
    entries.add(db, Draft("x"), start=START, stop=STOP, now=NOW)
    assert bring_in(db, rows(row, row))[:2] == (1, 1)
    assert bring_in(db, rows(row, row))[:2] == (0, 2)
    assert bring_in(db, rows(row, row, row))[:2] == (1, 2)


@pytest.mark.parametrize("times", ["09:30:01,01:00:00", "09:30:00,01:00:01"])
def test_other_times_make_another_entry(db: Database, times: str) -> None:
    entries.add(db, Draft("x"), start=START, stop=STOP, now=NOW)
    assert bring_in(db, rows(f",,,x,2026-11-20,{times},"))[:2] == (1, 0)


@pytest.mark.parametrize(
    "row", [f",,,y,{DAY},", f",P,,x,{DAY},", f"C,P,,x,{DAY},", f",P,T,x,{DAY},", f",,,x,{DAY},t"]
)
def test_other_fields_at_the_same_times_are_reported_and_not_added(db: Database, row: str) -> None:
    entries.add(db, Draft("x"), start=START, stop=STOP, now=NOW)
    before = contents(db)
    result = bring_in(db, rows(row))
    assert (result[:2], result.differing) == ((0, 0), (row.split(",")[3],))
    assert (contents(db), result.changed) == (before, frozenset())


def test_two_at_the_same_time_are_two_if_one_of_them_is_here(db: Database) -> None:
    entries.add(db, Draft("x"), start=START, stop=STOP, now=NOW)
    result = bring_in(db, rows(f",,,y,{DAY},", f",,,x,{DAY},"))
    assert (result[:2], result.differing) == ((1, 1), ())


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("kind", ["client", "project", "task", "tag"])
def test_importing_again_after_a_rename_adds_nothing(
    db: Database, kind: catalogue.Kind, as_json: bool
) -> None:
    bring_in(db, rows(f"Acme,Site,Design,x,{DAY},deep"))
    path = Path(db.path).parent / "out"
    with path.open("w", newline="", encoding="utf-8") as file:
        export_json(db, file) if as_json else export_csv(db, file, zone=UTC)
    things.rename(db, kind, 1, "Other", now=NOW)
    before = contents(db)
    result = import_file(db, str(path), now=NOW, zone=UTC)
    assert (result[:2], result.differing, result.changed) == ((0, 0), ("x",), frozenset())
    assert contents(db) == before


def test_projects_of_one_name_are_told_apart_by_their_clients(db: Database) -> None:
    lines = (f"{client},Site,,{client},{DAY}," for client in ("Alpha", "Beta", ""))
    result = bring_in(db, rows(*lines))
    assert (result.added, result.created.projects) == (
        3,
        ("Site (Alpha)", "Site (Beta)", "Site (no client)"),
    )


def test_thousands_of_new_projects_take_no_longer_each_than_a_few(db: Database) -> None:
    def seconds_for(count: int, name: str) -> float:
        lines = (
            f"C{n},{name}{n},,x,2026-11-20,{n // 60:02}:{n % 60:02}:{count % 60:02},0:01,"
            for n in range(count)
        )
        begin = time.process_time()
        assert bring_in(db, rows(*lines)).added == count
        return time.process_time() - begin

    few = seconds_for(100, "few")
    assert seconds_for(1_400, "many") < 14 * few * 5


def test_what_has_no_project_is_in_the_workspace_of_its_tags(db: Database) -> None:
    with step(db, "as a server would", now=NOW) as current:
        current.insert("workspace", {"name": "Work"})
        current.insert("tag", {"workspace_id": 2, "name": "deep"})
        current.insert("tag", {"workspace_id": 1, "name": "home"})
        current.insert("project", {"workspace_id": 2, "name": "Site", "colour": PALETTE[0]})
    lines = [f",,,a,{DAY},deep", f",,,b,{DAY},home", f",,,c,{DAY},", f",Site,,d,{DAY},new"]
    result = bring_in(db, rows(*lines))
    assert [entry.workspace_id for entry in everything(db)] == [2, 1, 1, 2]
    assert result.created.tags == ("new",)
    assert [(tag.workspace_id, tag.name) for tag in catalogue.tags(db)] == [
        (2, "deep"),
        (1, "home"),
        (2, "new"),
    ]


def test_an_entry_of_the_repeated_hour_is_recognised(db: Database) -> None:
    zone = ZoneInfo("Europe/Berlin")
    second_run = int(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp())
    entries.add(db, Draft("x"), start=second_run, stop=second_run + 60, now=NOW)
    path = Path(db.path).parent / "out.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        export_csv(db, file, zone=zone)
    assert import_file(db, str(path), now=NOW, zone=zone)[:2] == (0, 1)


def test_undo_takes_all_of_it_back_and_redo_does_it_again(db: Database) -> None:
    bring_in(db, rows(f"Acme,Site,Design,old,{DAY},office"))
    entries.delete(db, [entry.id for entry in everything(db)], now=NOW)  # its id is not used again
    before = contents(db)
    bring_in(db, rows(f"Acme,Site,Design,a,{DAY},office", f"Beta,Shop,Art,b,{DAY},deep"))
    after = contents(db)
    outcome, past = undo.undo(db)
    assert (past.verb, past.subject, contents(db)) == ("import", "in.csv", before)
    assert outcome.changed == {"client", "project", "task", "tag", "entry"}
    undo.redo(db)
    assert contents(db) == after


def test_the_backup_holds_what_was_there_before(db: Database) -> None:
    entries.add(db, Draft("old"), start=START, stop=STOP, now=NOW)
    result = bring_in(db, rows(f",,,new,{LATER},"))
    assert result.backup_path is not None
    with open_database(result.backup_path) as copy:
        assert [entry.description for entry in everything(copy)] == ["old"]
    assert len(everything(db)) == 2


def test_nothing_new_is_no_step_and_needs_no_backup(db: Database) -> None:
    text = rows(f",,,x,{DAY},")
    bring_in(db, text)
    undoable, backups = db.rows("SELECT id FROM step"), backups_of(db)
    assert bring_in(db, text, now=NOW + 60) == ImportResult(
        0, 1, Created((), (), (), (), ()), (), (), in_zone=True, source="toggl-csv"
    )
    assert (db.rows("SELECT id FROM step"), backups_of(db)) == (undoable, backups)


def backups_of(db: Database) -> list[str]:
    return sorted(path.name for path in (Path(db.path).parent / "backups").glob("*"))


def test_a_dry_run_says_the_same_and_does_nothing(db: Database) -> None:
    text = rows(f"Acme,Site,,x,{DAY},deep", f",,,y,{DAY},")
    before = contents(db)
    would = bring_in(db, text, dry_run=True)
    assert (contents(db), backups_of(db)) == (before, [])
    assert would[:5] == bring_in(db, text)[:5]
    assert (would.added, would.changed, would.backup_path) == (2, frozenset(), None)


def test_an_export_of_nothing_can_be_imported(db: Database) -> None:
    assert bring_in(db, rows())[:2] == (0, 0)


def test_bad_rows_are_counted_and_the_first_three_named(db: Database, refused: Refuses) -> None:
    bad = [f",,,x,2026-11-20,25:0{n % 10}:00,01:00:00," for n in range(2_000)]
    words = (
        "in.csv, as 2,000 of its 2,001 rows cannot be. Line 3, Start time: There is no such time "
        "of day as “25:00:00”. Write it like 09:30:00. Line 4, Start time: ",
        "“25:02:00”. Write it like 09:30:00. And 1,997 more.",
    )
    with refused("Nothing was imported from ", *words, error=BadFile):
        bring_in(db, rows(f",,,good,{DAY},", *bad))


def test_bad_rows_can_be_skipped(db: Database) -> None:
    result = bring_in(db, rows(f",,T,x,{DAY},", f",,,good,{DAY},"), skip_bad=True)
    assert [entry.description for entry in everything(db)] == ["good"]
    (problem,) = result.problems
    assert str(problem) == ("Line 2, Task: A task needs a project. Name it, or remove the task.")


def test_utf_16_is_read(db: Database) -> None:
    bring_in(db, rows(f",,,写周报 🎉,{DAY},").encode("utf-16"))
    assert everything(db)[0].description == "写周报 🎉"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "in.csv is empty. Export a detailed report as CSV from Toggl"),
        (b"\xef\xbb\xbf \n\n", "in.csv is empty."),
        (b"PK\x03\x04...", "in.csv is an Excel workbook or a ZIP archive, not a CSV or JSON file."),
        (
            b"SQLite format 3\0",
            "in.csv is a database, not a CSV or JSON file. `backup restore` goes "
            "back to it if it is a copy of Toggl Tray's own",
        ),
        (b"%PDF-1.7", "in.csv is a PDF document, not a CSV"),
        (b"\x7fELF\0\0", "in.csv is not a text file."),
        (HEADER.encode() + b"\n,,,caf\xe9", "not UTF-8 text: line 2 holds something else. Save it"),
        (b"\xff\xfeab\0\xd8", "in.csv is not UTF-16 text: line 1"),
        (
            b"Dear diary",
            "in.csv is not a detailed report of Toggl: line 1 has no column Start date",
        ),
        (b'{"v": 1, "entries": [', "not complete JSON: Expecting value in line 1, column 22."),
        (b"[" * 100_000, "is not JSON that can be read. Export it again."),
        (b"[1" + b"0" * 5_000 + b"]", "is not JSON that can be read. Export it again."),
        (b"[]", "is JSON, but neither a report of Toggl's nor a backup of Toggl Tray's. Export a"),
        (b"{}", "is JSON, but neither a report"),
        (b'{"data": [{"pid": 1, "name": "x"}]}', "is JSON, but neither a report"),
        (b'{"data": 1}', "is JSON, but neither a report"),
        (
            b'[{"id": 3, "workspace_id": 1, "project_id": 12, "start": "2026-07-13T08:00:00Z"}]',
            "is a list of time entries from Toggl, which has projects as numbers. Export a deta",
        ),
        (
            b'[{"user_id": 1, "username": "Ann", "time_entries": [{"id": 3, "seconds": 3600}]}]',
            "is a detailed report of version 3 from Toggl, which has projects and tags as num",
        ),
        (b'[{"id": 1, "wid": 2, "name": "P"}]', "is a list of projects, clients or tags from Togg"),
        (b'{"v": 2, "entries": []}', "made by a later version of Toggl Tray, as its “v” is not 1."),
        (b'{"v": 1, "entries": {}}', "“entries” is not a list. Export it again."),
        (b'{"v": 1, "entries": [], "tags": 1}', "“tags” is not a list. Export it again."),
    ],
)
def test_files_that_cannot_be_imported(
    db: Database, refused: Refuses, data: bytes, words: str
) -> None:
    with refused(words, error=BadFile):
        bring_in(db, data)


def test_a_file_that_is_not_there_or_a_folder(db: Database, refused: Refuses) -> None:
    folder = Path(db.path).parent
    with refused("nowhere.csv cannot be read (No such file or directory). Check", error=BadFile):
        import_file(db, str(folder / "nowhere.csv"), now=NOW, zone=UTC)
    with refused("a folder in which there is nothing that can be imported", error=BadFile):
        import_file(db, str(folder), now=NOW, zone=UTC)


@pytest.mark.skipif(os.name == "nt", reason="no file of Windows is a pipe")
def test_a_pipe_or_a_device_is_refused_at_once(db: Database, refused: Refuses) -> None:
    pipe = Path(db.path).parent / "pipe.csv"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/zero"):
        with refused("cannot be read (it is a pipe or a device, not a file).", error=BadFile):
            import_file(db, path, now=NOW, zone=UTC)


@given(st.lists(st.text('a",;\n\r0:/-. é\0', max_size=12), max_size=8))
def test_no_csv_is_too_strange_to_say_what_is_wrong_with_it(cells: list[str]) -> None:
    for text in (",".join(cells), f"{HEADER}\n,,,x,{DAY},{','.join(cells)}", rows(*cells)):
        with suppress(BadFile):
            content = read_csv(text, "in.csv", zone=UTC, date_format=None)
            assert all(str(problem).endswith(".") for problem in content.problems)
