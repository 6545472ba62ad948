"""How reports of Toggl are read and written, made-up ones in every layout."""

import io
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import BadFile, BadLine
from tray.store.database import Database
from tray.tracker import entries, timer
from tray.tracker.resolve import Draft
from tray.tracker.transfer.content import Content, EntryLabel, ImportRow
from tray.tracker.transfer.csv_columns import guarded, join_tags, split_tags, unguarded
from tray.tracker.transfer.csv_in import read_csv
from tray.tracker.transfer.csv_out import export_csv
from tray.tracker.transfer.file_text import text_in
from tray.tracker.transfer.people import Person

BERLIN: Final = ZoneInfo("Europe/Berlin")

REPORTS: Final = Path(__file__).parent / "test_transfer_reports"
"""Made-up reports as Toggl exports them, and one that was edited in a spreadsheet."""

CLASSIC: Final = text_in((REPORTS / "classic.csv").read_bytes(), "classic.csv")
NEWER: Final = text_in((REPORTS / "newer.csv").read_bytes(), "newer.csv")
EDITED: Final = text_in((REPORTS / "edited.csv").read_bytes(), "edited.csv")


def read(text: str, zone: tzinfo | None = UTC, date_format: str | None = None) -> Content:
    return read_csv(text, "report.csv", zone=zone, date_format=date_format)


def at(text: str, zone: tzinfo = UTC) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def one(text: str, zone: tzinfo | None = UTC) -> ImportRow:
    content = read(text, zone)
    assert content.problems == []
    (row,) = content.rows
    return row


def times(*cells: str, header: str = "Start date,Start time,End date,End time,Duration") -> str:
    return f"{header}\n{','.join(cells)}\n"


def problems(text: str, date_format: str | None = None) -> list[str]:
    content = read(text, date_format=date_format)
    assert content.rows == []
    return [str(problem) for problem in content.problems]


def test_the_classic_layout() -> None:
    label = EntryLabel("Site", "Acme", "Design", ("deep", "office"), True)
    assert read(CLASSIC, BERLIN) == Content(
        [
            ImportRow(
                'Colours, and "type"',
                label,
                at("2026-11-20 09:30", BERLIN),
                at("2026-11-20 11:00", BERLIN),
            ),
            ImportRow(
                "写周报 🎉",
                EntryLabel(client=""),
                at("2026-11-20 23:30", BERLIN),
                at("2026-11-21 00:15", BERLIN),
            ),
        ],
        [],
        in_zone=True,
    )


def test_the_newer_layout_says_nothing_with_a_dash_and_leaves_the_client_open() -> None:
    label = EntryLabel("Site", None, "", ("deep", "office"), True)
    assert read(NEWER) == Content(
        [
            ImportRow('Colours, and "type"', label, at("2026-11-20 09:30"), at("2026-11-20 11:00")),
            ImportRow("写周报 🎉", EntryLabel(), at("2026-11-20 23:30"), at("2026-11-21 00:15")),
        ],
        [],
        ("Left out 1 row without an end, as that entry is still running (line 4).",),
        in_zone=True,
    )


def test_semicolons_half_days_american_dates_and_a_duration_instead_of_an_end() -> None:
    assert read(EDITED).rows == [
        ImportRow(
            "Colours",
            EntryLabel("Site", billable=True),
            at("2026-11-20 09:30"),
            at("2026-11-20 11:00"),
        ),
        ImportRow("Night", EntryLabel(), at("2026-11-21 00:05"), at("2026-11-25 04:05:01")),
    ]


def test_a_dash_is_a_name_in_the_classic_layout() -> None:
    assert read(CLASSIC.replace("Site", "-")).rows[0].label.project == "-"


def test_unknown_and_empty_columns_empty_lines_and_tabs_do_not_matter() -> None:
    text = (
        "Mood\tSTART DATE \t start time\tDuration\t\n\nfine\t2026-11-20\t09:30\t00:10:00\t\n\t\t\n"
    )
    assert one(text) == ImportRow("", EntryLabel(), at("2026-11-20 09:30"), at("2026-11-20 09:40"))


