from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound
from tray.model.entities import TimeEntry
from tray.model.limits import LATEST, MAX_SECONDS
from tray.store import catalogue, entries, undoing
from tray.store.database import Database
from tray.tracker import catalogue as catalogue_verbs
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def made(entry: TimeEntry | None) -> TimeEntry:
    assert entry is not None
    return entry


def edit(db: Database, entry: TimeEntry, changes: Changes, *, trim: bool = False) -> TimeEntry:
    return made(verbs.edit(db, [entry.id], changes, now=NOW, trim=trim).entry)


def add(db: Database, begin: int, end: int, description: str = "Tea") -> TimeEntry:
    draft = Draft(description)
    return made(verbs.add(db, draft, start=NOW + begin, stop=NOW + end, now=NOW).entry)


@pytest.fixture
def report(db: Database) -> TimeEntry:
    """An entry with everything: project 1 and its task 1, tags 1 and 2, billable."""
    draft = Draft("Report", "Web", "Plan", ("a", "b"), billable=True, create_missing=True)
    return made(verbs.add(db, draft, start=NOW - 600, stop=NOW - 300, now=NOW).entry)


@pytest.fixture
def running(db: Database) -> TimeEntry:
    return made(timer.start(db, Draft("Running"), now=NOW - 60).entry)


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        (Changes(description=" Write\n it "), {"description": "Write it"}),
        (Changes(description=""), {"description": ""}),
        (Changes(billable=False), {"billable": False}),
        (Changes(start=NOW - 500), {"start": NOW - 500}),
        (Changes(stop=NOW - 200), {"stop": NOW - 200}),
        (Changes(start=NOW + 5, stop=NOW + 9), {"start": NOW + 5, "stop": NOW + 9}),
        (Changes(start=NOW - 300), {"start": NOW - 300}),
        (Changes(tags=()), {"tag_ids": ()}),
        (Changes(tags=("B", "new")), {"tag_ids": (2, 3)}),
        (Changes(tag_ids=(2,)), {"tag_ids": (2,)}),
        (Changes(tag_ids=(2, 1, 2)), {"tag_ids": (1, 2)}),
        (Changes(tags=("a",), tag_ids=(2,)), {"tag_ids": (1,)}),
        (Changes(task=None), {"task_id": None}),
        (Changes(task_id=None), {"task_id": None}),
        (Changes(task="PLAN"), {"task_id": 1}),
        (Changes(project="web"), {}),
        (Changes(project=None), {"project_id": None, "task_id": None}),
        (Changes(project_id=None), {"project_id": None, "task_id": None}),
        (Changes(project=None, task=None), {"project_id": None, "task_id": None}),
        (Changes(project=None, project_id=1), {"project_id": None, "task_id": None}),
        (Changes(project="Other", create_missing=True), {"project_id": 2, "task_id": None}),
        (
            Changes(project="Other", task="Build", create_missing=True),
            {"project_id": 2, "task_id": 2},
        ),
        (Changes(task="Build", create_missing=True), {"task_id": 2}),
        (Changes(), {}),
    ],
)
def test_what_is_not_mentioned_stays(
    db: Database, report: TimeEntry, changes: Changes, columns: dict[str, object]
) -> None:
    edited = edit(db, report, changes)
    assert edited._asdict() == {**report._asdict(), **columns}
    assert entries.get(db, report.id) == edited


def test_an_edit_is_one_step(db: Database, report: TimeEntry) -> None:
    changes = Changes(description="x", project="Other", tags=("new",), create_missing=True)
    outcome = verbs.edit(db, [report.id], changes, now=NOW)
    assert outcome.verb == "edit"
    assert outcome.changed == {"entry", "project", "tag"}
    past = undoing.undo(db)
    assert (past.verb, past.subject) == ("edit", "x")
    assert entries.get(db, report.id) == report
    assert len(catalogue.projects(db)) == 1


def test_an_edit_that_changes_nothing_is_no_step(db: Database, report: TimeEntry) -> None:
    steps = db.rows("SELECT * FROM step")
    outcome = verbs.edit(db, [report.id], {"description": "Report", "project": "WEB"}, now=NOW)
    assert outcome.changed == frozenset()
    assert outcome.entry == report
    assert db.rows("SELECT * FROM step") == steps


def test_several_are_edited_at_once(db: Database, report: TimeEntry) -> None:
    tea = add(db, -50, -40)
    changes = Changes(project="Break", tags=("c",), create_missing=True)
    outcome = verbs.edit(db, [report.id, tea.id], changes, now=NOW)
    assert outcome.entry == tea._replace(project_id=2, tag_ids=(3,))
    assert entries.get(db, report.id) == report._replace(project_id=2, task_id=None, tag_ids=(3,))
    undoing.undo(db)
    assert list(entries.everything(db)) == [report, tea]


def test_all_or_none_of_several(db: Database, refused: Check, report: TimeEntry) -> None:
    tea = add(db, -50, -40)
    with refused("stop lies before the start", field="stop"):
        verbs.edit(db, [report.id, tea.id], {"stop": NOW - 100}, now=NOW)
    with refused("There is no entry 99", error=NotFound):
        verbs.edit(db, [report.id, 99], {"description": "x"}, now=NOW)


