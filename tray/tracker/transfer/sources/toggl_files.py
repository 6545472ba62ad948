"""What the import could always read, as sources: Toggl's CSV report, and JSON."""

from typing import Final

from tray.errors import BadFile
from tray.language import tr
from tray.tracker.transfer.content import Content
from tray.tracker.transfer.csv_in import read_csv, titles_of
from tray.tracker.transfer.json_in import read_json
from tray.tracker.transfer.sources.given_file import NOT_JSON, GivenFile
from tray.tracker.transfer.sources.source import LIKELY, MAYBE, NO, SURE, ReadOptions

_TITLES: Final = {"start date", "start time"}


def recognise_csv(given: GivenFile) -> int:
    """By the titles of its columns."""
    return SURE - 1 if titles_of(given.head) >= _TITLES else NO


def recognise_json(given: GivenFile) -> int:
    """By its parts, or for want of anything else."""
    if isinstance(given.json, dict) and {"entries", "data"} & given.json.keys():
        return LIKELY if "entries" in given.json else MAYBE
    return NO if given.json is NOT_JSON else 1


def read_report(given: GivenFile, options: ReadOptions) -> Content:
    """The rows of a report."""
    return read_csv(
        _text(given),
        given.path,
        zone=options.zone,
        date_format=options.date_format,
        users=options.users,
        own=options.own,
        tell=options.tell,
    )


def read_backup(given: GivenFile, options: ReadOptions) -> Content:
    """What a backup or a report in names holds."""
    return read_json(
        _text(given), given.path, users=options.users, own=options.own, tell=options.tell
    )


def _text(given: GivenFile) -> str:
    if given.data:
        return given.text
    raise BadFile(
        tr(
            "{path} is a folder in which there is nothing that can be imported. Give the file "
            "itself."
        ).format(path=given.path)
    )
