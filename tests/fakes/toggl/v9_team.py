"""The v9 calls about workspaces and who is in them."""

from typing import Any, Final
from zoneinfo import available_timezones

from tests.fakes.toggl import shapes, team
from tests.fakes.toggl.exchange import Refusal, Reply, answer, nothing
from tests.fakes.toggl.payload import NOT_JSON
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Membership, ProjectPart, Tracked
from tests.fakes.toggl.stamps import offset, seconds
from tests.fakes.toggl.state import State

ROUTES: Final = Router()
WORKSPACE: Final = "/workspaces/{workspace_id}"
MEMBERS: Final = f"{WORKSPACE}/workspace_users"
PARTS: Final = f"{WORKSPACE}/project_users"
MOST_AT_ONCE: Final = 100
MOST_PROJECTS: Final = 200


def sent_object(call: Call) -> dict[str, Any]:
    """The object in the body; 400 for what is none."""
    value = call.request.json()
    if not isinstance(value, dict):
        raise Refusal(400, NOT_JSON)
    return value


@ROUTES.on("PUT", WORKSPACE)
def change_workspace(call: Call) -> Reply:
    sent = sent_object(call)
    return answer(
        shapes.workspace(team.change_workspace(call.state, call.number("workspace_id"), sent))
    )


@ROUTES.on("GET", f"{WORKSPACE}/users")
def users(call: Call) -> Reply:
    return answer(
        [
            {
                "id": row.user_id,
                "email": row.email,
                "fullname": row.name,
                "inactive": row.inactive,
                "is_active": row.joined,
                "is_admin": row.role == "admin",
                "role": row.role,
            }
            for row in team.members(call.state, call.number("workspace_id"))
            if row.joined
        ]
    )


@ROUTES.on("GET", MEMBERS)
def members(call: Call) -> Reply:
    workspace = team.check_admin(call.state, call.number("workspace_id"))
    rows = team.members(call.state, workspace.id)
    return answer([member(row) for row in rows])


def member(row: Membership) -> dict[str, Any]:
    """A membership."""
    return {
        "id": row.id,
        "uid": row.user_id,
        "wid": row.workspace_id,
        "admin": row.role == "admin",
        "workspace_admin": row.role == "admin",
        "active": row.joined,
        "inactive": row.inactive,
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "rate": row.rate,
        "timezone": "Europe/Berlin",
        "at": seconds(row.at),
    }


@ROUTES.on("PUT", f"{MEMBERS}/{{member_id}}")
def change_member(call: Call) -> Reply:
    row = team.found_member(call.state, call.number("member_id"), call.number("workspace_id"))
    team.change_member(call.state, row, sent_object(call))
    return answer("OK")


@ROUTES.on("DELETE", f"{MEMBERS}/{{member_id}}")
def remove_member(call: Call) -> Reply:
    row = team.found_member(call.state, call.number("member_id"), call.number("workspace_id"))
    team.remove_member(call.state, row)
    return nothing()


@ROUTES.on("POST", "/organizations/{organization_id}/invitations")
def invite(call: Call) -> Reply:
    sent = sent_object(call)
    number = call.number("organization_id")
    ids = [each["workspace_id"] for each in sent.get("workspaces", ())]
    if not ids or any(call.state.workspace_of(each).organization_id != number for each in ids):
        raise Refusal(400, "Missing or invalid workspaces")
    invited, remarks = team.invite(call.state, ids[0], sent.get("emails") or [])
    shown = [
        {
            "email": row.email,
            "invitation_id": row.id,
            "organization_id": number,
            "recipient_id": row.user_id,
            "sender_id": call.state.user_id,
        }
        for row in invited
    ]
    return answer({"data": shown, "messages": remarks})


@ROUTES.on("GET", "/organizations/{organization_id}/workspaces/{workspace_id}/groups")
def groups(call: Call) -> Reply:
    workspace = call.state.workspace_of(call.number("workspace_id"))
    team.check_plan(workspace)
    return answer(
        [
            {
                "group_id": row.id,
                "name": row.name,
                "at": seconds(row.at),
                "users": [
                    {"user_id": each.user_id, "name": each.name, "joined": each.joined}
                    for each in team.members(call.state, workspace.id)
                    if each.user_id in row.user_ids
                ],
                "workspaces": [workspace.id],
            }
            for row in call.state.groups.values()
            if row.workspace_id == workspace.id
        ]
    )


@ROUTES.on("GET", PARTS)
def parts(call: Call) -> Reply:
    named = call.request.query.get("project_ids")
    ids = None if named is None else [int(each) for each in named.split(",") if each.isdigit()]
    if ids is not None and len(ids) > MOST_PROJECTS:
        raise Refusal(400, "project_ids cannot exceed 200 elements.")
    rows = team.parts(call.state, call.number("workspace_id"), ids)
    user = call.integer("user_id", "Invalid user_id")
    return answer([part(row) for row in rows if user in (None, row.user_id)])


def part(row: ProjectPart) -> dict[str, Any]:
    """Somebody's part in a project."""
    return {
        "id": row.id,
        "project_id": row.project_id,
        "user_id": row.user_id,
        "workspace_id": row.workspace_id,
        "manager": row.manager,
        "rate": row.rate,
        "rate_last_updated": None,
        "labor_cost": None,
        "group_id": None,
        "at": seconds(row.at),
    }


