"""Every source, and which a file is from: the surest one, or the one that the user names."""

from typing import Final

from tray.errors import BadFile, BadLine
from tray.language import tr
from tray.sentences import either
from tray.tracker.transfer.content import Content, quoted
from tray.tracker.transfer.csv_in import read_csv, titles_of
from tray.tracker.transfer.json_in import read_json
from tray.tracker.transfer.sources import (
    activitywatch,
    calendars,
    gtimelog,
    hamster,
    org,
    super_productivity,
    tables,
    timewarrior,
    toggl_export,
    watson,
)
from tray.tracker.transfer.sources.given_file import NOT_JSON, GivenFile
from tray.tracker.transfer.sources.source import LIKELY, MAYBE, NO, SURE, ReadOptions, Source

_REPORT_TITLES: Final = {"start date", "start time"}


def _recognise_csv(given: GivenFile) -> int:
    """By the titles of its columns."""
    return SURE - 1 if titles_of(given.head) >= _REPORT_TITLES else NO


def _recognise_json(given: GivenFile) -> int:
    """By its parts, or for want of anything else."""
    if isinstance(given.json, dict) and {"entries", "data"} & given.json.keys():
        return LIKELY if "entries" in given.json else MAYBE
    return NO if given.json is NOT_JSON else 1


def _read_report(given: GivenFile, options: ReadOptions) -> Content:
    return read_csv(
        _text(given),
        given.path,
        zone=options.zone,
        date_format=options.date_format,
        users=options.users,
        own=options.own,
        tell=options.tell,
    )


def _read_backup(given: GivenFile, options: ReadOptions) -> Content:
    return read_json(
        _text(given),
        given.path,
        users=options.users,
        own=options.own,
        tell=options.tell,
        parsed=None if given.json is NOT_JSON else given.json,
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


SOURCES: Final = (
    Source("toggl-csv", _recognise_csv, _read_report),
    Source("json", _recognise_json, _read_backup),
    Source("toggl-export", toggl_export.recognise, toggl_export.read),
    *tables.SOURCES,
    Source("timewarrior", timewarrior.recognise, timewarrior.read),
    Source("watson", watson.recognise, watson.read),
    Source("hamster", hamster.recognise, hamster.read),
    Source("gtimelog", gtimelog.recognise, gtimelog.read),
    *calendars.SOURCES,
    Source("org", org.recognise, org.read),
    Source("super-productivity", super_productivity.recognise, super_productivity.read),
    Source("activitywatch", activitywatch.recognise, activitywatch.read),
)
"""Everything that can be read; of two that are as sure, the first is taken."""


def source_of(given: GivenFile, name: str = "") -> Source:
    """The source of that name; without one the surest.

    A file that none is sure of is taken for JSON or CSV by how it begins, so that it is said what
    is wrong with it.

    Raises:
        BadLine: there is none of that name.
    """
    if name:
        for source in SOURCES:
            if source.name == name:
                return source
        raise BadLine(
            tr("{name} is no format that can be read. There are {names}.").format(
                name=quoted(name), names=either(source.name for source in SOURCES)
            )
        )
    best = max(SOURCES, key=lambda source: source.recognise(given))
    if best.recognise(given) > NO:
        return best
    return SOURCES[1 if given.head[:1] in ("{", "[") else 0]
