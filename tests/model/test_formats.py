from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.languages import speaking
from tray.model.days import Calendar
from tray.model.durations import h_mm, h_mm_ss
from tray.model.formats import TimeFormat, iso_utc
from tray.model.quick_entry.moments import read_moment

NOON = 1_770_984_000
"""2026-02-13, 12:00 UTC."""
TWELVE, USUAL = TimeFormat(UTC, twelve_hours=True), TimeFormat(UTC)


@pytest.mark.parametrize(
    ("hours", "usual", "twelve"),
    [
        (-12, "00:00", "12:00 AM"),
        (-2.5, "09:30", "9:30 AM"),
        (0, "12:00", "12:00 PM"),
        (11.75, "23:45", "11:45 PM"),
    ],
)
def test_a_time_of_day_is_shown_in_either_format(hours: float, usual: str, twelve: str) -> None:
    moment = NOON + round(hours * 3600)
    assert USUAL.time_of_day(moment) == usual
    assert TWELVE.time_of_day(moment) == twelve


def test_a_day_is_named_where_it_is_not_today_as_the_user_counts_days() -> None:
    calendar = Calendar(UTC, 4)
    night = NOON - 9 * 3600
    assert USUAL.since_today(NOON, calendar, now=NOON) == "12:00"
    assert USUAL.since_today(night, calendar, now=NOON) == "2026-02-13 03:00"
    assert USUAL.date_and_time(night) == "2026-02-13 03:00"


def test_lengths_may_have_any_number_of_hours() -> None:
    assert (h_mm(59), h_mm(3_600), h_mm(100 * 3_600 + 61)) == ("0:00", "1:00", "100:01")
    assert (h_mm_ss(0), h_mm_ss(3_661), h_mm_ss(100 * 3_600)) == ("0:00:00", "1:01:01", "100:00:00")


def test_a_moment_for_programs_is_in_utc() -> None:
    assert iso_utc(NOON) == "2026-02-13T12:00:00Z"
    assert iso_utc(NOON + 43_199) == "2026-02-13T23:59:59Z"
    assert iso_utc(NOON + 43_200) == "2026-02-14T00:00:00Z"


@given(st.integers(-(10**9), 2 * 10**9))
def test_what_is_written_for_programs_is_the_same_moment(moment: int) -> None:
    assert datetime.fromisoformat(iso_utc(moment)).timestamp() == moment


@given(
    hours=st.integers(-100, 0),
    minutes=st.integers(0, 59),
    now=st.integers(0, 23),
    day_start=st.integers(0, 23),
    twelve=st.booleans(),
)
def test_what_is_shown_can_be_typed(
    hours: int, minutes: int, now: int, day_start: int, twelve: bool
) -> None:
    now = NOON + now * 3600 + 59 * 60
    moment = now + hours * 3600 - minutes * 60
    shown = TimeFormat(UTC, twelve).since_today(moment, Calendar(UTC, day_start), now=now)
    assert read_moment(shown, now=now, zone=UTC) == moment


@pytest.mark.parametrize(
    ("code", "hours"),
    [
        ("en", ["12 AM", "9 AM", "12 PM", "9 PM"]),
        ("zh_CN", ["上午12点", "上午9点", "下午12点", "下午9点"]),
    ],
)
def test_an_hour_in_a_small_place_says_which_half_of_the_day(code: str, hours: list[str]) -> None:
    with speaking(code):
        assert [TimeFormat(twelve_hours=True).hour(hour) for hour in (0, 9, 12, 21)] == hours
        assert [TimeFormat().hour(hour) for hour in (0, 9, 21)] == ["0", "9", "21"]
