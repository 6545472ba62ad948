"""Makes the request of a push, whatever kind of thing it is about."""

from collections.abc import Callable

from tray.api.remote_api import Toggl
from tray.api.remote_values import RemoteClient
from tray.errors import Gone, RemoteError, ServerRefused
from tray.sentences import tr, tr_marked
from tray.store import remote_rows
from tray.store.columns import number, text
from tray.store.entries import ids_to
from tray.sync.push.push_values import Push, PushReply
from tray.sync.reconcile import doubles
from tray.sync.reconcile.mapping import Mapper, Thing


def send(api: Toggl, mapper: Mapper, push: Push) -> PushReply:
    """Make the request; raises what it fails with."""
    match push.item.table, push.kind:
        case "entry", _:
            return _send_entry(api, mapper, push)
        case _ if len(push.items) > 1:
            return _send_several(api, mapper, push)
        case table, "delete":
            _deleters(api, mapper, push)[table]()
            return PushReply()
        case _:
            return PushReply(_senders(api, mapper, push)[push.item.table]())


def _send_entry(api: Toggl, mapper: Mapper, push: Push) -> PushReply:
    remote_id = push.known.remote_id if push.known else 0
    if push.kind == "delete":
        return _delete_entry(api, mapper, push, remote_id)
    if push.stops_now:
        return PushReply(api.stop_entry(push.workspace, remote_id))
    fields = mapper.entry_fields(push.changed)
    if push.kind == "create":
        return PushReply(api.create_entry(push.workspace, fields))
    if len(push.items) == 1:
        duration = _duration(push) if fields.keys() & {"start", "stop"} else None
        return PushReply(api.update_entry(push.workspace, remote_id, fields, duration=duration))
    tag_action = push.tag_change.action if push.tag_change else None
    if push.tag_change:
        fields = mapper.entry_fields({"tag_ids": ids_to(push.tag_change.tag_ids)})
    ids = [remote_rows.remote_id(mapper.db, "entry", item.row_id) or 0 for item in push.items]
    bulk = api.update_entries(push.workspace, ids, fields, tag_action=tag_action)
    return PushReply(refused=bulk.failed)


def _duration(push: Push) -> int:
    """Of our entry; while it runs, the server wants the start as a negative number."""
    start, stop = number(push.image, "start") or 0, number(push.image, "stop")
    return -start if stop is None else stop - start


def _delete_entry(api: Toggl, mapper: Mapper, push: Push, remote_id: int) -> PushReply:
    """Delete an entry; one of two equal ones only if both are there, and it is as we know it."""
    kept = doubles.kept_row(push.known) if push.known else None
    if kept is not None and not doubles.was_deleted_here(mapper.db, kept):
        kept_id = remote_rows.remote_id(mapper.db, "entry", kept)
        if kept_id is None or not _is_there(api, kept_id):
            return PushReply(other_is_gone=True)
        theirs = api.entry(remote_id)
        if push.known and theirs.at > push.known.at:
            return PushReply(theirs)
    api.delete_entry(push.workspace, remote_id)
    return PushReply()


def _is_there(api: Toggl, remote_id: int) -> bool:
    try:
        api.entry(remote_id)
    except Gone:
        return False
    return True


def _send_several(api: Toggl, mapper: Mapper, push: Push) -> PushReply:
    table, db = push.item.table, mapper.db
    ids = [remote_rows.remote_id(db, table, item.row_id) or 0 for item in push.items]
    if push.kind == "delete":
        api.delete_things(table, push.workspace, ids)
        return PushReply()
    fields = (
        mapper.task_fields(push.changed) if table == "task" else mapper.project_fields(push.changed)
    )
    project = remote_rows.remote_id(db, "project", push.project_id) or 0
    bulk = api.update_things(table, push.workspace, ids, fields, project_id=project)
    return PushReply(refused=bulk.failed)


def _senders(api: Toggl, mapper: Mapper, push: Push) -> dict[str, Callable[[], Thing]]:
    """What makes or changes each kind of thing but entries."""
    workspace, image, changed = push.workspace, push.image, push.changed
    name = text(image, "name")
    theirs = push.known.remote_id if push.known else 0
    new = push.kind == "create"
    project = remote_rows.remote_id(mapper.db, "project", number(image, "project_id") or 0) or 0

    def client() -> Thing:
        if new:
            return api.create_client(workspace, mapper.client_fields(changed))
        if "archived" not in changed:
            return api.update_client(workspace, theirs, mapper.client_fields(changed))
        archived = bool(image["archived"])
        api.archive_client(workspace, theirs, archived=archived)
        return RemoteClient(
            theirs, workspace, text(push.known.base, "name") if push.known else name, archived
        )

    def task() -> Thing:
        if new:
            return api.create_task(workspace, project, mapper.task_fields(changed, new=True))
        return api.update_task(workspace, project, theirs, mapper.task_fields(changed))

    def tag() -> Thing:
        return api.create_tag(workspace, name) if new else api.rename_tag(workspace, theirs, name)

    def project_() -> Thing:
        fields = mapper.project_fields(changed)
        if new:
            return api.create_project(workspace, fields)
        return api.update_project(workspace, theirs, fields)

    return {"client": client, "task": task, "tag": tag, "project": project_}


def _deleters(api: Toggl, mapper: Mapper, push: Push) -> dict[str, Callable[[], None]]:
    known, workspace = push.known, push.workspace
    theirs = known.remote_id if known else 0
    base = known.base if known else {}
    project = remote_rows.remote_id(mapper.db, "project", number(base, "project_id") or 0) or 0
    return {
        "client": lambda: api.delete_client(workspace, theirs),
        "project": lambda: api.delete_project(workspace, theirs, with_entries=push.with_entries),
        "task": lambda: api.delete_task(workspace, project, theirs),
        "tag": lambda: api.delete_tag(workspace, theirs),
    }


def not_offered(push: Push) -> RemoteError:
    """What to say where the server has no such request."""
    return ServerRefused(
        {
            "create": tr("This server has no way to create a {kind}. It stays on this computer."),
            "update": tr("This server has no way to update a {kind}. It stays on this computer."),
            "delete": tr("This server has no way to delete a {kind}. It stays on this computer."),
        }[push.kind].format(kind=tr_marked(push.item.table))
    )
