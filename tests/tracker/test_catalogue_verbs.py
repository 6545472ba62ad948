from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, get_args

import pytest

from tray.errors import NotFound
from tray.model import colours
from tray.model.entities import Client, Project, Tag, Task
from tray.store import catalogue, entries, undoing
from tray.store.catalogue import Kind
from tray.store.database import Database
from tray.tracker import catalogue as verbs
from tray.tracker import timer
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Check = Callable[..., AbstractContextManager[None]]


def create(db: Database, kind: Kind, name: str) -> Outcome:
    """Make a thing; tasks belong to project 1, which is made if it has to be."""
    match kind:
        case "client":
            return verbs.create_client(db, name, now=NOW)
        case "project":
            return verbs.create_project(db, name, now=NOW)
        case "tag":
            return verbs.create_tag(db, name, now=NOW)
    if not catalogue.projects(db):
        verbs.create_project(db, "Home of tasks", now=NOW)
    return verbs.create_task(db, 1, name, now=NOW)


def names(db: Database, kind: Kind) -> list[str]:
    table = db.rows(f"SELECT name FROM {kind} ORDER BY id")
    return [name for (name,) in table if name != "Home of tasks"]


def test_things_are_made_as_they_were_asked_for(db: Database) -> None:
    client = create(db, "client", " Acme\n Ltd ").created_id
    project = verbs.create_project(
        db, "Web", now=NOW, changes={"client_id": client, "colour": "#ABCDEF", "billable": True}
    ).created_id
    task = verbs.create_task(db, project, "Plan", now=NOW).created_id
    tag = create(db, "tag", "deep").created_id
    assert catalogue.get(db, "client", client) == Client(client, 1, "Acme Ltd")
    assert catalogue.get(db, "project", project) == Project(
        project, 1, "Web", client, "#abcdef", archived=False, billable=True
    )
    assert catalogue.get(db, "task", task) == Task(task, project, "Plan")
    assert catalogue.get(db, "tag", tag) == Tag(tag, 1, "deep")


@pytest.mark.parametrize("kind", KINDS)
def test_making_is_a_step_of_its_own(db: Database, kind: Kind) -> None:
    outcome = create(db, kind, "New")
    assert outcome.verb == f"create {kind}"
    assert outcome.changed == {kind}
    assert outcome.entry is None
    past = undoing.undo(db)
    assert (past.verb, past.subject) == (f"create {kind}", "New")
    assert names(db, kind) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("same", ["Café", "CAFE\N{COMBINING ACUTE ACCENT}", " café "])
def test_a_name_is_given_once(db: Database, refused: Check, kind: Kind, same: str) -> None:
    first = create(db, kind, "Café").created_id
    with refused(f"a {kind} called “Café” already. Choose another", field="name"):
        create(db, kind, same)
    verbs.archive(db, kind, first, now=NOW)
    with refused("“Café” already (it is archived). Choose another", field="name"):
        create(db, kind, same)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_neither_empty_nor_too_long(db: Database, refused: Check, kind: Kind) -> None:
    create(db, kind, "x" * 255)
    with refused(f"The name of a {kind} cannot be empty", field="name"):
        create(db, kind, "  ")
    with refused("at most 255 characters, this one has 256", field="name"):
        create(db, kind, "x" * 256)


def test_different_clients_may_have_projects_of_the_same_name(db: Database, refused: Check) -> None:
    acme, zoo = create(db, "client", "Acme").created_id, create(db, "client", "Zoo").created_id
    create(db, "project", "Web")
    for client in (acme, zoo):
        verbs.create_project(db, "Web", now=NOW, changes={"client_id": client})
    with refused("a project called “Web” already", field="name"):
        verbs.create_project(db, "WEB", now=NOW, changes={"client_id": zoo})
    with refused("a project called “Web” already", field="name"):
        verbs.edit_project(db, 1, {"client_id": acme}, now=NOW)
    with refused("a project called “Web” already", field="name"):
        verbs.edit_project(db, 2, {"client_id": None}, now=NOW)


def test_different_projects_may_have_tasks_of_the_same_name(db: Database) -> None:
    one, two = create(db, "project", "A").created_id, create(db, "project", "B").created_id
    assert verbs.create_task(db, one, "Plan", now=NOW).created_id == 1
    assert verbs.create_task(db, two, "Plan", now=NOW).created_id == 2


def test_projects_get_colours_of_their_own(db: Database) -> None:
    for number in range(3):
        create(db, "project", str(number))
    verbs.archive(db, "project", 1, now=NOW)
    create(db, "project", "3")
    found = sorted(catalogue.projects(db))
    assert [project.colour for project in found[:3]] == list(colours.PALETTE[:3])
    assert found[3].colour == colours.PALETTE[0], "that of an archived one is free again"


