"""The command that lists entries by day, newest first."""

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tray.cli import arguments, filter_options, formatting
from tray.cli.context import Context
from tray.cli.messages import times
from tray.errors import BadLine
from tray.language import tr
from tray.model import formats, limits
from tray.model.day_lists import Listed, by_day
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.typed_days import read_day
from tray.store import catalogue, entries
from tray.store.catalogue import Names
from tray.sync import status_json

if TYPE_CHECKING:
    from tray.store.entries import Condition

_FIRST_DAY: Final = date(limits.FIRST_YEAR - 1, 12, 30)
_LAST_DAY: Final = date(limits.LAST_YEAR + 1, 1, 2)
"""Every entry starts after the one and before the other, in whatever zone."""


class Span(NamedTuple):
    """From when up to when (not with it), in epoch seconds."""

    begin: int
    end: int


def configure_list(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``list``."""
    parser.add_argument(
        "day",
        nargs="?",
        help=tr("today, yesterday, monday …, week, month, all, or a date such as 2026-02-13"),
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help=tr("from this day on"))
    parser.add_argument("--to", dest="last", metavar="DATE", help=tr("up to and with this day"))
    parser.add_argument(
        "-s", "--search", metavar="TEXT", help=tr("whose description contains TEXT")
    )
    filter_options.add_filters(parser)
    parser.add_argument(
        "-n", "--limit", type=arguments.count, metavar="N", help=tr("the newest N of them")
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def run_list(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``list``."""
    with context.db.reading():
        names = catalogue.names(context.db)
        span = _span(context, options)
        found = _found(context, options, span, names)
        if options.json:
            formatting.print_json_list("entries", _as_json(context, found, span, names))
        else:
            _print_days(context, found, span, names, nothing=_nothing(options))


def _as_json(
    context: Context, found: Iterator[TimeEntry], span: Span, names: Names
) -> Iterator[dict[str, object]]:
    """Each entry whole, with how much of it lies in the days that were asked for."""
    for entry in found:
        end = entry.start + entry.seconds(context.now)
        listed = max(0, min(end, span.end) - max(entry.start, span.begin))
        yield {**status_json.entry_json(entry, names, context.now), "listed_seconds": listed}


def _print_days(
    context: Context, found: Iterator[TimeEntry], span: Span, names: Names, *, nothing: str
) -> None:
    """Day by day as the entries are read: there may be a million of them."""
    days = total = 0
    writer = _DayWriter(context, names)
    longest = entries.longest(context.db, span.begin, span.end, now=context.now)
    for day, listed in by_day(found, context.calendar, longest=longest, now=context.now):
        if not span.begin <= listed[0].share.begin < span.end:
            continue
        print(*([""] if days else []), writer.text(day, listed), sep="\n")
        days += 1
        total += _seconds(listed)
    if days > 1:
        print(f"\n{formatting.bold(tr('Total'))}{formatting.GAP}{formats.exact_length(total)}")
    elif not days:
        print(nothing)


def _nothing(options: argparse.Namespace) -> str:
    """What to say where there is no entry, and where to look then."""
    if options.search:
        return tr("No entry there contains that. `toggl-tray list -s TEXT` looks in all of them.")
    if filter_options.has_filters(options):
        return tr("No entry there fits. `toggl-tray list all` looks in all of them.")
    wider = {"week": "month", "month": "all", "all": ""}.get(options.day or "", "week")
    if not wider:
        return tr("No entries there. `toggl-tray start` starts one.")
    return tr(
        "No entries there. `toggl-tray start` starts one, `toggl-tray list {wider}` looks wider."
    ).format(wider=wider)


def _found(
    context: Context, options: argparse.Namespace, span: Span, names: Names
) -> Iterator[TimeEntry]:
    """The entries that were asked for, newest first."""
    text = limits.one_line(options.search or "")
    chosen = _conditions(options, names)
    if _is_anywhere(options) and (text or options.limit) and not chosen:
        return entries.containing(context.db, text, options.limit or -1)
    found = entries.each_overlapping(
        context.db, span.begin, span.end, now=context.now, conditions=chosen
    )
    if text:
        found = (entry for entry in found if text.casefold() in entry.description.casefold())
    return islice(found, options.limit)


def _conditions(options: argparse.Namespace, names: Names) -> "tuple[Condition, ...]":
    """What an entry must fit, beside the text."""
    if not filter_options.has_filters(options):
        return ()
    from tray.model.filters import Filters
    from tray.store.conditions import conditions

    return conditions("", Filters(filter_options.criteria(options, names)), names)


def _is_anywhere(options: argparse.Namespace) -> bool:
    """Whether no days were asked for."""
    return options.day is None and options.first is None and options.last is None


def _span(context: Context, options: argparse.Namespace) -> Span:
    """The days that were asked for."""
    calendar, today = context.calendar, context.calendar.day_of(context.now)
    if options.day is not None and (options.first or options.last):
        raise BadLine(tr("Give either a day, or --from and --to."))
    if options.first or options.last:
        first = _date(options.first, today) if options.first else _FIRST_DAY
        last = _date(options.last, today) if options.last else _LAST_DAY
        return Span(calendar.begin(first), calendar.day(last)[1])
    everything = Span(calendar.begin(_FIRST_DAY), calendar.day(_LAST_DAY)[1])
    looks = options.search or options.limit or filter_options.has_filters(options)
    if _is_anywhere(options) and looks:
        return everything
    try:
        return Span(*calendar.day(_date(options.day or "today", today)))
    except BadLine:
        days = _range(options.day, today, calendar)
        if days is None:
            raise
        return days


def _range(text: str, today: date, calendar: Calendar) -> Span | None:
    """Days that a report could be of, such as last week; None if they are none."""
    from tray.model.reports.report_range import ends, read_range

    try:
        found = read_range(text, today, calendar)
    except BadLine:
        return None
    return Span(*ends(found.days, calendar))


def _date(text: str, today: date) -> date:
    """A day by word or ISO date; one without entries is as good as the next without.

    Raises:
        BadLine: it is neither.
    """
    try:
        return min(max(read_day(text, today), _FIRST_DAY), _LAST_DAY)
    except ValueError as error:
        raise BadLine(
            tr(
                "“{text}” is not a day. Write today, yesterday, monday, or a date such "
                "as 2026-02-13."
            ).format(text=text)
        ) from error


class _DayWriter:
    """Writes days with their entries; what all of these have in common is looked up once."""

    def __init__(self, context: Context, names: Names) -> None:
        self._context = context
        self._times = context.times
        self._today = context.calendar.day_of(context.now)
        self._titles = formatting.Titles(names)

    def text(self, day: date, listed: list[Listed]) -> str:
        """One day: its name and total, then a line for each entry."""
        title = formatting.bold(formatting.day_title(day, self._today))
        heading = f"{title}{formatting.GAP}{formats.exact_length(_seconds(listed))}"
        rows = [self._row(each) for each in listed]
        return f"{heading}\n{formatting.table(rows, right=(0, 2))}"

    def _row(self, listed: Listed) -> list[str]:
        """What of an entry is in the day; if that is a part only, the whole of it behind."""
        entry, share = listed.entry, listed.share
        is_open = entry.running and share.end >= self._context.now
        begun = formatting.clock_beside(self._times, share.begin, share.day)
        ended = tr("now") if is_open else formatting.clock_beside(self._times, share.end, share.day)
        title = self._titles.title(entry)
        if listed.is_part:
            whole = tr("(of {times})").format(times=times(self._context, entry))
            title = f"{title} {formatting.dim(whole)}"
        return [str(entry.id), f"{begun}-{ended}", formats.exact_length(listed.seconds), title]


def _seconds(listed: list[Listed]) -> int:
    return sum(each.seconds for each in listed)
