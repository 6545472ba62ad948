from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.durations import HOUR
from tray.model.presence import long_run, overnight
from tray.model.presence.long_run import LongRun
from tray.model.presence.presence_values import AwayPeriod

BERLIN: Final = ZoneInfo("Europe/Berlin")
T: Final = 1_760_000_000


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> int:
    return int(datetime(2026, month, day, hour, minute, tzinfo=BERLIN).timestamp())


@pytest.mark.parametrize(
    ("past", "hours", "limit"),
    [
        ([], 0, None),
        ([], 8, 8 * HOUR),
        ([600] * 4, 8, 8 * HOUR),
        ([600] * 5, 8, HOUR),
        ([2 * HOUR] * 5, 8, 6 * HOUR),
        ([HOUR] * 18 + [5 * HOUR, 90 * HOUR], 0, 135 * HOUR),
        ([HOUR] * 39 + [90 * HOUR], 0, 3 * HOUR),
        ([7 * HOUR] * 9, 8, 8 * HOUR),
    ],
)
def test_too_long_is_what_was_set_or_what_is_not_usual(
    past: list[int], hours: int, limit: int | None
) -> None:
    assert long_run.limit(past, hours=hours) == limit


@given(st.lists(st.integers(0, 99 * HOUR), min_size=5))
def test_half_of_what_was_is_never_too_long(past: list[int]) -> None:
    usual = long_run.usual_limit(past)
    assert usual is not None
    assert usual >= max(HOUR, sorted(past)[len(past) // 2])


def test_the_alert_comes_again_after_an_answer_but_not_before_the_limit() -> None:
    assert long_run.alert_at(T, None) is None
    assert long_run.alert_at(T, 8 * HOUR) == T + 8 * HOUR
    assert long_run.alert_at(T, 8 * HOUR, prompted_at=T + 10 * HOUR) == T + 11 * HOUR
    assert long_run.alert_at(T, 8 * HOUR, prompted_at=T) == T + 8 * HOUR


def test_the_last_input_is_offered_where_it_is_known() -> None:
    assert LongRun.STOP_AT_LAST_INPUT in long_run.answers(T, last_input=T + 5)
    for unknown in (None, T - 1):
        found = long_run.answers(T, last_input=unknown)
        assert found == (LongRun.STILL_WORKING, LongRun.STOP_NOW, LongRun.STOP_AT)


def test_each_answer_stops_when_it_says() -> None:
    found = [
        long_run.stop_moment(each, T, now=T + 90, last_input=T + 50, at=T + 70) for each in LongRun
    ]
    assert found == [None, T + 90, T + 50, T + 70]


@given(st.sampled_from(LongRun), st.integers(-99, 99), st.integers(-99, 99))
def test_no_stop_lies_before_the_start_or_in_the_future(
    answer: LongRun, last_input: int, moment: int
) -> None:
    found = long_run.stop_moment(answer, T, now=T + 9, last_input=T + last_input, at=T + moment)
    assert found is None or T <= found <= T + 9


def due(
    start: int, away: AwayPeriod | None, *, prompted_at: int | None = None, measured: bool = True
) -> int | None:
    return overnight.due_at(
        start, away, prompted_at=prompted_at, measured=measured, end_hour=22, zone=BERLIN
    )


START: Final = at(20, 17, 5)
LEFT: Final = at(20, 17, 42)


def test_who_has_left_is_asked_at_the_days_end() -> None:
    assert due(START, AwayPeriod(LEFT)) == at(20, 22)
    assert overnight.proposal(7, START, AwayPeriod(LEFT), end_hour=22, zone=BERLIN) == (
        overnight.OvernightProposal(7, START, LEFT, LEFT)
    )


def test_who_works_late_is_asked_after_leaving() -> None:
    assert due(START, None) is None
    assert due(START, AwayPeriod(at(20, 18), at(20, 19))) is None
    assert due(START, AwayPeriod(at(20, 23, 10))) == at(20, 23, 25)
    assert due(START, AwayPeriod(at(20, 21, 55), at(20, 22, 5))) is None


def test_a_computer_that_slept_asks_in_the_morning() -> None:
    night = AwayPeriod(LEFT, at(21, 9, 12))
    assert due(START, night) == at(21, 9, 12)
    weekend = AwayPeriod(LEFT, at(23, 9))
    assert due(START, weekend) == at(23, 9)


def test_a_night_that_begins_late_is_one_too() -> None:
    assert due(at(20, 23, 30), AwayPeriod(at(21, 0, 10), at(21, 8))) == at(21, 8)
    assert due(at(20, 12), AwayPeriod(at(20, 12, 30), at(20, 14))) is None


def test_it_is_asked_once_in_the_evening_and_once_in_the_morning() -> None:
    assert due(START, AwayPeriod(LEFT), prompted_at=at(20, 22)) is None
    night = AwayPeriod(LEFT, at(21, 9))
    assert due(START, night, prompted_at=at(20, 22)) == at(21, 9)
    assert due(START, night, prompted_at=at(21, 9)) is None


def test_where_nothing_is_measured_nobody_is_taken_to_be_there() -> None:
    assert due(START, None, measured=False) == at(20, 22)
    assert due(START, None, measured=False, prompted_at=at(20, 22)) == at(21, 22)
    found = overnight.proposal(7, START, None, end_hour=22, zone=BERLIN)
    assert (found.last_input, found.stop_at) == (None, at(20, 22))


@pytest.mark.parametrize("day", [24, 25, 26])
def test_the_day_ends_by_the_clock_on_the_wall(day: int) -> None:
    end = overnight.day_end(at(day, 12, month=10), end_hour=2, zone=BERLIN)
    assert end == at(day + 1, 2, month=10)
    assert overnight.day_end(end, end_hour=2, zone=BERLIN) == at(day + 2, 2, month=10)


@given(st.integers(T, T + 400 * 86_400), st.integers(0, 23))
def test_a_day_ends_within_a_day_and_an_hour_or_two(moment: int, hour: int) -> None:
    end = overnight.day_end(moment, end_hour=hour, zone=BERLIN)
    assert moment < end <= moment + 26 * HOUR
