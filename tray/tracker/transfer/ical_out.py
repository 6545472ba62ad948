"""Writes finished entries as events of iCalendar (RFC 5545), for calendars and other trackers.

What a calendar has no place for, such as the project, is in a property of our own as well as in
the text that calendars show.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TextIO

from tray.store.database import Database
from tray.tracker.transfer.csv_out import ExportResult
from tray.tracker.transfer.named_entries import Finished, NamedEntry

_HEAD: Final = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//toggl-tray//toggl-tray//EN",
    "CALSCALE:GREGORIAN",
)
_MOST_BYTES: Final = 73
"""Of a line, without the space before a continued one and the end of it."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def export_icalendar(
    db: Database, file: TextIO, *, now: int, between: tuple[int, int] | None = None
) -> ExportResult:
    """Write one event for each finished entry, oldest first.

    Args:
        db: The store.
        file: Opened with ``newline=""``, as lines end with CR LF; in UTF-8.
        now: When it is written, epoch seconds.
        between: Only what was started from the first of these moments up to the other.
    """
    with db.reading():
        finished = Finished(db, between)
        for line in _HEAD:
            file.write(_folded(line))
        seen: Counter[NamedEntry] = Counter()
        for entry in finished:
            seen[entry] += 1
            for line in _event(entry, seen[entry], now):
                file.write(_folded(line))
        file.write(_folded("END:VCALENDAR"))
        return ExportResult(finished.count, finished.running)


def _event(entry: NamedEntry, number: int, now: int) -> list[str]:
    """An event, by the same id in each export: `number` tells apart what is alike in all else."""
    names = [("client", entry.client), ("project", entry.project), ("task", entry.task)]
    own: dict[str, object] = {key: name for key, name in names if name}
    if entry.project:
        own["client"] = entry.client
    if entry.billable:
        own["billable"] = True
    uid = sha256(repr((entry, number)).encode()).hexdigest()[:32]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@toggl-tray",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(entry.start)}",
        f"DTEND:{_moment(entry.stop)}",
        f"SUMMARY:{_text(entry.description)}",
    ]
    if entry.tags:
        lines.append("CATEGORIES:" + ",".join(map(_text, entry.tags)))
    if own:
        lines.append(f"DESCRIPTION:{_text(' / '.join(name for _, name in names if name))}")
        lines.append(f"X-TOGGL-TRAY:{_text(json.dumps(own))}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _moment(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value; it has no control characters but a line break, which the format cannot hold."""
    plain = "".join(
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
        if char == "\n" or (char >= " " and char != "\x7f")
    )
    return plain.translate(_ESCAPED)


def _folded(line: str) -> str:
    """A line in pieces that are no longer than the format allows, none within a character."""
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        length = len(char.encode())
        if size + length > _MOST_BYTES:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + char, size + length
    return "\r\n ".join([*pieces, piece]) + "\r\n"