def test_running_rows_are_counted() -> None:
    text = NEWER + NEWER.splitlines()[-1]
    assert read(text).remarks == (
        "Left out 2 rows without an end, as these entries are still running (line 4 first).",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026/1/9", "2026-01-09"),
        ("20.11.2026", "2026-11-20"),
        ("03.04.2026", "2026-04-03"),
        ("20/11/2026", "2026-11-20"),
        ("20-11-2026", "2026-11-20"),
        ("11-20-2026", "2026-11-20"),
        ("1/31/2026", "2026-01-31"),
        ("04/04/2026", "2026-04-04"),
    ],
)
def test_dates_that_tell_their_order(written: str, meant: str) -> None:
    row = one(times(written, "09:30:00", "", "", "00:30:00"))
    assert row.start == at(f"{meant} 09:30")


def test_one_date_tells_the_order_of_all() -> None:
    text = times("03/04/2026", "09:30", "03/04/2026", "10:30", "")
    assert [row.start for row in read(text + "04/13/2026,09:30,04/13/2026,10:30,\n").rows] == [
        at("2026-03-04 09:30"),
        at("2026-04-13 09:30"),
    ]


@pytest.mark.parametrize(
    ("date_format", "meant"),
    [("DD/MM/YYYY", "2026-04-03"), ("%m/%d/%Y", "2026-03-04"), ("mdy", "2026-03-04")],
)
def test_a_given_format_decides(date_format: str, meant: str) -> None:
    text = times("03/04/2026", "09:30", "2026-04-13", "10:30", "")
    assert read(text, date_format=date_format).rows[0].start == at(f"{meant} 09:30")


def test_an_order_that_nothing_tells_is_asked_for() -> None:
    with pytest.raises(BadFile) as caught:
        read(times("2026-04-03", "09:30", "03/04/2026", "10:30", ""))
    assert str(caught.value) == (
        "report.csv does not tell which is the month in “03/04/2026” (line 2), as every date in it "
        "can be read both ways."
    )


def test_dates_in_two_orders_are_both_named() -> None:
    with pytest.raises(BadFile) as caught:
        read(times("13/04/2026", "09:30", "04/13/2026", "10:30", ""))
    assert str(caught.value) == (
        "report.csv writes dates in two ways: “13/04/2026” in line 2 and “04/13/2026” in line 2. "
        "Write all of them in one, such as 2026-11-21."
    )


