"""The calls of v8: bodies in a wrapper of one name, single things in ``data``, lists bare."""

from collections.abc import Callable
from typing import Any, Final

from tray.hub import body_fields, entry_writing, thing_writing
from tray.hub import v8_shapes as shapes
from tray.hub.api_call import ApiCall, check_known
from tray.hub.api_reply import ApiError, ApiReply, answer, answer_rows
from tray.hub.api_routes import ApiRoutes
from tray.model.durations import DAY
from tray.model.entities import Client, Project, Tag, Task
from tray.model.limits import EARLIEST, LATEST
from tray.store import catalogue, entry_changes
from tray.store.catalogue import Kind, Thing
from tray.tracker import catalogue as verbs
from tray.tracker import entries as entry_verbs
from tray.tracker import removal

ROUTES: Final = ApiRoutes()
_USUAL_DAYS: Final = 9
_MOST: Final = 1_000
_ONE: Final = "/time_entries/<id:entry>"


def data(value: object) -> ApiReply:
    """A reply of one thing."""
    return answer({"data": value})


def wrapped(call: ApiCall, name: str) -> dict[str, Any]:
    """What is in the wrapper of that name; a body without one is taken as it is."""
    content = call.content
    found = content.get(name, content) if isinstance(content, dict) else None
    if not isinstance(found, dict):
        word = name if name == "time_entry" else name.capitalize()
        raise ApiError(400, f"{word} can't be blank")
    return found


@ROUTES.on("GET", "/me")
def me(call: ApiCall) -> ApiReply:
    """The user, with all that is theirs if asked for."""
    shown = shapes.user(call)
    if call.asks("with_related_data"):
        db = call.db
        call.ids.read_all("project", "client", "tag", "task")
        related = {
            "time_entries": _recent(call),
            "projects": [shapes.project(call, row) for row in catalogue.projects(db)],
            "tags": [shapes.tag(call, row) for row in catalogue.tags(db)],
            "workspaces": [shapes.workspace(call, row) for row in catalogue.workspaces(db)],
            "clients": [shapes.client(call, row) for row in catalogue.clients(db)],
            "tasks": [shapes.task(call, row) for row in catalogue.tasks(db)],
        }
        shown |= {name: rows for name, rows in related.items() if rows}
    return answer({"since": call.now, "data": shown})


def _recent(call: ApiCall) -> list[dict[str, Any]]:
    begin = call.now - _USUAL_DAYS * DAY
    found = [*entry_changes.started_between(call.db, begin, LATEST, _MOST)]
    names = catalogue.names(call.db)
    return [shapes.entry(call, state, names) for state in reversed(found)]


@ROUTES.on("GET", "/time_entries")
def listed(call: ApiCall) -> ApiReply:
    """The first thousand that start in a range, or in the last nine days, the oldest first."""
    begin, end = call.moment("start_date"), call.moment("end_date")
    if begin is None:
        begin = call.now - _USUAL_DAYS * DAY if end is None else EARLIEST
    states = entry_changes.first_started(call.db, begin, LATEST if end is None else end, _MOST)
    names = catalogue.names(call.db)
    call.ids.read_all("project", "task", "tag")
    return answer_rows(shapes.entry(call, state, names) for state in states)


@ROUTES.on("GET", "/time_entries/current")
@ROUTES.on("POST", "/time_entries/current")
def current(call: ApiCall) -> ApiReply:
    """What runs, or null."""
    state = entry_changes.running(call.db)
    return data(state and shapes.entry(call, state, catalogue.names_of(call.db, state.entry)))


@ROUTES.on("GET", _ONE)
def one(call: ApiCall) -> ApiReply:
    """One entry."""
    return _shown(call, call.ids.entry_row(call.numbers["entry"]))


@ROUTES.on("POST", "/time_entries")
def create(call: ApiCall) -> ApiReply:
    """Make an entry, running or finished."""
    body = wrapped(call, "time_entry")
    return _shown(call, entry_writing.create(call, body, _workspace_of(call, body)))


@ROUTES.on("POST", "/time_entries/start")
def start(call: ApiCall) -> ApiReply:
    """Start an entry now."""
    body = wrapped(call, "time_entry")
    return _shown(call, entry_writing.start_now(call, body, _workspace_of(call, body)))


@ROUTES.on("PUT", f"{_ONE}/stop")
@ROUTES.on("POST", f"{_ONE}/stop")
def stop(call: ApiCall) -> ApiReply:
    """Stop an entry now; one that is stopped is answered as it is."""
    entry_id = call.ids.entry_row(call.numbers["entry"])
    try:
        entry_writing.stop(call, entry_id)
    except ApiError as error:
        if error.status != 409:
            raise
    return _shown(call, entry_id)


@ROUTES.on("PUT", "/time_entries/<ids:entries>")
def update(call: ApiCall) -> ApiReply:
    """Change one entry, or several alike, in one step."""
    rows = [call.ids.entry_row(each) for each in call.numbers["entries"]]
    entry_writing.update(call, rows, wrapped(call, "time_entry"))
    shown = [_entry(call, row) for row in rows]
    return data(shown[0] if len(shown) == 1 else shown)