def test_an_entry_has_to_be_named(db: Database, refused: Check) -> None:
    with refused("No entry was named. Name at least one."):
        verbs.edit(db, [], {"description": "x"}, now=NOW)


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        (Changes(description="x" * 3_001), "3,001 characters", "description"),
        (Changes(tags=[str(number) for number in range(51)]), "at most 50 tags", "tags"),
        (Changes(tag_ids=range(1, 52)), "at most 50 tags", "tags"),
        (Changes(tags=[" "]), "name of a tag cannot be empty", "name"),
        (Changes(start=NOW - 299), "stop lies before the start", "stop"),
        (Changes(start=NOW - 300 - MAX_SECONDS - 1), "at most 999 hours", "stop"),
        (Changes(stop=LATEST + 1), "stop lies outside the years 2006 to 2030", "stop"),
        (Changes(start=0), "start lies outside the years 2006 to 2030", "start"),
        (Changes(project=None, task="Plan"), "A task needs a project", "task"),
        (Changes(project_id=None, task_id=1), "A task needs a project", "task"),
        (
            Changes(project="Other", task_id=1, create_missing=True),
            "task of another project",
            "task",
        ),
        (Changes(project=" ", create_missing=True), "name of a project cannot be empty", "name"),
        (Changes(task="x" * 256, create_missing=True), "at most 255 characters", "name"),
    ],
)
def test_what_is_against_a_rule_is_refused(
    db: Database, refused: Check, report: TimeEntry, changes: Changes, words: str, field: str
) -> None:
    with refused(words, field=field):
        edit(db, report, changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (Changes(project="Wep"), "There is no project “Wep”. Did you mean “Web”?"),
        (Changes(task="Pan"), "“Web” has no task “Pan”. Did you mean “Plan”?"),
        (Changes(project_id=9), "There is no project 9"),
        (Changes(project_id=9, task="x"), "There is no project 9"),
        (Changes(task_id=9), "There is no task 9"),
        (Changes(tag_ids=(1, 9)), "There is no tag 9"),
    ],
)
def test_what_is_not_there_is_named(
    db: Database, refused: Check, report: TimeEntry, changes: Changes, words: str
) -> None:
    with refused(words, error=NotFound):
        edit(db, report, changes)


def test_the_most_tags_and_the_longest_description(db: Database, report: TimeEntry) -> None:
    edited = edit(
        db,
        report,
        {"tags": [str(number) for number in range(50)], "description": f"{'x' * 3_000}  "},
    )
    assert len(edited.tag_ids) == 50
    assert len(edited.description) == 3_000


def test_the_running_entry_can_be_edited_but_not_ended(
    db: Database, refused: Check, running: TimeEntry
) -> None:
    changed = edit(db, running, {"description": "x", "start": NOW})
    assert changed == running._replace(description="x", start=NOW)
    with refused("The entry is running. Stop it to give it an end.", field="stop"):
        edit(db, running, {"stop": NOW})
    with refused("cannot start in the future", field="start"):
        edit(db, running, {"start": NOW + 1})


def test_the_running_entry_may_have_begun_before_others_ended(
    db: Database, running: TimeEntry
) -> None:
    tea = add(db, -100, -90)
    long_ago = NOW - 2 * MAX_SECONDS
    assert edit(db, running, {"start": NOW - 95}).start == NOW - 95
    assert edit(db, running, {"start": long_ago}).start == long_ago
    assert entries.get(db, tea.id) == tea


def test_or_have_them_trimmed(db: Database, running: TimeEntry) -> None:
    tea = add(db, -100, -90)
    edit(db, running, {"start": NOW - 95}, trim=True)
    assert entries.get(db, tea.id) == tea._replace(stop=NOW - 95)
    undoing.undo(db)
    assert entries.get(db, tea.id) == tea
    assert entries.get(db, running.id) == running


def test_trimming_drops_no_entry(db: Database, refused: Check, running: TimeEntry) -> None:
    add(db, -100, -90)
    with refused("“Tea” lies wholly inside", field="start"):
        edit(db, running, {"start": NOW - 100}, trim=True)


def test_those_that_are_edited_do_not_trim_each_other(db: Database) -> None:
    one, two, beside = add(db, -50, -40), add(db, -30, -20), add(db, -12, -2, "beside")
    verbs.edit(db, [one.id, two.id], {"stop": NOW - 10}, now=NOW, trim=True)
    assert entries.get(db, one.id).stop == entries.get(db, two.id).stop == NOW - 10
    assert entries.get(db, beside.id) == beside._replace(start=NOW - 10)


def test_an_entry_with_times_no_longer_allowed_can_be_renamed(
    db: Database, report: TimeEntry
) -> None:
    db.run("UPDATE entry SET stop = ? WHERE id = ?", (LATEST + 100, report.id))
    assert edit(db, report, {"description": "x"}).description == "x"


def test_an_entry_of_an_archived_project_can_be_renamed(db: Database, report: TimeEntry) -> None:
    catalogue_verbs.archive(db, "project", 1, now=NOW)
    catalogue_verbs.archive(db, "task", 1, now=NOW)
    assert edit(db, report, {"description": "x"}) == report._replace(description="x")
