"""What the fake lists: by time, by change, by page, and all at once."""

from collections import Counter
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account
from tests.fakes.toggl.caller import Caller

DAY = 24 * 3600


def ids(rows: list[dict[str, int]]) -> list[int]:
    return [row["id"] for row in rows]


def between(begin: int, end: int) -> str:
    first, last = (quote(datetime.fromtimestamp(each, UTC).isoformat()) for each in (begin, end))
    return f"/me/time_entries?start_date={first}&end_date={last}"


def test_entries_come_newest_first_from_begin_up_to_but_not_at_end(v9: Caller) -> None:
    account = v9.service.account
    entries = [account.add(NOON - hours * 3600, NOON - hours * 3600 + 1) for hours in (4, 3, 2, 1)]
    assert ids(v9.get(between(NOON - 3 * 3600, NOON - 3600))) == [entries[2], entries[1]]


def test_a_bare_end_date_is_exclusive(v9: Caller) -> None:
    account = v9.service.account
    entry = account.add(NOON - 60, NOON)
    query = "/me/time_entries?start_date={}&end_date={}"
    assert v9.get(query.format("2026-03-03", "2026-03-03")) == []
    assert ids(v9.get(query.format("2026-03-03", "2026-03-04"))) == [entry]


def test_before_lists_what_starts_before(v9: Caller) -> None:
    account = v9.service.account
    old, _new = account.add(NOON - DAY, NOON - DAY + 1), account.add(NOON - 60, NOON)
    assert ids(v9.get("/me/time_entries?before=2026-03-03")) == [old]


def test_at_most_a_thousand_the_newest(v9: Caller) -> None:
    account = v9.service.account
    made = [account.add(NOON - DAY + number, NOON) for number in range(1_003)]
    assert ids(v9.get(between(NOON - 2 * DAY, NOON))) == made[:2:-1]


def test_a_start_date_too_old_is_refused_with_the_earliest(v9: Caller) -> None:
    path = between(NOON - 100 * DAY, NOON)
    assert v9.refused("GET", path) == (400, "start_date must not be earlier than 2025-12-03")
    assert v9.get("/me/time_entries?start_date=2025-12-03&end_date=2026-03-04") == []


def test_since_too_old_is_refused(v9: Caller) -> None:
    status, words = v9.refused("GET", f"/me/time_entries?since={NOON - 91 * DAY}")
    assert status == 400
    assert "since" in words
    assert v9.get(f"/me/time_entries?since={NOON - 89 * DAY}") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=1&before=2026-03-03", "'since' and 'before' can not be present simultaneously"),
        (
            "since=1&start_date=2026-03-03&end_date=2026-03-04",
            "'since' and 'start_date' can not be present simultaneously",
        ),
        ("since=soon", "Since is expected to be an unix timestamp, integer value"),
        ("start_date=2026-03-03", "start_date and end_date must be present together"),
        ("start_date=soon&end_date=2026-03-04", "Invalid start_date"),
    ],
)
def test_queries_that_contradict_themselves_are_refused(v9: Caller, query: str, words: str) -> None:
    assert v9.refused("GET", f"/me/time_entries?{query}") == (400, words)


def test_since_lists_changes_however_old_the_entry(v9: Caller) -> None:
    account = v9.service.account
    old = account.add(NOON - 200 * DAY, NOON - 200 * DAY + 60)
    account.now = NOON + 100
    assert v9.get(f"/me/time_entries?since={NOON + 50}") == []
    account.edit(old, description="remembered")
    assert ids(v9.get(f"/me/time_entries?since={NOON + 50}")) == [old]


def test_a_deleted_tag_leaves_entries_without_a_trace_in_at(v9: Caller) -> None:
    account = v9.service.account
    entry = account.add(NOON - 60, NOON, tags=["gone", "kept"])
    (before,) = v9.get("/me/time_entries")
    account.delete_tag(before["tag_ids"][0])
    (after,) = v9.get("/me/time_entries")
    assert (after["id"], after["tags"], after["at"]) == (entry, ["kept"], before["at"])


def test_a_deleted_project_leaves_entries_with_a_new_at(v9: Caller) -> None:
    account = v9.service.account
    project = account.add_project("Garden")
    entry = account.add(NOON - 60, NOON, project_id=project)
    (before,) = v9.get("/me/time_entries")
    account.delete_project(project)
    (after,) = v9.get("/me/time_entries")
    assert after["project_id"] is None
    assert after["at"] > before["at"]
    assert account.entry(entry).project_id is None


def test_a_project_can_take_its_entries_along(account: Account) -> None:
    project = account.add_project("Garden")
    entry = account.start(project_id=project)
    account.delete_project(project, with_entries=True)
    assert account.deleted() == [entry]
    assert account.running() is None


def test_me_leaves_out_what_is_empty(v9: Caller) -> None:
    assert {"tags", "clients", "projects", "tasks", "time_entries"}.isdisjoint(
        v9.get("/me?with_related_data=true")
    )
    assert "workspaces" not in v9.get("/me")


def test_me_brings_all_but_entries_from_before_the_tenth_day(v9: Caller) -> None:
    account = v9.service.account
    project = account.add_project("Garden", client_id=account.add_client("Example Ltd"))
    account.edit_project(project, active=False)
    account.add_task(project, "Dig")
    midnight = NOON - 12 * 3600 - 10 * DAY
    account.add(midnight - 1, midnight)
    recent = account.add(midnight, midnight + 1, tags=["one"])
    me = v9.get("/me?with_related_data=true")
    assert ids(me["time_entries"]) == [recent]
    assert Counter({name: len(me[name]) for name in ("tags", "clients", "projects", "tasks")}) == {
        "tags": 1,
        "clients": 1,
        "projects": 1,
        "tasks": 1,
    }
    assert (me["projects"][0]["active"], me["api_token"]) == (False, account.token)
    assert me["default_workspace_id"] == account.workspace_id


def test_deleted_projects_show_in_me_only_if_asked_of_the_fake(v9: Caller) -> None:
    account = v9.service.account
    account.delete_project(account.add_project("Garden"))
    assert "projects" not in v9.get("/me?with_related_data=true")
    account.me_lists_deleted = True
    (shown,) = v9.get("/me?with_related_data=true")["projects"]
    assert shown["server_deleted_at"] == "2026-03-03T12:00:00+00:00"


def test_deleted_things_show_with_since(v9: Caller) -> None:
    account = v9.service.account
    project, tag, client = (
        account.add_project("Garden"),
        account.add_tag("one"),
        account.add_client("Example Ltd"),
    )
    account.delete_project(project)
    account.delete_tag(tag)
    account.delete_client(client)
    for name, row in (("projects", project), ("tags", tag), ("clients", client)):
        assert v9.get(f"/me/{name}") == []
        assert ids(v9.get(f"/me/{name}?since={NOON}")) == [row]


def test_the_server_clock_can_be_set_and_skewed(account: Account) -> None:
    account.skew = -3600
    assert account.now == NOON - 3600
    account.now = NOON + 5
    assert account.now == NOON + 5
    assert account.entry(account.start()).start == NOON + 5
