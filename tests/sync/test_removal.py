"""What is deleted or merged in the catalogue goes to the server in few requests, and comes back."""

from pathlib import Path

import pytest

from tests.sync.pair import Pair
from tests.sync.rig import Rig
from tests.sync.test_push import offline
from tray.store import catalogue, entries, journal, outbox
from tray.store.catalogue import Kind
from tray.sync import problems
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import removal, timer, undo
from tray.tracker.resolve import Draft


def calls(rig: Rig, seconds: int = 300) -> list[tuple[str, str]]:
    """Method and kind of thing of what is sent within some time."""
    before = len(rig.service.log)
    rig.run(seconds)
    sent = [each for each in rig.service.log[before:] if each.method != "GET"]
    assert rig.ours() == rig.theirs()
    assert outbox.count(rig.db) == (0, 0)
    return [(each.method, each.path.split("/")[5]) for each in sent]


def worked(rig: Rig, entries_of_each: int = 3) -> Rig:
    """In step: entries for two projects of two clients, with a task and tags."""
    project = {
        name: things.create_project(
            rig.db, name, now=rig.now, changes={"client": f"{name} Ltd"}
        ).created_id
        for name in ("Web", "Shop")
    }
    for number in range(entries_of_each):
        for name in project:
            task = "Plan" if rig.account.workspace.premium else None
            begin = rig.now - 1_000 * number - 900
            draft = Draft(f"Do {number}", name, task, (name.lower(),), create_missing=True)
            verbs.add(rig.db, draft, start=begin, stop=begin + 60, now=rig.now)
    rig.settle()
    rig.run(900)
    assert rig.ours() == rig.theirs()
    return rig


def ident(rig: Rig, kind: Kind, name: str) -> int:
    (row,) = rig.db.row(f"SELECT id FROM {kind} WHERE name = ?", (name,))
    return int(row)


@pytest.mark.parametrize("kind", ["project", "client", "tag"])
def test_to_delete_a_thing_is_one_request(rig: Rig, kind: Kind) -> None:
    rig.sign_in()
    worked(rig)
    name = {"project": "Web", "client": "Web Ltd", "tag": "web"}[kind]
    removal.delete(rig.db, kind, ident(rig, kind, name), now=rig.now)
    assert calls(rig) == [("DELETE", f"{kind}s")]
    rig.run(9_000)
    assert rig.ours() == rig.theirs()
    assert name not in [each.name for each in getattr(catalogue, f"{kind}s")(rig.db)]


def test_to_delete_a_task_is_one_request(paid: Rig) -> None:
    worked(paid)
    removal.delete(paid.db, "task", 1, now=paid.now)
    assert calls(paid) == [("DELETE", "projects")]
    paid.run(9_000)
    assert [task.project_id for task in catalogue.tasks(paid.db)] == [2]
    assert len([each for each in paid.account.entries() if each.task_id]) == 3


