from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotFound
from tray.model.entities import TimeEntry, What
from tray.model.limits import LATEST, MAX_SECONDS
from tray.store import entries, undoing
from tray.store.database import Database
from tray.tracker import catalogue, timer, undo
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
MINUTE: Final = 60
HOUR: Final = 3600
Check = Callable[..., AbstractContextManager[None]]


def start(db: Database, description: str = "Report", *, now: int = NOW) -> TimeEntry:
    return made(timer.start(db, Draft(description), now=now).entry)


def add(db: Database, begin: int, end: int, description: str = "Tea") -> TimeEntry:
    draft = Draft(description)
    return made(verbs.add(db, draft, start=NOW + begin, stop=NOW + end, now=NOW).entry)


def made(entry: TimeEntry | None) -> TimeEntry:
    assert entry is not None
    return entry


def times(db: Database) -> list[tuple[int, int | None]]:
    """Start and stop of every entry, counted from NOW."""
    return [
        (entry.start - NOW, None if entry.stop is None else entry.stop - NOW)
        for entry in entries.everything(db)
    ]


# start


def test_starting_makes_a_running_entry(db: Database) -> None:
    outcome = timer.start(db, Draft(" Write\nthe report ", tags=("deep",)), now=NOW)
    assert outcome.verb == "start"
    assert outcome.changed == {"entry", "tag"}
    assert outcome.stopped is None
    assert outcome.remarks == ()
    assert outcome.entry == TimeEntry(1, 1, "Write the report", None, None, (1,), False, NOW, None)
    assert entries.running(db) == outcome.entry


def test_starting_stops_what_runs_at_the_same_second(db: Database) -> None:
    first = start(db, "first")
    outcome = timer.start(db, Draft("second"), now=NOW + 60)
    assert outcome.stopped == first._replace(stop=NOW + 60) == entries.get(db, first.id)
    assert outcome.changed == {"entry"}
    assert times(db) == [(0, 60), (60, None)]


def test_nothing_need_be_said_to_start(db: Database) -> None:
    assert made(timer.start(db, Draft(), now=NOW).entry).what == What(1)


def test_what_has_ids_is_started_as_it_is(db: Database) -> None:
    earlier = made(timer.start(db, Draft("x", project="Web", create_missing=True), now=NOW).entry)
    assert made(timer.start(db, earlier.what, now=NOW + 1).entry).what == earlier.what


def test_an_entry_can_be_started_in_the_past(db: Database) -> None:
    running = start(db, now=NOW - 100)
    outcome = timer.start(db, Draft("x"), now=NOW, at=NOW - 40)
    assert outcome.stopped == running._replace(stop=NOW - 40)
    assert times(db) == [(-100, -40), (-40, None)]


def test_starting_exactly_where_the_running_one_began_leaves_it_no_time(db: Database) -> None:
    start(db)
    outcome = timer.start(db, Draft("x"), now=NOW + 60, at=NOW)
    assert outcome.stopped is not None
    assert outcome.stopped.seconds(NOW + 60) == 0
    assert times(db) == [(0, 0), (0, None)]


def test_an_entry_is_not_started_before_the_running_one(db: Database, refused: Check) -> None:
    start(db)
    with refused("“Report” was started after that moment", "Stop or delete it", field="start"):
        timer.start(db, Draft("x"), now=NOW + 60, at=NOW - 1)
    start(db, "", now=NOW + 10)
    with refused("The running entry was started after", field="start"):
        timer.start(db, Draft("x"), now=NOW + 60, at=NOW)


def test_an_entry_is_not_started_in_the_future(db: Database, refused: Check) -> None:
    with refused("cannot be started in the future", "that has passed"):
        timer.start(db, Draft("x"), now=NOW, at=NOW + 1)


@pytest.mark.parametrize("now", [0, LATEST + 1])
def test_with_a_clock_far_off_nothing_is_started(db: Database, refused: Check, now: int) -> None:
    with refused("outside the years 2006 to 2030", "Check the computer's clock", field="start"):
        timer.start(db, Draft("x"), now=now)


def test_started_in_the_past_it_may_overlap(db: Database) -> None:
    add(db, -100, -50)
    timer.start(db, Draft("x"), now=NOW, at=NOW - 60)
    assert times(db) == [(-100, -50), (-60, None)]


def test_unless_others_are_to_be_trimmed(db: Database) -> None:
    add(db, -100, -50)
    add(db, -80, 40)
    add(db, 10, 20)
    outcome = timer.start(db, Draft("x"), now=NOW, at=NOW - 60, trim=True)
    assert times(db) == [(-100, -60), (-80, -60), (-60, None), (10, 20)]
    undoing.undo(db)
    assert times(db) == [(-100, -50), (-80, 40), (10, 20)]
    assert outcome.entry is not None


