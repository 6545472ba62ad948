"""From an entry back to the shortest line that reads as that entry."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from tray.model.quick_entry.moments import find_time
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.scan import shadow_of, tidy
from tray.model.quick_entry.values import QuickEntry

_WORD: Final = re.compile("[^ ]+")
_QUOTE_OR_BACKSLASH: Final = re.compile(r'["＂“”\\]')
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_STAMP: Final = -62_135_596_800
_LAST_STAMP: Final = 253_402_300_799


def write_line(entry: QuickEntry, *, now: int, zone: tzinfo | None) -> str:
    """Return a line that `read_line`, with the same `now` and `zone`, reads as `normalised(entry)`.

    Raises:
        ValueError: no such entry can exist.
    """
    entry = normalised(entry)
    parts = [_plain(entry.description, now=now, zone=zone)] if entry.description else []
    if entry.project is not None:
        parts.append(write_project(entry.project, entry.task))
    parts += map(write_tag, entry.tags)
    if entry.billable:
        parts.append("$")
    if entry.start is None:
        return " ".join(parts)
    times = _times(entry.start, entry.stop, zone=zone)
    lines = (" ".join([*parts, time]) for time in times)
    return next(line for line in lines if read_line(line, now=now, zone=zone).entry == entry)


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
    _check_times(entry.start, entry.stop)
    return QuickEntry(
        description=tidy(entry.description),
        project=entry.project and tidy(entry.project),
        task=entry.task and tidy(entry.task),
        tags=tuple(dict.fromkeys(map(tidy, entry.tags))),
        billable=entry.billable,
        start=entry.start,
        stop=entry.stop,
    )


def _check_times(start: int | None, stop: int | None) -> None:
    for stamp in (start, stop):
        if stamp is not None and not _FIRST_STAMP <= stamp <= _LAST_STAMP:
            raise ValueError("A time is outside the years 1 to 9999.")
    if stop is not None and (start is None or stop < start):
        raise ValueError("An entry that has ended began before that.")


def _name(name: str) -> str:
    """Return `name` in quotes, unless it is one word of plain characters."""
    if not any(special in shadow_of(name) for special in ' "/\\\0'):
        return name
    return f'"{_QUOTE_OR_BACKSLASH.sub(_escaped, name)}"'


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _plain(description: str, *, now: int, zone: tzinfo | None) -> str:
    """Return a tidy `description` with backslashes where it would mean something else."""
    line = description.replace("\\", "\\\\")
    # From the right, as a time can only depend on the words after its first.
    for begin in reversed([word.start() for word in _WORD.finditer(line)]):
        shadow = shadow_of(line)
        end = (shadow + " ").index(" ", begin)
        if (shadow[begin] in "@#" and end > begin + 1) or shadow[begin:end] == "$":
            line = f"{line[:begin]}\\{line[begin:]}"
        elif find_time(shadow, begin, now=now, zone=zone):
            digit = _first_digit(shadow, begin)
            line = f"{line[:digit]}\\{line[digit:]}"
    return line


def _first_digit(shadow: str, begin: int) -> int:
    return next(at for at in range(begin, len(shadow)) if shadow[at] in "0123456789")


def _times(start: int, stop: int | None, *, zone: tzinfo | None) -> Iterator[str]:
    """Yield ways to write a time, the shortest first and the last one always right."""
    try:
        begin = datetime.fromtimestamp(start, zone)
        end = None if stop is None else datetime.fromtimestamp(stop, zone)
    except (ValueError, OverflowError, OSError):  # too early or too late for the system
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
