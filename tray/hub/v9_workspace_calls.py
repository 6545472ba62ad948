"""The calls of v9 about workspaces and organisations, as far as they are known here."""

from typing import Any, Final

from tray.api.timestamps import stamp
from tray.hub import v9_shapes as shapes
from tray.hub.api_call import ApiCall, check_known
from tray.hub.api_reply import ApiError, ApiReply, answer
from tray.hub.api_routes import ApiRoutes
from tray.model.entities import Workspace
from tray.store import catalogue, workspace_rules

ROUTES: Final = ApiRoutes()
_WORKSPACE: Final = "/workspaces/<id:workspace>"


@ROUTES.on("GET", _WORKSPACE)
def workspace(call: ApiCall) -> ApiReply:
    """One workspace."""
    return answer(shapes.workspace(call, _row(call)))


@ROUTES.on("GET", f"{_WORKSPACE}/users")
def users(call: ApiCall) -> ApiReply:
    """Who is in it, as far as is known: oneself."""
    _row(call)
    owner = call.owner
    return answer(
        [
            {
                "id": owner.id,
                "email": owner.email,
                "fullname": owner.name,
                "inactive": False,
                "is_active": True,
                "is_admin": True,
                "role": "admin",
            }
        ]
    )


@ROUTES.on("GET", f"{_WORKSPACE}/workspace_users")
def members(call: ApiCall) -> ApiReply:
    """One's own membership."""
    row, owner = _row(call), call.owner
    number = call.ids.of("workspace", row.id)
    return answer(
        [
            {
                "id": owner.id,
                "user_id": owner.id,
                "uid": owner.id,
                "workspace_id": number,
                "wid": number,
                "admin": True,
                "workspace_admin": True,
                "active": True,
                "inactive": False,
                "email": owner.email,
                "name": owner.name,
                "timezone": owner.zone,
                "role": "admin",
                "rate": None,
                "at": shapes.workspace(call, row)["at"],
            }
        ]
    )


@ROUTES.on("GET", f"{_WORKSPACE}/project_users")
def project_members(call: ApiCall) -> ApiReply:
    """Who takes part in its projects: without an account nobody does."""
    _row(call)
    check_known(call)
    return answer([])


@ROUTES.on("GET", f"{_WORKSPACE}/statistics")
def statistics(call: ApiCall) -> ApiReply:
    """How many are in it."""
    _row(call)
    return answer({"admins": [], "groups_count": 0, "members_count": 1})


@ROUTES.on("GET", f"{_WORKSPACE}/time_entry_constraints")
def constraints(call: ApiCall) -> ApiReply:
    """What it asks of each entry."""
    required = workspace_rules.read(call.db, _row(call).id).required
    present: dict[str, Any] = {
        f"{name}_present": name in required for name in ("description", "project", "tag", "task")
    }
    return answer({"time_entry_constraints_enabled": bool(required), **present})


@ROUTES.on("GET", f"{_WORKSPACE}/preferences")
def preferences(call: ApiCall) -> ApiReply:
    """What is locked in it."""
    locked = workspace_rules.read(call.db, _row(call).id).locked_until
    return answer({"report_locked_at": None if locked is None else stamp(locked)})


@ROUTES.on("GET", "/organizations/<id:organization>")
def organization(call: ApiCall) -> ApiReply:
    """One organisation."""
    for row in catalogue.workspaces(call.db):
        shown = shapes.organization(call, row)
        if shown["id"] == call.numbers["organization"]:
            return answer(shown)
    raise ApiError(404, "Organization not found")


def _row(call: ApiCall) -> Workspace:
    number = call.workspace()
    return next(row for row in catalogue.workspaces(call.db) if row.id == number)
