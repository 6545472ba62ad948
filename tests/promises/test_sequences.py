"""All sequences of two steps of two computers and a web page; more by ``--promises``."""

from contextlib import suppress

import pytest

from tests.promises.deeds import Deed, Deeds
from tests.promises.explorer import SCENES, Explorer, Scene, judge, settle_and_judge
from tests.promises.small_world import ALPHABET, ARRIVES, FAULTS, SmallWorld, Step


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_nothing_is_lost_doubled_or_hidden(scene: Scene) -> None:
    explorer = Explorer(scene)
    assert explorer.run(2)
    explorer.world.close()
    explored = explorer.explored
    assert explored.broken == []
    assert explored.states > 100
    assert explored.sequences > explored.states, "some lead to the same"


FOUND = {
    "a rename on the web, unseen by a rename here": "A rename project; web rename project",
    "an edit on the web, after a request was dropped": (
        "A edit; A sync, request dropped; web edit"
    ),
    "an edit on the web, after a reply was dropped": "A edit; A sync, reply dropped; web edit",
    "an edit on the web, while a request is late": "A edit; A sync, request late; web edit",
    "a stop on the web, before a start here is undone": "A start; web stop; A sync; A undo",
    "the same, with a dropped reply": "A start; web stop; A sync, reply dropped; A undo",
    "a stop here that gave way to one that is taken back": "A stop; B start; B sync; B undo",
}

FOUND_WITH_NOTHING_RUNNING = {
    "a start that arrives after it was looked for": (
        "A start; A sync, request late; A delete project; A sync, request late"
    ),
    "a stop on the web, before a start that is late arrives again": (
        "A start; A sync, request late; A sync; web stop"
    ),
    "the same, after a reply was dropped": (
        "A start; A sync, request late; A sync, reply dropped; web stop"
    ),
    "a start without answer that was stopped and deleted on the web": (
        "A start; A sync, reply dropped; web stop; web delete"
    ),
    "a deletion without answer that is undone before the project goes": (
        "A delete; A sync, reply dropped; A undo; A delete project"
    ),
    "a rename without answer that is taken back after another on the web": (
        "A rename project; A sync, reply dropped; web rename project; A undo"
    ),
    "a project that two have deleted and one brings back": (
        "A delete project; web delete project; A sync, request dropped; A undo"
    ),
    "a project that comes back after two deletions without an answer": (
        "A delete project; A sync, reply dropped; A sync, request dropped; A undo"
    ),
}


@pytest.mark.parametrize("steps", FOUND.values(), ids=FOUND)
def test_what_went_wrong_once(steps: str) -> None:
    check(steps, running=True)


@pytest.mark.parametrize(
    "steps", FOUND_WITH_NOTHING_RUNNING.values(), ids=FOUND_WITH_NOTHING_RUNNING
)
def test_what_went_wrong_once_with_nothing_running(steps: str) -> None:
    check(steps, running=False)


FOUND_LATE = {
    "a stop elsewhere, before a deletion that arrives once it is undone": (
        True,
        "A stop; B delete; B sync, request late; B undo",
    ),
    "a start that is repeated, and arrives late with its project gone": (
        False,
        "A start; B delete project; A sync, request late; B sync, request late",
    ),
}


@pytest.mark.parametrize(("running", "steps"), FOUND_LATE.values(), ids=FOUND_LATE)
def test_what_went_wrong_once_between_two_exchanges(steps: str, *, running: bool) -> None:
    check(steps, running=running, late=True)


FOUND_WITHIN_A_SECOND = {
    "a rename elsewhere in the very second of one here": (
        "A rename project; web rename project; A sync"
    ),
    "an edit on the web, between a try and the next": (
        "A edit; A sync, request dropped; web edit; A sync"
    ),
}


@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("steps", FOUND_WITHIN_A_SECOND.values(), ids=FOUND_WITHIN_A_SECOND)
def test_what_went_wrong_once_within_a_second(steps: str, *, running: bool) -> None:
    check(steps, running=running, gap=1)


