"""From the things in a file to rows: what cannot be one is a problem, what runs is left out."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from tray.errors import Refused
from tray.language import grouped, ntr, tr
from tray.model import limits
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportProblem,
    ImportRow,
    quoted,
    storable,
)
from tray.tracker.transfer.import_progress import READ, Tell, counted
from tray.tracker.transfer.local_times import LocalTimes, Readings, stretches

Thing = TypeVar("Thing")
_LONGEST_MOMENT: Final = 40
"""Characters; what is longer is none."""


def collect(
    things: Sequence[tuple[str, Thing]], read: Callable[[Thing], ImportRow | None], tell: Tell
) -> Content:
    """The rows that `read` makes of things, each given with its place in the file.

    Of one that is running `read` returns None; what it refuses with becomes a problem.
    """
    rows: list[ImportRow] = []
    problems: list[ImportProblem] = []
    running: list[str] = []
    for place, thing in counted(things, tell, begin=0, end=READ):
        try:
            row = read(thing)
        except Refused as error:
            problems.append(ImportProblem(place, str(error)))
            continue
        if row is None:
            running.append(place)
        else:
            rows.append(row)
    return Content(rows, problems, left_out_running(running))


def left_out_running(places: Sequence[str]) -> tuple[str, ...]:
    """The remark on running entries, as far as there are any."""
    if not places:
        return ()
    sentence = ntr(
        "Left out {count} entry that has no end, as it is still running ({place}).",
        "Left out {count} entries that have no end, as they are still running ({place} first).",
        len(places),
    )
    return (sentence.format(count=grouped(len(places)), place=places[0]),)


def row_of(
    description: str, label: EntryLabel, start: int, stop: int, other: tuple[int, int] | None = None
) -> ImportRow:
    """A row, if an entry may be so.

    Raises:
        Refused: it may not.
    """
    description = storable(description)
    limits.check_description(description)
    limits.check_times(start, stop)
    return ImportRow(description, label, start, stop, other)


def local_row(
    description: str, label: EntryLabel, start: Readings, stop: Readings, duration: str = ""
) -> ImportRow:
    """A row whose times were written as clocks showed them.

    Raises:
        Refused: an entry may not be so.
    """
    (begin, end), *others = stretches(start, stop, duration)
    return row_of(description, label, begin, end, others[0] if others else None)


def local_moment(times: LocalTimes, text: object) -> Readings:
    """When it is ``2026-07-13 09:00:00`` in a zone; a ``T`` between, and fractions, do not matter.

    Raises:
        Refused: it is no such moment.
    """
    if not isinstance(text, str) or len(text) > _LONGEST_MOMENT:
        raise _no_moment(text)
    day, _, time = text.strip().replace("T", " ").partition(" ")
    return times.readings(day, time.partition(".")[0].strip())


def iso_moment(text: object) -> int:
    """The moment that a text such as ``2026-07-13T08:00:00Z`` names; without a zone it is UTC.

    Raises:
        Refused: it names none.
    """
    if not isinstance(text, str) or len(text) > _LONGEST_MOMENT:
        raise _no_moment(text)
    try:
        moment = datetime.fromisoformat(text.strip())
        return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())
    except (ValueError, OverflowError) as error:
        raise _no_moment(text) from error


def epoch_moment(value: object, *, each: float = 1) -> int:
    """The moment in a number of seconds since 1970, or of as many parts as `each` names.

    Raises:
        Refused: it is no such number.
    """
    number = number_of(value)
    if number is None:
        raise _no_moment(value)
    return int(number / each)


def number_of(value: object) -> float | None:
    """A number, if it is one that can be reckoned with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e18 else None


def _no_moment(value: object) -> Refused:
    return Refused(
        tr("{text} is not a moment.").format(text=quoted(storable(str(value)[:100]))), field="start"
    )


def text_of(value: object) -> str:
    """A text; what is none is empty."""
    return value if isinstance(value, str) else ""


def texts_of(value: object) -> list[str]:
    """The texts in a list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def parts_of(value: object) -> dict[str, Any]:
    """An object of JSON; what is none is an empty one."""
    return value if isinstance(value, dict) else {}


def things_of(value: object) -> list[dict[str, Any]]:
    """The objects in a list of JSON, or in an object as its values."""
    values: Iterable[object] = ()
    if isinstance(value, list):
        values = value
    elif isinstance(value, dict):
        values = value.values()
    return [each for each in values if isinstance(each, dict)]


def numbered(things: Iterable[Thing]) -> Iterator[tuple[str, Thing]]:
    """Things of a list, each with its place."""
    for number, thing in enumerate(things, start=1):
        yield tr("Entry {number}").format(number=number), thing


def at_lines(lines: Iterable[tuple[int, Thing]]) -> list[tuple[str, Thing]]:
    """Things of a text, each with its place."""
    return [(tr("Line {line}").format(line=line), thing) for line, thing in lines]
