"""The fake's API v8: the same account in older words."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account, Service
from tests.fakes.toggl.caller import Caller, basic
from tests.fakes.toggl.v8 import Errors

DAY = 24 * 3600
DONE: dict[str, Any] = {
    "created_with": "a test",
    "start": "2026-03-03T10:00:00+00:00",
    "duration": 3600,
}


@pytest.fixture
def v8(service: Service) -> Caller:
    """Signed in by API v8."""
    return Caller(service, "/api/v8")


@pytest.fixture
def paid_v8(premium: Account) -> Caller:
    """Signed in to the paid account by API v8."""
    return Caller(Service(premium), "/api/v8")


def entry(**fields: object) -> dict[str, object]:
    return {"time_entry": {**DONE, **fields}}


def test_an_entry_comes_in_data_without_what_is_null(v8: Caller) -> None:
    account = v8.service.account
    shown = v8.post("/time_entries", entry(wid=account.workspace_id))["data"]
    assert {"pid", "tid", "tags", "description"}.isdisjoint(shown)
    assert shown["stop"] == "2026-03-03T11:00:00+00:00"
    assert (shown["wid"], shown["uid"]) == (account.workspace_id, account.user_id)
    assert shown["at"] == "2026-03-03T12:00:00+00:00"
    assert v8.get(f"/time_entries/{shown['id']}") == {"data": shown}


def test_a_start_is_now_whatever_is_sent_and_stops_what_runs(v8: Caller) -> None:
    account = v8.service.account
    first = account.start(start=NOON - 60)
    shown = v8.post("/time_entries/start", entry(description="Walk", tags=["far"]))["data"]
    assert (shown["start"], shown["duration"]) == ("2026-03-03T12:00:00+00:00", -NOON)
    assert "stop" not in shown
    assert account.entry(first).stop == NOON
    assert v8.get("/time_entries/current")["data"]["id"] == shown["id"]


def test_a_running_entry_counts_from_its_start_whatever_was_sent(v8: Caller) -> None:
    shown = v8.post("/time_entries", entry(duration=-1))["data"]
    assert shown["duration"] == -(NOON - 7200)


def test_a_running_entry_is_stopped(v8: Caller) -> None:
    running = v8.service.account.start(start=NOON - 60)
    assert v8.put(f"/time_entries/{running}/stop")["data"]["duration"] == 60
    assert v8.get("/time_entries/current") == {"data": None}
    assert v8.call("PUT", f"/time_entries/{running}/stop").status == 409


def test_an_entry_is_changed_and_deleted(v8: Caller) -> None:
    account = v8.service.account
    made = account.add(NOON - 60, NOON)
    project = account.add_project("Garden")
    shown = v8.put(f"/time_entries/{made}", {"time_entry": {"pid": project}})["data"]
    assert shown["pid"] == project
    assert v8.done("DELETE", f"/time_entries/{made}") == [made]
    reply = v8.call("GET", f"/time_entries/{made}")
    assert (reply.status, reply.json()) == (404, "Time entry not found/no access to it")


def test_the_workspace_follows_from_the_project(v8: Caller) -> None:
    account = v8.service.account
    other = account.add_workspace("Other")
    project = account.add_project("Garden", workspace_id=other)
    assert v8.post("/time_entries", entry(pid=project))["data"]["wid"] == other


def test_tags_of_many_entries_change_at_once(v8: Caller) -> None:
    account = v8.service.account
    first, second = (account.add(NOON - 60, NOON, tags=["a"]) for _ in range(2))
    change = {"time_entry": {"tags": ["b"], "tag_action": "add"}}
    shown = v8.put(f"/time_entries/{first},{second}", change)["data"]
    assert [row["tags"] for row in shown] == [["a", "b"], ["a", "b"]]


def test_lists_are_bare_oldest_first_and_of_nine_days(v8: Caller) -> None:
    account = v8.service.account
    account.add(NOON - 9 * DAY - 1, NOON - 9 * DAY)
    recent = [account.add(NOON - days * DAY, NOON) for days in (8, 2)]
    assert [row["id"] for row in v8.get("/time_entries")] == recent
    begin = quote("2026-02-20T00:00:00+00:00")
    assert len(v8.get(f"/time_entries?start_date={begin}&end_date=2026-03-04T00:00:00Z")) == 3


def test_only_the_first_thousand_are_listed(v8: Caller) -> None:
    account = v8.service.account
    made = [account.add(NOON - DAY + number, NOON) for number in range(1_002)]
    assert [row["id"] for row in v8.get("/time_entries")] == made[:1_000]


def test_me_carries_everything(v8: Caller) -> None:
    account = v8.service.account
    client = account.add_client("Example Ltd")
    project = account.add_project("Garden", client_id=client, color="#2da608")
    account.add(NOON - 60, NOON, project_id=project, tags=["one"])
    me = v8.get("/me?with_related_data=true")
    assert me["since"] == NOON
    shown = me["data"]
    assert (shown["api_token"], shown["default_wid"]) == (account.token, account.workspace_id)
    (project_shown,) = shown["projects"]
    assert (project_shown["color"], project_shown["hex_color"]) == ("5", "#2da608")
    assert project_shown["cid"] == client
    names = ("clients", "tags", "workspaces", "time_entries")
    assert [len(shown[name]) for name in names] == [1, 1, 1, 1]
    assert "tasks" not in shown
    assert "projects" not in v8.get("/me")["data"]


def test_me_since_tells_deletions_of_two_months(v8: Caller) -> None:
    account = v8.service.account
    gone = account.add(NOON - 60, NOON)
    account.delete(gone)
    shown = v8.get(f"/me?with_related_data=true&since={NOON}")["data"]["time_entries"]
    assert [(row["id"], row["server_deleted_at"]) for row in shown] == [
        (gone, "2026-03-03T12:00:00+00:00")
    ]
    reply = v8.call("GET", f"/me?with_related_data=true&since={NOON - 70 * DAY}")
    assert reply.body == b"The 'since' value should be within last two months"


def test_projects_clients_and_tags_are_wrapped_and_bare_lists(v8: Caller) -> None:
    workspace_id = v8.service.account.workspace_id
    sent = {"name": "Garden", "wid": workspace_id, "color": "3"}
    project = v8.post("/projects", {"project": sent})["data"]
    assert (project["active"], project["hex_color"]) == (True, "#e36a00")
    archived = v8.put(f"/projects/{project['id']}", {"project": {"active": False}})["data"]
    assert archived["active"] is False
    listed = f"/workspaces/{workspace_id}/projects"
    assert (v8.get(listed), len(v8.get(f"{listed}?active=both"))) == ([], 1)
    assert v8.done("DELETE", f"/projects/{project['id']}") == [project["id"]]
    for name in ("client", "tag"):
        made = v8.post(f"/{name}s", {name: {"name": "One", "wid": workspace_id}})["data"]
        renamed = v8.put(f"/{name}s/{made['id']}", {name: {"name": "Two"}})["data"]
        assert v8.get(f"/workspaces/{workspace_id}/{name}s") == [renamed]
        assert v8.done("DELETE", f"/{name}s/{made['id']}") is None
        assert v8.get(f"/workspaces/{workspace_id}/{name}s") == []


def test_tasks_are_for_paid_plans(v8: Caller, paid_v8: Caller) -> None:
    free, account = v8.service.account, paid_v8.service.account
    refused = v8.call("POST", "/tasks", {"task": {"name": "Dig", "pid": free.add_project("G")}})
    assert refused.status == 402
    project = account.add_project("Garden")
    task = paid_v8.post("/tasks", {"task": {"name": "Dig", "pid": project}})["data"]
    assert (task["pid"], task["active"]) == (project, True)
    change = {"task": {"active": False}}
    assert paid_v8.put(f"/tasks/{task['id']}", change)["data"]["active"] is False
    assert paid_v8.done("DELETE", f"/tasks/{task['id']}") is None


def test_billable_is_passed_over_without_a_paid_plan(v8: Caller, paid_v8: Caller) -> None:
    assert v8.post("/time_entries", entry(billable=True))["data"]["billable"] is False
    assert paid_v8.post("/time_entries", entry(billable=True))["data"]["billable"] is True


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        (
            "/time_entries",
            entry(created_with=None),
            "created_with needs to be provided an a valid string",
        ),
        ("/time_entries", DONE, "time_entry can't be blank"),
        ("/clients", {"name": "One"}, "Client can't be blank"),
        ("/tags", {"tag": {"name": "taken"}}, "a tag with the name 'taken' already exists"),
    ],
)
def test_errors_come_as_recorded_or_as_documented(
    v8: Caller, path: str, sent: object, words: str
) -> None:
    v8.service.account.add_tag("taken")
    recorded = v8.call("POST", path, sent)
    assert (recorded.status, recorded.body.decode()) == (400, words)
    v8.service.v8_errors = Errors.DOCUMENTED
    documented = v8.call("POST", path, sent)
    assert (documented.status, documented.json()) == (404, [words])


def test_strange_workspaces_and_dates_are_refused(v8: Caller) -> None:
    user = v8.service.account.user_id
    reply = v8.call("POST", "/time_entries", entry(wid=7))
    assert reply.body.decode() == f"User {user} cannot access workspace 7"
    assert v8.call("GET", "/time_entries?start_date=soon").body == b"Invalid start date"


def test_a_body_that_is_not_called_json_is_passed_over(v8: Caller) -> None:
    del v8.headers["Content-Type"]
    assert v8.call("POST", "/time_entries", entry()).body == b"time_entry can't be blank"


def test_who_is_not_signed_in_gets_nothing(service: Service) -> None:
    nobody = Caller(service, "/api/v8", headers={}).call("GET", "/me")
    assert (nobody.status, nobody.body) == (401, b"")
    wrong = Caller(service, "/api/v8", headers={"Authorization": basic("wrong", "api_token")})
    assert (wrong.call("GET", "/me").status, wrong.call("GET", "/me").body) == (403, b"")


@pytest.mark.parametrize("status", [410, 418])
def test_v8_may_be_gone(v8: Caller, status: int) -> None:
    v8.service.v8_gone = status
    reply = v8.call("GET", "/me")
    assert (reply.status, reply.body) == (status, b"")
    assert Caller(v8.service).call("GET", "/me").status == 200


def test_nothing_counts_v8(v8: Caller) -> None:
    assert "X-Toggl-Quota-Remaining" not in v8.call("GET", "/me").headers
    assert not v8.service.quota.totals
