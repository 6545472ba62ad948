from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import BadLine
from tray.model.plain_hours import DAYS
from tray.model.presence.hours import Hours, Window, parse_hours

BERLIN: Final = ZoneInfo("Europe/Berlin")
ALWAYS: Final = parse_hours("mon-sun 0:00-24:00")


def at(*parts: int, fold: int = 0) -> int:
    year, month, day, hour, minute = parts
    return int(datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold).timestamp())


windows = st.builds(Window, st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(
    lambda window: window.begin != window.end
)
all_hours = st.sets(windows, max_size=12).map(lambda found: Hours(tuple(sorted(found))))
moments = st.integers(1_760_000_000, 1_800_000_000)


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


@given(all_hours)
def test_every_window_can_be_written(hours: Hours) -> None:
    written = (
        f"{DAYS[day]} {clock(begin)}-{clock(end)}" for day, begin, end in reversed(hours.windows)
    )
    assert parse_hours("; ".join(written)) == hours


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (" Fri-Mon 09:00-12:00;", "mon 9:00-12:00; fri-sun 9:00-12:00"),
        ("mon,wed 22:00–2:00", "mon 22:00-2:00; wed 22:00-2:00"),
        ("sun 0:00-24:00; sun 0:00-24:00", "sun 0:00-24:00"),
        ("sat 22:00-0:00", "sat 22:00-24:00"),
    ],
)
def test_the_same_hours_can_be_written_in_many_ways(text: str, same: str) -> None:
    assert parse_hours(text) == parse_hours(same)


def test_hours_are_for_each_day_that_is_named() -> None:
    found = parse_hours("mon-tue 9:00-12:30 13:30-18:00").windows
    assert found == ((0, 540, 750), (0, 810, 1080), (1, 540, 750), (1, 810, 1080))
    assert parse_hours("").windows == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mon", '"mon" names no days with times'),
        ("9:00-12:00 13:00-14:00", '"9:00-12:00" is not a day'),
        ("mon- 9:00-12:00", '"mon-" is not a day'),
        ("moon 9:00-12:00", '"moon" is not a day'),
        ("mon 9-12", '"9-12" is not a time'),
        ("mon 9:00-12:60", "that no clock shows"),
        ("mon 24:00-2:00", "that no clock shows"),
        ("mon 9:00-24:01", "that no clock shows"),
        ("mon 9:00-9:00", "ends when it begins"),
    ],
)
def test_what_is_wrong_is_said_in_words(text: str, words: str) -> None:
    with pytest.raises(BadLine, match=words):
        parse_hours(text)


def test_hours_over_midnight_belong_to_two_days() -> None:
    hours = parse_hours("sat 22:00-2:00")
    assert hours.contain(at(2026, 11, 22, 1, 59), BERLIN)
    assert not hours.contain(at(2026, 11, 22, 2, 0), BERLIN)
    assert hours.next_in(at(2026, 11, 22, 2, 0), BERLIN) == at(2026, 11, 28, 22, 0)


def test_a_window_over_the_change_of_the_clocks_is_as_long_as_it_is() -> None:
    hours = parse_hours("sun 1:00-4:00")
    assert [end - begin for begin, end in hours.spans(date(2026, 3, 29), BERLIN)] == [2 * 3600]
    assert [end - begin for begin, end in hours.spans(date(2026, 10, 25), BERLIN)] == [4 * 3600]


def test_a_working_day_begins_at_nine_by_the_wall_on_any_day() -> None:
    hours = parse_hours("mon-sun 9:00-17:00")
    for day in (28, 29, 30):
        before = at(2026, 3, day - 1, 18, 0)
        assert hours.next_in(before, BERLIN) == at(2026, 3, day, 9, 0)


def test_always_has_no_end_and_never_no_begin() -> None:
    now = at(2026, 11, 22, 2, 0)
    assert ALWAYS.next_in(now, BERLIN) == now
    assert ALWAYS.next_out(now, BERLIN) is None
    assert Hours().next_in(now, BERLIN) is None
    assert Hours().next_out(now, BERLIN) == now


@given(all_hours, moments)
def test_the_next_moment_in_and_out_is_what_it_says(hours: Hours, moment: int) -> None:
    inside, outside = hours.next_in(moment, BERLIN), hours.next_out(moment, BERLIN)
    if inside is not None:
        assert inside >= moment
        assert hours.contain(inside, BERLIN)
        assert inside == moment or not hours.contain(inside - 1, BERLIN)
    if outside is not None:
        assert outside >= moment
        assert not hours.contain(outside, BERLIN)
        assert outside == moment or hours.contain(outside - 1, BERLIN)
