"""What waits for the user after an exchange, and what becomes of each decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.rig import NOON, Rig
from tray.errors import NotFound, Refused
from tray.store import entries, journal, outbox
from tray.sync import problems, status
from tray.sync.problems import SyncProblem
from tray.tracker import catalogue, timer, undo
from tray.tracker import entries as verbs
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft

HOUR = 3600


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Signed in, with nothing on either side."""
    rig = Rig(tmp_path)
    rig.sign_in()
    rig.run(60)
    yield rig
    rig.db.close()


def the_one(rig: Rig) -> SyncProblem:
    """The only problem there is, which the status counts too."""
    (found,) = problems.every(rig.db)
    assert problems.find(rig.db, found.key) == found
    now = status.read(rig.db, now=rig.now)
    assert (now.refused, now.conflicts) == ((0, 1) if found.kind == "conflict" else (1, 0))
    assert now.needs_user
    return found


def add(rig: Rig, description: str = "Write", start: int = NOON - 5 * HOUR) -> int:
    """An entry of an hour, made here."""
    verbs.add(rig.db, Draft(description), start=start, stop=start + HOUR, now=rig.now)
    found = entries.latest(rig.db, until=start)
    assert found is not None
    return found.id


def settled(rig: Rig) -> None:
    rig.run(900)
    assert problems.every(rig.db) == []
    assert outbox.count(rig.db) == (0, 0)


def test_nothing_waits(rig: Rig) -> None:
    add(rig)
    settled(rig)


def refused_create(rig: Rig) -> SyncProblem:
    rig.account.workspace.required = frozenset({"project"})
    add(rig)
    rig.run(60)
    return the_one(rig)


def test_a_refused_new_entry(rig: Rig) -> None:
    found = refused_create(rig)
    assert (found.kind, found.action, found.here) == ("refused", "create", True)
    assert (found.table, found.row_id, found.name) == ("entry", 1, "“Write”")
    assert found.field == "project"
    start = entries.get(rig.db, 1).start
    assert found.sentence.startswith(f"The server did not create “Write” from {start} (project): ")
    assert "project" in found.sentence.partition(": ")[2]
    assert found.sentence.endswith(".")


