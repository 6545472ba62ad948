"""Timewarrior: its data files, what ``timew export`` prints, and its data folder.

An interval has moments in UTC, tags and an annotation. The annotation is the description. Without
one, a tag of several words is, if it is the only such: people name their work so. A tag that is
called as a project here is that project. ``project:``, ``client:``, ``task:`` and ``billable:yes``
before a tag say what it is, as in our own export, and ``tag:`` that it is nothing but a tag.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from tray.errors import Refused
from tray.language import tr
from tray.tracker.naming import folded
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportRow,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.sources.collecting import (
    at_lines,
    collect,
    numbered,
    row_of,
    text_of,
    texts_of,
    things_of,
)
from tray.tracker.transfer.sources.given_file import NOT_JSON, GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, not_of

TITLE: Final = "Timewarrior"
KEYS: Final = ("project", "client", "task", "billable", "tag")
"""What a tag can say that it is, before a colon."""

_MOMENT: Final = r"\d{8}T\d{6}Z"
_LINE: Final = re.compile(
    rf"inc(?:\s+({_MOMENT})(?:\s+-\s+({_MOMENT}))?)?\s*(#(?:\s.*)?)?", re.ASCII
)
_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_DATA_FILE: Final = re.compile(r"(?:data/)?\d{4}-\d{2}\.data")


class Interval(NamedTuple):
    """One interval as it is written."""

    start: str
    stop: str
    """Empty while it runs."""
    tags: list[str]
    annotation: str


def recognise(given: GivenFile) -> int:
    """By the first line or thing."""
    if given.names:
        return SURE if any(map(_DATA_FILE.fullmatch, given.names)) else NO
    first = next((line for line in given.head.splitlines() if line.strip()), "")
    if _LINE.fullmatch(first.strip()) and first.strip() != "inc":
        return SURE
    things = things_of(given.json) if isinstance(given.json, list) else []
    return SURE if things and re.fullmatch(_MOMENT, text_of(things[0].get("start"))) else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """The intervals; exclusions are none."""
    if given.names:
        months = [name for name in given.names if _DATA_FILE.fullmatch(name)]
        text = "\n".join(given.part(name).text for name in months if not given.is_empty(name))
        found = _read_text(text, options)
    elif isinstance(given.json, list):
        things = list(numbered(map(_interval_of, things_of(given.json))))
        found = collect(things, partial(_row, known=options.projects), options.tell)
    elif given.json is NOT_JSON:
        found = _read_text(given.text, options)
    else:
        raise not_of(TITLE, given)
    if found.problems and not found.rows and not found.remarks:
        raise not_of(TITLE, given)
    if any(row.label.tags and not row.label.project for row in found.rows):
        remark = tr(
            "Timewarrior has tags, not projects: a tag that is called as a project here is taken "
            "for that, so make those projects first."
        )
        found = found._replace(remarks=(*found.remarks, remark))
    return found


def _read_text(text: str, options: ReadOptions) -> Content:
    lines = ((at, line.strip()) for at, line in enumerate(text.split("\n"), start=1))
    wanted = at_lines((at, line) for at, line in lines if line and not line.startswith("exc"))
    return collect(
        wanted, lambda line: _row(_interval_in(line), known=options.projects), options.tell
    )


def _interval_of(thing: dict[str, Any]) -> Interval:
    return Interval(
        text_of(thing.get("start")),
        text_of(thing.get("end")),
        texts_of(thing.get("tags")),
        text_of(thing.get("annotation")),
    )


def _interval_in(line: str) -> Interval:
    """The interval in a line of a data file.

    Raises:
        Refused: it is none.
    """
    found = _LINE.fullmatch(line)
    if found is None or not found[1]:
        raise Refused(tr("{text} is not an interval.").format(text=quoted(line[:100])))
    words = [_Word(each[2] is not None, _unquoted(each)) for each in _WORD.finditer(found[3] or "")]
    marks = [at for at, word in enumerate(words) if word == (True, "#")]
    behind = marks[1] if len(marks) > 1 else len(words)
    tags, annotation = words[1:behind], words[behind + 1 :]
    return Interval(
        found[1],
        found[2] or "",
        [word.text for word in tags],
        " ".join(word.text for word in annotation),
    )


class _Word(NamedTuple):
    is_bare: bool
    """Not in quotation marks."""
    text: str


def _unquoted(found: re.Match[str]) -> str:
    if found[2] is not None:
        return found[2]
    return _ESCAPE.sub(lambda escape: _plain(escape[1]), found[1])


def _plain(escaped: str) -> str:
    """What stands behind a backslash, as Timewarrior reads it."""
    if len(escaped) > 1:
        return chr(int(escaped[1:], 16))
    return {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}.get(escaped, escaped)


def _row(interval: Interval, *, known: frozenset[str]) -> ImportRow | None:
    start = _moment(interval.start)
    if not interval.stop:
        return None
    description, label = what_of(interval.tags, interval.annotation, known)
    return row_of(description, label, start, _moment(interval.stop))


def _moment(text: str) -> int:
    try:
        return int(datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        sentence = tr("{text} is not a moment of Timewarrior's, such as 20261121T093000Z.")
        raise Refused(sentence.format(text=quoted(text))) from error


def what_of(tags: Iterable[str], annotation: str, known: frozenset[str]) -> tuple[str, EntryLabel]:
    """Description and label of an interval.

    Args:
        tags: As they are written.
        annotation: Empty if it has none.
        known: The names of projects, folded.

    Raises:
        Refused: a name is too long.
    """
    keyed: dict[str, str] = {}
    plain: list[str] = []
    names: list[str] = []
    for tag in map(storable, tags):
        key, colon, rest = tag.partition(":")
        if colon and key == "tag":
            names.append(rest)
        elif colon and key in KEYS and rest.strip():
            keyed[key] = rest
        else:
            plain.append(tag)
    if "project" not in keyed:
        project = next((tag for tag in plain if folded(tag) in known), "")
        plain = [tag for tag in plain if tag != project]
    else:
        project = keyed["project"]
    phrases = [tag for tag in plain if " " in tag.strip()]
    if not annotation and len(phrases) == 1:
        annotation = phrases[0]
        plain.remove(annotation)
    client = keyed.get("client", "") if "project" in keyed else None
    return annotation, make_label(
        project,
        client,
        task=keyed.get("task", "") if project else "",
        tags=[*plain, *names],
        billable=keyed.get("billable", "").casefold() == "yes",
    )
