"""The command that lists entries by day, newest first."""

import argparse
from datetime import date, timedelta
from itertools import groupby
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
        listed = [formatting.entry_json(entry, names, context.now) for entry in found]
        formatting.print_json({"v": 1, "entries": listed})
        return
    if not found:
        print(
            "No entries there. `toggl-tray start` starts one, `toggl-tray list week` looks wider."
        )
        return
    days = groupby(found, key=lambda entry: context.calendar.day_of(entry.start))
    texts = [_day_text(context, day, list(group), names) for day, group in days]
    if len(texts) > 1:
        texts.append(f"{formatting.bold('Total')}{formatting.GAP}{_total(context, found)}")
    print("\n\n".join(texts))


def _found(context: Context, options: argparse.Namespace) -> list[TimeEntry]:
    """The entries that were asked for, newest first."""
    db = context.db
    text = limits.one_line(options.search or "")
    anywhere = options.day is None and options.first is None and options.last is None
    if anywhere and (text or options.limit):
        return entries.containing(db, text, options.limit or -1)
    begin, end = _range(context, options)
    found = entries.starting_between(db, begin, end)
    if text:
        found = [entry for entry in found if text.casefold() in entry.description.casefold()]
    return found[: options.limit]


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
    heading = f"{title}{formatting.GAP}{_total(context, found)}"
    return f"{heading}\n{formatting.table(rows, right=(0, 2))}"


def _total(context: Context, found: list[TimeEntry]) -> str:
    return formats.h_mm_ss(sum(entry.seconds(context.now) for entry in found))


def _row(context: Context, entry: TimeEntry, names: Names) -> list[str]:
    return [
        str(entry.id),
        f"{formatting.clock_time(context, entry.start)}-{formatting.end(context, entry)}",
        formats.h_mm_ss(entry.seconds(context.now)),
        formatting.title(entry, names),
    ]