@pytest.mark.parametrize("date_format", ["", "YYYY", "YDM", "Monday"])
def test_a_format_that_is_none(date_format: str) -> None:
    with pytest.raises(BadLine, match=r"is not a format of dates\. Write ymd, dmy or mdy\."):
        read(CLASSIC, date_format=date_format)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9:30", "09:30:00"),
        ("09:30:15", "09:30:15"),
        ("9:30 AM", "09:30:00"),
        ("9:30:15\u202fPM", "21:30:15"),
        ("12:00 AM", "00:00:00"),
        ("12:00pm", "12:00:00"),
        ("1:05 p.m.", "13:05:00"),
        ("09:30:00Z", "09:30:00"),
        ("11:00:00+01:30", "09:30:00"),
        ("8:00-0130", "09:30:00"),
    ],
)
def test_times_of_day(written: str, meant: str) -> None:
    assert one(times("2026-11-20", written, "", "", "00:30:00")).start == at(f"2026-11-20 {meant}")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("31.04.2026", "9:30"), "Start date: There is no such date as “31.04.2026”."),
        (("soon", "9:30"), "Start date: “soon” is not a date. Write it like 2026-11-21."),
        (("20.11.26", "9:30"), "Start date: “20.11.26” is not in the years 2006 to 2030."),
        (("2026-04-01", "24:00"), "Start time: There is no such time of day as “24:00”. Write it"),
        (("2026-04-01", "13:00 PM"), "Start time: There is no such time of day as “13:00 PM”."),
        (("2026-04-01", "noon"), "Start time: “noon” is not a time of day. Write it"),
        (("2026-04-01", "9:00", "x", "9:30"), "End date: “x” is not a date."),
        (("2026-04-01", "9:00", "2026-04-01", "y"), "End time: “y” is not a time of day."),
        (("2026-04-01", "9:00", "2026-04-01", "8:59"), "End date: The stop lies before the start."),
        (("2026-04-01", "9:00", "2026-06-01", "9:00"), "End date: An entry can last at most 999"),
        (("2026-04-01", "9:00", "2026-04-01"), "Duration: “” is not a duration. Write it like"),
        (("2026-04-01", "9:00", "", "", "1:2"), "Duration: “1:2” is not a duration. Write it like"),
        (("2026-04-01", "9:00", "", "", "1:02:03 min"), "Duration: “1:02:03 min” is not a dura"),
        (("2005-12-31", "9:00", "", "", "1:00:00"), "Start date: The start lies outside the years"),
    ],
)
def test_times_that_cannot_be(cells: tuple[str, ...], sentence: str) -> None:
    (problem,) = problems(times(*cells, *[""] * (5 - len(cells))))
    assert problem.startswith(f"Line 2, {sentence}")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Task": "Design"}, "Task: A task needs a project. Name it, or remove the task."),
        ({"Description": "x" * 3_001}, "Description: The description has 3,001 characters;"),
        ({"Tags": ",".join(map(str, range(51)))}, "Tags: An entry can have at most 50 tags"),
        ({"Project": "x" * 256}, "Project: The name of a project can have at most 255 characters"),
        ({"Tags": "ok, " + "x" * 256}, "Tags: The name of a tag can have at most 255 characters"),
    ],
)
def test_cells_that_cannot_be(cells: dict[str, str], sentence: str) -> None:
    row = {"Start date": "2026-11-20", "Start time": "9:30", "Duration": "00:30:00", **cells}
    titles = ["Description", "Project", "Task", "Tags", "Billable", *list(row)[:3]]
    quoted = [f'"{row.get(title, "")}"' for title in titles]
    (problem,) = problems(f"{','.join(titles)}\n{','.join(quoted)}\n")
    assert problem.startswith(f"Line 2, {sentence}")


def test_a_cell_that_is_neither_yes_nor_no_does_not_cost_the_row() -> None:
    content = read("Start date,Start time,Duration,Billable\n2026-04-01,9:00,1:00:00,perhaps\n")
    (problem,) = content.problems
    assert (str(problem), problem.drops) == (
        "Line 2, Billable: “perhaps” is neither Yes nor No. Write one of them, or it is not "
        "billable.",
        False,
    )
    assert [row.label.billable for row in content.rows] == [False]


@pytest.mark.parametrize(
    ("word", "billable"),
    [
        *(
            (word, True)
            for word in ("はい", "Ja", "OUI", "Sí", "si", "是", "Да", "Tak", "ＹＥＳ", "x")
        ),
        *((word, False) for word in ("いいえ", "Nein", "non", "否", "não", "нет", "Nie", " ", "-")),
    ],
)
def test_billable_in_the_languages_of_reports(word: str, billable: bool) -> None:
    row = one(f"Start date,Start time,Duration,Billable\n2026-04-01,9:00,1:00:00,{word}\n")
    assert row.label.billable == billable


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("18:25 min", 18 * 60 + 25),
        ("1.5", 5_400),
        ('"1,5"', 5_400),
        ("0.42", 1_512),
        ("1:30", 5_400),
        ("47 sec", 47),
        ("90 min", 5_400),
        ("2 h", 7_200),
        ("100:00:01", 360_001),
    ],
)
def test_durations_without_an_end(written: str, seconds: int) -> None:
    row = one(f"Start date,Start time,Duration\n2026-07-13,09:00,{written}\n")
    assert row.stop is not None
    assert row.stop - row.start == seconds


