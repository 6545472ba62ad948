"""What a language has to say of itself so that days, numbers and typed times follow it."""

from collections.abc import Mapping

from tray.lean_typing import NamedTuple


class Patterns(NamedTuple):
    """Where the parts of a day stand.

    ``{day}``, ``{number}`` (of the month), ``{month}``, ``{short_month}``, ``{year}``,
    ``{weekday}`` and ``{short_weekday}``; of several days ``{last}``, that of the month.
    """

    day_month: str
    beside_today: str
    """What stands after “Today” and “Yesterday”."""
    day_month_year: str
    short_day_month: str
    short_date: str
    weekday_date: str
    short_weekday_date: str
    weekday_day: str
    short_weekday_day: str
    month_year: str
    in_month: str
    """Several days of a month."""
    in_month_of_year: str
    in_year: str
    """Days of two months: ``{first}`` and ``{last}`` are as `short_day_month` has them."""
    from_to: str
    """Days of two years, or whatever is whole by itself: ``{first}`` and ``{last}``."""
    in_year_and_year: str
    """As `in_year`, with the ``{year}``."""


class Words(NamedTuple):
    """The words that are read in times and lengths, in lower case; beside the English ones."""

    days_back: Mapping[str, int]
    """``yesterday`` is 1."""
    weekdays: tuple[tuple[str, ...], ...]
    """What each is called, Monday first: the most recent that has begun."""
    dates: tuple[str, ...]
    """Days of a month, as patterns with the groups day, month and year, the last of which may be
    missing; ``{month}`` is what the months are called, ``{weekday}`` the days of the week."""
    last: tuple[str, ...]
    """What stands before a weekday that is not today's."""
    last_week: tuple[str, ...]
    """What stands before a weekday to put it in the calendar's week before."""
    ranges: Mapping[str, str]
    """Of days: each as the English word that it means."""
    last_some: str
    """The same with a ``{number}`` and a ``{unit}``; empty if only the English form is read."""
    range_units: Mapping[str, str]
    """``days`` and the like, each as the English word."""
    now: tuple[str, ...]
    hours: tuple[str, ...]
    minutes: tuple[str, ...]
    seconds: tuple[str, ...]
    numbers: Mapping[str, int]
    """Of hours and minutes."""
    lengths: Mapping[str, int]
    """Minutes that have a name of their own, such as half an hour."""
    ago: tuple[str, ...]
    """How a ``{length}`` back is said."""
    to: tuple[str, ...]
    """What stands between two times; a hyphen always can."""
    before_span: tuple[str, ...]
    """What may stand before the first of two."""
    clock: str
    """A time of day of its own form, as a pattern with the groups hour, minute, and half."""
    halves: Mapping[str, str]
    """What `clock` has as its half of the day, as ``am``, ``pm`` or ``evening``, which is ``pm``
    but at twelve; and half an hour as 30."""
    after_clock: tuple[str, ...]
    """What may stand after a time of day, or two."""
    joined: bool
    """Whether words need no blanks between them."""
    not_after_clock: str
    """Where they need none: signs that make a count of what looks like a time before them."""


class Locale(NamedTuple):
    """A language."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first, as in `date.weekday`."""
    short_weekdays: tuple[str, ...]
    narrow_weekdays: tuple[str, ...]
    """At most two letters each."""
    patterns: Patterns
    month_first: Patterns | None
    """For who wants dates as ``MM/DD/YYYY``; None if the language has one order only."""
    halves: tuple[str, str]
    """Before noon, and after."""
    half_day_clock: str
    """Where ``{half}`` and ``{clock}`` stand."""
    half_day_hour: str
    """The same for a whole hour."""
    decimal: str
    percent: str
    """A ``{number}`` of a hundred."""
    in_hours: str
    """A length as a decimal ``{number}`` of hours."""
    in_minutes: str
    """A length of less than an hour, as a ``{number}`` of minutes."""
    words: Words
