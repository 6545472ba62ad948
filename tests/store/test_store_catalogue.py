from typing import get_args

import pytest

from tray.errors import NotFound
from tray.model.entities import Client, Project, Tag, Task, Workspace
from tray.model.workspace_names import FIRST_WORKSPACE
from tray.store import catalogue
from tray.store.catalogue import Kind
from tray.store.database import Database

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.fixture
def full(db: Database) -> Database:
    db.run("INSERT INTO client (workspace_id, name) VALUES (1, 'Zoo')")
    db.run("INSERT INTO client (workspace_id, name, archived) VALUES (1, 'acme', 1)")
    db.run(
        "INSERT INTO project (workspace_id, name, client_id, colour, archived, billable) "
        "VALUES (1, 'web', 2, '#0b83d9', 0, 1), (1, 'App', NULL, '#06a893', 1, 0)"
    )
    db.run("INSERT INTO task (project_id, name, archived) VALUES (1, 'test', 0), (1, 'Plan', 1)")
    db.run("INSERT INTO tag (workspace_id, name, archived) VALUES (1, 'deep', 0), (1, 'Bug', 1)")
    return db


def test_a_new_database_has_one_workspace_and_nothing_in_it(db: Database) -> None:
    assert catalogue.workspaces(db) == [Workspace(1, FIRST_WORKSPACE)]
    assert catalogue.names(db)[:4] == ({}, {}, {}, {})


def test_lists_are_by_name_whatever_the_case(full: Database) -> None:
    assert catalogue.clients(full) == [Client(2, 1, "acme", True), Client(1, 1, "Zoo", False)]
    assert catalogue.projects(full) == [
        Project(2, 1, "App", None, "#06a893", archived=True, billable=False),
        Project(1, 1, "web", 2, "#0b83d9", archived=False, billable=True),
    ]
    assert catalogue.tasks(full) == [Task(2, 1, "Plan", True), Task(1, 1, "test", False)]
    assert catalogue.tags(full) == [Tag(2, 1, "Bug", True), Tag(1, 1, "deep", False)]


def test_names_find_everything_by_id(full: Database) -> None:
    names = catalogue.names(full)
    assert names.clients == {each: catalogue.get(full, "client", each) for each in (1, 2)}
    assert names.projects == {each: catalogue.get(full, "project", each) for each in (1, 2)}
    assert names.tasks == {each: catalogue.get(full, "task", each) for each in (1, 2)}
    assert names.tags == {each: catalogue.get(full, "tag", each) for each in (1, 2)}


@pytest.mark.parametrize("missing", [0, 3, 2**63])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_is_named(full: Database, kind: Kind, missing: int) -> None:
    with pytest.raises(NotFound, match=f"no {kind} {missing}") as caught:
        catalogue.get(full, kind, missing)
    assert caught.value.kind == kind
