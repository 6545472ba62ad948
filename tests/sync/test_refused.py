"""What the server refuses, has no more, or fails on: one item never holds up the others."""

from pathlib import Path
from typing import Final

import pytest

from tests.fakes.toggl.exchange import Reply, answer, html, nothing
from tests.sync.rig import OWN, Rig
from tray.store import account, entries, journal, outbox
from tray.sync import problems, status
from tray.tracker import catalogue, timer, undo
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft

HOUR = 3600


def one_in_step(rig: Rig) -> int:
    """An entry that both have; the server's id."""
    verbs.add(rig.db, Draft("Both"), start=rig.now - 600, stop=rig.now - 60, now=rig.now)
    rig.run(30)
    return rig.account.entries()[0].id


def test_a_refused_change_is_parked_with_its_field_and_the_rest_goes_on(signed_in: Rig) -> None:
    signed_in.account.workspace.required = frozenset({"project"})
    now = signed_in.now
    verbs.add(signed_in.db, Draft("Alone"), start=now - 50, stop=now, now=now)
    verbs.add(
        signed_in.db,
        Draft("With", "Book", create_missing=True),
        start=now - 90,
        stop=now - 60,
        now=now,
    )
    signed_in.run(60)
    assert [entry.description for entry in signed_in.account.entries()] == ["With"]
    (problem,) = problems.every(signed_in.db)
    assert (problem.kind, problem.name, problem.field) == ("refused", "“Alone”", "project")
    assert status.read(signed_in.db, now=signed_in.now).state == "attention"
    before = len(signed_in.service.log)
    signed_in.run(HOUR)
    assert not [each for each in signed_in.service.log[before:] if each.method == "POST"]


def test_a_refused_change_that_is_corrected_is_sent_again(signed_in: Rig) -> None:
    signed_in.account.workspace.required = frozenset({"project"})
    now = signed_in.now
    verbs.add(signed_in.db, Draft("Alone"), start=now - 50, stop=now, now=now)
    signed_in.run(60)
    changes = verbs.Changes(project="Book", create_missing=True)
    verbs.edit(signed_in.db, [1], changes, now=signed_in.now)
    signed_in.run(60)
    assert signed_in.ours() == signed_in.theirs() != []
    assert outbox.count(signed_in.db) == (0, 0)


def test_an_entry_in_a_locked_period_is_parked(signed_in: Rig) -> None:
    signed_in.account.workspace.locked_until = signed_in.now - 10
    verbs.add(
        signed_in.db,
        Draft("Locked"),
        start=signed_in.now - 50,
        stop=signed_in.now,
        now=signed_in.now,
    )
    signed_in.run(60)
    assert outbox.count(signed_in.db) == (0, 1)


def test_an_entry_that_is_deleted_on_both_sides_is_gone(signed_in: Rig) -> None:
    there = one_in_step(signed_in)
    signed_in.account.delete(there)
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    signed_in.run(600)
    assert outbox.count(signed_in.db) == (0, 0)
    assert signed_in.ours() == signed_in.theirs() == []


@pytest.mark.parametrize("pulled_first", [False, True])
def test_an_entry_changed_here_and_deleted_elsewhere_is_asked_about(
    signed_in: Rig, pulled_first: bool
) -> None:
    there = one_in_step(signed_in)
    signed_in.account.delete(there)
    signed_in.adapter.online = not pulled_first
    verbs.edit(signed_in.db, [1], {"description": "Mine"}, now=signed_in.now)
    if pulled_first:
        signed_in.engine.refresh()
        signed_in.adapter.online = True
        with signed_in.db.writing():
            signed_in.db.run("UPDATE outbox SET next_at = ?", (signed_in.now + 500,))
    signed_in.run(700)
    (problem,) = problems.every(signed_in.db)
    assert problem.kind == "gone"
    assert [entry.description for entry in entries.everything(signed_in.db)] == ["Mine"]
    problems.recreate(signed_in.db, problem)
    signed_in.run(60)
    assert signed_in.ours() == signed_in.theirs() != []


