"""Whatever a server answers becomes the one error that says who has to act."""

import json
import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pytest
import responses

from tests.api.wire import TOKEN
from tray.api.address import read_address
from tray.api.connect import connect
from tray.api.refusals import field_in
from tray.api.remote_api import Toggl
from tray.api.secret import token_secret
from tray.errors import (
    AlreadyStopped,
    BadAddress,
    BadReply,
    EndpointGone,
    GatewayRefused,
    Gone,
    Intercepted,
    NoAccess,
    NoAnswer,
    PremiumNeeded,
    QuotaSpent,
    RemoteError,
    ServerFailed,
    ServerRefused,
    SignInRefused,
    TooFast,
)

V9: Final = "https://toggl.example/api/v9"
V8: Final = "https://toggl.example/api/v8"
GATEWAY: Final = "https://gateway.example/toggl-track/api/v9"
TOGGL: Final = "https://api.track.toggl.com/api/v9"
BLOCKED: Final = "<!DOCTYPE html><title>Web page blocked</title>"
PAGE: Final = "<html><head><title>429 Too Many Requests</title></head></html>"
HOURLY: Final = "You have hit your hourly limit for API calls. The quota will reset in 133 seconds."


class Case(NamedTuple):
    """A reply to a call, and what becomes of it."""

    call: str
    status: int
    body: str
    error: type[RemoteError]
    details: dict[str, Any] = {}  # noqa: RUF012  (never changed)
    words: str | None = None
    head: dict[str, str] = {}  # noqa: RUF012
    url: str = V9


CALLS: Final[dict[str, Callable[[Toggl], object]]] = {
    "me": lambda toggl: toggl.me(),
    "current": lambda toggl: toggl.current(),
    "since": lambda toggl: toggl.entries_since(1),
    "between": lambda toggl: toggl.entries_between(1, 2),
    "entry": lambda toggl: toggl.entry(3),
    "create": lambda toggl: toggl.create_entry(5, {"start": 1_700_000_000}),
    "update": lambda toggl: toggl.update_entry(5, 3, {"description": "x"}),
    "stop": lambda toggl: toggl.stop_entry(5, 3),
    "delete": lambda toggl: toggl.delete_entry(5, 3),
    "project": lambda toggl: toggl.create_project(5, {"name": "x", "colour": "#123456"}),
    "tag": lambda toggl: toggl.create_tag(5, "x"),
    "archive": lambda toggl: toggl.archive_client(5, 3, archived=True),
}


def quoted(words: str) -> str:
    return json.dumps(words)


