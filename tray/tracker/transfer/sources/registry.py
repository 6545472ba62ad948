"""Which source a file is from: the one that is sure of it, or the one that the user names."""

from typing import Final

from tray.errors import BadLine
from tray.language import tr
from tray.sentences import either
from tray.tracker.transfer.content import quoted
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
    toggl_files,
    watson,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, Source

SOURCES: Final = (
    Source("toggl-csv", toggl_files.recognise_csv, toggl_files.read_report),
    Source("json", toggl_files.recognise_json, toggl_files.read_backup),
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
