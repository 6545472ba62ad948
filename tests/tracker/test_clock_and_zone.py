"""What the verbs do while the clock jumps, the zone changes or a day has not 24 hours."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tray.errors import NotFound
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.store import entries
from tray.store.database import Database
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
HOUR: Final = 3600
Check = Callable[..., AbstractContextManager[None]]


def made(entry: TimeEntry | None) -> TimeEntry:
    assert entry is not None
    return entry


def utc(day: int, hour: int, minute: int = 0, *, month: int = 10) -> int:
    return int(datetime(2025, month, day, hour, minute, tzinfo=UTC).timestamp())


def hours_of(db: Database, calendar: Calendar, day: date, *, now: int) -> float:
    return entries.seconds_between(db, *calendar.day(day), now=now) / HOUR


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", date(2025, 3, 30), 23),
        ("Europe/Berlin", date(2025, 10, 26), 25),
        ("America/New_York", date(2025, 3, 9), 23),
        ("America/New_York", date(2025, 11, 2), 25),
        ("Australia/Lord_Howe", date(2025, 10, 5), 23.5),
        ("Europe/Berlin", date(2025, 6, 1), 24),
    ],
)
@pytest.mark.parametrize("runs", [False, True])
def test_a_day_full_of_work_has_as_many_hours_as_the_day(
    db: Database, zone: str, day: date, expected: float, runs: bool
) -> None:
    calendar = Calendar(ZoneInfo(zone))
    begin, end = calendar.day(day)
    timer.start(db, Draft("x"), now=begin - 30 * HOUR)
    now = end + 30 * HOUR
    if not runs:
        timer.stop(db, now=now)
    assert hours_of(db, calendar, day, now=now) == expected


def test_work_in_the_hour_that_comes_twice_counts_twice(db: Database) -> None:
    berlin = Calendar(ZoneInfo("Europe/Berlin"))
    verbs.add(
        db, Draft("first 2:15 to second 2:45"), start=utc(26, 0, 15), stop=utc(26, 1, 45), now=NOW
    )
    assert hours_of(db, berlin, date(2025, 10, 26), now=NOW) == 1.5


def test_a_night_is_shared_out_between_its_days(db: Database) -> None:
    calendar, late = Calendar(UTC), Calendar(UTC, day_start_hour=4)
    verbs.add(db, Draft("night"), start=utc(1, 22), stop=utc(2, 6), now=NOW)
    first, second = date(2025, 10, 1), date(2025, 10, 2)
    assert [hours_of(db, calendar, day, now=NOW) for day in (first, second)] == [2, 6]
    assert [hours_of(db, late, day, now=NOW) for day in (first, second)] == [6, 2]


def test_a_journey_moves_the_days_and_not_the_time(
    db: Database, computer_in: Callable[[str], None]
) -> None:
    computer_in("Europe/Berlin")
    calendar = Calendar(None)
    running = made(timer.start(db, Draft("x"), now=utc(1, 21)).entry)
    now = utc(2, 3)
    days = date(2025, 10, 1), date(2025, 10, 2)
    assert [hours_of(db, calendar, day, now=now) for day in days] == [1, 5]
    computer_in("America/New_York")
    assert [hours_of(db, calendar, day, now=now) for day in days] == [6, 0]
    assert calendar.day_of(now) == date(2025, 10, 1)
    assert running.seconds(now) == 6 * HOUR
    assert made(timer.stop(db, now=now).entry).seconds(now) == 6 * HOUR


def test_with_the_clock_set_back_the_running_entry_stops_with_no_time_and_that_is_said(
    db: Database,
) -> None:
    running = made(timer.start(db, Draft("Report"), now=NOW).entry)
    outcome = timer.stop(db, now=NOW - HOUR)
    assert outcome.entry == running._replace(stop=NOW)
    (remark,) = outcome.remarks
    assert "clock stands before the start of “Report”" in remark
    assert "Check the clock, then correct the entry." in remark
    undo.undo(db)
    assert entries.running(db) == running


def test_with_the_clock_set_back_another_entry_can_be_started(db: Database) -> None:
    timer.start(db, Draft(), now=NOW)
    outcome = timer.start(db, Draft("next"), now=NOW - HOUR)
    assert made(outcome.stopped).seconds(NOW - HOUR) == 0
    assert "before the start of the running entry" in outcome.remarks[0]
    assert made(outcome.entry).start == NOW - HOUR


def test_with_the_clock_set_back_toggling_stops_and_continues(db: Database) -> None:
    timer.start(db, Draft("Report"), now=NOW)
    assert timer.toggle(db, now=NOW - HOUR).verb == "stop"
    again = timer.toggle(db, now=NOW - 2 * HOUR)
    assert made(again.entry).description == "Report"
    assert all((each.stop or NOW) >= each.start for each in entries.everything(db))


def test_with_the_clock_set_back_the_running_entry_can_be_edited(db: Database) -> None:
    running = made(timer.start(db, Draft("Report"), now=NOW).entry)
    edited = verbs.edit(db, [running.id], {"description": "x"}, now=NOW - HOUR).entry
    assert edited == running._replace(description="x")
    corrected = verbs.edit(db, [running.id], {"start": NOW - HOUR}, now=NOW - HOUR).entry
    assert made(corrected).start == NOW - HOUR


def test_with_the_clock_set_back_a_moment_before_the_start_is_still_refused(
    db: Database, refused: Check
) -> None:
    running = made(timer.start(db, Draft("Report"), now=NOW).entry)
    with refused("between its start and now", field="stop"):
        timer.stop(db, now=NOW - HOUR, at=NOW - HOUR)
    with refused("was started after that moment", field="start"):
        timer.start(db, Draft("x"), now=NOW - HOUR, at=NOW - 2 * HOUR)
    with refused("can only be split", field="start"):
        verbs.split(db, running.id, NOW - 2 * HOUR, now=NOW - HOUR)


def test_a_clock_that_lost_its_battery_stops_but_does_not_start(
    db: Database, refused: Check
) -> None:
    timer.start(db, Draft("Report"), now=NOW)
    with refused("Check the computer's clock", field="start"):
        timer.start(db, Draft("x"), now=100)
    timer.stop(db, now=100)
    with refused("Nothing is running", error=NotFound):
        timer.stop(db, now=100)


def test_a_clock_that_jumped_ahead_and_back_leaves_all_totals_right(db: Database) -> None:
    timer.start(db, Draft("a"), now=NOW)
    timer.start(db, Draft("b"), now=NOW + 10 * HOUR)
    timer.start(db, Draft("c"), now=NOW + HOUR)
    outcome = timer.stop(db, now=NOW + 2 * HOUR)
    assert [each.seconds(0) // HOUR for each in entries.everything(db)] == [10, 1, 0]
    assert outcome.remarks == ()
    assert entries.seconds_between(db, 0, NOW * 2, now=NOW) == 11 * HOUR