CASES: Final = [
    # Signing in.
    Case("me", 401, "", SignInRefused, {}, "", {"X-Authorization-Missing": "true"}),
    Case("me", 403, "Incorrect username and/or password", SignInRefused),
    Case("me", 403, quoted("Incorrect username and/or password"), SignInRefused),
    Case("me", 403, "", SignInRefused),
    Case("current", 403, "", NoAccess),
    Case("create", 401, "", NoAccess),
    Case("create", 403, "Incorrect username and/or password", NoAccess),
    Case("me", 403, "", SignInRefused, url=V8),
    Case("create", 403, quoted("User does not have access to this resource."), NoAccess),
    Case("create", 403, "", NoAccess),
    Case("tag", 403, quoted("Only admins may manage tags in this workspace."), NoAccess),
    Case("create", 403, "", NoAccess, url=V8),
    # A firewall or the sign-in page of a network.
    *(
        Case(call, status, body, Intercepted, {"status": status}, url=url)
        for call in ("me", "create", "update", "since")
        for status in (401, 403, 410, 418)
        for body, url in (
            (BLOCKED, GATEWAY),
            (BLOCKED, V9),
            ("Blocked by policy", TOGGL),
            ("", TOGGL),
        )
    ),
    Case("create", 403, BLOCKED, Intercepted, url=V8),
    *(
        Case(call, status, BLOCKED, Intercepted)
        for call in ("create", "update", "delete", "since")
        for status in (402, 404, 405, 406, 451)
    ),
    Case("me", 403, "", SignInRefused, {}, None, {"X-Toggl-Request-Id": "1"}, TOGGL),
    Case("me", 410, "Gone", EndpointGone, {}, None, {"X-Request-Id": "1"}, TOGGL),
    # The address.
    Case("me", 404, "<h1>Not here</h1>", BadAddress, {"status": 404}, "Not here"),
    Case("me", 404, "", BadAddress),
    Case("me", 200, "<html><title>Welcome</title>", BadAddress, {}, "Welcome"),
    Case("me", 200, "hello", BadAddress),
    Case("me", 200, "", BadAddress),
    Case("me", 200, "[]", BadAddress),
    Case("me", 200, "null", BadAddress),
    Case("me", 200, '{"status":"OK"}', BadAddress),
    Case("me", 301, "", BadAddress, {"status": 301}, "", {"Location": "https://new.example/x"}),
    Case("create", 302, "", BadAddress, {}, "", {"Location": "/login?next=x"}),
    Case("create", 302, "", BadAddress, {}, "", {"Location": "http://["}),
    Case("create", 407, "", BadAddress),
    # What cannot be read.
    Case("create", 200, "<html><title>Welcome</title>", BadReply, {}, "Welcome"),
    Case("create", 200, "hello", BadReply),
    Case("create", 200, "", BadReply),
    Case("create", 200, "null", BadReply),
    Case("create", 204, "", BadReply),
    Case("create", 200, '{"id":"one"}', BadReply),
    Case("current", 200, "[]", BadReply),
    Case("current", 600, "", BadReply, {"status": 600}),
    # The quota, and what needs a paid plan.
    Case("create", 402, HOURLY, QuotaSpent, {"wait_seconds": 133}, HOURLY),
    Case("create", 402, quoted(HOURLY), QuotaSpent, {"wait_seconds": 133}, HOURLY),
    Case(
        "create",
        402,
        HOURLY,
        QuotaSpent,
        {"wait_seconds": 120},
        head={"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": "120"},
    ),
    Case("me", 402, "Your quota will reset in 2 minutes.", QuotaSpent, {"wait_seconds": 120}),
    Case(
        "me",
        402,
        "Your quota will reset in 99999999999 minutes",
        QuotaSpent,
        {"wait_seconds": 3600},
    ),
    Case("me", 402, "", QuotaSpent, {"wait_seconds": None}),
    Case(
        "me", 402, "", QuotaSpent, {"wait_seconds": None}, "", {"X-Toggl-Quota-Resets-In": "soon"}
    ),
    Case("me", 402, "", QuotaSpent, {"wait_seconds": 0}, "", {"X-Toggl-Quota-Resets-In": "-3"}),
    Case(
        "me", 402, quoted("No more today"), QuotaSpent, {}, None, {"X-Toggl-Quota-Remaining": "-2"}
    ),
    Case(
        "create", 402, quoted("Billable is a premium feature"), PremiumNeeded, {"field": "billable"}
    ),
    Case(
        "create",
        402,
        quoted("Billable is a premium feature"),
        PremiumNeeded,
        {"field": "billable"},
        head={"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": "120"},
    ),
    Case(
        "project",
        402,
        quoted("Custom project colors available only for premium plans"),
        PremiumNeeded,
        {"field": "colour"},
    ),
    Case("archive", 402, quoted("Workspace needs to have this feature enabled"), PremiumNeeded),
    Case("archive", 402, quoted("Something new"), PremiumNeeded, {"field": None}),
    # One item.
    Case(
        "entry", 404, quoted("Time entry not found"), Gone, {"status": 404}, "Time entry not found"
    ),
    Case("update", 404, quoted("Time entry not found"), Gone),
    Case("delete", 404, "", Gone),
    Case("update", 404, "null", Gone, url=V8),
    Case("update", 404, '""', Gone, url=V8),
    Case("update", 404, quoted("Time entry not found/no access to it"), Gone, url=V8),
    Case("create", 404, '["Start can\'t be blank"]', ServerRefused, {"field": "start"}, url=V8),
    Case(
        "create", 404, '["Name has already been taken"]', ServerRefused, {"field": "name"}, url=V8
    ),
    Case("create", 400, "Invalid start date", ServerRefused, {"field": "start"}, url=V8),
    Case("stop", 409, quoted("Time entry already stopped"), AlreadyStopped, {"status": 409}),
    Case("stop", 409, "", AlreadyStopped),
    Case(
        "tag",
        409,
        quoted("a tag with the name 'x' already exists"),
        ServerRefused,
        {"field": "name"},
    ),
    Case(
        "create",
        400,
        quoted("Stop time must be after start time"),
        ServerRefused,
        {"field": "stop"},
    ),
    Case("create", 400, quoted("JSON is not valid"), ServerRefused, {"field": None}),
    Case("create", 400, "", ServerRefused, {"field": None, "status": 400}, ""),
    Case("current", 400, "", ServerRefused, {"status": 400}),
    Case("create", 403, quoted("Not yours"), NoAccess, url=V8),
    Case("create", 405, "", ServerRefused, {"status": 405}),
    Case("create", 413, PAGE, ServerRefused),
    Case(
        "create", 422, '{"message":"description too long"}', ServerRefused, {"field": "description"}
    ),
    Case("since", 400, quoted("'since' value should be later"), ServerRefused, {"field": "since"}),
    Case("since", 400, quoted("too old"), ServerRefused, {"field": "since"}),
    Case(
        "between",
        400,
        quoted("start_date must not be earlier than 2026-08-20"),
        ServerRefused,
        {"field": "start_date"},
        "start_date must not be earlier than 2026-08-20",
    ),
    # Time.
    Case("create", 429, PAGE, TooFast, {"wait_seconds": None}, "429 Too Many Requests"),
    Case("create", 429, "", TooFast, {"wait_seconds": 60}, "", {"Retry-After": "60"}),
    Case("create", 500, quoted("Internal Server Error"), ServerFailed, {"status": 500}),
    Case("create", 502, "<h1>502 Bad Gateway</h1>", ServerFailed, {}, "502 Bad Gateway"),
    Case("create", 503, "", ServerFailed, {"wait_seconds": 9}, "", {"Retry-After": "9"}),
    Case("create", 503, "", ServerFailed, {"wait_seconds": None}, "", {"Retry-After": "Mon, 1"}),
    Case("create", 599, "", ServerFailed),
    Case("create", 408, "", NoAnswer, {"status": 408}),
    # Switched off.
    Case("me", 410, "", EndpointGone, {"status": 410}, url=V8),
    Case("me", 418, "", EndpointGone, {"status": 418}, url=V8),
    Case("create", 410, "The V8 endpoint is shut down", EndpointGone, url=V8),
    Case("current", 418, "", EndpointGone),
    # The gateway's own.
    Case("me", 400, '{"error":"Missing Toggl Track connection"}', GatewayRefused, url=GATEWAY),
    Case("create", 400, '{"error":"No connection"}', GatewayRefused, url=GATEWAY),
    Case("me", 401, '{"error":"Invalid or missing key"}', GatewayRefused, url=GATEWAY),
    Case("me", 401, "", GatewayRefused, {}, "", {"X-Authorization-Missing": "true"}, GATEWAY),
    Case("me", 403, "Incorrect username and/or password", GatewayRefused, url=GATEWAY),
    Case("create", 429, '{"error":"Rate limit exceeded"}', TooFast, url=GATEWAY),
    Case(
        "create", 400, quoted("Stop time is wrong"), ServerRefused, {"field": "stop"}, url=GATEWAY
    ),
    Case("create", 403, quoted("User does not have access"), NoAccess, url=GATEWAY),
    Case("me", 404, quoted("Not found"), BadAddress, url=GATEWAY),
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.call}-{case.status}-{case.body:.20}"
)
def test_the_error_for_a_reply(case: Case) -> None:
    address = read_address(case.url)
    toggl = connect(address, token_secret(TOKEN, address.auth))
    with responses.RequestsMock() as server:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            server.add(
                responses.Response(
                    method,
                    re.compile(".*"),
                    body=case.body,
                    status=case.status,
                    headers=case.head,
                )
            )
        server.assert_all_requests_are_fired = False
        with pytest.raises(RemoteError) as caught:
            CALLS[case.call](toggl)
        assert len(server.calls) == 1, "nothing is tried twice"
    error = caught.value
    assert type(error) is case.error
    assert {name: getattr(error, name) for name in case.details} == case.details
    assert case.words is None or error.server_message == case.words
    assert len(str(error)) > 20
    assert str(error).endswith((".", "?"))
    assert "  " not in str(error)


