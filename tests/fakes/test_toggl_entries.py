"""What the fake makes of requests that write time entries, as the real server was recorded."""

from typing import Any

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account
from tests.fakes.toggl.caller import Caller

WITH: dict[str, Any] = {"created_with": "a test"}
RUNNING = {**WITH, "start": "2026-03-03T11:00:00Z", "duration": -1}
DONE = {**WITH, "start": "2026-03-03T10:00:00Z", "duration": 3600}


def path(v9: Caller, *rest: object) -> str:
    parts = ("workspaces", v9.service.account.workspace_id, "time_entries", *rest)
    return "".join(f"/{part}" for part in parts)


def test_a_created_entry_has_null_tags_zulu_times_and_legacy_names(v9: Caller) -> None:
    shown = v9.post(path(v9), DONE)
    account = v9.service.account
    assert shown["id"] > 2**31
    assert (shown["tags"], shown["tag_ids"]) == (None, None)
    assert (shown["start"], shown["stop"]) == ("2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z")
    assert (shown["uid"], shown["wid"]) == (account.user_id, account.workspace_id)
    assert "pid" not in shown
    assert "tid" not in shown
    assert shown["duronly"] is True
    assert shown["server_deleted_at"] is None


def test_the_same_entry_read_has_empty_tags_and_offset_times(v9: Caller) -> None:
    made = v9.post(path(v9), DONE)
    (listed,) = v9.get("/me/time_entries")
    assert (listed["tags"], listed["tag_ids"]) == ([], [])
    assert listed["start"] == "2026-03-03T10:00:00+00:00"
    assert listed["stop"] == "2026-03-03T11:00:00+00:00"
    assert listed["at"] == made["at"]
    assert listed["wid"] == made["wid"]


def test_an_entry_by_its_id_has_no_legacy_names(v9: Caller) -> None:
    project = v9.service.account.add_project("Garden")
    made = v9.post(path(v9), {**DONE, "project_id": project})
    assert made["pid"] == project
    alone = v9.get(f"/me/time_entries/{made['id']}")
    assert {"uid", "wid", "pid", "tid"}.isdisjoint(alone)
    assert alone["project_id"] == project


def test_offsets_and_fractions_are_accepted_and_cut_off(v9: Caller) -> None:
    shown = v9.post(path(v9), {**RUNNING, "start": "2026-03-03T12:17:59.593648+01:00"})
    assert shown["start"] == "2026-03-03T11:17:59Z"


def test_the_date_of_start_date_wins(v9: Caller) -> None:
    shown = v9.post(path(v9), {**DONE, "start_date": "2026-03-01"})
    assert shown["start"] == "2026-03-01T10:00:00Z"


def test_without_a_duration_the_entry_is_stopped_at_its_start(v9: Caller) -> None:
    shown = v9.post(path(v9), {**WITH, "start": "2026-03-03T11:00:00Z"})
    assert (shown["duration"], shown["stop"]) == (0, None)
    (listed,) = v9.get("/me/time_entries")
    assert listed["stop"] == listed["start"]
    assert v9.get("/me/time_entries/current") is None


def test_minus_one_comes_back_and_other_devices_send_their_epoch(v9: Caller) -> None:
    assert v9.post(path(v9), RUNNING)["duration"] == -1
    assert v9.get("/me/time_entries/current")["duration"] == -1
    v9.service.account.start("on the phone")
    assert v9.get("/me/time_entries/current")["duration"] == -NOON


def test_a_new_running_entry_stops_the_old_one_at_the_servers_clock(v9: Caller) -> None:
    account = v9.service.account
    first = v9.post(path(v9), RUNNING)
    second = v9.post(path(v9), {**RUNNING, "start": "2026-03-03T11:30:00Z"})
    stopped = account.entry(first["id"])
    assert stopped.stop == NOON, "not at the start of the second: they overlap"
    assert second["at"] > v9.get(f"/me/time_entries/{first['id']}")["at"] > first["at"]
    assert v9.get("/me/time_entries/current")["id"] == second["id"]


