"""What a quick-entry line says, and which of its characters say it."""

from tray.lean_typing import Final, NamedTuple

_FIRST_STAMP: Final = -62_135_596_800
"""The first second of the year 1, where `datetime` begins."""
_LAST_STAMP: Final = 253_402_300_799
"""The last second of the year 9999, where `datetime` ends."""


NO_PROJECT: Final = "-"
"""Stands behind @ for no project; one of that name has to be in quotes."""


class QuickEntry(NamedTuple):
    """What to record; names are as typed and may not exist yet."""

    description: str = ""
    project: str | None = None
    task: str | None = None
    """A task of `project`; never without one."""
    tags: tuple[str, ...] = ()
    """In the order typed, without repeats (upper and lower case differ)."""
    billable: bool = False
    start: int | None = None
    """Epoch seconds; None is now."""
    stop: int | None = None
    """Epoch seconds, never before `start`; None keeps running."""
    no_project: bool = False
    """Whether it says that there is to be no project, not even the default one."""


def can_be(start: int | None, stop: int | None) -> bool:
    """Return whether an entry can have these times, which a calendar must be able to show."""
    if start is None:
        return stop is None
    return _FIRST_STAMP <= start <= (start if stop is None else stop) <= _LAST_STAMP


class SpanKind:
    """How a stretch of a line is understood."""

    TEXT: Final = "text"
    """Description, and every blank between the other pieces."""
    PROJECT: Final = "project"
    TASK: Final = "task"
    """From the slash on; the slash alone is one too."""
    TAG: Final = "tag"
    BILLABLE: Final = "billable"
    TIME: Final = "time"
    EXTRA: Final = "extra"
    """A second project or time: it counts for nothing, and a problem names it."""


class LineSpan(NamedTuple):
    """A stretch of a line, from the character `begin` up to, not including, `end`.

    These are indices of a Python string; Qt counts a character outside the basic plane as two.
    """

    kind: str
    """One of `SpanKind`."""
    begin: int
    end: int


class Reading(NamedTuple):
    """A line as it was understood."""

    entry: QuickEntry
    spans: tuple[LineSpan, ...]
    """In order and without gaps from the first character to the last; none is empty."""
    problems: tuple[str, ...]
    """Sentences for the user; with none the entry may be recorded."""