def test_an_entry_deleted_elsewhere_goes_here_too(signed_in: Rig) -> None:
    signed_in.account.delete(one_in_step(signed_in))
    signed_in.run(400)
    assert signed_in.ours() == []


def test_an_unanswered_deletion_of_ours_does_not_delete_what_is_back(
    signed_in: Rig,
) -> None:
    one_in_step(signed_in)
    signed_in.adapter.faults.next("drop_after_commit", lambda request: request.method == "DELETE")
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    signed_in.run(2)
    undo.undo(signed_in.db)
    signed_in.run(900)
    assert [entry.description for entry in entries.everything(signed_in.db)] == ["Both"]
    assert signed_in.ours() == signed_in.theirs()
    assert outbox.count(signed_in.db) == (0, 0)


def test_a_change_of_ours_that_arrives_late_does_not_undo_a_later_one(signed_in: Rig) -> None:
    one_in_step(signed_in)
    signed_in.adapter.faults.late_by = 1
    signed_in.adapter.faults.next("late", lambda request: request.method == "PUT")
    verbs.edit(signed_in.db, [1], {"description": "First"}, now=signed_in.now)
    signed_in.run(1)
    verbs.edit(signed_in.db, [1], {"description": "Second"}, now=signed_in.now)
    signed_in.run(900)
    assert [entry.description for entry in entries.everything(signed_in.db)] == ["Second"]
    assert signed_in.ours() == signed_in.theirs()


def test_a_stop_of_ours_counts_more_than_the_servers_own(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("One"), now=signed_in.now)
    signed_in.run(60)
    signed_in.adapter.faults.next(
        "html_502_before", lambda request: request.method == "PUT", times=2
    )
    switched = signed_in.now
    timer.start(signed_in.db, Draft("Two"), now=switched)
    signed_in.run(900)
    one, two = entries.everything(signed_in.db)
    assert (one.stop, two.start) == (switched, switched)
    assert signed_in.ours() == signed_in.theirs()
    assert signed_in.db.row("SELECT count(*) FROM conflict") == (0,)


def test_a_stop_by_the_server_itself_is_no_change_of_another_device(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("One"), now=signed_in.now)
    signed_in.run(60)
    switched = signed_in.now
    timer.start(signed_in.db, Draft("Two"), now=switched)
    signed_in.adapter.faults.next("html_502_before", lambda each: each.method == "PUT", times=9)
    signed_in.run(20)
    signed_in.engine.sync_now()  # reads that the server has stopped the first, later than the user
    signed_in.run(1800)
    one, two = entries.everything(signed_in.db)
    assert (one.stop, two.start) == (switched, switched)
    assert signed_in.ours() == signed_in.theirs()
    assert signed_in.db.row("SELECT count(*) FROM conflict") == (0,)


def test_an_entry_waits_for_a_deleted_project_no_longer(signed_in: Rig) -> None:
    project = signed_in.account.add_project("Book")
    signed_in.run(13 * HOUR)
    signed_in.account.delete_project(project)
    timer.start(signed_in.db, Draft("Write", "Book"), now=signed_in.now)
    signed_in.run(60)
    assert outbox.count(signed_in.db) == (0, 1)
    catalogue.rename(signed_in.db, "project", 1, "Other", now=signed_in.now)
    signed_in.run(60)
    assert outbox.count(signed_in.db) == (0, 0)
    assert signed_in.ours() == signed_in.theirs() != []


