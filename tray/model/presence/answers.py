"""What each answer to the question about an absence makes of the entry, and of its time."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from tray.lean_typing import Final, NamedTuple
from tray.model.entities import TimeEntry, What
from tray.model.presence.presence_values import Absence

SCRAP_SECONDS: Final = 60
"""Time since the return that is dropped with a stop: it went into answering."""


class AbsenceChoice(StrEnum):
    """What to do with the absence, from the cut on until the return."""

    KEEP = "keep"
    """Leave it as it is."""
    DISCARD_AND_STOP = "discard and stop"
    DISCARD_AND_CONTINUE = "discard and continue"
    GIVE = "give"
    """Give it to what else was done."""
    SEPARATE = "separate"
    """Make it an entry of its own, about the same."""
    SPLIT = "split"
    """Make it and all that follows a second entry about the same."""


class AbsenceAnswer(NamedTuple):
    """What the user chose."""

    choice: AbsenceChoice
    cut: int | None = None
    """Where the absence is cut, between its begin and its end; None is its begin."""
    what: What | None = None
    """What the time is given to; only with `AbsenceChoice.GIVE`, and always there."""
    go_on: bool = True
    """Whether, with `AbsenceChoice.GIVE`, the entry goes on after the return."""
    until: int | None = None
    """Where what goes of it ends, between the cut and its end; None is its end. What follows stays
    with the entry. Of no effect with `AbsenceChoice.KEEP` and `AbsenceChoice.SPLIT`."""


class Remark(StrEnum):
    """Why the question is not what it was: the entry has changed since."""

    DELETED = "deleted"
    STOPPED_BEFORE = "stopped before"
    """Before the absence, or its cut: nothing of it is left in the entry."""
    STOPPED = "stopped"
    """During the absence or since."""
    STARTED_LATER = "started later"
    """It begins within the absence now."""
    OTHER_RUNS = "other runs"
    """Another entry runs, so this one is not started again."""


class SetStop(NamedTuple):
    """An entry is to stop, or has stopped, at another time."""

    entry_id: int
    stop: int


class CreateEntry(NamedTuple):
    """An entry is to be made."""

    what: What
    start: int
    stop: int | None
    """None: it runs."""


class Plan(NamedTuple):
    """What is to be done, in order; carried out in one step it can be undone in one."""

    edits: tuple[SetStop | CreateEntry, ...] = ()
    changed: Remark | None = None
    """What the question has to say first, if the entry is not as it was."""
    discarded: int = 0
    """Seconds that belong to no entry any more, but for `SCRAP_SECONDS` at most."""


def plan(
    answer: AbsenceAnswer,
    absence: Absence,
    entry: TimeEntry | None,
    *,
    others: Sequence[TimeEntry] = (),
    now: int,
) -> Plan:
    """Work out an answer, from how things are now.

    Args:
        answer: what the user chose, or might choose.
        absence: the question.
        entry: the entry it is about; None if it was deleted.
        others: all other entries that overlap the time from the absence's begin to `now`.
        now: epoch seconds.
    """
    begin, back = absence.begin, now if absence.back is None else absence.back
    cut = begin if answer.cut is None else min(max(begin, answer.cut), back)
    changed = _remark(cut, absence, entry, others)
    if entry is None or changed is Remark.STOPPED_BEFORE:
        return Plan((), changed)
    gives = answer.choice is AbsenceChoice.GIVE
    last = _free_until(entry, others if gives else None, now=now)
    if answer.until is not None:
        last = min(last, max(cut, answer.until))
    gone = _gone(absence, cut, entry.start, last)
    if answer.choice is AbsenceChoice.KEEP or not gone:
        return Plan((), changed)
    if answer.choice is AbsenceChoice.SPLIT:
        moment = max(cut, entry.start)
        return Plan(
            (SetStop(entry.id, moment), CreateEntry(entry.what, moment, entry.stop)), changed
        )
    filler = {AbsenceChoice.GIVE: answer.what, AbsenceChoice.SEPARATE: entry.what}.get(
        answer.choice
    )
    makes = _refilled(entry.what, gone, filler) + _tail(
        entry, answer, others, reached=gone[-1][1], back=back, now=now
    )
    first_end = min(gone[0][0], now if entry.stop is None else entry.stop)
    lost = 0 if filler else sum(end - start for start, end in gone)
    return Plan((SetStop(entry.id, first_end), *makes), changed, lost)


def _remark(
    cut: int, absence: Absence, entry: TimeEntry | None, others: Sequence[TimeEntry]
) -> Remark | None:
    if entry is None:
        return Remark.DELETED
    if entry.stop is not None:
        if entry.stop <= cut:
            return Remark.STOPPED_BEFORE
        return Remark.OTHER_RUNS if any(each.running for each in others) else Remark.STOPPED
    return Remark.STARTED_LATER if entry.start > absence.begin else None


def _free_until(entry: TimeEntry, others: Sequence[TimeEntry] | None, *, now: int) -> int:
    """Up to when the absence is dealt with: the entry's end, or the begin of one of `others`.

    What the time is given to may go on after the entry was stopped during the absence.
    """
    if entry.stop is None or others is None:
        return now if entry.stop is None else entry.stop
    stop = entry.stop
    busy = [each.start for each in others if each.start >= stop or (each.stop or now) > stop]
    return max(stop, min(busy, default=now))


def _gone(absence: Absence, cut: int, first: int, last: int) -> list[tuple[int, int]]:
    """When nobody was there, after the cut and between `first` and `last`."""
    clipped = (
        (max(each.begin, cut, first), last if each.back is None else min(each.back, last))
        for each in absence.stretches
    )
    return [(begin, end) for begin, end in clipped if begin < end]


def _refilled(what: What, gone: list[tuple[int, int]], filler: What | None) -> list[CreateEntry]:
    """What comes in place of the times when nobody was there; the times between are kept."""
    made = [
        CreateEntry(what, one[1], other[0]) for one, other in pairwise(gone) if one[1] < other[0]
    ]
    if filler is not None:
        made += [CreateEntry(filler, begin, end) for begin, end in gone]
    return sorted(made, key=lambda make: make.start)


def _tail(
    entry: TimeEntry,
    answer: AbsenceAnswer,
    others: Sequence[TimeEntry],
    *,
    reached: int,
    back: int,
    now: int,
) -> list[CreateEntry]:
    """What becomes of the entry from the return on, where the absence in it ended at `reached`."""
    goes_on = answer.choice is AbsenceChoice.DISCARD_AND_CONTINUE or (
        answer.choice is AbsenceChoice.GIVE and answer.go_on
    )
    stops = not goes_on and answer.choice is not AbsenceChoice.SEPARATE
    if entry.stop is None and not stops:
        return [CreateEntry(entry.what, reached, None)]
    end = now if entry.stop is None else entry.stop
    made: list[CreateEntry] = []
    if end - reached >= (SCRAP_SECONDS if stops else 1):
        made.append(CreateEntry(entry.what, reached, end))
    if goes_on and end <= back and not any(each.running for each in others):
        begin = max([back, *(each.stop for each in others if each.stop is not None)])
        made.append(CreateEntry(entry.what, min(begin, now), None))
    return made
