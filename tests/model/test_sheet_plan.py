"""A cell has the length that was typed, and no other cell another one than before."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import Refused
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.entities import TimeEntry
from tray.model.presence.hours import Hours, parse_hours
from tray.model.sheet_plan import (
    CellPlace,
    CellPlan,
    NewEntry,
    NewTimes,
    Removal,
    SheetDay,
    plan_length,
    sheet_day,
)
from tray.model.sheet_rows import SheetKey, key_of

MONDAY = date(2026, 3, 2)
ZERO = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
LATER = ZERO + 30 * DAY
HOURS = parse_hours("mon-fri 8:30-17:00")


def entry(begin: float, end: float | None, project: int = 1, number: int = 1) -> TimeEntry:
    """From and to an hour of Monday."""
    stop = None if end is None else ZERO + int(end * HOUR)
    return TimeEntry(number, 1, "Call", project, None, (), False, ZERO + int(begin * HOUR), stop)


def monday(*entries: TimeEntry, hours: Hours = HOURS) -> SheetDay:
    numbered = [each._replace(id=number) for number, each in enumerate(entries, 1)]
    return sheet_day(MONDAY, numbered, Calendar(UTC), hours)


def plan(day: SheetDay, hours: float, *, project: int = 1, now: int = LATER) -> CellPlan:
    return plan_length(SheetKey(project), int(hours * HOUR), day, by_task=False, now=now)


def new(begin: float, end: float, place: CellPlace) -> NewEntry:
    return NewEntry(ZERO + int(begin * HOUR), ZERO + int(end * HOUR), place)


def span(planned: CellPlan) -> tuple[float, float]:
    assert isinstance(planned, NewTimes)
    return (planned.start - ZERO) / HOUR, (planned.stop - ZERO) / HOUR


def test_an_empty_day_begins_with_work() -> None:
    assert plan(monday(), 1.5) == new(8.5, 10, CellPlace.WORK_BEGIN)
    assert plan(monday(hours=Hours()), 1) == new(9, 10, CellPlace.WORK_BEGIN)


def test_an_empty_cell_gets_an_entry_after_the_last_of_the_day() -> None:
    day = monday(entry(8, 9, 2), entry(9, 15, 3))
    assert plan(day, 1.5) == new(15, 16.5, CellPlace.AFTER_LAST)


def test_what_comes_over_from_the_day_before_is_not_the_last_of_the_day() -> None:
    assert plan(monday(entry(-1, 2, 2)), 1) == new(8.5, 9.5, CellPlace.WORK_BEGIN)
    assert plan(monday(entry(-1, 9, 2)), 1) == new(9, 10, CellPlace.FREE)


def test_where_the_day_ends_too_soon_room_is_looked_for_before() -> None:
    assert plan(monday(entry(12, 23, 2)), 2) == new(8.5, 10.5, CellPlace.WORK_BEGIN)
    assert plan(monday(entry(9, 23, 2)), 2) == new(7, 9, CellPlace.FREE)


def test_nothing_is_put_behind_what_runs() -> None:
    day = monday(entry(8.5, 12, 2), entry(14, None, 3))
    assert plan(day, 1, now=ZERO + 15 * HOUR) == new(12, 13, CellPlace.FREE)


def test_a_full_day_says_what_fits() -> None:
    with pytest.raises(Refused, match="no room for 2:00 in one entry; at most 1:00 fits"):
        plan(monday(entry(1, 12, 2), entry(12, 23, 3)), 2)


def test_the_last_entry_of_a_cell_is_lengthened_or_shortened() -> None:
    day = monday(entry(9, 10), entry(11, 12), entry(14, 15, 2))
    assert span(plan(day, 2.5)) == (11, 12.5)
    assert span(plan(day, 1.5)) == (11, 11.5)
    assert plan(day, 1) == Removal(day.entries[1])
    assert plan(day, 2) is None


def test_it_begins_earlier_where_something_follows() -> None:
    day = monday(entry(9, 10), entry(10, 12, 2))
    assert span(plan(day, 2)) == (8, 10)
    with pytest.raises(Refused, match="“Call” has no room to be 1:00 longer; at most 0:30 is"):
        plan(monday(entry(8, 9, 2), entry(9.5, 10.5), entry(10.5, 12, 2)), 2)
    with pytest.raises(Refused, match="“Call” cannot be longer, as other entries are right beside"):
        plan(monday(entry(8, 9, 2), entry(9, 10), entry(10, 12, 2)), 2)


def test_others_of_the_cell_stay() -> None:
    with pytest.raises(Refused, match="The other entries of this cell take 3:00"):
        plan(monday(entry(9, 12), entry(13, 14)), 2)


def test_what_is_shown_is_no_change_though_there_are_seconds() -> None:
    day = monday(entry(9, 10.005))
    assert plan(day, 1) is None
    assert span(plan(day, 1 + 1 / 60)) == (9, 10 + 1 / 60)


def test_what_runs_is_not_changed() -> None:
    with pytest.raises(Refused, match="Stop it"):
        plan(monday(entry(9, None)), 3, now=ZERO + 10 * HOUR)


def test_the_part_on_another_day_stays() -> None:
    over = monday(entry(22, 26))
    assert span(plan(over, 1)) == (23, 26)
    assert span(plan(over, 0)) == (24, 26)
    assert span(plan(over, 3)) == (21, 26)
    before = monday(entry(-2, 2))
    assert span(plan(before, 1)) == (-2, 1)
    assert span(plan(before, 0)) == (-2, 0)
    with pytest.raises(Refused, match="goes on before and after"):
        plan(monday(entry(-2, 26)), 3)


def cells(entries: list[TimeEntry], calendar: Calendar, now: int) -> Counter[tuple[object, date]]:
    """The length of every cell there is."""
    found: Counter[tuple[object, date]] = Counter()
    for each in entries:
        stop = each.start + each.seconds(now)
        for share in calendar.shares(each.start, stop) if stop > each.start else ():
            found[each.project_id, share.day] += share.end - share.begin
    return found


def overlaps(entries: list[TimeEntry], now: int) -> int:
    """How many seconds are covered twice, or more often."""
    moments = Counter(
        {each: 0 for entry in entries for each in (entry.start, entry.start + entry.seconds(now))}
    )
    for each in entries:
        moments[each.start] += 1
        moments[each.start + each.seconds(now)] -= 1
    depth, total, ordered = 0, 0, sorted(moments)
    for begin, end in pairwise(ordered):
        depth += moments[begin]
        total += max(0, depth - 1) * (end - begin)
    return total


def carried_out(entries: list[TimeEntry], planned: CellPlan) -> list[TimeEntry]:
    match planned:
        case NewEntry(start, stop):
            made = TimeEntry(99, 1, "", 1, None, (), False, start, stop)
            return [*entries, made]
        case NewTimes(changed, start, stop):
            rest = [each for each in entries if each.id != changed.id]
            return [*rest, changed._replace(start=start, stop=stop)]
        case Removal(gone):
            return [each for each in entries if each.id != gone.id]
    return entries


MOMENTS = st.integers(-6 * 60, 30 * 60)


@given(
    st.lists(st.tuples(MOMENTS, st.integers(0, 300), st.integers(1, 3)), max_size=8),
    st.integers(0, 26 * 60),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland"]),
    st.sampled_from([MONDAY, date(2026, 3, 29), date(2026, 10, 25)]),
    st.sampled_from([0, 4]),
)
def test_a_cell_becomes_what_was_typed_and_no_other_changes(
    spans: list[tuple[int, int, int]], minutes: int, zone: str, day: date, day_start: int
) -> None:
    calendar = Calendar(ZoneInfo(zone), day_start)
    zero = calendar.begin(day)
    entries = [
        TimeEntry(number, 1, "", project, None, (), False, begin, begin + length * MINUTE)
        for number, (start, length, project) in enumerate(spans, 1)
        for begin in (zero + start * MINUTE,)
    ]
    sheet, now = sheet_day(day, entries, calendar, HOURS), zero + 9 * DAY
    before = cells(entries, calendar, now)
    try:
        planned = plan_length(SheetKey(1), minutes * MINUTE, sheet, by_task=False, now=now)
    except Refused:
        return
    after = carried_out(entries, planned)
    wanted = Counter(before)
    wanted[1, day] = minutes * MINUTE
    assert +cells(after, calendar, now) == +wanted
    assert overlaps(after, now) <= overlaps(entries, now)


def test_rows_are_by_project_or_by_task() -> None:
    own = entry(9, 10)._replace(task_id=4)
    assert key_of(own, by_task=False) == SheetKey(1)
    assert key_of(own, by_task=True) == SheetKey(1, 4)
