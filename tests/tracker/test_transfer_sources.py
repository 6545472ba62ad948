"""What other programs keep of time, as small files of each, and which entries they are here."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from tests.tracker.transfer_files import NOW, Refuses, everything
from tray.errors import BadFile
from tray.store import catalogue
from tray.store.database import Database
from tray.tracker import catalogue as things
from tray.tracker import undo
from tray.tracker.transfer.import_progress import ImportCancelled
from tray.tracker.transfer.importing import ImportResult, import_file

BERLIN: Final = ZoneInfo("Europe/Berlin")

WATSON: Final = '[[1783929600, 1783933200, "site", "1b9d", ["a", "b"], 1783933201]]'
WATSON_LOG: Final = json.dumps(
    [
        {
            "id": "1b9d",
            "project": "site",
            "start": "2026-07-13T10:00:00+02:00",
            "stop": "2026-07-13T11:00:00+02:00",
            "tags": ["a", "b"],
        }
    ]
)
TIMEW: Final = (
    'inc 20260713T080000Z - 20260713T090000Z # a "client:Big \\"Co\\"" project:site '
    '# "why \\u0061"\n'
    "exc monday <9:00\n"
    "\n"
)
TIMEW_JSON: Final = json.dumps(
    [
        {
            "id": 1,
            "start": "20260713T080000Z",
            "end": "20260713T090000Z",
            "tags": ["project:site", "write report", "a"],
        }
    ]
)
HAMSTER_XML: Final = """<?xml version="1.0" ?>
<activities><activity category="site" description="more &amp; more" duration_minutes="60"
 end_time="2026-07-13 11:00:00" name="Report" start_time="2026-07-13 10:00:00" tags="a, b"/>
</activities>"""
HAMSTER_TSV: Final = (
    "activity\tstart time\tend time\tduration minutes\tcategory\tdescription\ttags\r\n"
    "Report\t2026-07-13 10:00:00\t2026-07-13 11:00:00\t60\tsite\tmore & more\ta, b\r\n"
)
GTIMELOG: Final = """# a comment
2026-07-13 09:30: arrived **
2026-07-13 10:00: mail
2026-07-13 11:00: site: Report -- a b
2026-07-13 12:00: lunch **

