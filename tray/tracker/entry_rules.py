"""What the rules of a workspace say to an entry, before its server does."""

from collections.abc import Iterator

from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import Refused
from tray.model.entities import TimeEntry
from tray.store import undo_log
from tray.store.database import Database
from tray.store.undo_log import Step

_ABOUT_ENTRIES: Final = ("add", "edit", "split", "merge", "duplicate", "delete", "move")
"""The verbs that a locked period forbids; others change entries along with something else."""


def remarks(db: Database, *entries: TimeEntry | None) -> Iterator[str]:
    """What these entries lack, as far as they are over."""
    over = {each.id: each for each in entries if each and not each.running}.values()
    if not over or not db.has_rows("remote"):
        return  # without a server there are no rules, and a start or stop need not load these
    from tray.model import required_fields
    from tray.store import workspace_rules

    for entry in over:
        rules = workspace_rules.read(db, entry.workspace_id)
        lacking = required_fields.missing(rules.required, entry.what)
        if lacking:
            yield required_fields.sentence(rules.name, lacking)


def check_locked(step: Step, verb: str) -> None:
    """Raise `Refused` if a step changes an entry of a period that its workspace has locked."""
    if verb not in _ABOUT_ENTRIES:
        return
    from tray.store import workspace_rules

    if not workspace_rules.any_locked(step.db):
        return
    for workspace_id, start in undo_log.starts_of_entries(step):
        rules = workspace_rules.read(step.db, workspace_id)
        if rules.locked_until is not None and start < rules.locked_until:
            raise Refused(
                tr(
                    "“{name}” has locked the time in which this entry lies: it can be "
                    "neither made nor changed. Ask an administrator of the workspace."
                ).format(name=rules.name),
                field="start",
            )