@pytest.mark.parametrize(
    ("call", "status", "body", "words"),
    [
        ("me", 301, "", "sends us to https://new.example/x"),
        ("me", 404, "", "What answers at https://toggl.example/api/v9 is not a server"),
        ("create", 400, quoted("Name is bad"), "toggl.example did not accept this: “Name is bad”."),
        ("create", 400, "", "toggl.example did not accept this."),
        ("create", 429, PAGE, "toggl.example got too many requests"),
        ("create", 402, quoted("premium only"), "toggl.example wants a paid plan for this"),
    ],
)
def test_the_sentence_names_what_is_wrong(call: str, status: int, body: str, words: str) -> None:
    address = read_address(V9)
    toggl = connect(address, token_secret(TOKEN, address.auth))
    with responses.RequestsMock() as server:
        server.assert_all_requests_are_fired = False
        head = {"Location": "https://new.example/x?token=1"}
        for method, path in (("GET", "/me"), ("POST", "/workspaces/5/time_entries")):
            server.add(method, V9 + path, body=body, status=status, headers=head)
        with pytest.raises(RemoteError) as caught:
            CALLS[call](toggl)
    assert words in str(caught.value)


def test_where_no_field_needs_a_better_plan_none_is_to_be_left_out() -> None:
    address = read_address(V9)
    toggl = connect(address, token_secret(TOKEN, address.auth))
    with responses.RequestsMock() as server:
        server.get(
            f"{V9}/me", body=quoted("Workspace needs to have this feature enabled"), status=402
        )
        with pytest.raises(PremiumNeeded, match=r"feature enabled”\.$"):
            toggl.me()


