"""Which days a text names, and which come before and after."""

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import BadLine
from tray.model.days import Calendar
from tray.model.reports.report_range import (
    FIRST_DAY,
    LAST_DAY,
    WORDS,
    RangeUnit,
    is_range,
    read_range,
)

TODAY: Final = date(2026, 11, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-30", "2026-11-30"),
        ("Yesterday", "2026-11-29", "2026-11-29"),
        ("last day", "2026-11-29", "2026-11-29"),
        ("week", "2026-11-30", "2026-12-06"),
        ("this week", "2026-11-30", "2026-12-06"),
        (" last   WEEK ", "2026-11-23", "2026-11-29"),
        ("month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("year", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last 1", "2026-11-30", "2026-11-30"),
        ("last 30", "2026-11-01", "2026-11-30"),
        ("last 7 days", "2026-11-24", "2026-11-30"),
        ("last 2 weeks", "2026-11-17", "2026-11-30"),
        ("last 3 months", "2026-08-31", "2026-11-30"),
        ("last 1 year", "2025-12-01", "2026-11-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02-29..2024-03-01", "2024-02-29", "2024-03-01"),
        ("2024-03-01 to 2024-02-29", "2024-02-29", "2024-03-01"),
        ("2024-02-29 2024-03-01", "2024-02-29", "2024-03-01"),
        ("0001-01-01..9999-12-31", FIRST_DAY.isoformat(), LAST_DAY.isoformat()),
    ],
)
def test_words(text: str, first: str, last: str) -> None:
    found = read_range(text, TODAY, Calendar()).days
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert is_range(text)


@pytest.mark.parametrize("text", ["", "acme", "last", "last today", "last 0", "last 5 hours", "w"])
def test_what_names_no_days(text: str) -> None:
    assert not is_range(text)
    with pytest.raises(BadLine):
        read_range(text, TODAY, Calendar())


def test_from_a_day_to_itself_is_that_day() -> None:
    found = read_range("2026-10-25..2026-10-25", TODAY, Calendar())
    assert found == read_range("2026-10-25", TODAY, Calendar())


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "2026-02-01..2026-02-31"])
def test_days_that_are_not_in_the_calendar_are_no_name_either(text: str) -> None:
    assert is_range(text)
    with pytest.raises(BadLine, match="not in the calendar"):
        read_range(text, TODAY, Calendar())


@given(
    st.sampled_from([word for word in WORDS if word != "all"]) | st.just("last 9 days"),
    st.dates(date(2008, 1, 1), date(2028, 12, 31)),
    st.integers(0, 6),
    st.integers(-4, 4),
)
def test_ranges_lie_side_by_side(text: str, today: date, first_weekday: int, by: int) -> None:
    found = read_range(text, today, Calendar(first_weekday=first_weekday))
    assert found.moved(by).moved(-by) == found
    assert found.moved(-1).days.last + timedelta(days=1) == found.days.first
    assert found.moved(1).days.first - timedelta(days=1) == found.days.last


def test_all_days_stay_as_they_are() -> None:
    found = read_range("all", TODAY, Calendar())
    assert found.unit is RangeUnit.ALL
    assert found.moved(-1) == found
