from datetime import UTC, date, datetime

import pytest

from tray.model.date_ranges import DateRange, days_between, moments_of
from tray.model.days import Calendar

TODAY = date(2026, 3, 1)  # a Sunday


@pytest.mark.parametrize(
    ("chosen", "first", "end"),
    [
        (DateRange.THIS_WEEK, "2026-02-23", "2026-03-02"),
        (DateRange.LAST_WEEK, "2026-02-16", "2026-02-23"),
        (DateRange.THIS_MONTH, "2026-03-01", "2026-04-01"),
        (DateRange.LAST_MONTH, "2026-02-01", "2026-03-01"),
        (DateRange.THIS_YEAR, "2026-01-01", "2027-01-01"),
        (DateRange.LAST_YEAR, "2025-01-01", "2026-01-01"),
    ],
)
def test_a_range_is_from_its_first_day_to_its_last(chosen: DateRange, first: str, end: str) -> None:
    found = moments_of(chosen, Calendar(UTC), TODAY)
    assert found is not None
    assert [datetime.fromtimestamp(each, UTC).date().isoformat() for each in found] == [first, end]


def test_all_time_has_no_ends() -> None:
    assert moments_of(DateRange.ALL, Calendar(UTC), TODAY) is None


def test_two_days_are_a_range_whichever_comes_first() -> None:
    there = days_between(date(2026, 1, 1), date(2026, 1, 2), Calendar(UTC, day_start_hour=4))
    back = days_between(date(2026, 1, 2), date(2026, 1, 1), Calendar(UTC, day_start_hour=4))
    assert there == back
    assert there[1] - there[0] == 2 * 86_400
