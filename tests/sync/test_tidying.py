"""What nobody has asked for goes on by itself; only what is against a rule is left to the user."""

from pathlib import Path

import pytest

from tests.fakes.toggl.exchange import answer
from tests.sync.pair import HOUR, is_post
from tests.sync.rig import Rig
from tray.store import entries, journal
from tray.sync import problems, status
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft


def work_beside(rig: Rig, seconds: int) -> None:
    """Let time pass in which other things are sent."""
    end = rig.now + seconds
    while rig.now < end:
        verbs.add(rig.db, Draft("More"), start=rig.now - 60, stop=rig.now - 30, now=rig.now)
        rig.run(600)


@pytest.mark.parametrize("version", [8, 9])
def test_a_double_that_cannot_be_removed_is_tried_again_by_itself(
    tmp_path: Path, version: int
) -> None:
    """Nobody has asked for it, so nobody is to decide about it."""
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(60)
    faults = rig.adapter.faults
    faults.next("doubled", is_post)
    verbs.add(rig.db, Draft("Write"), start=rig.now - 900, stop=rig.now - 300, now=rig.now)
    rig.engine.turn()
    before = len(faults.done)
    faults.by_chance(1, {"html_502_before": 1}, when=lambda each: each.method == "DELETE")
    work_beside(rig, 4 * HOUR)
    assert [row[0] for row in rig.theirs()].count("Write") == 2
    assert problems.every(rig.db) == []
    assert len(faults.done) - before < 14, "less often each time"
    assert "status 502" in status.read(rig.db, now=rig.now).error_text
    faults.clear()
    work_beside(rig, 2 * HOUR)
    assert [row[0] for row in rig.theirs()].count("Write") == 1
    assert rig.ours() == rig.theirs()
    rig.db.close()


def test_an_end_that_follows_from_another_device_is_tried_again_by_itself(signed_in: Rig) -> None:
    rig, faults = signed_in, signed_in.adapter.faults
    timer.start(rig.db, Draft("Before"), now=rig.now)
    rig.run(60)
    rig.adapter.online = False
    rig.now += 60
    before = rig.account.time_entries[min(rig.account.time_entries)]
    rig.account.start("Elsewhere")
    before.stop, before.duration = None, -1  # a server that lets both run
    faults.by_chance(1, {"html_502_before": 1}, when=lambda each: each.method in ("PUT", "PATCH"))
    rig.adapter.online = True
    rig.engine.network_is_back()
    work_beside(rig, 4 * HOUR)
    assert problems.every(rig.db) == []
    assert len(faults.done) > 3
    assert [entry.id for entry in entries.everything(rig.db) if entry.stop is None]
    faults.clear()
    work_beside(rig, 2 * HOUR)
    assert rig.ours() == rig.theirs()


def test_what_the_server_failed_on_for_good_is_told_without_a_promise(signed_in: Rig) -> None:
    verbs.add(
        signed_in.db,
        Draft("Write"),
        start=signed_in.now - 900,
        stop=signed_in.now - 300,
        now=signed_in.now,
    )
    signed_in.run(60)
    faults = signed_in.adapter.faults
    faults.by_chance(1, {"html_502_before": 1}, when=lambda each: each.method == "DELETE")
    verbs.delete(signed_in.db, [1], now=signed_in.now)
    work_beside(signed_in, 2 * HOUR)
    (problem,) = problems.every(signed_in.db)
    told = [line.text for line in journal.latest(signed_in.db, 50) if "times on this" in line.text]
    assert [line.partition(":")[0] for line in told] == ["“Write”"]
    assert not [each for each in (problem.sentence, *told) if "again" in each]


@pytest.mark.parametrize("decides", ["again", "leave it"])
def test_a_double_whose_removal_is_against_a_rule_can_stay(signed_in: Rig, decides: str) -> None:
    rig = signed_in
    handle = rig.service.handle
    rig.service.handle = lambda request: (  # type: ignore[method-assign]
        answer("The entry is locked", 403) if request.method == "DELETE" else handle(request)
    )
    rig.adapter.faults.next("doubled", is_post)
    verbs.add(rig.db, Draft("Write"), start=rig.now - 900, stop=rig.now - 300, now=rig.now)
    rig.run(HOUR)
    (problem,) = problems.every(rig.db)
    assert "is on the server twice" in problem.sentence
    rig.service.handle = handle  # type: ignore[method-assign]
    if decides == "again":
        problems.retry(rig.db, problem, now=rig.now)
    else:
        problems.give_up(rig.db, problem, now=rig.now)
    rig.run(HOUR)
    assert len(rig.theirs()) == (1 if decides == "again" else 2)
    assert rig.ours() == rig.theirs()
    assert problems.every(rig.db) == []
    for entry in entries.everything(rig.db):
        assert entry.id > 0
        verbs.delete(rig.db, [entry.id], now=rig.now)
    rig.run(HOUR)
    assert rig.ours() == rig.theirs() == []