def check(steps: str, *, running: bool, late: bool = False, gap: int = 40) -> None:
    world = SmallWorld(running=running, gap=gap)
    by_name = {str(step): step for step in ALPHABET}
    for name in steps.split("; "):
        assert world.take(by_name[name])
    assert settle_and_judge(world, late=late) == ()
    world.close()


def test_a_branch_leaves_no_trace() -> None:
    world = SmallWorld(running=True, gap=40)
    before = world.moment()
    for step in ALPHABET:
        with world.branch():
            world.take(step)
            settle_and_judge(world)
        assert world.moment() == before, step
    world.close()


@pytest.mark.parametrize("fault", ["", *(name.removeprefix("sync") for name in FAULTS)])
def test_an_exchange_that_went_before_goes_the_same(fault: str) -> None:
    world = SmallWorld(running=True, gap=40)
    moments, made = [], []
    for _ in range(2):
        with world.branch():
            for step in (Step("B", "edit"), Step("A", "start"), Step("A", f"sync{fault}")):
                assert world.take(step)
            moments.append(world.moment())
            assert settle_and_judge(world) == ()
            moments.append(world.moment())
        made.append(len(world._exchanged))
    assert moments[:2] == moments[2:]
    assert made[0] == made[1]
    world.close()


def test_what_is_read_again_is_what_was_written_last() -> None:
    world = SmallWorld(running=True, gap=40)
    db = world.rigs["A"].db

    def renamed(name: str) -> list[str]:
        with db.writing():
            db.run("UPDATE project SET name = ?", (name,))
        return names()

    def names() -> list[str]:
        return [name for (name,) in db.rows("SELECT name FROM project")]

    before = names()
    with db.branch():
        assert renamed("one") == names() == ["one"]
        with db.branch():
            assert renamed("two") == ["two"]
        assert names() == ["one"]
        with suppress(LookupError), db.writing():
            db.run("UPDATE project SET name = 'three'")
            assert names() == ["three"]
            raise LookupError
        assert names() == ["one"]
    assert names() == before
    world.close()


def test_it_sees_what_is_wrong() -> None:
    """Each promise broken on purpose."""
    world = SmallWorld(running=True, gap=40)
    assert judge(world) == ()
    with world.branch():
        world.account.delete(world.account.entries()[0].id)
        assert "E is lost" in judge(world)
        assert any(each.startswith("A is apart") for each in judge(world))
    with world.branch():
        world.account.start("E again")
        assert "E is doubled" in judge(world)
    with world.branch():
        world.deeds.note("B", Deed(0, "stop", "E", ""), "E")
        assert "E runs on" in judge(world)
    with world.branch():
        world.deeds.note("web", Deed(0, "edit", "E", "E web1"), "E")
        assert "E web1 is hidden" in judge(world)
    with world.branch():
        assert world.take(Step("A", "edit"))
        assert "A still waits" in judge(world)
    world.close()


def test_late_requests_arrive_as_a_step() -> None:
    world = SmallWorld(running=True, gap=40)
    assert not world.take(ARRIVES)
    assert world.take(Step("A", "edit"))
    assert world.take(Step("A", "sync, request late"))
    assert world.account.entries()[0].description == "E"
    assert world.take(ARRIVES)
    assert world.account.entries()[0].description == "E A1"
    world.close()


def test_the_same_in_either_order_is_one_state() -> None:
    world = SmallWorld(running=True, gap=40)
    keys = set()
    here, there = Step("A", "edit"), Step("B", "rename project")
    for steps in ((here, there), (there, here)):
        with world.branch():
            assert all(world.take(step) for step in steps)
            keys.add(world.moment().digest)
    assert len(keys) == 1
    world.close()


def test_undoing_takes_back_what_is_known() -> None:
    deeds = Deeds()
    deeds.know("E")
    deeds.note("A", Deed(1, "edit", "E", "E A1"), "E")
    assert deeds.things["E"].last_words() == {"E A1"}
    deeds.note("A", Deed(2, "delete", "E", ""), "E A1")
    assert deeds.things["E"].last_words() == set()
    deeds.note_undone("A", 2)
    deeds.note_undone("A", 1)
    assert deeds.things["E"].last_words() == {"E"}
    assert not deeds.things["E"].deleted_by
