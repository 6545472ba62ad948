"""Entries that are on the server twice, or may be: known again, and deleted with care."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.toggl.exchange import Request, answer
from tests.sync.pair import HOUR, MINUTE, Pair, is_post, is_put
from tests.sync.rig import NOON, Rig
from tray.store import conflicts, entries, journal
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft
from tray.tracker.transfer.importing import import_file


def journal_of(rig: Rig) -> list[str]:
    return [line.text for line in journal.latest(rig.db, 50)]


# Requests without an answer


Act = Callable[[Rig, int], object]
CHANGES: dict[str, Act] = {
    "description and tag": lambda rig, there: rig.account.edit(
        there, description="Other", tags=["new"]
    ),
    "stopped and described": lambda rig, there: (
        rig.account.stop(there),
        rig.account.edit(there, description="Other"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_start_without_an_answer_is_known_again_whatever_was_changed(
    signed_in: Rig, change: str
) -> None:
    signed_in.adapter.faults.next("drop_after_commit", is_post)
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.engine.turn()
    signed_in.now += 3
    CHANGES[change](signed_in, max(signed_in.account.time_entries))
    signed_in.run(20 * MINUTE)
    assert len(signed_in.account.time_entries) == 1
    assert [row[0] for row in signed_in.ours()] == ["Other"]
    assert signed_in.ours() == signed_in.theirs()


@pytest.mark.parametrize("apart", [0, 5, 20, HOUR])
def test_the_same_entry_added_on_two_computers_is_there_once(pair: Pair, apart: int) -> None:
    for rig in pair.both:
        pair.online(rig, False)
    for rig in pair.both:
        verbs.add(rig.db, Draft("Meeting"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.online(pair.here)
    pair.here.run(apart or 1)
    pair.online(pair.there)
    pair.there.adapter.faults.next("html_502_before", lambda each: each.method == "GET")
    pair.there.engine.turn()
    pair.meet()
    assert [row[0] for row in pair.here.ours()] == ["Meeting"]


def test_the_same_file_imported_on_two_computers_is_there_once(pair: Pair, tmp_path: Path) -> None:
    lines = ["Description,Start date,Start time,End date,End time"]
    lines += [
        f"Job {each},2026-11-17,{each:02}:00:00,2026-11-17,{each:02}:30:00" for each in (9, 10, 11)
    ]
    lines.append(lines[1])
    path = tmp_path / "report.csv"
    path.write_text("\n".join(lines))
    for rig in pair.both:
        import_file(rig.db, str(path), now=rig.now, zone=None)
    before = len(pair.here.ours())
    pair.meet()
    assert len(pair.here.ours()) == before


@pytest.mark.parametrize("looks_first", [True, False])
def test_the_same_entry_is_there_once_though_one_was_tagged_before_they_met(
    pair: Pair, looks_first: bool
) -> None:
    pair.online(pair.there, False)
    if looks_first:
        timer.start(pair.there.db, Draft("Other"), now=NOON)
        timer.stop(pair.there.db, now=NOON + 5)
    for rig in pair.both:
        verbs.add(rig.db, Draft("Meeting"), start=NOON - 900, stop=NOON - 300, now=NOON)
    meeting = entries.newest(pair.there.db, 9)[-1]
    verbs.edit(pair.there.db, [meeting.id], {"tags": ["team"]}, now=NOON)
    pair.here.run(MINUTE)
    pair.online(pair.there)
    pair.meet()
    assert [row[4] for row in pair.here.ours() if row[0] == "Meeting"] == [("team",)]


def test_what_two_deleted_and_one_took_back_is_no_late_copy_for_the_other(pair: Pair) -> None:
    pair.here.adapter.faults.next("drop_after_commit", is_post)
    verbs.add(pair.here.db, Draft("Meeting"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.meet()
    pair.online(pair.here, False)
    for rig in pair.both:
        verbs.delete(rig.db, [1], now=rig.now)
    pair.there.run(1)
    pair.online(pair.here)
    pair.here.run(1)
    undo.undo(pair.there.db)
    pair.meet()
    assert [row[0] for row in pair.here.ours()] == ["Meeting"]


@pytest.mark.parametrize("version", [8, 9])
def test_what_was_deleted_elsewhere_and_taken_back_is_no_late_copy(
    tmp_path: Path, version: int
) -> None:
    pair = Pair(tmp_path, version=version)
    pair.here.adapter.faults.next("drop_after_commit", is_post)
    verbs.add(pair.here.db, Draft("Meeting"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.meet()
    verbs.delete(pair.there.db, [1], now=pair.there.now)
    pair.meet()
    undo.undo(pair.there.db)
    pair.meet()
    assert [row[0] for row in pair.here.ours()] == ["Meeting"]


@pytest.mark.parametrize("reply", ["first", "second"])
def test_a_doubled_start_is_one_again_though_another_followed(signed_in: Rig, reply: str) -> None:
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    if reply == "second":
        signed_in.adapter.faults.next("doubled", is_post)
        signed_in.engine.turn()
    else:
        signed_in.engine.turn()
        post = next(each.request for each in signed_in.service.log if each.method == "POST")
        signed_in.service.handle(post)
    signed_in.now += 60
    timer.start(signed_in.db, Draft("Draw"), now=signed_in.now)
    signed_in.run(20 * MINUTE)
    assert [row[0] for row in signed_in.ours()] == ["Draw", "Write"]
    assert signed_in.ours() == signed_in.theirs()


def test_three_copies_of_one_request_are_one_again(signed_in: Rig) -> None:
    """The first arrives just before the third, and the second after that."""
    faults = signed_in.adapter.faults
    faults.late_by = 3
    faults.next("late", is_post, times=2)
    verbs.add(signed_in.db, Draft("Meeting"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.run(2 * HOUR)
    assert len(signed_in.account.time_entries) == 3
    assert [row[0] for row in signed_in.theirs()] == ["Meeting"]
    assert signed_in.ours() == signed_in.theirs()


def test_a_start_with_a_new_tag_that_was_undone_does_not_come_back(signed_in: Rig) -> None:
    signed_in.adapter.faults.late_by = 2
    signed_in.adapter.faults.next("late", is_post)
    timer.start(signed_in.db, Draft("Oops", tags=("new",)), now=signed_in.now)
    signed_in.engine.turn()
    undo.undo(signed_in.db)
    signed_in.run(20 * MINUTE)
    assert signed_in.ours() == signed_in.theirs() == []


def test_an_update_that_is_carried_out_late_does_not_undo_the_newest(signed_in: Rig) -> None:
    verbs.add(signed_in.db, Draft("Zero"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.run(60)
    signed_in.adapter.faults.late_by = 2
    signed_in.adapter.faults.next("late", is_put)
    verbs.edit(signed_in.db, [1], {"description": "One"}, now=signed_in.now)
    signed_in.run(30)
    verbs.edit(signed_in.db, [1], {"description": "Two"}, now=signed_in.now)
    signed_in.run(20 * MINUTE)
    assert [row[0] for row in signed_in.ours()] == ["Two"]
    assert signed_in.ours() == signed_in.theirs()
    assert not any("another device" in each for each in journal_of(signed_in))


# Doubles are deleted with care


def test_a_double_is_not_deleted_if_the_other_is_gone(signed_in: Rig) -> None:
    signed_in.adapter.faults.next("doubled", is_post)
    verbs.add(signed_in.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.engine.turn()
    handle = signed_in.service.handle
    deleted: list[int] = []

    def handled(request: Request) -> object:
        reply = handle(request)
        if "since" in request.query and not deleted:  # behind our back, in this very moment
            deleted.append(min(each.id for each in signed_in.account.entries()))
            signed_in.account.delete(deleted[0])
        return reply

    signed_in.service.handle = handled  # type: ignore[method-assign, assignment]
    signed_in.run(20 * MINUTE)
    assert deleted
    assert [row[0] for row in signed_in.theirs()] == ["Write"]
    assert signed_in.ours() == signed_in.theirs()


@pytest.mark.parametrize("copy", [0, 1])
def test_of_two_copies_the_other_stays_if_one_is_deleted_elsewhere(
    signed_in: Rig, copy: int
) -> None:
    signed_in.adapter.faults.next("doubled", is_post)
    verbs.add(signed_in.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.engine.turn()
    signed_in.account.delete(signed_in.account.entries()[copy].id)
    signed_in.run(20 * MINUTE)
    assert [row[0] for row in signed_in.theirs()] == ["Write"]
    assert signed_in.ours() == signed_in.theirs()


@pytest.mark.parametrize("version", [8, 9])
@pytest.mark.parametrize("when", ["while its removal fails", "in that moment"])
def test_what_was_changed_elsewhere_in_a_copy_is_taken_over(
    tmp_path: Path, version: int, when: str
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(MINUTE)
    rig.adapter.faults.next("doubled", is_post)
    verbs.add(rig.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    rig.engine.turn()
    handle, edited = rig.service.handle, list[int]()

    def handled(request: Request) -> object:
        """Edit the copy once the other entry was asked for, or its removal has failed."""
        removes = request.method == "DELETE"
        asks = request.method == "GET" and request.path.rsplit("/", 1)[-1].isdigit()
        if not edited and (removes if when == "while its removal fails" else asks):
            copy = max(rig.account.entries(), key=lambda each: each.id).id
            rig.now += 1
            edited.append(rig.account.edit(copy, description="Better", tags=["new"]))
            if removes:
                return answer("broken", 502)
        return handle(request)

    rig.service.handle = handled  # type: ignore[method-assign, assignment]
    rig.run(20 * MINUTE)
    assert edited
    assert [(row[0], row[4]) for row in rig.theirs()] == [("Better", ("new",))]
    assert rig.ours() == rig.theirs()
    rig.db.close()


def test_what_was_changed_here_too_stays_and_the_other_value_is_told(signed_in: Rig) -> None:
    signed_in.adapter.faults.next("doubled", is_post)
    verbs.add(signed_in.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.engine.turn()
    signed_in.adapter.faults.by_chance(
        1, {"html_502_before": 1}, when=lambda each: each.method == "DELETE"
    )
    while not signed_in.adapter.faults.done[1:]:
        signed_in.run(MINUTE)
    copy = max(signed_in.account.entries(), key=lambda each: each.id).id
    signed_in.account.edit(copy, description="Theirs")
    signed_in.now += 2
    verbs.edit(signed_in.db, [1], {"description": "Mine"}, now=signed_in.now)
    signed_in.adapter.faults.clear()
    signed_in.run(20 * MINUTE)
    assert [row[0] for row in signed_in.theirs()] == ["Mine"]
    assert signed_in.ours() == signed_in.theirs()
    (told,) = conflicts.every(signed_in.db)
    assert told.theirs == {"description": "Theirs"}


@pytest.mark.parametrize("edit", [{"tags": ["new"]}, {"stop": NOON - 240}])
def test_a_copy_that_was_edited_elsewhere_first_is_no_second_entry(
    signed_in: Rig, edit: dict[str, Any]
) -> None:
    _add_twice(signed_in)
    first = signed_in.account.entries()[0]
    signed_in.account.edit(first.id, **edit)
    signed_in.run(20 * MINUTE)
    assert [each.id for each in signed_in.account.entries()] == [first.id]
    assert signed_in.ours() == signed_in.theirs()


def test_a_copy_that_was_renamed_elsewhere_stays_as_it_may_be_another_entry(signed_in: Rig) -> None:
    _add_twice(signed_in)
    signed_in.account.edit(signed_in.account.entries()[0].id, description="Better")
    signed_in.run(20 * MINUTE)
    assert sorted(row[0] for row in signed_in.theirs()) == ["Better", "Write"]
    assert signed_in.ours() == signed_in.theirs()


def _add_twice(rig: Rig) -> None:
    """Add an entry of which the server, after a first request without an answer, has two."""
    rig.adapter.faults.next("drop_before_commit", is_post)
    rig.adapter.faults.next("doubled", is_post)
    verbs.add(rig.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    rig.run(60)


def test_another_entry_that_begins_in_the_same_minute_is_not_taken_for_ours(pair: Pair) -> None:
    pair.here.adapter.faults.next("drop_before_commit", is_post)
    verbs.add(pair.here.db, Draft("Standup"), start=NOON - 3600, stop=NOON - 1800, now=NOON)
    pair.here.engine.turn()
    verbs.add(pair.there.db, Draft("Mail"), start=NOON - 3600, stop=NOON - 2700, now=NOON)
    pair.there.run(1)
    pair.meet()
    assert [row[0] for row in pair.here.ours()] == ["Mail", "Standup"]


def test_an_id_that_was_deleted_here_is_not_taken_as_new(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(60)
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    signed_in.run(60)
    for row in signed_in.account.time_entries.values():  # as servers do that forget to say so
        row.deleted_at = None
        row.at = signed_in.account.stamp()
    signed_in.run(20 * MINUTE)
    assert signed_in.ours() == []


def test_what_two_computers_add_alike_is_there_once_though_one_got_no_answer(
    tmp_path: Path,
) -> None:
    pair = Pair(tmp_path)
    pair.account.later_made_first = False

    def add_the_same(rig: Rig) -> None:
        verbs.add(rig.db, Draft("Same"), start=NOON - 900, stop=NOON - 300, now=rig.now)

    add_the_same(pair.there)
    pair.there.run(20)
    verbs.add(pair.here.db, Draft("Later"), start=NOON - 60, stop=NOON, now=pair.here.now)
    pair.here.run(1)
    pair.here.adapter.faults.next("drop_after_commit", is_post)
    add_the_same(pair.here)
    pair.here.run(1)
    assert len(pair.account.entries()) == 3
    pair.meet()
    assert len(pair.account.entries()) == 2


@pytest.mark.parametrize("apart", [0, 1, HOUR])
@pytest.mark.parametrize("fault", ["drop_after_commit", "late"])
def test_what_two_computers_start_in_one_second_stays_though_one_got_no_answer(
    tmp_path: Path, fault: str, apart: int
) -> None:
    pair = Pair(tmp_path)
    pair.online(pair.there, False)
    pair.here.adapter.faults.next(fault, is_post)
    timer.start(pair.here.db, Draft("Write"), now=pair.here.now)
    timer.start(pair.there.db, Draft("Draw"), now=pair.there.now)
    pair.here.run(apart)
    pair.meet()
    assert sorted(row[0] for row in pair.here.ours()) == ["Draw", "Write"]


@pytest.mark.parametrize("fault", ["drop_after_commit", "late"])
def test_what_two_computers_add_for_the_same_time_stays_though_one_got_no_answer(
    tmp_path: Path, fault: str
) -> None:
    pair = Pair(tmp_path)
    pair.here.adapter.faults.next(fault, is_post)
    verbs.add(pair.here.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.here.engine.turn()
    verbs.add(pair.there.db, Draft("Draw"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.there.run(1)
    pair.meet()
    assert sorted(row[0] for row in pair.here.ours()) == ["Draw", "Write"]
