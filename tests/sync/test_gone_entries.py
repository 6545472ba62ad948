"""Entries that are gone there: nobody is asked about what is not lost, and nothing twice."""

import pytest

from tests.sync.rig import NOON, OWN, Rig
from tray.store import outbox
from tray.sync import problems
from tray.sync.pull.apply_entries import apply_page
from tray.tracker import entries as verbs
from tray.tracker import removal, timer, undo
from tray.tracker.resolve import Draft


def one_here(rig: Rig, draft: Draft) -> int:
    """An entry that both sides have; return the server's id of it."""
    verbs.add(rig.db, draft, start=NOON - 900, stop=NOON - 600, now=rig.now)
    rig.run(60)
    return rig.account.entries()[0].id


def assert_nothing_asked(rig: Rig) -> None:
    rig.run(2_000)
    assert problems.every(rig.db) == []
    assert outbox.count(rig.db) == (0, 0)
    assert rig.ours() == rig.theirs()


def test_one_that_only_a_later_start_there_has_ended_here_goes(rig: Rig) -> None:
    rig.url = OWN
    rig.account.since_lists_deleted = False
    rig.sign_in()
    timer.start(rig.db, Draft("Draw"), now=rig.now)
    rig.run(600)
    rig.adapter.online = False
    rig.account.delete(rig.account.entries()[0].id)
    rig.world.now += 60
    rig.account.start("Read")
    rig.adapter.online = True
    assert_nothing_asked(rig)
    assert [row[0] for row in rig.ours()] == ["Read"]


def test_one_whose_copy_is_here_already_goes(rig: Rig) -> None:
    """Where a deletion was undone, say, and the other computer has heard of that first."""
    rig.url = OWN
    rig.account.since_lists_deleted = False
    rig.sign_in()
    there = one_here(rig, Draft("Draw"))
    rig.run(2_000)
    rig.adapter.online = False
    verbs.edit(rig.db, [1], {"description": "Paint"}, now=rig.now)
    rig.account.delete(there)
    rig.account.add(NOON - 900, NOON - 600, description="Paint")
    rig.adapter.online = True
    rig.engine.network_is_back()
    assert_nothing_asked(rig)
    assert [row[0] for row in rig.ours()] == ["Paint"]


def test_one_that_is_asked_about_is_settled_once_its_copy_comes(signed_in: Rig) -> None:
    there = one_here(signed_in, Draft("Draw"))
    signed_in.account.delete(there)
    verbs.edit(signed_in.db, [1], {"description": "Paint"}, now=signed_in.now)
    signed_in.run(900)
    (problem,) = problems.every(signed_in.db)
    assert problem.kind == "gone"
    signed_in.account.add(NOON - 900, NOON - 600, description="Paint")
    assert_nothing_asked(signed_in)
    assert [row[0] for row in signed_in.ours()] == ["Paint"]


@pytest.mark.parametrize("copy_first", [False, True])
def test_one_whose_deletion_was_undone_elsewhere_takes_what_was_changed_here(
    rig: Rig, copy_first: bool
) -> None:
    rig.url = OWN
    rig.account.since_lists_deleted = not copy_first
    rig.sign_in()
    there = one_here(rig, Draft("Draw"))
    rig.run(2_000)
    rig.adapter.online = not copy_first
    rig.account.delete(there)
    verbs.edit(rig.db, [1], {"description": "Paint"}, now=rig.now)
    if not copy_first:
        rig.run(900)
        assert [each.kind for each in problems.every(rig.db)] == ["gone"]
    rig.account.add(NOON - 900, NOON - 600, description="Draw")
    rig.adapter.online = True
    rig.engine.network_is_back()
    assert_nothing_asked(rig)
    assert [row[0] for row in rig.ours()] == ["Paint"]


def test_one_that_only_the_deletion_of_its_project_has_changed_here_goes(signed_in: Rig) -> None:
    there = one_here(signed_in, Draft("Draw", project="Web", create_missing=True))
    signed_in.adapter.online = False
    removal.delete(signed_in.db, "project", 1, now=signed_in.now)
    signed_in.account.delete(there)
    signed_in.adapter.online = True
    signed_in.engine.refresh()
    with signed_in.db.writing():
        signed_in.db.run("UPDATE outbox SET next_at = ?", (signed_in.now + 500,))
    assert_nothing_asked(signed_in)
    assert signed_in.ours() == []


def test_a_deletion_without_an_answer_is_done_however_the_next_is_refused(rig: Rig) -> None:
    rig.url = OWN
    rig.account.vague_refusals = True
    rig.account.since_lists_deleted = False
    rig.sign_in()
    one_here(rig, Draft("Draw"))
    rig.adapter.faults.next("drop_after_commit", lambda request: request.method == "DELETE")
    verbs.delete(rig.db, [1], now=rig.now)
    assert_nothing_asked(rig)
    assert rig.ours() == []


def test_a_deletion_that_the_server_does_not_want_is_asked_about_still(signed_in: Rig) -> None:
    one_here(signed_in, Draft("Draw"))
    signed_in.account.workspace.locked_until = signed_in.now
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    signed_in.run(900)
    (problem,) = problems.every(signed_in.db)
    assert (problem.kind, problem.action) == ("refused", "delete")


def undone_too_late(rig: Rig) -> None:
    """An entry that the account has deleted for us, which was undone before we heard of it."""
    one_here(rig, Draft("Draw", project="Web", tags=("deep",), create_missing=True))
    rig.adapter.faults.next("drop_after_commit", lambda request: request.method == "DELETE")
    verbs.delete(rig.db, [1], now=rig.now)
    rig.engine.turn()
    undo.undo(rig.db)


def test_one_that_is_made_anew_names_no_project_that_went_after_it(signed_in: Rig) -> None:
    undone_too_late(signed_in)
    removal.delete(signed_in.db, "project", 1, now=signed_in.now)
    assert_nothing_asked(signed_in)
    assert [row[0] for row in signed_in.ours()] == ["Draw"]
    assert signed_in.db.rows("SELECT * FROM project") == []


def test_one_that_is_made_anew_brings_back_no_tag_that_went_with_it(signed_in: Rig) -> None:
    undone_too_late(signed_in)
    (gone,) = signed_in.connection().entries_since(NOON).entries
    assert gone.deleted
    named = gone._replace(tag_ids=(*gone.tag_ids, 1 << 40), tags=(*gone.tags, "unknown"))
    apply_page(signed_in.db, [named], now=signed_in.now)
    assert_nothing_asked(signed_in)
    assert [row[0] for row in signed_in.ours()] == ["Draw"]
    assert signed_in.db.rows("SELECT name FROM tag") == [("deep",)]


def test_what_was_looked_for_before_the_line_broke_is_not_looked_for_again(rig: Rig) -> None:
    rig.url = OWN
    rig.account.since_marks_deleted = False
    rig.sign_in()
    rig.run(600)
    first, second = (
        f"/{rig.account.add(NOON - at, NOON - at + 60, description='E')}" for at in (300, 900)
    )
    rig.adapter.faults.next("drop_after_commit", lambda request: request.path.endswith(second))
    rig.run(900)
    assert rig.ours() == rig.theirs()
    asked = [each.path for each in rig.service.log if each.path.endswith((first, second))]
    assert [path.rpartition("/")[2] for path in asked] == [first[1:], second[1:], second[1:]]