def test_the_line_with_which_a_spreadsheet_names_its_separator() -> None:
    row = one(
        "sep=;\r\nUser;Email;Client;Project;Task;Description;Billable;Start date;Start time;"
        "End date;End time;Duration;Tags\r\n"
        "a;a@x.org;;P;;Büro;Ja;13.07.2026;09:00;13.07.2026;09:30;00:30:00;\r\n"
    )
    times = at("2026-07-13 09:00"), at("2026-07-13 09:30")
    assert row == ImportRow("Büro", EntryLabel("P", "", billable=True), *times)


def test_lines_are_counted_behind_that_line_too() -> None:
    (problem,) = problems("SEP=|\nStart date|Start time|Duration\n2026-04-01|soon|1:00:00\n")
    assert problem.startswith("Line 3, Start time")


def test_a_duration_beyond_the_longest_is_found_in_its_column() -> None:
    (problem,) = problems("Start date,Start time,Duration\n2026-04-01,9:00,999:00:01\n")
    assert problem.startswith("Line 2, Duration: An entry can last at most 999 hours")


def test_rows_that_do_not_fit_the_header_and_lines_within_quotes() -> None:
    text = times("2026-04-01", '"\n9:30\n"', "", "", "00:30:00")
    content = read(text + "2026-04-01,9:30\n2026-04-01,9:30,,,00:30:00,too,much\n")
    assert len(content.rows) == 1
    assert [problem.place for problem in content.problems] == ["Line 5", "Line 6"]
    assert content.problems[0].sentence == (
        "It has 2 cells, the first line of the file has 5. Text with a comma, a line break or a "
        "quotation mark in it belongs in quotation marks."
    )


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("Description,Duration", "no column Start date or Start time. It has “Description”, “Dur"),
        ("Start date,Start time,End date", "no column Duration (or End date and End time). It has"),
        ("hello world", "no column Start date, Start time or Duration (or End date and End"),
        ('""', "no column Start date"),
    ],
)
def test_a_file_without_the_columns_it_takes(header: str, missing: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(f"{header}\n1,2\n")
    assert missing in str(caught.value)
    assert str(caught.value).endswith("Export a detailed report, not a summary.")


def test_a_cell_too_long_to_be_one() -> None:
    with pytest.raises(BadFile, match=r"not a readable CSV file .* Look for a quotation mark"):
        read(CLASSIC + '"' + "x" * 200_000)


BACK: Final = "2026-10-25"
"""The day on which Berlin repeats the hour from 02:00."""


@pytest.mark.parametrize(
    ("start", "stop", "duration", "utc"),
    [
        ("01:30:00", "02:30:00", "01:00:00", ("2026-10-24 23:30", "2026-10-25 00:30")),
        ("01:30:00", "02:30:00", "02:00:00", ("2026-10-24 23:30", "2026-10-25 01:30")),
        ("02:30:00", "03:30:00", "01:00:00", ("2026-10-25 01:30", "2026-10-25 02:30")),
        ("02:30:00", "03:30:00", "02:00:00", ("2026-10-25 00:30", "2026-10-25 02:30")),
        ("02:50:00", "02:10:00", "00:20:00", ("2026-10-25 00:50", "2026-10-25 01:10")),
        ("02:50:00", "02:10:00", "", ("2026-10-25 00:50", "2026-10-25 01:10")),
        ("02:10:00", "02:40:00", "00:30:00", ("2026-10-25 00:10", "2026-10-25 00:40")),
        ("02:10:00", "02:40:00", "rounded", ("2026-10-25 00:10", "2026-10-25 00:40")),
        ("02:10:00", "", "01:00:00", ("2026-10-25 00:10", "2026-10-25 01:10")),
        ("12:00:00", "13:00:00", "01:00:00", ("2026-10-25 11:00", "2026-10-25 12:00")),
    ],
)
def test_the_repeated_hour(start: str, stop: str, duration: str, utc: tuple[str, str]) -> None:
    row = one(times(BACK, start, BACK if stop else "", stop, duration), BERLIN)
    assert (row.start, row.stop) == (at(utc[0]), at(utc[1]))


def test_the_skipped_hour() -> None:
    row = one(times("2026-03-29", "01:50:00", "2026-03-29", "03:10:00", "00:20:00"), BERLIN)
    assert (row.start, row.stop) == (at("2026-03-29 00:50"), at("2026-03-29 01:10"))


def test_a_duration_that_toggl_rounded_does_not_move_the_end() -> None:
    row = one(times("2026-11-20", "09:30:00", "2026-11-20", "11:04:34", "01:30:00"))
    assert row.stop == at("2026-11-20 11:04:34")


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("deep, office", ["deep", "office"]),
        ("deep,office ,", ["deep", "office", ""]),
        ('"a, b", c', ["a, b", "c"]),
        ('say "hi", c', ['say "hi"', "c"]),
        ('"quoted", c', ['"quoted"', "c"]),
        ('"open, c', ['"open', "c"]),
    ],
)
def test_tags_in_a_cell(cell: str, tags: list[str]) -> None:
    assert [tag.strip() for tag in split_tags(cell)] == tags


