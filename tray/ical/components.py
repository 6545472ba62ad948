"""The bytes of a file as nested components, each with the lines of its own that matter here."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from icalendar.parser import Parameters

_FOLD: Final = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_HEAD: Final = re.compile(r"([A-Za-z0-9-]+)([;:])")
_PARTS: Final = re.compile(r'[A-Za-z0-9-]+;((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
_LISTED: Final = re.compile(r"(?:[^\\,]|\\.)*", re.DOTALL)
_WANTED: Final = frozenset(
    (
        *("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("SEQUENCE", "DTSTAMP", "STATUS", "SUMMARY", "X-WR-TIMEZONE", "X-MOZ-FAKED-MASTER"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO"),
        *("CATEGORIES", "COMMENT", "RELATED-TO", "X-TOGGL-TRAY"),
    )
)
_READ_PARAMETERS: Final[Callable[[str], Mapping[str, object]]] = Parameters.from_ical
_MOST_LINES: Final = 20_000
"""Of one component; so many exceptions of a series nobody has."""


class Property(NamedTuple):
    """One line of a component."""

    parameters: dict[str, str]
    """By their names in capitals."""
    value: str
    """As it is written."""

    @property
    def text(self) -> str:
        """The value without escapes, and without what controls a terminal."""
        return "".join(char for char in self.raw if char.isprintable() or char in "\n\t")

    @property
    def raw(self) -> str:
        """The value without escapes."""
        return _unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """That of each value of a list with commas."""
        return [_unescaped(each) for each in _LISTED.findall(self.value) if each]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


class Component:
    """Such as an event."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[Component] = []
        self._lines: dict[str, list[str]] = {}
        self._count = 0

    def add_line(self, line: str) -> None:
        """Keep a line, if it can matter."""
        found = _HEAD.match(line)
        name = found[1].upper() if found else ""
        if name in _WANTED and self._count < _MOST_LINES:
            self._count += 1
            self._lines.setdefault(name, []).append(line)

    def all(self, name: str) -> list[Property]:
        """The properties of that name that can be read."""
        return [found for line in self._lines.get(name, ()) if (found := _property(line))]

    def first(self, name: str) -> Property | None:
        """The first of them."""
        return next(iter(self.all(name)), None)

    def has(self, name: str) -> bool:
        """Whether there is such a line, readable or not."""
        return name in self._lines


class Contents(NamedTuple):
    """What is in a file."""

    calendars: list[Component]
    is_cut: bool
    """Whether it ends in the middle of something."""


def contents_of(data: bytes) -> Contents:
    """The calendars of a file; what was begun and not ended is no part of them."""
    found: list[Component] = []
    open_ones: list[Component] = []
    for line in _lines(data):
        head, _, rest = line.partition(":")
        word, name = head.upper(), rest.strip().upper()
        if word == "BEGIN":
            open_ones.append(Component(name))
            if name == "VCALENDAR" and len(open_ones) == 1:
                found.append(open_ones[0])
        elif word == "END":
            _close(open_ones, name)
        elif open_ones:
            open_ones[-1].add_line(line)
    return Contents(found, is_cut=bool(open_ones))


def _close(open_ones: list[Component], name: str) -> None:
    """End the innermost component of that name, with whatever was not ended in it."""
    if not any(each.name == name for each in open_ones):
        return
    while True:
        closed = open_ones.pop()
        if closed.name == name:
            break
    if open_ones:
        open_ones[-1].parts.append(closed)


def _lines(data: bytes) -> Iterator[str]:
    """The lines of a file: unfolded first, as a fold may lie inside a character."""
    whole = _FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf"))
    start = 0
    for found in _BREAK.finditer(whole):
        yield whole[start : found.start()].decode("utf-8", "replace")
        start = found.end()
    yield whole[start:].decode("utf-8", "replace")


def _property(line: str) -> Property | None:
    """A line in its parts; None if it is none."""
    found = _HEAD.match(line)
    if found and found[2] == ":":
        return Property({}, line[found.end() :])
    parted = _PARTS.fullmatch(line)  # icalendar itself would take escapes out of the value
    if not parted:
        return None
    try:
        parameters = _READ_PARAMETERS(parted[1])
    except ValueError:
        return None
    return Property({name.upper(): str(each) for name, each in parameters.items()}, parted[2])
