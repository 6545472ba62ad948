"""Taking back what was done, and doing it again."""

from tray.store import undo_log
from tray.store.database import Database
from tray.store.undo_log import PastStep
from tray.tracker.outcome import Outcome


def undo(db: Database) -> tuple[Outcome, PastStep]:
    """Take back the latest step.

    Raises:
        NotFound: there is none.
        Refused: something that is not a step changed the same since.
    """
    past = undo_log.undo(db)
    return Outcome("undo", _kinds(past)), past


def redo(db: Database) -> tuple[Outcome, PastStep]:
    """Do the step that was undone last again.

    Raises:
        NotFound: there is none.
        Refused: something that is not a step changed the same since.
    """
    past = undo_log.redo(db)
    return Outcome("redo", _kinds(past)), past


def _kinds(past: PastStep) -> frozenset[str]:
    return frozenset(change.table for change in past.changed)
