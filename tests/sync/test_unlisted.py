"""What was deleted elsewhere is told from what was archived there, where no list names either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.rig import Rig
from tray.store import catalogue

HOUR = 3_600


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path, version=8, premium=True)
    project = rig.account.add_project("Site")
    for name in ("Draw", "Write"):
        rig.account.add_task(project, name)
    rig.account.add_project("Shop")
    rig.sign_in()
    yield rig
    rig.db.close()


def number(rig: Rig, name: str) -> int:
    tables = (rig.account.projects, rig.account.tasks)
    return next(row.id for table in tables for row in table.values() if row.name == name)


def here(rig: Rig) -> dict[str, bool]:
    """The names of projects and tasks, and whether each is archived."""
    found = {each.name: each.archived for each in catalogue.projects(rig.db)}
    return found | {each.name: each.archived for each in catalogue.tasks(rig.db)}


def test_what_was_deleted_goes_and_what_was_archived_stays(rig: Rig) -> None:
    rig.account.add(rig.now - 60, rig.now, description="Call", project_id=number(rig, "Shop"))
    rig.run(60)
    rig.account.delete_project(number(rig, "Shop"))
    rig.account.delete_task(number(rig, "Draw"))
    rig.account.edit_task(number(rig, "Write"), active=False)
    rig.run(13 * HOUR)
    assert here(rig) == {"Site": False, "Write": True}
    assert [row[3] for row in rig.ours()] == [None]


def test_what_was_archived_before_it_was_deleted_goes_too(rig: Rig) -> None:
    rig.account.edit_project(number(rig, "Shop"), active=False)
    rig.run(13 * HOUR)
    assert here(rig)["Shop"]
    rig.account.delete_project(number(rig, "Shop"))
    rig.run(25 * HOUR)
    assert "Shop" not in here(rig)


def test_v9_is_asked_only_for_what_has_just_left_the_list(tmp_path: Path) -> None:
    rig = Rig(tmp_path, premium=True)
    for name in ("Site", "Shop"):
        rig.account.add_task(rig.account.add_project(name), f"Plan {name}")
    rig.sign_in()
    rig.run(60)
    rig.account.delete_project(number(rig, "Shop"))
    rig.account.delete_task(number(rig, "Plan Site"))
    rig.engine.sync_now()
    rig.run(60)
    assert here(rig) == {"Site": False}
    before = len(rig.service.log)
    rig.engine.sync_now()
    rig.run(60)
    assert not [each for each in rig.service.log[before:] if "projects" in each.path]
    rig.db.close()


def test_a_server_without_the_list_loses_nothing_here(rig: Rig) -> None:
    rig.account.not_offered = frozenset({f"/workspaces/{rig.account.workspace_id}/projects"})
    rig.account.delete_project(number(rig, "Shop"))
    rig.engine.sync_now()
    rig.run(60)
    assert here(rig)["Shop"]


def test_many_are_looked_for_in_the_list_of_all_first(rig: Rig) -> None:
    names = [f"P{each}" for each in range(9)]
    for name in names:
        rig.account.add_project(name)
    rig.engine.sync_now()
    rig.run(60)
    for name in names[:4]:
        rig.account.delete_project(number(rig, name))
    before = len(rig.service.log)
    rig.engine.sync_now()
    rig.run(60)
    assert [name for name in names if name in here(rig)] == names[4:]
    asked = [each.path.rpartition("/")[2] for each in rig.service.log[before:]]
    assert asked.count("projects") == 1
