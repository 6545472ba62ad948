"""A project that is made with an entry gets its client in the same step."""

import pytest

from tray import clock
from tray.errors import Refused
from tray.store import catalogue as stored
from tray.store.database import Database
from tray.tracker import catalogue, entries, timer, undo
from tray.tracker.resolve import Draft


def projects(db: Database) -> list[tuple[str, str]]:
    """Each with its client."""
    clients = {each.id: each.name for each in stored.clients(db)}
    return [(each.name, clients.get(each.client_id or 0, "")) for each in stored.projects(db)]


def start(db: Database, project: str) -> None:
    timer.start(db, Draft("x", project, create_missing=True), now=clock.now())


def test_a_new_client_is_made_and_one_undo_takes_all_of_it(db: Database) -> None:
    start(db, "Website (+Acme)")
    assert projects(db) == [("Website", "Acme")]
    undo.undo(db)
    assert projects(db) == []
    assert stored.clients(db) == []


def test_a_client_that_is_there_is_taken(db: Database) -> None:
    catalogue.create_client(db, "Acme", now=clock.now())
    start(db, "Website (acme)")
    start(db, "Shop (+ACME)")
    assert projects(db) == [("Shop", "Acme"), ("Website", "Acme")]
    assert len(stored.clients(db)) == 1


def test_the_name_finds_the_project_again(db: Database) -> None:
    start(db, "Website (+Acme)")
    start(db, "Website (+Acme)")
    start(db, "Website (Acme)")
    start(db, "website")
    assert projects(db) == [("Website", "Acme")]


def test_brackets_alone_make_no_client(db: Database) -> None:
    start(db, "Relaunch (2024)")
    assert projects(db) == [("Relaunch (2024)", "")]


def test_an_edit_makes_it_too(db: Database) -> None:
    now = clock.now()
    made = entries.add(db, Draft("x"), start=now - 60, stop=now, now=now).entry
    assert made is not None
    changes: entries.Changes = {"project": "Website (+Acme)", "create_missing": True}
    entries.edit(db, [made.id], changes, now=now)
    assert projects(db) == [("Website", "Acme")]


def test_an_archived_client_is_said_and_nothing_is_made(db: Database) -> None:
    now = clock.now()
    made = catalogue.create_client(db, "Acme", now=now)
    del made
    (client,) = stored.clients(db)
    catalogue.archive(db, "client", client.id, now=now, archived=True)
    with pytest.raises(Refused, match="archived"):
        start(db, "Website (+Acme)")
    assert projects(db) == []
