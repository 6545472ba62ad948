"""What is started without a project gets the default one of the workspace new things go to."""

import pytest

from tray import clock
from tray.store import catalogue as stored
from tray.store.database import Database
from tray.tracker import catalogue
from tray.tracker.default_project import NO_DEFAULT, DefaultProject, default_project


@pytest.fixture
def acme(db: Database) -> int:
    for name in ("Acme", "Büro 2"):
        catalogue.create_project(db, name, now=clock.now())
    return next(each.id for each in stored.projects(db) if each.name == "Acme")


def default(db: Database, wanted: str, workspace_id: int | None = None) -> DefaultProject:
    here = stored.workspace_of_new(db) if workspace_id is None else workspace_id
    return default_project(wanted, stored.names(db), here)


def test_it_is_named_as_in_a_line(db: Database, acme: int) -> None:
    colour = stored.get(db, "project", acme).colour
    for wanted in ("Acme", " acme ;", "; ACME; Büro 2"):
        assert default(db, wanted) == DefaultProject("Acme", colour)
    assert default(db, "büro 2").name == "Büro 2"


def test_nothing_wanted_is_no_default_and_no_problem(db: Database) -> None:
    assert default(db, "") == default(db, " ; ") == NO_DEFAULT


def test_one_of_another_workspace_does_not_count_here(db: Database, acme: int) -> None:
    elsewhere = stored.get(db, "project", acme).workspace_id + 1
    assert default(db, "Acme", elsewhere) == NO_DEFAULT


def test_one_that_is_archived_or_gone_is_named(db: Database, acme: int) -> None:
    now = clock.now()
    catalogue.archive(db, "project", acme, now=now, archived=True)
    found = default(db, "Acme")
    assert found.name is None
    assert "Acme" in found.problem
    assert default(db, "Nowhere; Büro 2").name == "Büro 2"
    gone = default(db, "Nowhere")
    assert gone.name is None
    assert "Nowhere" in gone.problem
