"""Reports v3 from the copy: entries whole on their first day, as Toggl counts them."""

from typing import Any

import pytest

from tests.hub.conftest import NOON, Client
from tray.hub.wire_ids import FIRST_LOCAL
from tray.tracker import catalogue, entries, timer
from tray.tracker.resolve import Draft

HOUR = 3600
WEEK = {"start_date": "2026-02-09", "end_date": "2026-02-15"}


@pytest.fixture
def reports(client: Client) -> Client:
    acme = catalogue.create_client(client.db, "Acme", now=NOON).created_id
    catalogue.create_project(client.db, "Web", now=NOON, changes={"client_id": acme})
    for begin, length, draft in (
        (NOON - 48 * HOUR, HOUR, Draft("one", "Web", tags=("t",))),
        (NOON - 24 * HOUR, HOUR, Draft("one", "Web", tags=("t",))),
        (NOON - 13 * HOUR, 2 * HOUR, Draft("over midnight", billable=True)),
        (NOON - 2 * HOUR, 60, Draft("two", "Web")),
    ):
        entries.add(client.db, draft, start=begin, stop=begin + length, now=NOON)
    timer.start(client.db, Draft("runs"), now=NOON)
    client.prefix = f"/reports/api/v3/workspace/{client.workspace}"
    return client


def asked(client: Client, kind: str, **body: Any) -> Any:
    return client.post(f"/{kind}/time_entries", {**WEEK, **body})


def test_summary(reports: Client) -> None:
    found = asked(reports, "summary")["groups"]
    assert {
        (group["title"], sum(part["seconds"] for part in group["sub_groups"])) for group in found
    } == {
        ("Web", 2 * HOUR + 60),
        (None, 2 * HOUR),
    }
    by_client = asked(reports, "summary", grouping="clients", sub_grouping="projects")["groups"]
    assert [group["title"] for group in by_client] == ["Acme", None]
    with_ids = asked(reports, "summary", include_time_entry_ids=True)["groups"]
    ids = [part["ids"] for group in with_ids for part in group["sub_groups"]]
    assert sum(map(len, ids)) == 4
    assert reports.refused("POST", "/summary/time_entries", {**WEEK, "grouping": "x"})[0] == 400


def test_weekly(reports: Client) -> None:
    rows = {row["project_id"]: row["seconds"] for row in asked(reports, "weekly")}
    assert rows[FIRST_LOCAL + 1] == [0, 0, HOUR, HOUR, 60, 0, 0]
    assert rows[None] == [0, 0, 0, 2 * HOUR, 0, 0, 0]


def test_search_by_pages(reports: Client) -> None:
    pages, more = [], dict[str, int]()
    while True:
        answer = reports.ask("POST", "/search/time_entries", {**WEEK, "page_size": 2, **more})
        pages.append([(row["row_number"], row["description"]) for row in answer.json()])
        if "X-Next-Row-Number" not in answer.heads:
            break
        more = {
            "first_row_number": int(answer.heads["X-Next-Row-Number"]),
            "first_id": int(answer.heads["X-Next-ID"]),
            "first_timestamp": int(answer.heads["X-Next-Timestamp"]),
        }
    assert pages == [[(1, "two"), (2, "over midnight")], [(3, "one")]]
    assert len(asked(reports, "search", page_size=2, first_row_number=3)[0]["time_entries"]) == 2


@pytest.mark.parametrize(
    ("filters", "described"),
    [
        ({"project_ids": [None]}, ["over midnight"]),
        ({"project_ids": [FIRST_LOCAL + 1]}, ["two", "one"]),
        ({"client_ids": [None]}, ["over midnight"]),
        ({"tag_ids": [FIRST_LOCAL + 1]}, ["one"]),
        ({"billable": True}, ["over midnight"]),
        ({"description": "TW"}, ["two"]),
        ({"min_duration_seconds": 100, "max_duration_seconds": 4000}, ["one"]),
        ({"start_date": "2026-02-13", "end_date": "2026-02-13"}, ["two"]),
    ],
)
def test_filters(reports: Client, filters: dict[str, Any], described: list[str]) -> None:
    rows = asked(reports, "search", **filters)
    assert [row["description"] for row in rows] == described


def test_a_range_that_cannot_be(reports: Client) -> None:
    for body in ({"start_date": "2026-02-10", "end_date": "2026-02-09"}, {"start_date": "soon"}):
        assert reports.refused("POST", "/weekly/time_entries", body)[0] == 400