2026-07-14 01:30: late
2026-07-14 08:00: arrived
"""
ORG: Final = """#+FILETAGS: :b:
* site
** TODO [#A] Report [1/2] :a:
   :PROPERTIES:
   :CLIENT: Big
   :END:
   :LOGBOOK:
   CLOCK: [2026-07-13 Mon 10:00]--[2026-07-13 Mo. 11:00] =>  1:00
   CLOCK: [2026-07-13 Mon 12:00]
   :END:
"""
ACTIVITY: Final = {"title": "Report", "projectId": "p", "tagIds": ["t"], "created": 1}
SUPER: Final = {
    "task": {
        "ids": ["x"],
        "entities": {
            "x": {"id": "x", **ACTIVITY, "timeSpentOnDay": {"2026-07-13": 3_600_000}},
            "y": {"id": "y", "title": "whole", "subTaskIds": ["z"], "projectId": "p"},
            "z": {
                "id": "z",
                "parentId": "y",
                "title": "part",
                "created": 2,
                "timeSpentOnDay": {"2026-07-13": 60_000, "2026-07-14": 0},
            },
        },
    },
    "project": {"entities": {"p": {"id": "p", "title": "site"}}},
    "tag": {"entities": {"t": {"title": "a"}, "TODAY": {"title": "Today"}}},
    "timeTracking": {"project": {"p": {"2026-07-13": {"s": 1_783_929_600_000}}}, "tag": {}},
}
CLOCKIFY: Final = (
    '"Project","Client","Description","Task","User","Email","Tags","Billable","Start Date",'
    '"Start Time","End Date","End Time","Duration (h)","Duration (decimal)"\n'
    '"site","Big","Report","","Ann","ann@example.org","a, b","Yes","07/13/2026","10:00:00 AM",'
    '"07/13/2026","11:00:00 AM","01:00:00","1.00"\n'
)
SOLIDTIME: Final = (
    "Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),Billable,Tags\n"
    'Report,,site,Big,Ann,2026-07-13 10:00:00,2026-07-13 11:00:00,1:00:00,1,Yes,"a, b"\n'
)
SOLIDTIME_GENERIC: Final = (
    "description,billable,client,project,tags,start,end,task,user_name,user_email\n"
    'Report,true,Big,site,"a, b",2026-07-13T08:00:00Z,2026-07-13T09:00:00Z,,Ann,ann@example.org\n'
)
KIMAI: Final = (
    "Date,From,To,Duration,User,Customer,Project,Activity,Description,Billable,Tags\n"
    "2026-07-13,10:00,11:00,1:00,ann,Big,site,Dev,Report,1,a;b\n"
    "2026-07-13,23:30,00:30,1:00,ann,Big,site,Dev,Night,0,\n"
    "2026-07-14,10:00,,0:00,ann,Big,site,Dev,Runs,0,\n"
)
TOGGL_CLI: Final = (
    "Description\tDuration\tStart\tStop\tProject\tTags\n"
    "Report\t1:00:00\t10:00:00 AM 07/13/2026\t11:00:00 AM 07/13/2026\tsite\ta, b\n"
)

Seen = dict[str, Any]
WHOLE: Final = {"what": "Report", "project": "site", "client": "Big", "tags": ["a", "b"]}

CASES: Final[list[tuple[str, str, Seen]]] = [
    ("watson", WATSON, {**WHOLE, "what": "", "client": None}),
    ("watson", WATSON_LOG, {**WHOLE, "what": "", "client": None}),
    ("timewarrior", TIMEW, {**WHOLE, "what": "why a", "client": 'Big "Co"', "tags": ["a"]}),
    ("timewarrior", TIMEW_JSON, {**WHOLE, "what": "write report", "client": None, "tags": ["a"]}),
    ("hamster", HAMSTER_XML, {**WHOLE, "what": "Report: more & more", "client": None}),
    ("hamster", HAMSTER_TSV, {**WHOLE, "what": "Report: more & more", "client": None}),
    ("gtimelog", GTIMELOG, {**WHOLE, "client": None}),
    ("org", ORG, WHOLE),
    ("super-productivity", json.dumps(SUPER), {**WHOLE, "client": None, "tags": ["a"]}),
    ("super-productivity", json.dumps({"data": SUPER}), {**WHOLE, "client": None, "tags": ["a"]}),
    ("clockify", CLOCKIFY, {**WHOLE, "billable": True}),
    ("solidtime", SOLIDTIME, {**WHOLE, "billable": True}),
    ("solidtime", SOLIDTIME_GENERIC, {**WHOLE, "billable": True}),
    ("kimai", KIMAI, {**WHOLE, "billable": True, "task": "Dev"}),
    ("toggl-cli", TOGGL_CLI, {**WHOLE, "client": None}),
]
"""A file of each program, and its entry of 13 July 2026, 10:00 to 11:00 in Berlin."""
START: Final = int(datetime(2026, 7, 13, 8, tzinfo=UTC).timestamp())


def bring(db: Database, content: str | bytes | Path, **options: Any) -> ImportResult:
    if isinstance(content, Path):
        path = content
    else:
        path = Path(db.path).parent / "given"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(
        db, str(path), **{"now": NOW, "zone": BERLIN, "date_format": "mdy", **options}
    )


def seen(db: Database, start: int = START) -> Seen:
    """The entry that begins then, in names."""
    names = catalogue.names(db)
    (entry,) = [each for each in everything(db) if each.start == start]
    project = names.projects[entry.project_id] if entry.project_id else None
    assert entry.stop == start + 3_600
    return {
        "what": entry.description,
        "project": project and project.name,
        "client": names.clients[project.client_id].name if project and project.client_id else None,
        "task": names.tasks[entry.task_id].name if entry.task_id else None,
        "tags": sorted(names.tags[tag].name for tag in entry.tag_ids),
        "billable": entry.billable,
    }


@pytest.mark.parametrize(("source", "content", "entry"), CASES)
def test_each_is_recognised_and_read_once(
    db: Database, source: str, content: str, entry: Seen
) -> None:
    first = bring(db, content)
    assert (first.source, first.problems) == (source, ())
    assert seen(db) == {"task": None, "billable": False, **entry}
    again = bring(db, content, source=source)
    assert (again.added, again.already_there, again.changed) == (0, first.added, frozenset())
    undo.undo(db)
    assert everything(db) == []


def test_what_runs_there_is_left_out_and_said(db: Database) -> None:
    remark, about_tags = bring(
        db, "inc 20260713T080000Z # a\ninc 20260712T080000Z - 20260712T090000Z # a\n"
    ).remarks
    assert "still running (Line 1)" in remark
    assert "make those projects first" in about_tags
    assert len(everything(db)) == 1


def test_a_tag_of_timewarrior_s_that_is_called_as_a_project_is_that(db: Database) -> None:
    things.create_project(db, "Site", now=NOW)
    bring(db, "inc 20260713T080000Z - 20260713T090000Z # site tag:Site\n")
    assert seen(db)["project"] == "Site"
    assert seen(db)["tags"] == ["Site"]


def test_pauses_and_first_lines_of_days_are_no_entries_of_gtimelog_s(db: Database) -> None:
    result = bring(db, GTIMELOG)
    assert [each.description for each in everything(db)] == ["mail", "Report", "late"]
    assert result.remarks == ("Left out 1 pause, which is marked with asterisks.",)


def test_a_line_of_gtimelog_s_before_two_in_the_morning_is_of_the_day_before(db: Database) -> None:
    bring(db, "2026-07-13 23:00: a\n2026-07-14 01:00: b\n2026-07-14 02:00: c\n")
    assert [each.description for each in everything(db)] == ["b"]


def test_what_ends_after_midnight_in_a_table_of_one_day_each_ends_on_the_next(
    db: Database,
) -> None:
    result = bring(db, KIMAI)
    night = int(datetime(2026, 7, 13, 23, 30, tzinfo=BERLIN).timestamp())
    assert seen(db, night)["what"] == "Night"
    assert result.remarks[0].startswith("Left out 1 row without an end")


def test_tasks_without_times_of_day_stand_in_a_row(db: Database) -> None:
    result = bring(db, json.dumps(SUPER))
    spans = [(each.description, each.start - START, each.stop) for each in everything(db)]
    assert spans == [("Report", 0, START + 3_600), ("part", 3_600, START + 3_660)]
    assert "one after the other" in result.remarks[0]


def test_without_a_beginning_they_stand_from_nine_in_the_morning(db: Database) -> None:
    bring(db, json.dumps({**SUPER, "timeTracking": {}}))
    assert everything(db)[0].start == int(datetime(2026, 7, 13, 9, tzinfo=BERLIN).timestamp())


def hamster_database(path: Path, *facts: tuple[object, ...], view: str = "") -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            """
            CREATE TABLE activities (id integer primary key, name varchar2, category_id integer);
            CREATE TABLE categories (id integer primary key, name varchar2(500));
            CREATE TABLE tags (id integer primary key, name TEXT);
            CREATE TABLE fact_tags (fact_id integer, tag_id integer);
            INSERT INTO activities VALUES (1, 'Report', 1), (2, 'Alone', NULL);
            INSERT INTO categories VALUES (1, 'site');
            INSERT INTO tags VALUES (1, 'a'), (2, 'b');
            INSERT INTO fact_tags VALUES (1, 1), (1, 2);
            """
        )
        db.execute(
            view
            or "CREATE TABLE facts (id integer primary key, activity_id integer,"
            " start_time timestamp, end_time timestamp, description varchar2)"
        )
        for fact in facts:
            db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", fact)
        db.commit()


@pytest.mark.parametrize("as_folder", [False, True])
def test_the_database_of_hamster(db: Database, tmp_path: Path, as_folder: bool) -> None:
    folder = tmp_path / "hamster"
    folder.mkdir()
    path = folder / "hamster.db"
    hamster_database(
        path,
        (1, 1, "2026-07-13 10:00:00", "2026-07-13 11:00:00.25", None),
        (2, 2, "2026-07-13 12:00:00", None, "still"),
        (3, 9, "2026-07-14 12:00:00", "2026-07-14 13:00:00", "loose"),
    )
    before = path.read_bytes()
    result = bring(db, folder if as_folder else path)
    assert (result.source, result.added, len(result.remarks)) == ("hamster", 2, 1)
    assert seen(db) == {**WHOLE, "client": None, "task": None, "billable": False}
    assert path.read_bytes() == before
    assert [each.name for each in folder.iterdir()] == ["hamster.db"]


def test_a_database_whose_tables_are_something_else_is_a_sentence(
    db: Database, tmp_path: Path, refused: Refuses
) -> None:
    endless = (
        "CREATE VIEW facts AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        "SELECT id, 1 AS activity_id, '' AS start_time, '' AS end_time, '' AS description FROM n"
    )
    path = tmp_path / "view.db"
    hamster_database(path, view=endless)
    with refused("not all of its tables", error=BadFile):
        bring(db, path, source="hamster")
    path = tmp_path / "torn.db"
    hamster_database(path)
    path.write_bytes(path.read_bytes()[:5_000])
    with refused("cannot be read as Hamster's database", error=BadFile):
        bring(db, path, source="hamster")


def test_xml_may_not_define_anything(db: Database, refused: Refuses) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    with refused("definitions of XML", error=BadFile):
        bring(db, HAMSTER_XML.replace("<activities>", f"{bomb}<activities>"))
    with refused("not whole XML: line 4", error=BadFile):
        bring(db, HAMSTER_XML.removesuffix("</activities>"), source="hamster")


def test_folders_of_other_programs(db: Database, tmp_path: Path) -> None:
    watson = tmp_path / "watson"
    watson.mkdir()
    (watson / "frames").write_text(WATSON)
    (watson / "state").write_text('{"project": "now", "start": 1783929600, "tags": []}')
    result = bring(db, watson)
    assert (result.source, result.added, len(result.remarks)) == ("watson", 1, 1)
    data = tmp_path / "timewarrior" / "data"
    data.mkdir(parents=True)
    for month, day in (("2026-06", "20260613"), ("2026-08", "20260813")):
        (data / f"{month}.data").write_text(f"inc {day}T080000Z - {day}T090000Z # x\n")
    (data / "2026-07.data").touch()  # all of that month was deleted
    result = bring(db, data.parent)
    assert (result.source, result.added) == ("timewarrior", 2)
    assert bring(db, data).already_there == 2


def test_an_empty_folder_is_a_sentence(db: Database, tmp_path: Path, refused: Refuses) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with refused("nothing that can be imported", error=BadFile):
        bring(db, folder)


def test_the_repeated_hour_is_told_by_the_note_below_a_clock(db: Database) -> None:
    clock = "* x\nCLOCK: [2026-10-25 Sun 02:30]--[2026-10-25 Sun 02:40] =>  0:10\n"
    bring(db, clock + "- 2026-10-25T01:30:07Z/2026-10-25T01:40:08Z\n")
    later = int(datetime(2026, 10, 25, 1, 30, 7, tzinfo=UTC).timestamp())
    assert [each.start for each in everything(db)] == [later]
    bring(db, clock.replace("* x", "* y").replace("02:30", "02:20"), date_format=None)
    assert len(everything(db)) == 2


def test_a_clock_that_was_changed_since_counts_more_than_its_note(db: Database) -> None:
    clock = "* x\nCLOCK: [2026-07-13 Mon 10:05]--[2026-07-13 Mon 11:00]\n"
    bring(db, clock + "- 2026-07-13T08:00:07Z/2026-07-13T09:00:00Z\n")
    assert [each.start for each in everything(db)] == [START + 300]


WORKSPACE: Final[Mapping[str, object]] = {
    "clients.json": [{"id": 301, "name": "Big", "archived": True}],
    "projects.json": [
        {"id": 401, "name": "site", "client_id": 301, "active": False, "color": "#ef5350"},
        {"id": 402, "name": "free", "client_id": None, "active": True, "color": "#EC407A"}
        | {"billable": True, "rate": 100.01, "is_private": False},
    ],
    "tags.json": [{"id": 501, "name": "a"}],
    "tasks/401.json": [{"id": 601, "name": "Dev", "project_id": 401, "active": False}],
    "projects_users/401.json": [],
    "workspace_users.json": [{"email": "ann@example.org", "timezone": "Asia/Tokyo", "uid": 1}],
}
REPORT: Final = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags\n"
    "Ann,ann@example.org,Big,site,Dev,Report,Yes,2026-07-13,17:00:00,2026-07-13,18:00:00,"
    '01:00:00,"a, b"\n'
)
REPORT_NAME: Final = "Toggl_time_entries_2026-01-01_to_2026-12-31.csv"


def zipped(
    more: Mapping[str, str] | None = None,
    folder: str = "",
    instead: Mapping[str, object] | None = None,
) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in {**WORKSPACE, **(instead or {})}.items():
            archive.writestr(folder + name, json.dumps(value))
        for name, text in (more or {}).items():
            archive.writestr(folder + name, text)
    return packed.getvalue()


@pytest.mark.parametrize("place", ["in it", "beside it", "in its folder", "unpacked"])
def test_toggl_s_own_export_of_a_workspace(db: Database, tmp_path: Path, place: str) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    given = folder / "workspace.zip"
    if place == "in it":
        given.write_bytes(zipped({REPORT_NAME: REPORT}, "Ann's workspace/"))
    else:
        given.write_bytes(zipped())
        (folder / REPORT_NAME).write_text(REPORT)
        (folder / "other.csv").write_text("a,b\n1,2\n")
    if place == "unpacked":
        with zipfile.ZipFile(given) as archive:
            archive.extractall(folder)
        given.unlink()
    result = bring(db, given if place in ("in it", "beside it") else folder, date_format=None)
    assert (result.source, result.added, result.in_zone) == ("toggl-export", 1, False)
    assert seen(db) == {**WHOLE, "task": "Dev", "billable": True}
    site, free = sorted(catalogue.projects(db), key=lambda each: each.name, reverse=True)
    assert (site.archived, site.colour, free.billable, free.rate_cents) == (
        *(True, "#ef5350", True, 10_001),
    )
    assert [client.archived for client in catalogue.clients(db)] == [True]
    assert "Asia/Tokyo" in result.remarks[-1]
    again = bring(db, given if place in ("in it", "beside it") else folder, date_format=None)
    assert (again.added, again.changed) == (0, frozenset())


def test_a_workspace_without_reports_of_time_says_so(db: Database) -> None:
    result = bring(db, zipped())
    assert (result.added, result.created.projects) == (0, ("site", "free"))
    assert "no report of time" in result.remarks[0]


def test_an_archive_that_would_fill_the_memory_is_a_sentence(
    db: Database, refused: Refuses
) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("projects.json", "w", force_zip64=True) as file,
    ):
        for _ in range(300):
            file.write(bytes(1 << 20))
    with refused("holds more than 256 MB", error=BadFile):
        bring(db, packed.getvalue(), source="toggl-export")


@pytest.mark.parametrize("cut", [10, 200, 600])
def test_an_archive_that_is_cut_off_or_torn_is_a_sentence(
    db: Database, refused: Refuses, cut: int
) -> None:
    with refused("not a whole ZIP archive", error=BadFile):
        bring(db, zipped()[:-cut], source="toggl-export")


CALENDAR: Final = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Report
CATEGORIES:a,b
DTSTART;TZID=Asia/Tokyo:20260713T170000
DTEND;TZID=Asia/Tokyo:20260713T180000
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:series
DTSTART:20261120T120000
DTEND:20261120T130000
RRULE:FREQ=DAILY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:holiday
DTSTART;VALUE=DATE:20260713
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:torn
DTSTART:nonsense
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_has_what_is_over_each_in_its_own_zone(db: Database) -> None:
    result = bring(db, CALENDAR, skip_bad=True)
    assert (result.source, result.added, result.in_zone) == ("icalendar", 3, True)
    assert seen(db) == {**WHOLE, "project": None, "client": None, "task": None, "billable": False}
    assert [str(problem) for problem in result.problems] == ["“torn”: It cannot be read."]
    assert result.remarks == (
        "Left out 1 event that is not over yet.",
        "Left out 1 event that lasts whole days.",
    )


def test_an_import_of_a_calendar_can_be_cancelled_while_it_is_read(db: Database) -> None:
    def stop(_: int) -> None:
        raise ImportCancelled

    with pytest.raises(ImportCancelled):
        bring(db, CALENDAR, tell=stop)
    assert everything(db) == []


def test_ktimetracker_has_tasks_within_tasks(db: Database) -> None:
    tasks = "".join(
        f"BEGIN:VTODO\nUID:{name}\nSUMMARY:{name}\n{above}END:VTODO\n"
        for name, above in (("site", ""), ("Report", "RELATED-TO:site\n"))
    )
    event = (
        "BEGIN:VEVENT\nUID:e\nSUMMARY:Report\nCATEGORIES:KTimeTracker\nRELATED-TO:Report\n"
        "DTSTART:20260713T100000\nDTEND:20260713T110000\nEND:VEVENT\n"
    )
    result = bring(db, f"BEGIN:VCALENDAR\n{tasks}{event}END:VCALENDAR\n")
    assert result.source == "ktimetracker"
    whole = {**WHOLE, "client": None, "tags": [], "task": None, "billable": False}
    assert seen(db) == whole
