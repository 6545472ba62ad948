"""Projects, clients, tags, tasks, workspaces and the rest of what hangs below ``/me``."""

import pytest

from tests.hub.conftest import NOON, TOKEN, Client
from tray.hub.wire_ids import FIRST_LOCAL
from tray.settings import Settings
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.tracker import catalogue, undo


def test_projects_are_made_changed_listed_and_deleted(client: Client) -> None:
    path = f"/workspaces/{client.workspace}/projects"
    acme = client.post(f"/workspaces/{client.workspace}/clients", {"name": "Acme", "notes": None})
    made = client.post(path, {"name": "Web", "color": "#0b83d9", "client_id": acme["id"]})
    assert (made["active"], made["color"], made["cid"]) == (True, "#0b83d9", acme["id"])
    one = f"{path}/{made['id']}"
    assert client.get(one) == made
    changed = client.put(one, {"name": "Site", "active": False, "rate": 12.5, "is_private": False})
    assert (changed["name"], changed["active"], changed["rate"]) == ("Site", False, 12.5)
    assert client.get(path) == []
    assert [row["name"] for row in client.get(f"{path}?active=both&name=SI")] == ["Site"]
    undo.undo(client.db)
    assert client.get(one)["name"] == "Web"
    assert client.done("DELETE", one) == made["id"]
    assert client.refused("GET", one)[0] == 404
    assert client.refused("POST", path, {"name": ""})[0] == 400
    assert client.refused("GET", f"{path}?active=maybe")[0] == 400


def test_pages_of_projects(client: Client) -> None:
    for number in range(5):
        catalogue.create_project(client.db, f"P{number}", now=NOON)
    path = f"/workspaces/{client.workspace}/projects?per_page=2&page="
    pages = [[row["name"] for row in client.get(f"{path}{page}")] for page in (1, 2, 3, 4)]
    assert pages == [["P0", "P1"], ["P2", "P3"], ["P4"], []]
    some = client.get(f"/me/projects/paginated?start_project_id={FIRST_LOCAL + 3}&per_page=2")
    assert [row["name"] for row in some] == ["P2", "P3"]


def test_several_projects_are_changed_alike(client: Client) -> None:
    for number in range(2):
        catalogue.create_project(client.db, f"P{number}", now=NOON)
    ids = f"{FIRST_LOCAL + 1},{FIRST_LOCAL + 2}"
    path = f"/workspaces/{client.workspace}/projects/{ids}"
    client.done("PATCH", path, [{"op": "replace", "path": "/color", "value": "#d94182"}])
    assert {row["color"] for row in client.get("/me/projects")} == {"#d94182"}


def test_clients_tags_and_tasks(client: Client) -> None:
    place = f"/workspaces/{client.workspace}"
    acme = client.post(f"{place}/clients", {"name": "Acme"})
    assert (acme["wid"], acme["workspace_id"]) == (client.workspace, client.workspace)
    path = f"{place}/clients/{acme['id']}"
    assert client.put(path, {"notes": "pays late"})["notes"] == "pays late"
    assert client.post(f"{path}/archive") == []
    assert client.get(f"{place}/clients") == []
    assert client.post(f"{path}/restore")["archived"] is False
    assert client.done("DELETE", path) == acme["id"]
    tag = client.post(f"{place}/tags", {"name": "billed"})
    assert client.put(f"{place}/tags/{tag['id']}", {"name": "paid"})["name"] == "paid"
    assert client.refused("POST", f"{place}/tags", {"name": "paid"})[0] == 400
    assert client.done("DELETE", f"{place}/tags/{tag['id']}") is None
    project = client.post(f"{place}/projects", {"name": "Web"})
    tasks = f"{place}/projects/{project['id']}/tasks"
    task = client.post(tasks, {"name": "Draft", "estimated_seconds": 7200})
    assert (task["pid"], task["estimated_seconds"]) == (project["id"], 7200)
    assert client.put(f"{tasks}/{task['id']}", {"active": False})["active"] is False
    assert client.get(f"{place}/tasks")["total_count"] == 1
    assert client.get("/me/tasks") == []
    assert client.done("DELETE", f"{tasks}/{task['id']}") == task["id"]


def test_everything_that_is_known_of_oneself(client: Client) -> None:
    me = client.get("/me?with_related_data=true")
    assert len(me["toggl_accounts_id"]) == 22
    assert (me["api_token"], me["timezone"]) == (TOKEN, "UTC")
    assert "projects" not in me
    for path in ("", "/users", "/workspace_users", "/project_users", "/statistics", "/preferences"):
        client.get(f"/workspaces/{client.workspace}{path}")
    limits = client.get(f"/workspaces/{client.workspace}/time_entry_constraints")
    assert limits["time_entry_constraints_enabled"] is False
    (there,) = client.get("/me/organizations")
    assert client.get(f"/organizations/{there['id']}") == there
    assert client.get("/me/preferences/desktop")["BeginningOfWeek"] == 1
    assert client.get("/me/logged") is None
    assert client.get("/status") == {"status": "OK"}
    assert client.get("/me/web-timer")["tags"] == []
    assert all(row["remaining"] > 100_000 for row in client.get("/me/quota"))
    assert client.refused("GET", "/workspaces/5")[0] == 404


def test_the_account_says_whose_copy_it_is(db: Database, at_noon: None) -> None:
    linked = LinkedAccount("https://api.track.toggl.com/api/v9", "basic", "", 7, "Ann Example")
    account.write(db, linked._replace(email="ann@example.org", time_zone="Europe/Tallinn"))
    me = Client(db, Settings()).get("/me")
    assert (me["id"], me["fullname"], me["email"]) == (7, "Ann Example", "ann@example.org")
    assert me["timezone"] == "Europe/Tallinn"


@pytest.mark.parametrize("path", ["/me/location", "/workspaces/1/dashboard/all_activity"])
def test_what_is_not_kept_here_is_said(client: Client, path: str) -> None:
    status, words = client.refused("GET", path)
    assert status == 404
    assert "not kept on this computer" in words
