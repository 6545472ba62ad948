"""Taking back what was done, and doing it again."""

from tray.language import grouped, ntr
from tray.store import undoing
from tray.store.database import Database
from tray.store.undoing import PastStep
from tray.tracker.outcome import Outcome


def undo(db: Database, step_id: int | None = None) -> tuple[Outcome, PastStep]:
    """Take back the latest step, or the one that is named.

    Raises:
        NotFound: there is none.
        Refused: the same was changed since, or the one that is named was taken back already.
    """
    past = undoing.undo(db) if step_id is None else undoing.undo_step(db, step_id)
    return Outcome("undo", _kinds(past), remarks=_kept(past)), past


def _kept(past: PastStep) -> tuple[str, ...]:
    """That some of what was made is left, if it is."""
    if not past.kept:
        return ()
    kinds = {row.table for row in past.kept}
    count = len(past.kept)
    if kinds == {"entry"}:
        text = ntr(
            "{count} entry stays: the account had it already.",
            "{count} entries stay: the account had them already.",
            count,
        )
    else:
        text = ntr(
            "{count} thing stays: the account had it already.",
            "{count} things stay: the account had them already.",
            count,
        )
    return (text.format(count=grouped(count)),)


def redo(db: Database) -> tuple[Outcome, PastStep]:
    """Do the step that was undone last again.

    Raises:
        NotFound: there is none.
        Refused: something that is not a step changed the same since.
    """
    past = undoing.redo(db)
    return Outcome("redo", _kinds(past)), past


def _kinds(past: PastStep) -> frozenset[str]:
    return frozenset(change.table for change in past.changed)
