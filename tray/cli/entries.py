"""The commands that add, change and remove entries."""

import argparse
from typing import TYPE_CHECKING

from tray.cli import arguments, formatting, prompts
from tray.cli.context import Context
from tray.cli.messages import print_outcome, times
from tray.errors import BadLine
from tray.language import ntr, tr
from tray.model.entities import TimeEntry
from tray.store import catalogue
from tray.store import entries as stored
from tray.tracker import entries
from tray.tracker.entries import Changes

if TYPE_CHECKING:
    from tray.model.quick_entry.parsed_line import QuickEntry


def _entry_help() -> str:
    return tr("its number in `toggl-tray list`, “last” (changed last) or “running”")


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``add``."""
    arguments.add_line(parser, nargs="+")
    parser.add_argument(
        "--start", metavar="MOMENT", help=tr("when it began: 9:30, “yesterday 9:30”")
    )
    parser.add_argument("--stop", metavar="MOMENT", help=tr("when it ended; else now"))
    arguments.add_billable(parser)
    arguments.add_no_project(parser)
    arguments.add_client(parser)
    parser.add_argument(
        "--for", dest="whose", metavar="USER", help=tr("for somebody else, as an administrator")
    )
    _add_trim(parser)
    _add_yes(parser)
    _add_json(parser)


def configure_edit(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``edit``."""
    parser.add_argument("entries", metavar="ENTRY[,ENTRY…]", help=_entry_help())
    arguments.add_line(parser)
    parser.add_argument("-d", "--description", metavar="TEXT")
    project = parser.add_mutually_exclusive_group()
    project.add_argument("-p", "--project", metavar="NAME")
    project.add_argument("--no-project", action="store_true")
    parser.add_argument("--task", metavar="NAME")
    tags = parser.add_mutually_exclusive_group()
    tags.add_argument("-t", "--tag", metavar="NAME", action="append", help=tr("can be given again"))
    tags.add_argument("--no-tags", action="store_true")
    parser.add_argument("--billable", action="boolean")
    parser.add_argument("--start", metavar="MOMENT")
    parser.add_argument("--stop", metavar="MOMENT")
    _add_trim(parser)
    _add_yes(parser)
    _add_json(parser)
    parser.epilog = tr("What the line does not mention stays as it is.")


