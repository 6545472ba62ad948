from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tray.model.calendar_event import CalendarEvent
from tray.model.day_grid.day_columns import DayColumn, DayGap, day_columns
from tray.model.day_grid.lanes import WHOLE
from tray.model.day_grid.time_axis import time_axis
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.entities import TimeEntry

CALENDAR: Final = Calendar(ZoneInfo("Europe/Berlin"), 4)
FIRST: Final = date(2026, 10, 19)
"""Of a week in which clocks are set back."""
DAYS: Final = [FIRST + timedelta(days=at) for at in range(7)]
AXIS: Final = time_axis(DAYS, CALENDAR)
BEGIN, END = AXIS.span(0)[0], AXIS.span(6)[1]
NOW: Final = END


def entry(number: int, start: int, stop: int | None, description: str = "") -> TimeEntry:
    return TimeEntry(number, 1, description, None, None, (), False, start, stop)


def columns(*entries: TimeEntry, now: int = NOW) -> tuple[DayColumn, ...]:
    return day_columns(AXIS, entries, now=now)


def test_an_entry_over_the_end_of_a_day_stands_in_both() -> None:
    midnight = AXIS.span(1)[0]
    found = columns(entry(1, midnight - HOUR, midnight + 2 * HOUR))
    (one,), (other,) = found[0].blocks, found[1].blocks
    assert (one.begin, one.end, one.begins, one.ends) == (midnight - HOUR, midnight, True, False)
    assert (other.begin, other.end, other.begins, other.ends) == (
        midnight,
        midnight + 2 * HOUR,
        False,
        True,
    )
    assert [each.seconds for each in found[:3]] == [HOUR, 2 * HOUR, 0]


def test_what_began_before_the_days_that_are_shown_goes_on_in_the_first() -> None:
    (block,) = columns(entry(1, BEGIN - HOUR, BEGIN + HOUR))[0].blocks
    assert (block.begin, block.begins, block.ends) == (BEGIN, False, True)


def test_what_runs_grows_and_has_no_end() -> None:
    (block,) = columns(entry(1, BEGIN, None), now=BEGIN + HOUR)[0].blocks
    assert (block.end, block.ends) == (BEGIN + HOUR, False)


def test_overlaps_are_marked_and_stand_side_by_side() -> None:
    one, other = columns(entry(1, BEGIN, BEGIN + 60), entry(2, BEGIN + 30, BEGIN + 90))[0].blocks
    assert one.overlaps
    assert other.overlaps
    assert one.lane != other.lane
    assert columns(entry(1, BEGIN, BEGIN + 60))[0].blocks[0].lane == WHOLE


def test_the_time_that_counts_twice_is_known() -> None:
    found = columns(entry(1, BEGIN, BEGIN + 60), entry(2, BEGIN + 30, BEGIN + 90))[0]
    assert found.doubled == ((BEGIN + 30, BEGIN + 60),)
    assert found.seconds == 120


def test_gaps_are_between_entries_of_a_day() -> None:
    found = columns(
        entry(1, BEGIN, BEGIN + HOUR),
        entry(2, BEGIN + 2 * HOUR, BEGIN + 3 * HOUR),
        entry(3, BEGIN + 3 * HOUR + MINUTE, BEGIN + 4 * HOUR),  # too short a time between
    )
    assert found[0].gaps == (DayGap(0, BEGIN + HOUR, BEGIN + 2 * HOUR),)


def test_only_what_is_looked_for_counts() -> None:
    some = [entry(1, BEGIN, BEGIN + 60), entry(2, BEGIN + 60, BEGIN + 80)]
    (day, *_) = day_columns(AXIS, some, fitting={2}, now=NOW)
    assert day.seconds == 20
    assert [block.fits for block in day.blocks] == [False, True]


def test_an_event_is_gone_once_an_entry_of_its_title_is_there() -> None:
    event = CalendarEvent(1, "Team", "#06a893", "Planning  call", BEGIN, BEGIN + HOUR)
    found = day_columns(AXIS, [], [event], now=NOW)
    assert [block.of for block in found[0].blocks] == [event]
    assert found[0].seconds == 0
    done = [entry(1, BEGIN + MINUTE, BEGIN + HOUR, "planning call")]
    assert [block.of for block in day_columns(AXIS, done, [event], now=NOW)[0].blocks] == done


def test_an_event_beside_an_entry_is_no_overlap() -> None:
    event = CalendarEvent(1, "Team", "#06a893", "Call", BEGIN, BEGIN + HOUR)
    (day, *_) = day_columns(AXIS, [entry(1, BEGIN, BEGIN + HOUR)], [event], now=NOW)
    assert day.doubled == ()
    assert not any(block.overlaps for block in day.blocks)


def midnight(column: int) -> int:
    return AXIS.span(column)[0] - CALENDAR.day_start_hour * HOUR


def test_an_event_of_all_day_stands_on_top_of_each_of_its_days() -> None:
    event = CalendarEvent(1, "Team", "#06a893", "Trip", midnight(1), midnight(3), all_day=True)
    found = day_columns(AXIS, [], [event], now=NOW)
    assert [len(day.all_day) for day in found] == [0, 1, 1, 0, 0, 0, 0]
    assert not any(day.blocks for day in found)


@given(
    st.lists(
        st.tuples(st.integers(BEGIN - DAY, END + DAY), st.integers(0, 2 * DAY)), max_size=8
    ).map(sorted)
)
@settings(max_examples=100, deadline=None)
def test_the_days_add_up_to_what_lies_in_them(spans: list[tuple[int, int]]) -> None:
    some = [entry(at, start, start + length) for at, (start, length) in enumerate(spans, 1)]
    found = day_columns(AXIS, some, now=NOW)
    in_them = sum(max(0, min(END, start + length) - max(BEGIN, start)) for start, length in spans)
    assert sum(day.seconds for day in found) == in_them
    for day, span in zip(DAYS, found, strict=True):
        expected = [
            share
            for each in some
            for share in CALENDAR.shares(each.start, each.start + each.seconds(NOW))
            if share.day == day
        ]
        assert sorted((share.begin, share.end) for share in expected) == sorted(
            (block.begin, block.end) for block in span.blocks
        )
