"""What the fake refuses, in the words the real server was recorded to use."""

from typing import Any

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account, Service
from tests.fakes.toggl.caller import Caller, basic

WITH: dict[str, Any] = {"created_with": "a test"}
DONE = {**WITH, "start": "2026-03-03T10:00:00Z", "duration": 3600}


def entries(v9: Caller) -> str:
    return f"/workspaces/{v9.service.account.workspace_id}/time_entries"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"created_with": ""}, "created_with needs to be provided an a valid string"),
        ({"start": None}, "Start time must be provided"),
        ({"start": "yesterday"}, "Invalid start time"),
        ({"start": "2005-12-31T23:59:59Z"}, "Start time year must be between 2006 and 2030"),
        ({"start": "2031-01-01T00:00:00Z"}, "Start time year must be between 2006 and 2030"),
        ({"start": "2030-12-31T23:30:00Z"}, "Stop time year must be between 2006 and 2030"),
        (
            {"stop": "2026-03-03T09:00:00Z", "duration": None},
            "Stop time must be after start time",
        ),
        (
            {"stop": "2026-03-03T10:00:01Z"},
            "Stop time must be equal to start time plus duration",
        ),
        ({"duration": 999 * 3600 + 1}, "Max allowed duration per 1 time entry is 999 hours"),
        (
            {"description": "x" * 3_001},
            "Maximum length for description (3000 chars) exceeded",
        ),
        ({"tags": [str(number) for number in range(51)]}, "Tags are limited to 50 per task"),
        ({"project_id": 7}, "User cannot access the selected project"),
        ({"task_id": 7}, "User cannot access selected task"),
        ({"start_date": "soon"}, "Invalid start_date"),
    ],
)
def test_an_entry_against_a_rule_is_refused_and_leaves_nothing(
    v9: Caller, sent: dict[str, Any], words: str
) -> None:
    assert v9.refused("POST", entries(v9), {**DONE, **sent}) == (400, words)
    assert v9.service.account.entries() == []
    assert not v9.service.account.tags


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("workspace_id", "7", "string"),
        ("duration", 1.5, "number 1.5"),
        ("duration", True, "bool"),
        ("billable", 1, "number"),
        ("description", 7, "number"),
        ("tags", "one", "string"),
        ("tags", [1], "number"),
        ("project_id", 2**63, f"number {2**63}"),
    ],
)
def test_a_field_of_another_type_is_named(v9: Caller, name: str, value: object, kind: str) -> None:
    status, words = v9.refused("POST", entries(v9), {**DONE, name: value})
    assert status == 400
    assert words.startswith(f'Unexpected "{name}" type {kind}, offset=')


def test_what_is_no_json_is_refused(v9: Caller) -> None:
    assert v9.refused("POST", entries(v9), b"{") == (400, "JSON is not valid")
    assert v9.refused("POST", entries(v9), []) == (400, "JSON is not valid")


def test_the_years_can_be_widened(v9: Caller) -> None:
    v9.service.account.years = (1970, 2100)
    v9.post(entries(v9), {**DONE, "start": "2031-01-01T00:00:00Z"})


def test_billable_needs_a_paid_plan(v9: Caller, paid: Caller) -> None:
    billable = {**DONE, "billable": True}
    assert v9.refused("POST", entries(v9), billable) == (402, "Billable is a premium feature")
    v9.service.account.billable_refusal = 400
    assert v9.refused("POST", entries(v9), billable)[0] == 400
    assert v9.post(entries(v9), {**DONE, "billable": False})["billable"] is False
    assert paid.post(entries(paid), billable)["billable"] is True


def test_a_stopped_entry_needs_what_the_workspace_asks_for(v9: Caller) -> None:
    account = v9.service.account
    account.workspace.required = frozenset({"description", "project"})
    words = "unmet constraint: description_present"
    assert v9.refused("POST", entries(v9), DONE) == (400, words)
    running = v9.post(entries(v9), {**DONE, "duration": -1, "description": "Walk"})["id"]
    stop = f"{entries(v9)}/{running}/stop"
    assert v9.refused("PATCH", stop) == (400, "unmet constraint: project_present")
    v9.put(f"{entries(v9)}/{running}", {"project_id": account.add_project("Garden")})
    v9.patch(stop)


def test_a_locked_period_stays_as_it_is(v9: Caller) -> None:
    account = v9.service.account
    entry = account.add(NOON - 7200, NOON - 3600)
    account.workspace.locked_until = NOON - 1800
    refusal = (400, "Entries can't be added or edited in this period")
    assert v9.refused("POST", entries(v9), DONE) == refusal
    assert v9.refused("PUT", f"{entries(v9)}/{entry}", {"description": "x"}) == refusal
    assert v9.refused("DELETE", f"{entries(v9)}/{entry}") == refusal
    v9.post(entries(v9), {**DONE, "start": "2026-03-03T11:45:00Z"})


def test_no_credentials_get_an_empty_401(service: Service) -> None:
    reply = Caller(service, headers={}).call("GET", "/me")
    assert (reply.status, reply.body) == (401, b"")
    assert reply.headers["X-Authorization-Missing"] == "true"


@pytest.mark.parametrize("user", ["wrong", ""])
def test_wrong_credentials_get_403(service: Service, user: str) -> None:
    caller = Caller(service, headers={"Authorization": basic(user, "api_token")})
    reply = caller.call("GET", "/me")
    assert (reply.status, reply.body) == (403, b"Incorrect username and/or password")


def test_email_and_password_are_accepted(service: Service) -> None:
    account = service.account
    header = basic(account.email, account.password)
    assert Caller(service, headers={"Authorization": header}).get("/me")["id"] == account.user_id


def test_tokens_are_made_anew_for_each_account(account: Account) -> None:
    assert account.token != Account().token


def test_another_workspace_is_forbidden_and_a_word_for_one_invalid(v9: Caller) -> None:
    words = "User does not have access to this resource."
    assert v9.refused("POST", "/workspaces/7/time_entries", DONE) == (403, words)
    invalid = (400, "Missing or invalid workspace_id")
    assert v9.refused("GET", "/workspaces/seven/projects") == invalid
    project = f"/workspaces/{v9.service.account.workspace_id}/projects/seven"
    words = "We're expecting an integer as part of the url for project_id"
    assert v9.refused("GET", project) == (400, words)


def test_an_unknown_path_is_not_found(v9: Caller, service: Service) -> None:
    assert v9.refused("GET", "/me/nothing")[0] == 404
    assert Caller(service, "").call("GET", "/elsewhere").headers["Content-Type"] == "text/html"
