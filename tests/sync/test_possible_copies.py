"""Entries that may be copies of one made here, though nothing proves it: the user is asked."""

from collections.abc import Callable

import pytest

from tests.sync.pair import HOUR, MINUTE, Pair, is_post
from tests.sync.rig import NOON
from tray.store import entries, journal
from tray.sync import problems, status
from tray.sync.problems import SyncProblem
from tray.sync.pull import possible_copies
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

CHANGES: dict[str, dict[str, object]] = {
    "renamed": {"description": "Other"},
    "moved": {"start": NOON - 1200},
    "given another end": {"stop": NOON},
    "tagged": {"tags": ["new"]},
}


def change_copy(pair: Pair, changes: dict[str, object]) -> None:
    """An entry was answered and repeated by the line; the copy is changed on the web at once."""
    pair.here.adapter.faults.next("doubled", is_post)
    verbs.add(pair.here.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.here.engine.turn()
    pair.account.edit(min(pair.account.time_entries), **changes)
    pair.run(20 * MINUTE)


def the_question(pair: Pair) -> SyncProblem:
    """The one that there is, on the computer that made the entry."""
    assert problems.every(pair.there.db) == []
    (found,) = problems.every(pair.here.db)
    assert found.kind == "copy"
    now = status.read(pair.here.db, now=pair.here.now)
    assert now.needs_user
    return found


def descriptions(pair: Pair) -> list[str]:
    """On both and on the server, which agree."""
    pair.meet()
    return [row[0] for row in pair.here.ours()]


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_copy_of_what_was_answered_that_was_changed_elsewhere_is_asked_about(
    pair: Pair, changes: dict[str, object]
) -> None:
    change_copy(pair, changes)
    found = the_question(pair)
    assert found.name == "“Write”"
    assert str(NOON - 900) in found.kept
    assert found.kept in found.sentence
    assert found.other.capitalize() in found.sentence.capitalize()
    assert any("may be “Write” from this" in each.text for each in journal.latest(pair.here.db, 9))
    assert len(descriptions(pair)) == 2, "both stay until the user answers"


def test_both_stay_if_the_user_says_so(pair: Pair) -> None:
    change_copy(pair, CHANGES["renamed"])
    problems.keep(pair.here.db, the_question(pair))
    assert descriptions(pair) == ["Other", "Write"]
    assert problems.every(pair.here.db) == []


@pytest.mark.parametrize(("copy", "left"), [(True, "Write"), (False, "Other")])
def test_one_of_them_goes_if_the_user_says_so_and_can_be_brought_back(
    pair: Pair, left: str, *, copy: bool
) -> None:
    change_copy(pair, CHANGES["renamed"])
    problems.remove_one(pair.here.db, the_question(pair), copy=copy, now=pair.here.now)
    assert descriptions(pair) == [left]
    assert problems.every(pair.here.db) == []
    undo.undo(pair.here.db)
    assert descriptions(pair) == ["Other", "Write"]


@pytest.mark.parametrize("description", ["Write", "Other"])
def test_nobody_is_asked_once_one_of_them_was_deleted(pair: Pair, description: str) -> None:
    change_copy(pair, CHANGES["renamed"])
    for rig in pair.both:
        row = next(e for e in entries.everything(rig.db) if e.description == description)
        if rig is pair.there:
            verbs.delete(rig.db, [row.id], now=rig.now)
    pair.run(20 * MINUTE)
    assert problems.every(pair.here.db) == []
    assert status.read(pair.here.db, now=pair.here.now).conflicts == 0


OTHERS: dict[str, Callable[[Pair], object]] = {
    "starts another of the same name": lambda pair: timer.start(
        pair.there.db, Draft("Write"), now=pair.there.now
    ),
    "adds one of the same name later": lambda pair: verbs.add(
        pair.there.db, Draft("Write"), start=NOON, stop=NOON + 60, now=pair.there.now
    ),
    "adds one of another name and length": lambda pair: verbs.add(
        pair.there.db, Draft("Draw"), start=NOON - 900, stop=NOON - 60, now=pair.there.now
    ),
    "adds one of another name that overlaps": lambda pair: verbs.add(
        pair.there.db, Draft("Draw"), start=NOON - 700, stop=NOON - 300, now=pair.there.now
    ),
}


@pytest.mark.parametrize("act", OTHERS.values(), ids=OTHERS)
def test_nobody_is_asked_about_what_is_surely_another(
    pair: Pair, act: Callable[[Pair], object]
) -> None:
    verbs.add(pair.here.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.here.run(5)
    act(pair)
    pair.meet()
    assert len(pair.here.ours()) == 2
    assert problems.every(pair.here.db) == problems.every(pair.there.db) == []


def test_nobody_is_asked_about_what_was_made_after_another_of_ours(pair: Pair) -> None:
    """As where an entry is duplicated on the web and given another name."""
    verbs.add(pair.here.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    pair.run(MINUTE)
    verbs.add(pair.here.db, Draft("Mail"), start=NOON - 300, stop=NOON, now=NOON)
    pair.run(MINUTE)
    pair.account.add(NOON - 900, NOON - 300, description="Draw")
    pair.meet()
    assert len(pair.here.ours()) == 3
    assert problems.every(pair.here.db) == []


# A request that got no answer


def start_here_that_does_not_arrive(pair: Pair) -> None:
    pair.here.adapter.faults.next("drop_before_commit", is_post)
    timer.start(pair.here.db, Draft("Write"), now=pair.here.now)
    pair.here.engine.turn()
    pair.online(pair.here, False)
    pair.run(MINUTE)


@pytest.mark.parametrize("stopped", [True, False])
def test_one_of_the_same_name_that_begins_later_elsewhere_is_another(
    pair: Pair, *, stopped: bool
) -> None:
    begin = pair.here.now
    start_here_that_does_not_arrive(pair)
    if stopped:
        timer.stop(pair.here.db, now=pair.here.now)
    pair.run(5)
    later = pair.there.now
    timer.start(pair.there.db, Draft("Write"), now=later)
    pair.there.run(20 * MINUTE)
    pair.meet()
    stop = begin + MINUTE if stopped else later
    assert [row[1:3] for row in pair.here.ours()] == [(begin, stop), (later, None)]
    assert problems.every(pair.here.db) == []


def test_one_that_begins_later_and_was_changed_since_is_asked_about(pair: Pair) -> None:
    begin = pair.here.now
    start_here_that_does_not_arrive(pair)
    later = pair.there.now
    timer.start(pair.there.db, Draft("Write"), now=later - 30)
    pair.there.run(HOUR)
    pair.online(pair.here)
    pair.run(20 * MINUTE)
    assert [row[1] for row in pair.here.ours()] == [begin, later - 30]
    problems.remove_one(pair.here.db, the_question(pair), copy=False, now=pair.here.now)
    assert descriptions(pair) == ["Write"]


@pytest.mark.parametrize("seconds", [30, 20 * MINUTE])
def test_one_that_was_moved_earlier_elsewhere_is_ours(pair: Pair, seconds: int) -> None:
    pair.here.adapter.faults.next("drop_after_commit", is_post)
    timer.start(pair.here.db, Draft("Write"), now=pair.here.now)
    begin = pair.here.now
    pair.here.engine.turn()
    pair.account.edit(max(pair.account.time_entries), start=begin - seconds)
    pair.meet()
    assert [row[1:3] for row in pair.here.ours()] == [(begin - seconds, None)]
    assert problems.every(pair.here.db) == []


def test_one_that_had_ended_before_ours_began_is_another(pair: Pair) -> None:
    begin = pair.here.now
    start_here_that_does_not_arrive(pair)
    verbs.add(pair.there.db, Draft("Write"), start=begin - HOUR, stop=begin - 60, now=begin)
    pair.there.run(MINUTE)
    pair.meet()
    assert [row[1] for row in pair.here.ours()] == [begin - HOUR, begin]


@pytest.mark.parametrize(("gone", "left"), [(1, ("3", "2")), (2, ("3", "1")), (3, ("2", "1"))])
def test_of_three_that_may_be_one_two_are_left_to_ask_about(
    pair: Pair, gone: int, left: tuple[str, str]
) -> None:
    db = pair.here.db
    for each in (1, 2, 3):
        verbs.add(db, Draft(str(each)), start=NOON - 900 * each, stop=NOON - 900 * each, now=NOON)
    with db.writing():
        possible_copies.ask(db, 2, 1, now=NOON)
        possible_copies.ask(db, 3, 2 if gone == 2 else 1, now=NOON)
    verbs.delete(db, [gone], now=NOON)
    (found,) = problems.every(db)
    assert [found.other.split()[0], found.kept.split()[0]] == [f"“{each}”" for each in left]
