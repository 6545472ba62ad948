"""The commands that write all entries to a file, and read them from one."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final, TextIO

from tray import files, settings
from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.errors import BadFile, BadLine
from tray.model import limits
from tray.store import account

if TYPE_CHECKING:
    from tray.tracker.transfer import Person

_WAYS_ON: Final = {
    "dates": "Add --date-format dmy or --date-format mdy.",
    "people": "Add --user with a name or an address, for several again.",
    "problems": "Correct that, or import the rest with --skip-bad.",
}
"""What to type for each choice that an import can need."""
_MOST_PROBLEMS: Final = 3
_MOST_NAMES: Final = 8


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``export``."""
    parser.add_argument("file", nargs="?", default="-", help="where to; “-”, or none: the screen")
    parser.add_argument(
        "--format", choices=("csv", "json"), help="else by the file's ending, csv if it has none"
    )
    parser.add_argument(
        "--email", metavar="ADDRESS", help="for the Email column; else the account's"
    )
    _add_zone(parser)
    parser.epilog = (
        "CSV has the columns of Toggl's detailed report, in local time. JSON has everything,\n"
        "projects and favourites included, and is the one to keep as a backup."
    )


def _add_zone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--zone", metavar="NAME", help="of the times in CSV, such as Europe/Tallinn"
    )


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``import``."""
    parser.add_argument("file", help="a CSV export of Toggl's, or a CSV or JSON export from here")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    parser.add_argument("--skip-bad", action="store_true", help="leave out rows that are not right")
    parser.add_argument(
        "--date-format", choices=("ymd", "dmy", "mdy"), help="order of year, month and day"
    )
    _add_zone(parser)
    parser.add_argument(
        "--user",
        action="append",
        default=[],
        metavar="NAME",
        help="whose rows to take of a team's report, by name or address; for several: again",
    )
    parser.epilog = "Entries that are here already are not added again. `undo` takes all back."


def run_export(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``export``."""
    from tray.tracker.transfer import export_csv, export_json

    zone, zone_name = _zone(context, options.zone)
    person = _person(context, options.email)
    wants_json = options.file.lower().endswith(".json")
    with _opened(options.file) as file:
        if (options.format or ("json" if wants_json else "csv")) == "json":
            result = export_json(context.db, file)
        else:
            result = export_csv(context.db, file, zone=zone, person=person)
    if options.file != "-":
        print(f"Wrote {_entries(result.count)} to {options.file}.")
        if result.in_zone and zone != context.zone:
            print(f"Its times are in {zone_name}.")
    if result.without_email:
        print_notice("The Email column is empty; Toggl's import needs it. --email fills it.")
    if result.left_out_running:
        print_notice("The running entry has no end yet and is not in the file.")


def _zone(context: Context, name: str | None) -> tuple[tzinfo | None, str]:
    """The zone of that name, else the account's, else the one in which times are shown; in words.

    Raises:
        BadLine: there is none of that name.
    """
    known = account.read(context.db)
    theirs = known.time_zone if known else ""
    if name:
        if problem := settings.problem_with("time_zone", name):
            raise BadLine(problem)
        return settings.Settings(time_zone=name).zone, name
    if theirs and not settings.problem_with("time_zone", theirs):
        return settings.Settings(time_zone=theirs).zone, f"{theirs}, the zone of the account"
    return context.zone, str(context.zone or f"the computer's zone ({_offset(context.now)})")


def _person(context: Context, address: str | None) -> "Person":
    """Whose time is exported: with an address that was given, or the account's."""
    from tray.tracker.transfer import Person, account_person

    known = account_person(context.db) or Person(address or "", "")
    return known._replace(email=address) if address else known


@contextmanager
def _opened(path: str) -> Iterator[TextIO]:
    """A file to write to, or the screen for ``-``.

    Raises:
        BadFile: it cannot be written; an earlier file of that name is as it was.
    """
    if path == "-" and sys.stdout.isatty():
        yield sys.stdout  # which keeps a terminal from what names may contain
        return
    if path == "-":
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as screen:
            yield screen
        return
    special = os.path.exists(path) and not os.path.isfile(path)  # a device, say
    unfinished = path if special else f"{path}.part"
    try:
        with open(unfinished, "w", encoding="utf-8", newline="") as file:
            yield file
        if not special:
            files.replace(unfinished, os.path.realpath(path))
    except OSError as error:
        if not special:
            with suppress(OSError):
                os.remove(unfinished)
        raise BadFile(f"{path} cannot be written ({error.strerror}).") from error


def run_import(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``import``."""
    from tray.tracker.transfer import NeedsChoice, import_file

    zone, zone_name = _zone(context, options.zone)
    try:
        result = import_file(
            context.db,
            options.file,
            now=context.now,
            zone=zone,
            skip_bad=options.skip_bad,
            dry_run=options.dry_run,
            date_format=options.date_format,
            users=options.user,
        )
    except NeedsChoice as error:
        raise BadFile(f"{error} {_WAYS_ON[error.choice]}") from error
    for problem in result.problems[:_MOST_PROBLEMS]:
        print_notice(str(problem))
    if len(result.problems) > _MOST_PROBLEMS:
        print_notice(f"… and {len(result.problems) - _MOST_PROBLEMS:,} more rows like these.")
    for remark in result.remarks:
        print_notice(remark)
    would = "Would add" if options.dry_run else "Added"
    print(f"{would} {_entries(result.added)}; {result.already_there:,} were here already.")
    if result.differing:
        print(_differing(result.differing))
    if result.in_zone:
        print(f"Its times were read in {zone_name}; --zone names another.")
    for kind, names in result.created._asdict().items():
        if names:
            print(f"{would} {kind}: {_some(names)}")
    if result.backup_path:
        print(f"The database as it was before is kept in {result.backup_path}.")


def _differing(descriptions: Sequence[str]) -> str:
    """That entries were left as they are here."""
    they = "stays as it is" if len(descriptions) == 1 else "stay as they are"
    names = _some([f"“{limits.one_line(each)}”" for each in descriptions])
    return (
        f"{_entries(len(descriptions))} with the same start and stop, but another description, "
        f"project or tags, {they} here: {names}"
    )


def _offset(now: int) -> str:
    return f"now UTC{datetime.fromtimestamp(now).astimezone():%z}"


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _entries(count: int) -> str:
    return formatting.counted(count, "entry", "entries")
