"""A calendar is read by another process, which takes no longer than it may."""

import time
from pathlib import Path
from threading import Timer

import pytest

from tests.ical.test_feed_reader import FOLDER, calendar_of, span_of
from tray.errors import BadFile
from tray.model.calendar_event import FeedEvent
from tray.workers import feed_process
from tray.workers.feed_process import FeedProcess

_, _, SPAN = span_of("2026-10-19/2026-11-01")


def test_events_and_sentences_come_back() -> None:
    data = (FOLDER / "13-bombs.ics").read_bytes()
    began = time.monotonic()
    found = FeedProcess().read(data, "Europe/Berlin", *SPAN)
    assert [each.title for each in found.events] == ["Since 1900", "Since 1601", "Since 1900"]
    assert found.events[0].all_day
    assert found.problem.startswith("6 events were left out")
    assert time.monotonic() - began < 20  # 2 s on a computer that has nothing else to do


def test_what_is_no_calendar_is_said() -> None:
    with pytest.raises(BadFile, match="no calendar"):
        FeedProcess().read((FOLDER / "12-not-a-calendar.ics").read_bytes(), "", *SPAN)


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(BadFile, match="too long"):
        FeedProcess(seconds=0).read(calendar_of("DTSTART:20261020T100000Z"), "", *SPAN)


def test_one_that_is_too_large_is_not_even_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_process, "MOST_BYTES", 10)
    with pytest.raises(BadFile, match="not read"):
        FeedProcess().read(b"x" * 11, "", *SPAN)


def test_it_can_be_stopped_from_another_thread() -> None:
    reading = FeedProcess()
    slow = calendar_of(
        *["DTSTART:20000103T100000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=MO;BYSETPOS=9"] * 3_000
    )
    Timer(0.2, reading.stop).start()
    with pytest.raises(BadFile):
        reading.read(slow, "", *SPAN)
    with pytest.raises(BadFile):
        reading.read(slow, "", *SPAN)


def test_nothing_of_the_tray_imports_what_reads_calendars() -> None:
    root = Path(feed_process.__file__).parents[1]
    users = [
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        if "from tray.ical" in file.read_text("utf-8") and file.parent.name != "ical"
    ]
    assert users == ["__main__.py"]


def test_an_event_is_what_it_was_in_the_other_process() -> None:
    data = calendar_of("DTSTART:20261020T100000Z\nDURATION:PT1H")
    (found,) = FeedProcess().read(data, "", *SPAN).events
    assert found == FeedEvent("Event 0", 1_792_490_400, 1_792_494_000)
