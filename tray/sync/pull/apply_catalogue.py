"""Takes in what entries refer to: workspaces, clients, projects, tasks and tags."""

from collections.abc import Iterable

from tray.api.remote_values import Me, RemoteWorkspace
from tray.store import outbox, references, remote_rows, removed_rows
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow
from tray.sync.reconcile import deletions
from tray.sync.reconcile.mapping import Thing, placeholder_name
from tray.sync.reconcile.reconciler import Reconciler


def apply_catalogue(reconciler: Reconciler, me: Me) -> None:
    """Bring our rows in step with the whole catalogue, in the transaction of the caller."""
    things: dict[str, Iterable[Thing]] = {
        "workspace": _default_first(me),
        "client": me.clients,
        "project": me.projects,
        "task": me.tasks,
        "tag": me.tags,
    }
    for table, theirs in things.items():
        listed = {each.id for each in theirs if apply_thing(reconciler, table, each)}
        skipped = [each.id for each in me.skipped if each.kind == table]
        if None in skipped:  # it may be any of those that are not listed
            continue
        listed.update(filter(None, skipped))
        for remote_id, row_id in list(reconciler.mapper.row_ids(table).items()):
            if remote_id not in listed and table not in me.unlisted:
                _apply_missing(reconciler, table, row_id)


def _default_first(me: Me) -> list[RemoteWorkspace]:
    return sorted(me.workspaces, key=lambda each: each.id != me.default_workspace_id)


def apply_thing(reconciler: Reconciler, table: str, theirs: Thing) -> bool:
    """Bring our row in step with one thing; say whether the server still has it."""
    db = reconciler.db
    known = remote_rows.of_remote(db, table, theirs.id)
    if getattr(theirs, "deleted", False):
        if known is not None:
            reconciler.delete_thing(table, known.row_id)
        return False
    image = reconciler.mapper.thing(theirs)
    adopted = False
    if known is None:
        row_id = references.unclaimed(db, table, image)
        if row_id is None:
            reconciler.add(table, theirs.id, image, at=theirs.at)
            return True
        adopted = not _may_be_made_here(db, table, row_id)
        # Nothing was agreed on before, and what the whole team sees counts for more.
        base = remote_rows.image(db, table, row_id) or {}
        known = RemoteRow(table, row_id, theirs.id, 0, base)
    if table == "tag" and known.base.get("name") == placeholder_name(table, theirs.id):
        remote_rows.write(db, table, known.row_id, {"archived": 0})  # now it is known what it is
    if theirs.at >= known.at:
        reconciler.reconcile(known, image, at=theirs.at)
    if adopted:
        remote_rows.mark_adopted(db, table, known.row_id)
    return True


def _may_be_made_here(db: Database, table: str, row_id: int) -> bool:
    """Whether a request of ours may have made what the server has under the name of a row."""
    item = outbox.of(db, table, row_id)
    return item is not None and item.sent is not None and item.field != "name"


def _apply_missing(reconciler: Reconciler, table: str, row_id: int) -> None:
    """The server does not list a thing any more.

    Tags are always listed, so such a tag is gone, as is a client in v8, which archives none.
    Archived projects and other clients need not be; in v8 they were asked for one by one.
    """
    db = reconciler.db
    known = remote_rows.of_row(db, table, row_id)
    if known and known.base.get("name") == placeholder_name(table, known.remote_id):
        return  # entries still refer to it
    item = outbox.of(db, table, row_id)
    deletion_was_refused = item is not None and item.state == "unknown"
    is_here = remote_rows.image(db, table, row_id) is not None
    if known and deletion_was_refused and not is_here:
        deletions.follow(db, known)
        removed_rows.delete(db, table, [row_id])  # as it was gone already
        return
    if table == "tag" or (table == "client" and reconciler.mapper.is_v8):
        reconciler.delete_thing(table, row_id)
        return
    if not is_here:
        return  # nobody has asked whether it was archived; if it is restored, somebody will
    if known is not None and table != "workspace" and not known.base.get("archived"):
        reconciler.reconcile(known, {**known.base, "archived": 1}, at=known.at)
