"""The calls of v9 about oneself: ``/me`` and what is under it, but for time entries."""

from typing import Any, Final

from tray.hub import v9_shapes as shapes
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiReply, answer
from tray.hub.api_routes import ApiRoutes
from tray.hub.v9_entry_calls import recent_rows
from tray.store import catalogue

ROUTES: Final = ApiRoutes()
PLENTY: Final = 1_000_000
"""Requests left in the hour, where nobody counts."""
HOUR_SECONDS: Final = 3600
_PAGE: Final = 201
_NO_PAGE: Final = "Invalid per_page"


@ROUTES.on("GET", "/me")
def me(call: ApiCall) -> ApiReply:
    """The user, with all that is theirs if asked for."""
    shown = shapes.user(call)
    if call.asks("with_related_data"):
        shown |= {name: rows for name, rows in related(call).items() if rows}
    return answer(shown)


def related(call: ApiCall) -> dict[str, list[dict[str, Any]]]:
    """All that belongs to the user, of entries the recent ones."""
    ids = call.ids
    ids.read_all("project", "client", "tag", "task")
    db = call.db
    return {
        "workspaces": [shapes.workspace(call, row) for row in catalogue.workspaces(db)],
        "clients": [shapes.client(call, row) for row in catalogue.clients(db)],
        "projects": [shapes.project(call, row) for row in catalogue.projects(db)],
        "tasks": [shapes.task(call, row) for row in catalogue.tasks(db)],
        "tags": [shapes.tag(call, row) for row in catalogue.tags(db)],
        "time_entries": list(recent_rows(call)),
    }


@ROUTES.on("GET", "/me/logged")
def logged(call: ApiCall) -> ApiReply:
    """That the token is right."""
    del call
    return ApiReply(200)


@ROUTES.on("GET", "/me/id")
def number_of_user(call: ApiCall) -> ApiReply:
    """The id of the user."""
    return answer({"id": call.owner.id})


@ROUTES.on("GET", "/me/quota")
def quota(call: ApiCall) -> ApiReply:
    """Plenty."""
    rows = catalogue.workspaces(call.db)
    numbers = [None, *dict.fromkeys(shapes.organization_id(call, row) for row in rows)]
    return answer(
        [
            {
                "organization_id": number,
                "remaining": PLENTY,
                "resets_in_secs": HOUR_SECONDS,
                "total": PLENTY,
            }
            for number in numbers
        ]
    )


@ROUTES.on("GET", "/me/features")
def features(call: ApiCall) -> ApiReply:
    """What a plan has: nothing is promised."""
    rows = catalogue.workspaces(call.db)
    return answer(
        [{"workspace_id": call.ids.of("workspace", row.id), "features": []} for row in rows]
    )


@ROUTES.on("GET", "/me/preferences", "/me/preferences/<string:client>")
def preferences(call: ApiCall) -> ApiReply:
    """How the account shows dates and times."""
    return answer(shapes.preferences(call))


@ROUTES.on("GET", "/me/web-timer")
def web_timer(call: ApiCall) -> ApiReply:
    """What Toggl's own page begins with."""
    return answer({"tags": [], "time_entries": [], **related(call)})


@ROUTES.on("GET", "/me/workspaces", "/workspaces")
def workspaces(call: ApiCall) -> ApiReply:
    """All workspaces."""
    return answer([shapes.workspace(call, row) for row in catalogue.workspaces(call.db)])


@ROUTES.on("GET", "/me/organizations")
def organizations(call: ApiCall) -> ApiReply:
    """The organisations of the workspaces."""
    found = [shapes.organization(call, row) for row in catalogue.workspaces(call.db)]
    return answer(list({each["id"]: each for each in found}.values()))


@ROUTES.on("GET", "/me/clients")
def clients(call: ApiCall) -> ApiReply:
    """All clients."""
    call.ids.read_all("client")
    return answer([shapes.client(call, row) for row in catalogue.clients(call.db)])


@ROUTES.on("GET", "/me/tags")
def tags(call: ApiCall) -> ApiReply:
    """All tags."""
    call.ids.read_all("tag")
    return answer([shapes.tag(call, row) for row in catalogue.tags(call.db)])


@ROUTES.on("GET", "/me/projects")
def projects(call: ApiCall) -> ApiReply:
    """The projects in use; the archived ones too, if asked for."""
    call.ids.read_all("project", "client")
    everything = call.asks("include_archived") or bool(call.text("since"))
    rows = catalogue.projects(call.db)
    return answer([shapes.project(call, row) for row in rows if everything or not row.archived])


@ROUTES.on("GET", "/me/projects/paginated")
def some_projects(call: ApiCall) -> ApiReply:
    """The projects by id, from one on."""
    call.ids.read_all("project", "client")
    first = call.whole("start_project_id", "Invalid start_project_id", 0) or 0
    size = call.whole("per_page", _NO_PAGE, _PAGE) or _PAGE
    found = [shapes.project(call, row) for row in catalogue.projects(call.db)]
    found = sorted((row for row in found if row["id"] >= first), key=lambda row: int(row["id"]))
    return answer(found[: max(1, size)])


@ROUTES.on("GET", "/me/tasks")
def tasks(call: ApiCall) -> ApiReply:
    """The open tasks of projects in use: others name a project that is listed nowhere."""
    call.ids.read_all("task", "project")
    used = {row.id for row in catalogue.projects(call.db) if not row.archived}
    everything = call.asks("include_not_active")
    rows = catalogue.tasks(call.db)
    return answer(
        [
            shapes.task(call, row)
            for row in rows
            if row.project_id in used and (everything or not row.archived)
        ]
    )


@ROUTES.on("GET", "/status")
def status(call: ApiCall) -> ApiReply:
    """That somebody is here."""
    del call
    return answer({"status": "OK"})
