"""German."""

from typing import Final

from tray.model.locales.locale import Locale, Patterns, Words

_NUMBERS: Final = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"

LOCALE: Final = Locale(
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    short_months=(
        *("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni"),
        *("Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ),
    weekdays=(
        *("Montag", "Dienstag", "Mittwoch", "Donnerstag"),
        *("Freitag", "Samstag", "Sonntag"),
    ),
    short_weekdays=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    narrow_weekdays=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    patterns=Patterns(
        day_month="{day}. {month}",
        beside_today="{day}. {month}",
        day_month_year="{day}. {month} {year}",
        short_day_month="{day}. {short_month}",
        short_date="{day}. {short_month} {year}",
        weekday_date="{weekday}, {day}. {month}",
        short_weekday_date="{short_weekday}, {day}. {short_month} {year}",
        short_weekday_day="{short_weekday} {day}.",
        month_year="{month} {year}",
        in_month="{day}.–{last}. {short_month}",
        in_month_of_year="{day}.–{last}. {short_month} {year}",
        in_year="{first} – {last}",
        from_to="{first} – {last}",
        in_year_and_year="{first} – {last} {year}",
    ),
    month_first=None,
    halves=("AM", "PM"),
    half_day_clock="{clock} {half}",
    decimal=",",
    thousands=".",
    percent="{number} %",
    in_hours="{number} Std.",
    in_minutes="{number} Min.",
    words=Words(
        days_back={"heute": 0, "gestern": 1, "vorgestern": 2},
        weekdays=(
            *(("montag", "mo"), ("dienstag", "di"), ("mittwoch", "mi"), ("donnerstag", "do")),
            *(("freitag", "fr"), ("samstag", "sonnabend", "sa"), ("sonntag", "so")),
        ),
        last=("letzten", "vergangenen"),
        last_week=(),
        ranges={
            **{"heute": "today", "gestern": "yesterday", "alles": "all"},
            **{"woche": "week", "diese woche": "week", "letzte woche": "last week"},
            **{"monat": "month", "dieser monat": "month", "diesen monat": "month"},
            **{"letzter monat": "last month", "letzten monat": "last month"},
            **{"quartal": "quarter", "dieses quartal": "quarter", "letztes quartal": "last quarter"},
            **{"jahr": "year", "dieses jahr": "year", "letztes jahr": "last year"},
        },
        last_some=r"letzten? {number} {unit}",
        range_units={
            **{"tage": "day", "tag": "day", "wochen": "week", "woche": "week"},
            **{"monate": "month", "monat": "month", "jahre": "year", "jahr": "year"},
        },
        now=("jetzt",),
        hours=("stunden", "stunde", "std.", "std"),
        minutes=("minuten", "minute", "min."),
        seconds=("sekunden", "sekunde", "sek.", "sek"),
        numbers={"einer": 1, "eine": 1, "1er": 1}
        | {word: at for at, word in enumerate(_NUMBERS.split(), 2)},
        lengths={
            **{"einer halben stunde": 30, "halben stunde": 30, "eine halbe stunde": 30},
            **{"halbe stunde": 30, "einer viertelstunde": 15, "eine viertelstunde": 15},
            **{"einer dreiviertelstunde": 45, "eine dreiviertelstunde": 45},
            **{"anderthalb stunden": 90, "eineinhalb stunden": 90},
        },
        ago=("vor {length}",),
        to=("bis",),
        before_span=("von",),
        clock=r"(?P<hour>\d\d?)(?:[.:](?P<minute>\d\d))?(?P<half>) ?(?:uhr|h)",
        halves={},
        after_clock=("uhr",),
        joined=False,
    ),
)
