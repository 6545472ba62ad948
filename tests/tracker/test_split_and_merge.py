from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound
from tray.model.entities import TimeEntry
from tray.model.limits import MAX_SECONDS
from tray.store import entries, undoing
from tray.store.database import Database
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def made(entry: TimeEntry | None) -> TimeEntry:
    assert entry is not None
    return entry


def add(db: Database, begin: int, end: int, draft: Draft | None = None) -> TimeEntry:
    what = draft or Draft("Report")
    return made(verbs.add(db, what, start=NOW + begin, stop=NOW + end, now=NOW).entry)


def start(db: Database, begin: int, description: str = "Report") -> TimeEntry:
    return made(timer.start(db, Draft(description), now=NOW + begin).entry)


def merge(db: Database, *parts: TimeEntry) -> TimeEntry:
    return made(verbs.merge(db, [part.id for part in parts], now=NOW).entry)


FULL: Final = Draft("Report", "Web", "Plan", ("a", "b"), billable=True, create_missing=True)


def test_a_split_makes_a_second_entry_of_the_rest(db: Database) -> None:
    whole = add(db, -60, -20, FULL)
    outcome = verbs.split(db, whole.id, NOW - 50, now=NOW)
    assert (outcome.verb, outcome.changed) == ("split", frozenset({"entry"}))
    assert outcome.entry == whole._replace(id=whole.id + 1, start=NOW - 50)
    assert entries.get(db, whole.id) == whole._replace(stop=NOW - 50)
    undoing.undo(db)
    assert list(entries.everything(db)) == [whole]


def test_of_the_running_entry_the_second_half_runs(db: Database) -> None:
    whole = start(db, -60)
    second = made(verbs.split(db, whole.id, NOW - 50, now=NOW).entry)
    assert entries.running(db) == second == whole._replace(id=whole.id + 1, start=NOW - 50)
    undoing.undo(db)
    assert entries.running(db) == whole
    undoing.redo(db)
    assert entries.running(db) == second


@pytest.mark.parametrize("moment", [-61, -60, -20, -19, 10**12])
def test_a_split_is_inside(db: Database, refused: Check, moment: int) -> None:
    whole = add(db, -60, -20)
    with refused("“Report” can only be split", "after its start and before its end", field="start"):
        verbs.split(db, whole.id, NOW + moment, now=NOW)


def test_the_running_entry_is_not_split_in_the_future(db: Database, refused: Check) -> None:
    whole = start(db, -60)
    with refused("can only be split", field="start"):
        verbs.split(db, whole.id, NOW, now=NOW)


def test_a_forgotten_entry_is_not_split_into_something_too_long(
    db: Database, refused: Check
) -> None:
    whole, late = start(db, 0), NOW + 2 * MAX_SECONDS
    with refused("at most 999 hours, this one would last 999:00:01", field="stop"):
        verbs.split(db, whole.id, NOW + MAX_SECONDS + 1, now=late)
    assert verbs.split(db, whole.id, NOW + MAX_SECONDS, now=late).entry is not None


def test_what_is_not_there_is_not_split(db: Database, refused: Check) -> None:
    with refused("There is no entry 99", error=NotFound):
        verbs.split(db, 99, NOW, now=NOW)


def test_a_merge_keeps_the_first_with_what_all_say(db: Database) -> None:
    last = add(db, -40, -20, FULL)
    first = add(db, -60, -40, Draft(tags=("c",)))
    outcome = verbs.merge(db, [last.id, first.id, last.id], now=NOW)
    assert (outcome.verb, outcome.changed) == ("merge", frozenset({"entry"}))
    assert outcome.remarks == ()
    whole = first._replace(
        description="Report", project_id=1, task_id=1, tag_ids=(1, 2, 3), billable=True,
        stop=NOW - 20,
    )  # fmt: skip
    assert outcome.entry == whole
    assert list(entries.everything(db)) == [whole]
    undoing.undo(db)
    assert list(entries.everything(db)) == [first, last]


def test_split_and_merged_again_it_is_as_before(db: Database) -> None:
    whole = add(db, -60, -20, FULL)
    second = made(verbs.split(db, whole.id, NOW - 50, now=NOW).entry)
    merge(db, whole, second)
    assert list(entries.everything(db)) == [whole]