@ROUTES.on("DELETE", "/time_entries/<ids:entries>")
def delete(call: ApiCall) -> ApiReply:
    """Delete entries; their ids."""
    call.names_writer()
    rows = [call.ids.entry_row(each) for each in call.numbers["entries"]]
    entry_verbs.delete(call.db, rows, now=call.now)
    return answer(call.numbers["entries"])


def _entry(call: ApiCall, entry_id: int) -> dict[str, Any]:
    state = entry_changes.one(call.db, entry_id)
    if state is None:
        raise ApiError(404)
    return shapes.entry(call, state, catalogue.names_of(call.db, state.entry))


def _shown(call: ApiCall, entry_id: int) -> ApiReply:
    return data(_entry(call, entry_id))


def _workspace_of(call: ApiCall, body: dict[str, Any]) -> int:
    """The workspace that is named, or that of the project or task, or that of new things."""
    number = body_fields.whole_number(body, "wid", "workspace_id")
    if number:
        return call.workspace(number)
    words = entry_writing.NO_PROJECT
    task = call.named("task", body_fields.whole_number(body, "tid"), entry_writing.NO_TASK)
    project = call.named("project", body_fields.whole_number(body, "pid", "project_id"), words)
    if task is not None and project is None:
        project = catalogue.get(call.db, "task", task).project_id
    if project is not None:
        return catalogue.get(call.db, "project", project).workspace_id
    return catalogue.workspace_of_new(call.db)


@ROUTES.on("GET", "/workspaces")
def workspaces(call: ApiCall) -> ApiReply:
    """All workspaces."""
    return answer([shapes.workspace(call, row) for row in catalogue.workspaces(call.db)])


@ROUTES.on("GET", "/workspaces/<id:workspace>")
def workspace(call: ApiCall) -> ApiReply:
    """One workspace."""
    number = call.workspace()
    row = next(row for row in catalogue.workspaces(call.db) if row.id == number)
    return data(shapes.workspace(call, row))


@ROUTES.on("GET", "/workspaces/<id:workspace>/users")
def users(call: ApiCall) -> ApiReply:
    """Who is in it, as far as is known: oneself."""
    call.workspace()
    owner = call.owner
    return answer([{"id": owner.id, "email": owner.email, "fullname": owner.name}])


@ROUTES.on("GET", "/workspaces/<id:workspace>/projects")
def projects(call: ApiCall) -> ApiReply:
    """The projects in use, or archived, or both."""
    number = call.workspace()
    rows = [row for row in catalogue.projects(call.db) if row.workspace_id == number]
    return _projects(call, rows)


@ROUTES.on("GET", "/clients/<id:client>/projects")
def projects_of_client(call: ApiCall) -> ApiReply:
    """The projects of a client."""
    client = _found(call, "client")
    rows = [row for row in catalogue.projects(call.db) if row.client_id == client.id]
    return _projects(call, rows)


def _projects(call: ApiCall, rows: list[Project]) -> ApiReply:
    call.ids.read_all("project", "client")
    active = call.text("active", "true").lower()
    found = [row for row in rows if active in ("both", str(not row.archived).lower())]
    return answer([shapes.project(call, row) for row in found])


@ROUTES.on("GET", "/workspaces/<id:workspace>/clients")
def clients(call: ApiCall) -> ApiReply:
    """The clients of a workspace."""
    number = call.workspace()
    rows = [row for row in catalogue.clients(call.db) if row.workspace_id == number]
    return answer([shapes.client(call, row) for row in rows])


@ROUTES.on("GET", "/clients")
def all_clients(call: ApiCall) -> ApiReply:
    """All clients."""
    return answer([shapes.client(call, row) for row in catalogue.clients(call.db)])


@ROUTES.on("GET", "/workspaces/<id:workspace>/tags")
def tags(call: ApiCall) -> ApiReply:
    """The tags of a workspace."""
    number = call.workspace()
    rows = [row for row in catalogue.tags(call.db) if row.workspace_id == number]
    return answer([shapes.tag(call, row) for row in rows])


@ROUTES.on("GET", "/workspaces/<id:workspace>/tasks")
def tasks(call: ApiCall) -> ApiReply:
    """The tasks of a workspace."""
    number = call.workspace()
    owned = {row.id for row in catalogue.projects(call.db) if row.workspace_id == number}
    return _tasks(call, owned, call.text("active", "true").lower())


@ROUTES.on("GET", "/projects/<id:project>/tasks")
def tasks_of_project(call: ApiCall) -> ApiReply:
    """The tasks of a project."""
    return _tasks(call, {_found(call, "project").id}, "both")


