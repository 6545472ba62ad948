"""Who else is in the workspaces of the account, what they may do and do, by the server's rules."""

import re
from collections.abc import Iterable
from typing import Any, Final

from tests.fakes.toggl.catalogue import PREMIUM
from tests.fakes.toggl.exchange import Refusal
from tests.fakes.toggl.rows import Membership, Project, ProjectPart, Tracked, Workspace
from tests.fakes.toggl.state import NO_ACCESS, State, live

ROLES: Final = ("admin", "user", "projectlead", "teamlead")
DAYS: Final = 7 * 24 * 3600
MOST_ACTIVE: Final = 5
MOST_ACTIVITY: Final = 20
RULES: Final[dict[str, tuple[type | tuple[type, ...], bool]]] = {
    "name": (str, False),
    "default_currency": (str, True),
    "default_hourly_rate": ((int, float), True),
    "rounding": (int, True),
    "rounding_minutes": (int, True),
    "projects_billable_by_default": (bool, True),
    "only_admins_may_create_projects": (bool, False),
    "only_admins_see_billable_rates": (bool, False),
    "only_admins_see_team_dashboard": (bool, False),
}
"""What can be changed of a workspace: its type, and whether it takes a paid plan."""


def own_membership(state: State, workspace: Workspace) -> Membership:
    """The place of the account itself, whose role is the workspace's to say."""
    found = [each for each in _of(state, workspace.id) if each.user_id == state.user_id]
    if not found:
        found = [
            Membership(
                state.next_id(),
                workspace.id,
                state.user_id,
                state.fullname,
                state.email,
                state.stamp(),
            )
        ]
        state.memberships[found[0].id] = found[0]
    own = found[0]
    own.name, own.email = state.fullname, state.email
    own.role = "admin" if workspace.admin else "user"
    return own


def members(state: State, workspace_id: int) -> list[Membership]:
    """Everyone in a workspace, the account itself first."""
    own_membership(state, state.workspace_of(workspace_id))
    return sorted(_of(state, workspace_id), key=lambda row: row.id)


def _of(state: State, workspace_id: int) -> Iterable[Membership]:
    return [row for row in state.memberships.values() if row.workspace_id == workspace_id]


def join(
    state: State, workspace_id: int, email: str, name: str = "", *, joined: bool = True
) -> Membership:
    """Somebody comes in, or is invited."""
    row = Membership(
        state.next_id(), workspace_id, state.next_id(), name, email, state.stamp(), joined=joined
    )
    state.memberships[row.id] = row
    return row


def check_admin(state: State, workspace_id: int) -> Workspace:
    """The workspace; 403 for one who is no administrator of it."""
    workspace = state.workspace_of(workspace_id)
    if not workspace.admin:
        raise Refusal(403, NO_ACCESS)
    return workspace


def check_plan(workspace: Workspace, words: str = PREMIUM) -> None:
    """402 where nobody pays for it."""
    if not workspace.premium:
        raise Refusal(402, words)


def change_workspace(state: State, workspace_id: int, given: dict[str, Any]) -> Workspace:
    """Change what `given` names; nothing if any of it is refused."""
    workspace = check_admin(state, workspace_id)
    for name, value in given.items():
        kind, paid = RULES.get(name, (object, False))
        if not isinstance(value, kind):
            raise Refusal(400, f'Unexpected "{name}" type, offset=1')
        if name == "name" and not str(value).strip():
            raise Refusal(400, "workspace name must contain non-space characters")
        if paid and not workspace.premium:
            raise Refusal(402, f"Must be a premium user to use {name}")
    workspace.name = given.get("name", workspace.name)
    workspace.rules |= {name: given[name] for name in given if name in RULES and name != "name"}
    workspace.at = state.stamp()
    return workspace


def found_member(state: State, member_id: int, workspace_id: int | None = None) -> Membership:
    """A place in a workspace that the account administers."""
    row = state.memberships.get(member_id)
    if row is None or workspace_id not in (None, row.workspace_id):
        check_admin(state, workspace_id or next(iter(state.workspaces)))
        raise Refusal(400, "Workspace user not found/accessible by user")
    check_admin(state, row.workspace_id)
    return row


def change_member(state: State, row: Membership, given: dict[str, Any]) -> None:
    """Change role, rate, or whether somebody may use the workspace."""
    role = given.get("role")
    if "admin" in given:
        role = "admin" if given["admin"] else "user"
    if role is not None and role not in ROLES:
        raise Refusal(400, "Invalid role_id.")
    if "rate" in given:
        check_plan(state.workspaces[row.workspace_id], "Must be a premium user to use rate")
        row.rate = given["rate"]
    if given.get("inactive") and row.user_id == state.user_id:
        raise Refusal(400, "Cannot deactivate yourself")
    row.role = role or row.role
    row.inactive = given.get("inactive", row.inactive)
    row.at = state.stamp()


