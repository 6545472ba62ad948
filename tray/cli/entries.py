"""The commands that add, change and remove entries."""

import argparse

from tray.cli import arguments, formatting
from tray.cli.context import Context
from tray.cli.messages import print_outcome, times
from tray.errors import BadLine
from tray.store import entries as stored
from tray.tracker import entries
from tray.tracker.entries import Changes

_ENTRY = "its number in `toggl-tray list`, “last” or “running”"


def configure_add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``add``."""
    arguments.add_line(parser, nargs="+")
    parser.add_argument("--start", metavar="MOMENT", help="when it began: 9:30, “yesterday 9:30”")
    parser.add_argument("--stop", metavar="MOMENT", help="when it ended; else now")
    _add_trim(parser)
    _add_json(parser)


def configure_edit(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``edit``."""
    parser.add_argument("entries", metavar="ENTRY[,ENTRY…]", help=_ENTRY)
    arguments.add_line(parser)
    parser.add_argument("-d", "--description", metavar="TEXT")
    project = parser.add_mutually_exclusive_group()
    project.add_argument("-p", "--project", metavar="NAME")
    project.add_argument("--no-project", action="store_true")
    parser.add_argument("--task", metavar="NAME")
    tags = parser.add_mutually_exclusive_group()
    tags.add_argument("-t", "--tag", metavar="NAME", action="append", help="can be given again")
    tags.add_argument("--no-tags", action="store_true")
    parser.add_argument("--billable", action=argparse.BooleanOptionalAction)
    parser.add_argument("--start", metavar="MOMENT")
    parser.add_argument("--stop", metavar="MOMENT")
    _add_trim(parser)
    _add_json(parser)
    parser.epilog = "What the line does not mention stays as it is."


def configure_split(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``split``."""
    parser.add_argument("entry", help=_ENTRY)
    parser.add_argument("moment", help="where: 10:15, “yesterday 10:15”, -5m")
    _add_json(parser)


def configure_merge(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``merge``."""
    parser.add_argument("entries", nargs="+", metavar="ENTRY", help=_ENTRY)
    _add_json(parser)


def configure_duplicate(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``duplicate``."""
    parser.add_argument("entry", help=_ENTRY)
    _add_json(parser)


def configure_delete(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``delete``."""
    parser.add_argument("entries", nargs="+", metavar="ENTRY", help=_ENTRY)


def _add_trim(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trim", action="store_true", help="shorten neighbours that overlap it")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="tell the result as JSON")


def run_add(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``add``."""
    entry = arguments.line(context, options.line)
    start = _one(entry.start, arguments.moment_if(context, options.start), "start")
    stop = _one(entry.stop, arguments.moment_if(context, options.stop), "end")
    if start is None:
        raise BadLine(
            "When was that? Add its times to the line, such as 9:30-10:15, -45m or "
            "“yesterday 14-15”, or use `toggl-tray start` to start it now."
        )
    outcome = entries.add(
        context.db,
        arguments.draft(entry, new=options.new),
        start=start,
        stop=context.now if stop is None else stop,
        now=context.now,
        trim=options.trim,
    )
    print_outcome(context, outcome, "Added", as_json=options.json)


def _one(in_line: int | None, option: int | None, name: str) -> int | None:
    """The one of two that was given.

    Raises:
        BadLine: both were.
    """
    if in_line is not None and option is not None:
        raise BadLine(f"The {name} is given twice, in the line and with an option. Leave one out.")
    return option if in_line is None else in_line


def run_edit(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``edit``."""
    changes = _line_changes(context, options)
    changes.update(_option_changes(context, options))
    if not changes:
        raise BadLine("Nothing to change was given. `toggl-tray edit --help` shows what can be.")
    changes["create_missing"] = options.new
    ids = arguments.entry_ids(context, [options.entries])
    outcome = entries.edit(context.db, ids, changes, now=context.now, trim=options.trim)
    word = "Changed to" if len(ids) == 1 else f"Changed {len(ids)} entries, the last to"
    print_outcome(context, outcome, word, as_json=options.json)


def _line_changes(context: Context, options: argparse.Namespace) -> Changes:
    """What the quick-entry line changes: the parts that it mentions."""
    changes: Changes = {}
    line = arguments.line(context, options.line)
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
    if line.start is not None:
        changes["start"] = line.start
    if line.stop is not None:
        changes["stop"] = line.stop
    return changes


def _option_changes(context: Context, options: argparse.Namespace) -> Changes:
    """What the options change; they win over the line."""
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
    start, stop = (arguments.moment_if(context, text) for text in (options.start, options.stop))
    if start is not None:
        changes["start"] = start
    if stop is not None:
        changes["stop"] = stop
    return changes


def run_split(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``split``."""
    chosen = arguments.entry_id(context, options.entry)
    outcome = entries.split(
        context.db, chosen, arguments.moment(context, options.moment), now=context.now
    )
    print_outcome(context, outcome, "The second part is", as_json=options.json)


def run_merge(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``merge``."""
    ids = arguments.entry_ids(context, options.entries)
    outcome = entries.merge(context.db, ids, now=context.now)
    print_outcome(context, outcome, "Merged into", as_json=options.json)


def run_duplicate(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``duplicate``."""
    outcome = entries.duplicate(
        context.db, arguments.entry_id(context, options.entry), now=context.now
    )
    print_outcome(context, outcome, "Added", as_json=options.json)


def run_delete(context: Context, options: "argparse.Namespace") -> None:
    """Carry out ``delete``."""
    ids = arguments.entry_ids(context, options.entries)
    gone = [stored.get(context.db, each) for each in ids]
    names = formatting.names_of(context, *gone)
    entries.delete(context.db, ids, now=context.now)
    for entry in gone:
        print(f"Deleted {formatting.title(entry, names)} {times(context, entry)}")
    print(formatting.dim("`toggl-tray undo` brings back what was deleted."))
