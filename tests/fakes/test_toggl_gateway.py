"""The fake's gateway: Toggl's own replies behind a key and complaints of its own."""

import pytest

from tests.fakes.toggl import Service
from tests.fakes.toggl.caller import Caller

PREFIX = "/toggl-track/api/v9"


@pytest.fixture
def gateway(service: Service) -> Caller:
    """Signed in to the gateway."""
    return Caller(service, PREFIX, headers={"Authorization": f"Bearer {service.gateway.key}"})


def test_it_passes_on_what_toggl_answers_but_for_the_token(gateway: Caller) -> None:
    account = gateway.service.account
    me = gateway.get("/me?with_related_data=true")
    assert (me["id"], me["email"]) == (account.user_id, account.email)
    assert "api_token" not in me
    entries = f"/workspaces/{account.workspace_id}/time_entries"
    made = gateway.post(
        entries, {"created_with": "a test", "start": "2026-03-03T11:00:00Z", "duration": -1}
    )
    assert gateway.get("/me/time_entries/current")["id"] == made["id"]
    assert gateway.refused("POST", entries, {})[0] == 400
    assert gateway.service.log[0].bucket == "user"


def test_it_reaches_the_reports(gateway: Caller) -> None:
    workspace_id = gateway.service.account.workspace_id
    reports = Caller(gateway.service, "/toggl-track/reports/api/v3", headers=gateway.headers)
    body = {"start_date": "2026-03-01"}
    assert reports.post(f"/workspace/{workspace_id}/search/time_entries", body) == []


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer wrong", "Basic d3Jvbmc6d3Jvbmc="])
def test_a_wrong_key_is_401(service: Service, key: str) -> None:
    reply = Caller(service, PREFIX, headers={"Authorization": key}).call("GET", "/me")
    assert (reply.status, list(reply.json())) == (401, ["error"])


def test_the_key_is_no_token_for_toggl_itself(gateway: Caller) -> None:
    straight = Caller(gateway.service, headers=gateway.headers)
    assert straight.call("GET", "/me").status == 401


def test_no_connection_is_400_and_too_much_is_429(gateway: Caller) -> None:
    own = gateway.service.gateway
    gateway.headers["Maton-Connection"] = own.connection
    assert gateway.call("GET", "/me").status == 200
    gateway.headers["Maton-Connection"] = "another"
    reply = gateway.call("GET", "/me")
    assert (reply.status, reply.json()) == (400, {"error": "Missing Toggl Track connection"})
    del gateway.headers["Maton-Connection"]
    own.connected = False
    assert gateway.call("GET", "/me").status == 400
    own.limited = True
    assert gateway.call("GET", "/me").status == 429
    assert sum(gateway.service.quota.totals.values()) == 1, "the rest did not reach Toggl"


def test_quota_headers_may_get_lost_on_the_way(gateway: Caller) -> None:
    assert "X-Toggl-Quota-Remaining" in gateway.call("GET", "/me").headers
    gateway.service.gateway.passes_quota = False
    assert "X-Toggl-Quota-Remaining" not in gateway.call("GET", "/me").headers
