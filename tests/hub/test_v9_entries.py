"""Time entries through the local API: the rules of Toggl's document, and the ways of programs."""

from typing import Any

import pytest

from tests.hub.conftest import NOON, Client
from tray.hub.wire_ids import FIRST_LOCAL
from tray.store import entries, journal, remote_rows
from tray.store.remote_rows import RemoteRow
from tray.tracker import catalogue, timer, undo
from tray.tracker.entries import delete
from tray.tracker.resolve import Draft

HOUR = 3600


def test_a_running_entry_has_every_key_of_the_document(client: Client) -> None:
    made = client.create(description="出门", tags=["a", "b"])
    assert made["stop"] is None
    assert made["duration"] == -NOON
    assert made["tags"] == ["a", "b"]
    assert len(made["tag_ids"]) == 2
    keys = "id workspace_id project_id task_id billable start stop duration description tags"
    keys += " tag_ids duronly at server_deleted_at user_id uid wid permissions"
    assert list(made) == keys.split()
    assert client.get("/me/time_entries/current") == made
    assert client.get(f"/me/time_entries/{made['id']}") == made


def test_nothing_runs(client: Client) -> None:
    answer = client.ask("GET", "/me/time_entries/current")
    assert (answer.status, answer.body) == (200, b"null")
    assert answer.heads["Content-Type"].startswith("application/json")


def test_a_write_is_one_step_that_names_its_program(client: Client) -> None:
    client.create(description="one", tags=["new"], created_with="My script")
    (line,) = journal.latest(client.db, 5)
    assert (line.kind, line.text) == ("program", "My script: start “one”")
    undo.undo(client.db)
    assert entries.running(client.db) is None
    assert client.get("/me/tags") == []


def test_names_come_with_meta(client: Client) -> None:
    acme = catalogue.create_client(client.db, "Acme", now=NOON).created_id
    project = catalogue.create_project(client.db, "Web", now=NOON, changes={"client_id": acme})
    row = client.get("/me/projects")[0]
    made = client.create(project_id=row["id"])
    assert (made["project_id"], made["pid"]) == (row["id"], row["id"])
    shown = client.get(f"/me/time_entries/{made['id']}?meta=true")
    assert (shown["project_name"], shown["client_name"]) == ("Web", "Acme")
    assert entries.running(client.db).project_id == project.created_id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"duration": 600}, 600),
        ({"stop": "2026-02-13T12:10:00Z", "duration": None}, 600),
        ({"stop": "2026-02-13T12:10:00Z", "duration": 600}, 600),
        ({"stop": "2026-02-13T12:10:00.912345678Z", "duration": 600}, 600),
        ({"stop": "2026-02-13 14:10:00 02:00", "duration": 600}, 600),
        (
            {"start": "2026-02-13T12:00:00.7Z", "stop": "2026-02-13T12:10:00.2Z", "duration": 599},
            600,
        ),
        ({"duration": None}, 0),
        ({"duration": 600, "duronly": True, "stop": None, "id": None, "notes": None}, 600),
    ],
)
def test_start_stop_and_duration_agree(
    client: Client, fields: dict[str, Any], seconds: int
) -> None:
    made = client.create(**fields)
    assert (made["start"], made["duration"]) == ("2026-02-13T12:00:00Z", seconds)
    assert made["stop"] is not None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"created_with": ""}, "created_with needs to be provided an a valid string"),
        ({"created_with": None}, "created_with needs to be provided an a valid string"),
        ({"start": None}, "Start can't be blank"),
        ({"start": "soon"}, "Invalid start time"),
        ({"stop": "2026-02-13T12:10:00Z", "duration": 500}, "time entry values are inconsistent"),
        ({"stop": "2026-02-13T12:10:00Z"}, "time entry values are inconsistent"),
        ({"project_id": 5}, "User cannot access the selected project"),
        ({"task_id": 5}, "User cannot access selected task"),
        ({"tag_ids": [5]}, "Tag was not found"),
        ({"project_id": "five"}, 'Unexpected "project_id" type string'),
        ({"billable": 1}, 'Unexpected "billable" type number'),
        ({"tags": "billed"}, 'Unexpected "tags" type string'),
        ({"user_id": 5}, "Only your own time is kept on this computer"),
        ({"shared_with_user_ids": [5]}, "Sharing is not kept"),
        ({"description": "x" * 3001}, "The description has 3,001 characters"),
        ({"start": "2006-02-13T12:00:00Z", "duration": 4_000_000}, "An entry can last at most"),
    ],
)
def test_what_cannot_be_made(client: Client, fields: dict[str, Any], words: str) -> None:
    body = {"created_with": "tests", "start": "2026-02-13T12:00:00Z", "duration": -1, **fields}
    path = f"/workspaces/{client.workspace}/time_entries"
    status, said = client.refused("POST", path, body)
    assert status == 400
    assert said.startswith(words)
    assert entries.newest(client.db, 1) == []


def test_the_date_of_start_date_counts_more(client: Client) -> None:
    made = client.create(start_date="2026-02-10", duration=60)
    assert made["start"] == "2026-02-10T12:00:00Z"