def configure_split(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``split``."""
    parser.add_argument("entry", help=_entry_help())
    parser.add_argument("moment", help=tr("where: 10:15, “yesterday 10:15”, -5m"))
    _add_json(parser)


def configure_merge(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``merge``."""
    parser.add_argument("entries", nargs="+", metavar="ENTRY", help=_entry_help())
    _add_json(parser)


def configure_duplicate(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``duplicate``."""
    parser.add_argument("entry", help=_entry_help())
    _add_json(parser)


def configure_delete(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``delete``."""
    parser.add_argument("entries", nargs="+", metavar="ENTRY", help=_entry_help())


def _add_trim(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trim", action="store_true", help=tr("shorten neighbours that overlap it")
    )


def _add_yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--yes", action="store_true", help=tr("do not ask about more than 12 hours or a future end")
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=tr("tell the result as JSON"))


def run_add(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``add``."""
    entry = arguments.with_client(arguments.line(context, options.line), options.client)
    start = _one(
        entry.start,
        arguments.moment_if(context, options.start),
        tr("The start is given twice, in the line and with an option. Leave one out."),
    )
    stop = _one(
        entry.stop,
        arguments.moment_if(context, options.stop),
        tr("The end is given twice, in the line and with an option. Leave one out."),
    )
    if start is None:
        raise BadLine(
            tr(
                "When was that? Add its times to the line, such as 9:30-10:15, -45m or "
                "“yesterday 14-15”, or use `toggl-tray start` to start it now."
            )
        )
    if options.whose is None:
        entry = arguments.with_default(context, entry, none=options.no_project)
    draft = arguments.draft(entry, new=options.new, billable=options.billable)
    if options.whose is not None:
        from tray.cli import entry_for_others

        end = context.now if stop is None else stop
        entry_for_others.add(context, options, draft, start=start, stop=end)
        return
    outcome = prompts.sure(
        lambda sure: entries.add(
            context.db,
            draft,
            start=start,
            stop=context.now if stop is None else stop,
            now=context.now,
            trim=options.trim,
            sure=sure,
        ),
        asks=not options.json,
        yes=options.yes,
    )
    print_outcome(context, outcome, tr("Added {entry} {times}"), as_json=options.json)


def _one(in_line: int | None, option: int | None, twice: str) -> int | None:
    """The one of two that was given.

    Raises:
        BadLine: both were, as `twice` says.
    """
    if in_line is not None and option is not None:
        raise BadLine(twice)
    return option if in_line is None else in_line


def run_edit(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``edit``."""
    ids = arguments.entry_ids(context, [options.entries])
    outcome = prompts.sure(
        lambda sure: entries.edit(
            context.db,
            ids,
            lambda entry: _changes(context, options, entry),
            now=context.now,
            trim=options.trim,
            sure=sure,
        ),
        asks=not options.json,
        yes=options.yes,
    )
    sentence = ntr(
        "Changed {id} to {entry} {times}",
        "Changed {count} entries, the last to {entry} {times}",
        len(ids),
    )
    print_outcome(context, outcome, sentence, as_json=options.json, count=len(ids))


def _changes(context: Context, options: argparse.Namespace, entry: TimeEntry) -> Changes:
    """What line and options change of an entry; options win over the line.

    Raises:
        BadLine: they cannot be read, or change nothing.
    """
    from tray.model import typed_times

    latest = typed_times.last_second(entry.start, context.calendar)
    line = arguments.line(context, options.line, latest=latest)
    changes = _line_changes(line) | _option_changes(options) | _times(context, options, line, entry)
    if not changes and not options.trim:
        raise BadLine(
            tr("Nothing to change was given. `toggl-tray edit --help` shows what can be.")
        )
    return {**changes, "create_missing": options.new}


def _line_changes(line: "QuickEntry") -> Changes:
    """What the quick-entry line changes, its times aside: the parts that it mentions."""
    changes: Changes = {}
    if line.description:
        changes["description"] = line.description
    if line.project is not None:
        changes["project"] = line.project
    if line.task is not None:
        changes["task"] = line.task
    if line.tags:
        changes["tags"] = line.tags
    if line.billable:
        changes["billable"] = True
    return changes


def _option_changes(options: argparse.Namespace) -> Changes:
    """What the options change, their times aside."""
    changes: Changes = {}
    if options.description is not None:
        changes["description"] = options.description
    if options.project is not None or options.no_project:
        changes["project"] = options.project
    if options.task is not None:
        changes["task"] = options.task or None
    if options.tag is not None or options.no_tags:
        changes["tags"] = options.tag or ()
    if options.billable is not None:
        changes["billable"] = options.billable
    return changes


def _times(
    context: Context, options: argparse.Namespace, line: "QuickEntry", entry: TimeEntry
) -> Changes:
    """The start and the stop that are given for an entry, and the stop that follows."""
    from tray.model import typed_times

    changes: Changes = {}
    start, stop = line.start, line.stop
    if options.start is not None:
        start = arguments.start_of(context, options.start, entry)
    begin = entry.start if start is None else start
    if options.stop is not None:
        stop = arguments.moment_after(context, options.stop, begin, was=entry.stop)
    elif stop is None and start is not None and entry.stop is not None:
        stop = typed_times.moved_stop(entry.start, entry.stop, start, context.calendar)
    if start is not None:
        changes["start"] = start
    if stop is not None:
        changes["stop"] = stop
    return changes


def run_split(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``split``."""
    chosen = stored.get(context.db, arguments.entry_id(context, options.entry))
    at = arguments.moment_after(context, options.moment, chosen.start)
    outcome = entries.split(context.db, chosen.id, at, now=context.now)
    print_outcome(context, outcome, tr("The second part is {entry} {times}"), as_json=options.json)


def run_merge(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``merge``."""
    ids = arguments.entry_ids(context, options.entries)
    outcome = entries.merge(context.db, ids, now=context.now)
    print_outcome(context, outcome, tr("Merged into {entry} {times}"), as_json=options.json)


def run_duplicate(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``duplicate``."""
    outcome = entries.duplicate(
        context.db, arguments.entry_id(context, options.entry), now=context.now
    )
    print_outcome(context, outcome, tr("Added {entry} {times}"), as_json=options.json)


def run_delete(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``delete``."""
    ids = arguments.entry_ids(context, options.entries)
    gone = [stored.get(context.db, each) for each in ids]
    names = catalogue.names_of(context.db, *gone)
    entries.delete(context.db, ids, now=context.now)
    for entry in gone:
        print(
            tr("Deleted {entry} {times}").format(
                entry=formatting.title(entry, names), times=times(context, entry)
            )
        )
    print(formatting.dim(tr("`toggl-tray undo` brings back what was deleted.")))
