from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.day_scale import day_scale
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR

TODAY = date(2026, 2, 13)
CALENDAR = Calendar(UTC)


def at(hour: float) -> int:
    return int(datetime(2026, 2, 13, tzinfo=UTC).timestamp() + hour * HOUR)


def test_an_empty_day_shows_the_usual_hours() -> None:
    found = day_scale(TODAY, [], CALENDAR)
    assert (found.begin, found.end) == (at(8), at(18))
    assert list(found.labels()) == [at(hour) for hour in (8, 10, 12, 14, 16, 18)]
    assert found.share(at(13)) == 0.5


def test_more_is_shown_where_there_is_more() -> None:
    found = day_scale(TODAY, [(at(6.5), at(7)), (at(20), at(22.1))], CALENDAR)
    assert (found.begin, found.end) == (at(6), at(23))
    assert len(found.labels()) <= 7


def test_a_day_that_begins_in_the_night_is_shown_from_there() -> None:
    found = day_scale(TODAY, [(at(25), at(26))], Calendar(UTC, day_start_hour=5))
    assert (found.begin, found.end) == (at(8), at(26))


@pytest.mark.parametrize("start_hour", [0, 5, 12, 20, 23])
def test_there_is_always_something_to_show(start_hour: int) -> None:
    found = day_scale(TODAY, [], Calendar(UTC, day_start_hour=start_hour))
    assert found.begin < found.end
    assert found.labels()


@given(
    st.lists(st.tuples(st.integers(0, DAY), st.integers(0, DAY)), max_size=5),
    st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), TODAY]),
)
def test_everything_done_is_within_it(spans: list[tuple[int, int]], day: date) -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"))
    begin, end = calendar.day(day)
    done = [tuple(sorted((min(end, begin + a), min(end, begin + b)))) for a, b in spans]
    found = day_scale(day, [(a, b) for a, b in done], calendar)
    assert found.begin >= begin
    assert all(found.begin <= a <= b <= found.end for a, b in done)
    assert 1 <= len(found.labels()) <= 8
