"""Clocks of Org mode: a heading is the description, the topmost one above it the project.

Properties say more, of a heading and of those below it: ``PROJECT``, ``CLIENT``, ``TASK``,
``TAGS`` and ``BILLABLE``, and ``DESCRIPTION`` of itself. Each may be a text, or JSON where a text
would not do. Clocks show minutes; a line below one, such as
``- 2026-11-21T08:30:12Z/2026-11-21T09:00:05Z``, as our own export notes it, says it to the second.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from tray.errors import Refused
from tray.language import tr
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportRow,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.local_times import YEAR_FIRST, LocalTimes
from tray.tracker.transfer.sources.collecting import (
    at_lines,
    collect,
    iso_moment,
    local_row,
    row_of,
    texts_of,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import LIKELY, NO, ReadOptions, not_of

TITLE: Final = "Org"

_HEADING: Final = re.compile(r"(\*+) +(.*)")
_PROPERTY: Final = re.compile(r"\s*:([A-Za-z_]+):\s+(.*)")
_FILE_TAGS: Final = re.compile(r"#\+filetags:\s*(\S+)", re.IGNORECASE)
_STAMP: Final = r"\[(\d{4}-\d\d-\d\d)[^\]\d]*(\d{1,2}:\d\d)\]"
_CLOCK: Final = re.compile(rf"\s*CLOCK:\s*{_STAMP}(?:--{_STAMP})?", re.ASCII)
_ANY_CLOCK: Final = re.compile(r"[ \t]*CLOCK:[ \t]*\[")
_EXACT: Final = re.compile(r"\s*- (\S{19,25}Z)/(\S{19,25}Z)")
_TAGS: Final = re.compile(r"(?:^|(?<!\s)\s+)(:[\w@#%:]+:)\s*$")
_TODO: Final = re.compile(
    r"(?:TODO|NEXT|WAITING|HOLD|SOMEDAY|DONE|CANCELL?ED|COMMENT)\s+|\[#\w\]\s+"
)
_COOKIE: Final = re.compile(r"(?<!\s)\s*\[\d*(?:/\d*|%)\]")
_LINK: Final = re.compile(r"\[\[[^\[\]]*\](?:\[([^\]]*)\])?\]")
_FOUND: Final = re.compile("^" + _ANY_CLOCK.pattern, re.MULTILINE)
_QUARTER: Final = 900
"""Seconds; zones differ by a multiple of it."""


class OrgHeading(NamedTuple):
    """A heading with what it says of the entries below it."""

    level: int
    title: str
    tags: tuple[str, ...]
    properties: dict[str, str]
    """Properties, by their names in capitals."""


class Clock(NamedTuple):
    """One clock line, and where it stands."""

    headings: tuple[OrgHeading, ...]
    """From the topmost down to its own."""
    start: tuple[str, str]
    stop: tuple[str, str] | None
    exact: tuple[str, str] | None
    line: str


def title_and_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """What a heading says without states, priorities, counts, tags and the targets of links."""
    found = _TAGS.search(text)
    tags = tuple(filter(None, found[1].split(":"))) if found else ()
    title = text[: found.start()] if found else text
    while state := _TODO.match(title):
        title = title[state.end() :]
    title = _LINK.sub(lambda link: link[1] or link[0], _COOKIE.sub("", title))
    return title.strip(), tags


def recognise(given: GivenFile) -> int:
    """By a clock."""
    return LIKELY if given.begins_with(_FOUND) else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """What was clocked."""
    if not given.data or not _FOUND.search(given.text):
        raise not_of(TITLE, given)
    times = LocalTimes(options.zone, YEAR_FIRST)
    clocks = at_lines(_clocks(given.text.split("\n")))
    content = collect(clocks, lambda clock: _row(clock, times), options.tell)
    return content._replace(in_zone=True)


def _clocks(lines: list[str]) -> Iterator[tuple[int, Clock]]:
    above: list[OrgHeading] = []
    file_tags: tuple[str, ...] = ()
    for at, line in enumerate(lines, start=1):
        if heading := _HEADING.match(line):
            level = len(heading[1])
            above = [each for each in above if each.level < level]
            title, tags = title_and_tags(heading[2])
            above.append(OrgHeading(level, title, (*file_tags, *tags), {}))
            file_tags = () if level > 1 else file_tags
        elif properties := _PROPERTY.match(line):
            if above:
                above[-1].properties[properties[1].upper()] = properties[2].strip()
        elif found := _FILE_TAGS.match(line):
            file_tags = tuple(filter(None, found[1].split(":")))
        elif _ANY_CLOCK.match(line):
            exact = _EXACT.match(lines[at]) if at < len(lines) else None
            yield at, _clock(line, tuple(above), (exact[1], exact[2]) if exact else None)


def _clock(line: str, headings: tuple[OrgHeading, ...], exact: tuple[str, str] | None) -> Clock:
    found = _CLOCK.match(line)
    if found is None:
        return Clock(headings, ("", ""), None, None, line)
    stop = (found[3], found[4]) if found[3] else None
    return Clock(headings, (found[1], found[2]), stop, exact, line)


def _row(clock: Clock, times: LocalTimes) -> ImportRow | None:
    if not clock.start[0]:
        raise Refused(tr("{text} is not a clock.").format(text=quoted(clock.line.strip()[:100])))
    start = times.readings(*clock.start)
    if clock.stop is None:
        return None
    stop = times.readings(*clock.stop)
    description, label = _what(clock.headings)
    if clock.exact is not None:
        exact = iso_moment(clock.exact[0]), iso_moment(clock.exact[1])
        if _fits(exact[0], start[0]) and _fits(exact[1], stop[0]):
            return row_of(description, label, *exact)
    return local_row(description, label, start, stop)


def _fits(exact: int, shown: int) -> bool:
    """Whether a clock shows that moment, in whatever zone; else the clock was changed since."""
    return abs(shown - exact) < 27 * 3600 and (shown - exact // 60 * 60) % _QUARTER == 0


def _what(headings: tuple[OrgHeading, ...]) -> tuple[str, EntryLabel]:
    if not headings:
        return "", EntryLabel()
    own = headings[-1]
    properties: dict[str, str] = {}
    for heading in headings:
        properties |= heading.properties
    project = _text_of(properties, "PROJECT", headings[0].title if len(headings) > 1 else "")
    tags = [tag for heading in headings for tag in heading.tags]
    if "TAGS" in properties:
        tags = _texts(properties["TAGS"])
    label = make_label(
        project,
        _text_of(properties, "CLIENT", "") if "CLIENT" in properties else None,
        task=_text_of(properties, "TASK", "") if project else "",
        tags=map(storable, tags),
        billable=properties.get("BILLABLE", "").casefold() in ("t", "yes", "true"),
    )
    return _text_of(own.properties, "DESCRIPTION", own.title), label


def _text_of(properties: dict[str, str], name: str, otherwise: str) -> str:
    """A property that is a text."""
    text = properties.get(name)
    if text is None:
        return otherwise
    value = _json(text)
    return storable(value if isinstance(value, str) else text)


def _texts(text: str) -> list[str]:
    value = _json(text)
    return texts_of(value) if isinstance(value, list) else text.strip(":").replace(":", " ").split()


def _json(text: str) -> Any:
    if text[:1] not in ('"', "["):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
