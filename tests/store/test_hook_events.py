"""What hooks are to be told is stored by the transaction that is told of, or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray.errors import UserError
from tray.hooks.hook_message import changes
from tray.store import entries as stored
from tray.store import hook_events, journal
from tray.store.database import Database
from tray.store.hook_events import EVENTS, HookEvent
from tray.store.journal import JournalEntry
from tray.store.opening import open_database
from tray.tracker import entries, timer, undo
from tray.tracker.resolve import Draft

NOW = 1_795_000_000
DAY = 86_400


def told(db: Database) -> Iterator[HookEvent]:
    """Every event that waits; afterwards none does."""
    while event := hook_events.next_event(db):
        yield event
        hook_events.finish(db, event)


def names(db: Database) -> list[str]:
    return [each.event for each in told(db)]


@pytest.fixture
def noted(db: Database) -> Database:
    """A store in which everything is noted."""
    hook_events.watch(db, EVENTS)
    return db


def add(db: Database, text: str, *, start: int = NOW - 600) -> int:
    made = entries.add(db, Draft(text), start=start, stop=start + 60, now=NOW).entry
    assert made is not None
    return made.id


def test_nothing_is_noted_without_hooks(db: Database) -> None:
    timer.start(db, Draft("one"), now=NOW)
    assert names(db) == []
    assert db.rows("SELECT * FROM hook_row") == []


def test_only_that_is_noted_for_which_there_is_a_hook(db: Database) -> None:
    hook_events.watch(db, {"stop"})
    timer.start(db, Draft("one"), now=NOW)
    timer.stop(db, now=NOW + 5)
    assert names(db) == ["stop"]
    hook_events.watch(db, ())
    timer.start(db, Draft("two"), now=NOW + 6)
    assert names(db) == []


def test_a_start_tells_first_what_it_has_stopped(noted: Database) -> None:
    timer.start(noted, Draft("one"), now=NOW)
    timer.start(noted, Draft("two"), now=NOW + 60)
    first, stop, start = told(noted)
    assert [first.event, stop.event, start.event] == ["start", "stop", "start"]
    ((before, after),) = changes(stop)
    assert before is not None
    assert after is not None
    assert (before.description, before.stop, after.stop) == ("one", None, NOW + 60)
    ((nothing, started),) = changes(start)
    assert nothing is None
    assert started is not None
    assert started.description == "two"
    assert start.origin == hook_events.HERE


def test_changes_of_one_step_are_one_event(noted: Database) -> None:
    ids = [add(noted, str(number), start=NOW - 1_000 + 70 * number) for number in range(3)]
    assert names(noted) == ["change"] * 3
    entries.edit(noted, ids, {"description": "same"}, now=NOW)
    (event,) = told(noted)
    assert event.details["count"] == 3
    assert [(b and b.description, a and a.description) for b, a in changes(event)] == [
        (str(number), "same") for number in range(3)
    ]
    entries.delete(noted, ids[:1], now=NOW)
    (event,) = told(noted)
    assert changes(event)[0].after is None


def test_undo_and_redo_are_told_as_what_they_do(noted: Database) -> None:
    timer.start(noted, Draft("one"), now=NOW)
    undo.undo(noted)
    undo.redo(noted)
    assert names(noted) == ["start", "stop", "start"]


def test_what_was_not_committed_is_not_told(noted: Database) -> None:
    timer.start(noted, Draft("one"), now=NOW)
    assert names(noted) == ["start"]
    with pytest.raises(sqlite3.IntegrityError), noted.writing():
        noted.run("UPDATE entry SET stop = ?, billable = 7", (NOW + 5,))
    with noted.writing():
        noted.run("UPDATE entry SET description = 'other'")
        noted.run("UPDATE entry SET description = 'one'")
    assert names(noted) == []


def test_of_very_many_only_some_are_told_and_the_timer_among_them(noted: Database) -> None:
    timer.start(noted, Draft("runs"), now=NOW)
    assert names(noted) == ["start"]
    count = hook_events.MOST_LISTED + 50
    with noted.writing():
        noted.run_many(
            "INSERT INTO entry (workspace_id, description, tag_ids, billable, start, stop) "
            "VALUES (1, ?, '[]', 0, ?, ?)",
            [(str(number), NOW - DAY, NOW - DAY + 60) for number in range(count)],
        )
        noted.run("UPDATE entry SET stop = ? WHERE stop IS NULL", (NOW + 5,))
    stop, change = told(noted)
    assert stop.event == "stop"
    assert (len(changes(change)), change.details["count"]) == (hook_events.MOST_LISTED - 1, count)


def test_who_did_it_is_told(noted: Database) -> None:
    noted.writer = "a script"
    timer.start(noted, Draft("one"), now=NOW)
    noted.writer, noted.origin = "", hook_events.ACCOUNT
    timer.stop(noted, now=NOW + 5)
    assert [(each.origin, each.program) for each in told(noted)] == [
        ("program", "a script"),
        ("account", ""),
    ]


@pytest.mark.parametrize("origin", [hook_events.HOOK, hook_events.SILENT])
def test_what_is_not_to_be_told_is_not(noted: Database, origin: str) -> None:
    noted.origin = origin
    timer.start(noted, Draft("one"), now=NOW)
    assert names(noted) == []
    assert noted.rows("SELECT * FROM hook_row") == []


def test_the_history_of_the_account_is_no_news(noted: Database) -> None:
    noted.origin = hook_events.ACCOUNT
    (now,) = noted.row("SELECT unixepoch()")
    old, new = now - 3 * DAY, now - 600
    for start in (old, new):
        with noted.writing():
            noted.run(
                "INSERT INTO entry (workspace_id, description, tag_ids, billable, start, stop) "
                "VALUES (1, 'x', '[]', 0, ?, ?)",
                (start, start + 60),
            )
    starts = [after and after.start for each in told(noted) for _, after in changes(each)]
    assert starts == [new]
    with noted.writing():
        noted.run("UPDATE entry SET description = 'y' WHERE start = ?", (old,))
    assert names(noted) == ["change"], "but a change of it is"


def test_trouble_with_the_account_is_told(noted: Database) -> None:
    journal.add(noted, JournalEntry(NOW, "received", "fine"))
    journal.add(noted, JournalEntry(NOW, "refused", "not fine"))
    (event,) = told(noted)
    assert event.event == "sync-problem"
    assert event.details == {"problem": {"kind": "refused", "said": "not fine"}}


def test_what_programs_do_while_a_hook_runs_lies_one_deeper(noted: Database) -> None:
    timer.start(noted, Draft("one"), now=NOW)
    event = hook_events.next_event(noted)
    assert event is not None
    hook_events.begin(noted, event, "start")
    noted.writer = "curl"
    timer.stop(noted, now=NOW + 5)
    noted.writer = ""
    timer.start(noted, Draft("two"), now=NOW + 6)
    hook_events.finish(noted, event)
    timer.stop(noted, now=NOW + 7)
    assert [(each.event, each.depth) for each in told(noted)] == [
        ("stop", 1),
        ("start", 0),
        ("stop", 0),
    ]


def test_only_so_many_wait(noted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_events, "_KEEP", 3)
    for number in range(5):
        add(noted, str(number))
    assert len(names(noted)) == 3


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["start", "stop", "resume", "undo", "redo", "edit", "delete"])))
def test_who_is_told_all_knows_at_any_time_what_runs(
    tmp_path_factory: pytest.TempPathFactory, verbs: list[str]
) -> None:
    path = tmp_path_factory.mktemp("told") / "toggl-tray.db"
    with open_database(str(path)) as db:
        hook_events.watch(db, EVENTS)
        runs: int | None = None
        for at, verb in enumerate(verbs):
            _carry_out(db, verb, now=NOW + 10 * at)
            for event in told(db):
                runs = _after(event, runs)
            running = stored.running(db)
            assert runs == (running and running.id)


def _carry_out(db: Database, verb: str, *, now: int) -> None:
    with suppress(UserError):
        match verb:
            case "start":
                timer.start(db, Draft(f"entry {now}"), now=now)
            case "stop":
                timer.stop(db, now=now)
            case "resume":
                timer.resume(db, now=now)
            case "undo":
                undo.undo(db)
            case "redo":
                undo.redo(db)
            case other:
                last = stored.latest(db)
                if last is not None and other == "edit":
                    entries.edit(db, [last.id], {"description": f"other {now}"}, now=now)
                elif last is not None:
                    entries.delete(db, [last.id], now=now)


def _after(event: HookEvent, runs: int | None) -> int | None:
    """What runs, to whoever has only been told."""
    for before, after in changes(event):
        if event.event == "stop":
            assert before is not None
            assert runs == before.id
            runs = None
        elif event.event == "start":
            assert after is not None
            assert runs is None
            runs = after.id
    return runs
