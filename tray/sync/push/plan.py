"""Decides which request is sent to the server next."""

from itertools import islice
from typing import Final

from tray.model import required_fields
from tray.store import entries, outbox, remote_rows, undo_log, workspace_rules
from tray.store.columns import ACTIVITY, SYNCED, RowValues, number, text
from tray.store.database import Database
from tray.store.entries import ids_from, what_of
from tray.store.in_flight import TAG_NAMES, names_text
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.sync.push.push_values import Kind, Push, TagDelta
from tray.sync.reconcile import deletions, doubles, own_changes
from tray.sync.reconcile.own_changes import STOP_SECONDS
from tray.sync.reconcile.reconciler import Reconciler, subject

_BATCHABLE: Final = frozenset({"description", "project_id", "task_id", "billable", "tag_ids"})
"""What the server is known to change of many entries in one request."""
MAX_BATCH: Final = 100
_NOTHING: Final[frozenset[str]] = frozenset()
_AT_ONCE: Final[dict[bool, dict[tuple[Kind, str], frozenset[str]]]] = {
    True: {  # v8
        ("delete", "project"): _NOTHING,
        ("delete", "task"): _NOTHING,
        ("update", "task"): frozenset({"archived", "estimated_seconds"}),
    },
    False: {
        ("delete", "client"): _NOTHING,
        ("update", "client"): frozenset({"archived"}),
        ("update", "project"): frozenset({"archived", "billable", "client_id", "colour"}),
        ("update", "task"): frozenset({"archived", "estimated_seconds", "user_id"}),
    },
}
"""By whether v8 is spoken: what is done to several things at once, and with which columns."""
URGENT_SECONDS: Final = 60
_MOST_AT_ONCE: Final = 5
"""More that was changed in the same second is no single action."""
_LOOK_AHEAD: Final = 500
"""So many changes are searched for some that can be sent together."""


def next_push(
    db: Database, reconciler: Reconciler, *, now: int, only_urgent: bool = False
) -> Push | None:
    """What to send now, in the transaction of the caller; drops what need not be sent any more.

    Things come in the order in which they were added, except that what another refers to comes
    first, and tags come last: the server makes those of an entry with it.
    """
    urgent = _Urgency(db, now)
    for item in outbox.due(db, now):
        if only_urgent and not urgent.is_urgent(item):
            continue
        push = _push_of(db, reconciler, item, now=now)
        if push is not None:
            return _batched(db, reconciler, push, now=now)
    return None


class _Urgency:
    """What the user has just done, as opposed to what has waited and to changes of many at once."""

    def __init__(self, db: Database, now: int) -> None:
        self._now = now
        self._crowds = outbox.crowds(db, larger_than=_MOST_AT_ONCE)
        self._running = entries.running(db) if self._crowds else None

    def is_urgent(self, item: OutboxItem) -> bool:
        is_recent = 0 <= self._now - item.changed_at <= URGENT_SECONDS
        return is_recent and (item.changed_at not in self._crowds or self._runs(item))

    def _runs(self, item: OutboxItem) -> bool:
        """Whether it was started, alone, in a second in which many were changed."""
        running = self._running
        return running is not None and (item.table, item.row_id) == ("entry", running.id)


def is_urgent(db: Database, push: Push, *, now: int) -> bool:
    """Whether the requests that are kept in reserve are for this."""
    return _Urgency(db, now).is_urgent(push.item)


def _push_of(
    db: Database, reconciler: Reconciler, item: OutboxItem, *, now: int, depth: int = 0
) -> Push | None:
    """The request for an item, or for what has to come before it; None if it has to wait."""
    reconciler.merge_restored(item)
    ours = remote_rows.image(db, item.table, item.row_id)
    known = remote_rows.of_row(db, item.table, item.row_id)
    if ours is None:
        made_anew = _unsent_successor(db, item, known)
        if made_anew is None:
            return _deletion(db, reconciler, item, known, now=now, depth=depth)
        return _prerequisite(db, reconciler, "entry", made_anew, now=now, depth=depth)
    changed = ours if known is None else reconciler.differences(known, ours)
    if known is not None and not changed:
        outbox.drop(db, item.table, item.row_id)
        return None
    if _stays_here(reconciler, item, ours):
        return None
    unsupported = reconciler.mapper.plan_lacks(item.table, ours)
    wanted = {name: value for name, value in ours.items() if name not in unsupported}
    for table, row_id in _come_first(reconciler, known, changed, wanted):
        return _prerequisite(db, reconciler, table, row_id, now=now, depth=depth)
    workspace = reconciler.mapper.workspace_of(ours)
    if workspace is None:
        return None
    kind: Kind = "create" if known is None else "update"
    if kind == "create":
        changed = wanted if item.table == "entry" else _without_nothing(wanted)
    elif item.table == "client" and "archived" in changed:
        changed = {"archived": changed["archived"]}  # a request of its own; the name comes next
    if known is not None and _stops_now(reconciler, known, ours):
        only = {"stop": ours["stop"]}
        return Push(kind, (item,), workspace.remote_id, known, ours, only, stops_now=True)
    changed = _with_duration(changed, ours)
    return Push(kind, (item,), workspace.remote_id, known, ours, changed)


