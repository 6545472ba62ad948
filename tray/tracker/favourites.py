"""Pinning what is done often, and putting the pins in order."""

from tray.errors import Refused
from tray.language import tr
from tray.model.entities import What
from tray.store import entries, favourites
from tray.store.database import Database
from tray.store.undo_log import step
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import Draft, resolve


def pin(db: Database, what: Draft | What, *, now: int) -> Outcome:
    """Add a favourite at the end of the list; `created_id` of the outcome is its id.

    Raises:
        Refused: it is pinned already, or there is nothing in it; or against a limit.
        NotFound: the draft names a project or task that does not exist.
    """
    with step(db, "pin", now=now) as current:
        resolved = resolve(current, what)
        if not resolved.description and resolved.project_id is None:
            raise Refused(tr("A favourite needs a description or a project. Give one."))
        pinned = favourites.everything(db)
        if any(favourite.what == resolved for favourite in pinned):
            raise Refused(tr("That is among the favourites already."))
        position = pinned[-1].position + 1 if pinned else 1
        values = {"position": position, **entries.values_of(resolved)}
        current.subject = resolved.description
        created_id = current.insert("favourite", values)
        return outcome("pin", current, created_id=created_id)


def unpin(db: Database, favourite_id: int, *, now: int) -> Outcome:
    """Remove a favourite.

    Raises:
        NotFound: no such favourite.
    """
    with step(db, "unpin", now=now) as current:
        current.subject = favourites.get(db, favourite_id).what.description
        current.delete("favourite", favourite_id)
        return outcome("unpin", current)


def move(db: Database, favourite_id: int, place: int, *, now: int) -> Outcome:
    """Move a favourite to a place in the list, 1 being the top; beyond the end means last.

    Raises:
        NotFound: no such favourite.
        Refused: a place before the first.
    """
    with step(db, "move favourite", now=now) as current:
        moving = favourites.get(db, favourite_id)
        if place < 1:
            raise Refused(tr("The first place is 1."), field="position")
        pinned = favourites.everything(db)
        order = [each for each in pinned if each.id != favourite_id]
        order.insert(place - 1, moving)
        current.subject = moving.what.description
        for position, favourite in enumerate(order, start=1):
            if order != pinned and favourite.position != position:
                current.update("favourite", favourite.id, {"position": position})
        return outcome("move favourite", current, created_id=favourite_id)