def test_nothing_runs_where_the_server_has_no_such_call() -> None:
    address = read_address(V9)
    toggl = connect(address, token_secret(TOKEN, address.auth))
    for status in (404, 405):
        with responses.RequestsMock() as server:
            server.get(f"{V9}/me/time_entries/current", status=status)
            assert toggl.current() is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("created_with needs to be provided an a valid string", "created_with"),
        ("Billable is a premium feature", "billable"),
        ("User can not edit project billing info", "billable"),
        ("Custom project colors available only for premium plans", "colour"),
        ("Error in validating color 'x'.", "colour"),
        ("Max allowed duration per 1 time entry is 999 hours", "stop"),
        ("Start time year must be between 2006 and 2030", "start"),
        ("Stop time must be after start time", "stop"),
        ("Entries can't be added or edited in this period", "start"),
        ("User cannot access the selected project", "project_id"),
        ("User cannot access selected task", "task_id"),
        ("User 1 cannot access workspace 2", "workspace_id"),
        ("Name has already been taken", "name"),
        ("tag name can't be blank", "name"),
        ("a tag with the name 'project' already exists", "name"),
        ("Client name cannot be empty", "name"),
        ("Client with the ID 3 isn't present in workspace 4", "client_id"),
        ("Max 50 tags are allowed", "tags"),
        ("Description is too long", "description"),
        ('Unexpected "workspace_id" type string, offset=88', "workspace_id"),
        ('Unexpected "start" type number', "start"),
        ('Unexpected "tag_ids" type string', "tags"),
        ("'since' and 'before' can not be present simultaneously", "since"),
        ("Since is expected to be an unix timestamp, integer value", "since"),
        ("start_date must not be earlier than 2026-01-01", "start_date"),
        ("JSON is not valid", None),
        ("", None),
    ],
)
def test_the_field_at_fault_is_found_in_the_words(words: str, field: str | None) -> None:
    assert field_in(words) == field