def test_a_server_that_always_fails_on_one_thing_is_left_alone_with_it(signed_in: Rig) -> None:
    faults = signed_in.adapter.faults
    faults.by_chance(1, {"html_502_before": 1}, when=lambda each: b"Bad" in each.body)
    timer.start(signed_in.db, Draft("Bad"), now=signed_in.now)
    timer.start(signed_in.db, Draft("Good"), now=signed_in.now + 1)
    before = len(signed_in.service.log)
    signed_in.run(24 * HOUR)
    assert outbox.count(signed_in.db) == (0, 1)
    assert "Good" in [entry.description for entry in signed_in.account.entries()]
    assert len(faults.done) <= 10
    assert len(signed_in.service.log) - before < 400


@pytest.mark.parametrize(
    "fault", ["html_502_before", "html_429", "wrong_type", "drop_after_commit"]
)
def test_a_server_that_always_fails_is_not_stormed(signed_in: Rig, fault: str) -> None:
    faults = signed_in.adapter.faults
    faults.by_chance(1, {fault: 1})
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(24 * HOUR)
    assert len(faults.done) <= 24 * 20
    faults.clear()
    signed_in.engine.network_is_back()
    signed_in.run(2 * HOUR)
    assert signed_in.ours() == signed_in.theirs() != []


def test_a_server_whose_quota_is_always_spent_is_not_stormed(signed_in: Rig) -> None:
    signed_in.service.quota.enforced = True
    limits = signed_in.service.quota.limits
    for bucket in ("user", f"organization {signed_in.account.workspace.organization_id}"):
        limits[bucket] = 0
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    before = len(signed_in.service.log)
    signed_in.run(24 * HOUR)
    assert len(signed_in.service.log) - before <= 24 * 4
    assert status.read(signed_in.db, now=signed_in.now).state == "quota"


def test_a_token_that_is_withdrawn_is_reported_once_and_asked_for_rarely(signed_in: Rig) -> None:
    signed_in.account.token, token = "withdrawn", signed_in.account.token
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    before = len(signed_in.service.log)
    signed_in.run(24 * HOUR)
    asked = [each.path.rpartition("v9")[2] for each in signed_in.service.log[before:]]
    assert len(asked) <= 14
    assert set(asked[1:]) == {"/me"}, "what waits is kept until the server knows the token"
    assert status.read(signed_in.db, now=signed_in.now).state == "trouble"
    assert outbox.count(signed_in.db).pending == 1
    assert len([line for line in journal.latest(signed_in.db, 99) if line.kind == "trouble"]) == 1
    signed_in.account.token = token
    signed_in.run(7 * HOUR)
    assert signed_in.ours() == signed_in.theirs() != []
    assert status.read(signed_in.db, now=signed_in.now).error_kind == ""


FIREWALL: Final = html(403, "Web page blocked")


@pytest.mark.parametrize("version", [8, 9])
@pytest.mark.parametrize("code", [401, 403, 404, 410, 418])
def test_a_firewall_for_some_seconds_costs_seconds(tmp_path: Path, version: int, code: int) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(60)
    handle, end = rig.service.handle, rig.now + 20
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.service.handle = lambda request: (  # type: ignore[method-assign]
        handle(request) if rig.now >= end else FIREWALL._replace(status=code)
    )
    rig.run(5)
    assert "firewall" in status.read(rig.db, now=rig.now).error_text
    assert outbox.count(rig.db) == (1, 0)
    rig.run(60)
    assert rig.ours() == rig.theirs() != []
    assert status.read(rig.db, now=rig.now).error_kind == ""
    rig.db.close()


@pytest.mark.parametrize("version", [8, 9])
def test_what_is_not_allowed_for_one_entry_leaves_the_others(tmp_path: Path, version: int) -> None:
    rig = Rig(tmp_path, version=version)
    rig.url = OWN.replace("v9", f"v{version}")
    rig.sign_in()
    rig.run(60)
    handle = rig.service.handle
    rig.service.handle = lambda request: (  # type: ignore[method-assign]
        nothing(403)
        if request.method == "POST" and b"Forbidden" in request.body
        else handle(request)
    )
    verbs.add(rig.db, Draft("Allowed"), start=rig.now - 90, stop=rig.now - 60, now=rig.now)
    verbs.add(rig.db, Draft("Forbidden"), start=rig.now - 50, stop=rig.now - 30, now=rig.now)
    before = len(rig.service.log)
    rig.run(120)
    assert [each[0] for each in rig.theirs()] == ["Allowed"]
    assert outbox.count(rig.db) == (0, 1)
    assert status.read(rig.db, now=rig.now).state == "attention"
    assert len(rig.service.log) - before <= 3, "the token is asked about once"
    rig.db.close()


