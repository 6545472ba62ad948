"""What two computers of one account do to the same entries, without knowing of each other."""

from pathlib import Path

import pytest

from tests.sync.pair import HOUR, MINUTE, Pair
from tests.sync.rig import NOON, Rig
from tray.store import account, conflicts, entries, journal, outbox
from tray.sync import problems
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft


def sent(rig: Rig, since: int = 0) -> list[tuple[str, str]]:
    """Method and last word of the path of everything that changes something."""
    calls = [each for each in rig.service.log[since:] if each.method != "GET"]
    return [(each.method, each.path.rsplit("/", 1)[-1]) for each in calls]


def journal_of(rig: Rig) -> list[str]:
    return [line.text for line in journal.latest(rig.db, 50)]


# A stop is a stop


@pytest.mark.parametrize("version", [9, 8])
@pytest.mark.parametrize("late", [0, 2, 20])
def test_a_start_corrected_elsewhere_outlives_a_stop_here(
    tmp_path: Path, late: int, version: int
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(10)
    (entry,) = rig.account.entries()
    rig.account.edit(entry.id, start=entry.start - 20 * MINUTE)
    rig.now += 10
    timer.stop(rig.db, now=rig.now)
    stop = rig.now
    rig.now += late
    rig.run(20 * MINUTE)
    (found,) = rig.account.entries()
    assert found.start == entry.start - 20 * MINUTE
    assert found.stop is not None
    assert stop <= found.stop <= stop + 2
    assert rig.ours() == rig.theirs()
    rig.db.close()


def test_a_stop_of_this_moment_is_one_request_without_a_body(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(10)
    before = len(signed_in.service.log)
    timer.stop(signed_in.db, now=signed_in.now)
    signed_in.run(2)
    assert sent(signed_in, before) == [("PATCH", "stop")]
    assert signed_in.ours() == signed_in.theirs()


def test_a_clock_that_is_wrong_does_not_change_the_length_of_an_entry(tmp_path: Path) -> None:
    rig = Rig(tmp_path, ahead=-HOUR)
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.now += 30 * MINUTE
    rig.restart()
    account.update(rig.db, clock_skew=0)  # it was set wrong a moment ago
    timer.stop(rig.db, now=rig.now)
    rig.run(MINUTE)
    ((_, start, stop, *_),) = rig.ours()
    assert stop - start == 30 * MINUTE
    assert rig.ours() == rig.theirs()
    rig.db.close()


def test_a_stop_of_a_while_ago_sends_only_the_stop(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(10)
    timer.stop(signed_in.db, now=signed_in.now)
    signed_in.now += 20
    signed_in.run(60)
    (request,) = [each.request for each in signed_in.service.log if each.method == "PUT"]
    assert request.json().keys() == {"stop"}


@pytest.mark.parametrize("field", ["start", "stop"])
def test_one_end_that_is_edited_is_sent_without_the_other(signed_in: Rig, field: str) -> None:
    verbs.add(signed_in.db, Draft("Write"), start=NOON - 900, stop=NOON - 300, now=NOON)
    signed_in.run(60)
    changes: verbs.Changes = {"start": NOON - 1200} if field == "start" else {"stop": NOON - 200}
    verbs.edit(signed_in.db, [1], changes, now=signed_in.now)
    signed_in.run(60)
    (request,) = [each.request for each in signed_in.service.log if each.method == "PUT"]
    assert request.json().keys() == {field}
    assert signed_in.ours() == signed_in.theirs()


def test_a_stop_that_came_too_late_takes_the_end_that_the_server_has(pair: Pair) -> None:
    timer.start(pair.here.db, Draft("Research"), now=pair.here.now)
    pair.run(20 * MINUTE)
    timer.stop(pair.there.db, now=pair.there.now)
    stop = pair.there.now
    pair.there.run(1)
    pair.world.now += 3 * MINUTE
    timer.stop(pair.here.db, now=pair.here.now)
    pair.here.run(1)
    assert pair.account.entries()[0].stop == stop
    assert [row[2] for row in pair.here.ours()] == [stop]
    pair.meet()


# An entry that was stopped elsewhere


@pytest.mark.parametrize("verb", ["start", "continue", "stop"])
def test_a_stop_by_the_way_does_not_undo_an_earlier_one(pair: Pair, verb: str) -> None:
    verbs.add(pair.here.db, Draft("Old"), start=NOON - 900, stop=NOON - 800, now=NOON)
    timer.start(pair.here.db, Draft("Research"), now=pair.here.now)
    pair.run(20 * MINUTE)
    pair.online(pair.here, False)
    timer.stop(pair.there.db, now=pair.there.now)
    stop = pair.there.now
    pair.run(30 * MINUTE)
    now = pair.here.now
    if verb == "start":
        timer.start(pair.here.db, Draft("Lunch"), now=now)
    elif verb == "continue":
        timer.resume(pair.here.db, 1, now=now)
    else:
        timer.stop(pair.here.db, now=now)
    pair.meet()
    assert [row[2] for row in pair.here.ours() if row[0] == "Research"] == [stop]


def test_a_start_on_a_computer_that_has_not_looked_does_not_move_the_stop(pair: Pair) -> None:
    timer.start(pair.here.db, Draft("Research"), now=pair.here.now)
    pair.run(20 * MINUTE)
    timer.stop(pair.there.db, now=pair.there.now)
    stop = pair.there.now
    pair.there.run(1)
    pair.world.now += 4 * MINUTE
    timer.start(pair.here.db, Draft("Lunch"), now=pair.here.now)
    pair.meet()
    assert [row[2] for row in pair.here.ours() if row[0] == "Research"] == [stop]


@pytest.mark.parametrize("verb", ["edit", "stop at"])
def test_an_end_that_was_typed_later_wins_and_the_other_is_listed(pair: Pair, verb: str) -> None:
    timer.start(pair.here.db, Draft("Research"), now=pair.here.now)
    pair.run(20 * MINUTE)
    pair.online(pair.here, False)
    timer.stop(pair.there.db, now=pair.there.now)
    pair.run(30 * MINUTE)
    now = pair.here.now
    typed = now - 5 * MINUTE
    if verb == "stop at":
        timer.stop(pair.here.db, now=now, at=typed)
    else:
        timer.stop(pair.here.db, now=now)
        verbs.edit(pair.here.db, [1], {"stop": typed}, now=now)
    pair.meet()
    assert [row[2] for row in pair.here.ours()] == [typed]
    (found,) = problems.every(pair.here.db)
    assert found.kind == "conflict"
    assert "as it was changed later" in found.sentence


def test_what_problems_says_of_an_earlier_change_that_came_last_is_true(pair: Pair) -> None:
    verbs.add(pair.here.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    pair.run(10 * MINUTE)
    pair.online(pair.here, False)
    verbs.edit(pair.here.db, [1], {"description": "Here"}, now=pair.here.now)
    pair.run(HOUR)
    verbs.edit(pair.there.db, [1], {"description": "There"}, now=pair.there.now)
    pair.run(MINUTE)
    pair.meet()
    (found,) = problems.every(pair.here.db)
    assert pair.here.ours()[0][0] == "There"
    assert "later" not in found.sentence.replace("reached the server later", "")


def test_each_field_counts_by_when_it_was_changed_itself(pair: Pair) -> None:
    verbs.add(pair.here.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    pair.run(10 * MINUTE)
    pair.online(pair.here, False)
    verbs.edit(pair.here.db, [1], {"description": "Here"}, now=pair.here.now)
    pair.run(HOUR)
    verbs.edit(pair.there.db, [1], {"description": "There"}, now=pair.there.now)
    pair.run(HOUR)
    verbs.edit(pair.here.db, [1], {"tags": ["deep"]}, now=pair.here.now)
    pair.meet()
    assert [(row[0], row[4]) for row in pair.here.ours()] == [("There", ("deep",))]


def test_entries_of_two_computers_that_overlap_are_hinted(pair: Pair) -> None:
    now = NOON
    verbs.add(pair.here.db, Draft("Here"), start=now - 900, stop=now - 300, now=now)
    verbs.add(pair.there.db, Draft("There"), start=now - 600, stop=now - 100, now=now)
    pair.meet()
    lines = [each for rig in pair.both for each in journal_of(rig) if "overlap" in each]
    assert lines, "one of them at least says so"
    assert "“Here”" in lines[0]
    assert "“There”" in lines[0]
    assert len(lines) <= 2


# Deleted here, changed there


def test_a_later_edit_elsewhere_is_asked_about_before_it_is_deleted(pair: Pair) -> None:
    verbs.add(pair.here.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    pair.run(10 * MINUTE)
    pair.online(pair.here, False)
    verbs.delete(pair.here.db, [1], now=pair.here.now)
    pair.run(2 * HOUR)
    verbs.edit(pair.there.db, [1], {"description": "Better"}, now=pair.there.now)
    pair.run(HOUR)
    pair.online(pair.here)
    pair.run(HOUR)
    assert [row[0] for row in pair.there.ours()] == ["Better"]
    (found,) = problems.every(pair.here.db)
    assert (found.kind, found.action) == ("refused", "delete")
    assert found.sentence.startswith("“Better” from ")
    assert found.sentence.endswith("was changed on another device after it was deleted here.")


def asked(pair: Pair) -> problems.SyncProblem:
    test_a_later_edit_elsewhere_is_asked_about_before_it_is_deleted(pair)
    (found,) = problems.every(pair.here.db)
    return found


def test_it_is_deleted_if_the_user_insists(pair: Pair) -> None:
    problems.retry(pair.here.db, asked(pair), now=pair.here.now)
    pair.meet()
    assert pair.here.ours() == []
    assert problems.every(pair.here.db) == []


def test_it_comes_back_if_the_user_wants_it(pair: Pair) -> None:
    problems.give_up(pair.here.db, asked(pair), now=pair.here.now)
    pair.meet()
    assert [row[0] for row in pair.here.ours()] == ["Better"]
    assert problems.every(pair.here.db) == []


def test_an_earlier_edit_elsewhere_does_not_hold_up_a_deletion(pair: Pair) -> None:
    verbs.add(pair.here.db, Draft("Both"), start=NOON - 900, stop=NOON - 800, now=NOON)
    pair.run(10 * MINUTE)
    pair.online(pair.here, False)
    verbs.edit(pair.there.db, [1], {"description": "Better"}, now=pair.there.now)
    pair.run(HOUR)
    verbs.delete(pair.here.db, [1], now=pair.here.now)
    pair.meet()
    assert pair.here.ours() == []
    assert problems.every(pair.here.db) == []


# Starts that waited


@pytest.mark.parametrize("waited", [10, HOUR])
def test_a_start_that_waited_does_not_stop_what_was_started_later(pair: Pair, waited: int) -> None:
    pair.online(pair.here, False)
    timer.start(pair.here.db, Draft("Early"), now=pair.here.now)
    pair.world.now += 5
    timer.start(pair.there.db, Draft("Late"), now=pair.there.now)
    late = pair.there.now
    pair.there.run(1)
    pair.world.now += waited
    pair.online(pair.here)
    pair.meet()
    assert [(row[0], row[2]) for row in pair.here.ours()] == [("Early", late), ("Late", None)]
    ends = [each.request.json() for each in pair.here.service.log if each.method == "POST"]
    assert "stop" in next(each for each in ends if each["description"] == "Early")


def test_what_was_refused_and_changed_by_a_merge_is_sent_again(pair: Pair) -> None:
    pair.online(pair.here, False)
    timer.start(pair.here.db, Draft("Early"), now=pair.here.now)
    pair.world.now += 60
    timer.start(pair.there.db, Draft("Late"), now=pair.there.now)
    pair.there.run(1)
    item = outbox.of(pair.here.db, "entry", 1)
    assert item is not None
    outbox.update(pair.here.db, item.id, state="refused", error="Values are inconsistent.")
    pair.meet()
    assert problems.every(pair.here.db) == []
    assert conflicts.every(pair.here.db) == []
    assert entries.running(pair.there.db) is not None
