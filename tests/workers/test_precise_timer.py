from hypothesis import given
from hypothesis import strategies as st

from tray.ui.ticker import milliseconds_to_next
from tray.workers.precise_timer import milliseconds_until

NOW = st.floats(1.5e9, 2e9)


@given(exact=NOW, seconds=st.integers(1, 3_600))
def test_a_moment_comes_right_after_its_second_has_begun(exact: float, seconds: int) -> None:
    moment = int(exact) + seconds
    comes = exact + milliseconds_until(moment, int(exact), exact) / 1_000
    assert 0 < comes - moment < 0.01


@given(exact=NOW, start=st.integers(1_400_000_000, 1_499_999_999))
def test_it_comes_together_with_the_minute_of_the_icon(exact: float, start: int) -> None:
    minute = int(exact) + 60 - (int(exact) - start) % 60
    waits = milliseconds_until(minute, int(exact), exact), milliseconds_to_next(exact, start, 60)
    assert abs(waits[0] - waits[1]) <= 1


@given(exact=NOW, late=st.integers(0, 100))
def test_what_is_over_comes_at_once(exact: float, late: int) -> None:
    assert milliseconds_until(int(exact) - late, int(exact), exact) <= 5
