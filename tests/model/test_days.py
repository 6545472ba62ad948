from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.model.days import Calendar

ZONES: Final = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Pacific/Apia",  # no 30 December 2011
    "America/Havana",  # goes back at 1:00 to 0:00
    "Asia/Beirut",  # goes on at 0:00, and back at 0:00 to 23:00
    "America/Sao_Paulo",  # the same, until 2019
    "America/St_Johns",  # changed at 0:01 until 2011
    "Antarctica/Troll",  # two hours at once
    "Africa/Casablanca",  # twice more around Ramadan
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
HOUR: Final = 3600

days = st.dates(date(2006, 1, 2), date(2030, 12, 30))
moments = st.integers(
    int(datetime(2006, 1, 2, tzinfo=UTC).timestamp()),
    int(datetime(2030, 12, 30, tzinfo=UTC).timestamp()),
)
hours = st.integers(0, 23)
zones = st.sampled_from(ZONES)
# A fixture that only sets the zone may as well be shared by the examples of a test.
shared_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def changes_of(zone: str, year: int) -> list[date]:
    """The days of a year that are not 24 hours long."""
    calendar = Calendar(ZoneInfo(zone))
    found = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    return [day for day in found if length(calendar, day) != 24]


def length(calendar: Calendar, day: date) -> float:
    begin, end = calendar.day(day)
    return (end - begin) / HOUR


def at(zone: tzinfo, *parts: int) -> int:
    return int(datetime(*parts, tzinfo=zone).timestamp())  # type: ignore[misc,arg-type]  # ints


@given(zones, hours, days)
def test_each_day_ends_where_the_next_begins(zone: str, hour: int, day: date) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    begin, end = calendar.day(day)
    assert begin == calendar.begin(day)
    assert end == calendar.begin(day + timedelta(days=1))
    assert 0 <= end - begin <= 26 * HOUR


@given(zones, hours, moments)
def test_each_moment_belongs_to_the_day_it_lies_in(zone: str, hour: int, moment: int) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    begin, end = calendar.day(calendar.day_of(moment))
    assert begin <= moment < end


@pytest.mark.parametrize("hour", [0, 1, 2, 5, 23])
@pytest.mark.parametrize("zone", ZONES)
def test_so_does_each_moment_around_a_change_of_the_clocks(zone: str, hour: int) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    for year in (2010, 2011, 2018, 2025):
        for changed in changes_of(zone, year):
            noon = calendar.begin(changed) + 12 * HOUR
            for moment in range(noon - 48 * HOUR, noon + 48 * HOUR, 15 * 60):
                begin, end = calendar.day(calendar.day_of(moment))
                assert begin <= moment < end


@given(zones, hours, days)
def test_a_day_begins_in_itself_and_the_second_before_is_the_day_before(
    zone: str, hour: int, day: date
) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    begin, end = calendar.day(day)
    if begin == end:
        assert (zone, day) == ("Pacific/Apia", date(2011, 12, 30))
        return
    assert calendar.day_of(begin) == day
    assert calendar.day_of(begin - 1) < day


@given(zones, hours, days)
def test_a_day_begins_at_its_hour_wherever_the_clocks_show_it(
    zone: str, hour: int, day: date
) -> None:
    shown = datetime.fromtimestamp(Calendar(ZoneInfo(zone), hour).begin(day), ZoneInfo(zone))
    expected = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    skipped = expected.astimezone(UTC).astimezone(ZoneInfo(zone)) != expected
    assert skipped or (shown.date(), shown.hour, shown.minute, shown.fold) == (day, hour, 0, 0)


@given(zones, hours, days, st.integers(0, 6))
def test_a_week_is_seven_days_from_its_first_weekday(
    zone: str, hour: int, day: date, first: int
) -> None:
    calendar = Calendar(ZoneInfo(zone), hour, first)
    begin, end = calendar.week(day)
    inside = [day + timedelta(days=number) for number in range(-7, 8)]
    inside = [each for each in inside if begin <= calendar.begin(each) < end]
    assert day in inside or calendar.begin(day) == calendar.day(day)[1]
    assert inside[0].weekday() == first
    assert sum(calendar.day(each)[1] - calendar.day(each)[0] for each in inside) == end - begin
    assert {calendar.week(each) for each in inside} == {(begin, end)}