def _tasks(call: ApiCall, projects: set[int], active: str) -> ApiReply:
    rows = [row for row in catalogue.tasks(call.db) if row.project_id in projects]
    found = [row for row in rows if active in ("both", str(not row.archived).lower())]
    return answer([shapes.task(call, row) for row in found])


@ROUTES.on("GET", "/projects/<id:project>/project_users")
def project_members(call: ApiCall) -> ApiReply:
    """Who takes part in a project: without an account nobody does."""
    _found(call, "project")
    check_known(call)
    return answer([])


@ROUTES.on("POST", "/projects")
def create_project(call: ApiCall) -> ApiReply:
    """Make a project."""
    body = wrapped(call, "project")
    made = thing_writing.create_project(call, body, _workspace_of(call, _place(body)))
    return _thing(call, "project", made)


@ROUTES.on("POST", "/clients")
def create_client(call: ApiCall) -> ApiReply:
    """Make a client."""
    body = wrapped(call, "client")
    made = thing_writing.create_client(call, body, _workspace_of(call, _place(body)))
    return _thing(call, "client", made)


@ROUTES.on("POST", "/tags")
def create_tag(call: ApiCall) -> ApiReply:
    """Make a tag."""
    body = wrapped(call, "tag")
    made = thing_writing.create_tag(call, body, _workspace_of(call, _place(body)))
    return _thing(call, "tag", made)


@ROUTES.on("POST", "/tasks")
def create_task(call: ApiCall) -> ApiReply:
    """Make a task."""
    body = wrapped(call, "task")
    number = body_fields.whole_number(body, "pid", "project_id")
    row = call.named("project", number, "Project can't be blank")
    if row is None:
        raise ApiError(400, "Project can't be blank")
    owner = catalogue.get(call.db, "project", row)
    return _thing(call, "task", thing_writing.create_task(call, body, owner))


def _place(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("wid", "workspace_id") if name in body}


@ROUTES.on("GET", "/projects/<id:project>")
def project(call: ApiCall) -> ApiReply:
    """One project."""
    return _thing(call, "project", _found(call, "project").id)


@ROUTES.on("GET", "/clients/<id:client>")
def client(call: ApiCall) -> ApiReply:
    """One client."""
    return _thing(call, "client", _found(call, "client").id)


@ROUTES.on("GET", "/tasks/<id:task>")
def task(call: ApiCall) -> ApiReply:
    """One task."""
    return _thing(call, "task", _found(call, "task").id)


@ROUTES.on("PUT", "/projects/<id:project>")
def update_project(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    row = _found(call, "project")
    if isinstance(row, Project):
        thing_writing.change_project(call, row, wrapped(call, "project"))
    return _thing(call, "project", row.id)


@ROUTES.on("PUT", "/clients/<id:client>")
def update_client(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    call.names_writer()
    row = _found(call, "client")
    changes = thing_writing.client_changes(wrapped(call, "client"))
    verbs.edit_client(call.db, row.id, changes, now=call.now)
    return _thing(call, "client", row.id)


@ROUTES.on("PUT", "/tags/<id:tag>")
def update_tag(call: ApiCall) -> ApiReply:
    """Give a tag another name."""
    call.names_writer()
    row = _found(call, "tag")
    name = body_fields.string(wrapped(call, "tag"), "name") or ""
    verbs.rename(call.db, "tag", row.id, name, now=call.now)
    return _thing(call, "tag", row.id)


@ROUTES.on("PUT", "/tasks/<ids:tasks>")
def update_tasks(call: ApiCall) -> ApiReply:
    """Change one task, or several alike."""
    rows = [call.thing("task", each) for each in call.numbers["tasks"]]
    for row in rows:
        if isinstance(row, Task):
            thing_writing.change_task(call, row, wrapped(call, "task"))
    shown = [_shape(call, catalogue.get(call.db, "task", row.id)) for row in rows]
    return data(shown[0] if len(shown) == 1 else shown)


def _deleter(kind: Kind, name: str) -> Callable[[ApiCall], ApiReply]:
    def delete_things(call: ApiCall) -> ApiReply:
        call.names_writer()
        rows = [call.thing(kind, each).id for each in call.numbers[name]]
        removal.delete(call.db, kind, *rows, now=call.now)
        return answer(call.numbers[name])

    return delete_things


for _kind in ("client", "project", "tag", "task"):
    ROUTES.on("DELETE", f"/{_kind}s/<ids:{_kind}s>")(_deleter(_kind, f"{_kind}s"))


def _found(call: ApiCall, kind: Kind) -> Thing:
    return call.thing(kind, call.numbers[kind], "")


def _thing(call: ApiCall, kind: Kind, row_id: int) -> ApiReply:
    found: Thing = catalogue.get(call.db, kind, row_id)
    return data(_shape(call, found))


def _shape(call: ApiCall, thing: Thing) -> dict[str, Any]:
    match thing:
        case Project():
            return shapes.project(call, thing)
        case Client():
            return shapes.client(call, thing)
        case Tag():
            return shapes.tag(call, thing)
    return shapes.task(call, thing)
