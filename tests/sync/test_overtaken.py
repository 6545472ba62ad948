"""What was done here a while ago is sent only after a look whether it was changed elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.pair import is_put
from tests.sync.rig import Rig
from tray.store import conflicts, entries
from tray.tracker import catalogue
from tray.tracker import entries as verbs

MINUTE = 60


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A computer in step with an account that has a project and an entry."""
    rig = Rig(tmp_path)
    project = rig.account.add_project("Project")
    rig.account.add(rig.now - 600, rig.now - 300, description="Entry", project_id=project)
    rig.sign_in()
    rig.run(MINUTE)
    yield rig
    rig.db.close()


def offline(rig: Rig) -> None:
    rig.adapter.online = False


def online(rig: Rig) -> None:
    rig.adapter.online = True
    rig.engine.sync_now()
    rig.run(5)


def test_a_project_renamed_here_and_elsewhere_tells_both_names(rig: Rig) -> None:
    offline(rig)
    catalogue.rename(rig.db, "project", 1, "Mine", now=rig.now)
    (project,) = rig.account.projects
    rig.now += 1
    rig.account.edit_project(project, name="Theirs")
    rig.now += 5 * MINUTE
    online(rig)
    (found,) = conflicts.every(rig.db)
    assert (found.ours, found.theirs) == ({"name": "Mine"}, {"name": "Theirs"})


def test_it_costs_no_request_more(rig: Rig) -> None:
    offline(rig)
    catalogue.rename(rig.db, "project", 1, "Mine", now=rig.now)
    rig.now += 5 * MINUTE
    before = len(rig.service.log)
    online(rig)
    asked = [(each.method, each.path.rsplit("/", 1)[-1]) for each in rig.service.log[before:]]
    (project,) = rig.account.projects
    assert asked == [("GET", "me"), ("PUT", str(project)), ("GET", "time_entries")]


@pytest.mark.parametrize("fault", ["drop_before_commit", "drop_after_commit"])
def test_after_a_try_that_failed_it_looks_again(rig: Rig, fault: str) -> None:
    offline(rig)
    (entry,) = entries.everything(rig.db)
    verbs.edit(rig.db, [entry.id], {"description": "Mine"}, now=rig.now)
    rig.now += 5 * MINUTE
    rig.adapter.faults.next(fault, is_put)
    online(rig)
    offline(rig)
    (there,) = rig.account.entries()
    rig.account.edit(there.id, description="Theirs")
    rig.now += 5 * MINUTE
    online(rig)
    (found,) = conflicts.every(rig.db)
    assert (found.ours, found.theirs) == ({"description": "Mine"}, {"description": "Theirs"})