def test_it_can_be_sent_again(rig: Rig) -> None:
    found = refused_create(rig)
    rig.account.workspace.required = frozenset()
    problems.retry(rig.db, found, now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs() != []
    with pytest.raises(NotFound, match="“Write” has been settled meanwhile"):
        problems.retry(rig.db, found, now=rig.now)


def test_it_is_refused_again_without_a_storm(rig: Rig) -> None:
    problems.retry(rig.db, refused_create(rig), now=rig.now)
    before = len(rig.service.log)
    rig.run(60)
    assert [(each.method, each.path) for each in rig.service.log[before:]] == [
        ("GET", "/api/v9/me")
    ]
    assert the_one(rig).kind == "refused"


def test_it_can_stay_on_this_computer(rig: Rig) -> None:
    problems.give_up(rig.db, refused_create(rig), now=rig.now)
    rig.account.workspace.required = frozenset()
    verbs.edit(rig.db, [1], {"description": "Write more"}, now=rig.now)
    settled(rig)
    assert [each.description for each in entries.everything(rig.db)] == ["Write more"]
    assert rig.theirs() == []
    assert status.read(rig.db, now=rig.now).local_only == 1


def test_what_failed_after_it_may_have_arrived_is_looked_for(rig: Rig) -> None:
    rig.adapter.faults.by_chance(
        1, {"html_502_after": 1.0}, when=lambda request: request.method == "POST"
    )
    add(rig)
    rig.adapter.faults.by_chance(
        1, {"html_502_before": 1.0}, when=lambda request: request.method == "POST"
    )
    rig.run(24 * HOUR)
    found = problems.every(rig.db)
    rig.adapter.faults.clear()
    for each in found:
        problems.retry(rig.db, each, now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs()
    assert len(rig.theirs()) == 1


def test_a_project_that_stays_here_holds_no_entry_up(rig: Rig) -> None:
    timer.start(rig.db, Draft("Write", "Book", create_missing=True), now=rig.now)
    item = outbox.of(rig.db, "project", 1)
    assert item is not None
    outbox.update(rig.db, item.id, state="refused", error="No.")
    rig.run(60)
    found = the_one(rig)
    assert (found.table, found.action, found.name) == ("project", "create", "the project “Book”")
    assert rig.theirs() == []
    problems.give_up(rig.db, found, now=rig.now)
    settled(rig)
    timer.stop(rig.db, now=rig.now)
    settled(rig)
    ((_, start, stop, project, _),) = rig.ours()
    assert project == "Book"
    assert rig.theirs() == [("Write", start, stop, None, ())]


def refused_update(rig: Rig) -> SyncProblem:
    add(rig)
    rig.run(60)
    rig.account.workspace.locked_until = NOON - HOUR
    verbs.edit(rig.db, [1], {"description": "Read", "start": NOON - 6 * HOUR}, now=rig.now)
    rig.run(60)
    return the_one(rig)


def test_a_refused_change(rig: Rig) -> None:
    found = refused_update(rig)
    assert (found.kind, found.action, found.here) == ("refused", "update", True)
    assert found.sentence.startswith("The server did not update “Read”")


def test_a_refused_change_can_be_taken_back(rig: Rig) -> None:
    before = rig.theirs()
    problems.give_up(rig.db, refused_update(rig), now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs() != before
    with pytest.raises(Refused, match="has been changed since"):
        undo.undo(rig.db)


def refused_stop(rig: Rig) -> SyncProblem:
    timer.start(rig.db, Draft("One"), now=rig.now)
    rig.run(10)
    rig.account.workspace.locked_until = NOON + HOUR
    timer.stop(rig.db, now=rig.now)
    rig.run(60)
    return the_one(rig)


def test_what_was_stopped_does_not_run_again(rig: Rig) -> None:
    found = refused_stop(rig)
    before = rig.ours()
    assert problems.give_up(rig.db, found, now=rig.now)
    rig.restart()
    settled(rig)
    assert rig.ours() == before
    assert [each[2] for each in rig.theirs()] == [None]
    assert status.read(rig.db, now=rig.now).local_only == 1


def test_what_was_stopped_elsewhere_too_can_be_taken_from_there(rig: Rig) -> None:
    problems.give_up(rig.db, refused_stop(rig), now=rig.now)
    rig.account.workspace.locked_until = None
    rig.account.stop()
    rig.run(900)
    problems.take_other(rig.db, the_one(rig), now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs()


def test_what_is_started_meanwhile_goes_on(rig: Rig) -> None:
    found = refused_stop(rig)
    stopped = rig.ours()
    timer.start(rig.db, Draft("Two"), now=rig.now)
    problems.give_up(rig.db, found, now=rig.now)
    running = entries.running(rig.db)
    assert running is not None
    assert running.description == "Two"
    assert stopped[0] in rig.ours()


def test_what_runs_and_could_not_be_deleted_comes_back_stopped(rig: Rig) -> None:
    timer.start(rig.db, Draft("One"), now=rig.now)
    rig.run(10)
    began = rig.theirs()[0][1]
    rig.account.workspace.locked_until = NOON + HOUR
    verbs.delete(rig.db, [1], now=rig.now)
    ended = rig.now
    rig.run(60)
    assert problems.give_up(rig.db, the_one(rig), now=rig.now)
    settled(rig)
    assert [each[:3] for each in rig.ours()] == [("One", began, ended)]
    assert [each[:3] for each in rig.theirs()] == [("One", began, None)]


def refused_delete(rig: Rig) -> SyncProblem:
    catalogue.create_project(rig.db, "Book", now=rig.now)
    verbs.add(rig.db, Draft("Write", "Book"), start=NOON - 5 * HOUR, stop=NOON - HOUR, now=rig.now)
    rig.run(60)
    rig.account.workspace.locked_until = NOON
    verbs.delete(rig.db, [1], now=rig.now)
    rig.run(60)
    return the_one(rig)


def test_a_refused_deletion(rig: Rig) -> None:
    found = refused_delete(rig)
    assert (found.kind, found.action, found.here) == ("refused", "delete", False)
    assert found.sentence.startswith("The server did not delete “Write”")


def test_what_could_not_be_deleted_comes_back(rig: Rig) -> None:
    problems.give_up(rig.db, refused_delete(rig), now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs() != []
    assert entries.get(rig.db, 1).description == "Write"
    with pytest.raises(Refused, match="has been changed since"):
        undo.undo(rig.db)


def gone(rig: Rig) -> SyncProblem:
    add(rig)
    rig.run(60)
    rig.account.delete(rig.account.entries()[0].id)
    verbs.edit(rig.db, [1], {"description": "Read"}, now=rig.now)
    rig.run(60)
    return the_one(rig)


def test_an_entry_that_was_deleted_elsewhere(rig: Rig) -> None:
    found = gone(rig)
    assert (found.kind, found.field, found.here) == ("gone", "", True)
    start = entries.get(rig.db, found.row_id).start
    assert found.sentence == (
        f"“Read” from {start} was deleted on another device after it was changed here."
    )
    with pytest.raises(NotFound):
        problems.retry(rig.db, found, now=rig.now)


def test_it_can_be_made_anew(rig: Rig) -> None:
    problems.recreate(rig.db, gone(rig))
    settled(rig)
    assert rig.ours() == rig.theirs()
    assert [each[0] for each in rig.ours()] == ["Read"]


def test_it_can_go_here_too_and_come_back(rig: Rig) -> None:
    problems.let_go(rig.db, gone(rig), now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs() == []
    undo.undo(rig.db)
    settled(rig)
    assert [each[0] for each in rig.ours()] == ["Read"]
    assert rig.ours() == rig.theirs()


def deleted_unheard(rig: Rig) -> SyncProblem:
    """A start that the server had without an answer, and that was deleted on the web."""
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.adapter.faults.next("drop_after_commit", lambda request: request.method == "POST")
    while not rig.adapter.faults.done:
        rig.run(1)
    rig.account.delete(rig.account.entries()[0].id)
    rig.run(60)
    return the_one(rig)


def test_a_start_that_was_deleted_before_its_answer_came_is_asked_about(rig: Rig) -> None:
    found = deleted_unheard(rig)
    assert (found.kind, found.here) == ("gone", True)
    assert found.sentence.endswith("before this computer heard that the server had it.")
    assert (len(rig.ours()), rig.theirs()) == (1, [])
    problems.recreate(rig.db, found)
    settled(rig)
    assert rig.ours() == rig.theirs() != []


def test_what_began_in_the_same_second_and_was_deleted_is_no_proof(rig: Rig) -> None:
    """Neither is ours: one that was there before ours was sent, and one of another second."""
    earlier = rig.account.start("Write", start=rig.now)
    rig.run(60)
    begun = rig.now - 60
    rig.account.delete(earlier)
    rig.account.delete(rig.account.start("Write", start=begun + 1))
    rig.run(60)
    timer.start(rig.db, Draft("Write"), now=begun)
    rig.adapter.faults.next("drop_before_commit", lambda request: request.method == "POST")
    settled(rig)
    assert problems.every(rig.db) == []
    assert rig.ours() == rig.theirs() != []


def test_deleted_on_both_sides_asks_nothing(rig: Rig) -> None:
    gone(rig)
    verbs.delete(rig.db, [1], now=rig.now)
    assert problems.every(rig.db) == []
    settled(rig)


def in_conflict(rig: Rig, ours: Changes, **theirs: object) -> SyncProblem:
    """Changed there, and ten seconds later here."""
    add(rig)
    rig.run(60)
    rig.adapter.online = False
    rig.account.edit(rig.account.entries()[0].id, **theirs)
    rig.now += 10
    verbs.edit(rig.db, [1], ours, now=rig.now)
    look_before_telling(rig)
    return the_one(rig)


def look_before_telling(rig: Rig) -> None:
    """The line is back, and what was changed elsewhere is heard of first."""
    rig.adapter.online = True
    rig.engine.sync_now()
    with rig.db.writing():
        rig.db.run("UPDATE outbox SET next_at = ?", (rig.now + 3,))
    rig.run(10)


def test_a_field_that_was_changed_on_both_sides(rig: Rig) -> None:
    found = in_conflict(rig, {"description": "Ours"}, description="Theirs")
    assert (found.kind, found.field, found.kept, found.other) == (
        *("conflict", "description"),
        *("“Ours”", "“Theirs”"),
    )
    start = entries.get(rig.db, found.row_id).start
    assert found.sentence == (
        f"“Ours” from {start}: description was changed to “Ours” on this computer "
        "and to “Theirs” on another device. “Ours” was kept, as it was changed later."
    )


def test_it_can_stay_as_it_is(rig: Rig) -> None:
    found = in_conflict(rig, {"description": "Ours"}, description="Theirs")
    problems.keep(rig.db, found)
    settled(rig)
    assert rig.ours() == rig.theirs()
    assert entries.get(rig.db, 1).description == "Ours"
    with pytest.raises(NotFound, match="“Ours” has been settled meanwhile"):
        problems.take_other(rig.db, found, now=rig.now)


def test_the_other_value_can_be_taken_and_undone(rig: Rig) -> None:
    found = in_conflict(rig, {"description": "Ours"}, description="Theirs")
    problems.take_other(rig.db, found, now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs()
    assert entries.get(rig.db, 1).description == "Theirs"
    assert undo.undo(rig.db)[1].subject == "Ours"
    settled(rig)
    assert entries.get(rig.db, 1).description == "Ours"
    assert rig.ours() == rig.theirs()


def test_what_lost_stays_in_the_log_when_its_entry_is_deleted_and_comes_back(rig: Rig) -> None:
    in_conflict(rig, {"description": "Ours"}, description="Theirs")
    verbs.delete(rig.db, [1], now=rig.now)
    undo.undo(rig.db)
    assert problems.every(rig.db) == []
    lines = [line.text for line in journal.latest(rig.db, 100)]
    assert any(line.endswith("was kept. Not kept: “Theirs”.") for line in lines)


def test_both_values_that_lost_one_after_the_other_can_be_taken(rig: Rig) -> None:
    first = in_conflict(rig, {"description": "Ours"}, description="Theirs")
    rig.adapter.online = False
    verbs.edit(rig.db, [1], {"description": "Ours, again"}, now=rig.now)
    rig.run(600)
    rig.account.edit(rig.account.entries()[-1].id, description="Theirs, later")
    rig.adapter.online = True
    rig.run(900)
    assert [each.other for each in problems.every(rig.db)] == ["“Theirs”", "“Ours, again”"]
    problems.take_other(rig.db, first, now=rig.now)
    rig.run(900)
    assert [row[0] for row in rig.theirs()] == ["Theirs"]
    assert [each.other for each in problems.every(rig.db)] == ["“Ours, again”"]


def test_what_came_later_from_elsewhere_is_named_so(rig: Rig) -> None:
    add(rig)
    rig.run(60)
    rig.adapter.online = False
    verbs.edit(rig.db, [1], {"description": "Ours"}, now=rig.now)
    rig.now += 10
    rig.account.edit(rig.account.entries()[0].id, description="Theirs")
    look_before_telling(rig)
    found = the_one(rig)
    assert (
        "to “Theirs” on another device and to “Ours” on this computer. “Theirs”" in found.sentence
    )
    problems.take_other(rig.db, found, now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs()
    assert entries.get(rig.db, 1).description == "Ours"


def test_projects_and_times_are_shown_as_people_know_them(rig: Rig) -> None:
    project = rig.account.add_project("Book")
    found = in_conflict(rig, {"project": "Home", "create_missing": True}, project_id=project)
    assert (found.field, found.kept, found.other) == ("project", "“Home”", "“Book”")


def test_times_are_shown_in_the_users_format(rig: Rig) -> None:
    start = NOON - 5 * HOUR
    in_conflict(rig, {"stop": start + 120}, start=start, duration=60, stop=start + 60)
    (found,) = problems.every(rig.db, moment=lambda when: f"+{when - start}")
    assert (found.field, found.kept, found.other) == ("stop", "+120", "+60")
    assert found.sentence.startswith("“Write” from +0: stop ")


def test_a_value_that_no_longer_fits_is_refused(rig: Rig) -> None:
    start = NOON - 5 * HOUR
    found = in_conflict(rig, {"stop": start + 120}, start=start, duration=60, stop=start + 60)
    verbs.edit(rig.db, [1], {"start": start + 90}, now=rig.now)
    with pytest.raises(Refused, match="“Write” would end before it starts"):
        problems.take_other(rig.db, found, now=rig.now)
    assert [each.key for each in problems.every(rig.db)] == [found.key]


def test_a_conflict_ends_with_its_entry(rig: Rig) -> None:
    in_conflict(rig, {"description": "Ours"}, description="Theirs")
    verbs.delete(rig.db, [1], now=rig.now)
    settled(rig)
    assert rig.ours() == rig.theirs() == []


def test_an_unknown_problem(rig: Rig) -> None:
    with pytest.raises(NotFound, match="There is no problem c9"):
        problems.find(rig.db, "c9")
