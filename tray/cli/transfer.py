"""The commands that write all entries to a file, and read them from one."""

import argparse
import sys
from typing import TextIO

from tray.cli.context import Context, tell

_MOST_PROBLEMS = 3


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``export``."""
    parser.add_argument("file", nargs="?", default="-", help="where to; “-”, or none: the screen")
    parser.add_argument(
        "--format", choices=("csv", "json"), help="else by the file's ending, csv if it has none"
    )
    parser.epilog = (
        "CSV has the columns of Toggl's detailed report, in local time. JSON has everything, "
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
        print(f"Wrote {result.count:,} entries to {options.file}.")
    if result.left_out_running:
        tell("The running entry has no end yet and is not in the file.")


def _opened(path: str) -> TextIO:
    """A file to write to, or the screen for ``-``; the caller closes it."""
    if path == "-":
        return open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False)
    return open(path, "w", encoding="utf-8", newline="")


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
        tell(problem)
    if len(result.problems) > _MOST_PROBLEMS:
        tell(f"… and {len(result.problems) - _MOST_PROBLEMS:,} more rows like these.")
    would = "Would add" if options.dry_run else "Added"
    print(f"{would} {result.added:,} entries; {result.already_there:,} were here already.")
