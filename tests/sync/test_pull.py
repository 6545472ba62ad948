"""What is taken in from the server: by pages, by changes, and after a long time."""

from typing import Any

import pytest

from tests.sync.rig import NOON, Rig
from tray.store import account, catalogue, conflicts, entries, outbox, remote_rows
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

HOUR = 3600
DAY = 24 * HOUR


def fill(rig: Rig, count: int, *, step: int = 300) -> None:
    for number in range(count):
        start = NOON - step * (number + 1)
        rig.account.add(start, start + 60, description=f"Old {number}")


def the_account(db: Database) -> LinkedAccount:
    found = account.read(db)
    assert found is not None
    return found


def test_history_comes_by_the_thousand(rig: Rig) -> None:
    fill(rig, 2_500, step=3_000)
    rig.sign_in()
    first = len(rig.service.log)
    rig.run(600)
    assert rig.ours() == rig.theirs()
    pages = [each for each in rig.service.log[first:] if "start_date" in each.request.query]
    assert len(pages) == 6  # so much was changed at once that it is read once more, for deletions


def test_history_goes_on_where_the_program_was_ended(rig: Rig) -> None:
    fill(rig, 1_500, step=3_000)
    rig.sign_in()
    rig.engine.turn()
    assert not the_account(rig.db).pull.history_complete
    rig.restart()
    rig.run(600)
    assert the_account(rig.db).pull.history_complete
    assert rig.ours() == rig.theirs()


def test_todays_entries_are_here_after_one_request(rig: Rig) -> None:
    fill(rig, 20)
    rig.sign_in()
    assert len(rig.service.log) == 1
    assert rig.ours() == rig.theirs()


def test_ids_beyond_32_bits_and_archived_projects_are_no_trouble(rig: Rig) -> None:
    project = rig.account.add_project("Old book", active=False)
    rig.account.add(NOON - 60, NOON, description="Write", project_id=project)
    rig.sign_in()
    rig.run(60)
    assert project > 2**31
    assert [each.archived for each in catalogue.projects(rig.db)] == [True]
    assert rig.ours() == rig.theirs()


def test_a_project_that_is_not_known_yet_gets_its_name_soon(signed_in: Rig) -> None:
    project = signed_in.account.add_project("Brand new")
    signed_in.account.start("Write", project_id=project)
    signed_in.run(400)
    assert [each.name for each in catalogue.projects(signed_in.db)] == ["Brand new"]
    assert signed_in.ours() == signed_in.theirs() != []


def test_after_months_away_everything_is_compared_and_nothing_unsent_is_lost(
    signed_in: Rig,
) -> None:
    for number in range(3):
        start = NOON - 900 - number * 100
        verbs.add(signed_in.db, Draft(f"E{number}"), start=start, stop=start + 50, now=NOON)
    signed_in.run(60)
    signed_in.adapter.online = False
    recent = signed_in.now + 95 * DAY
    verbs.edit(signed_in.db, [2], {"start": recent - 500, "stop": recent - 400}, now=recent)
    signed_in.now = recent
    timer.start(signed_in.db, Draft("Unsent"), now=signed_in.now)
    theirs = {entry.description: entry.id for entry in signed_in.account.entries()}
    signed_in.account.add(recent - 900, recent - 800, description="Elsewhere")
    signed_in.account.edit(theirs["E2"], description="Moved", start=recent - 700, stop=recent - 600)
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(2 * HOUR)
    assert signed_in.ours() == signed_in.theirs()
    names = {entry.description for entry in entries.everything(signed_in.db)}
    assert names == {"E0", "E1", "Moved", "Unsent", "Elsewhere"}


