"""What scripts from the days of v8 send, and what they read of the answers."""

from typing import Any

import pytest

from tests.hub.conftest import NOON, TOKEN, Client, basic
from tray.hub.wire_ids import FIRST_LOCAL
from tray.store import entries, remote_rows
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow
from tray.tracker import catalogue, undo


@pytest.fixture
def old(client: Client) -> Client:
    """A program that speaks v8; project 164219444 and workspace 4760695 are the account's."""
    project = catalogue.create_project(client.db, "骑摩托车", now=NOON).created_id
    for table, row_id, number in (("workspace", 1, 4_760_695), ("project", project, 164_219_444)):
        image = remote_rows.image(client.db, table, row_id) or {}
        remote_rows.save(client.db, RemoteRow(table, row_id, number, 0, image))
    client.prefix = "/api/v8"
    return client


def entry(**fields: Any) -> dict[str, Any]:
    return {"time_entry": {"created_with": "curl", **fields}}


def test_an_entry_is_started(old: Client) -> None:
    sent = entry(description="出门", tags=["出行"], pid=164_219_444)
    made = old.post("/time_entries/start", sent)["data"]
    assert made == {
        "id": FIRST_LOCAL + 1,
        "wid": 4_760_695,
        "pid": 164_219_444,
        "billable": False,
        "start": "2026-02-13T12:00:00Z",
        "duration": -NOON,
        "description": "出门",
        "tags": ["出行"],
        "duronly": False,
        "at": made["at"],
        "uid": FIRST_LOCAL + 1,
    }
    assert old.get("/time_entries/current")["data"] == made
    assert old.post("/time_entries/current")["data"] == made
    stopped = old.put(f"/time_entries/{made['id']}/stop")["data"]
    assert (stopped["stop"], stopped["duration"]) == ("2026-02-13T12:00:00Z", 0)
    assert old.post(f"/time_entries/{made['id']}/stop")["data"] == stopped
    assert old.get("/time_entries/current") == {"data": None}
    assert [undo.undo(old.db)[1].verb for _ in range(2)] == ["stop", "start"]


def test_a_finished_entry_is_made_with_or_without_the_wrapper(old: Client) -> None:
    fields = {"duration": 1200, "start": "2013-03-05T07:58:58.000Z", "pid": 164_219_444}
    made = old.post("/time_entries", entry(tags=["billed"], **fields))["data"]
    assert (made["start"], made["stop"]) == ("2013-03-05T07:58:58Z", "2013-03-05T08:18:58Z")
    bare = old.post("/time_entries", {"created_with": "curl", **fields, "wid": None})["data"]
    assert "tags" not in bare
    rows = old.get("/time_entries?start_date=2013-03-01T00:00:00%2B00:00&end_date=2013-03-06")
    assert [row["id"] for row in rows] == [made["id"], bare["id"]]
    assert old.get("/time_entries") == []


def test_refusals_in_both_ways(old: Client) -> None:
    sent = entry(description="New time entry")
    assert old.refused("POST", "/time_entries", sent) == (404, ["Start can't be blank"])
    plain = {**old.heads, "HTTP_ACCEPT": "text/plain"}
    answer = old.ask("POST", "/time_entries", sent, heads=plain)
    assert (answer.status, answer.body) == (400, b"Start can't be blank")
    assert old.refused("POST", "/time_entries", {"time_entry": 1})[1] == [
        "time_entry can't be blank"
    ]
    assert old.refused("GET", "/time_entries/5")[0] == 404
    wrong = {"HTTP_AUTHORIZATION": basic("x" * 32, "api_token")}
    for heads in (wrong, {}):
        answer = old.ask("GET", "/me", heads=heads)
        assert (answer.status, answer.body) == (403, b"")