@ROUTES.on("POST", PARTS)
def add_part(call: Call) -> Reply:
    sent = sent_object(call)
    call.state.workspace_of(call.number("workspace_id"))
    row = team.add_part(call.state, sent.get("project_id") or 0, sent.get("user_id") or 0, sent)
    return answer(part(row))


@ROUTES.on("PUT", f"{PARTS}/{{part_id}}")
def change_part(call: Call) -> Reply:
    row = team.found_part(call.state, call.number("part_id"))
    team.change_part(call.state, row, sent_object(call))
    return answer(part(row))


@ROUTES.on("PATCH", f"{PARTS}/{{part_ids}}")
def patch_parts(call: Call) -> Reply:
    """Some may be changed and others not; there is no way back."""
    ids = call.path["part_ids"].split(",")
    if not all(each.isdigit() for each in ids):
        raise Refusal(400, "Invalid value as user IDs")
    if len(ids) > MOST_AT_ONCE:
        raise Refusal(400, f"PATCH request is limited to {MOST_AT_ONCE} entries at once")
    change = _patched(call)
    success, failure = [], []
    for each in map(int, ids):
        try:
            team.change_part(call.state, team.found_part(call.state, each), change)
            success.append(each)
        except Refusal as refusal:
            failure.append({"id": each, "message": refusal.words})
    return answer({"success": success, "failure": failure})


def _patched(call: Call) -> dict[str, Any]:
    change: dict[str, Any] = {}
    for operation in call.request.json() or ():
        match operation:
            case {"op": "replace" | "add", "path": "/manager" | "/rate" as path, "value": value}:
                change[path[1:]] = value
            case _:
                raise Refusal(400, "Invalid path")
    if not change:
        raise Refusal(400, "No patchable fields defined")
    return change


@ROUTES.on("DELETE", f"{PARTS}/{{part_id}}")
def remove_part(call: Call) -> Reply:
    row = team.found_part(call.state, call.number("part_id"))
    del call.state.project_parts[row.id]
    return answer(row.id)


@ROUTES.on("GET", f"{WORKSPACE}/dashboard/most_active")
def most_active(call: Call) -> Reply:
    return answer(team.most_active(call.state, call.number("workspace_id")))


@ROUTES.on("GET", f"{WORKSPACE}/dashboard/all_activity")
def all_activity(call: Call) -> Reply:
    rows = team.latest(call.state, call.number("workspace_id"))
    return answer([activity(row) for row in rows])


@ROUTES.on("GET", f"{WORKSPACE}/dashboard/top_activity")
def top_activity(call: Call) -> Reply:
    return all_activity(call)


def activity(row: Tracked) -> dict[str, Any]:
    """One of the latest things that were tracked."""
    shown: dict[str, Any] = {
        "user_id": row.user_id,
        "project_id": row.project_id or 0,
        "duration": -row.start if row.stop is None else row.stop - row.start,
    }
    shown |= {"description": row.description} if row.description else {}
    return shown | ({} if row.stop is None else {"stop": offset(row.stop)})


@ROUTES.on("PUT", "/me")
def change_me(call: Call) -> Reply:
    change_user(call.state, sent_object(call))
    return answer(shapes.user(call.state))


def change_user(state: State, sent: dict[str, Any]) -> None:
    """Change the user; 400 with the documented words."""
    if "password" in sent:
        if not sent.get("current_password"):
            raise Refusal(400, "Current password must be present to change password")
        if sent["current_password"] != state.password:
            raise Refusal(400, "Current password is not valid")
        if len(sent["password"]) < 6:
            raise Refusal(400, "Password should be at least 6 characters")
    if "timezone" in sent and sent["timezone"] not in available_timezones():
        raise Refusal(400, "Invalid timezone")
    if "beginning_of_week" in sent and sent["beginning_of_week"] not in range(7):
        raise Refusal(400, "Invalid beginning_of_week")
    if "email" in sent and "@" not in sent["email"]:
        raise Refusal(400, "Invalid email")
    if "fullname" in sent and not sent["fullname"].strip():
        raise Refusal(400, "Invalid fullname")
    state.password = sent.get("password", state.password)
    state.time_zone = sent.get("timezone", state.time_zone)
    state.email = sent.get("email", state.email)
    state.fullname = sent.get("fullname", state.fullname)
    state.beginning_of_week = sent.get("beginning_of_week", state.beginning_of_week)


FORMATS: Final = {
    "timeofday_format": ("H:mm", "h:mm A"),
    "date_format": (
        "MM/DD/YYYY",
        "DD-MM-YYYY",
        "MM-DD-YYYY",
        "YYYY-MM-DD",
        "DD/MM/YYYY",
        "DD.MM.YYYY",
    ),
}


@ROUTES.on("GET", "/me/preferences")
def preferences(call: Call) -> Reply:
    return answer(call.state.preferences)


@ROUTES.on("POST", "/me/preferences")
def change_preferences(call: Call) -> Reply:
    change_formats(call.state, sent_object(call))
    return answer("OK")


def change_formats(state: State, sent: dict[str, Any]) -> None:
    """Change how the account shows things, and which letters it sends."""
    if not sent:
        raise Refusal(400, "Missing data")
    for name, values in FORMATS.items():
        if name in sent and sent[name] not in values:
            raise Refusal(400, f"Value in {name} is invalid")
    state.preferences |= {name: sent[name] for name in sent if name in state.preferences}