def test_the_entry_that_is_stopped_needs_no_trimming(db: Database) -> None:
    start(db, now=NOW - 100)
    timer.start(db, Draft("x"), now=NOW, at=NOW - 60, trim=True)
    timer.start(db, Draft("y"), now=NOW, at=NOW - 60, trim=True)
    assert times(db) == [(-100, -60), (-60, -60), (-60, None)]


def test_trimming_drops_no_entry(db: Database, refused: Check) -> None:
    add(db, -50, -40)
    with refused("“Tea” lies wholly inside", field="start"):
        timer.start(db, Draft("x"), now=NOW, at=NOW - 60, trim=True)


def test_a_start_that_is_refused_stops_nothing(db: Database, refused: Check) -> None:
    start(db)
    with refused("no project “Web”", error=NotFound):
        timer.start(db, Draft("x", project="Web"), now=NOW + 60)
    with refused("3,001 characters", field="description"):
        timer.start(db, Draft("x" * 3_001), now=NOW + 60)


# stop


def test_stopping_ends_the_running_entry(db: Database) -> None:
    running = start(db)
    outcome = timer.stop(db, now=NOW + HOUR)
    assert outcome.entry == outcome.stopped == running._replace(stop=NOW + HOUR)
    assert (outcome.verb, outcome.changed) == ("stop", frozenset({"entry"}))
    assert outcome.remarks == ()
    assert entries.running(db) is None
    assert times(db) == [(0, HOUR)]


def test_an_entry_can_be_stopped_at_an_earlier_moment(db: Database) -> None:
    start(db)
    timer.stop(db, now=NOW + HOUR, at=NOW + MINUTE)
    start(db, now=NOW + HOUR)
    timer.stop(db, now=NOW + HOUR, at=NOW + HOUR)
    assert times(db) == [(0, MINUTE), (HOUR, HOUR)]


@pytest.mark.parametrize("moment", [NOW - 1, NOW + HOUR + 1])
def test_but_not_before_its_start_nor_in_the_future(
    db: Database, refused: Check, moment: int
) -> None:
    start(db)
    with refused("only be stopped between its start and now", field="stop"):
        timer.stop(db, now=NOW + HOUR, at=moment)


def test_nothing_may_be_running(db: Database, refused: Check) -> None:
    add(db, -10, -5)
    with refused("Nothing is running.", error=NotFound):
        timer.stop(db, now=NOW)


# the longest entry


def test_an_entry_of_999_hours_is_stopped_as_it_is(db: Database) -> None:
    start(db)
    assert timer.stop(db, now=NOW + MAX_SECONDS).remarks == ()
    assert times(db) == [(0, MAX_SECONDS)]


@pytest.mark.parametrize("late", [1, MAX_SECONDS * 5])
def test_a_longer_one_is_stopped_at_999_hours_and_that_is_said(db: Database, late: int) -> None:
    start(db)
    outcome = timer.stop(db, now=NOW + MAX_SECONDS + late)
    (remark,) = outcome.remarks
    assert "“Report” ran for more than 999 hours" in remark
    assert "was stopped there." in remark
    assert times(db) == [(0, MAX_SECONDS)]


def test_so_it_is_when_another_is_started(db: Database) -> None:
    start(db, "")
    outcome = timer.start(db, Draft("x"), now=NOW + MAX_SECONDS + 5)
    assert "The running entry ran for more than 999 hours" in outcome.remarks[0]
    assert times(db) == [(0, MAX_SECONDS), (MAX_SECONDS + 5, None)]


# continue


def test_continuing_starts_the_latest_again(db: Database) -> None:
    draft = Draft("x", project="Web", task="Plan", tags=("a",), billable=True, create_missing=True)
    first = made(timer.start(db, draft, now=NOW).entry)
    timer.stop(db, now=NOW + 10)
    outcome = timer.resume(db, now=NOW + 20)
    assert outcome.verb == "continue"
    again = made(outcome.entry)
    assert again.what == first.what
    assert again.id != first.id
    assert times(db) == [(0, 10), (20, None)]
    past = undoing.undoable(db)
    assert past is not None
    assert (past.verb, past.subject) == ("continue", "x")


def test_continuing_an_entry_by_its_number_stops_what_runs(db: Database) -> None:
    tea = add(db, -20, -10)
    start(db)
    outcome = timer.resume(db, tea.id, now=NOW + 60)
    assert outcome.stopped is not None
    assert made(outcome.entry).description == "Tea"
    assert times(db) == [(-20, -10), (0, 60), (60, None)]


def test_continuing_can_have_begun_earlier(db: Database) -> None:
    add(db, -20, -10)
    timer.resume(db, now=NOW, at=NOW - 5)
    assert times(db) == [(-20, -10), (-5, None)]


def test_what_is_planned_for_later_is_not_continued(db: Database) -> None:
    add(db, -20, -10, "Tea")
    add(db, 1, 30, "Meeting")
    assert made(timer.resume(db, now=NOW).entry).description == "Tea"


