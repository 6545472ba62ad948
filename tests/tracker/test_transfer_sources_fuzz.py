"""No file is too strange for any reader: it holds entries, or a sentence says what is wrong."""

import json
import tempfile
import time
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.tracker.test_transfer_round_trip import ZONES
from tests.tracker.test_transfer_sources import CASES, SUPER, TIMEW, WORKSPACE, zipped
from tray.errors import UserError
from tray.ical.feed_reader import NoCalendarError
from tray.ical.series import EventReach
from tray.ical.time_log import read_log
from tray.model.limits import EARLIEST, LATEST
from tray.model.source_names import SOURCE_NAMES
from tray.tracker.transfer.content import Content
from tray.tracker.transfer.sources.calendars import content_of
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.known_sources import SOURCES, source_of
from tray.tracker.transfer.sources.org import title_and_tags
from tray.tracker.transfer.sources.source import ReadOptions

CALENDAR: Final = """BEGIN:VCALENDAR
BEGIN:VTODO
UID:t
SUMMARY:site
END:VTODO
BEGIN:VEVENT
UID:e
SUMMARY:Report
CATEGORIES:KTimeTracker
RELATED-TO:t
COMMENT:why
DTSTART:20260713T100000
DTEND:20260713T110000
END:VEVENT
END:VCALENDAR
"""
WATCHED: Final = {
    "buckets": {
        "a": {
            "type": "afkstatus",
            "events": [
                {
                    "timestamp": "2026-07-13T08:00:00Z",
                    "duration": 3600,
                    "data": {"status": "not-afk"},
                }
            ],
        }
    }
}
TEXTS: Final = [*(content for _, content, _ in CASES), json.dumps(WATCHED), TIMEW * 3]
PROCESSES: Final = {"icalendar", "ktimetracker"}
"""Read elsewhere: what that gives back is tried below without one for each example."""
NAMES: Final = sorted(SOURCE_NAMES.keys() - PROCESSES)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["2026-07-13", "2026-07-13T08:00:00Z", "not-afk", "afkstatus", 1783929600]),
    lambda some: (
        st.lists(some, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("start", "stop", "end", "tags", "project", "id", "title", "data", "type"),
                    *("buckets", "events", "timestamp", "duration", "task", "entities", "s"),
                    *("timeSpentOnDay", "tagIds", "projectId", "timeTracking", "name", "created"),
                ]
            ),
            some,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def read_given(given: GivenFile, name: str, zone: tzinfo | None = UTC) -> Content | str:
    """What a reader makes of a file, or the sentence that says that it is none of its own."""
    try:
        return source_of(given, name).read(given, ReadOptions(zone, now=LATEST))
    except UserError as error:
        return str(error)


def read(data: bytes, name: str, zone: tzinfo | None = UTC) -> None:
    """Have a reader read a file, and look over what it makes of it."""
    found = GivenFile("/nowhere/file", data)
    for source in SOURCES:
        assert 0 <= source.recognise(found) <= 100
    content = read_given(found, name, zone)
    if isinstance(content, str):
        assert content[-1] in ".?", content
        return
    for row in content.rows:
        assert EARLIEST <= row.start <= (row.stop or row.start) <= LATEST
        row.description.encode()
    assert all(str(problem)[-1] in ".?" for problem in content.problems)


def test_every_source_has_a_name_that_people_know() -> None:
    assert [source.name for source in SOURCES] == list(SOURCE_NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_no_reader_takes_nothing_or_the_files_of_another_ill(name: str) -> None:
    for text in (*TEXTS, " ", "x", "\0", "{}", "[]", "[[]]", "[{}]", "[" * 100_000, "<", "<a>"):
        read(text.encode(), name)
    for data in (b"", b"PK\x03\x04", zipped(), zipped()[:-30], b"SQLite format 3\0", b"\xff\xfe"):
        read(data, name)


@given(st.binary(max_size=200), st.sampled_from(NAMES))
def test_no_bytes_are_too_strange(data: bytes, name: str) -> None:
    read(data, name)


@given(json_values, st.sampled_from(NAMES), st.sampled_from(ZONES))
def test_no_json_is_too_strange(value: Any, name: str, zone: tzinfo | None) -> None:
    read(json.dumps(value).encode(), name, zone)


@given(st.data(), st.sampled_from(NAMES), st.sampled_from(ZONES))
def test_no_damage_to_a_file_is_too_strange(
    data: st.DataObject, name: str, zone: tzinfo | None
) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 20)))
    put = data.draw(
        st.text(max_size=5)
        | st.sampled_from(["9999", "0000", '"', "\\", "\n", "[", "-", "1e999", "99"])
    )
    read((text[:at] + put + text[until:]).encode(), name, zone)


class Swap:
    """Puts another value somewhere into JSON."""

    def __init__(self, value: object, at: int) -> None:
        self._value, self._left = value, at

    def into(self, thing: Any) -> Any:
        self._left -= 1
        if self._left == 0:
            return self._value
        if isinstance(thing, dict):
            return {key: self.into(each) for key, each in thing.items()}
        return [self.into(each) for each in thing] if isinstance(thing, list) else thing


@given(st.sampled_from([SUPER, WATCHED]), json_values, st.integers(1, 40))
def test_no_value_in_the_wrong_place_is_too_strange(
    whole: dict[str, Any], value: object, at: int
) -> None:
    text = json.dumps(Swap(value, at).into(whole)).encode()
    for name in ("super-productivity", "activitywatch"):
        read(text, name)


@pytest.mark.parametrize("filler", [" ", ":", "[", "[[", ":a ", " :", "[1", "TODO "])
def test_no_heading_is_so_long_that_it_is_not_read(filler: str) -> None:
    started = time.process_time()
    title_and_tags("x" + filler * 40_000 + "y")
    assert time.process_time() - started < 2, "it grows with the square of the length"


@given(st.sampled_from(sorted(WORKSPACE)), json_values, st.integers(1, 15))
def test_no_list_in_an_export_of_toggl_s_is_too_strange(name: str, value: object, at: int) -> None:
    changed = Swap(value, at).into(WORKSPACE[name])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.zip")
        path.write_bytes(zipped(instead={name: changed}))
        found = GivenFile(str(path), path.read_bytes())
        content = read_given(found, "")
        assert not isinstance(content, str) or content[-1] in ".?"


@given(st.data(), st.booleans())
def test_no_calendar_is_too_strange(data: st.DataObject, is_ktimetracker: bool) -> None:
    at = data.draw(st.integers(0, len(CALENDAR)))
    put = data.draw(st.text(max_size=8) | st.sampled_from(["RRULE:FREQ=DAILY\n", "9999"]))
    text = CALENDAR[:at] + put + CALENDAR[at + data.draw(st.integers(0, 12)) :]
    try:
        log = read_log(text.encode(), "", EventReach(EARLIEST, LATEST))
    except NoCalendarError:
        assume(False)
    answer = json.loads(json.dumps(log._asdict()))
    options = ReadOptions(UTC, now=LATEST)
    content = content_of(answer, options, is_ktimetracker=is_ktimetracker)
    assert all(row.start <= (row.stop or 0) for row in content.rows)
