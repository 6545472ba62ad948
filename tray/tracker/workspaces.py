"""Which workspace things go to, what its plan has, and how an entry gets to another."""

from collections.abc import Mapping

from tray.errors import NotFound
from tray.language import tr
from tray.model.entities import TimeEntry
from tray.store import absences, catalogue, entries, outbox, remote_rows
from tray.store.database import Database
from tray.store.undo_log import Step


def move_to_workspace(current: Step, entry: TimeEntry, values: Mapping[str, object]) -> TimeEntry:
    """Give an entry these columns, with another workspace among them; return what it is then.

    What the server has, or may have, is made anew, and deleted once that is there. Questions about
    it follow.
    """
    if not _may_be_on_server(current, entry):
        current.update("entry", entry.id, values)
        return entries.get(current.db, entry.id)
    # Only one entry can run: the new one does so when the old one is gone.
    held = {**values, "stop": values["start"]} if values["stop"] is None else values
    new_id = current.insert("entry", held)
    for absence in absences.unanswered(current.db):
        if absence.entry_id == entry.id:
            current.update("absence", absence.id, {"entry_id": new_id})
    current.delete("entry", entry.id)
    if values["stop"] is None:
        current.update("entry", new_id, {"stop": None})
    return entries.get(current.db, new_id)


def use_for_new(db: Database, workspace_id: int) -> None:
    """Have new projects, clients, tags and entries go to a workspace; this is no step to undo.

    Raises:
        NotFound: no such workspace.
    """
    with db.writing():
        if workspace_id not in {each.id for each in catalogue.workspaces(db)}:
            raise NotFound(tr("That workspace is no longer there. Choose another."))
        catalogue.choose_workspace(db, workspace_id)


def has_any_colour(db: Database, workspace_id: int) -> bool:
    """Whether projects of a workspace can have colours that are not of the palette."""
    known = remote_rows.of_row(db, "workspace", workspace_id)
    return known is None or bool(known.base.get("premium"))


def _may_be_on_server(current: Step, entry: TimeEntry) -> bool:
    waiting = outbox.of(current.db, "entry", entry.id)
    was_sent = waiting is not None and waiting.state in ("sending", "unknown")
    return was_sent or remote_rows.of_row(current.db, "entry", entry.id) is not None