def test_a_running_entry_of_the_future_is_not_stopped_before_its_start(account: Account) -> None:
    first = account.start(start=NOON + 600)
    account.start()
    assert account.entry(first).stop == NOON + 600


def test_stopping_takes_the_servers_clock_and_answers_empty_tags(v9: Caller) -> None:
    entry = v9.post(path(v9), RUNNING)["id"]
    shown = v9.patch(path(v9, entry, "stop"))
    assert (shown["stop"], shown["duration"]) == ("2026-03-03T12:00:00Z", 3600)
    assert shown["tags"] == []
    assert v9.refused("PATCH", path(v9, entry, "stop")) == (409, "Time entry already stopped")


def test_stopping_by_a_server_clock_before_the_start_is_refused(v9: Caller) -> None:
    entry = v9.post(path(v9), {**RUNNING, "start": "2026-03-03T12:10:00Z"})["id"]
    status, words = v9.refused("PATCH", path(v9, entry, "stop"))
    assert (status, words) == (400, "Stop time must be after start time")
    assert v9.get("/me/time_entries/current")["id"] == entry


def test_an_update_changes_only_what_it_names(v9: Caller) -> None:
    entry = v9.post(path(v9), {**DONE, "description": "Walk", "tags": ["far"]})["id"]
    shown = v9.put(path(v9, entry), {"description": "Run"})
    assert (shown["description"], shown["tags"]) == ("Run", ["far"])
    assert (shown["start"], shown["duration"]) == ("2026-03-03T10:00:00Z", 3600)
    assert v9.put(path(v9, entry), {"tags": []})["tags"] == []


def test_null_takes_the_project_away(v9: Caller) -> None:
    project = v9.service.account.add_project("Garden")
    entry = v9.post(path(v9), {**DONE, "project_id": project})["id"]
    shown = v9.put(path(v9, entry), {"project_id": None})
    assert shown["project_id"] is None
    assert "pid" not in shown


def test_a_new_start_alone_leaves_the_old_epoch_in_the_duration(v9: Caller) -> None:
    entry = v9.service.account.start("on the phone")
    shown = v9.put(path(v9, entry), {"start": "2026-03-03T11:00:00Z"})
    assert (shown["start"], shown["duration"]) == ("2026-03-03T11:00:00Z", -NOON)


@pytest.mark.parametrize(
    ("change", "times"),
    [
        ({"stop": "2026-03-03T10:30:00Z"}, (NOON - 7200, NOON - 5400)),
        ({"duration": 60}, (NOON - 7200, NOON - 7140)),
        ({"start": "2026-03-03T10:45:00Z"}, (NOON - 4500, NOON - 3600)),
        ({"duration": -1}, (NOON - 7200, None)),
    ],
)
def test_times_follow_from_those_that_are_sent(
    v9: Caller, change: dict[str, Any], times: tuple[int, int | None]
) -> None:
    entry = v9.post(path(v9), DONE)["id"]
    v9.put(path(v9, entry), change)
    seen = v9.service.account.entry(entry)
    assert (seen.start, seen.stop) == times


def test_resuming_a_stopped_entry_stops_the_one_that_runs(v9: Caller) -> None:
    entry, running = v9.post(path(v9), DONE)["id"], v9.post(path(v9), RUNNING)["id"]
    v9.put(path(v9, entry), {"duration": -1})
    assert v9.get("/me/time_entries/current")["id"] == entry
    assert v9.service.account.entry(running).stop == NOON


def test_unknown_tags_are_made_and_known_ones_found(v9: Caller) -> None:
    account = v9.service.account
    known = account.add_tag("known")
    shown = v9.post(path(v9), {**DONE, "tags": ["new", "known", "new"]})
    assert shown["tags"] == ["known", "new"]
    assert shown["tag_ids"][0] == known
    assert len(account.tags) == 2


