"""The fake's projects, clients, tags and tasks."""

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Service
from tests.fakes.toggl.caller import Caller

FEATURE = (402, "Workspace needs to have this feature enabled")


def path(caller: Caller, *rest: object) -> str:
    parts = ("workspaces", caller.service.account.workspace_id, *rest)
    return "".join(f"/{part}" for part in parts)


def test_a_project_that_is_not_said_to_be_active_is_not(v9: Caller) -> None:
    assert v9.post(path(v9, "projects"), {"name": "Garden"})["active"] is False
    assert v9.post(path(v9, "projects"), {"name": "Kitchen", "active": True})["active"] is True


def test_lists_have_the_active_projects_unless_both_are_asked_for(v9: Caller) -> None:
    account = v9.service.account
    active, other = account.add_project("Garden"), account.add_project("Kitchen", active=False)
    listed = {
        query: {row["id"] for row in v9.get(path(v9, "projects") + query)}
        for query in ("", "?active=false", "?active=both", "?active=both&name=gard")
    }
    assert listed == {
        "": {active},
        "?active=false": {other},
        "?active=both": {active, other},
        "?active=both&name=gard": {active},
    }


def test_a_page_has_151_projects_and_at_most_200(v9: Caller) -> None:
    for number in range(210):
        v9.service.account.add_project(f"Project {number:03}")
    assert len(v9.get(path(v9, "projects"))) == 151
    assert len(v9.get(path(v9, "projects") + "?per_page=200")) == 200
    (*_, last) = second = v9.get(path(v9, "projects") + "?per_page=200&page=2")
    assert (len(second), last["name"]) == (10, "Project 209")
    assert v9.refused("GET", path(v9, "projects") + "?per_page=201")[0] == 400


def test_an_empty_list_may_be_null(v9: Caller) -> None:
    names = ("projects", "clients", "tags")
    assert [v9.get(path(v9, name)) for name in names] == [None, None, None]
    v9.service.account.null_for_empty = False
    assert [v9.get(path(v9, name)) for name in names] == [[], [], []]


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"name": " "}, (400, "Name can't be blank")),
        ({"name": "Taken"}, (400, "Name has already been taken")),
        (
            {"name": "New", "color": "#123456"},
            (402, "Custom project colors available only for premium plans"),
        ),
        (
            {"name": "New", "color": "blue"},
            (
                400,
                "Error in validating color 'blue'. "
                "Project color must be a hex value in the form of #[0-9a-f]{6}.",
            ),
        ),
        ({"name": "New", "billable": True}, (402, "Billable is a premium feature")),
        ({"name": 7}, (400, 'Unexpected "name" type number, offset=8')),
    ],
)
def test_a_project_against_a_rule_is_refused(
    v9: Caller, sent: dict[str, object], refusal: tuple[int, str]
) -> None:
    v9.service.account.add_project("Taken")
    assert v9.refused("POST", path(v9, "projects"), sent) == refusal
    assert len(v9.service.account.projects) == 1


def test_a_name_may_be_used_again_for_another_client(v9: Caller) -> None:
    account = v9.service.account
    account.add_project("Garden")
    client = account.add_client("Example Ltd")
    shown = v9.post(path(v9, "projects"), {"name": "Garden", "client_id": client})
    assert (shown["client_id"], shown["cid"]) == (client, client)
    status, words = v9.refused("POST", path(v9, "projects"), {"name": "Shed", "client_id": 7})
    assert (status, words) == (
        400,
        f"Client with the ID 7 isn't present in workspace {account.workspace_id}",
    )


def test_paid_plans_have_all_colours(paid: Caller) -> None:
    shown = paid.post(path(paid, "projects"), {"name": "Garden", "color": "#ABCDEF"})
    assert shown["color"] == "#abcdef"


def test_a_project_is_changed_and_deleted(v9: Caller) -> None:
    project = v9.service.account.add_project("Garden")
    shown = v9.put(path(v9, "projects", project), {"active": False})
    assert (shown["name"], shown["active"], shown["status"]) == ("Garden", False, "archived")
    assert v9.done("DELETE", path(v9, "projects", project)) == project
    gone = (404, "Resource can not be found")
    assert v9.refused("GET", path(v9, "projects", project)) == gone
    assert v9.refused("PUT", path(v9, "projects", project), {}) == gone


