"""From an entry back to the shortest line that reads as that entry."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from tray.lean_typing import Final
from tray.model.locales.chosen import CODES
from tray.model.quick_entry.parsed_line import NO_PROJECT, QuickEntry, can_be
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.scan import shadow_of, tidy
from tray.model.quick_entry.times import NO_SUCH_TIME, find_time

_IN_QUOTES: Final = {ord(mark): f"\\{mark}" for mark in '"＂“”\\'}
_RANKS: Final = dict.fromkeys("0123456789", 0) | dict.fromkeys(" ,、", 1)
"""What is escaped first."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write_line(entry: QuickEntry, *, now: int, zone: tzinfo | None) -> str:
    """Return a line that `read_line`, with the same `now` and `zone`, reads as `normalised(entry)`.

    It does so in every language: what one of them would take for a time is escaped.

    Raises:
        ValueError: no such entry can exist.
    """
    entry = normalised(entry)
    parts = [_plain(entry.description, now=now, zone=zone)] if entry.description else []
    if entry.project is not None:
        parts.append(write_project(entry.project, entry.task))
    elif entry.no_project:
        parts.append(f"@{NO_PROJECT}")
    parts += map(write_tag, entry.tags)
    if entry.billable:
        parts.append("$")
    if entry.start is None:
        return " ".join(parts)
    times = _times(entry.start, entry.stop, zone=zone)
    lines = (" ".join([*parts, time]) for time in times)
    read = partial(read_line, now=now, zone=zone, codes=CODES)
    return next(line for line in lines if read(line).entry == entry)


def write_project(project: str, task: str | None = None) -> str:
    """Return the part of a line that names `project` and its `task`."""
    return f"@{_name(project)}" if task is None else f"@{_name(project)}/{_name(task)}"


def write_tag(tag: str) -> str:
    """Return the part of a line that names `tag`."""
    return f"#{_name(tag)}"


def normalised(entry: QuickEntry) -> QuickEntry:
    """Return `entry` with tidy texts and each tag once, as it would be read.

    Raises:
        ValueError: no such entry can exist.
    """
    names = [name for name in (entry.project, entry.task, *entry.tags) if name is not None]
    if not all(map(tidy, names)):
        raise ValueError("A project, a task and a tag need a name.")
    if entry.project is None and entry.task is not None:
        raise ValueError("A task needs its project.")
    if not can_be(entry.start, entry.stop):
        raise ValueError("An entry ends after it began, in the years 1 to 9999.")
    return QuickEntry(
        description=tidy(entry.description),
        project=entry.project and tidy(entry.project),
        task=entry.task and tidy(entry.task),
        tags=tuple(dict.fromkeys(map(tidy, entry.tags))),
        billable=entry.billable,
        start=entry.start,
        stop=entry.stop,
        no_project=entry.no_project and entry.project is None,
    )


def _name(name: str) -> str:
    """Return `name` in quotes, unless it is one word of plain characters."""
    shadow = shadow_of(name)
    if shadow != NO_PROJECT and not any(special in shadow for special in ' "/\\\0'):
        return name
    return f'"{name.translate(_IN_QUOTES)}"'


def _plain(description: str, *, now: int, zone: tzinfo | None) -> str:
    """Return a tidy `description` with backslashes where it would mean something else."""
    line = ""
    # From the right, because what a word means can depend on the words after it.
    for word in reversed(description.split(" ")):
        line = word.replace("\\", "\\\\") + " " + line
        while (special := _special(shadow_of(line), now=now, zone=zone)) is not None:
            line = f"{line[:special]}\\{line[special:]}"
    return line if line.endswith("\\ ") else line.removesuffix(" ")


def _special(shadow: str, *, now: int, zone: tzinfo | None) -> int | None:
    """Return the index to escape so that the first word of a line is text, if it is not."""
    if (shadow[0] in "@#" and shadow[1] != " ") or shadow.startswith("$ "):
        return 0
    when = find_time(shadow, 0, now=now, zone=zone, codes=CODES)
    if when is None:
        return None
    # A letter cannot be escaped: of what has no figures a blank or a comma is, at its end perhaps.
    marks = enumerate(shadow[: when.end + 1])
    return min(marks, key=lambda mark: (_RANKS.get(mark[1], 2), mark[0]))[0]


def _times(start: int, stop: int | None, *, zone: tzinfo | None) -> Iterator[str]:
    """Yield ways to write a time, the shortest first and the last one always right."""
    try:
        begin = datetime.fromtimestamp(start, zone)
        end = None if stop is None else datetime.fromtimestamp(stop, zone)
    except NO_SUCH_TIME:
        pass
    else:
        span = _clock(begin) if end is None else f"{_clock(begin)}-{_clock(end)}"
        yield span
        yield f"{begin.date()} {span}"
        if end is not None:
            yield f"{begin.date()} {_clock(begin)} - {end.date()} {_clock(end)}"
    yield _utc(start) if stop is None else f"{_utc(start)} - {_utc(stop)}"


def _clock(moment: datetime) -> str:
    return moment.time().isoformat(_precision(moment)).removeprefix("0")


def _utc(stamp: int) -> str:
    moment = _EPOCH + timedelta(seconds=stamp)
    return moment.replace(tzinfo=None).isoformat(timespec=_precision(moment)) + "Z"


def _precision(moment: datetime) -> str:
    return "seconds" if moment.second else "minutes"