def test_tags_of_several_entries(old: Client) -> None:
    fields = {"duration": 60, "start": "2026-02-13T07:00:00Z"}
    ids = [old.post("/time_entries", entry(tags=["a"], **fields))["data"]["id"] for _ in range(2)]
    path = f"/time_entries/{ids[0]},{ids[1]}"
    added = old.put(path, {"time_entry": {"tags": ["b"], "tag_action": "add"}})["data"]
    assert [row["tags"] for row in added] == [["a", "b"]] * 2
    removed = old.put(path, {"time_entry": {"tags": ["a", "b"], "tag_action": "remove"}})["data"]
    assert [row.get("tags") for row in removed] == [None, None]
    assert old.done("DELETE", path) == ids
    assert entries.newest(old.db, 5) == []


def test_lists_are_bare_and_single_things_are_not(old: Client) -> None:
    (workspace,) = old.get("/workspaces")
    assert (workspace["id"], workspace["api_token"]) == (4_760_695, TOKEN)
    assert None not in workspace.values()
    assert old.get("/workspaces/4760695")["data"] == workspace
    (project,) = old.get("/workspaces/4760695/projects")
    assert (project["name"], project["wid"]) == ("骑摩托车", 4_760_695)
    assert project["color"].isdecimal()
    assert project["hex_color"].startswith("#")
    acme = old.post("/clients", {"client": {"name": "Acme", "wid": 4_760_695}})["data"]
    assert old.put(f"/clients/{acme['id']}", {"client": {"notes": "x"}})["data"]["notes"] == "x"
    sent = {"project": {"name": "Web", "cid": acme["id"], "color": "5", "wid": 4_760_695}}
    web = old.post("/projects", sent)["data"]
    assert web["hex_color"] == "#2da608"
    assert old.get(f"/clients/{acme['id']}/projects") == [web]
    tag = old.post("/tags", {"tag": {"name": "t"}})["data"]
    assert old.get("/workspaces/4760695/tags") == [tag]
    assert old.put(f"/tags/{tag['id']}", {"tag": {"name": "u"}})["data"]["name"] == "u"
    sent = {"task": {"name": "Draft", "pid": web["id"], "estimated_seconds": False}}
    task = old.post("/tasks", sent)["data"]
    assert old.get(f"/projects/{web['id']}/tasks") == [task]
    assert old.put(f"/tasks/{task['id']}", {"task": {"active": False}})["data"]["active"] is False
    for kind, number in (("tasks", task), ("tags", tag), ("projects", web), ("clients", acme)):
        assert old.done("DELETE", f"/{kind}/{number['id']}") == [number["id"]]


def test_the_user_with_everything(old: Client) -> None:
    old.post("/time_entries/start", entry())
    told = old.get("/me?with_related_data=true")
    assert told["since"] == NOON
    assert told["data"]["default_wid"] == 4_760_695
    assert [row["name"] for row in told["data"]["projects"]] == ["骑摩托车"]
    assert len(told["data"]["time_entries"]) == 1


def test_a_session_goes_on_until_it_is_ended(old: Client) -> None:
    # Sessions live as long as the process: here, as long as one dispatch.
    answer = old.ask("POST", "/sessions")
    assert answer.json()["data"]["api_token"] == TOKEN
    cookie = answer.heads["Set-Cookie"]
    assert "HttpOnly; SameSite=Strict" in cookie
    heads = {"HTTP_COOKIE": cookie.partition(";")[0]}
    assert old.ask("GET", "/me", heads=heads).status == 200
    assert old.ask("GET", "/me", heads={**heads, "HTTP_ORIGIN": "https://a.example"}).status == 403
    assert old.ask("DELETE", "/sessions", heads=heads).status == 200
    assert old.ask("GET", "/me", heads=heads).status == 403


def test_without_an_account_the_ids_are_ours(db: Database, at_noon: None) -> None:
    program = Client(db)
    program.prefix = "/api/v8"
    assert program.get("/workspaces")[0]["id"] == FIRST_LOCAL + 1
