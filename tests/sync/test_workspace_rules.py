"""What a workspace asks, locks or keeps for administrators is said before any request."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sync.rig import Rig
from tray.errors import Refused
from tray.store import catalogue, entries, outbox
from tray.sync import problems
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import removal, timer
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft

WANTED = "asks for a project in each entry. Add it, then this one is uploaded."


def writes(rig: Rig, before: int) -> list[str]:
    return [each.method for each in rig.service.log[before:] if each.method != "GET"]


def test_what_an_entry_lacks_is_said_at_once_and_not_sent(paid: Rig) -> None:
    paid.account.workspace.required = frozenset({"project"})
    paid.engine.sync_now()
    paid.run(60)
    timer.start(paid.db, Draft("Write"), now=paid.now)
    paid.run(60)
    before = len(paid.service.log)
    outcome = timer.stop(paid.db, now=paid.now)
    assert [each.rpartition("” ")[2] for each in outcome.remarks] == [WANTED]
    paid.run(600)
    assert writes(paid, before) == []
    (problem,) = problems.every(paid.db)
    assert problem.field == "project"
    assert WANTED in problem.sentence
    edit = verbs.edit(
        paid.db, [problem.row_id], {"project": "Web", "create_missing": True}, now=paid.now
    )
    assert edit.remarks == ()
    paid.run(600)
    assert paid.ours() == paid.theirs()
    assert outbox.count(paid.db) == (0, 0)


@pytest.mark.parametrize("required", ["description", "tag", "task", "project"])
def test_each_field_that_may_be_asked_for(paid: Rig, required: str) -> None:
    paid.account.workspace.required = frozenset({required})
    paid.engine.sync_now()
    paid.run(60)
    lacking = verbs.add(paid.db, Draft(""), start=paid.now - 60, stop=paid.now, now=paid.now)
    assert f"asks for a {required} in" in lacking.remarks[0]
    whole = Draft("x", "Web", "Plan", ("deep",), create_missing=True)
    start = paid.now - 600
    assert not verbs.add(paid.db, whole, start=start, stop=start + 60, now=paid.now).remarks
    before = len(paid.service.log)
    paid.run(900)
    assert [each[0] for each in paid.theirs()] == ["x"]
    assert "400" not in {str(each.status) for each in paid.service.log[before:]}


def test_a_locked_period_is_left_alone(paid: Rig) -> None:
    old = paid.account.add(paid.now - 9_000, paid.now - 8_000, description="Old", tags=["deep"])
    paid.account.workspace.locked_until = paid.now - 5_000
    paid.engine.sync_now()
    paid.run(60)
    (entry,) = entries.everything(paid.db)
    moved: Changes = {"start": paid.now - 100, "stop": paid.now}
    forbidden: list[Callable[[], object]] = [
        lambda: verbs.delete(paid.db, [entry.id], now=paid.now),
        lambda: verbs.edit(paid.db, [entry.id], {"description": "x"}, now=paid.now),
        lambda: verbs.edit(paid.db, [entry.id], moved, now=paid.now),
        lambda: verbs.add(
            paid.db, Draft("x"), start=paid.now - 7_000, stop=paid.now - 6_000, now=paid.now
        ),
    ]
    for verb in forbidden:
        with pytest.raises(Refused, match="has locked the time in which this entry lies"):
            verb()
    assert [each.description for each in entries.everything(paid.db)] == ["Old"]
    removal.delete(paid.db, "tag", catalogue.tags(paid.db)[0].id, now=paid.now)
    paid.run(600)
    assert paid.account.entry(old).tags == ()
    verbs.add(paid.db, Draft("New"), start=paid.now - 60, stop=paid.now, now=paid.now)
    paid.run(600)
    assert paid.ours() == paid.theirs()


def test_only_administrators_make_projects_where_a_workspace_says_so(rig: Rig) -> None:
    rig.account.workspace.rules["only_admins_may_create_projects"] = True
    rig.account.workspace.rules["only_admins_may_create_tags"] = True
    rig.account.workspace.admin = False
    rig.sign_in()
    forbidden: list[Callable[[], object]] = [
        lambda: things.create_project(rig.db, "Web", now=rig.now),
        lambda: timer.start(rig.db, Draft("x", "Web", create_missing=True), now=rig.now),
        lambda: things.create_tag(rig.db, "deep", now=rig.now),
    ]
    for make in forbidden:
        with pytest.raises(Refused, match="Only administrators of “"):
            make()
    assert (catalogue.projects(rig.db), catalogue.tags(rig.db)) == ([], [])
    assert entries.running(rig.db) is None
    rig.account.workspace.admin = True
    rig.engine.sync_now()
    rig.run(60)
    things.create_project(rig.db, "Web", now=rig.now)


def test_v8_has_no_such_rules(tmp_path: Path) -> None:
    rig = Rig(tmp_path, premium=True, version=8)
    rig.sign_in()
    assert not verbs.add(rig.db, Draft(""), start=rig.now - 60, stop=rig.now, now=rig.now).remarks
    rig.settle()
    assert rig.ours() == rig.theirs()
    rig.db.close()