def test_tags_can_be_added_and_taken_away(v9: Caller) -> None:
    entry = v9.post(path(v9), {**DONE, "tags": ["a", "b"]})["id"]
    added = v9.put(path(v9, entry), {"tags": ["c"], "tag_action": "add"})
    assert added["tags"] == ["a", "b", "c"]
    fewer = v9.put(path(v9, entry), {"tags": ["a", "c"], "tag_action": "delete"})
    assert fewer["tags"] == ["b"]


def test_a_task_brings_its_project_along(paid: Caller) -> None:
    account = paid.service.account
    project, other = account.add_project("Garden"), account.add_project("Kitchen")
    task = account.add_task(project, "Dig")
    shown = paid.post(path(paid), {**DONE, "task_id": task})
    assert (shown["project_id"], shown["task_id"], shown["tid"]) == (project, task, task)
    moved = paid.put(path(paid, shown["id"]), {"project_id": other})
    assert moved["task_id"] is None


def test_a_deleted_entry_is_gone_but_leaves_a_tombstone(v9: Caller) -> None:
    entry = v9.post(path(v9), DONE)["id"]
    assert v9.call("DELETE", path(v9, entry)).body == b""
    assert v9.get("/me/time_entries") == []
    (tombstone,) = v9.get(f"/me/time_entries?since={NOON}")
    assert (tombstone["id"], tombstone["description"]) == (entry, None)
    assert tombstone["server_deleted_at"] == "2026-03-03T12:00:00+00:00"
    assert v9.refused("GET", f"/me/time_entries/{entry}") == (404, "Resource can not be found")
    assert v9.refused("DELETE", path(v9, entry)) == (404, "Time entry not found")
    assert v9.refused("PUT", path(v9, entry), {}) == (404, "Time entry not found")
    assert v9.refused("PATCH", path(v9, entry, "stop")) == (404, "Time entry not found")


def test_a_deleted_running_entry_does_not_run(v9: Caller) -> None:
    entry = v9.post(path(v9), RUNNING)["id"]
    v9.service.account.delete(entry)
    assert v9.get("/me/time_entries/current") is None


def test_many_entries_are_changed_as_far_as_possible(v9: Caller) -> None:
    account = v9.service.account
    first, second = (account.add(NOON - 60, NOON, tags=["a"]) for _ in range(2))
    operations = [
        {"op": "replace", "path": "/description", "value": "Walk"},
        {"op": "add", "path": "/tags", "value": ["b"]},
    ]
    reply = v9.patch(path(v9, f"{first},{second},7"), operations)
    assert reply == {
        "success": [first, second],
        "failure": [{"id": 7, "message": "Time entry not found"}],
    }
    assert {(entry.description, entry.tags) for entry in account.entries()} == {
        ("Walk", ("a", "b"))
    }


def test_a_patch_takes_fields_away(v9: Caller) -> None:
    account = v9.service.account
    entry = account.add(NOON - 60, NOON, project_id=account.add_project("Garden"), tags=["a", "b"])
    v9.patch(
        path(v9, entry),
        [{"op": "remove", "path": "/pid"}, {"op": "remove", "path": "/tags", "value": ["a"]}],
    )
    seen = account.entry(entry)
    assert (seen.project_id, seen.tags) == (None, ("b",))


def test_more_than_a_hundred_at_once_are_refused(v9: Caller) -> None:
    ids = ",".join(str(number) for number in range(101))
    assert v9.refused("PATCH", path(v9, ids), [])[0] == 400


def test_meta_names_project_and_client(v9: Caller) -> None:
    account = v9.service.account
    client = account.add_client("Example Ltd")
    project = account.add_project("Garden", client_id=client, color="#06a893")
    shown = v9.done("POST", f"{path(v9)}?meta=true", {**DONE, "project_id": project})
    assert shown["client_name"] == "Example Ltd"
    assert (shown["project_name"], shown["project_color"]) == ("Garden", "#06a893")


def test_stamps_only_ever_grow_and_have_no_zeros_at_the_end(account: Account) -> None:
    stamps = [account.stamp() for _ in range(1_000)]
    assert stamps == sorted(set(stamps))
    caller_ats = [row.at for row in account.workspaces.values()]
    assert caller_ats[0] < stamps[0]
