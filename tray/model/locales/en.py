"""English, in which the program was written."""

from typing import Final

from tray.model.locales.locale import Locale, Patterns, Words

_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve"

LOCALE: Final = Locale(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    short_months=(
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    narrow_weekdays=("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
    patterns=Patterns(
        day_month="{day} {month}",
        beside_today="{day} {month}",
        day_month_year="{day} {month} {year}",
        short_day_month="{day} {short_month}",
        short_date="{day} {short_month} {year}",
        weekday_date="{weekday} {day} {month}",
        short_weekday_date="{short_weekday} {day} {short_month} {year}",
        short_weekday_day="{short_weekday} {day}",
        month_year="{month} {year}",
        in_month="{day} – {last} {short_month}",
        in_month_of_year="{day} – {last} {short_month} {year}",
        in_year="{first} – {last}",
        from_to="{first} – {last}",
        in_year_and_year="{first} – {last} {year}",
    ),
    month_first=Patterns(
        day_month="{month} {day}",
        beside_today="{month} {day}",
        day_month_year="{month} {day}, {year}",
        short_day_month="{short_month} {day}",
        short_date="{short_month} {day}, {year}",
        weekday_date="{weekday}, {month} {day}",
        short_weekday_date="{short_weekday}, {short_month} {day}, {year}",
        short_weekday_day="{short_weekday} {day}",
        month_year="{month} {year}",
        in_month="{short_month} {day} – {last}",
        in_month_of_year="{short_month} {day} – {last}, {year}",
        in_year="{first} – {last}",
        from_to="{first} – {last}",
        in_year_and_year="{first} – {last}, {year}",
    ),
    halves=("AM", "PM"),
    half_day_clock="{clock} {half}",
    decimal=".",
    thousands=",",
    percent="{number} %",
    in_hours="{number} h",
    in_minutes="{number} min",
    words=Words(
        days_back={"today": 0, "yesterday": 1},
        weekdays=(
            *(("monday", "mon"), ("tuesday", "tue"), ("wednesday", "wed"), ("thursday", "thu")),
            *(("friday", "fri"), ("saturday", "sat"), ("sunday", "sun")),
        ),
        last=("last",),
        last_week=(),
        ranges={},
        last_some="",
        range_units={},
        now=("now",),
        hours=("hours", "hour", "hrs", "hr", "h"),
        minutes=("minutes", "minute", "mins", "min", "m"),
        seconds=("seconds", "second", "secs", "sec", "s"),
        numbers={"a": 1, "an": 1} | {word: at for at, word in enumerate(_NUMBERS.split(), 1)},
        lengths={
            **{"half an hour": 30, "a half hour": 30, "half hour": 30},
            **{"a quarter of an hour": 15, "an hour and a half": 90, "one and a half hours": 90},
        },
        ago=("{length} ago",),
        to=("to", "until"),
        before_span=("from",),
        clock="",
        halves={},
        after_clock=(),
        joined=False,
    ),
)