@given(zones, hours, days)
def test_months_and_years_are_made_of_their_days(zone: str, hour: int, day: date) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    begin, end = calendar.month(day)
    first = day.replace(day=1)
    in_month = [first + timedelta(days=number) for number in range(31)]
    in_month = [each for each in in_month if each.month == day.month]
    assert begin == calendar.begin(first)
    assert end == calendar.day(in_month[-1])[1]
    year_begin, year_end = calendar.year(day)
    assert year_begin == calendar.begin(date(day.year, 1, 1))
    assert year_end == calendar.day(date(day.year, 12, 31))[1]
    months = [calendar.month(date(day.year, month, 1)) for month in range(1, 13)]
    assert months[0][0] == year_begin
    assert months[-1][1] == year_end
    assert all(one[1] == following[0] for one, following in pairwise(months))


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", date(2025, 3, 30), 23),
        ("Europe/Berlin", date(2025, 10, 26), 25),
        ("America/New_York", date(2025, 3, 9), 23),
        ("America/New_York", date(2025, 11, 2), 25),
        ("Australia/Lord_Howe", date(2025, 10, 5), 23.5),
        ("Australia/Lord_Howe", date(2025, 4, 6), 24.5),
        ("Pacific/Apia", date(2011, 12, 29), 24),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("America/Havana", date(2025, 11, 2), 25),
        ("Asia/Beirut", date(2025, 3, 30), 23),
        ("Asia/Beirut", date(2025, 10, 25), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("America/Sao_Paulo", date(2018, 2, 17), 25),
        ("Antarctica/Troll", date(2025, 3, 30), 22),
        ("Antarctica/Troll", date(2025, 10, 26), 26),
        ("UTC", date(2025, 3, 30), 24),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_days_of_unusual_length(
    zone: str, day: date, expected: float, own: bool, computer_in: Callable[[str], None]
) -> None:
    computer_in(zone if own else "UTC")
    assert length(Calendar(None if own else ZoneInfo(zone)), day) == expected


@pytest.mark.parametrize("zone", ZONES)
def test_the_computers_own_zone_counts_as_the_same_zone_by_name(
    zone: str, computer_in: Callable[[str], None]
) -> None:
    computer_in(zone)
    for year in (2010, 2011, 2018, 2025):
        for changed in [*changes_of(zone, year), date(year, 6, 1)]:
            for hour in range(24):
                own, named = Calendar(None, hour), Calendar(ZoneInfo(zone), hour)
                around = [changed + timedelta(days=number) for number in (-1, 0, 1, 2)]
                assert [own.begin(day) for day in around] == [named.begin(day) for day in around]
                begin = named.begin(changed)
                inside = [begin + number * HOUR // 2 for number in range(-2, 60)]
                assert list(map(own.day_of, inside)) == list(map(named.day_of, inside))


@shared_fixture
@given(hours, moments)
def test_in_the_computers_own_zone_moments_belong_to_their_day_too(
    computer_in: Callable[[str], None], hour: int, moment: int
) -> None:
    computer_in("Europe/Berlin")
    begin, end = Calendar(None, hour).day(Calendar(None, hour).day_of(moment))
    assert begin <= moment < end


def test_when_the_computer_moves_the_days_move_along(computer_in: Callable[[str], None]) -> None:
    calendar, moment = Calendar(None), at(UTC, 2025, 6, 1, 22, 30)
    computer_in("UTC")
    assert calendar.day_of(moment) == date(2025, 6, 1)
    computer_in("Europe/Berlin")
    assert calendar.day_of(moment) == date(2025, 6, 2)
    assert calendar.day(date(2025, 6, 2))[0] == at(UTC, 2025, 6, 1, 22)


def test_work_after_midnight_belongs_to_the_day_before_until_the_day_starts() -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"), day_start_hour=4)
    zone = calendar.zone or UTC
    assert calendar.day_of(at(zone, 2025, 6, 2, 3, 59, 59)) == date(2025, 6, 1)
    assert calendar.day_of(at(zone, 2025, 6, 2, 4)) == date(2025, 6, 2)


def test_an_hour_that_comes_twice_begins_the_day_the_first_time() -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"), day_start_hour=2)
    assert calendar.begin(date(2025, 10, 26)) == at(UTC, 2025, 10, 26, 0)


def test_an_hour_that_is_skipped_begins_the_day_with_the_jump() -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"), day_start_hour=2)
    assert calendar.begin(date(2025, 3, 30)) == at(UTC, 2025, 3, 30, 1)
    beirut = Calendar(ZoneInfo("Asia/Beirut"))
    assert beirut.begin(date(2025, 3, 30)) == at(UTC, 2025, 3, 29, 22)


def test_clocks_set_back_across_midnight_do_not_bring_the_old_day_back() -> None:
    calendar = Calendar(ZoneInfo("America/St_Johns"))
    midnight = calendar.begin(date(2010, 11, 7))
    shown_again = datetime.fromtimestamp(midnight + 600, calendar.zone)
    assert (shown_again.day, shown_again.hour) == (6, 23)
    assert calendar.day_of(midnight + 600) == date(2010, 11, 7)


def test_the_week_of_a_sunday() -> None:
    sunday = date(2025, 6, 1)
    from_monday, from_sunday = Calendar(UTC), Calendar(UTC, first_weekday=6)
    assert from_monday.week(sunday)[0] == at(UTC, 2025, 5, 26)
    assert from_sunday.week(sunday)[0] == at(UTC, 2025, 6, 1)


def test_december_ends_with_the_year() -> None:
    calendar = Calendar(UTC)
    assert calendar.month(date(2025, 12, 31)) == (at(UTC, 2025, 12, 1), at(UTC, 2026, 1, 1))
    assert calendar.month(date(2024, 2, 29)) == (at(UTC, 2024, 2, 1), at(UTC, 2024, 3, 1))
    assert calendar.year(date(2024, 2, 29)) == (at(UTC, 2024, 1, 1), at(UTC, 2025, 1, 1))


@given(zones, hours, moments, st.integers(0, 60 * 24 * HOUR))
def test_the_shares_of_days_add_up_to_the_second(
    zone: str, hour: int, begin: int, length: int
) -> None:
    calendar = Calendar(ZoneInfo(zone), hour)
    shares = list(calendar.shares(begin, begin + length))
    assert sum(share.end - share.begin for share in shares) == length
    assert all(one.end == other.begin for one, other in pairwise(shares))
    for share in shares:
        first, last = calendar.day(share.day)
        assert first <= share.begin <= share.end <= last
        assert share.end > share.begin or not length
    assert shares[0].begin == begin
