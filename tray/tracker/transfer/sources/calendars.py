"""Logs of time in iCalendar: KTimeTracker's, our own export, and any other with events.

They are read by the reader of calendars, in a process of its own. To it goes a line of JSON with
``zone``, ``begin``, ``end`` and ``as_log``, and then the file; back come ``entries`` (title, start,
stop, categories, comment, names of the tasks above, our own property), ``all_day`` and ``bad``.

A category of an event is a tag. KTimeTracker's events belong to tasks within tasks: the topmost is
the project, and the comment, else the task itself, the description.
"""

import json
import re
import subprocess
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from tray import program
from tray.errors import BadFile
from tray.language import grouped, ntr, tr
from tray.model.limits import EARLIEST, LATEST
from tray.sentences import read_stored
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportProblem,
    ImportRow,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.sources.collecting import (
    collect,
    parts_of,
    row_of,
    text_of,
    texts_of,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import LIKELY, NO, SURE, ReadOptions, Source, not_of

KTIMETRACKER: Final = "KTimeTracker"
TITLE: Final = "iCalendar"
_MARKS: Final = ("CATEGORIES:KTimeTracker", "X-KDE-ktimetracker-", "X-KDE-karm-")
_MOST_BYTES: Final = 64 << 20
_PATIENCE_SECONDS: Final = 300
_FLOATING: Final = re.compile(rb"^DTSTART:\d{8}T\d{6}\s*$", re.MULTILINE)
"""A moment that says of no zone that it is there."""


def recognise(given: GivenFile) -> int:
    """By how every calendar begins."""
    return LIKELY if given.head.upper().startswith("BEGIN:VCALENDAR") else NO


def recognise_ktimetracker(given: GivenFile) -> int:
    """By properties that only it writes."""
    return SURE if recognise(given) and any(mark in given.head for mark in _MARKS) else NO


def read(given: GivenFile, options: ReadOptions, *, is_ktimetracker: bool = False) -> Content:
    """The events that are over; those that last whole days are no time that was spent."""
    if not given.data or given.is_database or given.is_zip:
        raise not_of(KTIMETRACKER if is_ktimetracker else TITLE, given)
    answer = _answer(given, options)
    if error := answer.get("error"):
        raise BadFile(
            tr("{path} cannot be read. {reason}").format(
                path=given.path, reason=read_stored(str(error))
            )
        )
    content = content_of(answer, options, is_ktimetracker=is_ktimetracker)
    return content._replace(in_zone=bool(_FLOATING.search(given.data)))


def content_of(
    answer: dict[str, Any], options: ReadOptions, *, is_ktimetracker: bool = False
) -> Content:
    """What the other process read, as content."""
    found = [entry for entry in answer.get("entries", ()) if isinstance(entry, Sequence)]
    over = [(quoted(entry[0]), entry) for entry in found if entry[2] <= options.now]
    content = collect(over, partial(_row, is_ktimetracker=is_ktimetracker), options.tell)
    bad = texts_of(answer.get("bad"))
    problems = [ImportProblem(quoted(title), tr("It cannot be read.")) for title in bad]
    return content._replace(
        problems=(*content.problems, *problems),
        remarks=_left_out(len(found) - len(over), int(answer.get("all_day", 0))),
    )


def _left_out(future: int, all_day: int) -> tuple[str, ...]:
    remarks: list[str] = []
    if future:
        sentence = ntr(
            "Left out {count} event that is not over yet.",
            "Left out {count} events that are not over yet.",
            future,
        )
        remarks.append(sentence.format(count=grouped(future)))
    if all_day:
        sentence = ntr(
            "Left out {count} event that lasts whole days.",
            "Left out {count} events that last whole days.",
            all_day,
        )
        remarks.append(sentence.format(count=grouped(all_day)))
    return tuple(remarks)


def _answer(given: GivenFile, options: ReadOptions) -> dict[str, Any]:
    if len(given.data) > _MOST_BYTES:
        raise BadFile(
            tr("{path} has more than {size} MB, which is not read.").format(
                path=given.path, size=_MOST_BYTES >> 20
            )
        )
    zone = str(options.zone or "")
    reach = {"begin": EARLIEST, "end": LATEST, "zone": zone, "as_log": True}
    with program.calendar_reader() as process:
        try:
            order = json.dumps(reach).encode() + b"\n" + given.data
            return parts_of(json.loads(_output(process, order, given, options)))
        except (OSError, ValueError) as error:
            raise BadFile(tr("{path} cannot be read.").format(path=given.path)) from error


def _output(
    process: "subprocess.Popen[bytes]", order: bytes, given: GivenFile, options: ReadOptions
) -> bytes:
    """All that the process writes; meanwhile the import can be cancelled."""
    to_send: bytes | None = order
    for _ in range(_PATIENCE_SECONDS):
        options.tell(0)
        try:
            return process.communicate(to_send, timeout=1)[0]
        except subprocess.TimeoutExpired:
            to_send = None
    raise BadFile(tr("{path} takes too long to be read.").format(path=given.path))


def _row(entry: Sequence[Any], *, is_ktimetracker: bool) -> ImportRow:
    title, start, stop, categories, comment, above, own = entry
    if is_ktimetracker:
        project = above[0] if above else ""
        description = comment or (title if len(above) != 1 else "")
        return row_of(description, make_label(storable(project), None), start, stop)
    return row_of(title, _label(categories, own), start, stop)


def _label(categories: list[str], own: str) -> EntryLabel:
    """What our own export says in a property of its own, and the categories, as tags."""
    try:
        extra = parts_of(json.loads(own)) if own else {}
    except (ValueError, RecursionError):
        extra = {}
    project = storable(text_of(extra.get("project")))
    return make_label(
        project,
        storable(text_of(extra.get("client"))) if project and "client" in extra else None,
        task=storable(text_of(extra.get("task"))) if project else "",
        tags=map(storable, categories),
        billable=extra.get("billable") is True,
    )


SOURCES: Final = (
    Source("ktimetracker", recognise_ktimetracker, partial(read, is_ktimetracker=True)),
    Source("icalendar", recognise, read),
)