def _stays_here(reconciler: Reconciler, item: OutboxItem, ours: RowValues) -> bool:
    """Whether the server is known to refuse a row, which need not be asked then."""
    if item.table == "task" and reconciler.mapper.plan_lacks("task", ours):
        outbox.drop(reconciler.db, item.table, item.row_id)  # entries go without it
        return True
    return item.table == "entry" and _breaks_a_rule(reconciler, item, ours)


def _breaks_a_rule(reconciler: Reconciler, item: OutboxItem, ours: RowValues) -> bool:
    """Whether an entry that is over lacks what its workspace asks for; the user is told then."""
    if ours["stop"] is None:
        return False
    rules = workspace_rules.read(reconciler.db, number(ours, "workspace_id") or 0)
    if not rules.required:
        return False
    what = what_of(tuple(ours[column] for column in ACTIVITY))
    lacking = required_fields.missing(rules.required, what)
    if lacking:
        sentence = required_fields.sentence(rules.name, lacking)
        field = lacking[0] if lacking[0] == "description" else f"{lacking[0]}_id"
        outbox.update(reconciler.db, item.id, state="refused", error=sentence, field=field)
        reconciler.report("refused", f"{subject(ours)}: {sentence}")
    return bool(lacking)


def _without_nothing(columns: RowValues) -> RowValues:
    """What of a new thing is not set is left to the server."""
    return {name: value for name, value in columns.items() if value is not None}


def _come_first(
    reconciler: Reconciler, known: RemoteRow | None, changed: RowValues, wanted: RowValues
) -> list[tuple[str, int]]:
    """What has to be sent before a row: the deletion that changed it, or what it refers to."""
    deleted = known and deletions.deletion_behind(reconciler.db, known, changed)
    return [deleted] if deleted else reconciler.mapper.unsent_references(wanted)


def _with_duration(changed: RowValues, ours: RowValues) -> RowValues:
    """Of an entry that runs, a new start is sent with its duration."""
    runs_otherwise = "start" in changed and ours["stop"] is None
    return {**changed, "stop": None} if runs_otherwise else changed


def _unsent_successor(db: Database, item: OutboxItem, known: RemoteRow | None) -> int | None:
    """The entry that takes the place of one that is to be deleted, till the server has it."""
    made_anew = undo_log.replaced_by(db, item.row_id) if item.table == "entry" else None
    if made_anew is None and known is not None:
        made_anew = doubles.kept_row(known)
    if made_anew is None or remote_rows.of_row(db, "entry", made_anew) is not None:
        return None
    return made_anew if outbox.of(db, "entry", made_anew) else None


def _stops_now(reconciler: Reconciler, known: RemoteRow, ours: RowValues) -> bool:
    """Whether the server's present moment is good enough for the stop of an entry.

    If another entry begins there, it has to be the exact second.
    """
    stop = number(ours, "stop")
    if known.table != "entry" or stop is None or known.base["stop"] is not None:
        return False
    server_now = reconciler.server_at // 1_000_000
    return (
        abs(stop - server_now) <= STOP_SECONDS
        and own_changes.is_automatic_stop(reconciler.db, known.row_id, ours)
        and not own_changes.is_followed(reconciler.db, stop)
    )


def _deletion(
    db: Database,
    reconciler: Reconciler,
    item: OutboxItem,
    known: RemoteRow | None,
    *,
    now: int,
    depth: int,
) -> Push | None:
    if known is None:
        outbox.drop(db, item.table, item.row_id)
        return None
    project = deletions.takes_entry_along(db, known)
    if project is not None:
        return _prerequisite(db, reconciler, "project", project, now=now, depth=depth)
    workspace = reconciler.mapper.workspace_of(known.base)
    if workspace is None:  # a task, which goes with its project
        remote_rows.forget(db, item.table, item.row_id)
        outbox.drop(db, item.table, item.row_id)
        return None
    with_entries = item.table == "project" and deletions.takes_entries_along(db, item.row_id)
    return Push("delete", (item,), workspace.remote_id, known, {}, {}, with_entries=with_entries)


def _prerequisite(
    db: Database, reconciler: Reconciler, table: str, row_id: int, *, now: int, depth: int
) -> Push | None:
    """The request for a thing that another one refers to."""
    if table == "workspace" or depth > len(SYNCED):
        return None
    outbox.ensure(db, table, row_id)
    item = outbox.of(db, table, row_id)
    if item is None or item.state != "waiting" or outbox.waits_at(item, now) > now:
        return None
    return _push_of(db, reconciler, item, now=now, depth=depth + 1)


