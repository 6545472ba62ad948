"""Days, numbers and lengths as each language writes them, in whatever order and form."""

from datetime import UTC, date

import pytest
from PySide6.QtCore import QLocale

from tests.languages import speaking
from tray.language import grouped
from tray.model import day_names, durations, formats
from tray.model.formats import TimeFormat
from tray.model.locales import chosen
from tray.model.locales.chosen import Style

DAY = date(2026, 11, 29)
EARLIER, LATER = date(2026, 11, 23), date(2027, 1, 3)
HALF_PAST_TWO = 14 * 60 + 30


WRITTEN = {
    "en": {
        "weekday": "Sunday",
        "short_weekday": "Sun",
        "day_month": "29 November",
        "beside_today": "29 November",
        "day_month_year": "29 November 2026",
        "short_date": "29 Nov 2026",
        "weekday_date": "Sunday 29 November",
        "short_weekday_date": "Sun 29 Nov 2026",
        "short_weekday_day": "Sun 29",
        "short_month": "Nov",
        "month_year": "November 2026",
    },
    "zh_CN": {
        "weekday": "星期日",
        "short_weekday": "周日",
        "day_month": "11月29日",
        "beside_today": "11月29日 星期日",
        "day_month_year": "2026年11月29日",
        "short_date": "2026年11月29日",
        "weekday_date": "11月29日星期日",
        "short_weekday_date": "2026年11月29日周日",
        "short_weekday_day": "29日周日",
        "short_month": "11月",
        "month_year": "2026年11月",
    },
    "de": {
        "weekday": "Sonntag",
        "short_weekday": "So",
        "day_month": "29. November",
        "beside_today": "29. November",
        "day_month_year": "29. November 2026",
        "short_date": "29. Nov. 2026",
        "weekday_date": "Sonntag, 29. November",
        "short_weekday_date": "So, 29. Nov. 2026",
        "short_weekday_day": "So 29.",
        "short_month": "Nov.",
        "month_year": "November 2026",
    },
}


@pytest.mark.parametrize("code", WRITTEN)
def test_a_day_is_written_by_the_patterns_of_the_language(code: str) -> None:
    with speaking(code):
        assert {name: getattr(day_names, name)(DAY) for name in WRITTEN[code]} == WRITTEN[code]


@pytest.mark.parametrize(
    ("code", "in_month", "over_years", "of_year"),
    [
        ("en", "23 – 29 Nov 2026", "29 Nov 2026 – 3 Jan 2027", "23 – 29 Nov"),
        ("zh_CN", "2026年11月23日至29日", "2026年11月29日至2027年1月3日", "11月23日至29日"),
        ("de", "23.–29. Nov. 2026", "29. Nov. 2026 – 3. Jan. 2027", "23.–29. Nov."),
    ],
)
def test_days_are_written_together(code: str, in_month: str, over_years: str, of_year: str) -> None:
    with speaking(code):
        assert day_names.days(EARLIER, DAY) == in_month
        assert day_names.days(DAY, LATER) == over_years
        assert day_names.days_of_year(EARLIER, DAY) == of_year


def test_days_of_two_months_name_the_year_once() -> None:
    first, last = date(2026, 2, 28), date(2026, 3, 3)
    found = []
    for code in WRITTEN:
        with speaking(code):
            found += [day_names.days(first, last), day_names.days_of_year(first, last)]
    assert found == [
        *("28 Feb – 3 Mar 2026", "28 Feb – 3 Mar"),
        *("2026年2月28日至3月3日", "2月28日至3月3日"),
        *("28. Feb. – 3. März 2026", "28. Feb. – 3. März"),
    ]


def test_english_puts_the_month_first_for_who_reads_dates_so() -> None:
    with speaking("en", Style("MM/DD/YYYY")):
        assert day_names.weekday_date(DAY) == "Sunday, November 29"
        assert day_names.days(EARLIER, DAY) == "Nov 23 – 29, 2026"
        assert formats.numeric_date(DAY) == "11/29/2026"
    with speaking("de", Style("MM/DD/YYYY")):
        assert day_names.day_month(DAY) == "29. November"


@pytest.mark.parametrize(
    ("code", "usual", "twelve", "decimal", "classic", "count", "part"),
    [
        ("en", "14:30", "2:30 PM", "0.75 h", "45 min", "12,345", "30 %"),
        ("zh_CN", "14:30", "下午2:30", "0.75 小时", "45 分钟", "12,345", "30%"),
        ("de", "14:30", "2:30 PM", "0,75 h", "45 min", "12.345", "30 %"),
    ],
)
def test_times_lengths_and_numbers_follow_the_language(
    code: str, usual: str, twelve: str, decimal: str, classic: str, count: str, part: str
) -> None:
    with speaking(code):
        assert TimeFormat(UTC).clock_time(HALF_PAST_TWO) == usual
        assert TimeFormat(UTC, twelve_hours=True).clock_time(HALF_PAST_TWO) == twelve
        assert (formats.number(12_345), formats.percent(30)) == (count, part)
        assert formats.length(2_700) == "0:45"
    with speaking(code, Style(lengths=chosen.DECIMAL)):
        assert formats.length(2_700) == formats.exact_length(2_700) == decimal
    with speaking(code, Style(lengths=chosen.CLASSIC)):
        assert formats.length(2_700) == classic


def test_the_classic_form_counts_minutes_up_to_an_hour() -> None:
    with speaking("en", Style(lengths=chosen.CLASSIC)):
        assert (formats.exact_length(2_826), formats.exact_length(3_661)) == (
            "47:06 min",
            "1:01:01",
        )
        assert formats.length(3_661) == "1:01"


def test_decimal_lengths_of_a_list_are_not_rounded_to_the_minute_first() -> None:
    with speaking("en", Style(lengths=chosen.DECIMAL)):
        assert TimeFormat(UTC).length(4_000, 66) == "1.11 h"
    assert TimeFormat(UTC).length(4_000, 67) == "1:07"


def test_files_keep_their_own_form() -> None:
    with speaking("de", Style("DD.MM.YYYY", chosen.DECIMAL)):
        assert (durations.h_mm(2_700), durations.h_mm_ss(2_700)) == ("0:45", "0:45:00")
        assert day_names.month_year(DAY, chosen.ENGLISH) == "November 2026"
        assert day_names.days(EARLIER, DAY, chosen.ENGLISH) == "23 – 29 Nov 2026"


def test_an_unknown_language_has_english_days() -> None:
    with speaking("tlh"):
        assert day_names.weekday(DAY) == "Sunday"


@pytest.mark.parametrize("code", WRITTEN)
def test_names_and_signs_are_those_of_the_unicode_consortium(code: str) -> None:
    """As Qt has them, which carries the CLDR."""
    ours, theirs = chosen.locale_of(code), QLocale(code)
    long, days = QLocale.FormatType.LongFormat, range(1, 8)
    assert ours.weekdays == tuple(theirs.dayName(day, long) for day in days)
    assert ours.short_weekdays == tuple(
        theirs.standaloneDayName(day, QLocale.FormatType.ShortFormat).rstrip(".") for day in days
    )
    assert ours.months == tuple(theirs.monthName(month, long) for month in range(1, 13))
    assert ours.decimal == theirs.decimalPoint()
    assert grouped(1_234, code) == f"1{theirs.groupSeparator()}234"
    assert ours.halves == (theirs.amText(), theirs.pmText())