def test_a_project_takes_only_what_there_is(db: Database, refused: Check) -> None:
    project = create(db, "project", "Web").created_id
    for changes, words in (
        (verbs.ProjectChanges(colour="blue"), "'blue' is not a colour. Write it as #rrggbb"),
    ):
        with refused(words, field="colour"):
            verbs.create_project(db, "App", now=NOW, changes=changes)
        with refused(words, field="colour"):
            verbs.edit_project(db, project, changes, now=NOW)
    with refused("There is no client 9", error=NotFound):
        verbs.create_project(db, "App", now=NOW, changes={"client_id": 9})
    with refused("There is no client 9", error=NotFound):
        verbs.edit_project(db, project, {"client_id": 9}, now=NOW)
    with refused("There is no project 9", error=NotFound):
        verbs.edit_project(db, 9, {"billable": True}, now=NOW)
    with refused("There is no project 9", error=NotFound):
        verbs.create_task(db, 9, "Plan", now=NOW)


def test_a_client_can_be_given_by_name_and_is_made_in_the_same_step(
    db: Database, refused: Check
) -> None:
    outcome = verbs.create_project(db, "Web", now=NOW, changes={"client": "Acme"})
    assert outcome.changed == {"client", "project"}
    assert catalogue.get(db, "project", 1).client_id == 1
    verbs.create_project(db, "App", now=NOW, changes={"client": "ACME", "client_id": None})
    assert catalogue.get(db, "project", 2).client_id == 1
    assert names(db, "client") == ["Acme"]
    with refused("The name of a client cannot be empty", field="name"):
        verbs.edit_project(db, 1, {"client": " "}, now=NOW)
    undoing.undo(db)
    undoing.undo(db)
    assert names(db, "client") == []


def test_a_project_is_changed_where_that_is_said(db: Database) -> None:
    client = create(db, "client", "Acme").created_id
    project = create(db, "project", "Web").created_id
    before: Project = catalogue.get(db, "project", project)
    outcome = verbs.edit_project(
        db, project, {"client_id": client, "colour": "#000000", "billable": True}, now=NOW
    )
    assert (outcome.verb, outcome.created_id) == ("edit project", project)
    after = before._replace(client_id=client, colour="#000000", billable=True)
    assert catalogue.get(db, "project", project) == after
    verbs.edit_project(db, project, {"client_id": None}, now=NOW)
    assert catalogue.get(db, "project", project) == after._replace(client_id=None)
    undoing.undo(db)
    assert undoing.undo(db).subject == "Web"
    assert catalogue.get(db, "project", project) == before


def test_a_change_to_the_same_is_no_step(db: Database) -> None:
    project = create(db, "project", "Web").created_id
    steps = db.rows("SELECT * FROM step")
    same = verbs.ProjectChanges(colour=colours.PALETTE[0].upper(), billable=False, client_id=None)
    assert verbs.edit_project(db, project, same, now=NOW).changed == frozenset()
    assert verbs.edit_project(db, project, {}, now=NOW).changed == frozenset()
    assert verbs.rename(db, "project", project, " Web ", now=NOW).changed == frozenset()
    restored = verbs.archive(db, "project", project, now=NOW, archived=False)
    assert restored.changed == frozenset()
    assert db.rows("SELECT * FROM step") == steps


@pytest.mark.parametrize("kind", KINDS)
def test_a_thing_is_renamed(db: Database, refused: Check, kind: Kind) -> None:
    create(db, kind, "Old")
    chosen = create(db, kind, "Middle").created_id
    outcome = verbs.rename(db, kind, chosen, "  New ", now=NOW)
    assert (outcome.verb, outcome.created_id) == (f"rename {kind}", chosen)
    assert names(db, kind) == ["Old", "New"]
    verbs.rename(db, kind, chosen, "NEW", now=NOW)
    assert names(db, kind) == ["Old", "NEW"], "another case of its own name"
    with refused(f"a {kind} called “Old” already", field="name"):
        verbs.rename(db, kind, chosen, "old", now=NOW)
    with refused("cannot be empty", field="name"):
        verbs.rename(db, kind, chosen, "", now=NOW)
    with refused(f"There is no {kind} 99", error=NotFound):
        verbs.rename(db, kind, 99, "x", now=NOW)
    undoing.undo(db)
    assert undoing.undo(db).subject == "Middle"
    assert names(db, kind) == ["Old", "Middle"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_thing_is_archived_and_restored(db: Database, refused: Check, kind: Kind) -> None:
    chosen = create(db, kind, "Old").created_id
    outcome = verbs.archive(db, kind, chosen, now=NOW)
    assert (outcome.verb, outcome.created_id) == (f"archive {kind}", chosen)
    assert catalogue.get(db, kind, chosen).archived
    assert verbs.archive(db, kind, chosen, now=NOW).changed == frozenset()
    outcome = verbs.archive(db, kind, chosen, now=NOW, archived=False)
    assert outcome.verb == f"restore {kind}"
    assert not catalogue.get(db, kind, chosen).archived
    undoing.undo(db)
    assert catalogue.get(db, kind, chosen).archived
    for archived in (True, False):
        with refused(f"There is no {kind} 99", error=NotFound):
            verbs.archive(db, kind, 99, now=NOW, archived=archived)


def test_entries_follow_a_rename_and_outlive_archiving(db: Database) -> None:
    draft = Draft("x", "Web", "Plan", ("deep",), create_missing=True)
    entry = timer.start(db, draft, now=NOW).entry
    for kind in ("project", "task", "tag"):
        verbs.rename(db, kind, 1, "New", now=NOW)
        verbs.archive(db, kind, 1, now=NOW)
    assert entries.running(db) == entry