def test_what_was_deleted_while_the_server_forgot_is_found_missing(signed_in: Rig) -> None:
    later = NOON + 80 * DAY
    verbs.add(signed_in.db, Draft("Goes"), start=later - 900, stop=later - 800, now=NOON)
    verbs.add(signed_in.db, Draft("Stays"), start=later - 700, stop=later - 600, now=NOON)
    signed_in.run(60)
    signed_in.account.delete(signed_in.account.entries()[0].id)
    signed_in.account.remembers_days = 20
    signed_in.now = NOON + 85 * DAY
    signed_in.account.remembers_days = 90
    with signed_in.db.writing():
        account.update(signed_in.db, cursor=(signed_in.now - 95 * DAY) * 1_000_000)
    signed_in.run(2 * HOUR)
    assert [entry.description for entry in entries.everything(signed_in.db)] == ["Stays"]


def test_an_unknown_create_is_not_sent_again_before_all_was_compared(signed_in: Rig) -> None:
    signed_in.adapter.faults.next("drop_after_commit", lambda request: request.method == "POST")
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(1)
    with signed_in.db.writing():
        account.update(signed_in.db, cursor=(signed_in.now - 95 * DAY) * 1_000_000)
    signed_in.run(2 * HOUR)
    assert signed_in.ours() == signed_in.theirs() != []
    assert len(signed_in.account.time_entries) == 1


def test_a_deleted_tag_leaves_its_entries_without_a_request(signed_in: Rig) -> None:
    for number in range(3):
        draft = Draft(f"E{number}", tags=("deep", "early"))
        start = signed_in.now - 900 - number * 100
        verbs.add(signed_in.db, draft, start=start, stop=start + 50, now=signed_in.now)
    signed_in.run(60)
    tags = {tag.name: tag.id for tag in signed_in.account.tags.values()}
    signed_in.account.delete_tag(tags["deep"])
    before = len(signed_in.service.log)
    signed_in.run(13 * HOUR)
    assert signed_in.ours() == signed_in.theirs()
    assert [tag.name for tag in catalogue.tags(signed_in.db)] == ["early"]
    assert {each.method for each in signed_in.service.log[before:]} == {"GET"}