def test_unless_there_is_nothing_else(db: Database) -> None:
    add(db, 10, 30, "Meeting")
    assert made(timer.resume(db, now=NOW).entry).description == "Meeting"


def test_what_runs_already_is_not_continued(db: Database, refused: Check) -> None:
    running = start(db)
    with refused("“Report” is running already"):
        timer.resume(db, running.id, now=NOW + 1)
    add(db, 10, 30, "Meeting")
    with refused("“Report” is running already"):
        timer.resume(db, now=NOW + 60)
    start(db, "", now=NOW + 70)
    with refused("“That entry” is running already"):
        timer.resume(db, now=NOW + 80)


def test_there_may_be_nothing_to_continue(db: Database, refused: Check) -> None:
    with refused("no entry to continue yet. Start one first", error=NotFound):
        timer.resume(db, now=NOW)
    with refused("There is no entry 7", error=NotFound):
        timer.resume(db, 7, now=NOW)


def test_continuing_in_the_future_is_refused_like_starting(db: Database, refused: Check) -> None:
    add(db, -20, -10)
    with refused("in the future"):
        timer.resume(db, now=NOW, at=NOW + 1)


# toggle


def test_toggling_stops_then_continues(db: Database) -> None:
    start(db)
    assert timer.toggle(db, now=NOW + 10).verb == "stop"
    assert timer.toggle(db, now=NOW + 20).verb == "continue"
    assert times(db) == [(0, 10), (20, None)]


def test_there_may_be_nothing_to_toggle(db: Database, refused: Check) -> None:
    with refused("no entry to continue yet", error=NotFound):
        timer.toggle(db, now=NOW)


def test_what_an_archived_project_was_about_is_continued_without_it(db: Database) -> None:
    project_id = catalogue.create_project(db, "Acme", now=NOW).created_id
    timer.start(db, Draft("Email", "Acme"), now=NOW)
    timer.stop(db, now=NOW + 60)
    catalogue.archive(db, "project", project_id, now=NOW + 60)
    outcome = timer.resume(db, now=NOW + 90)
    assert outcome.entry is not None
    assert outcome.entry.project_id is None
    assert outcome.entry.description == "Email"
    assert outcome.remarks == (
        "The project “Acme” is archived, so this was started without a project.",
    )


def test_a_start_put_back_in_time_says_what_it_overlaps(db: Database) -> None:
    verbs.add(db, Draft("Review"), start=NOW - 3_600, stop=NOW - 600, now=NOW)
    told = timer.start(db, Draft("Report"), now=NOW, at=NOW - 1_800)
    (remark,) = told.remarks
    assert remark == "It overlaps “Review”."
    assert told.overlaps
    undo.undo(db)
    assert timer.start(db, Draft("Report"), now=NOW, at=NOW - 1_800, trim=True).remarks == ()
    assert timer.start(db, Draft("Other"), now=NOW).remarks == ()


# a break that is over


def test_a_break_is_kept_and_what_was_stopped_for_it_goes_on(db: Database) -> None:
    start(db, "Report")
    timer.stop(db, now=NOW + HOUR)
    outcome = timer.end_break(db, now=NOW + HOUR + 6 * MINUTE)
    assert outcome.verb == "continue"
    found = [(entry.description, entry.start - NOW) for entry in entries.everything(db)]
    assert found == [("Report", 0), ("Break", HOUR), ("Report", HOUR + 6 * MINUTE)]
    assert times(db)[1] == (HOUR, HOUR + 6 * MINUTE)
    undo.undo(db)
    assert times(db) == [(0, HOUR)]


def test_there_is_no_break_to_keep_while_something_runs_or_before_anything(
    db: Database, refused: Check
) -> None:
    with pytest.raises(NotFound):
        timer.end_break(db, now=NOW)
    start(db)
    with refused("Something runs already"):
        timer.end_break(db, now=NOW + MINUTE)


# switch


def test_the_latest_is_continued_and_stopped_but_not_twice(db: Database) -> None:
    add(db, -HOUR, 0)
    started = timer.switch(db, True, now=NOW)
    assert started is not None
    assert started.verb == "continue"
    assert made(started.entry).description == "Tea"
    assert timer.switch(db, True, now=NOW + 1) is None
    stopped = timer.switch(db, False, now=NOW + MINUTE)
    assert stopped is not None
    assert stopped.verb == "stop"
    assert timer.switch(db, False, now=NOW + HOUR) is None
    assert times(db) == [(-HOUR, 0), (0, MINUTE)]


def test_what_is_so_already_takes_no_step_away(db: Database) -> None:
    start(db)
    undo.undo(db)
    assert timer.switch(db, False, now=NOW) is None
    undo.redo(db)
    assert entries.running(db) is not None


def test_nothing_can_be_continued_where_nothing_was_tracked(db: Database) -> None:
    with pytest.raises(NotFound, match="no entry to continue yet"):
        timer.switch(db, True, now=NOW)
