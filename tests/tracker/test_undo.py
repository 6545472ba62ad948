from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound, Refused
from tray.store import entries as stored
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.tracker import catalogue, entries, favourites, timer, undo
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]
Verb = Callable[[Database], object]
EVERYTHING: Final = Draft("New", "App", "Do", ("c", "d"), billable=True, create_missing=True)

VERBS: Final[dict[str, Verb]] = {
    "start": lambda db: timer.start(db, EVERYTHING, now=NOW),
    "start in the past and trim": lambda db: timer.start(
        db, EVERYTHING, now=NOW, at=NOW - 20, trim=True
    ),
    "stop": lambda db: timer.stop(db, now=NOW),
    "continue": lambda db: timer.resume(db, 1, now=NOW),
    "add": lambda db: entries.add(db, EVERYTHING, start=NOW - 9, stop=NOW, now=NOW),
    "add and trim": lambda db: entries.add(
        db, EVERYTHING, start=NOW - 85, stop=NOW - 5, now=NOW, trim=True
    ),
    "edit": lambda db: entries.edit(
        db,
        [1, 2, 3],
        {"project": "App", "task": "Do", "tags": ["c"], "create_missing": True},
        now=NOW,
    ),
    "edit and trim": lambda db: entries.edit(db, [2], {"start": NOW - 95}, now=NOW, trim=True),
    "split": lambda db: entries.split(db, 3, NOW - 15, now=NOW),
    "merge": lambda db: entries.merge(db, [1, 2, 3], now=NOW),
    "duplicate": lambda db: entries.duplicate(db, 1, now=NOW),
    "delete": lambda db: entries.delete(db, [1, 3], now=NOW),
    "pin": lambda db: favourites.pin(db, EVERYTHING, now=NOW),
    "unpin": lambda db: favourites.unpin(db, 1, now=NOW),
    "move favourite": lambda db: favourites.move(db, 1, 2, now=NOW),
    "create client": lambda db: catalogue.create_client(db, "New", now=NOW),
    "create project": lambda db: catalogue.create_project(
        db, "New", now=NOW, changes={"client": "Acme"}
    ),
    "create task": lambda db: catalogue.create_task(db, 1, "New", now=NOW),
    "create tag": lambda db: catalogue.create_tag(db, "New", now=NOW),
    "edit project": lambda db: catalogue.edit_project(
        db, 1, {"client": "Acme", "colour": "#123456", "billable": True}, now=NOW
    ),
    "rename": lambda db: catalogue.rename(db, "task", 1, "New", now=NOW),
    "archive": lambda db: catalogue.archive(db, "tag", 1, now=NOW),
}
"""Every verb, for the database of `some`."""


@pytest.fixture
def some(db: Database) -> Database:
    """Three entries one after the other, the last of them running, and two favourites."""
    draft = Draft("Report", "Web", "Plan", ("a", "b"), create_missing=True)
    entries.add(db, draft, start=NOW - 100, stop=NOW - 90, now=NOW)
    entries.add(db, Draft("Report"), start=NOW - 90, stop=NOW - 80, now=NOW)
    timer.start(db, Draft(), now=NOW - 30)
    favourites.pin(db, Draft("one"), now=NOW)
    favourites.pin(db, Draft("two"), now=NOW)
    return db


def contents(db: Database) -> list[list[tuple[object, ...]]]:
    """All that steps change, and what is counted from it."""
    done = (
        "SELECT description, project_id, task_id, tag_ids, billable, uses, last_used "
        "FROM past_activity"
    )
    return [
        *(db.rows(f"SELECT * FROM {table} ORDER BY id") for table in COLUMNS),
        db.rows(f"{done} ORDER BY description, project_id, task_id, tag_ids, billable"),
    ]


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_verb_can_be_undone_and_redone_exactly(some: Database, verb: Verb) -> None:
    before = contents(some)
    verb(some)
    after = contents(some)
    assert after != before
    undo.undo(some)
    assert contents(some) == before
    undo.redo(some)
    assert contents(some) == after


def test_a_long_way_back_and_forth(some: Database) -> None:
    seen = [contents(some)]
    for name in ("start", "stop", "continue", "edit", "split", "pin", "rename", "delete"):
        VERBS[name](some)
        seen.append(contents(some))
    for expected in reversed(seen[:-1]):
        undo.undo(some)
        assert contents(some) == expected
    for expected in seen[1:]:
        undo.redo(some)
        assert contents(some) == expected
    with pytest.raises(NotFound, match="nothing to redo"):
        undo.redo(some)


def test_it_says_what_was_undone_and_which_tables_changed(some: Database) -> None:
    timer.start(some, EVERYTHING, now=NOW)
    outcome, past = undo.undo(some)
    assert outcome.verb == "undo"
    assert outcome.changed == {"entry", "project", "task", "tag"}
    assert (past.verb, past.subject, past.at) == ("start", "New", NOW)
    outcome, past = undo.redo(some)
    assert outcome.verb == "redo"
    assert outcome.changed == {"entry", "project", "task", "tag"}
    assert past.verb == "start"


def test_after_something_new_there_is_nothing_to_redo(some: Database, refused: Check) -> None:
    undo.undo(some)
    timer.stop(some, now=NOW)
    with refused("nothing to redo", error=NotFound):
        undo.redo(some)


def test_what_was_refused_takes_nothing_from_undo_and_redo(some: Database) -> None:
    undo.undo(some)
    with pytest.raises(NotFound):
        entries.delete(some, [99], now=NOW)
    assert undo.redo(some)[1].subject == "two"


def test_there_may_be_nothing_to_undo(db: Database, refused: Check) -> None:
    with refused("There is nothing to undo.", error=NotFound):
        undo.undo(db)


def test_one_step_is_taken_back_whatever_came_after_it(some: Database) -> None:
    stopped = timer.stop(some, now=NOW)
    before = contents(some)
    added = entries.add(some, Draft("Late"), start=NOW - 9, stop=NOW - 5, now=NOW)
    favourites.pin(some, Draft("three"), now=NOW)
    undo.undo(some, added.step_id)
    assert "Late" not in {each.description for each in stored.everything(some)}
    undo.undo(some, stopped.step_id)
    assert stored.running(some) is not None
    undo.redo(some)
    undo.undo(some)
    assert contents(some) == before, "the latest was the favourite"


def test_a_step_on_which_others_build_is_refused_and_not_forgotten(some: Database) -> None:
    started = timer.start(some, Draft("Report"), now=NOW)
    stopped = timer.stop(some, now=NOW + 60)
    with pytest.raises(Refused, match="“Report” has been changed since"):
        undo.undo(some, started.step_id)
    undo.undo(some, stopped.step_id)
    undo.undo(some, started.step_id)
    with pytest.raises(Refused, match="taken back already"):
        undo.undo(some, started.step_id)
