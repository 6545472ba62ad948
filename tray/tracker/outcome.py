"""What a verb answers: what became of it, and which kinds of thing have changed."""

from tray.language import grouped, tr
from tray.lean_typing import NamedTuple
from tray.model.entities import TimeEntry
from tray.store.undo_log import Step
from tray.tracker import entry_rules


class Outcome(NamedTuple):
    """The result of one verb, already on disk."""

    verb: str
    changed: frozenset[str]
    """Which tables have other contents now: ``entry``, ``project``, ``tag`` …"""
    entry: TimeEntry | None = None
    """The entry the verb was about, as it is now."""
    stopped: TimeEntry | None = None
    """The entry that was running before, as it is now."""
    remarks: tuple[str, ...] = ()
    """What the user should know besides, a sentence each."""
    overlaps: bool = False
    """Whether the entry lies over others now, which could be shortened."""
    created_id: int = 0
    """The id of a project, client, task, tag or favourite that was made or changed."""
    step_id: int = 0
    """What to take back, to undo this and nothing else; 0 where that is not possible."""


def outcome(
    verb: str,
    step: Step,
    entry: TimeEntry | None = None,
    *,
    stopped: TimeEntry | None = None,
    remarks: tuple[str, ...] = (),
    overlapped: tuple[TimeEntry, ...] = (),
    created_id: int = 0,
) -> Outcome:
    """The outcome of a step that is about to be committed; what it lies over is remarked."""
    kinds = frozenset(change.table for change in step.changed)
    remarks += _overlap_remark(overlapped)
    if "entry" in kinds:
        entry_rules.check_locked(step, verb)
        remarks += tuple(entry_rules.remarks(step.db, entry, stopped))
    return Outcome(verb, kinds, entry, stopped, remarks, bool(overlapped), created_id, step.id)


def _overlap_remark(overlapped: tuple[TimeEntry, ...]) -> tuple[str, ...]:
    if not overlapped:
        return ()
    latest = overlapped[-1].description
    name = tr("“{name}”").format(name=latest) if latest else tr("an entry without a description")
    more = len(overlapped) - 1
    text = tr("It overlaps {name} and {more} more.") if more else tr("It overlaps {name}.")
    return (text.format(name=name, more=grouped(more)),)
