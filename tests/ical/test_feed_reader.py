"""Calendars with the faults that people met: the right events, and a sentence about the rest."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tray.ical.feed_reader import FeedContent, NoCalendarError, read_calendar
from tray.ical.series import EventReach
from tray.model.calendar_event import FeedEvent

FOLDER: Final = Path(__file__).parent / "calendars"
EXPECTED: Final[dict[str, dict[str, list[list[str]]]]] = json.loads(
    (FOLDER / "expected.json").read_text("utf-8")
)
EITHER: Final[dict[str, dict[str, list[dict[str, Any]]]]] = json.loads(
    (FOLDER / "either.json").read_text("utf-8")
)
BERLIN: Final = ZoneInfo("Europe/Berlin")
CASES: Final = [(name, window) for name, windows in EXPECTED.items() for window in windows]
AUTUMN: Final = "2026-10-19/2026-11-01"


def span_of(window: str) -> tuple[date, date, EventReach]:
    """The days of a window, the end exclusive, and the same as moments in Berlin."""
    first, last = map(date.fromisoformat, window.split("/"))
    last += timedelta(days=1)
    begin, end = (
        int(datetime(day.year, day.month, day.day, tzinfo=BERLIN).timestamp())
        for day in (first, last)
    )
    return first, last, EventReach(begin, end)


def as_written(event: FeedEvent) -> list[str]:
    start, stop = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at) for at in event[1:3])
    if event.all_day:
        return [start.date().isoformat(), stop.date().isoformat(), event.title]
    return [f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{stop:%Y-%m-%dT%H:%M:%SZ}", event.title]


def read(name: str, window: str) -> list[list[str]]:
    first, last, span = span_of(window)
    content = read_calendar((FOLDER / name).read_bytes(), "Europe/Berlin", span)
    written = map(as_written, content.events)
    return [
        each for each in written if "T" in each[0] or (each[0] < str(last) and each[1] > str(first))
    ]


@pytest.mark.parametrize(("name", "window"), [case for case in CASES if case[0][:2] != "12"])
def test_what_happens_is_what_the_calendar_means(name: str, window: str) -> None:
    found, expected = read(name, window), EXPECTED[name][window]
    for choice in EITHER.get(name, {}).get(window, []):
        titles = {each[2] for answer in choice["one_of"] for each in answer}
        besides = [each for each in found if each[2] in titles and each not in expected]
        assert besides in choice["one_of"]
        found = [each for each in found if each not in besides]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("01-windows-zones.ics", ""),
        ("04-exdate-neighbours.ics", ""),
        (
            "08-broken-events.ics",
            "9 events were left out, as they cannot be read or repeat too often: "
            "“No start at all”, “Start with dashes”, “Rule without FREQ” and 6 more.",
        ),
        (
            "09-broken-calendar-lines.ics",
            "It names time zones that are unknown here: “(UTC+01:00) Amsterdam, Berlin”, “Europe”, "
            "“Nowhere/Land”; yours is used instead.",
        ),
        ("11-cut-off.ics", "It ends in the middle, so its last events may be missing."),
        (
            "13-bombs.ics",
            "6 events were left out, as they cannot be read or repeat too often: "
            "“Every second”, “Every minute”, “Daily by the second” and 3 more.",
        ),
        ("14-ids-and-others.ics", ""),
    ],
)
def test_what_is_left_out_or_in_doubt_is_said(name: str, problem: str) -> None:
    content = read_calendar((FOLDER / name).read_bytes(), "Europe/Berlin", span_of(AUTUMN)[2])
    assert content.problem == problem


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("", ""),
        ("SUMMARY:Lunch\\nwith Ann", ": “Lunch with Ann”"),
        (f"SUMMARY:{'写' * 900}", f": “{'写' * 60}…”"),
    ],
)
def test_what_is_left_out_is_named(title: str, named: str) -> None:
    data = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x\n{title}\nEND:VEVENT\nEND:VCALENDAR\n"
    content = read_calendar(data.encode(), "Europe/Berlin", span_of(AUTUMN)[2])
    assert (
        content.problem
        == f"1 event was left out, as it cannot be read or repeats too often{named}."
    )


def test_a_page_to_sign_in_is_no_calendar() -> None:
    with pytest.raises(NoCalendarError, match="no calendar"):
        read("12-not-a-calendar.ics", AUTUMN)


def test_a_zone_of_one_calendar_is_unknown_to_the_next() -> None:
    for _ in range(2):
        assert len(read("01-windows-zones.ics", AUTUMN)) == 3
        assert read("02-same-zone-name.ics", AUTUMN)[0][0] == "2026-10-20T13:00:00Z"


def calendar_of(*events: str, zones: str = "") -> bytes:
    whole = "".join(
        f"BEGIN:VEVENT\nUID:{number}\n{event}\nSUMMARY:Event {number}\nEND:VEVENT\n"
        for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\n{zones}{whole}END:VCALENDAR\n".encode()


def expand(*events: str, zones: str = "") -> FeedContent:
    return read_calendar(calendar_of(*events, zones=zones), "Europe/Berlin", span_of(AUTUMN)[2])


START: Final = "DTSTART;TZID=Europe/Berlin:20000103T100000\nDURATION:PT1H\nRRULE:"


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "FREQ=SECONDLY",
            "FREQ=MINUTELY;COUNT=9",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=HOURLY;BYMINUTE=1,2,3",
        ),
        *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=40"),
        *("FREQ=YEARLY;BYMONTH=2;BYDAY=MO;BYSETPOS=90", "FREQ=DAILY;BYSETPOS=5"),
        *("FREQ=WEEKLY;BYWEEKNO=60", "FREQ=NEVER", "FREQ=DAILY;COUNT=x", "FREQ=DAILY;BYHOUR=a"),
    ],
)
def test_a_rule_that_comes_to_nothing_or_too_much_costs_itself_alone(rule: str) -> None:
    began = time.process_time()
    good = "DTSTART:20261020T100000Z\nDURATION:PT1H"
    content = expand(f"{START}{rule}", good)
    assert [each.title for each in content.events] == ["Event 1"]
    assert content.problem.startswith("1 event was left out")
    assert time.process_time() - began < 2


NAIVE: Final = datetime.fromisoformat("2023-01-01T00:30:00")
FREQUENCIES: Final = st.sampled_from(
    [
        *("DAILY;BYHOUR=8,20", "DAILY", "DAILY;BYMONTH=10", "DAILY;BYMONTHDAY=20,-1", "WEEKLY"),
        *("WEEKLY;BYDAY=MO,SU", "WEEKLY;BYDAY=TU;BYMONTH=11", "WEEKLY;BYDAY=MO,SU;WKST=SU"),
        *("MONTHLY", "MONTHLY;BYDAY=-1SA", "MONTHLY;BYMONTHDAY=-1,20", "MONTHLY;BYDAY=2TU"),
        *("MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "YEARLY", "YEARLY;BYMONTH=10"),
        *("YEARLY;BYMONTH=10;BYDAY=4WE", "YEARLY;BYYEARDAY=300,-60", "YEARLY;BYDAY=43MO"),
        *("YEARLY;BYWEEKNO=43,44;BYDAY=MO,FR", "YEARLY;BYMONTHDAY=25"),
    ]
)


@given(
    FREQUENCIES,
    st.integers(1, 5),
    st.sampled_from([None, 9, 400]),
    st.integers(0, 1_400 * 24),
)
def test_a_rule_followed_from_near_comes_to_the_same_as_from_its_beginning(
    frequency: str, interval: int, count: int | None, hours: int
) -> None:
    first = NAIVE + timedelta(hours=hours)
    rule = f"FREQ={frequency};INTERVAL={interval}" + (f";COUNT={count}" if count else "")
    begin, end, _ = span_of(AUTUMN)
    from_beginning = rrulestr(rule, dtstart=first).between(
        NAIVE + timedelta(days=(begin - NAIVE.date()).days, minutes=-30),
        NAIVE + timedelta(days=(end - NAIVE.date()).days, minutes=-30, seconds=-1),
        inc=True,
    )
    text = f"DTSTART:{first:%Y%m%dT%H%M%S}\nRRULE:{rule}"
    found = [datetime.fromtimestamp(each.start, BERLIN) for each in expand(text).events]
    wanted = {each.replace(tzinfo=BERLIN) for each in from_beginning}
    assert set(found) - {first.replace(tzinfo=BERLIN)} == wanted - {first.replace(tzinfo=BERLIN)}


def test_all_later_ones_can_be_cancelled_by_one_change() -> None:
    series = "UID:s\nDTSTART:20261019T100000Z\nRRULE:FREQ=DAILY;COUNT=5"
    change = (
        "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261021T100000Z\nDTSTART:20261021T100000Z\n"
        "STATUS:CANCELLED"
    )
    events = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in (series, change))
    data = f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()
    found = read_calendar(data, "Europe/Berlin", span_of(AUTUMN)[2]).events
    assert [as_written(each)[0][8:10] for each in found] == ["19", "20"]


def test_a_definition_by_the_second_is_no_zone() -> None:
    bomb = (
        "BEGIN:VTIMEZONE\nTZID:B\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\n"
        "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    content = expand("DTSTART;TZID=B:20261020T100000", zones=bomb)
    assert as_written(content.events[0])[0] == "2026-10-20T08:00:00Z"
    assert "“B”" in content.problem


def test_a_thousand_series_of_a_zone_of_its_own_are_read_at_once() -> None:
    event = "DTSTART;TZID=Mine:20200106T100000\nDTEND;TZID=Mine:20200106T110000\nRRULE:FREQ=WEEKLY"
    rules = (
        ("STANDARD", "1028T03", "+0200", "+0100", 10),
        ("DAYLIGHT", "0325T02", "+0100", "+0200", 3),
    )
    parts = "".join(
        f"BEGIN:{name}\nDTSTART:1601{at}0000\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\n"
        f"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH={month}\nEND:{name}\n"
        for name, at, before, after, month in rules
    )
    zones = f"BEGIN:VTIMEZONE\nTZID:Mine\n{parts}END:VTIMEZONE\n"
    content = expand(*[event] * 1_000, zones=zones)
    assert len(content.events) == 2_000
    assert {as_written(each)[0][11:] for each in content.events} == {"08:00:00Z", "09:00:00Z"}


WORDS: Final = st.sampled_from(
    [
        *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE"),
        *("END:VTIMEZONE", "UID:1", "DTSTART:20261020T100000Z", "DTSTART;VALUE=DATE:20261020"),
        *("DTSTART;TZID=X:00010101T000000", "DTEND:99991231T235959Z", "DURATION:P9D", " folded"),
        *("RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=YEARLY;UNTIL=1", "EXDATE:20261021T100000Z,"),
        *("RECURRENCE-ID:20261021", "RDATE;VALUE=PERIOD:20261022T100000Z/PT1H", "SUMMARY", 'É:;"='),
        *("RECURRENCE-ID;RANGE=THISANDFUTURE:20261021T100000Z", "TZID:X", "STATUS:CANCELLED"),
        *(
            "RDATE:99991231T235959Z",
            "DTEND;TZID=America/New_York:99991231T235959",
            "RDATE:00010101",
        ),
        *("DTSTART;TZID=Asia/Tokyo:00010101T000000", "EXDATE;TZID=Asia/Tokyo:99991231T235959Z"),
        *("DTSTART;TZID=X:99991231T235959", "RRULE:FREQ=MONTHLY;BYDAY=5MO", "SEQUENCE:-"),
    ]
)


@given(st.lists(WORDS, max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_whatever_it_holds_it_is_read_or_no_calendar(lines: list[str], ending: str) -> None:
    data = ending.join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT"]).encode()
    content = read_calendar(data, "Europe/Berlin", span_of(AUTUMN)[2])
    assert all(each.start <= each.stop for each in content.events)