def test_a_wrong_clock_is_reported_and_does_no_harm(signed_in: Rig) -> None:
    signed_in.now += 5 * HOUR
    signed_in.account.skew -= 5 * HOUR
    signed_in.run(600)
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(60)
    signed_in.now -= 5 * HOUR
    signed_in.account.skew += 5 * HOUR
    signed_in.run(600)
    timer.stop(signed_in.db, now=signed_in.now)
    signed_in.run(600)
    said = [text for (text,) in signed_in.db.rows("SELECT text FROM journal")]
    assert sum("clock" in text for text in said) == 1
    assert signed_in.ours() == signed_in.theirs() != []
    assert (account.read(signed_in.db) or pytest.fail("no account")).errors.error_kind == ""


def test_what_answers_in_place_of_the_server_does_not_end_the_exchange(signed_in: Rig) -> None:
    with signed_in.db.writing():
        account.update(signed_in.db, catalogue_read_at=None)
    signed_in.adapter.faults.next("wrong_type", lambda request: request.path.endswith("/me"))
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(1)
    assert status.read(signed_in.db, now=signed_in.now).error_kind == "bad_address"
    signed_in.run(HOUR)
    assert signed_in.ours() == signed_in.theirs() != []
    assert status.read(signed_in.db, now=signed_in.now).error_kind == ""


def test_a_spent_hour_ends_although_the_clock_was_set_back(signed_in: Rig) -> None:
    signed_in.service.quota.enforced = True
    for bucket in ("user", f"organization {signed_in.account.workspace.organization_id}"):
        signed_in.service.quota.spend(bucket, signed_in.account.now)
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(60)
    signed_in.now -= 30 * HOUR
    signed_in.account.skew += 30 * HOUR
    signed_in.run(2 * HOUR)
    assert signed_in.ours() == signed_in.theirs() != []


def test_an_unanswered_edit_of_many_is_sent_together_again(signed_in: Rig) -> None:
    for number in range(10):
        start = signed_in.now - 100 * number - 100
        signed_in.account.add(start, start + 60, description=f"There {number}")
    signed_in.run(400)
    signed_in.adapter.faults.next("drop_before_commit", lambda each: each.method == "PATCH")
    ids = [entry.id for entry in entries.everything(signed_in.db)]
    verbs.edit(signed_in.db, ids, {"description": "Same"}, now=signed_in.now)
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    writes = [each for each in signed_in.service.log if each.method != "GET"]
    assert len(writes) == 1


def fail_on(rig: Rig, words: str, *, status: int = 500, reply: Reply | None = None) -> None:
    """Have the server fail on what has these words in it."""
    handle, failed = rig.service.handle, reply or answer("catalog project not found", status)
    rig.service.handle = lambda request: (  # type: ignore[method-assign]
        failed if words.encode() in request.body else handle(request)
    )


