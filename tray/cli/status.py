"""The command that says what is running, how much was done, and how the account stands."""

from collections.abc import Callable

from tray.cli import formatting
from tray.cli.context import Context
from tray.language import tr
from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple
from tray.local_errors import BadLine
from tray.model import formats, limits
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.store import catalogue, entries
from tray.store.catalogue import Names
from tray.sync import status_json

if TYPE_CHECKING:
    import argparse

    from tray.sync.status import Status


FIELDS: Final = (
    *("description", "project", "client", "task", "tags", "since", "elapsed"),
    *("today", "week"),
)
"""What a format can have in it; all but the totals are empty while nothing runs."""
_PLACE: Final = r"\{(\w*)\}"


def configure_status(parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of ``status``."""
    parser.add_argument(
        "--refresh", action="store_true", help=tr("ask the server first what runs (one request)")
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))
    shape.add_argument(
        "--format",
        metavar="TEXT",
        help=tr("one line for a prompt or a status bar: “{fields}” are filled in").format(
            fields=" ".join(f"{{{field}}}" for field in FIELDS)
        ),
    )


class Now(NamedTuple):
    """What is running, and the totals around it."""

    running: TimeEntry | None
    names: Names
    today_seconds: int
    week_seconds: int
    exchange: "Status | None"
    """How the exchange with the account stands, if there is one."""


def read(context: Context) -> Now:
    """Look everything up in one unchanging view of the database."""
    now, db, calendar = context.now, context.db, context.calendar
    day = calendar.day_of(now)
    with db.reading():
        running = entries.running(db)
        names = catalogue.names_of(db, running)
        today, week = entries.totals_of(db, calendar.day(day), calendar.week(day), now=now)
        return Now(running, names, today, week, status_json.exchange_status(db, now))


def print_status(context: Context) -> None:
    """Say it in words."""
    running, names, today, week, exchange = read(context)
    if running is None:
        print(tr("Nothing is running."))
    else:
        print(formatting.title(running, names))
        since = formatting.moment(context, running.start)
        print(
            tr("Running for {length}, since {since}").format(
                length=formats.exact_length(running.seconds(context.now)), since=since
            )
        )
    chosen = context.settings
    print(
        tr("Today {today}, this week {week}").format(
            today=_of_goal(today, chosen.day_goal_minutes),
            week=_of_goal(week, chosen.week_goal_minutes),
        )
    )
    if exchange is not None:
        from tray.sync import status_text

        for sentence in (
            status_text.line(exchange, now=context.now, time_of_day=_moments(context)),
            status_text.wrong_clock(exchange),
        ):
            if sentence:
                print(sentence)


def _of_goal(seconds: int, goal_minutes: int) -> str:
    done = formats.exact_length(seconds)
    if not goal_minutes:
        return done
    return tr("{done} of {goal}").format(done=done, goal=formats.length(goal_minutes * MINUTE))


def _moments(context: Context) -> Callable[[int], str]:
    return lambda when: formatting.moment(context, when)


def run_status(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``status``."""
    if options.refresh:
        _refresh(context)
    if options.format is not None:
        print(formatted(context, options.format))
        return
    if not options.json:
        print_status(context)
        return
    formatting.print_json(
        status_json.status_json(context.db, context.calendar, context.settings, now=context.now)
    )


def formatted(context: Context, text: str) -> str:
    """`text` with its fields filled in, on one line.

    Raises:
        BadLine: it has a field that there is not.
    """
    import re

    unknown = next((name for name in re.findall(_PLACE, text) if name not in FIELDS), None)
    if unknown is not None:
        raise BadLine(
            tr("There is no field “{{{name}}}”. There are {fields}.").format(
                name=unknown, fields=" ".join(FIELDS)
            )
        )
    running, names, today, week, _ = read(context)
    values = dict.fromkeys(FIELDS, "")
    values |= {"today": formats.exact_length(today), "week": formats.exact_length(week)}
    if running is not None:
        entry = status_json.entry_json(running, names, context.now)
        found = {name: entry[name] or "" for name in FIELDS[:4]}
        values |= {name: str(value) for name, value in found.items()}
        values["tags"] = " ".join(f"#{names.tags[tag].name}" for tag in running.tag_ids)
        values["since"] = formatting.moment(context, running.start)
        values["elapsed"] = formats.exact_length(running.seconds(context.now))
    return limits.one_line(re.sub(_PLACE, lambda place: values[place[1]], text))


def _refresh(context: Context) -> None:
    """Have what runs elsewhere be known here too, if that is not so yet."""
    from tray.cli import after_change
    from tray.cli.online_calls import online
    from tray.store import remote_rows

    with online(context) as server:
        there = server.current()
    ours = entries.running(context.db)
    known = None if ours is None else remote_rows.remote_id(context.db, "entry", ours.id)
    if (there and there.id) != known:
        after_change.pull(context)
