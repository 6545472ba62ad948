"""Makes the request of a push, whatever kind of thing it is about."""

from collections.abc import Callable

from tray.api.remote_api import Toggl
from tray.api.remote_values import RemoteClient
from tray.store import remote_rows
from tray.store.columns import number, text
from tray.sync.push.push_values import Push, PushReply
from tray.sync.reconcile.mapping import Mapper, Thing


def send(api: Toggl, mapper: Mapper, push: Push) -> PushReply:
    """Make the request; raises what it fails with."""
    match push.item.table, push.kind:
        case "entry", _:
            return _send_entry(api, mapper, push)
        case table, "delete":
            _deleters(api, mapper, push)[table]()
            return PushReply()
        case _:
            return PushReply(_senders(api, mapper, push)[push.item.table]())


def _send_entry(api: Toggl, mapper: Mapper, push: Push) -> PushReply:
    remote_id = push.known.remote_id if push.known else 0
    if push.kind == "delete":
        api.delete_entry(push.workspace, remote_id)
        return PushReply()
    fields = mapper.entry_fields(push.changed)
    if push.kind == "create":
        return PushReply(api.create_entry(push.workspace, fields))
    if len(push.items) == 1:
        return PushReply(api.update_entry(push.workspace, remote_id, fields))
    ids = [remote_rows.remote_id(mapper.db, "entry", item.row_id) or 0 for item in push.items]
    return PushReply(refused=api.update_entries(push.workspace, ids, fields).failed)


def _senders(api: Toggl, mapper: Mapper, push: Push) -> dict[str, Callable[[], Thing]]:
    """What makes or changes each kind of thing but entries."""
    workspace, image, changed = push.workspace, push.image, push.changed
    name = text(image, "name")
    theirs = push.known.remote_id if push.known else 0
    new = push.kind == "create"
    project = remote_rows.remote_id(mapper.db, "project", number(image, "project_id") or 0) or 0

    def client() -> Thing:
        if new:
            return api.create_client(workspace, name)
        if "archived" not in changed:
            return api.rename_client(workspace, theirs, name)
        archived = bool(image["archived"])
        api.archive_client(workspace, theirs, archived=archived)
        return RemoteClient(
            theirs, workspace, text(push.known.base, "name") if push.known else name, archived
        )

    def task() -> Thing:
        if new:
            return api.create_task(workspace, project, name)
        archived = bool(image["archived"])
        return api.update_task(workspace, project, theirs, name=name, archived=archived)

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
        "project": lambda: api.delete_project(workspace, theirs),
        "task": lambda: api.delete_task(workspace, project, theirs),
        "tag": lambda: api.delete_tag(workspace, theirs),
    }
