"""What named a client, project, task or tag that is deleted goes without, or to another."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final, get_args

import pytest

from tray.errors import NotFound
from tray.model.entities import What
from tray.store import catalogue, entries, favourites, undoing
from tray.store.catalogue import Kind
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.tracker import catalogue as things
from tray.tracker import entries as entry_verbs
from tray.tracker import favourites as pins
from tray.tracker import removal, timer
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Check = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def full(db: Database) -> Database:
    """Two entries of project, task and tags, another one, one that runs, and a favourite."""
    web = Draft("x", "Web", "Plan", ("deep", "early"), create_missing=True)
    for number, draft in enumerate((web, web, Draft("y", "Shop", "Plan", create_missing=True))):
        begin = NOW - 1_000 * number - 900
        entry_verbs.add(db, draft, start=begin, stop=begin + 600, now=NOW)
    timer.start(db, Draft("z", "Web", tags=("deep",)), now=NOW)
    pins.pin(db, web, now=NOW)
    acme = things.create_client(db, "Acme", now=NOW).created_id
    things.create_client(db, "Zoo", now=NOW)
    things.edit_project(db, 1, {"client_id": acme}, now=NOW)
    return db


def whats(db: Database) -> list[What]:
    return [entry.what for entry in entries.everything(db)]


def dump(db: Database) -> dict[str, Any]:
    return {table: db.rows(f"SELECT * FROM {table} ORDER BY id") for table in COLUMNS}


def named(db: Database, kind: Kind, name: str) -> int:
    (row,) = db.row(f"SELECT id FROM {kind} WHERE name = ?", (name,))
    return int(row)


def test_what_was_done_for_a_project_goes_on_without_it(full: Database) -> None:
    outcome = removal.delete(full, "project", named(full, "project", "Web"), now=NOW)
    assert outcome.changed == {"entry", "favourite", "task", "project"}
    assert [project.name for project in catalogue.projects(full)] == ["Shop"]
    assert [task.project_id for task in catalogue.tasks(full)] == [2]
    assert [(what.description, what.project_id, what.task_id) for what in whats(full)] == [
        ("y", 2, 2),
        ("x", None, None),
        ("x", None, None),
        ("z", None, None),
    ]
    assert [pinned.what.project_id for pinned in favourites.everything(full)] == [None]


def test_a_project_merges_into_another_with_its_tasks(full: Database) -> None:
    web, shop = named(full, "project", "Web"), named(full, "project", "Shop")
    things.create_task(full, web, "Unused", now=NOW)
    draw = things.create_task(full, web, "Draw", now=NOW).created_id
    entry_verbs.edit(full, [1], {"task_id": draw}, now=NOW)
    outcome = removal.merge(full, "project", web, shop, now=NOW)
    assert (outcome.verb, outcome.created_id) == ("merge project", shop)
    tasks = catalogue.tasks(full)
    assert [(task.name, task.project_id) for task in tasks] == [("Draw", shop), ("Plan", shop)]
    by_id = {task.id: task.name for task in tasks}
    assert [(what.project_id, by_id.get(what.task_id or 0)) for what in whats(full)] == [
        (shop, "Plan"),
        (shop, "Plan"),
        (shop, "Draw"),
        (shop, None),
    ]


def test_projects_of_a_client_go_to_another_or_without(full: Database, refused: Check) -> None:
    acme, zoo = named(full, "client", "Acme"), named(full, "client", "Zoo")
    removal.merge(full, "client", acme, zoo, now=NOW)
    assert catalogue.get(full, "project", 1).client_id == zoo
    things.create_project(full, "Web", now=NOW)
    with refused("a project called “Web” already", field="name"):
        removal.delete(full, "client", zoo, now=NOW)


def test_a_tag_is_replaced_by_another_once(full: Database) -> None:
    deep, early = named(full, "tag", "deep"), named(full, "tag", "early")
    removal.merge(full, "tag", deep, early, now=NOW)
    assert [what.tag_ids for what in whats(full)] == [(), (early,), (early,), (early,)]
    removal.delete(full, "tag", early, now=NOW)
    assert {what.tag_ids for what in whats(full)} == {()}
    assert catalogue.tags(full) == []


def test_a_task_takes_its_entries_to_the_project_of_the_other(full: Database) -> None:
    removal.merge(full, "task", 1, 2, now=NOW)
    assert [(what.project_id, what.task_id) for what in whats(full)][:3] == [(2, 2)] * 3
    removal.delete(full, "task", 2, now=NOW)
    assert {what.task_id for what in whats(full)} == {None}


def test_what_is_pinned_twice_then_is_pinned_once(full: Database) -> None:
    pins.pin(full, Draft("x", "Shop", tags=("deep", "early")), now=NOW)
    pins.pin(full, Draft("", "Web"), now=NOW)
    entry = favourites.everything(full)[0]
    assert entry.what.task_id is not None
    removal.delete(full, "task", entry.what.task_id, now=NOW)
    removal.merge(full, "project", 1, 2, now=NOW)
    pinned = [(each.what.description, each.what.project_id) for each in favourites.everything(full)]
    assert pinned == [("x", 2), ("", 2)]
    removal.delete(full, "project", 2, now=NOW)
    assert [each.what.description for each in favourites.everything(full)] == ["x"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("into", [None, 2])
def test_all_of_it_is_one_step(full: Database, kind: Kind, into: int | None) -> None:
    before = dump(full)
    removal.delete(full, kind, 1, now=NOW, move_to=into)
    after = dump(full)
    assert after != before
    undoing.undo(full)
    assert dump(full) == before
    undoing.redo(full)
    assert dump(full) == after
    assert undoing.undo(full).verb == f"delete {kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_there_have_to_be_two(full: Database, refused: Check, kind: Kind) -> None:
    before = dump(full)
    with refused(f"That is the same {kind}", field=kind):
        removal.merge(full, kind, 1, 1, now=NOW)
    with refused(f"There is no {kind} 99", error=NotFound):
        removal.merge(full, kind, 1, 99, now=NOW)
    with refused(f"There is no {kind} 99", error=NotFound):
        removal.delete(full, kind, 99, now=NOW)
    assert dump(full) == before


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_to_another_workspace(db: Database, refused: Check, kind: Kind) -> None:
    db.run("INSERT INTO workspace (name) VALUES ('Other')")
    for workspace in (1, 2):
        things.create_client(db, "C", now=NOW, workspace_id=workspace)
        things.create_tag(db, "T", now=NOW, workspace_id=workspace)
        made = things.create_project(db, "P", now=NOW, workspace_id=workspace).created_id
        things.create_task(db, made, "K", now=NOW)
    with refused("belongs to another workspace", field=kind):
        removal.merge(db, kind, 1, 2, now=NOW)
    with refused("The client “C” belongs to another workspace", field="client"):
        things.edit_project(db, 1, {"client_id": 2}, now=NOW)
    things.edit_project(db, 2, {"client": "c"}, now=NOW)
    assert catalogue.get(db, "project", 2).client_id == 2


def test_a_project_takes_its_entries_along(full: Database, refused: Check) -> None:
    before = dump(full)
    outcome = removal.delete_with_entries(full, named(full, "project", "Web"), now=NOW)
    assert outcome.changed == {"entry", "favourite", "task", "project"}
    assert [(what.description, what.project_id) for what in whats(full)] == [("y", 2)]
    assert [project.name for project in catalogue.projects(full)] == ["Shop"]
    after = dump(full)
    undoing.undo(full)
    assert dump(full) == before
    undoing.redo(full)
    assert dump(full) == after
    with refused("There is no project 99", error=NotFound):
        removal.delete_with_entries(full, 99, now=NOW)