@pytest.mark.parametrize("blocked", [None, FIREWALL])
@pytest.mark.parametrize("version", [8, 9])
def test_what_the_server_fails_on_steps_aside_for_the_rest(
    tmp_path: Path, version: int, blocked: Reply | None
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(60)
    fail_on(rig, "Bad", reply=blocked)
    for number in range(4):
        start = rig.now - 500 + 100 * number
        name = "Bad" if number == 3 else f"Good {number}"
        verbs.add(rig.db, Draft(name), start=start, stop=start + 50, now=rig.now)
    rig.run(40)
    assert [each[0] for each in rig.theirs()] == ["Good 0", "Good 1", "Good 2"]
    if blocked is None:
        assert "“catalog project not found”" in status.read(rig.db, now=rig.now).error_text
    late = rig.now
    while rig.now < late + 900:
        verbs.add(rig.db, Draft("More"), start=rig.now - 60, stop=rig.now - 30, now=rig.now)
        before = len(rig.theirs())
        rig.run(10)
        assert len(rig.theirs()) == before + 1, "nothing waits for what cannot be sent"
        rig.run(170)
    (problem,) = problems.every(rig.db)
    assert problem.name == "“Bad”"
    assert ("“catalog project not found”" in problem.sentence) == (blocked is None)
    rig.db.close()


def test_the_only_change_that_fails_is_told_with_its_words_and_the_next_try(signed_in: Rig) -> None:
    fail_on(signed_in, "Bad")
    timer.start(signed_in.db, Draft("Bad"), now=signed_in.now)
    signed_in.run(60)
    now = status.read(signed_in.db, now=signed_in.now)
    assert "“catalog project not found”" in now.error_text
    assert now.next_at is not None
    assert 0 <= now.next_at - signed_in.now <= 300


def test_an_outage_of_the_whole_server_refuses_nothing(signed_in: Rig) -> None:
    for number in range(5):
        start = signed_in.now - 500 + 100 * number
        name = Draft(f"Work {number}")
        verbs.add(signed_in.db, name, start=start, stop=start + 50, now=signed_in.now)
    handle = signed_in.service.handle
    signed_in.service.handle = lambda request: answer("down", 500)  # type: ignore[method-assign]
    signed_in.run(12 * HOUR)
    assert outbox.count(signed_in.db) == (5, 0)
    signed_in.service.handle = handle  # type: ignore[method-assign]
    signed_in.run(HOUR)
    assert signed_in.ours() == signed_in.theirs() != []


def test_who_wants_it_sent_now_does_not_wait_out_a_back_off(signed_in: Rig) -> None:
    fail_on(signed_in, "Late")
    timer.start(signed_in.db, Draft("Late"), now=signed_in.now)
    signed_in.run(400)
    signed_in.service.handle = type(signed_in.service).handle.__get__(  # type: ignore[method-assign]
        signed_in.service
    )
    signed_in.engine.sync_now()
    signed_in.run(2)
    assert signed_in.ours() == signed_in.theirs() != []


def test_who_wants_it_sent_now_waits_as_long_as_the_server_asks(signed_in: Rig) -> None:
    busy = answer("busy", 503).with_headers({"Retry-After": "600"})
    fail_on(signed_in, "Work", reply=busy)
    timer.start(signed_in.db, Draft("Work"), now=signed_in.now)
    signed_in.run(10)
    before = len(signed_in.service.log)
    signed_in.restart()
    for _ in range(20):
        signed_in.engine.sync_now()
        signed_in.engine.network_is_back()
        signed_in.run(20)
    assert len(signed_in.service.log) == before
    assert status.read(signed_in.db, now=signed_in.now).next_at is not None


# What the server refuses for what runs there


def test_a_start_that_was_refused_for_what_runs_is_sent_again_once_that_ends(
    signed_in: Rig,
) -> None:
    signed_in.account.stops_at_new_start = True
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    other = signed_in.account.start("Other", start=signed_in.now + 1)
    signed_in.engine.turn()
    assert [each.kind for each in problems.every(signed_in.db)] == ["refused"]
    signed_in.now += 5
    signed_in.account.stop(other)
    signed_in.run(20 * 60)
    assert problems.every(signed_in.db) == []
    assert signed_in.ours() == signed_in.theirs()
    assert [row[0] for row in signed_in.theirs() if row[2] is None] == ["Write"]
