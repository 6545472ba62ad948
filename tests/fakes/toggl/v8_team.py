"""The v8 calls about workspaces, who is in them, and the user."""

import secrets
from typing import Any, Final

from tests.fakes.toggl import team, v8_shapes, v9_team
from tests.fakes.toggl.exchange import Refusal, Reply, answer
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Membership, ProjectPart
from tests.fakes.toggl.stamps import seconds
from tests.fakes.toggl.v8_entries import data, wrapped

ROUTES: Final = Router()
WORKSPACE: Final = "/workspaces/{workspace_id}"


@ROUTES.on("PUT", WORKSPACE)
def change_workspace(call: Call) -> Reply:
    sent = wrapped(call.request, "workspace")
    return data(
        v8_shapes.workspace(team.change_workspace(call.state, call.number("workspace_id"), sent))
    )


@ROUTES.on("GET", f"{WORKSPACE}/users")
def users(call: Call) -> Reply:
    rows = team.members(call.state, call.number("workspace_id"))
    return answer(
        [
            {"id": row.user_id, "email": row.email, "fullname": row.name, "at": seconds(row.at)}
            for row in rows
            if row.joined
        ]
    )


@ROUTES.on("GET", f"{WORKSPACE}/workspace_users")
def members(call: Call) -> Reply:
    workspace = team.check_admin(call.state, call.number("workspace_id"))
    return answer([member(row) for row in team.members(call.state, workspace.id)])


def member(row: Membership) -> dict[str, Any]:
    """A membership."""
    shown = {
        "id": row.id,
        "uid": row.user_id,
        "wid": row.workspace_id,
        "admin": row.role == "admin",
        "active": row.joined,
        "email": row.email,
        "at": seconds(row.at),
        "name": row.name,
    }
    invite = {} if row.joined else {"invite_url": "https://localhost/user/accept_invitation"}
    return {name: value for name, value in (shown | invite).items() if value != ""}


@ROUTES.on("PUT", "/workspace_users/{member_id}")
def change_member(call: Call) -> Reply:
    row = team.found_member(call.state, call.number("member_id"))
    sent = wrapped(call.request, "workspace_user")
    team.change_member(call.state, row, {"admin": sent.get("admin", row.role == "admin")})
    return data(member(row))


@ROUTES.on("DELETE", "/workspace_users/{member_id}")
def remove_member(call: Call) -> Reply:
    team.remove_member(call.state, team.found_member(call.state, call.number("member_id")))
    return answer(None)


@ROUTES.on("POST", f"{WORKSPACE}/invite")
def invite(call: Call) -> Reply:
    sent = v9_team.sent_object(call)
    invited, remarks = team.invite(
        call.state, call.number("workspace_id"), sent.get("emails") or []
    )
    return answer({"data": [member(row) for row in invited], "notifications": remarks})


@ROUTES.on("GET", f"{WORKSPACE}/groups")
def groups(call: Call) -> Reply:
    workspace = call.state.workspace_of(call.number("workspace_id"))
    rows = [row for row in call.state.groups.values() if row.workspace_id == workspace.id]
    return answer(
        [
            {"id": row.id, "wid": row.workspace_id, "name": row.name, "at": seconds(row.at)}
            for row in rows
        ]
    )


@ROUTES.on("GET", f"{WORKSPACE}/project_users")
def all_parts(call: Call) -> Reply:
    return answer([part(row) for row in team.parts(call.state, call.number("workspace_id"))])


@ROUTES.on("GET", "/projects/{project_id}/project_users")
def parts(call: Call) -> Reply:
    project = call.state.find(call.state.projects, call.number("project_id"), None)
    if project is None:
        raise Refusal(404, "null")
    return answer([part(row) for row in team.parts(call.state, project.workspace_id, [project.id])])


def part(row: ProjectPart) -> dict[str, Any]:
    """Somebody's part in a project."""
    shown = {
        "id": row.id,
        "pid": row.project_id,
        "uid": row.user_id,
        "wid": row.workspace_id,
        "manager": row.manager,
        "at": seconds(row.at),
    }
    return shown if row.rate is None else shown | {"rate": row.rate}


@ROUTES.on("POST", "/project_users")
def add_parts(call: Call) -> Reply:
    """One, or several by a line of ids: who cannot be added is left out then."""
    sent = wrapped(call.request, "project_user")
    given = sent.get("uid")
    if isinstance(given, int):
        return data(part(team.add_part(call.state, sent.get("pid") or 0, given, sent)))
    made = []
    for user_id in (int(each) for each in str(given or "").split(",") if each.isdigit()):
        try:
            made.append(part(team.add_part(call.state, sent.get("pid") or 0, user_id, sent)))
        except Refusal as refusal:
            if refusal.status != 400:
                raise
    return data(made)


@ROUTES.on("PUT", "/project_users/{part_ids}")
def change_parts(call: Call) -> Reply:
    sent, ids = wrapped(call.request, "project_user"), _ids(call)
    rows = [call.state.project_parts[each] for each in ids if each in call.state.project_parts]
    if not rows:
        raise Refusal(404, "null")
    for row in rows:
        team.change_part(call.state, team.found_part(call.state, row.id), sent)
    return data(part(rows[0]) if len(ids) == 1 else [part(row) for row in rows])


@ROUTES.on("DELETE", "/project_users/{part_ids}")
def remove_parts(call: Call) -> Reply:
    for each in _ids(call):
        del call.state.project_parts[team.found_part(call.state, each).id]
    return answer(None)


def _ids(call: Call) -> list[int]:
    return [int(each) for each in call.path["part_ids"].split(",") if each.isdigit()]


@ROUTES.on("GET", "/dashboard/{workspace_id}")
def dashboard(call: Call) -> Reply:
    workspace_id = call.number("workspace_id")
    return answer(
        {
            "most_active_user": team.most_active(call.state, workspace_id),
            "activity": [v9_team.activity(row) for row in team.latest(call.state, workspace_id)],
        }
    )


@ROUTES.on("PUT", "/me")
def change_me(call: Call) -> Reply:
    sent = wrapped(call.request, "user")
    v9_team.change_user(call.state, sent)
    if formats := {name: sent[name] for name in sent if name in call.state.preferences}:
        v9_team.change_formats(call.state, formats)
    return data(v8_shapes.user(call.state))


@ROUTES.on("POST", "/reset_token")
def reset_token(call: Call) -> Reply:
    call.state.token = secrets.token_hex(16)
    return answer(call.state.token)
