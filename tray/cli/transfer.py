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
from tray.language import listed, ntr, tr, tr_marked
from tray.model import formats, limits
from tray.model.field_words import kinds_word
from tray.model.source_names import EXPORT_FORMATS, SOURCE_NAMES, format_of
from tray.sentences import reason, together
from tray.store import account

if TYPE_CHECKING:
    from tray.tracker.transfer import ImportResult, Person
    from tray.tracker.transfer.proposals import Proposal

_MOST_PROBLEMS: Final = 3
_MOST_NAMES: Final = 8
_MOST_PROPOSALS: Final = 60
_OWN: Final = ("toggl-csv", "json")
"""What need not be named when it is recognised."""


def configure_export(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``export``."""
    parser.add_argument(
        "file", nargs="?", default="-", help=tr("where to; “-”, or none: the screen")
    )
    parser.add_argument(
        "--format",
        choices=EXPORT_FORMATS,
        help=tr("else by the file's ending, csv if it has none"),
    )
    parser.add_argument(
        "--email", metavar="ADDRESS", help=tr("for the Email column; else the account's")
    )
    _add_zone(parser)
    parser.epilog = tr(
        "CSV has the columns of Toggl's detailed report, in local time. JSON has everything,\n"
        "projects and favourites included, and is the one to keep as a backup. For other\n"
        "programs there are Timewarrior (of a folder, a file for each month), iCalendar and Org."
    )


def _add_zone(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--zone", metavar="NAME", help=tr("of the times in CSV, such as Europe/Tallinn")
    )


def configure_import(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``import``."""
    parser.add_argument(
        "file", help=tr("an export of Toggl's, from here, or what another program keeps of time")
    )
    parser.add_argument(
        "--from",
        dest="source",
        default="",
        choices=tuple(SOURCE_NAMES),
        metavar="NAME",
        help=tr("from which program it is, if that is not recognised: {names}").format(
            names=", ".join(SOURCE_NAMES)
        ),
    )
    parser.add_argument(
        "--take",
        default="",
        metavar="WHICH",
        help=tr("what to take of that which a file only proposes: all, 1,3-5, 2026-11-21"),
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what would be added"))
    parser.add_argument(
        "--skip-bad", action="store_true", help=tr("leave out rows that are not right")
    )
    parser.add_argument(
        "--date-format", choices=("ymd", "dmy", "mdy"), help=tr("order of year, month and day")
    )
    _add_zone(parser)
    parser.add_argument(
        "--user",
        action="append",
        default=[],
        metavar="NAME",
        help=tr("whose rows to take of a team's report, by name or address; for several: again"),
    )
    parser.epilog = tr("Entries that are here already are not added again. `undo` takes all back.")


def _way_on(choice: str) -> str:
    """What to type for a choice that an import can need."""
    return {
        "dates": tr("Add --date-format dmy or --date-format mdy."),
        "people": tr("Add --user with a name or an address, for several again."),
        "problems": tr("Correct that, or import the rest with --skip-bad."),
    }[choice]


def run_export(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``export``."""
    from tray.tracker.transfer.exporting import ExportOptions, export, export_folder

    zone, zone_name = _zone(context, options.zone)
    wanted = ExportOptions(
        options.format or format_of(options.file),
        zone,
        _person(context, options.email),
        context.now,
    )
    if wanted.format == "timewarrior" and os.path.isdir(options.file):
        result = export_folder(context.db, options.file, wanted)
    else:
        with _opened(options.file) as file:
            result = export(context.db, file, wanted)
    if options.file != "-":
        print(
            ntr(
                "Wrote {count} entry to {file}.",
                "Wrote {count} entries to {file}.",
                result.count,
            ).format(count=formats.number(result.count), file=options.file)
        )
        if result.in_zone and zone != context.named_zone:
            print(tr("Its times are in {zone_name}.").format(zone_name=zone_name))
    if result.without_email:
        print_notice(tr("The Email column is empty; Toggl's import needs it. --email fills it."))
    if result.left_out_running:
        print_notice(tr("The running entry has no end yet and is not in the file."))


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
        return settings.Settings(time_zone=theirs).zone, tr(
            "{theirs}, the zone of the account"
        ).format(theirs=theirs)
    own, offset = context.named_zone, _offset(context.now)
    return own, str(own or tr("the computer's zone ({offset})").format(offset=offset))


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
        raise BadFile(
            tr("{path} cannot be written ({reason}).").format(path=path, reason=reason(error))
        ) from error


def run_import(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``import``."""
    from tray.tracker.transfer import NeedsChoice, import_file
    from tray.tracker.transfer.proposals import read_take

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
            source=options.source,
            zone_named=options.zone is not None,
            take=read_take(options.take),
        )
    except NeedsChoice as error:
        raise BadFile(together(str(error), _way_on(error.choice))) from error
    _tell_result(result, options, zone_name)
    if result.proposals:
        _tell_proposals(context, result.proposals)


def _tell_result(result: "ImportResult", options: argparse.Namespace, zone_name: str) -> None:
    if result.source not in _OWN:
        print(tr("It is from {program}.").format(program=tr_marked(SOURCE_NAMES[result.source])))
    for problem in result.problems[:_MOST_PROBLEMS]:
        print_notice(str(problem))
    more = len(result.problems) - _MOST_PROBLEMS
    if more > 0:
        rows = ntr(
            "… and {count} more row like these.", "… and {count} more rows like these.", more
        )
        print_notice(rows.format(count=formats.number(more)))
    for remark in result.remarks:
        print_notice(remark)
    print(
        (
            tr("Would add {entries}; {already_there} were here already.")
            if options.dry_run
            else tr("Added {entries}; {already_there} were here already.")
        ).format(
            entries=formatting.entries(result.added),
            already_there=formats.number(result.already_there),
        )
    )
    if result.differing:
        print(_differing(result.differing))
    if result.in_zone:
        print(
            tr("Its times were read in {zone_name}; --zone names another.").format(
                zone_name=zone_name
            )
        )
    for kind, names in result.created._asdict().items():
        if names:
            print(
                (
                    tr("Would add {kind}: {names}")
                    if options.dry_run
                    else tr("Added {kind}: {names}")
                ).format(kind=kinds_word(kind.removesuffix("s")), names=_some(names))
            )
    if result.backup_path:
        kept = tr("The database as it was before is kept in {backup_path}.")
        print(kept.format(backup_path=result.backup_path))


def _tell_proposals(context: Context, proposals: "Sequence[Proposal]") -> None:
    """List what is only proposed, and how it is taken."""
    more = len(proposals) - _MOST_PROPOSALS
    if more > 0:
        print(tr("Earlier there are {count} more.").format(count=formats.number(more)))
    rows = [
        (str(each.number), *_span(context, *span), limits.one_line(each.description))
        for each in proposals[-_MOST_PROPOSALS:]
        for span in each.spans
    ]
    print(formatting.table(rows, right=(0,)))
    print(
        ntr(
            "{count} entry is proposed for time that is not tracked. --take adds it.",
            "{count} entries are proposed for time that is not tracked. --take adds those that "
            "it names.",
            len(proposals),
        ).format(count=formats.number(len(proposals)))
    )


def _span(context: Context, start: int, stop: int) -> tuple[str, str]:
    day = context.calendar.day_of(start)
    ended = formatting.clock_beside(context.times, stop, day)
    return formatting.moment(context, start), f"– {ended}"


def _differing(descriptions: Sequence[str]) -> str:
    """That entries were left as they are here."""
    names = _some([tr("“{name}”").format(name=limits.one_line(each)) for each in descriptions])
    return ntr(
        "{count} entry with the same start and stop, but another description, project or tags, "
        "stays as it is here: {names}",
        "{count} entries with the same start and stop, but another description, project or "
        "tags, stay as they are here: {names}",
        len(descriptions),
    ).format(count=formats.number(len(descriptions)), names=names)


def _offset(now: int) -> str:
    return tr("now UTC{offset}").format(offset=f"{datetime.fromtimestamp(now).astimezone():%z}")


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMES
    shown = listed(names[:_MOST_NAMES])
    return (
        tr("{names} and {more} more").format(names=shown, more=formats.number(more))
        if more > 0
        else shown
    )
