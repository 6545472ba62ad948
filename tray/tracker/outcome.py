"""What a verb answers: what became of it, and which kinds of thing have changed."""

from typing import NamedTuple

from tray.model.entities import TimeEntry
from tray.store.undo_log import Step


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
    created_id: int = 0
    """The id of a project, client, task, tag or favourite that was made or changed."""


def outcome(
    verb: str,
    step: Step,
    entry: TimeEntry | None = None,
    *,
    stopped: TimeEntry | None = None,
    remarks: tuple[str, ...] = (),
    created_id: int = 0,
) -> Outcome:
    """The outcome of a step that is about to be committed."""
    kinds = frozenset(change.table for change in step.changed)
    return Outcome(verb, kinds, entry, stopped, remarks, created_id)