def test_legacy_names_are_taken_and_the_workspace_may_be_in_the_body(client: Client) -> None:
    project = catalogue.create_project(client.db, "Web", now=NOON).created_id
    task = catalogue.create_task(client.db, project, "Draft", now=NOON).created_id
    body = {
        "created_with": "tests",
        "start": "2026-02-13T11:00:00Z",
        "duration": 60,
        "wid": client.workspace,
        "tid": FIRST_LOCAL + task,
        "uid": client.get("/me")["id"],
    }
    made = client.post("/time_entries", body)
    assert (made["pid"], made["tid"]) == (FIRST_LOCAL + project, FIRST_LOCAL + task)
    assert client.refused("POST", "/time_entries", {**body, "wid": None})[0] == 400


def test_what_runs_stops_where_the_next_begins_or_now_if_that_began_before(client: Client) -> None:
    first = client.create(start="2026-02-13T10:00:00Z")
    second = client.create(start="2026-02-13T11:00:00Z")
    stopped = client.get(f"/me/time_entries/{first['id']}")
    assert stopped["stop"] == "2026-02-13T11:00:00Z"
    client.create(start="2026-02-13T10:30:00Z", description="earlier")
    assert client.get(f"/me/time_entries/{second['id']}")["stop"] == "2026-02-13T12:00:00Z"
    assert client.get("/me/time_entries/current")["description"] == "earlier"
    assert len(client.db.rows("SELECT 1 FROM step")) == 3


def test_stopping(client: Client) -> None:
    made = client.create(start="2026-02-13T11:00:00Z")
    path = f"/workspaces/{client.workspace}/time_entries/{made['id']}/stop"
    assert client.done("PATCH", path)["duration"] == HOUR
    assert client.refused("PATCH", path) == (409, "Time entry already stopped")
    assert client.refused("PATCH", path.replace(str(made["id"]), "5"))[0] == 404


def test_a_stop_that_is_sent_as_a_change_is_a_stop(client: Client) -> None:
    made = client.create(start="2026-02-13T11:00:00Z", description="one")
    path = f"/workspaces/{client.workspace}/time_entries/{made['id']}"
    body = {"stop": "2026-02-13T11:30:00.912Z", "duration": 1800, "description": "one"}
    assert client.put(path, body)["duration"] == 1800
    assert undo.undo(client.db)[1].verb == "stop"


def test_one_step_changes_and_stops(client: Client) -> None:
    made = client.create(start="2026-02-13T11:00:00Z", description="one")
    path = f"/time_entries/{made['id']}"
    assert client.put(path, {"duration": 60, "description": "two"})["duration"] == 60
    undo.undo(client.db)
    again = client.get("/me/time_entries/current")
    assert (again["description"], again["stop"]) == ("one", None)


@pytest.mark.parametrize(
    ("body", "start", "stop"),
    [
        ({"duration": 60}, "10:00:00", "10:01:00"),
        ({"stop": "2026-02-13T10:30:00Z"}, "10:00:00", "10:30:00"),
        ({"start": "2026-02-13T10:30:00Z"}, "10:30:00", "11:00:00"),
        ({"start": "2026-02-13T10:30:00Z", "duration": 60}, "10:30:00", "10:31:00"),
        ({"duration": -1, "tags": ["x"]}, "10:00:00", "11:00:00"),
        ({"stop": None, "description": None}, "10:00:00", "11:00:00"),
    ],
)
def test_changing_times(client: Client, body: dict[str, Any], start: str, stop: str) -> None:
    made = client.create(start="2026-02-13T10:00:00Z", duration=HOUR, description="kept")
    changed = client.put(f"/workspaces/{client.workspace}/time_entries/{made['id']}", body)
    assert (changed["start"][11:19], changed["stop"][11:19]) == (start, stop)
    assert changed["description"] == "kept"


def test_tags_are_set_added_and_taken_away(client: Client) -> None:
    made = client.create(tags=["a"])
    path = f"/workspaces/{client.workspace}/time_entries/{made['id']}"
    assert client.put(path, {"tags": ["b"], "tag_action": "add"})["tags"] == ["a", "b"]
    assert client.put(path, {"tags": ["A"], "tag_action": "remove"})["tags"] == ["b"]
    ids = client.put(path, {"tags": ["c", "d"]})["tag_ids"]
    only = client.put(path, {"tag_ids": ids[:1], "tag_action": "delete"})
    assert only["tags"] == ["d"]
    assert client.put(path, {"tags": None})["tags"] == ["d"]
    assert client.put(path, {"tags": []})["tags"] == []
    assert client.refused("PUT", path, {"tags": ["a"], "tag_action": "mix"})[0] == 400


def test_null_takes_project_and_task_away(client: Client) -> None:
    project = catalogue.create_project(client.db, "Web", now=NOON).created_id
    task = catalogue.create_task(client.db, project, "Draft", now=NOON).created_id
    made = client.create(task_id=FIRST_LOCAL + task)
    path = f"/workspaces/{client.workspace}/time_entries/{made['id']}"
    assert client.put(path, {"description": "x"})["task_id"] == FIRST_LOCAL + task
    without = client.put(path, {"task_id": None})
    assert (without["project_id"], without["task_id"]) == (FIRST_LOCAL + project, None)
    assert client.put(path, {"project_id": None})["project_id"] is None


