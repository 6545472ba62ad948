"""What is sent to the server, in how many requests, and in which order."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.sync.rig import Rig
from tray.store import catalogue as things
from tray.store import entries, outbox
from tray.sync.push import plan
from tray.sync.reconcile.reconciler import Reconciler
from tray.tracker import catalogue, timer, undo
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft


@contextmanager
def offline(rig: Rig) -> Iterator[None]:
    """What is done within is sent afterwards."""
    rig.adapter.online = False
    yield
    rig.now += 1
    rig.adapter.online = True
    rig.engine.network_is_back()


def sent_requests(rig: Rig, seconds: int = 120) -> list[tuple[str, str]]:
    """Method and last word of the path of what is sent within some time."""
    before = len(rig.service.log)
    rig.run(seconds)
    calls = [each for each in rig.service.log[before:] if each.method != "GET"]
    assert rig.ours() == rig.theirs()
    return [(each.method, each.path.split("/")[5]) for each in calls]


def bodies(rig: Rig, method: str) -> list[Any]:
    return [json.loads(each.request.body) for each in rig.service.log if each.method == method]


def test_create_edit_and_stop_are_one_request(signed_in: Rig) -> None:
    with offline(signed_in):
        timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
        verbs.edit(signed_in.db, [1], {"description": "Draw"}, now=signed_in.now)
        timer.stop(signed_in.db, now=signed_in.now + 9)
    assert sent_requests(signed_in) == [("POST", "time_entries")]


def test_create_and_delete_are_no_request(signed_in: Rig) -> None:
    with offline(signed_in):
        timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
        verbs.delete(signed_in.db, [1], now=signed_in.now)
    assert sent_requests(signed_in) == []
    assert outbox.count(signed_in.db) == (0, 0)


def test_a_change_and_its_undo_are_no_request(signed_in: Rig) -> None:
    signed_in.account.add(signed_in.now - 60, signed_in.now, description="There")
    signed_in.run(400)
    with offline(signed_in):
        verbs.edit(signed_in.db, [1], {"description": "Here"}, now=signed_in.now)
        undo.undo(signed_in.db)
    assert sent_requests(signed_in) == []


def test_an_edit_of_many_is_one_request(signed_in: Rig) -> None:
    for number in range(30):
        start = signed_in.now - 100 * number - 100
        signed_in.account.add(start, start + 60, description=f"There {number}")
    signed_in.run(400)
    ids = [entry.id for entry in entries.everything(signed_in.db)]
    changes: verbs.Changes = {"project": "Book", "create_missing": True}
    verbs.edit(signed_in.db, ids, changes, now=signed_in.now)
    assert sent_requests(signed_in) == [("POST", "projects"), ("PATCH", "time_entries")]


def test_of_an_edit_of_many_that_is_refused_for_one_the_rest_goes_through(signed_in: Rig) -> None:
    now = signed_in.now
    for number in range(3):
        start = now - 10_000 * number - 100
        signed_in.account.add(start, start + 60, description=f"There {number}")
    signed_in.run(400)
    signed_in.account.workspace.locked_until = now - 15_000
    changes: verbs.Changes = {"description": "Same"}
    verbs.edit(signed_in.db, [1, 2, 3], changes, now=signed_in.now)
    signed_in.run(120)
    assert outbox.count(signed_in.db) == (0, 1)
    names = sorted(entry.description for entry in signed_in.account.entries())
    assert names == ["Same", "Same", "There 2"]


def test_what_another_refers_to_comes_first(paid: Rig) -> None:
    with offline(paid):
        changes = verbs.Changes(project="Book", task="Chapter", create_missing=True)
        timer.start(paid.db, Draft("Write"), now=paid.now)
        verbs.edit(paid.db, [1], changes, now=paid.now)
        client = catalogue.create_client(paid.db, "Publisher", now=paid.now).created_id
        catalogue.edit_project(paid.db, 1, {"client_id": client}, now=paid.now)
    assert sent_requests(paid) == [
        ("POST", "clients"),
        ("POST", "projects"),
        ("POST", "projects"),  # its task
        ("POST", "time_entries"),
    ]
    assert paid.account.entries()[0].task_id is not None


def test_a_new_tag_needs_no_request_of_its_own(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write", tags=("deep", "early")), now=signed_in.now)
    assert sent_requests(signed_in) == [("POST", "time_entries")]
    assert outbox.count(signed_in.db) == (0, 0)


def test_a_tag_that_is_renamed_is_not_made_again(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write", tags=("deep",)), now=signed_in.now)
    signed_in.run(60)
    with offline(signed_in):
        catalogue.rename(signed_in.db, "tag", 1, "shallow", now=signed_in.now)
        timer.start(signed_in.db, Draft("Draw", tags=("shallow",)), now=signed_in.now)
    sent_requests(signed_in)
    assert [tag.name for tag in signed_in.account.tags.values()] == ["shallow"]


def test_a_tag_whose_new_name_is_refused_keeps_its_entries(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write", tags=("deep",)), now=signed_in.now)
    signed_in.run(60)
    signed_in.account.workspace.admin = False
    catalogue.rename(signed_in.db, "tag", 1, "shallow", now=signed_in.now)
    timer.start(signed_in.db, Draft("Draw", tags=("shallow",)), now=signed_in.now)
    signed_in.run(60)
    assert outbox.count(signed_in.db) == (0, 1)
    assert [entry.tags for entry in signed_in.account.entries()] == [("deep",), ("deep",)]


def test_archiving_renaming_and_deleting_things_reach_the_server(paid: Rig) -> None:
    catalogue.create_project(paid.db, "Book", now=paid.now)
    catalogue.create_client(paid.db, "Publisher", now=paid.now)
    catalogue.create_task(paid.db, 1, "Chapter", now=paid.now)
    sent_requests(paid)
    for kind in ("client", "task", "project"):
        catalogue.rename(paid.db, kind, 1, f"Other {kind}", now=paid.now)
        catalogue.archive(paid.db, kind, 1, now=paid.now)
    sent_requests(paid)
    account = paid.account
    (client,), (task,), (project,) = (
        account.clients.values(),
        account.tasks.values(),
        account.projects.values(),
    )
    assert (client.name, client.archived) == ("Other client", True)
    assert (task.name, task.active) == ("Other task", False)
    assert (project.name, project.active) == ("Other project", False)
    for _ in range(9):
        undo.undo(paid.db)
    sent_requests(paid)
    for rows in (account.clients, account.tasks, account.projects):
        assert all(row.deleted_at for row in rows.values())
    assert outbox.count(paid.db) == (0, 0)


@pytest.mark.parametrize("status", [400, 402])
def test_what_the_plan_does_not_have_stays_here_and_is_reported(paid: Rig, status: int) -> None:
    paid.account.workspace.premium = False  # since it was last looked
    paid.account.billable_refusal = status
    timer.start(paid.db, Draft("Write", billable=True), now=paid.now)
    paid.run(60)
    assert [entry.description for entry in paid.account.entries()] == ["Write"]
    assert outbox.count(paid.db) == (0, 0)
    assert entries.get(paid.db, 1).billable
    said = paid.db.rows("SELECT text FROM journal WHERE kind = 'refused'")
    assert any("billable" in sentence for (sentence,) in said)
    assert len([each for each in paid.service.log if each.method == "POST"]) == 2


def test_a_colour_that_the_plan_does_not_have_stays_here(signed_in: Rig) -> None:
    changes = catalogue.ProjectChanges(colour="#123456")
    catalogue.create_project(signed_in.db, "Book", now=signed_in.now, changes=changes)
    assert sent_requests(signed_in) == [("POST", "projects")]
    assert things.get(signed_in.db, "project", 1).colour == "#123456"
    said = signed_in.db.rows("SELECT text FROM journal WHERE kind = 'refused'")
    assert any("colour" in sentence for (sentence,) in said)
    signed_in.run(2 * 3600)
    assert things.get(signed_in.db, "project", 1).colour == "#123456"


def test_a_project_of_the_same_name_is_matched(signed_in: Rig) -> None:
    signed_in.account.add_project("Book")
    timer.start(signed_in.db, Draft("Write", "Book", create_missing=True), now=signed_in.now)
    sent_requests(signed_in)
    assert len(signed_in.account.projects) == 1
    assert len(things.projects(signed_in.db)) == 1
    assert outbox.count(signed_in.db) == (0, 0)


def test_ten_thousand_changes_do_not_slow_each_other_down(signed_in: Rig) -> None:
    db = signed_in.db
    with db.writing():
        db.run_many(
            "INSERT INTO entry (workspace_id, description, start, stop) VALUES (1, ?, ?, ?)",
            [(f"Old {number}", number * 100, number * 100 + 50) for number in range(10_000)],
        )
        outbox.add_after(db, "entry", 0)
        read: list[str] = []
        db._connection.set_trace_callback(read.append)
        found = plan.next_push(db, Reconciler(db, now=signed_in.now), now=signed_in.now)
        db._connection.set_trace_callback(None)
    assert found is not None
    assert found.image["description"] == "Old 9999"  # the latest is what the user did last
    assert len(read) < 20


def add_entries(rig: Rig, count: int, *, ago: int) -> None:
    """Add entries of a minute each, the first so many seconds ago."""
    for number in range(count):
        start = rig.now - ago + 60 * number
        verbs.add(rig.db, Draft(f"Entry {number}"), start=start, stop=start + 60, now=rig.now)


def test_after_the_first_five_changes_go_out_one_a_second(signed_in: Rig) -> None:
    with offline(signed_in):
        add_entries(signed_in, 20, ago=1800)
    before = len(signed_in.service.log)
    signed_in.run(60)
    times = [each.time for each in signed_in.service.log[before:] if each.method == "POST"]
    assert len(times) == 20
    assert all(late - early >= 1 for early, late in pairwise(times[4:]))
    assert times[4] == times[0], "the first ones do not wait"


def test_old_entries_leave_requests_to_new_ones(tmp_path: Path) -> None:
    rig = Rig(tmp_path, quota=True)
    rig.sign_in()
    rig.run(60)
    with offline(rig):
        add_entries(rig, 40, ago=86_400)
    rig.run(600)
    assert 0 < outbox.count(rig.db).pending < 40, "the requests of this hour are used up"
    timer.start(rig.db, Draft("New"), now=rig.now)
    rig.run(5)
    assert "New" in {each.description for each in rig.account.entries()}
    rig.db.close()


@pytest.mark.parametrize("version", [8, 9])
def test_a_tag_for_many_entries_leaves_requests_for_what_comes_next(
    tmp_path: Path, version: int
) -> None:
    rig = Rig(tmp_path, version=version, quota=True)
    for number in range(40):
        start = rig.now - 300 * number - 300
        rig.account.add(start, start + 60, description=f"Old {number}", tags=[f"t{number % 3}"])
    rig.account.add_tag("deep")
    rig.sign_in()
    rig.run(600)
    deep = next(each.id for each in things.tags(rig.db) if each.name == "deep")
    before = len(rig.service.log)
    ids = [entry.id for entry in entries.everything(rig.db)]
    verbs.edit(rig.db, ids, lambda each: {"tag_ids": (*each.tag_ids, deep)}, now=rig.now)
    rig.run(60)
    assert rig.ours() == rig.theirs()
    writes = [each.method for each in rig.service.log[before:] if each.method != "GET"]
    assert len(writes) == 1, "whatever tags each had"
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(3)
    assert [row[0] for row in rig.theirs()].count("Write") == 1
    rig.db.close()


def spent_on_many(tmp_path: Path) -> Rig:
    """A Free account, of which 40 entries have just been deleted."""
    rig = Rig(tmp_path, quota=True)
    for number in range(40):
        start = rig.now - 300 * number - 300
        rig.account.add(start, start + 60, description=f"Old {number}")
    rig.sign_in()
    rig.run(7200)
    verbs.delete(rig.db, [entry.id for entry in entries.everything(rig.db)], now=rig.now)
    return rig


def test_what_is_started_in_the_second_of_a_change_of_many_is_sent_at_once(tmp_path: Path) -> None:
    rig = spent_on_many(tmp_path)
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(60)
    assert "Write" in [row[0] for row in rig.theirs()]
    rig.db.close()


def test_a_change_of_many_leaves_the_reserve_to_the_user(tmp_path: Path) -> None:
    rig = spent_on_many(tmp_path)
    rig.run(120)
    assert len(rig.theirs()) >= 20
    for number in range(4):
        timer.start(rig.db, Draft(f"Write {number}"), now=rig.now)
        rig.run(5)
        assert f"Write {number}" in [row[0] for row in rig.theirs()]
        rig.run(55)
    assert not [each for each in rig.service.log if each.status == 402]
    rig.run(3 * 3600)
    assert rig.ours() == rig.theirs()
    rig.db.close()
