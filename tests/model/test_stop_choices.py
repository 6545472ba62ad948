from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from tray.model.formats import TimeFormat
from tray.model.stop_choices import StopChoice, stop_choices

NOW = 1_767_888_000
MINUTE = 60


@given(st.integers(0, 10_000), st.none() | st.integers(-12_000, 12_000))
def test_all_lie_after_the_start_and_before_now(ran: int, before: int | None) -> None:
    last = None if before is None else NOW - before
    found = stop_choices(NOW - ran, last, now=NOW)
    assert all(NOW - ran < each.moment < NOW for each in found)
    assert (StopChoice(last or 0) in found) == (before is not None and 0 < before < ran)


def test_what_ran_for_twelve_minutes_has_two() -> None:
    assert [each.minutes for each in stop_choices(NOW - 12 * MINUTE, None, now=NOW)] == [5, 10]
    assert stop_choices(NOW - 5 * MINUTE, None, now=NOW) == []


def test_each_says_when_that_was() -> None:
    times = TimeFormat(UTC)
    texts = [each.text(times) for each in stop_choices(NOW - 3600, NOW - 2000, now=NOW)]
    assert texts[0] == "5 minutes ago, 15:55"
    assert texts[-1] == "At the last input, 15:26"