def test_a_tag_that_is_hidden_here_stays_so(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write", tags=("deep",)), now=signed_in.now)
    signed_in.run(60)
    things.archive(signed_in.db, "tag", 1, now=signed_in.now)
    signed_in.account.rename_tag(next(iter(signed_in.account.tags)), "shallow")
    signed_in.run(13 * HOUR)
    (tag,) = catalogue.tags(signed_in.db)
    assert (tag.name, tag.archived) == ("shallow", True)
    assert outbox.count(signed_in.db) == (0, 0)


def test_fields_changed_on_either_side_come_together(signed_in: Rig) -> None:
    verbs.add(signed_in.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    signed_in.run(60)
    signed_in.adapter.online = False
    signed_in.account.edit(signed_in.account.entries()[0].id, tags=["there"])
    verbs.edit(signed_in.db, [1], {"description": "Here"}, now=signed_in.now)
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert signed_in.ours()[0][0] == "Here"
    assert signed_in.ours()[0][4] == ("there",)
    assert conflicts.every(signed_in.db) == []


@pytest.mark.parametrize("ours_later", [True, False])
def test_of_two_changes_of_one_field_the_later_stays_and_the_other_is_kept(
    signed_in: Rig, ours_later: bool
) -> None:
    verbs.add(signed_in.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    signed_in.run(60)
    there = signed_in.account.entries()[0].id
    signed_in.adapter.online = False
    if not ours_later:
        verbs.edit(signed_in.db, [1], {"description": "Here"}, now=signed_in.now)
        signed_in.now += 60
    signed_in.account.edit(there, description="There")
    if ours_later:
        signed_in.now += 60
        verbs.edit(signed_in.db, [1], {"description": "Here"}, now=signed_in.now)
    with signed_in.db.writing():  # so that what is there is seen before ours is told
        signed_in.db.run("UPDATE outbox SET next_at = ?", (signed_in.now + 400,))
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(900)
    kept = "Here" if ours_later else "There"
    assert [row[0] for row in signed_in.ours()] == [row[0] for row in signed_in.theirs()] == [kept]
    (conflict,) = conflicts.every(signed_in.db)
    assert (conflict.ours, conflict.theirs) == (
        {"description": "Here"},
        {"description": "There"},
    )


def test_of_two_that_run_the_later_goes_on(signed_in: Rig) -> None:
    signed_in.adapter.online = False
    timer.start(signed_in.db, Draft("Here"), now=signed_in.now)
    signed_in.account.start("There", start=signed_in.now + 30)
    signed_in.now += 60
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    here, there = entries.everything(signed_in.db)
    assert (here.description, here.stop, there.stop) == ("Here", there.start, None)


def test_an_unanswered_create_that_was_changed_elsewhere_is_matched(signed_in: Rig) -> None:
    changes: list[dict[str, Any]] = [
        {"description": "Other"},
        {"tags": ["new"]},
        {"start": signed_in.now - 10_000},
    ]
    for number, change in enumerate(changes):
        moment = signed_in.now
        signed_in.adapter.faults.next("drop_after_commit", lambda each: each.method == "POST")
        verbs.add(signed_in.db, Draft(f"E{number}"), start=moment - 50, stop=moment, now=moment)
        signed_in.engine.turn()
        newest = max(signed_in.account.time_entries)
        signed_in.account.edit(newest, **change)
        signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 3


def test_a_row_whose_first_sending_arrives_late_keeps_what_was_done_since(signed_in: Rig) -> None:
    signed_in.adapter.faults.late_by = 1
    signed_in.adapter.faults.next("late", lambda each: each.method == "POST")
    timer.start(signed_in.db, Draft("First"), now=signed_in.now)
    signed_in.run(1)
    verbs.edit(signed_in.db, [1], {"description": "Second"}, now=signed_in.now)
    signed_in.run(900)
    assert [row[0] for row in signed_in.ours()] == ["Second"]
    assert signed_in.ours() == signed_in.theirs()


def test_the_copies_of_a_doubled_request_are_one_again(signed_in: Rig) -> None:
    for number in range(4):
        signed_in.adapter.faults.next("doubled", lambda each: each.method == "POST")
        timer.start(signed_in.db, Draft(f"E{number}"), now=signed_in.now)
        signed_in.run(400)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 4
    assert len(remote_rows.row_ids(signed_in.db, "entry")) == 4


def test_an_equal_entry_that_the_user_makes_elsewhere_later_is_no_copy(signed_in: Rig) -> None:
    verbs.add(signed_in.db, Draft("Same"), start=NOON - 900, stop=NOON - 800, now=NOON)
    signed_in.run(600)
    signed_in.account.add(NOON - 900, NOON - 800, description="Same")
    signed_in.run(600)
    assert len(signed_in.ours()) == len(signed_in.theirs()) == 2


def test_the_catalogue_is_read_when_somebody_looks(signed_in: Rig) -> None:
    signed_in.account.add_project("Book")
    signed_in.run(2 * HOUR)
    assert catalogue.projects(signed_in.db) == []
    before = len(signed_in.service.log)
    signed_in.engine.refresh()
    signed_in.run(10)
    assert [project.name for project in catalogue.projects(signed_in.db)] == ["Book"]
    signed_in.engine.refresh()
    signed_in.run(10)
    assert len(signed_in.service.log) <= before + 2


@pytest.mark.parametrize("kind", ["tag", "project"])
def test_what_is_used_elsewhere_comes_back_if_it_was_deleted_here(
    signed_in: Rig, kind: str
) -> None:
    made = {"tag": things.create_tag, "project": things.create_project}[kind]
    made(signed_in.db, "Book", now=signed_in.now)
    signed_in.run(60)
    entry = signed_in.account.add(NOON - 600, NOON - 300, description="There")
    signed_in.adapter.online = False
    undo.undo(signed_in.db)
    if kind == "tag":
        signed_in.account.edit(entry, tags=["Book"])
    else:
        signed_in.account.edit(entry, project_id=next(iter(signed_in.account.projects)))
    signed_in.run(600)
    signed_in.adapter.online = True
    signed_in.engine.network_is_back()
    signed_in.run(900)
    assert signed_in.ours() == signed_in.theirs()
    assert signed_in.db.rows("PRAGMA foreign_key_check") == []
