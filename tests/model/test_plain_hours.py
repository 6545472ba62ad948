"""Hours that are known to be right without being read, against what reads them."""

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray.model.plain_hours import DAYS, are_plain
from tray.model.presence.hours import Hours, Window, parse_hours, shifts_of, write_hours

_WINDOWS = st.builds(Window, st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(
    lambda window: window.begin != window.end
)
_PIECES = st.sampled_from(
    [*DAYS, *"-,;: ", *(" 9:00-17:00", "0:00", "9:00", "9:60", "24:00", "24:01", "09:00", "٩:00")]
)


@given(st.lists(_PIECES, max_size=9))
@example(["mon", "-", "fri", " 9:00-17:00"])
@example(["mon", ",", "sun", "-", "tue", " ", "9:00", "-", "24:00", ";", "wed", " 9:00-17:00"])
def test_what_is_plain_can_be_read(pieces: Iterable[str]) -> None:
    text = "".join(pieces)
    if are_plain(text):
        assert parse_hours(text) != Hours()


@given(st.sets(_WINDOWS, min_size=1, max_size=12))
def test_what_the_window_writes_is_plain(windows: set[Window]) -> None:
    assert are_plain(write_hours(shifts_of(Hours(tuple(sorted(windows))))))


@pytest.mark.parametrize(
    "text", ["", "mon", "Mon 9:00-17:00", "mon 9-17", "mon- 9:00-17:00", "mon 9:00-9:00"]
)
def test_other_hours_are_left_to_what_reads_them(text: str) -> None:
    assert not are_plain(text)
