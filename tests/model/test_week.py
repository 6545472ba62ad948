"""The days of a week add up to each other and to what was tracked, to the second."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR
from tray.model.entities import TimeEntry
from tray.model.week import ProjectTime, first_day, week_days

MONDAY = date(2026, 3, 2)
NOW = int(datetime(2026, 3, 6, 12, tzinfo=UTC).timestamp())
START = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())


def entry(start: int, stop: int | None, project: int | None = None) -> TimeEntry:
    return TimeEntry(1, 1, "", project, None, (), False, start, stop)


def test_each_day_has_its_projects_the_longest_first() -> None:
    entries = [
        entry(START + 9 * HOUR, START + 10 * HOUR, 1),
        entry(START + 10 * HOUR, START + 13 * HOUR, 2),
        entry(START + 14 * HOUR, START + 15 * HOUR, 1),
    ]
    monday, *others = week_days(entries, MONDAY, Calendar(UTC), now=NOW)
    assert monday.date == MONDAY
    assert monday.parts == (ProjectTime(2, 3 * HOUR), ProjectTime(1, 2 * HOUR))
    assert [day.seconds for day in others] == [0] * 6
    assert others[-1].date == date(2026, 3, 8)


def test_what_lies_over_midnight_or_the_edge_of_the_week_counts_where_it_is() -> None:
    entries = [
        entry(START - HOUR, START + HOUR, 1),
        entry(START + DAY - HOUR, START + DAY + 2 * HOUR, 1),
        entry(START + 7 * DAY - HOUR, START + 8 * DAY, 1),
    ]
    days = week_days(entries, MONDAY, Calendar(UTC), now=NOW + 30 * DAY)
    assert [day.seconds // HOUR for day in days] == [2, 2, 0, 0, 0, 0, 1]


def test_what_runs_counts_up_to_now() -> None:
    days = week_days([entry(NOW - HOUR, None)], MONDAY, Calendar(UTC), now=NOW)
    assert days[4].parts == (ProjectTime(None, HOUR),)
    assert week_days([entry(NOW + HOUR, None)], MONDAY, Calendar(UTC), now=NOW)[4].parts == ()


@pytest.mark.parametrize(("first_weekday", "day"), [(0, 2), (6, 1), (3, 26)])
def test_a_week_begins_with_the_day_that_the_user_says(first_weekday: int, day: int) -> None:
    found = first_day(date(2026, 3, 4), Calendar(UTC, first_weekday=first_weekday))
    assert found.day == day
    assert found.weekday() == first_weekday


@given(
    st.lists(
        st.tuples(
            st.integers(-3 * DAY, 9 * DAY), st.integers(0, 2 * DAY), st.sampled_from((None, 1, 2))
        ),
        max_size=12,
    ),
    st.sampled_from(("UTC", "Europe/Berlin", "America/St_Johns")),
    st.integers(0, 6),
)
def test_the_days_add_up_to_the_part_in_the_week(
    spans: list[tuple[int, int, int | None]], zone: str, hour: int
) -> None:
    calendar = Calendar(ZoneInfo(zone), day_start_hour=hour)
    entries = [entry(START + at, START + at + length, project) for at, length, project in spans]
    days = week_days(entries, MONDAY, calendar, now=NOW)
    begin, end = calendar.week(MONDAY)
    inside = sum(max(0, min(end, e.stop or 0) - max(begin, e.start)) for e in entries)
    assert sum(day.seconds for day in days) == inside
    assert [day.date for day in days] == [MONDAY + timedelta(days=at) for at in range(7)]
