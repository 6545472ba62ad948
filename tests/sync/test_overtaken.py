"""What was done here a while ago is sent only after a look whether it was changed elsewhere."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.sync.pair import is_put
from tests.sync.rig import OWN, Rig
from tray.store import conflicts, entries, journal
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
    told = [line.text for line in journal.latest(rig.db, 20)]
    assert any(line.endswith("was kept. Not kept: “Mine”.") for line in told)


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


def edited_on_both(rig: Rig) -> None:
    """Give the entry a name elsewhere, and another here before anybody has looked."""
    entry, there = entries.newest(rig.db, 1)[0], rig.account.entries()[-1]
    rig.account.edit(there.id, description="Theirs")
    rig.now += 2
    verbs.edit(rig.db, [entry.id], {"description": "Mine"}, now=rig.now)
    rig.run(1)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Rig]:
    """A computer in step with a server that counts no requests, and has four entries."""
    own = Rig(tmp_path)
    own.url = OWN
    own.service.quota.told = False
    own.account.not_offered = frozenset({"/me/quota"})
    for number in range(4):
        own.account.add(own.now - 600 + number, own.now - 300, description="Entry")
    own.sign_in()
    own.run(MINUTE)
    own.now += 2
    yield own
    own.db.close()


def test_where_requests_cost_nothing_what_is_overwritten_is_told(own: Rig) -> None:
    edited_on_both(own)
    assert sorted(row[0] for row in own.theirs()) == ["Entry", "Entry", "Entry", "Mine"]
    (found,) = conflicts.every(own.db)
    assert (found.ours, found.theirs) == ({"description": "Mine"}, {"description": "Theirs"})


def test_there_what_a_deletion_takes_along_is_told(own: Rig) -> None:
    entry, there = entries.newest(own.db, 1)[0], own.account.entries()[-1]
    own.account.edit(there.id, description="Theirs")
    own.now += 2
    verbs.delete(own.db, [entry.id], now=own.now)
    own.run(MINUTE)
    assert sorted(row[0] for row in own.theirs()) == 3 * ["Entry"]
    assert journal.latest(own.db, 1)[0].text == "“Theirs” was deleted on the server."


def test_at_toggl_it_is_sent_at_once_for_one_request(rig: Rig) -> None:
    before = len(rig.service.log)
    edited_on_both(rig)
    assert [each.method for each in rig.service.log[before:]] == ["PUT"]
    assert [row[0] for row in rig.theirs()] == ["Mine"]


def test_many_edits_cost_one_look(own: Rig) -> None:
    before = len(own.service.log)
    for number, entry in enumerate(entries.everything(own.db)):
        verbs.edit(own.db, [entry.id], {"description": f"Mine {number}"}, now=own.now)
    own.run(5)
    methods = [each.method for each in own.service.log[before:]]
    assert methods.count("PUT") == 4
    assert [method for method, _ in groupby(methods)] == ["GET", "PUT"], "not one for each"


def test_after_the_clock_was_set_back_it_does_not_look_for_ever(own: Rig) -> None:
    verbs.edit(own.db, [1], {"description": "Mine"}, now=own.now + 600)
    before = len(own.service.log)
    own.run(5)
    methods = [each.method for each in own.service.log[before:]]
    assert methods.count("PUT") == 1
    assert len(methods) < 4
