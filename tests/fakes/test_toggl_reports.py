"""The fake's Reports API: history by pages."""

from typing import Any

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account, Reply, Service
from tests.fakes.toggl.caller import Caller

DAY = 24 * 3600


@pytest.fixture
def reports(service: Service) -> Caller:
    """Signed in to the reports of the free account."""
    return Caller(service, "/reports/api/v3")


def search(reports: Caller, **body: object) -> Reply:
    path = f"/workspace/{reports.service.account.workspace_id}/search/time_entries"
    return reports.call("POST", path, body)


def ids(reply: Reply) -> list[int]:
    rows: list[dict[str, Any]] = reply.json()
    return [entry["id"] for row in rows for entry in row["time_entries"]]


def test_rows_are_in_the_users_zone(reports: Caller) -> None:
    account = reports.service.account
    entry = account.add(NOON, NOON + 60, description="Walk", tags=["far"])
    (row,) = search(reports, start_date="2026-03-03", end_date="2026-03-03").json()
    assert (row["description"], row["row_number"]) == ("Walk", 1)
    assert row["tag_ids"] == list(account.tags)
    assert row["time_entries"][0] == {
        "id": entry,
        "seconds": 60,
        "start": "2026-03-03T13:00:00+01:00",
        "stop": "2026-03-03T13:01:00+01:00",
        "at": "2026-03-03T13:00:00+01:00",
    }


def test_days_are_whole_and_those_of_the_users_zone(reports: Caller) -> None:
    account = reports.service.account
    midnight = NOON - 13 * 3600
    account.add(midnight - 1, midnight)
    first, last = account.add(midnight, NOON), account.add(midnight + DAY - 1, NOON + DAY)
    account.add(midnight + DAY, NOON + DAY)
    assert ids(search(reports, start_date="2026-03-03", end_date="2026-03-03")) == [last, first]


def test_the_headers_lead_from_page_to_page(reports: Caller) -> None:
    account = reports.service.account
    made = [account.add(NOON + n, NOON + 60 + n, description=str(n)) for n in range(5)]
    found, body = [], {"start_date": "2026-03-03", "page_size": 2}
    for _ in range(3):
        reply = search(reports, **body)
        found += ids(reply)
        if "X-Next-Row-Number" in reply.headers:
            body["first_row_number"] = int(reply.headers["X-Next-Row-Number"])
            assert int(reply.headers["X-Next-ID"]) not in found
    assert found == made[::-1]
    assert "X-Next-ID" not in reply.headers


def test_neighbours_that_are_alike_share_a_row(reports: Caller) -> None:
    account = reports.service.account
    for number in range(3):
        account.add(NOON + number * 60, NOON + number * 60 + 30, description="Walk")
    assert len(search(reports, start_date="2026-03-03").json()) == 1


def test_what_runs_or_is_deleted_is_not_there(reports: Caller) -> None:
    account = reports.service.account
    account.delete(account.add(NOON, NOON + 60))
    account.start()
    assert search(reports, start_date="2026-03-03").json() == []


def test_a_free_plan_reaches_back_a_year(reports: Caller, premium: Account) -> None:
    reply = search(reports, start_date="2025-01-01", end_date="2025-12-31")
    assert (reply.status, reply.json()) == (402, "Workspace needs to have this feature enabled")
    assert reply.headers["X-Toggl-Quota-Remaining"] != "0"
    old = premium.add(NOON - 400 * DAY, NOON - 400 * DAY + 60)
    paid = Caller(Service(premium), "/reports/api/v3")
    assert ids(search(paid, start_date="2025-01-01", end_date="2025-12-31")) == [old]


def test_the_organisation_pays(reports: Caller) -> None:
    search(reports, start_date="2026-03-03")
    number = reports.service.account.workspace.organization_id
    assert reports.service.log[-1].bucket == f"organization {number}"


@pytest.mark.parametrize(
    "body", [{}, {"start_date": "soon"}, {"start_date": "2026-03-03", "end_date": "2026-03-02"}]
)
def test_dates_that_are_none_are_refused(reports: Caller, body: dict[str, object]) -> None:
    assert search(reports, **body).status == 400
