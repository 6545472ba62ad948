"""The command that lists entries by day, newest first."""

import argparse
from datetime import date, timedelta
from itertools import groupby

from tray.cli import show
from tray.cli.context import Context
from tray.errors import BadLine
from tray.model.entities import TimeEntry
from tray.store import catalogue, entries
from tray.store.catalogue import Names


def configure_list(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``list``."""
    parser.add_argument(
        "day", nargs="?", help="today, yesterday, week, month, all, or a date such as 2026-02-13"
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help="from this day on")
    parser.add_argument("--to", dest="last", metavar="DATE", help="up to and with this day")
    parser.add_argument("-s", "--search", metavar="TEXT", help="whose description contains TEXT")
    parser.add_argument("-n", "--limit", type=int, metavar="N", help="the newest N of them")
    parser.add_argument("--json", action="store_true", help="as JSON, its shape in the README")


def run_list(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``list``."""
    with context.db.reading():
        names = catalogue.names(context.db)
        found = _found(context, options)
    if options.json:
        listed = [show.entry_json(entry, names, context.now) for entry in found]
        show.print_json({"v": 1, "entries": listed})
        return
    if not found:
        print(
            "No entries there. `toggl-tray start` starts one, `toggl-tray list week` looks wider."
        )
        return
    days = groupby(found, key=lambda entry: context.calendar.day_of(entry.start))
    print("\n\n".join(_day_text(context, day, list(group), names) for day, group in days))


def _found(context: Context, options: argparse.Namespace) -> list[TimeEntry]:
    """The entries that were asked for, newest first."""
    db = context.db
    wide = options.search is not None or options.limit is not None
    if wide and options.day is None and options.first is None and options.last is None:
        return entries.containing(db, options.search or "", options.limit or -1)
    begin, end = _range(context, options)
    found = entries.starting_between(db, begin, end)
    if options.search is not None:
        wanted = options.search.casefold()
        found = [entry for entry in found if wanted in entry.description.casefold()]
    return found[: options.limit] if options.limit else found


def _range(context: Context, options: argparse.Namespace) -> tuple[int, int]:
    """From when up to when (not with it), in epoch seconds."""
    calendar, today = context.calendar, context.calendar.day_of(context.now)
    if options.first or options.last:
        first = _date(options.first, today) if options.first else date(2006, 1, 1)
        last = _date(options.last, today) if options.last else date(2031, 1, 1)
        return calendar.begin(first), calendar.day(last)[1]
    match options.day:
        case "week":
            return calendar.week(today)
        case "month":
            return calendar.month(today)
        case "all":
            return 0, calendar.begin(date(2031, 1, 2))
        case other:
            return calendar.day(_date(other or "today", today))


def _date(text: str, today: date) -> date:
    """A day by word or ISO date.

    Raises:
        BadLine: it is neither.
    """
    known = {"today": today, "yesterday": today - timedelta(days=1)}
    if text in known:
        return known[text]
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadLine(
            f"“{text}” is not a day. Write today, yesterday, or a date such as 2026-02-13."
        ) from error


def _day_text(context: Context, day: date, found: list[TimeEntry], names: Names) -> str:
    """One day: its name and total, then a line for each entry."""
    today = context.calendar.day_of(context.now)
    total = sum(entry.seconds(context.now) for entry in found)
    rows = [_row(context, entry, names) for entry in found]
    heading = f"{show.bold(show.day_title(day, today))}{show.GAP}{show.length(total)}"
    return f"{heading}\n{show.table(rows, right=(0, 2))}"


def _row(context: Context, entry: TimeEntry, names: Names) -> list[str]:
    stop = "now" if entry.stop is None else show.clock_time(context, entry.stop)
    return [
        str(entry.id),
        f"{show.clock_time(context, entry.start)}-{stop}",
        show.length(entry.seconds(context.now)),
        show.title(entry, names),
    ]
