"""An entry is in the workspace of its project, here and on the server."""

from pathlib import Path

import pytest

from tests.sync.rig import NOON, Rig
from tray.store import catalogue
from tray.store import entries as stored
from tray.tracker import entries, timer, undo
from tray.tracker.resolve import Draft


@pytest.fixture
def two(tmp_path: Path) -> Rig:
    """Signed in to an account of two workspaces; the other one has the project “There”."""
    rig = Rig(tmp_path)
    other = rig.account.add_workspace("Other")
    rig.account.add_project("Here")
    rig.account.add_project("There", workspace_id=other)
    rig.sign_in()
    rig.settle()
    return rig


def add(rig: Rig, project: str | None = "Here", *tags: str) -> int:
    draft = Draft("Report", project, None, tags)
    outcome = entries.add(rig.db, draft, start=NOON - 900, stop=NOON - 600, now=rig.now)
    assert outcome.entry is not None
    return outcome.entry.id


def on_server(rig: Rig) -> list[tuple[str, str | None, list[str]]]:
    """(workspace, project, tags) of every entry there."""
    account = rig.account
    return [
        (
            account.workspaces[row.workspace_id].name,
            account.projects[row.project_id].name if row.project_id else None,
            sorted(account.tags[tag].name for tag in row.tag_ids),
        )
        for row in account.entries()
    ]


def tags_there(rig: Rig) -> list[tuple[str, str]]:
    workspaces = rig.account.workspaces
    return [(workspaces[tag.workspace_id].name, tag.name) for tag in rig.account.tags.values()]


def test_one_that_was_never_sent_is_sent_to_the_workspace_of_its_project(two: Rig) -> None:
    entry_id = add(two, None, "old")
    edited = entries.edit(two.db, [entry_id], {"project": "There"}, now=two.now)
    assert edited.entry is not None
    assert edited.entry.id == entry_id
    two.settle()
    assert on_server(two) == [("Other", "There", ["old"])]


def test_one_that_is_on_the_server_is_made_anew_before_it_is_deleted(two: Rig) -> None:
    entry_id = add(two, "Here", "old")
    two.settle()
    entries.edit(two.db, [entry_id], {"project": "There", "tags": ["new"]}, now=two.now)
    two.settle()
    assert on_server(two) == [("Other", "There", ["new"])]
    assert ("Other", "new") in tags_there(two)
    assert [name for _, name in tags_there(two)].count("new") == 1
    (entry,) = stored.everything(two.db)
    names = catalogue.names(two.db)
    assert entry.workspace_id == names.projects[entry.project_id or 0].workspace_id


def test_a_running_one_runs_on_there(two: Rig) -> None:
    timer.start(two.db, Draft("Report", "Here"), now=two.now, at=two.now - 60)
    two.settle()
    running = stored.running(two.db)
    assert running is not None
    entries.edit(two.db, [running.id], {"project": "There"}, now=two.now)
    two.settle()
    moved = stored.running(two.db)
    assert moved is not None
    assert moved.start == running.start
    assert on_server(two) == [("Other", "There", [])]


def test_it_can_be_taken_back(two: Rig) -> None:
    entry_id = add(two)
    two.settle()
    before = list(stored.everything(two.db))
    entries.edit(two.db, [entry_id], {"project": "There"}, now=two.now)
    undo.undo(two.db)
    assert list(stored.everything(two.db)) == before
    two.settle()
    assert on_server(two) == [("Workspace", "Here", [])]
    entries.edit(two.db, [entry_id], {"project": "There"}, now=two.now)
    two.settle()
    undo.undo(two.db)
    two.settle()
    assert on_server(two) == [("Workspace", "Here", [])]


def test_while_it_is_refused_there_it_stays_where_it_was(two: Rig) -> None:
    entry_id = add(two)
    two.settle()
    other = next(each for each in two.account.workspaces.values() if each.name == "Other")
    other.locked_until = two.now
    entries.edit(two.db, [entry_id], {"project": "There"}, now=two.now)
    two.settle()
    assert on_server(two) == [("Workspace", "Here", [])]
