"""The commands that write all entries to a file, and read them from one."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, TextIO

from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import tell
from tray.errors import BadFile

_MOST_PROBLEMS: Final = 3
_MOST_NAMES: Final = 8


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``export``."""
    parser.add_argument("file", nargs="?", default="-", help="where to; “-”, or none: the screen")
    parser.add_argument(
        "--format", choices=("csv", "json"), help="else by the file's ending, csv if it has none"
    )
    parser.epilog = (
        "CSV has the columns of Toggl's detailed report, in local time. JSON has everything,\n"
        "projects and favourites included, and is the one to keep as a backup."
    )


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``import``."""
    parser.add_argument("file", help="a CSV export of Toggl's, or a CSV or JSON export from here")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    parser.add_argument("--skip-bad", action="store_true", help="leave out rows that are not right")
    parser.add_argument(
        "--date-format", choices=("ymd", "dmy", "mdy"), help="order of year, month and day"
    )
    parser.epilog = "Entries that are here already are not added again. `undo` takes all back."


def run_export(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``export``."""
    from tray.tracker.transfer import export_csv, export_json

    wants_json = options.file.lower().endswith(".json")
    with _opened(options.file) as file:
        if (options.format or ("json" if wants_json else "csv")) == "json":
            result = export_json(context.db, file)
        else:
            result = export_csv(context.db, file, zone=context.zone)
    if options.file != "-":
        print(f"Wrote {_entries(result.count)} to {options.file}.")
    if result.left_out_running:
        tell("The running entry has no end yet and is not in the file.")


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
            os.replace(unfinished, os.path.realpath(path))
    except OSError as error:
        if not special:
            with suppress(OSError):
                os.remove(unfinished)
        raise BadFile(f"{path} cannot be written ({error.strerror}).") from error


def run_import(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``import``."""
    from tray.tracker.transfer import import_file

    result = import_file(
        context.db,
        options.file,
        now=context.now,
        zone=context.zone,
        skip_bad=options.skip_bad,
        dry_run=options.dry_run,
        date_format=options.date_format,
    )
    for problem in result.problems[:_MOST_PROBLEMS]:
        tell(str(problem))
    if len(result.problems) > _MOST_PROBLEMS:
        tell(f"… and {len(result.problems) - _MOST_PROBLEMS:,} more rows like these.")
    for remark in result.remarks:
        tell(remark)
    would = "Would add" if options.dry_run else "Added"
    print(f"{would} {_entries(result.added)}; {result.already_there:,} were here already.")
    for kind, names in result.created._asdict().items():
        if names:
            print(f"{would} {kind}: {_some(names)}")
    if result.backup_path:
        print(f"The database as it was before is kept in {result.backup_path}.")


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _entries(count: int) -> str:
    return formatting.counted(count, "entry", "entries")
