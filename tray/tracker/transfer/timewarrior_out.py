"""Writes finished entries as lines of Timewarrior's data files, which it reads as they are.

It has neither projects nor clients, so these are tags that say what they are, as
`sources.timewarrior` reads them. Timewarrior keeps one file for each month; a folder gets these.
"""

import os
import re
from collections import defaultdict
from datetime import UTC, datetime, tzinfo
from typing import Final, TextIO

from tray import files
from tray.errors import BadFile
from tray.language import tr
from tray.sentences import reason
from tray.store.database import Database
from tray.tracker.naming import folded
from tray.tracker.transfer.csv_out import ExportResult
from tray.tracker.transfer.named_entries import Finished, NamedEntry
from tray.tracker.transfer.sources.timewarrior import KEYS

_BARE: Final = re.compile(r"[^\s\"'\\#]+")
"""A word that needs no quotation marks."""
_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def export_timewarrior(
    db: Database, file: TextIO, *, between: tuple[int, int] | None = None
) -> ExportResult:
    """Write one line for each finished entry, oldest first."""
    with db.reading():
        finished = Finished(db, between)
        projects = frozenset(map(folded, finished.projects))
        for entry in finished:
            file.write(_line(entry, projects))
        return ExportResult(finished.count, finished.running)


def export_months(db: Database, folder: str, *, zone: tzinfo | None) -> ExportResult:
    """Write a file for each month into a folder, in which there is none of them yet.

    Raises:
        BadFile: there is one, or it cannot be written.
    """
    months: defaultdict[str, list[str]] = defaultdict(list)
    with db.reading():
        finished = Finished(db, None)
        projects = frozenset(map(folded, finished.projects))
        for entry in finished:
            begin = datetime.fromtimestamp(entry.start, zone)
            months[f"{begin:%Y-%m}.data"].append(_line(entry, projects))
    for name in months:
        if os.path.lexists(os.path.join(folder, name)):
            raise BadFile(
                tr("{path} is there already. Give a folder without files of Timewarrior's.").format(
                    path=os.path.join(folder, name)
                )
            )
    for name, lines in months.items():
        path = os.path.join(folder, name)
        try:
            files.replace_whole(path, "".join(lines).encode())
        except OSError as error:
            sentence = tr("{path} cannot be written ({reason}).")
            raise BadFile(sentence.format(path=path, reason=reason(error))) from error
    return ExportResult(finished.count, finished.running)


def _line(entry: NamedEntry, projects: frozenset[str]) -> str:
    begin, end = (
        datetime.fromtimestamp(moment, UTC).strftime("%Y%m%dT%H%M%SZ")
        for moment in (entry.start, entry.stop)
    )
    tags = [*_keyed(entry), *(_plain(tag, entry, projects) for tag in entry.tags)]
    words = [f"inc {begin} - {end}"]
    if tags or entry.description:
        words += ["#", *map(_quoted, tags)]
    if entry.description:
        words += ["#", _in_marks(entry.description)]
    return " ".join(words) + "\n"


def _keyed(entry: NamedEntry) -> list[str]:
    """Tags that say what they are."""
    names = (("project", entry.project), ("client", entry.client), ("task", entry.task))
    keyed = [f"{key}:{name}" for key, name in names if name]
    return [*keyed, "billable:yes"] if entry.billable else keyed


def _plain(tag: str, entry: NamedEntry, projects: frozenset[str]) -> str:
    """A tag, marked as such where it would be taken for something else."""
    key, colon, _ = tag.partition(":")
    is_taken = (
        (colon and key in KEYS)
        or (not entry.project and folded(tag) in projects)
        or (not entry.description and " " in tag)
    )
    return f"tag:{tag}" if is_taken else tag


def _quoted(word: str) -> str:
    return word if _BARE.fullmatch(word) else _in_marks(word)


def _in_marks(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    return char if char.isprintable() or ord(char) > 0xFFFF else f"\\u{ord(char):04x}"