def remove_member(state: State, row: Membership) -> None:
    """Take somebody out, with their parts in projects."""
    if row.user_id == state.user_id:
        raise Refusal(400, "Cannot remove the organization owner user")
    del state.memberships[row.id]
    for part in [*state.project_parts.values()]:
        if part.user_id == row.user_id and part.workspace_id == row.workspace_id:
            del state.project_parts[part.id]


def invite(
    state: State, workspace_id: int, emails: list[str]
) -> tuple[list[Membership], list[str]]:
    """Invite people: who was, and remarks on who was not."""
    check_admin(state, workspace_id)
    if not emails:
        raise Refusal(400, "Emails should not be blank")
    for email in emails:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            raise Refusal(400, f"Invalid e-mail: '{email}'")
    here = {row.email.lower() for row in members(state, workspace_id)}
    invited = [
        join(state, workspace_id, email, joined=False)
        for email in emails
        if email.lower() not in here
    ]
    return invited, [
        f"{email} is already in this workspace" for email in emails if email.lower() in here
    ]


def check_manager(state: State, project: Project) -> None:
    """403 for one who manages neither the workspace nor the project."""
    parts = [each for each in state.project_parts.values() if each.project_id == project.id]
    manages = any(each.manager and each.user_id == state.user_id for each in parts)
    if not (manages or state.workspaces[project.workspace_id].admin):
        raise Refusal(403, NO_ACCESS)


def parts(
    state: State, workspace_id: int, project_ids: Iterable[int] | None = None
) -> list[ProjectPart]:
    """Who takes part in which project."""
    state.workspace_of(workspace_id)
    wanted = None if project_ids is None else {*project_ids}
    return [
        row
        for row in state.project_parts.values()
        if row.workspace_id == workspace_id and (wanted is None or row.project_id in wanted)
    ]


def add_part(state: State, project_id: int, user_id: int, given: dict[str, Any]) -> ProjectPart:
    """Add a member to a project."""
    project = state.find(state.projects, project_id, None)
    if project is None:
        raise Refusal(400, "Invalid project_id")
    check_manager(state, project)
    if user_id not in {row.user_id for row in members(state, project.workspace_id)}:
        raise Refusal(400, "Invalid user_id")
    if any(row.user_id == user_id for row in parts(state, project.workspace_id, [project_id])):
        raise Refusal(400, "Project user already exists")
    row = ProjectPart(state.next_id(), project.workspace_id, project_id, user_id, state.stamp())
    change_part(state, row, given)
    state.project_parts[row.id] = row
    return row


def found_part(state: State, part_id: int) -> ProjectPart:
    """A part in a project that the account manages."""
    row = state.project_parts.get(part_id)
    if row is None:
        raise Refusal(400, "Project user not found/accessible")
    check_manager(state, state.projects[row.project_id])
    return row


def change_part(state: State, row: ProjectPart, given: dict[str, Any]) -> None:
    """Change whether somebody manages a project, and at which rate they work."""
    if not isinstance(given.get("manager", False), bool):
        raise Refusal(400, "/manager expects a boolean")
    if given.get("rate") is not None:
        workspace = state.workspaces[row.workspace_id]
        check_plan(workspace, "Must be a premium user to use rate")
    row.manager = given.get("manager", row.manager)
    row.rate = given.get("rate", row.rate)
    row.at = state.stamp()


def most_active(state: State, workspace_id: int) -> list[dict[str, Any]]:
    """Who tracked most in the last seven days."""
    _check_dashboard(state, workspace_id)
    sums: dict[int, int] = {}
    for row in tracked(state, workspace_id):
        if row.start >= state.now - DAYS:
            length = (int(state.now) if row.stop is None else row.stop) - row.start
            sums[row.user_id] = sums.get(row.user_id, 0) + length
    first = sorted(sums.items(), key=lambda each: -each[1])[:MOST_ACTIVE]
    return [{"user_id": user_id, "duration": total} for user_id, total in first]


def latest(state: State, workspace_id: int) -> list[Tracked]:
    """The latest that was tracked, by anybody."""
    _check_dashboard(state, workspace_id)
    return sorted(tracked(state, workspace_id), key=lambda row: -row.start)[:MOST_ACTIVITY]


def tracked(state: State, workspace_id: int) -> list[Tracked]:
    """What was tracked by others, and by the account itself."""
    own = [
        Tracked(
            row.workspace_id,
            state.user_id,
            row.description or "",
            row.start,
            row.stop,
            row.project_id,
        )
        for row in live(state.time_entries)
    ]
    return [each for each in [*state.others, *own] if each.workspace_id == workspace_id]


def _check_dashboard(state: State, workspace_id: int) -> None:
    workspace = state.workspace_of(workspace_id)
    if workspace.rules.get("only_admins_see_team_dashboard") and not workspace.admin:
        raise Refusal(403, NO_ACCESS)
