from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.test_days import ZONES
from tray.model.day_grid.time_axis import TimeAxis, time_axis
from tray.model.days import Calendar
from tray.model.durations import HOUR

BERLIN: Final = Calendar(ZoneInfo("Europe/Berlin"))
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)

axes = st.builds(
    lambda zone, hour, first, number: (
        Calendar(ZoneInfo(zone), hour),
        [first + timedelta(days=at) for at in range(number)],
    ),
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.dates(date(2006, 1, 3), date(2030, 12, 20)),
    st.sampled_from((1, 7)),
)


def clock_hours(axis: TimeAxis) -> list[int]:
    return [mark.clock_minutes // 60 for mark in axis.marks]


def test_a_usual_day_has_its_24_hours() -> None:
    axis = time_axis([date(2026, 11, 3)], BERLIN)
    assert axis.length == 24 * HOUR
    assert clock_hours(axis) == [*range(24)]


def test_a_day_alone_in_which_clocks_are_set_forward_has_23_hours() -> None:
    axis = time_axis([FORWARD], BERLIN)
    assert axis.length == 23 * HOUR
    assert clock_hours(axis) == [0, 1, *range(3, 24)]
    assert not [*axis.voids(0)]


def test_a_day_alone_in_which_clocks_are_set_back_has_25_hours() -> None:
    axis = time_axis([BACK], BERLIN)
    assert axis.length == 25 * HOUR
    assert clock_hours(axis) == [0, 1, 2, 2, *range(3, 24)]


def test_in_a_week_only_that_day_lacks_the_hour_that_is_skipped() -> None:
    axis = time_axis([FORWARD - timedelta(days=1), FORWARD], BERLIN)
    assert axis.length == 24 * HOUR
    assert [[*axis.voids(column)] for column in range(2)] == [[], [(2 * HOUR, 3 * HOUR)]]


def test_in_a_week_only_that_day_has_the_hour_twice() -> None:
    axis = time_axis([BACK - timedelta(days=1), BACK], BERLIN)
    assert axis.length == 25 * HOUR
    assert [[*axis.voids(column)] for column in range(2)] == [[(3 * HOUR, 4 * HOUR)], []]


def test_a_day_begins_at_the_hour_of_the_settings() -> None:
    axis = time_axis([date(2026, 11, 3)], BERLIN._replace(day_start_hour=4))
    assert clock_hours(axis) == [*range(4, 24), *range(4)]
    assert axis.position(0, axis.span(0)[0]) == 0


def test_a_day_that_a_zone_leaves_out_has_nothing() -> None:
    axis = time_axis([date(2011, 12, 30)], Calendar(ZoneInfo("Pacific/Apia")))
    assert axis.length == 0
    assert axis.position(0, 5) == axis.moment(0, 5) == 0


@given(axes, st.data())
@settings(max_examples=100, deadline=None)
def test_a_moment_is_where_it_is_found_again(
    of: tuple[Calendar, list[date]], data: st.DataObject
) -> None:
    calendar, days = of
    axis = time_axis(days, calendar)
    column = data.draw(st.integers(0, len(days) - 1))
    begin, end = axis.span(column)
    if begin < end:
        moment = data.draw(st.integers(begin, end - 1))
        assert (begin, end) == calendar.day(days[column])
        assert axis.moment(column, axis.position(column, moment)) == moment


@given(axes)
@settings(max_examples=100, deadline=None)
def test_every_second_of_a_day_has_its_own_place_in_order(of: tuple[Calendar, list[date]]) -> None:
    calendar, days = of
    axis = time_axis(days, calendar)
    for column, day in enumerate(days):
        begin, end = calendar.day(day)
        parts = axis.columns[column]
        assert sum(part.length for part in parts) == max(0, end - begin)
        for one, other in pairwise(parts):
            assert one.end == other.begin
            assert one.position + one.length <= other.position
        voids = sum(until - since for since, until in axis.voids(column))
        assert voids + sum(part.length for part in parts) == axis.length


@given(axes)
@settings(max_examples=60, deadline=None)
def test_each_mark_says_what_the_clocks_show_in_every_day(of: tuple[Calendar, list[date]]) -> None:
    calendar, days = of
    axis = time_axis(days, calendar)
    for position, minutes in axis.marks:
        for column in range(len(days)):
            if any(since <= position < until for since, until in axis.voids(column)):
                continue
            shown = datetime.fromtimestamp(axis.moment(column, position), calendar.zone)
            if axis.columns[column]:
                assert shown.hour * 60 + shown.minute == minutes


@pytest.mark.parametrize("position", [2 * HOUR, 2.5 * HOUR, 3 * HOUR - 1])
def test_a_place_that_a_day_does_not_have_is_when_the_clocks_are_changed(position: float) -> None:
    axis = time_axis([FORWARD - timedelta(days=1), FORWARD], BERLIN)
    assert axis.moment(1, position) == axis.columns[1][1].begin
