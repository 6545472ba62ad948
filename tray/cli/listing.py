"""The command that lists entries by day, newest first."""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Final

from tray.cli import arguments, formatting
from tray.cli.context import Context
from tray.errors import BadLine
from tray.model import formats, limits
from tray.model.entities import TimeEntry
from tray.settings import WEEKDAYS
from tray.store import catalogue, entries
from tray.store.catalogue import Names

_FIRST_DAY: Final = date(limits.FIRST_YEAR - 1, 12, 30)
_LAST_DAY: Final = date(limits.LAST_YEAR + 1, 1, 2)
"""Every entry starts after the one and before the other, in whatever zone."""


def configure_list(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``list``."""
    parser.add_argument(
        "day",
        nargs="?",
        help="today, yesterday, monday …, week, month, all, or a date such as 2026-02-13",
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help="from this day on")
    parser.add_argument("--to", dest="last", metavar="DATE", help="up to and with this day")
    parser.add_argument("-s", "--search", metavar="TEXT", help="whose description contains TEXT")
    parser.add_argument(
        "-n", "--limit", type=arguments.count, metavar="N", help="the newest N of them"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, its shape in the README")


def run_list(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``list``."""
    with context.db.reading():
        names = catalogue.names(context.db)
        found = _found(context, options)
        if options.json:
            listed = (formatting.entry_json(entry, names, context.now) for entry in found)
            formatting.print_json_list("entries", listed)
        else:
            _print_days(context, found, names, nothing=_nothing(options))


def _print_days(
    context: Context, found: Iterator[TimeEntry], names: Names, *, nothing: str
) -> None:
    """Day by day as the entries are read: there may be a million of them."""
    days = total = 0
    calendar = context.calendar
    for day, group in groupby(found, key=lambda entry: calendar.day_of(entry.start)):
        of_day = list(group)
        print(*([""] if days else []), _day_text(context, day, of_day, names), sep="\n")
        days += 1
        total += _seconds(context, of_day)
    if days > 1:
        print(f"\n{formatting.bold('Total')}{formatting.GAP}{formats.h_mm_ss(total)}")
    elif not days:
        print(nothing)


def _nothing(options: argparse.Namespace) -> str:
    """What to say where there is no entry, and where to look then."""
    if options.search:
        return "No entry there contains that. `toggl-tray list -s TEXT` looks in all of them."
    wider = {"week": "month", "month": "all", "all": ""}.get(options.day or "", "week")
    looks = f", `toggl-tray list {wider}` looks wider" if wider else ""
    return f"No entries there. `toggl-tray start` starts one{looks}."


def _found(context: Context, options: argparse.Namespace) -> Iterator[TimeEntry]:
    """The entries that were asked for, newest first."""
    db = context.db
    text = limits.one_line(options.search or "")
    anywhere = options.day is None and options.first is None and options.last is None
    if anywhere and (text or options.limit):
        return entries.containing(db, text, options.limit or -1)
    begin, end = _range(context, options)
    found = entries.each_starting_between(db, begin, end)
    if text:
        found = (entry for entry in found if text.casefold() in entry.description.casefold())
    return islice(found, options.limit)


def _range(context: Context, options: argparse.Namespace) -> tuple[int, int]:
    """From when up to when (not with it), in epoch seconds."""
    calendar, today = context.calendar, context.calendar.day_of(context.now)
    if options.day is not None and (options.first or options.last):
        raise BadLine("Give either a day, or --from and --to.")
    if options.first or options.last:
        first = _date(options.first, today) if options.first else _FIRST_DAY
        last = _date(options.last, today) if options.last else _LAST_DAY
        return calendar.begin(first), calendar.day(last)[1]
    match options.day:
        case "week":
            return calendar.week(today)
        case "month":
            return calendar.month(today)
        case "all":
            return calendar.begin(_FIRST_DAY), calendar.day(_LAST_DAY)[1]
        case other:
            return calendar.day(_date(other or "today", today))


def _date(text: str, today: date) -> date:
    """A day by word or ISO date; one without entries is as good as the next without.

    Raises:
        BadLine: it is neither.
    """
    word = text.lower()
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    if word in WEEKDAYS:
        return today - timedelta(days=(today.weekday() - WEEKDAYS.index(word)) % 7)
    try:
        return min(max(date.fromisoformat(text), _FIRST_DAY), _LAST_DAY)
    except ValueError as error:
        raise BadLine(
            f"“{text}” is not a day. Write today, yesterday, monday, or a date such as 2026-02-13."
        ) from error


def _day_text(context: Context, day: date, found: list[TimeEntry], names: Names) -> str:
    """One day: its name and total, then a line for each entry."""
    today = context.calendar.day_of(context.now)
    rows = [_row(context, entry, names) for entry in found]
    title = formatting.bold(formatting.day_title(day, today))
    heading = f"{title}{formatting.GAP}{formats.h_mm_ss(_seconds(context, found))}"
    return f"{heading}\n{formatting.table(rows, right=(0, 2))}"


def _seconds(context: Context, found: list[TimeEntry]) -> int:
    return sum(entry.seconds(context.now) for entry in found)


def _row(context: Context, entry: TimeEntry, names: Names) -> list[str]:
    return [
        str(entry.id),
        f"{formatting.clock_time(context, entry.start)}-{formatting.end(context, entry)}",
        formats.h_mm_ss(entry.seconds(context.now)),
        formatting.title(entry, names),
    ]
