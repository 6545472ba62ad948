"""Watson: its frames, what ``watson log --json`` prints, and its folder.

A frame has moments in UTC, a project and tags, and nothing that would be a description.
"""

from typing import Any, Final

from tray.errors import Refused
from tray.language import tr
from tray.tracker.transfer.content import Content, ImportRow, make_label, storable
from tray.tracker.transfer.sources.collecting import (
    collect,
    epoch_moment,
    iso_moment,
    left_out_running,
    number_of,
    numbered,
    parts_of,
    row_of,
    text_of,
    texts_of,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import LIKELY, NO, SURE, ReadOptions, not_of

TITLE: Final = "Watson"
_LOGGED: Final = {"id", "start", "stop", "project", "tags"}


def recognise(given: GivenFile) -> int:
    """By the shape of the first frame."""
    if given.names:
        return LIKELY if "frames" in given.names else NO
    if not isinstance(given.json, list) or not given.json:
        return NO
    first = given.json[0]
    if isinstance(first, dict):
        return SURE if first.keys() >= _LOGGED and isinstance(first["project"], str) else NO
    return SURE if _is_frame(first) else NO


def _is_frame(frame: object) -> bool:
    return (
        isinstance(frame, list)
        and len(frame) >= 4
        and number_of(frame[0]) is not None
        and isinstance(frame[2], str)
    )


def read(given: GivenFile, options: ReadOptions) -> Content:
    """The frames; of a folder also that one is running."""
    frames = given.part("frames") if "frames" in given.names else given
    if not frames.data or not isinstance(frames.json, list):
        raise not_of(TITLE, given)
    content = collect(list(numbered(frames.json)), _row, options.tell)
    if frames.json and not content.rows and not any(map(_is_frame, frames.json)):
        raise not_of(TITLE, given)
    if "state" in given.names and parts_of(given.part("state").json).get("project"):
        content = content._replace(remarks=(*content.remarks, *left_out_running(["state"])))
    return content


def _row(frame: Any) -> ImportRow | None:
    if isinstance(frame, dict):
        label = make_label(
            storable(text_of(frame.get("project"))),
            None,
            tags=map(storable, texts_of(frame.get("tags"))),
        )
        if not frame.get("stop"):
            return None
        return row_of("", label, iso_moment(frame.get("start")), iso_moment(frame["stop"]))
    if not _is_frame(frame):
        raise Refused(tr("It is not a frame of Watson's."))
    start, stop, project, _, *rest = frame
    tags = texts_of(rest[0]) if rest else []
    label = make_label(storable(project), None, tags=map(storable, tags))
    if stop is None:
        return None
    return row_of("", label, epoch_moment(start), epoch_moment(stop))
