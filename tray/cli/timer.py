"""The commands of the running entry: start, stop, toggle, continue."""

from tray.cli import arguments
from tray.cli.context import Context
from tray.cli.messages import print_outcome
from tray.language import tr
from tray.lean_typing import TYPE_CHECKING
from tray.local_errors import BadLine
from tray.model import limits
from tray.store import entries
from tray.tracker import timer

if TYPE_CHECKING:
    import argparse


def configure_start(parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of ``start``."""
    arguments.add_line(parser)
    _add_at(parser, tr("when it began: 9:30, -15m, “yesterday 18:00”"))
    arguments.add_billable(parser)
    arguments.add_no_project(parser)
    arguments.add_client(parser)
    parser.add_argument(
        "--trim", action="store_true", help=tr("shorten entries that reach beyond it")
    )
    _add_yes(parser)
    _add_json(parser)


def configure_stop(parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of ``stop``."""
    _add_at(parser, tr("when it ended: 17:30, -10m, “yesterday 18:00”"))
    _add_json(parser)


def configure_toggle(parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of ``toggle``."""
    _add_json(parser)


def configure_continue(parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of ``continue``."""
    parser.add_argument(
        "entry", nargs="?", default="last", help=tr("the number of an entry; else the latest")
    )
    _add_at(parser, tr("when it began: 9:30, -15m"))
    _add_yes(parser)
    _add_json(parser)


def _add_at(parser: "argparse.ArgumentParser", explanation: str) -> None:
    parser.add_argument("--at", metavar="MOMENT", help=explanation)


def _add_yes(parser: "argparse.ArgumentParser") -> None:
    parser.add_argument(
        "--yes", action="store_true", help=tr("do not ask about a start over 12 hours ago")
    )


def _add_json(parser: "argparse.ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=tr("tell the result as JSON"))


def run_start(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``start``."""
    entry = arguments.with_client(arguments.line(context, options.line), options.client)
    if entry.stop is not None:
        raise BadLine(
            tr("That has an end, so it is a finished entry. Use `toggl-tray add` for it.")
        )
    if options.at is not None and entry.start is not None:
        raise BadLine(tr("The start is given twice, in the line and with --at. Leave one out."))
    outcome = timer.start(
        context.db,
        arguments.draft(
            arguments.with_default(context, entry, none=options.no_project),
            new=options.new,
            billable=options.billable,
        ),
        now=context.now,
        at=_start_moment(context, options, " ".join(options.line), entry.start),
        trim=options.trim,
    )
    print_outcome(context, outcome, tr("Started {entry} {times}"), as_json=options.json)


def _start_moment(
    context: Context, options: "argparse.Namespace", line: str = "", in_line: int | None = None
) -> int | None:
    """The start that ``--at`` names, or that was read in the line; None if neither was given.

    Raises:
        NotConfirmed: that is likely a slip, and the user is not sure.
    """
    at = arguments.moment_if(context, options.at)
    start, text = (in_line, line) if at is None else (at, options.at)
    if start is not None and context.now - start > limits.LIKELY_SECONDS and not options.yes:
        from tray.cli import prompts
        from tray.model.typed_times import check_start

        def check(sure: bool) -> None:
            if not sure:
                check_start(text, start, now=context.now, zone=context.zone)

        prompts.sure(check, asks=not options.json)
    return start


def run_stop(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``stop``."""
    running = entries.running(context.db)
    if options.at is None or running is None:
        at = arguments.moment_if(context, options.at)
    else:
        at = arguments.moment_after(context, options.at, running.start)
    outcome = timer.stop(context.db, now=context.now, at=at)
    print_outcome(context, outcome, tr("Stopped {entry} {times}"), as_json=options.json)


def run_toggle(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``toggle``."""
    outcome = timer.toggle(context.db, now=context.now)
    stopped = outcome.verb == "stop"
    sentence = tr("Stopped {entry} {times}") if stopped else tr("Continued {entry} {times}")
    print_outcome(context, outcome, sentence, as_json=options.json)


def run_continue(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``continue``."""
    at = _start_moment(context, options)
    chosen = None if options.entry == "last" else arguments.entry_id(context, options.entry)
    outcome = timer.resume(context.db, chosen, now=context.now, at=at)
    print_outcome(context, outcome, tr("Continued {entry} {times}"), as_json=options.json)
