"""What is done to several projects, clients or tasks is one request, where there is one for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sync.rig import Rig
from tray.store import catalogue
from tray.store.catalogue import Kind
from tray.tracker import catalogue as things
from tray.tracker import removal


@pytest.fixture(params=[9, 8])
def rig(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rig]:
    rig = Rig(tmp_path, version=request.param, premium=True)
    for name in ("Site", "Shop", "Farm"):
        project = rig.account.add_project(name)
        rig.account.add_client(f"{name} Ltd")
    for name in ("Draw", "Write", "Read"):
        rig.account.add_task(project, name)
    rig.sign_in()
    rig.run(60)
    yield rig
    rig.db.close()


def ids(rig: Rig, kind: Kind) -> list[int]:
    return [each.id for each, _ in catalogue.names(rig.db).labels(kind)]


def sent(rig: Rig, begin: int) -> list[str]:
    """The changes among the requests since, without the numbers."""
    return [
        f"{each.method} {each.path.partition('/api/v')[2][1:]}"
        for each in rig.service.log[begin:]
        if each.method != "GET"
    ]


def count(request: str) -> int:
    """How many things a request names in its path."""
    return request.rpartition("/")[2].count(",") + 1


def test_tasks_that_are_done_at_once(rig: Rig) -> None:
    begin = len(rig.service.log)
    things.archive(rig.db, "task", *ids(rig, "task"), now=rig.now)
    rig.run(60)
    (request,) = sent(rig, begin)
    assert (request.partition(" ")[0], count(request)) == (
        "PUT" if rig.version == 8 else "PATCH",
        3,
    )
    assert not any(task.active for task in rig.account.tasks.values())


def test_projects_that_get_one_colour(rig: Rig) -> None:
    begin = len(rig.service.log)
    things.edit_projects(rig.db, ids(rig, "project"), {"colour": "#d94182"}, now=rig.now)
    rig.run(60)
    assert len(sent(rig, begin)) == (3 if rig.version == 8 else 1)
    assert {row.colour for row in rig.account.projects.values()} == {"#d94182"}


@pytest.mark.parametrize("kind", ["project", "task", "client"])
def test_what_is_deleted_at_once(rig: Rig, kind: Kind) -> None:
    begin = len(rig.service.log)
    removal.delete(rig.db, kind, *ids(rig, kind), now=rig.now)
    rig.run(60)
    at_once = {8: ("project", "task"), 9: ("client",)}[rig.version]
    assert len(sent(rig, begin)) == (1 if kind in at_once else 3)
    table: dict[int, Any] = getattr(rig.account, f"{kind}s")
    assert all(row.deleted_at is not None for row in table.values())
    assert ids(rig, kind) == []


def test_one_that_is_gone_keeps_no_other_from_going(rig: Rig) -> None:
    gone = next(iter(rig.account.tasks))
    rig.account.delete_task(gone)
    removal.delete(rig.db, "task", *ids(rig, "task"), now=rig.now)
    rig.run(600)
    assert all(row.deleted_at is not None for row in rig.account.tasks.values())


def test_one_that_is_refused_keeps_no_other_from_changing(rig: Rig) -> None:
    taken = next(iter(rig.account.projects.values()))
    rig.account.delete_project(taken.id)
    mine = ids(rig, "project")
    things.edit_projects(rig.db, mine, {"colour": "#d94182"}, now=rig.now)
    rig.run(600)
    left = [row for row in rig.account.projects.values() if row.deleted_at is None]
    assert {row.colour for row in left} == {"#d94182"}
    assert len(ids(rig, "project")) == 2


def test_several_clients_are_archived_and_restored(tmp_path: Path) -> None:
    rig = Rig(tmp_path, premium=True)
    for name in ("One", "Two"):
        rig.account.add_client(name)
    rig.sign_in()
    rig.run(60)
    begin = len(rig.service.log)
    things.archive(rig.db, "client", *ids(rig, "client"), now=rig.now)
    rig.run(60)
    assert [each.rpartition("/")[2] for each in sent(rig, begin)] == ["archive"]
    assert all(row.archived for row in rig.account.clients.values())
    things.archive(rig.db, "client", *ids(rig, "client"), now=rig.now, archived=False)
    rig.run(60)
    assert not any(row.archived for row in rig.account.clients.values())
    rig.db.close()
