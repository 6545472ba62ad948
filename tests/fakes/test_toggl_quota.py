"""How the fake counts requests: by the hour for each bucket, and by the second."""

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account, Service
from tests.fakes.toggl.caller import Caller

REMAINING = "X-Toggl-Quota-Remaining"
RESETS_IN = "X-Toggl-Quota-Resets-In"


@pytest.fixture
def counted(account: Account) -> Caller:
    """Signed in where the quota is enforced."""
    return Caller(Service(account))


def told(caller: Caller, path: str) -> tuple[int, int, int]:
    """Status, what remains, seconds until the reset."""
    reply = caller.call("GET", path)
    return reply.status, int(reply.headers[REMAINING]), int(reply.headers[RESETS_IN])


def workspace(caller: Caller) -> str:
    return f"/workspaces/{caller.service.account.workspace_id}/projects"


def test_the_hour_begins_with_the_first_request(counted: Caller) -> None:
    account = counted.service.account
    assert told(counted, "/me") == (200, 29, 3600)
    account.now = NOON + 600
    assert told(counted, "/me/time_entries") == (200, 28, 3000)
    account.now = NOON + 3600
    assert told(counted, "/me") == (200, 29, 3600)


def test_the_user_and_each_organisation_have_buckets_of_their_own(counted: Caller) -> None:
    account = counted.service.account
    assert told(counted, "/me")[1] == 29
    assert told(counted, workspace(counted))[1] == 29
    other = account.add_workspace("Other", premium=True)
    assert told(counted, f"/workspaces/{other}/projects")[1] == 599
    organisation = account.workspace.organization_id
    assert counted.service.quota.totals == {
        "user": 1,
        f"organization {organisation}": 1,
        f"organization {account.workspaces[other].organization_id}": 1,
    }


def test_a_spent_bucket_answers_402_until_its_hour_is_over(counted: Caller) -> None:
    service, account = counted.service, counted.service.account
    for _ in range(30):
        counted.get("/me")
    account.now = NOON + 100
    reply = counted.call("GET", "/me")
    assert reply.status == 402
    assert reply.body.decode() == (
        "You have hit your hourly limit for API calls. The quota will reset in 3500 seconds."
    )
    assert (reply.headers[REMAINING], reply.headers[RESETS_IN]) == ("0", "3500")
    assert told(counted, workspace(counted))[0] == 200, "another bucket"
    assert service.quota.refused["user"] == 1
    account.now = NOON + 3600
    assert told(counted, "/me") == (200, 29, 3600)


def test_a_refused_request_is_not_carried_out(counted: Caller) -> None:
    account = counted.service.account
    bucket = f"organization {account.workspace.organization_id}"
    counted.service.quota.spend(bucket, NOON)
    assert counted.call("POST", workspace(counted), {"name": "Garden"}).status == 402
    assert not account.projects


def test_me_quota_tells_all_buckets(counted: Caller) -> None:
    account = counted.service.account
    counted.service.quota.limits["user"] = 40
    assert counted.get("/me/quota") == [
        {"organization_id": None, "remaining": 39, "resets_in_secs": 3600, "total": 40},
        {
            "organization_id": account.workspace.organization_id,
            "remaining": 30,
            "resets_in_secs": 0,
            "total": 30,
        },
    ]


def test_what_is_not_enforced_may_go_below_zero(counted: Caller) -> None:
    counted.service.quota.enforced = False
    for _ in range(31):
        counted.get("/me")
    assert told(counted, "/me")[1] == -2
    counted.service.quota.told = False
    assert REMAINING not in counted.call("GET", "/me").headers


def test_requests_may_come_too_fast(counted: Caller) -> None:
    service, account = counted.service, counted.service.account
    service.leak.enabled = True
    statuses = [counted.call("GET", "/me").status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    reply = counted.call("GET", "/me")
    assert reply.headers["Content-Type"] == "text/html"
    assert b"<h1>429 Too Many Requests</h1>" in reply.body
    assert "Retry-After" not in reply.headers
    account.now = NOON + 1
    assert counted.call("GET", "/me").status == 200
    assert service.quota.totals["user"] == 4, "one that is too fast costs nothing"


def test_every_request_is_in_the_log(counted: Caller) -> None:
    service = counted.service
    counted.get("/me?with_related_data=true")
    Caller(service, headers={}).call("GET", "/me")
    Caller(service, "/api/v8").get("/me")
    first = service.log[0]
    assert first[:5] == (NOON, "GET", "/api/v9/me", "user", 200)
    assert first.request.query == {"with_related_data": "true"}
    assert [(each.bucket, each.status) for each in service.log[1:]] == [("", 401), ("v8", 200)]
