"""Each request about team, profile and workspace as it leaves, and each reply as it comes."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.api.exchange import Sent, exchange, exchanges, v8, v9
from tray.api.remote_values import Bulk
from tray.api.team_values import (
    AddedMembers,
    Dashboard,
    EntryDetails,
    Group,
    Invitation,
    Member,
    MostActive,
    Profile,
    ProjectMember,
    SharedWith,
    TeamActivity,
    User,
    WorkspaceDetails,
)

OFFICE: Final = WorkspaceDetails(7, "Office", 9)
V9_WORKSPACE: Final = {
    "id": 7,
    "organization_id": 9,
    "name": "Office",
    "premium": True,
    "admin": True,
    "role": "admin",
    "default_hourly_rate": 50,
    "default_currency": "EUR",
    "only_admins_may_create_projects": True,
    "rounding": -1,
    "rounding_minutes": 15,
    "at": "2026-01-05T08:20:40+00:00",
}
V8_WORKSPACE: Final = {
    "id": 7,
    "name": "Office",
    "profile": 0,
    "premium": False,
    "admin": True,
    "default_hourly_rate": 0,
    "default_currency": "USD",
    "only_admins_may_create_projects": False,
    "only_admins_see_billable_rates": True,
    "rounding": 1,
    "rounding_minutes": 0,
    "api_token": "0" * 32,
    "at": "2026-01-05T08:20:40+00:00",
}
IN_V9: Final = WorkspaceDetails(
    7,
    "Office",
    9,
    premium=True,
    admin=True,
    role="admin",
    default_currency="EUR",
    default_hourly_rate=50.0,
    rounding=-1,
    rounding_minutes=15,
    only_admins_may_create_projects=True,
)
IN_V8: Final = WorkspaceDetails(
    7,
    "Office",
    admin=True,
    role="admin",
    default_currency="USD",
    default_hourly_rate=0.0,
    rounding=1,
    only_admins_see_billable_rates=True,
)
V9_MEMBER: Final = {
    "id": 3,
    "uid": 2,
    "wid": 7,
    "admin": False,
    "active": True,
    "inactive": False,
    "email": "ann@example.org",
    "name": "Ann",
    "role": "projectlead",
    "rate": 12.5,
    "at": "2026-01-05T08:20:40Z",
}
V8_MEMBER: Final = {
    "id": 3,
    "uid": 2,
    "wid": 7,
    "admin": True,
    "active": False,
    "email": "ann@example.org",
    "at": "2026-01-05T08:20:40+00:00",
    "name": "Ann",
    "invite_url": "https://localhost/accept",
}
V9_PART: Final = {"id": 5, "project_id": 4, "user_id": 2, "workspace_id": 7, "manager": True}
V8_PART: Final = {"id": 5, "pid": 4, "uid": 2, "wid": 7, "manager": True, "rate": 4.0}
PART: Final = ProjectMember(5, 4, 2, manager=True)
RATED: Final = ProjectMember(5, 4, 2, manager=True, rate=4.0)
RUNNING: Final = {"user_id": 2, "project_id": 4, "duration": -1_770_984_000, "description": "Draw"}
OVER: Final = {"user_id": 2, "project_id": 0, "duration": 60, "stop": "2026-02-13T12:00:00+00:00"}
ACTIVITY: Final = (
    TeamActivity(2, "Draw", 4, start=1_770_984_000),
    TeamActivity(2, seconds=60, stop=1_770_984_000),
)
V8_USER: Final = {
    "id": 2,
    "api_token": "0" * 32,
    "default_wid": 7,
    "email": "ann@example.org",
    "fullname": "Ann",
    "timeofday_format": "h:mm A",
    "date_format": "MM/DD/YYYY",
    "beginning_of_week": 0,
    "timezone": "Europe/Berlin",
    "send_weekly_report": True,
}

CALLS: Final[dict[str, tuple[Callable[[], Any], Sent, Any, Any]]] = {
    "v9 workspaces": (
        lambda: v9().all_workspaces(),
        Sent("GET", "/api/v9/me/workspaces", {}, None),
        [V9_WORKSPACE, {"id": 8, "name": "Free", "business_ws": True}],
        [IN_V9, WorkspaceDetails(8, "Free", premium=True, role="user")],
    ),
    "v8 workspaces": (
        lambda: v8().all_workspaces(),
        Sent("GET", "/api/v8/workspaces", {}, None),
        [V8_WORKSPACE],
        [IN_V8],
    ),
    "v9 workspace": (
        lambda: v9().workspace(7),
        Sent("GET", "/api/v9/workspaces/7", {}, None),
        V9_WORKSPACE,
        IN_V9,
    ),
    "v8 workspace": (
        lambda: v8().workspace(7),
        Sent("GET", "/api/v8/workspaces/7", {}, None),
        {"data": V8_WORKSPACE},
        IN_V8,
    ),
    "v9 update a workspace": (
        lambda: v9().update_workspace(7, {"name": "Office", "rounding": -1}),
        Sent("PUT", "/api/v9/workspaces/7", {}, {"name": "Office", "rounding": -1}),
        V9_WORKSPACE,
        IN_V9,
    ),
    "v8 update a workspace": (
        lambda: v8().update_workspace(7, {"default_currency": "USD"}),
        Sent("PUT", "/api/v8/workspaces/7", {}, {"workspace": {"default_currency": "USD"}}),
        {"data": V8_WORKSPACE},
        IN_V8,
    ),
    "v9 workspace users": (
        lambda: v9().users(7),
        Sent("GET", "/api/v9/workspaces/7/users", {}, None),
        [{"id": 2, "email": "ann@example.org", "fullname": "Ann", "inactive": True}],
        [User(2, "Ann", "ann@example.org", inactive=True)],
    ),
    "v8 workspace users": (
        lambda: v8().users(7),
        Sent("GET", "/api/v8/workspaces/7/users", {}, None),
        [{"id": 2, "email": "ann@example.org", "fullname": "Ann", "default_wid": 7}],
        [User(2, "Ann", "ann@example.org")],
    ),
    "v9 members": (
        lambda: v9().members(7),
        Sent("GET", "/api/v9/workspaces/7/workspace_users", {}, None),
        [V9_MEMBER],
        [Member(3, 2, "Ann", "ann@example.org", "projectlead", rate=12.5)],
    ),
    "v8 members": (
        lambda: v8().members(7),
        Sent("GET", "/api/v8/workspaces/7/workspace_users", {}, None),
        [V8_MEMBER],
        [Member(3, 2, "Ann", "ann@example.org", "admin", joined=False)],
    ),
    "v9 update a member": (
        lambda: v9().update_member(7, 3, {"role": "teamlead", "inactive": True}),
        Sent(
            "PUT",
            "/api/v9/workspaces/7/workspace_users/3",
            {},
            {"role": "teamlead", "inactive": True},
        ),
        "OK",
        None,
    ),
    "v8 update a member": (
        lambda: v8().update_member(7, 3, {"role": "admin"}),
        Sent("PUT", "/api/v8/workspace_users/3", {}, {"workspace_user": {"admin": True}}),
        {"data": V8_MEMBER},
        None,
    ),
    "v9 remove a member": (
        lambda: v9().remove_member(7, 3),
        Sent("DELETE", "/api/v9/workspaces/7/workspace_users/3", {}, None),
        None,
        None,
    ),
    "v8 remove a member": (
        lambda: v8().remove_member(7, 3),
        Sent("DELETE", "/api/v8/workspace_users/3", {}, None),
        None,
        None,
    ),
    "v9 invite": (
        lambda: v9().invite(OFFICE, ["bob@example.org", "ann@example.org"]),
        Sent(
            "POST",
            "/api/v9/organizations/9/invitations",
            {},
            {
                "emails": ["bob@example.org", "ann@example.org"],
                "workspaces": [{"workspace_id": 7}],
            },
        ),
        {"data": [{"email": "Bob@example.org", "invitation_id": 1}], "messages": []},
        [
            Invitation("bob@example.org", invited=True),
            Invitation("ann@example.org", invited=False),
        ],
    ),
    "v8 invite": (
        lambda: v8().invite(OFFICE, ["ann@example.org"]),
        Sent("POST", "/api/v8/workspaces/7/invite", {}, {"emails": ["ann@example.org"]}),
        {"data": [V8_MEMBER], "notifications": ["A letter was sent to ann@example.org"]},
        [
            Invitation(
                "ann@example.org", invited=True, message="A letter was sent to ann@example.org"
            )
        ],
    ),
    "v9 groups": (
        lambda: v9().groups(OFFICE),
        Sent("GET", "/api/v9/organizations/9/workspaces/7/groups", {}, None),
        [{"group_id": 6, "name": "Design", "users": [{"user_id": 2, "name": "Ann"}]}],
        [Group(6, "Design", ("Ann",))],
    ),
    "v8 groups": (
        lambda: v8().groups(OFFICE),
        Sent("GET", "/api/v8/workspaces/7/groups", {}, None),
        [{"id": 6, "wid": 7, "name": "Design", "at": "2026-01-05T08:20:40+00:00"}],
        [Group(6, "Design")],
    ),
    "v9 project users": (
        lambda: v9().project_members(7, 4),
        Sent("GET", "/api/v9/workspaces/7/project_users", {"project_ids": "4"}, None),
        [V9_PART, V9_PART | {"id": 6, "project_id": 8}],
        [PART],
    ),
    "v8 project users": (
        lambda: v8().project_members(7, 4),
        Sent("GET", "/api/v8/projects/4/project_users", {}, None),
        [V8_PART],
        [RATED],
    ),
    "v8 project users of a workspace": (
        lambda: v8().project_members(7),
        Sent("GET", "/api/v8/workspaces/7/project_users", {}, None),
        [V8_PART],
        [RATED],
    ),
    "v9 add a project user": (
        lambda: v9().add_project_members(7, 4, [2], {"manager": True}),
        Sent(
            "POST",
            "/api/v9/workspaces/7/project_users",
            {},
            {"project_id": 4, "user_id": 2, "manager": True},
        ),
        V9_PART,
        AddedMembers((PART,), {}),
    ),
    "v8 add a project user": (
        lambda: v8().add_project_members(7, 4, [2], {"rate": 4.0, "manager": True}),
        Sent(
            "POST",
            "/api/v8/project_users",
            {},
            {"project_user": {"pid": 4, "uid": 2, "rate": 4.0, "manager": True}},
        ),
        {"data": V8_PART},
        AddedMembers((RATED,), {}),
    ),
    "v8 add project users": (
        lambda: v8().add_project_members(7, 4, [2, 3], {}),
        Sent("POST", "/api/v8/project_users", {}, {"project_user": {"pid": 4, "uid": "2,3"}}),
        {"data": [V8_PART]},
        AddedMembers((RATED,), {3: ""}),
    ),
    "v9 update a project user": (
        lambda: v9().update_project_members(7, [5], {"manager": False, "rate": 15.0}),
        Sent(
            "PUT",
            "/api/v9/workspaces/7/project_users/5",
            {},
            {"manager": False, "rate": 15.0},
        ),
        V9_PART,
        Bulk((5,), {}),
    ),
    "v9 update project users": (
        lambda: v9().update_project_members(7, [5, 6], {"manager": True}),
        Sent(
            "PATCH",
            "/api/v9/workspaces/7/project_users/5,6",
            {},
            [{"op": "replace", "path": "/manager", "value": True}],
        ),
        {"success": [5], "failure": [{"id": 6, "message": "not found"}]},
        Bulk((5,), {6: "not found"}),
    ),
    "v8 update a project user": (
        lambda: v8().update_project_members(7, [5], {"manager": False}),
        Sent("PUT", "/api/v8/project_users/5", {}, {"project_user": {"manager": False}}),
        {"data": V8_PART},
        Bulk((5,), {}),
    ),
    "v8 update project users": (
        lambda: v8().update_project_members(7, [5, 6], {"manager": True}),
        Sent("PUT", "/api/v8/project_users/5,6", {}, {"project_user": {"manager": True}}),
        {"data": [V8_PART]},
        Bulk((5,), {6: ""}),
    ),
    "v9 remove a project user": (
        lambda: v9().remove_project_members(7, [5]),
        Sent("DELETE", "/api/v9/workspaces/7/project_users/5", {}, None),
        5,
        Bulk((5,), {}),
    ),
    "v8 remove project users": (
        lambda: v8().remove_project_members(7, [5, 6]),
        Sent("DELETE", "/api/v8/project_users/5,6", {}, None),
        None,
        Bulk((5, 6), {}),
    ),
    "v8 dashboard": (
        lambda: v8().dashboard(7),
        Sent("GET", "/api/v8/dashboard/7", {}, None),
        {"most_active_user": [{"user_id": 2, "duration": 60}], "activity": [RUNNING, OVER]},
        Dashboard((MostActive(2, 60),), ACTIVITY),
    ),
    "v8 profile": (
        lambda: v8().profile(),
        Sent("GET", "/api/v8/me", {}, None),
        {"since": 1_770_984_000, "data": V8_USER},
        Profile(
            2,
            "Ann",
            "ann@example.org",
            "Europe/Berlin",
            0,
            "h:mm A",
            "MM/DD/YYYY",
            send_weekly_report=True,
        ),
    ),
    "v8 update the user": (
        lambda: v8().update_profile({"fullname": "Ann", "date_format": "MM/DD/YYYY"}),
        Sent("PUT", "/api/v8/me", {}, {"user": {"fullname": "Ann", "date_format": "MM/DD/YYYY"}}),
        {"data": V8_USER},
        None,
    ),
    "v9 update the user": (
        lambda: v9().update_profile({"timezone": "UTC", "beginning_of_week": 0}),
        Sent("PUT", "/api/v9/me", {}, {"timezone": "UTC", "beginning_of_week": 0}),
        {"id": 2},
        None,
    ),
    "v9 update the formats": (
        lambda: v9().update_profile({"timeofday_format": "H:mm", "send_weekly_report": False}),
        Sent(
            "POST",
            "/api/v9/me/preferences",
            {},
            {"timeofday_format": "H:mm", "send_weekly_report": False},
        ),
        "OK",
        None,
    ),
    "v9 reset the token": (
        lambda: v9().reset_token(),
        Sent("POST", "/api/v9/me/reset_token", {}, None),
        "newtoken",
        "newtoken",
    ),
    "v8 reset the token": (
        lambda: v8().reset_token(),
        Sent("POST", "/api/v8/reset_token", {}, None),
        "newtoken",
        "newtoken",
    ),
    "v9 entry with meta": (
        lambda: v9().entry_details(1),
        Sent("GET", "/api/v9/me/time_entries/1", {"meta": "true", "include_sharing": "true"}, None),
        {
            "id": 1,
            "workspace_id": 7,
            "project_id": 4,
            "start": "2026-02-13T12:00:00+00:00",
            "stop": None,
            "duration": -1,
            "description": "Draw",
            "tags": ["billed"],
            "tag_ids": [9],
            "user_id": 2,
            "at": "2026-02-13T12:00:01.84997Z",
            "permissions": ["edit"],
            "client_name": "Client",
            "project_name": "Project",
            "project_color": "#06a893",
            "project_active": True,
            "project_billable": False,
            "user_name": "Ann",
            "user_avatar_url": "",
            "shared_with": [{"accepted": True, "user_id": 3, "user_name": "Bob"}],
        },
        EntryDetails(
            1,
            7,
            "Draw",
            2,
            "Ann",
            "Client",
            4,
            "Project",
            "#06a893",
            project_active=True,
            project_billable=False,
            tags=("billed",),
            start=1_770_984_000,
            changed_at=1_770_984_001,
            permissions=("edit",),
            shared_with=(SharedWith(3, "Bob", accepted=True),),
        ),
    ),
    "v8 entry": (
        lambda: v8().entry_details(1),
        Sent("GET", "/api/v8/time_entries/1", {}, None),
        {"data": {"id": 1, "wid": 7, "start": "2026-02-13T12:00:00Z", "duration": 60, "uid": 2}},
        EntryDetails(1, 7, user_id=2, start=1_770_984_000, stop=1_770_984_060),
    ),
    "v9 share an entry": (
        lambda: v9().share_entry(7, 1, [3]).shared_with,
        Sent(
            "PUT",
            "/api/v9/workspaces/7/time_entries/1",
            {"meta": "true", "include_sharing": "true"},
            {"shared_with_user_ids": [3]},
        ),
        {
            "id": 1,
            "workspace_id": 7,
            "start": "2026-02-13T12:00:00Z",
            "duration": 60,
            "shared_with": [{"user_id": 3}],
        },
        (SharedWith(3),),
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_and_its_answer(name: str) -> None:
    call, sent, reply, value = CALLS[name]
    assert exchange(call, reply) == (sent, value)


def test_what_takes_two_requests_in_v9() -> None:
    most, latest = '[{"user_id": 2, "duration": 60, "fullname": "Ann"}]', "null"
    sent, dashboard = exchanges(lambda: v9().dashboard(7), [most, latest])
    paths = [each.path.removeprefix("/api/v9/workspaces/7/dashboard/") for each in sent]
    assert paths == ["most_active", "all_activity"]
    assert dashboard == Dashboard((MostActive(2, 60, "Ann"),))
    user = '{"id": 2, "fullname": "Ann", "timezone": "UTC", "beginning_of_week": 1}'
    formats = '{"date_format": "DD.MM.YYYY", "timeofday_format": "H:mm", "alpha_features": []}'
    sent, profile = exchanges(lambda: v9().profile(), [user, formats])
    assert [each.path for each in sent] == ["/api/v9/me", "/api/v9/me/preferences"]
    assert profile == Profile(2, "Ann", "", "UTC", 1, "H:mm", "DD.MM.YYYY")
    part = '{"id": 5, "project_id": 4, "user_id": 2, "manager": true}'
    sent, added = exchanges(lambda: v9().add_project_members(7, 4, [2, 2], {}), [part, part])
    assert [each.body for each in sent] == [{"project_id": 4, "user_id": 2}] * 2
    assert added.done == (PART,)