@pytest.mark.parametrize(
    ("gap", "said"), [(1, "1 min"), (89, "1 min"), (91, "2 min"), (3_600, "60 min")]
)
def test_the_time_between_is_part_of_it_and_said(db: Database, gap: int, said: str) -> None:
    first, second = add(db, -60, -50), add(db, gap - 50, gap)
    outcome = verbs.merge(db, [first.id, second.id], now=NOW)
    assert outcome.remarks == (f"It includes {said} that lay between them.",)
    assert made(outcome.entry).seconds(NOW) == 60 + gap


def test_merged_with_the_running_entry_it_runs(db: Database) -> None:
    first, running = add(db, -60, -50), start(db, -50)
    assert merge(db, first, running) == first._replace(stop=None) == entries.running(db)
    undoing.undo(db)
    assert entries.running(db) == running


def test_the_running_entry_may_be_the_first(db: Database) -> None:
    running, later = start(db, -60), add(db, -50, -40)
    assert merge(db, running, later) == running
    assert list(entries.everything(db)) == [running]


def test_overlapping_and_empty_entries_merge(db: Database) -> None:
    first, within, empty = add(db, -60, -20), add(db, -50, -40), add(db, -20, -20)
    assert merge(db, empty, within, first) == first
    assert list(entries.everything(db)) == [first]


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (Draft("a"), Draft("b"), "description"),
        (
            Draft(project="A", create_missing=True),
            Draft(project="B", create_missing=True),
            "project",
        ),
        (
            Draft(project="A", task="1", create_missing=True),
            Draft(project="A", task="2", create_missing=True),
            "task",
        ),
    ],
)
def test_contradictions_are_not_merged(
    db: Database, refused: Check, one: Draft, other: Draft, field: str
) -> None:
    parts = add(db, -60, -50, one), add(db, -50, -40, other)
    with refused(f"Their {field}s differ. Make them the same first", field=field):
        merge(db, *parts)


def test_others_in_between_are_not_swallowed(db: Database, refused: Check) -> None:
    first, last = add(db, -60, -50), add(db, -30, -20)
    add(db, -50, -50, Draft("at the edge"))
    add(db, -45, -40, Draft("Tea"))
    with refused("“Tea” lies between them. Merge it too, or move it", field="start"):
        merge(db, first, last)


def test_others_beside_or_across_the_parts_do_not_hinder(db: Database) -> None:
    first, last = add(db, -60, -50), add(db, -50, -20)
    others = [add(db, -70, -60, Draft("x")), add(db, -58, -52, Draft("y")), add(db, -20, -9)]
    whole = merge(db, first, last)
    assert set(entries.everything(db)) == {whole, *others}


def test_the_running_entry_in_between_is_not_swallowed(db: Database, refused: Check) -> None:
    first, last = add(db, -60, -50), add(db, 30, 40)
    start(db, -20, "Tea")
    with refused("“Tea” lies between them", field="start"):
        merge(db, first, last)


def test_a_merge_is_not_too_long(db: Database, refused: Check) -> None:
    first, last = add(db, -60, -50), add(db, MAX_SECONDS - 70, MAX_SECONDS - 60)
    assert merge(db, first, last).seconds(NOW) == MAX_SECONDS
    longer = add(db, MAX_SECONDS - 60, MAX_SECONDS - 59)
    with refused("at most 999 hours, this one would last 999:00:01", field="stop"):
        merge(db, first, longer)


def test_a_merge_has_not_too_many_tags(db: Database, refused: Check) -> None:
    some = Draft(tags=tuple(str(number) for number in range(26)))
    more = Draft(tags=tuple(str(number) for number in range(25, 51)))
    parts = add(db, -60, -50, some), add(db, -50, -40, more)
    with refused("at most 50 tags, this one has 51", field="tags"):
        merge(db, *parts)


def test_merging_takes_two(db: Database, refused: Check) -> None:
    alone = add(db, -60, -50)
    for parts in ([], [alone.id], [alone.id, alone.id]):
        with refused("at least two different entries"):
            verbs.merge(db, parts, now=NOW)
    with refused("There is no entry 99", error=NotFound):
        verbs.merge(db, [alone.id, 99], now=NOW)