def _batched(db: Database, reconciler: Reconciler, push: Push, *, now: int) -> Push:
    """The same for all that changes alike, so that an edit of many is one request."""
    if push.item.table != "entry":
        return _things_at_once(db, reconciler, push, now=now)
    alone = push.kind != "update" or push.item.unbatched
    if alone or not push.changed.keys() <= _BATCHABLE:
        return push
    alike, tagged_alike = [push.item], [push.item]
    tag_change = _tag_change(push)
    for item in islice(outbox.due(db, now, after=push.item.id), _LOOK_AHEAD):
        if item.table != "entry" or item.unbatched:
            continue
        other = _push_of(db, reconciler, item, now=now)
        if other is None or other.item != item or not _same_kind(push, other):
            continue
        if push.changed == other.changed:
            alike.append(item)
        if tag_change and _tag_change(other) == tag_change:
            tagged_alike.append(item)
        if MAX_BATCH in (len(alike), len(tagged_alike)):
            break
    if len(tagged_alike) > len(alike):
        batch = push._replace(items=tuple(tagged_alike), tag_change=tag_change)
    else:
        batch = push._replace(items=tuple(alike))
    return _new_tag_of(reconciler, batch, now=now) or batch


def _things_at_once(db: Database, reconciler: Reconciler, push: Push, *, now: int) -> Push:
    """The same for every project, client or task with which the protocol does so at once."""
    table = push.item.table
    columns = _AT_ONCE[reconciler.mapper.is_v8].get((push.kind, table))
    if columns is None or push.item.unbatched or not _fits_at_once(push, columns):
        return push
    alike = [push.item]
    for item in islice(outbox.due(db, now, after=push.item.id), _LOOK_AHEAD):
        if item.table != table or item.unbatched or len(alike) == MAX_BATCH:
            continue
        other = _push_of(db, reconciler, item, now=now)
        if other is None or other.item != item or not _does_the_same(push, other):
            continue
        if table != "task" or reconciler.mapper.is_v8 or push.project_id == other.project_id:
            alike.append(item)
    return push._replace(items=tuple(alike))


def _fits_at_once(push: Push, columns: frozenset[str]) -> bool:
    if push.item.table == "client" and push.changed.get("archived") == 0:
        return False  # there is a call to archive several, and none to restore them
    return not push.with_entries and push.changed.keys() <= columns


def _does_the_same(push: Push, other: Push) -> bool:
    alike = _same_kind(push, other) and push.changed == other.changed
    return alike and not other.with_entries


def _new_tag_of(reconciler: Reconciler, push: Push, *, now: int) -> Push | None:
    """The request for a new tag of several entries, the reply to whose change names no ids."""
    if len(push.items) == 1:
        return None
    known = reconciler.mapper.row_ids("tag").values()
    for tag in ids_from(text(push.changed, "tag_ids") or "[]"):
        if tag not in known:
            return _prerequisite(reconciler.db, reconciler, "tag", tag, now=now, depth=0)
    return None


def _same_kind(one: Push, other: Push) -> bool:
    return (one.kind, one.workspace) == (other.kind, other.workspace)


def _tag_change(push: Push) -> TagDelta | None:
    """What becomes of an entry's tags, if that alone changes: all are added, or all removed."""
    if push.known is None or push.changed.keys() != {"tag_ids"}:
        return None
    had, has = (set(ids_from(text(each, "tag_ids"))) for each in (push.known.base, push.changed))
    if had < has:
        return TagDelta("add", tuple(sorted(has - had)))
    return TagDelta("remove", tuple(sorted(had - has))) if has < had else None


def _with_tag_names(reconciler: Reconciler, columns: RowValues) -> RowValues:
    """The columns with the names of tags, by which they are known when ours are gone."""
    if "tag_ids" not in columns:
        return columns
    names = [reconciler.mapper.tag_name(tag) for tag in ids_from(text(columns, "tag_ids"))]
    return {**columns, TAG_NAMES: names_text(names)}


def mark_sending(reconciler: Reconciler, push: Push, *, now: int) -> None:
    """Remember what is about to be sent: should no answer come, it is looked for."""
    db = reconciler.db
    columns = {"create": push.image, "update": push.changed, "delete": None}[push.kind]
    sent = None if columns is None else remote_rows.as_json(_with_tag_names(reconciler, columns))
    changes: outbox.ItemChanges = {"state": "sending", "sent_at": now, "sent": sent}
    for item in push.items:
        if push.tag_change:
            known = remote_rows.of_row(db, item.table, item.row_id)
            tagged = _with_tag_names(reconciler, push.sent_for(known.base if known else {}))
            changes["sent"] = remote_rows.as_json(tagged)
        if push.kind == "create" and not item.attempts:
            changes["remote_id_above"] = remote_rows.highest(db, item.table)
        outbox.update(db, item.id, **changes)