@given(st.lists(st.text('ab",', min_size=1).map(str.strip), min_size=1))
def test_tags_in_a_cell_are_read_as_they_were_written(tags: list[str]) -> None:
    assert [tag.strip() for tag in split_tags(join_tags(tags))] == tags


def test_export_writes_what_toggl_writes(db: Database) -> None:
    now = at("2026-11-21 12:00")
    draft = Draft('Say "hi", 你好', "Site", tags=("b", "a, c"), billable=True, create_missing=True)
    entries.add(db, draft, start=at("2026-11-21 09:30"), stop=at("2026-11-25 13:30:05"), now=now)
    entries.add(db, Draft(""), start=at("2026-06-01 23:30"), stop=at("2026-06-01 23:30"), now=now)
    timer.start(db, Draft("running"), now=now)
    file = io.StringIO(newline="")
    assert export_csv(db, file, zone=BERLIN) == (2, 1, True, True)
    assert file.getvalue().split("\r\n") == [
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
        "End time,Duration,Tags",
        ",,,,,,No,2026-06-02,01:30:00,2026-06-02,01:30:00,00:00:00,",
        ',,,Site,,"Say ""hi"", 你好",Yes,2026-11-21,10:30:00,2026-11-25,14:30:05,100:00:05,'
        '"b, ""a, c"""',
        "",
    ]


def test_the_second_run_of_the_repeated_hour_is_known_by_its_offset(db: Database) -> None:
    start = at("2026-10-25 01:30")
    entries.add(db, Draft("x"), start=start, stop=start + 600, now=start + 600)
    file = io.StringIO(newline="")
    export_csv(db, file, zone=BERLIN)
    assert "2026-10-25,02:30:00,2026-10-25,02:40:00+01:00,00:10:00," in file.getvalue()
    row = one(file.getvalue(), BERLIN)
    assert (row.start, row.stop) == (start, start + 600)


def test_export_says_whose_time_it_is(db: Database) -> None:
    entries.add(db, Draft("x"), start=0x60000000, stop=0x60000001, now=0x60000001)
    file = io.StringIO(newline="")
    export_csv(db, file, zone=UTC, person=Person("=Ann", "ann@x.org"))
    assert file.getvalue().splitlines()[1].startswith("\N{NO-BREAK SPACE}=Ann,ann@x.org,,,,x,No,")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\xa0=1", "\xa0\xa0\t1"],
)
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(text: str) -> None:
    assert guarded(text) == f"\N{NO-BREAK SPACE}{text}"
    assert unguarded(guarded(text)) == text


@given(st.text("\xa0 =+-@\t\r\n＝'a", max_size=6))
def test_every_text_comes_back_and_no_cell_is_a_formula(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell.lstrip(" ")[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize("text", ["a=1", "1-2", "\xa0a", " a", "", "'=1"])
def test_other_text_is_written_as_it_is(text: str) -> None:
    assert guarded(text) == unguarded(text) == text
