"""GTimeLog's ``timelog.txt``: each line says what was done up to its moment, by local clocks.

The first line of a day says when it began. A day lasts until two in the morning. What is marked
with two asterisks is a pause, with three something else that is not work; both are left out.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from tray.errors import Refused
from tray.language import grouped, ntr, tr
from tray.tracker.transfer.content import Content, ImportRow, make_label, storable
from tray.tracker.transfer.local_times import YEAR_FIRST, LocalTimes
from tray.tracker.transfer.sources.collecting import at_lines, collect, local_row
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import LIKELY, NO, ReadOptions, not_of

TITLE: Final = "GTimeLog"
_LOG: Final = "timelog.txt"
_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d): ?(.*)", re.ASCII)
_MIDNIGHT: Final = "02:00"
"""Up to which what is done belongs to the day before; GTimeLog's own default."""
_FOUND_AT: Final = re.compile("^" + _LINE.pattern, re.ASCII | re.MULTILINE)


class Done(NamedTuple):
    """What a line says was done since the line before."""

    since: tuple[str, str]
    """Day and time of day."""
    until: tuple[str, str]
    text: str


def recognise(given: GivenFile) -> int:
    """By a line that has its shape."""
    if given.names:
        return LIKELY if _LOG in given.names else NO
    return LIKELY if given.begins_with(_FOUND_AT) else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """What was done, but for pauses."""
    file = given.part(_LOG) if _LOG in given.names else given
    if not file.data or not _FOUND_AT.search(file.text):
        raise not_of(TITLE, given)
    times = LocalTimes(options.zone, YEAR_FIRST)
    done = list(_done(file.text.split("\n")))
    work = [(line, each) for line, each in done if "**" not in each.text]
    content = collect(at_lines(work), lambda each: _row(each, times), options.tell)
    return content._replace(in_zone=True, remarks=_pauses(len(done) - len(work)))


def _pauses(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (
        ntr(
            "Left out {count} pause, which is marked with asterisks.",
            "Left out {count} pauses, which are marked with asterisks.",
            count,
        ).format(count=grouped(count)),
    )


def _done(lines: Iterable[str]) -> Iterator[tuple[int, Done]]:
    """The lines that end something, with their numbers; in the order of their moments."""
    found = [
        (match[1], match[2], at, match[3].strip())
        for at, line in enumerate(lines, start=1)
        if (match := _LINE.match(line))
    ]
    before: tuple[str, str] | None = None
    for day, time, at, text in sorted(found, key=lambda each: each[:3]):
        if before is not None and _day_of(*before) == _day_of(day, time):
            yield at, Done(before, (day, time), text)
        before = (day, time)


def _day_of(day: str, time: str) -> str:
    """The day that a moment belongs to."""
    if time >= _MIDNIGHT:
        return day
    try:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _row(done: Done, times: LocalTimes) -> ImportRow:
    text, _, tags = done.text.partition(" -- ")
    project, colon, rest = text.partition(": ")
    if not colon and text.endswith(":"):
        project, colon, rest = text[:-1], ":", ""
    if not colon:
        project, rest = "", text
    label = make_label(storable(project), None, tags=map(storable, tags.split()))
    return local_row(rest.strip(), label, _at(times, done.since), _at(times, done.until))


def _at(times: LocalTimes, moment: tuple[str, str]) -> tuple[int, int]:
    try:
        return times.readings(*moment)
    except Refused as error:
        day, time = moment
        raise Refused(tr("{day} {time} is not a moment.").format(day=day, time=time)) from error