def test_deleting(client: Client) -> None:
    made = client.create()
    path = f"/workspaces/{client.workspace}/time_entries/{made['id']}"
    assert client.done("DELETE", path) is None
    assert client.refused("GET", f"/me/time_entries/{made['id']}") == (404, "Time entry not found")
    assert client.refused("DELETE", path)[0] == 404


def test_several_are_changed_alike_and_the_others_are_named(client: Client) -> None:
    ids = [client.create(start=f"2026-02-13T0{n}:00:00Z", duration=60)["id"] for n in (1, 2)]
    steps = len(client.db.rows("SELECT 1 FROM step"))
    operations = [
        {"op": "replace", "path": "/description", "value": "same"},
        {"op": "add", "path": "/tags", "value": ["t"]},
    ]
    path = f"/workspaces/{client.workspace}/time_entries/{ids[0]},{ids[1]},5"
    done = client.done("PATCH", path, operations)
    assert done["success"] == ids
    assert done["failure"] == [{"id": 5, "message": "Time entry not found"}]
    assert len(client.db.rows("SELECT 1 FROM step")) == steps + 1
    assert [row["description"] for row in client.get("/me/time_entries")] == ["same", "same"]
    moved = [{"op": "replace", "path": "/stop", "value": "2026-02-13T01:30:00Z"}]
    partly = client.done("PATCH", path, moved)
    assert (partly["success"], [each["id"] for each in partly["failure"]]) == (
        [ids[0]],
        [5, ids[1]],
    )
    wrong = [{"op": "move", "path": "/tags"}]
    assert client.refused("PATCH", path, wrong)[0] == 400


def test_lists_of_a_range_and_of_what_was_before(client: Client) -> None:
    for hour in (1, 2, 3):
        client.create(start=f"2026-02-13T0{hour}:00:00Z", duration=60, description=str(hour))

    def listed(query: str) -> list[str]:
        return [row["description"] for row in client.get(f"/me/time_entries{query}")]

    assert listed("") == ["3", "2", "1"]
    assert listed("?both&start_date=2026-02-13T02:00:00Z&end_date=2026-02-14&") == ["3", "2"]
    assert listed(
        "?start_date=2026-02-13T02%3A00%3A00%2B00%3A00&end_date=2026-02-13T03:00:00 00:00"
    )
    assert listed("?before=2026-02-13T02:00:00Z") == ["1"]
    assert listed("?start_date=2026-02-13&end_date=2026-02-13") == []
    for query in ("?since=x", "?since=1&before=2026-01-01", "?start_date=2026-01-01"):
        assert client.refused("GET", f"/me/time_entries{query}")[0] == 400


def test_what_changed_comes_with_what_is_gone(client: Client) -> None:
    kept, gone = (client.create(start=f"2026-02-13T0{n}:00:00Z", duration=60) for n in (1, 2))
    delete(client.db, [gone["id"] - FIRST_LOCAL], now=NOON)
    rows = {row["id"]: row["server_deleted_at"] for row in client.get("/me/time_entries?since=1")}
    assert rows[kept["id"]] is None
    assert rows[gone["id"]] is not None
    assert client.get("/me/time_entries?since=9000000000") == []
    undo.undo(client.db)
    assert all(not row["server_deleted_at"] for row in client.get("/me/time_entries?since=1"))


def test_an_id_that_was_given_out_answers_after_the_upload_too(client: Client) -> None:
    old = client.create()["id"]
    row_id = old - FIRST_LOCAL
    image = remote_rows.image(client.db, "entry", row_id) or {}
    remote_rows.save(client.db, RemoteRow("entry", row_id, 4_300_000_001, 1, image))
    for number in (old, 4_300_000_001):
        assert client.get(f"/me/time_entries/{number}")["id"] == 4_300_000_001
        assert client.put(f"/time_entries/{number}", {"description": "x"})["id"] == 4_300_000_001
    assert client.done("PATCH", f"/workspaces/{client.workspace}/time_entries/{old}/stop")["stop"]


def test_what_the_tracker_does_is_served(client: Client) -> None:
    timer.start(client.db, Draft("at the tray", tags=("t",)), now=NOON)
    assert client.get("/me/time_entries/current")["tags"] == ["t"]


def test_half_of_a_character_is_stored_as_a_sign_for_it(client: Client) -> None:
    made = client.create(description="a\ud800b \U0001f600", tags=["\udfff"])
    assert (made["description"], made["tags"]) == ("a?b \U0001f600", ["?"])


@pytest.mark.parametrize("since", ["99999999999999999999", "-9223372036854775808", "x"])
def test_a_since_that_is_no_moment_is_refused(client: Client, since: str) -> None:
    answer = client.ask("GET", f"/me/time_entries?since={since}")
    assert answer.status == 400
    assert b"Since is expected" in answer.body
