from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound
from tray.model.entities import What
from tray.store import favourites, undoing
from tray.store.database import Database
from tray.tracker import favourites as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def pin(db: Database, *descriptions: str) -> list[int]:
    return [verbs.pin(db, Draft(text), now=NOW).created_id for text in descriptions]


def order(db: Database) -> str:
    return "".join(each.what.description for each in favourites.everything(db))


def test_pinning_adds_at_the_end(db: Database) -> None:
    pin(db, "a", "b")
    outcome = verbs.pin(db, Draft("c", "Web", tags=("t",), create_missing=True), now=NOW)
    assert outcome.verb == "pin"
    assert outcome.changed == {"favourite", "project", "tag"}
    assert order(db) == "abc"
    assert favourites.get(db, outcome.created_id).what == What(1, "c", 1, None, (1,))


def test_what_an_entry_is_about_can_be_pinned_and_started(db: Database) -> None:
    draft = Draft("x", "Web", "Plan", ("b", "a"), billable=True, create_missing=True)
    entry = timer.start(db, draft, now=NOW).entry
    assert entry is not None
    created_id = verbs.pin(db, entry.what, now=NOW).created_id
    again = timer.start(db, favourites.get(db, created_id).what, now=NOW + 60).entry
    assert again is not None
    assert again.what == entry.what


def test_the_same_is_not_pinned_twice(db: Database, refused: Check) -> None:
    verbs.pin(db, Draft("x", tags=("a", "b")), now=NOW)
    for same in (Draft("x", tags=("B", "A")), What(1, "x", tag_ids=(2, 1))):
        with refused("among the favourites already"):
            verbs.pin(db, same, now=NOW)
    assert verbs.pin(db, Draft("x", tags=("a",)), now=NOW).created_id


def test_a_favourite_says_something(db: Database, refused: Check) -> None:
    for nothing in (Draft(" "), Draft(tags=("new",)), What(1, billable=True)):
        with refused("needs a description or a project. Give one."):
            verbs.pin(db, nothing, now=NOW)
    assert verbs.pin(db, Draft(project="Web", create_missing=True), now=NOW).created_id


@pytest.mark.parametrize(
    ("what", "words"),
    [(Draft("x", "Web"), "no project “Web”"), (What(1, "x", 9), "There is no project 9")],
)
def test_what_is_not_there_is_not_pinned(
    db: Database, refused: Check, what: Draft | What, words: str
) -> None:
    with refused(words, error=NotFound):
        verbs.pin(db, what, now=NOW)


def test_unpinning_keeps_the_others_in_order(db: Database) -> None:
    ids = pin(db, "a", "b", "c")
    outcome = verbs.unpin(db, ids[1], now=NOW)
    assert (outcome.verb, outcome.changed) == ("unpin", frozenset({"favourite"}))
    assert order(db) == "ac"
    pin(db, "d")
    assert order(db) == "acd"
    undoing.undo(db)
    assert undoing.undo(db).subject == "b"
    assert order(db) == "abc"


@pytest.mark.parametrize(
    ("moved", "place", "expected"),
    [
        ("a", 1, "abcd"),
        ("a", 2, "bacd"),
        ("a", 4, "bcda"),
        ("a", 99, "bcda"),
        ("d", 1, "dabc"),
        ("c", 2, "acbd"),
        ("c", 3, "abcd"),
    ],
)
def test_a_favourite_is_moved_to_a_place(
    db: Database, moved: str, place: int, expected: str
) -> None:
    gone, *ids = pin(db, "x", *"abcd")
    verbs.unpin(db, gone, now=NOW)
    chosen = ids["abcd".index(moved)]
    outcome = verbs.move(db, chosen, place, now=NOW)
    assert (outcome.verb, outcome.created_id) == ("move favourite", chosen)
    assert order(db) == expected


def test_a_move_can_be_undone(db: Database) -> None:
    ids = pin(db, *"abc")
    verbs.move(db, ids[2], 1, now=NOW)
    assert undoing.undo(db).subject == "c"
    assert order(db) == "abc"
    undoing.redo(db)
    assert order(db) == "cab"


def test_a_move_to_where_it_is_is_no_step(db: Database) -> None:
    gone, *ids = pin(db, *"xabc")
    verbs.unpin(db, gone, now=NOW)
    assert verbs.move(db, ids[1], 2, now=NOW).changed == frozenset()
    assert undoing.undo(db).verb == "unpin"


def test_there_is_no_place_before_the_first(db: Database, refused: Check) -> None:
    (only,) = pin(db, "a")
    for place in (0, -1):
        with refused("The first place is 1.", field="position"):
            verbs.move(db, only, place, now=NOW)


def test_only_a_favourite_is_moved_or_unpinned(db: Database, refused: Check) -> None:
    with refused("There is no favourite 9", error=NotFound):
        verbs.unpin(db, 9, now=NOW)
    with refused("There is no favourite 9", error=NotFound):
        verbs.move(db, 9, 1, now=NOW)
