"""Where new things go when there is more than one workspace."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tray.errors import NotFound
from tray.store import catalogue
from tray.store.database import Database
from tray.tracker import catalogue as things
from tray.tracker import timer, workspaces
from tray.tracker.resolve import Draft

NOW = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def two(db: Database) -> Database:
    db.run("INSERT INTO workspace (name) VALUES ('Second')")
    return db


def test_new_things_go_to_the_oldest_until_another_is_chosen(two: Database) -> None:
    assert catalogue.workspace_of_new(two) == 1
    workspaces.use_for_new(two, 2)
    client = things.create_client(two, "C", now=NOW).created_id
    project = things.create_project(two, "P", now=NOW).created_id
    tag = things.create_tag(two, "T", now=NOW).created_id
    entry = timer.start(two, Draft("x", tags=("deep",)), now=NOW).entry
    assert entry is not None
    found = {
        catalogue.get(two, "client", client).workspace_id,
        catalogue.get(two, "project", project).workspace_id,
        catalogue.get(two, "tag", tag).workspace_id,
        entry.workspace_id,
    }
    assert found == {2}


def test_what_names_a_project_goes_where_that_is(two: Database) -> None:
    things.create_project(two, "P", now=NOW)
    workspaces.use_for_new(two, 2)
    entry = timer.start(two, Draft("x", "P"), now=NOW).entry
    assert entry is not None
    assert entry.workspace_id == 1


def test_one_can_choose_the_first_again(two: Database, refused: Check) -> None:
    workspaces.use_for_new(two, 2)
    workspaces.use_for_new(two, 1)
    assert catalogue.workspace_of_new(two) == 1
    with refused("That workspace is no longer there", error=NotFound):
        workspaces.use_for_new(two, 9)