def test_what_moves_goes_in_one_request_before_the_deletion(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    removal.merge(
        rig.db, "project", ident(rig, "project", "Web"), ident(rig, "project", "Shop"), now=rig.now
    )
    assert calls(rig) == [("PATCH", "time_entries"), ("DELETE", "projects")]
    assert {each[3] for each in rig.theirs()} == {"Shop"}


def test_projects_go_to_the_other_client_before_theirs_is_deleted(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    removal.merge(rig.db, "client", 1, 2, now=rig.now)
    assert calls(rig) == [("PUT", "projects"), ("DELETE", "clients")]
    assert {each.client_id for each in rig.account.projects.values()} == {
        next(each.id for each in rig.account.clients.values() if each.deleted_at is None)
    }


def test_tags_merge(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    removal.merge(rig.db, "tag", ident(rig, "tag", "web"), ident(rig, "tag", "shop"), now=rig.now)
    assert calls(rig) == [("PATCH", "time_entries"), ("DELETE", "tags")]
    assert {each[4] for each in rig.theirs()} == {("shop",)}


@pytest.mark.parametrize("kind", ["project", "client", "tag"])
@pytest.mark.parametrize("into", [None, 2])
@pytest.mark.parametrize("version", [8, 9])
def test_every_protocol_takes_it_and_its_undo(
    tmp_path: Path, kind: Kind, into: int | None, version: int
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    worked(rig)
    before = rig.ours()
    clients = {project.name: project.client_id for project in catalogue.projects(rig.db)}
    removal.delete(rig.db, kind, 1, now=rig.now, move_to=into)
    after = rig.ours()
    rig.settle()
    rig.run(3_600)
    assert rig.ours() == rig.theirs() == after
    undo.undo(rig.db)
    rig.settle()
    rig.run(3_600)
    assert rig.ours() == rig.theirs() == before
    assert {each.name: each.client_id for each in catalogue.projects(rig.db)} == clients
    live = [each for each in rig.account.projects.values() if each.deleted_at is None]
    assert sorted(each.name for each in live) == ["Shop", "Web"]
    rig.db.close()


def test_an_undo_before_anything_was_sent_is_no_request(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    with offline(rig):
        removal.delete(rig.db, "project", 1, now=rig.now)
        undo.undo(rig.db)
    assert calls(rig) == []


@pytest.mark.parametrize("version", [8, 9])
def test_what_was_deleted_without_a_line_stays_so_when_all_is_read(
    tmp_path: Path, version: int
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    worked(rig)
    with offline(rig):
        removal.delete(rig.db, "project", 1, now=rig.now)
        removal.delete(rig.db, "tag", 1, now=rig.now)
        for entry in rig.account.entries():
            rig.account.edit(entry.id, billable=False)
        rig.now += 7_200
    rig.restart()
    rig.settle()
    rig.run(7_200)
    assert [project.name for project in catalogue.projects(rig.db)] == ["Shop"]
    assert rig.ours() == rig.theirs()
    assert {each[3] for each in rig.theirs()} == {"Shop", None}
    assert {each[4] for each in rig.theirs()} == {("shop",), ()}
    rig.db.close()


def test_a_project_that_is_used_elsewhere_meanwhile_comes_back(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    with offline(rig):
        removal.delete(rig.db, "project", ident(rig, "project", "Web"), now=rig.now)
        web = next(each.id for each in rig.account.projects.values() if each.name == "Web")
        rig.account.add(rig.now - 50, rig.now - 10, description="Elsewhere", project_id=web)
        rig.now += 7_200
    rig.restart()
    rig.settle()
    rig.run(7_200)
    assert sorted(each.name for each in catalogue.projects(rig.db)) == ["Shop", "Web"]
    assert rig.ours() == rig.theirs()
    assert [each[0] for each in rig.theirs() if each[3] == "Web"] == ["Elsewhere"]
    lines = [line.text for line in journal.latest(rig.db, 50)]
    assert (
        "The project “Web” is back: it was used on another device after you deleted it here."
        in lines
    )


def test_of_two_computers_one_renames_what_the_other_deletes(pair: Pair) -> None:
    here, there = pair.both
    timer.start(here.db, Draft("Write", "Web", create_missing=True), now=here.now)
    pair.meet()
    for rig in pair.both:
        pair.online(rig, False)
    things.rename(here.db, "project", 1, "Page", now=here.now)
    removal.delete(there.db, "project", ident(there, "project", "Web"), now=there.now)
    pair.online(there)
    pair.run(3_600)
    pair.meet()
    assert [catalogue.projects(rig.db) for rig in pair.both] == [[], []]
    assert {each[3] for each in here.ours()} == {None}


def test_of_two_computers_both_delete_the_same(pair: Pair) -> None:
    here = pair.here
    timer.start(here.db, Draft("Write", "Web", tags=("deep",), create_missing=True), now=here.now)
    pair.meet()
    for rig in pair.both:
        pair.online(rig, False)
        removal.delete(rig.db, "project", 1, now=rig.now)
        removal.delete(rig.db, "tag", 1, now=rig.now)
    pair.meet()
    for rig in pair.both:
        assert (catalogue.projects(rig.db), catalogue.tags(rig.db)) == ([], [])
        assert outbox.count(rig.db) == (0, 0)


def test_a_merge_meets_an_edit_elsewhere(pair: Pair) -> None:
    here, there = pair.both
    for name in ("Web", "Shop"):
        begin = here.now - (900 if name == "Web" else 1_800)
        draft = Draft("Do", name, create_missing=True)
        verbs.add(here.db, draft, start=begin, stop=begin + 60, now=here.now)
    pair.meet()
    for rig in pair.both:
        pair.online(rig, False)
    removal.merge(
        here.db,
        "project",
        ident(here, "project", "Web"),
        ident(here, "project", "Shop"),
        now=here.now,
    )
    for entry in list(entries.everything(there.db)):
        verbs.edit(there.db, [entry.id], {"description": "Done"}, now=there.now)
    pair.meet()
    assert {(each[0], each[3]) for each in here.ours()} == {("Done", "Shop")}


def test_a_refused_deletion_can_be_given_up(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    rig.account.workspace.admin = False
    removal.delete(rig.db, "tag", ident(rig, "tag", "web"), now=rig.now)
    rig.run(7_200)
    (problem,) = problems.every(rig.db)
    problems.give_up(rig.db, problem, now=rig.now)
    rig.run(600)
    assert [tag.name for tag in catalogue.tags(rig.db)] == ["shop", "web"]
    assert outbox.count(rig.db) == (0, 0)


def test_a_project_goes_with_its_entries_in_one_request(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    others = rig.account.add(rig.now - 10**7, rig.now - 10**7 + 60, description="Long ago")
    removal.delete_with_entries(rig.db, ident(rig, "project", "Web"), now=rig.now)
    assert calls(rig) == [("DELETE", "projects")]
    rig.run(9_000)
    assert {each[3] for each in rig.ours()} == {"Shop", None}
    assert others in {each.id for each in rig.account.entries()}
    rig.restart()
    rig.settle()
    assert rig.ours() == rig.theirs()


@pytest.mark.parametrize("version", [8, 9])
def test_a_project_with_its_entries_comes_back_whole(tmp_path: Path, version: int) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    worked(rig)
    before = rig.ours()
    removal.delete_with_entries(rig.db, ident(rig, "project", "Web"), now=rig.now)
    after = rig.ours()
    rig.settle()
    rig.run(3_600)
    assert rig.ours() == rig.theirs() == after
    undo.undo(rig.db)
    rig.settle()
    rig.run(3_600)
    assert rig.ours() == rig.theirs() == before
    rig.db.close()


def test_what_was_moved_out_of_a_project_does_not_go_with_it(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    web = ident(rig, "project", "Web")
    with offline(rig):
        moved = next(each for each in entries.everything(rig.db) if each.project_id == web)
        verbs.edit(rig.db, [moved.id], {"project": "Shop"}, now=rig.now)
        removal.delete_with_entries(rig.db, web, now=rig.now)
    rig.settle()
    rig.run(3_600)
    assert len(rig.theirs()) == 4
    assert rig.ours() == rig.theirs()


def test_a_lost_reply_to_a_deletion_with_entries_leaves_none_of_them(rig: Rig) -> None:
    rig.sign_in()
    worked(rig)
    rig.adapter.faults.next("drop_after_commit", lambda request: request.method == "DELETE")
    removal.delete_with_entries(rig.db, ident(rig, "project", "Web"), now=rig.now)
    rig.settle()
    rig.run(7_200)
    assert {each[3] for each in rig.theirs()} == {"Shop"}
    assert rig.ours() == rig.theirs()
    assert outbox.count(rig.db) == (0, 0)


def test_an_entry_of_a_deleted_project_that_was_edited_elsewhere_is_asked_about(
    rig: Rig,
) -> None:
    rig.sign_in()
    worked(rig)
    with offline(rig):
        removal.delete_with_entries(rig.db, ident(rig, "project", "Web"), now=rig.now)
        rig.now += 3_600
        edited = next(each for each in rig.account.entries() if each.tags == ("web",))
        rig.account.edit(edited.id, description="Needed")
    rig.restart()
    rig.settle()
    rig.run(7_200)
    (problem,) = problems.every(rig.db)
    assert "“Needed”" in problem.sentence
    assert [each[0] for each in rig.theirs() if "web" in each[4]] == ["Needed"]