def test_clients_have_their_own_words(v9: Caller) -> None:
    client = v9.post(path(v9, "clients"), {"name": "Example Ltd"})
    assert client["wid"] == v9.service.account.workspace_id
    assert "workspace_id" not in client
    taken = v9.refused("POST", path(v9, "clients"), {"name": "Example Ltd"})
    assert taken == (400, "Name has already been taken")
    blank = v9.refused("POST", path(v9, "clients"), {"name": ""})
    assert blank == (400, "Client name cannot be empty")
    assert v9.put(path(v9, "clients", client["id"]), {"name": "Other"})["name"] == "Other"
    assert v9.refused("PUT", path(v9, "clients", 7), {"name": "Other"}) == (
        404,
        "Client doesn't exist in the workspace.",
    )
    assert v9.done("DELETE", path(v9, "clients", client["id"])) == client["id"]
    assert v9.refused("GET", path(v9, "clients", 7)) == (404, "No client with ID 7 was found")


def test_a_client_is_archived_with_its_projects_on_paid_plans_only(
    v9: Caller, paid: Caller
) -> None:
    free_client = v9.service.account.add_client("Example Ltd")
    assert v9.refused("POST", path(v9, "clients", free_client, "archive")) == FEATURE
    account = paid.service.account
    client = account.add_client("Example Ltd")
    project = account.add_project("Garden", client_id=client)
    assert paid.post(path(paid, "clients", client, "archive")) == [project]
    assert account.projects[project].active is False
    assert paid.get(path(paid, "clients")) is None
    (shown,) = paid.get(path(paid, "clients") + "?status=both")
    assert shown["archived"] is True
    restored = paid.post(path(paid, "clients", client, "restore"), {"restore_all_projects": True})
    assert restored["archived"] is False
    assert account.projects[project].active is True


def test_a_deleted_client_leaves_its_projects_behind(v9: Caller) -> None:
    account = v9.service.account
    client = account.add_client("Example Ltd")
    project = account.add_project("Garden", client_id=client)
    v9.done("DELETE", path(v9, "clients", client))
    assert account.projects[project].client_id is None


def test_tags_have_their_own_words(v9: Caller) -> None:
    tag = v9.post(path(v9, "tags"), {"name": "one"})
    assert tag["at"].endswith("Z")
    exists = v9.refused("POST", path(v9, "tags"), {"name": "one"})
    assert exists == (400, "a tag with the name 'one' already exists")
    blank = v9.refused("PUT", path(v9, "tags", tag["id"]), {"name": " "})
    assert blank == (400, "tag name can't be blank")
    assert v9.put(path(v9, "tags", tag["id"]), {"name": "two"})["name"] == "two"
    assert v9.call("DELETE", path(v9, "tags", tag["id"])).body == b""
    assert v9.refused("DELETE", path(v9, "tags", tag["id"])) == (404, "Tag was not found")


def test_tags_may_be_for_administrators(v9: Caller) -> None:
    v9.service.account.workspace.admin = False
    status, words = v9.refused("POST", path(v9, "tags"), {"name": "one"})
    assert status == 403
    assert words.startswith("Only organization or workspace administrators")


def test_tasks_are_for_paid_plans(v9: Caller, paid: Caller) -> None:
    free_project = v9.service.account.add_project("Garden")
    refused = v9.refused("POST", path(v9, "projects", free_project, "tasks"), {"name": "Dig"})
    assert refused == FEATURE
    account = paid.service.account
    tasks = ("projects", account.add_project("Garden"), "tasks")
    task = paid.post(path(paid, *tasks), {"name": "Dig", "active": True})
    assert paid.put(path(paid, *tasks, task["id"]), {"active": False})["active"] is False
    listed = paid.get(path(paid, "tasks") + "?active=both")
    assert (listed["total_count"], [row["id"] for row in listed["data"]]) == (1, [task["id"]])
    entry = account.add(NOON - 60, NOON, task_id=task["id"])
    assert paid.done("DELETE", path(paid, *tasks, task["id"])) == task["id"]
    assert account.entry(entry).task_id is None
    assert account.entry(entry).project_id == task["project_id"]


def test_a_workspace_tells_its_plan_and_its_rules(v9: Caller, service: Service) -> None:
    service.account.workspace.required = frozenset({"tag"})
    shown = v9.get(path(v9))
    assert (shown["premium"], shown["organization_id"] > 2**31) == (False, True)
    assert v9.get(path(v9, "time_entry_constraints")) == {
        "time_entry_constraints_enabled": True,
        "tag_present": True,
    }
    (user,) = v9.get(path(v9, "users"))
    assert user["id"] == service.account.user_id
