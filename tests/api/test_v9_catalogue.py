"""What v9 is asked about projects, clients, tags and tasks, to the letter."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from tests.api.exchange import Sent, exchange, exchanges, v9
from tray.api.remote_values import (
    Bulk,
    ProjectFields,
    RemoteClient,
    RemoteProject,
    RemoteTag,
    RemoteTask,
)
from tray.api.toggl_v9 import TogglV9

AT: Final = "2020-01-02T03:04:05.6789Z"
AT_MICROSECONDS: Final = 1_577_934_245_678_900
PROJECT: Final[dict[str, Any]] = {
    "id": 4,
    "workspace_id": 7,
    "client_id": None,
    "name": "P",
    "is_private": True,
    "active": True,
    "at": AT,
    "server_deleted_at": None,
    "color": "#e36a00",
    "billable": None,
    "wid": 7,
    "cid": None,
}
IN_USE: Final = RemoteProject(4, 7, "P", None, "#e36a00", at=AT_MICROSECONDS, private=True)
CLIENT: Final[dict[str, Any]] = {"id": 3, "wid": 7, "archived": False, "name": "C", "at": AT}
TAG: Final[dict[str, Any]] = {"id": 5, "workspace_id": 7, "name": "T", "at": AT}
TASK: Final[dict[str, Any]] = {
    "id": 6,
    "workspace_id": 7,
    "project_id": 4,
    "name": "K",
    "active": False,
    "at": AT,
}


def test_all_projects_are_asked_for_page_by_page() -> None:
    full = json.dumps([PROJECT | {"id": number} for number in range(1, 201)])
    rest = json.dumps([PROJECT | {"id": 201, "active": False}])
    sent, projects = exchanges(lambda: v9().projects(7), [full, rest])
    assert [(each.path, each.query) for each in sent] == [
        ("/api/v9/workspaces/7/projects", {"active": "both", "page": "1", "per_page": "200"}),
        ("/api/v9/workspaces/7/projects", {"active": "both", "page": "2", "per_page": "200"}),
    ]
    assert [each.id for each in projects] == list(range(1, 202))
    assert projects[-1].archived


def test_a_server_that_knows_no_pages_is_not_asked_for_ever() -> None:
    full = json.dumps([PROJECT | {"id": number} for number in range(1, 201)])
    _, projects = exchanges(lambda: v9().projects(7), [full, full])
    assert len(projects) == 200


def test_projects_by_name_and_use() -> None:
    sent, _ = exchange(lambda: v9().project_page(7, active=False, name="x", page=3, per_page=5))
    assert sent.query == {"active": "false", "name": "x", "page": "3", "per_page": "5"}
    sent, _ = exchange(lambda: v9().project_page(7, active=True))
    assert sent.query["active"] == "true"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"name": "P"}, {"name": "P", "active": True}),
        (
            {"name": "P", "client_id": 3, "colour": "#e36a00", "billable": True},
            {"name": "P", "client_id": 3, "color": "#e36a00", "billable": True, "active": True},
        ),
        ({"name": "P", "archived": True}, {"name": "P", "active": False}),
        (
            {"name": "P", "private": False, "template": True, "auto_estimates": True},
            {"name": "P", "active": True, "is_private": False, "template": True}
            | {"auto_estimates": True},
        ),
        (
            {"estimated_hours": 40, "rate_cents": 7_550, "fixed_fee_cents": 100_000},
            {"active": True, "estimated_hours": 40, "rate": 75.5, "fixed_fee": 1_000},
        ),
        (
            {"start_date": "2026-12-01", "end_date": "2026-12-24"},
            {"active": True, "start_date": "2026-12-01", "end_date": "2026-12-24"},
        ),
    ],
)
def test_a_new_project_says_that_it_is_in_use(fields: ProjectFields, body: dict[str, Any]) -> None:
    sent, project = exchange(lambda: v9().create_project(7, fields), PROJECT)
    assert sent == Sent("POST", "/api/v9/workspaces/7/projects", {}, body)
    assert project == IN_USE


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"name": "Q"}, {"name": "Q"}),
        ({"client_id": None}, {"client_id": None}),
        ({"colour": "#123456", "billable": False}, {"color": "#123456", "billable": False}),
        ({"archived": True}, {"active": False}),
        ({"archived": False}, {"active": True}),
        ({"rate_cents": None, "end_date": None}, {"rate": None, "end_date": None}),
    ],
)
def test_a_changed_project_sends_what_changed(fields: ProjectFields, body: dict[str, Any]) -> None:
    sent, project = exchange(lambda: v9().update_project(7, 4, fields), PROJECT)
    assert sent == Sent("PUT", "/api/v9/workspaces/7/projects/4", {}, body)
    assert project == IN_USE


Ask = Callable[[TogglV9], object]


@pytest.mark.parametrize(
    ("ask", "sent"),
    [
        (
            lambda toggl: toggl.delete_project(7, 4, with_entries=True),
            Sent("DELETE", "/api/v9/workspaces/7/projects/4", {"teDeletionMode": "delete"}, None),
        ),
        (
            lambda toggl: toggl.delete_project(7, 4),
            Sent("DELETE", "/api/v9/workspaces/7/projects/4", {"teDeletionMode": "unassign"}, None),
        ),
        (
            lambda toggl: toggl.delete_client(7, 3),
            Sent("DELETE", "/api/v9/workspaces/7/clients/3", {}, None),
        ),
        (
            lambda toggl: toggl.delete_tag(7, 5),
            Sent("DELETE", "/api/v9/workspaces/7/tags/5", {}, None),
        ),
        (
            lambda toggl: toggl.delete_task(7, 4, 6),
            Sent("DELETE", "/api/v9/workspaces/7/projects/4/tasks/6", {}, None),
        ),
        (
            lambda toggl: toggl.archive_client(7, 3, archived=True),
            Sent("POST", "/api/v9/workspaces/7/clients/3/archive", {}, None),
        ),
        (
            lambda toggl: toggl.archive_client(7, 3, archived=False),
            Sent(
                "POST",
                "/api/v9/workspaces/7/clients/3/restore",
                {},
                {"restore_all_projects": True},
            ),
        ),
    ],
)
@pytest.mark.parametrize("reply", ["", "4", "[4]", "null"])
def test_what_needs_no_answer_takes_any(ask: Ask, sent: Sent, reply: str) -> None:
    assert exchange(lambda: ask(v9()), text=reply)[0] == sent


@pytest.mark.parametrize(
    ("ask", "reply", "sent", "value"),
    [
        (
            lambda toggl: toggl.clients(7),
            [CLIENT],
            Sent("GET", "/api/v9/workspaces/7/clients", {"status": "both"}, None),
            [RemoteClient(3, 7, "C", at=AT_MICROSECONDS)],
        ),
        (
            lambda toggl: toggl.clients(7),
            None,
            Sent("GET", "/api/v9/workspaces/7/clients", {"status": "both"}, None),
            [],
        ),
        (
            lambda toggl: toggl.create_client(7, {"name": "C"}),
            CLIENT,
            Sent("POST", "/api/v9/workspaces/7/clients", {}, {"name": "C"}),
            RemoteClient(3, 7, "C", at=AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.update_client(7, 3, {"notes": "N", "external_reference": None}),
            CLIENT | {"notes": "N", "external_reference": "R"},
            Sent(
                "PUT",
                "/api/v9/workspaces/7/clients/3",
                {},
                {"notes": "N", "external_reference": ""},
            ),
            RemoteClient(3, 7, "C", at=AT_MICROSECONDS, notes="N", external_reference="R"),
        ),
        (
            lambda toggl: toggl.update_client(7, 3, {"name": "C"}),
            CLIENT | {"archived": True},
            Sent("PUT", "/api/v9/workspaces/7/clients/3", {}, {"name": "C"}),
            RemoteClient(3, 7, "C", archived=True, at=AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.tags(7),
            [TAG, TAG | {"id": 8, "deleted_at": AT}],
            Sent("GET", "/api/v9/workspaces/7/tags", {}, None),
            [
                RemoteTag(5, 7, "T", AT_MICROSECONDS),
                RemoteTag(8, 7, "T", AT_MICROSECONDS, deleted=True),
            ],
        ),
        (
            lambda toggl: toggl.create_tag(7, "T"),
            TAG,
            Sent("POST", "/api/v9/workspaces/7/tags", {}, {"name": "T"}),
            RemoteTag(5, 7, "T", AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.rename_tag(7, 5, "T"),
            [TAG],
            Sent("PUT", "/api/v9/workspaces/7/tags/5", {}, {"name": "T"}),
            RemoteTag(5, 7, "T", AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.tasks(7),
            {"total_count": 1, "per_page": 200, "page": 1, "data": [TASK]},
            Sent(
                "GET",
                "/api/v9/workspaces/7/tasks",
                {"active": "both", "page": "1", "per_page": "200"},
                None,
            ),
            [RemoteTask(6, 7, 4, "K", archived=True, at=AT_MICROSECONDS)],
        ),
        (
            lambda toggl: toggl.create_task(7, 4, {"name": "K"}),
            TASK | {"active": True},
            Sent(
                "POST", "/api/v9/workspaces/7/projects/4/tasks", {}, {"name": "K", "active": True}
            ),
            RemoteTask(6, 7, 4, "K", at=AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.update_task(7, 4, 6, {"estimated_seconds": 60, "user_id": 9}),
            TASK | {"estimated_seconds": 60, "user_id": 9},
            Sent(
                "PUT",
                "/api/v9/workspaces/7/projects/4/tasks/6",
                {},
                {"estimated_seconds": 60, "user_id": 9},
            ),
            RemoteTask(
                *(6, 7, 4, "K"), archived=True, at=AT_MICROSECONDS, estimated_seconds=60, user_id=9
            ),
        ),
        (
            lambda toggl: toggl.update_task(7, 4, 6, {"name": "K", "archived": True}),
            TASK,
            Sent(
                "PUT",
                "/api/v9/workspaces/7/projects/4/tasks/6",
                {},
                {"name": "K", "active": False},
            ),
            RemoteTask(6, 7, 4, "K", archived=True, at=AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.thing("task", 7, 6, project_id=4),
            TASK,
            Sent("GET", "/api/v9/workspaces/7/projects/4/tasks/6", {}, None),
            RemoteTask(6, 7, 4, "K", archived=True, at=AT_MICROSECONDS),
        ),
        (
            lambda toggl: toggl.thing("project", 7, 4),
            PROJECT,
            Sent("GET", "/api/v9/workspaces/7/projects/4", {}, None),
            IN_USE,
        ),
        (
            lambda toggl: toggl.update_things("project", 7, [4, 5], {"archived": True}),
            {"success": [4], "failure": [{"id": 5, "message": "no"}]},
            Sent(
                "PATCH",
                "/api/v9/workspaces/7/projects/4,5",
                {},
                [{"op": "replace", "path": "/active", "value": False}],
            ),
            Bulk((4,), {5: "no"}),
        ),
        (
            lambda toggl: toggl.update_things("task", 7, [6, 8], {"user_id": 9}, project_id=4),
            {"success": [6, 8], "failure": None},
            Sent(
                "PATCH",
                "/api/v9/workspaces/7/projects/4/tasks/6,8",
                {},
                [{"op": "replace", "path": "/user_id", "value": 9}],
            ),
            Bulk((6, 8), {}),
        ),
        (
            lambda toggl: toggl.update_things("client", 7, [3, 8], {"archived": True}),
            [{}, {}],
            Sent("POST", "/api/v9/workspaces/7/clients/archive", {}, [3, 8]),
            Bulk((3, 8), {}),
        ),
        (
            lambda toggl: toggl.delete_things("client", 7, [3, 8]),
            [3, 8],
            Sent("POST", "/api/v9/workspaces/7/clients/delete", {}, [3, 8]),
            None,
        ),
    ],
)
def test_clients_tags_and_tasks(ask: Ask, reply: object, sent: Sent, value: object) -> None:
    assert exchange(lambda: ask(v9()), reply) == (sent, value)
