"""Hours as shifts, which can be shown and changed, and as text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.presence.hours import Hours, Window, parse_hours, shifts_of, write_hours

WINDOWS = st.builds(Window, st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(
    lambda window: window.begin != window.end
)


@given(st.sets(WINDOWS, max_size=12))
def test_hours_are_written_so_that_they_are_read_again(windows: set[Window]) -> None:
    hours = Hours(tuple(sorted(windows)))
    assert parse_hours(write_hours(shifts_of(hours))) == hours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mon-fri 9:00-12:30 13:30-18:00",
        "mon-fri 9:00-12:30 13:30-18:00; sat 22:00-2:00",
        "mon,wed,fri 9:00-17:00",
        "mon-thu,sun 9:00-17:00",
        "mon,tue 0:00-24:00",
    ],
)
def test_hours_are_written_as_one_would(text: str) -> None:
    assert write_hours(shifts_of(parse_hours(text))) == text


def test_the_same_hours_on_several_days_are_one_shift() -> None:
    shifts = shifts_of(parse_hours("mon 9:00-17:00; tue 9:00-17:00 18:00-19:00"))
    assert [(set(each.days), each.begin, each.end) for each in shifts] == [
        ({0, 1}, 540, 1020),
        ({1}, 1080, 1140),
    ]
