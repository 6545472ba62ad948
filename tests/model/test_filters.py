from datetime import UTC, date

from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.model.filters import (
    Criterion,
    DayRange,
    FilterKind,
    Filters,
    NamedRange,
    named_range,
    span_of,
)

WEB, MOBILE = Criterion(FilterKind.PROJECT, 1), Criterion(FilterKind.PROJECT, 2)
SUNDAYS = Calendar(UTC, 0, 6)


def test_a_criterion_is_added_and_taken_away_by_the_same_act() -> None:
    both = Filters().toggled(WEB).toggled(MOBILE)
    assert both.ids(FilterKind.PROJECT) == (1, 2)
    assert both.ids(FilterKind.TAG) == ()
    assert both.toggled(WEB).criteria == (MOBILE,)


def test_days_are_a_stretch_of_time() -> None:
    days = DayRange(date(2026, 3, 1), date(2026, 3, 2))
    assert span_of(days, Calendar(UTC, 4)) == (1_772_337_600, 1_772_337_600 + 2 * 86_400)
    assert span_of(None, Calendar(UTC)) is None


def test_ranges_are_the_days_that_people_mean() -> None:
    sunday = date(2026, 11, 29)
    for calendar, name, first, last in (
        (Calendar(UTC), NamedRange.TODAY, sunday, sunday),
        (Calendar(UTC), NamedRange.THIS_WEEK, date(2026, 11, 23), sunday),
        (SUNDAYS, NamedRange.THIS_WEEK, sunday, date(2026, 12, 5)),
        (Calendar(UTC), NamedRange.LAST_WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Calendar(UTC), NamedRange.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Calendar(UTC), NamedRange.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
    ):
        assert named_range(name, sunday, calendar) == DayRange(first, last)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_ranges_follow_each_other(today: date, first_weekday: int) -> None:
    calendar = Calendar(UTC, 0, first_weekday)
    for now, before in (
        (NamedRange.TODAY, NamedRange.YESTERDAY),
        (NamedRange.THIS_WEEK, NamedRange.LAST_WEEK),
        (NamedRange.THIS_MONTH, NamedRange.LAST_MONTH),
    ):
        this, last = (named_range(each, today, calendar) for each in (now, before))
        assert this.first <= today <= this.last
        assert (this.first - last.last).days == 1
