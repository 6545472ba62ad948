from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound
from tray.model.entities import TimeEntry, What
from tray.model.limits import EARLIEST, LATEST, MAX_SECONDS
from tray.store import entries, undoing
from tray.store.database import Database
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def add(db: Database, begin: int, end: int, description: str = "Tea") -> TimeEntry:
    draft = Draft(description)
    return made(verbs.add(db, draft, start=NOW + begin, stop=NOW + end, now=NOW).entry)


def start(db: Database, begin: int, description: str = "Report") -> TimeEntry:
    return made(timer.start(db, Draft(description), now=NOW + begin).entry)


def made(entry: TimeEntry | None) -> TimeEntry:
    assert entry is not None
    return entry


def times(db: Database) -> list[tuple[int, int | None]]:
    """Start and stop of every entry, counted from NOW."""
    return [
        (entry.start - NOW, None if entry.stop is None else entry.stop - NOW)
        for entry in entries.everything(db)
    ]


# add


def test_adding_makes_a_finished_entry(db: Database) -> None:
    running = start(db, -5)
    outcome = verbs.add(db, Draft("Tea", tags=("a",)), start=NOW - 60, stop=NOW - 30, now=NOW)
    assert outcome.verb == "add"
    assert outcome.changed == {"entry", "tag"}
    assert outcome.entry == TimeEntry(2, 1, "Tea", None, None, (1,), False, NOW - 60, NOW - 30)
    assert entries.running(db) == running


def test_an_entry_may_take_no_time_overlap_or_lie_in_the_future(db: Database) -> None:
    add(db, -60, -60)
    add(db, -90, -30)
    add(db, 30, 60)
    assert times(db) == [(-90, -30), (-60, -60), (30, 60)]


def test_the_longest_and_the_earliest_and_the_last_possible(db: Database) -> None:
    for begin, end in [
        (EARLIEST, EARLIEST + MAX_SECONDS),
        (LATEST - MAX_SECONDS, LATEST),
        (LATEST, LATEST),
    ]:
        verbs.add(db, Draft(), start=begin, stop=end, now=NOW)
    assert len(times(db)) == 3


@pytest.mark.parametrize(
    ("begin", "end", "words", "field"),
    [
        (NOW, NOW - 1, "stop lies before the start", "stop"),
        (NOW, NOW + MAX_SECONDS + 1, "would last 999:00:01", "stop"),
        (EARLIEST - 1, EARLIEST, "start lies outside the years", "start"),
        (LATEST, LATEST + 1, "stop lies outside the years", "stop"),
    ],
)
def test_impossible_times_are_not_added(
    db: Database, refused: Check, begin: int, end: int, words: str, field: str
) -> None:
    with refused(words, field=field):
        verbs.add(db, Draft("x", tags=("new",)), start=begin, stop=end, now=NOW)


def test_adding_can_trim_the_neighbours(db: Database) -> None:
    add(db, -100, -50, "spans")
    add(db, -90, -75, "before")
    add(db, -65, -40, "after")
    start(db, -60, "runs")
    verbs.add(db, Draft("x"), start=NOW - 80, stop=NOW - 55, now=NOW, trim=True)
    assert [
        (*each, entry.description)
        for each, entry in zip(times(db), entries.everything(db), strict=True)
    ] == [
        (-100, -80, "spans"),
        (-90, -80, "before"),
        (-80, -55, "x"),
        (-55, -40, "after"),
        (-55, None, "runs"),
        (-55, -50, "spans"),
    ]
    undoing.undo(db)
    assert times(db) == [(-100, -50), (-90, -75), (-65, -40), (-60, None)]


def test_a_break_in_the_running_entry_leaves_it_running_after(db: Database) -> None:
    running = start(db, -100)
    verbs.add(db, Draft("break"), start=NOW - 60, stop=NOW - 30, now=NOW, trim=True)
    assert times(db) == [(-100, -60), (-60, -30), (-30, None)]
    after = made(entries.running(db))
    assert after.what == running.what
    assert after.id != running.id


def test_trimming_does_not_move_the_running_entry_into_the_future(
    db: Database, refused: Check
) -> None:
    start(db, -100)
    with refused("“Report” is running and cannot begin in the future. Stop it", field="stop"):
        verbs.add(db, Draft("x"), start=NOW - 60, stop=NOW + 60, now=NOW, trim=True)


def test_trimming_makes_no_entry_too_long(db: Database, refused: Check) -> None:
    start(db, 0)
    late = NOW + MAX_SECONDS + 60
    with refused("at most 999 hours", field="stop"):
        verbs.add(db, Draft("x"), start=late - 30, stop=late, now=late, trim=True)


def test_adding_drops_no_entry(db: Database, refused: Check) -> None:
    add(db, -50, -40)
    with refused("“Tea” lies wholly inside", field="start"):
        verbs.add(db, Draft("x"), start=NOW - 60, stop=NOW - 30, now=NOW, trim=True)


def test_an_unknown_project_is_not_added(db: Database, refused: Check) -> None:
    with refused("no project “Web”", error=NotFound):
        verbs.add(db, Draft("x", project="Web"), start=NOW - 60, stop=NOW, now=NOW)
    with refused("There is no project 5", error=NotFound):
        verbs.add(db, What(1, "x", 5), start=NOW - 60, stop=NOW, now=NOW)


# duplicate


def test_a_duplicate_is_the_same_again(db: Database) -> None:
    draft = Draft(
        "x", project="Web", task="Plan", tags=("a", "b"), billable=True, create_missing=True
    )
    original = made(verbs.add(db, draft, start=NOW - 60, stop=NOW, now=NOW).entry)
    outcome = verbs.duplicate(db, original.id, now=NOW)
    assert outcome.verb == "duplicate"
    assert outcome.entry == original._replace(id=original.id + 1)
    assert list(entries.everything(db)) == [original, outcome.entry]


def test_the_running_entry_has_no_duplicate(db: Database, refused: Check) -> None:
    running = start(db, -60)
    with refused("cannot be duplicated, as only one can run. Stop it"):
        verbs.duplicate(db, running.id, now=NOW)
    with refused("There is no entry 99", error=NotFound):
        verbs.duplicate(db, 99, now=NOW)


# delete


def test_entries_are_deleted_all_at_once(db: Database) -> None:
    one, two, kept = add(db, -60, -50), start(db, -40), add(db, -30, -20)
    outcome = verbs.delete(db, [one.id, two.id, one.id], now=NOW)
    assert (outcome.verb, outcome.changed) == ("delete", frozenset({"entry"}))
    assert list(entries.everything(db)) == [kept]
    undoing.undo(db)
    assert list(entries.everything(db)) == [one, two, kept]


def test_a_step_of_deleting_is_called_after_the_first_with_a_name(db: Database) -> None:
    ids = [add(db, -60, -50, text).id for text in ("", "Tea", "Report")]
    verbs.delete(db, ids, now=NOW)
    assert undoing.undo(db).subject == "Tea"


def test_either_all_are_deleted_or_none(db: Database, refused: Check) -> None:
    one = add(db, -60, -50)
    with refused("There is no entry 99", error=NotFound):
        verbs.delete(db, [one.id, 99], now=NOW)
    with refused("No entry was named. Name at least one."):
        verbs.delete(db, [], now=NOW)
