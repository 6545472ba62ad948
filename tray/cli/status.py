"""The command that says what is running, and how much was done today and this week."""

import argparse
from typing import NamedTuple

from tray.cli import show
from tray.cli.context import Context
from tray.model.entities import TimeEntry
from tray.store import entries
from tray.store.catalogue import Names


def configure_status(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``status``."""
    parser.add_argument("--json", action="store_true", help="as JSON, its shape in the README")


class Now(NamedTuple):
    """What is running, and the totals around it."""

    running: TimeEntry | None
    names: Names
    today_seconds: int
    week_seconds: int


def read(context: Context) -> Now:
    """Look everything up in one unchanging view of the database."""
    now, db = context.now, context.db
    day = context.calendar.day_of(now)
    with db.reading():
        running = entries.running(db)
        return Now(
            running,
            show.names_of(context, running),
            entries.seconds_between(db, *context.calendar.day(day), now=now),
            entries.seconds_between(db, *context.calendar.week(day), now=now),
        )


def print_status(context: Context) -> None:
    """Say it in words."""
    running, names, today, week = read(context)
    if running is None:
        print("Nothing is running.")
    else:
        print(show.title(running, names))
        since = show.moment(context, running.start)
        print(f"Running for {show.length(running.seconds(context.now))}, since {since}")
    print(f"Today {show.length(today)}, this week {show.length(week)}")


def run_status(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``status``."""
    if not options.json:
        print_status(context)
        return
    running, names, today, week = read(context)
    show.print_json(
        {
            "v": 1,
            "running": running and _running_json(show.entry_json(running, names, context.now)),
            "today_seconds": today,
            "week_seconds": week,
        }
    )


def _running_json(entry: dict[str, object]) -> dict[str, object]:
    elapsed = entry.pop("duration_seconds")
    entry.pop("stop")
    return {**entry, "elapsed_seconds": elapsed}
