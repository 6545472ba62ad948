"""Answers to the question about an absence, and what they do to the stored entries."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import NotFound
from tray.model.limits import MAX_SECONDS
from tray.model.presence.answers import SCRAP_SECONDS, AbsenceAnswer, AbsenceChoice, Remark
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences, entries, heartbeat, outbox
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat
from tray.store.opening import open_database
from tray.tracker import absences as verbs
from tray.tracker import entries as entry_verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

T0: Final = 1_760_000_000
NOW: Final = T0 + 10_000
Refusal = Callable[..., AbstractContextManager[None]]


def record(db: Database, *stretches: AwayPeriod, entry_id: int = 1) -> Absence:
    """Leave a question about the entry."""
    absence = Absence(
        absences.next_id(db), entry_id, Cause.IDLE, AbsenceState.OPEN, tuple(stretches)
    )
    with db.writing():
        absences.record(db, absence)
    return absence


def away(db: Database) -> Absence:
    """Somebody wrote from T0 on, and was away from 1,000 to 5,000 seconds later."""
    timer.start(db, Draft("Writing"), now=T0)
    return record(db, AwayPeriod(T0 + 1_000, T0 + 5_000))


def times(db: Database) -> list[tuple[str, int, int | None]]:
    """What was done when, in seconds since T0."""
    return [
        (entry.description, entry.start - T0, None if entry.stop is None else entry.stop - T0)
        for entry in entries.everything(db)
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (AbsenceAnswer(AbsenceChoice.KEEP), [("Writing", 0, None)]),
        (
            AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE),
            [("Writing", 0, 1_000), ("Writing", 5_000, None)],
        ),
        (
            AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP),
            [("Writing", 0, 1_000), ("Writing", 5_000, 10_000)],
        ),
        (
            AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE, T0 + 2_000),
            [("Writing", 0, 2_000), ("Writing", 5_000, None)],
        ),
        (
            AbsenceAnswer(AbsenceChoice.SEPARATE),
            [("Writing", 0, 1_000), ("Writing", 1_000, 5_000), ("Writing", 5_000, None)],
        ),
        (AbsenceAnswer(AbsenceChoice.SPLIT), [("Writing", 0, 1_000), ("Writing", 1_000, None)]),
    ],
)
def test_an_answer_does_what_it_says(
    db: Database, answer: AbsenceAnswer, expected: list[tuple[str, int, int | None]]
) -> None:
    absence = away(db)
    outcome = verbs.answer(db, absence.id, answer, now=NOW)
    assert times(db) == expected
    assert outcome.verb == "answer"
    assert outcome.changed >= {"absence"}
    assert outcome.remarks == ()
    assert absences.get(db, absence.id).state is AbsenceState.ANSWERED
    assert absences.unanswered(db) == []


def test_the_time_is_given_to_what_is_typed(db: Database) -> None:
    absence = away(db)
    to = Draft("Lunch with Ann", project="Social", create_missing=True)
    outcome = verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.GIVE), now=NOW, to=to)
    assert times(db) == [
        ("Writing", 0, 1_000),
        ("Lunch with Ann", 1_000, 5_000),
        ("Writing", 5_000, None),
    ]
    assert outcome.changed == {"absence", "entry", "project"}


def test_the_time_cannot_be_given_to_nothing(db: Database, refused: Refusal) -> None:
    absence = away(db)
    with refused("Say what that time was used for", field="description"):
        verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.GIVE), now=NOW)


def test_an_answer_is_given_once(db: Database, refused: Refusal) -> None:
    absence = away(db)
    verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.KEEP), now=NOW)
    with refused("was answered already"):
        verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP), now=NOW)


def test_what_was_too_short_to_matter_cannot_be_answered(db: Database, refused: Refusal) -> None:
    with refused("too short to matter", error=NotFound):
        verbs.answer(db, 7, AbsenceAnswer(AbsenceChoice.KEEP), now=NOW)


def test_an_entry_that_changed_meanwhile_is_said(db: Database) -> None:
    absence = away(db)
    timer.stop(db, now=NOW, at=T0 + 500)
    entry, plan = verbs.planned(db, absence, AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP), now=NOW)
    assert entry is not None
    assert plan.changed is Remark.STOPPED_BEFORE
    outcome = verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP), now=NOW)
    assert outcome.remarks == (verbs.REMARKS[Remark.STOPPED_BEFORE],)
    assert times(db) == [("Writing", 0, 500)]


def test_of_a_deleted_entry_nothing_is_left_to_change(db: Database) -> None:
    absence = away(db)
    entry_verbs.delete(db, [absence.entry_id], now=NOW)
    outcome = verbs.answer(
        db, absence.id, AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE), now=NOW
    )
    assert outcome.remarks == (verbs.REMARKS[Remark.DELETED],)
    assert outcome.entry is None
    assert times(db) == []


def test_every_remark_is_a_sentence() -> None:
    assert verbs.REMARKS.keys() == set(Remark)
    assert all(sentence.endswith(".") for sentence in verbs.REMARKS.values())


def test_an_answer_is_taken_back_and_given_again_with_its_question(db: Database) -> None:
    absence = away(db)
    verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.DISCARD_AND_STOP), now=NOW)
    _, past = undo.undo(db)
    assert (past.verb, past.subject) == ("answer", "Writing")
    assert times(db) == [("Writing", 0, None)]
    assert absences.get(db, absence.id).state is AbsenceState.UNDONE
    assert absences.unanswered(db) == []
    undo.redo(db)
    assert absences.get(db, absence.id).state is AbsenceState.ANSWERED
    assert len(times(db)) == 2


def test_the_server_is_told_of_entries_only(db: Database) -> None:
    db.run("INSERT INTO account (id, url, auth, user_id, name) VALUES (1, '', 'basic', 1, '')")
    absence = away(db)
    verbs.answer(db, absence.id, AbsenceAnswer(AbsenceChoice.DISCARD_AND_CONTINUE), now=NOW)
    noted = outbox.items(db, "waiting")
    assert {(item.table, item.row_id) for item in noted} == {("entry", 1), ("entry", 2)}


# The properties, over entries and absences of any kind

moments = st.integers(0, 40).map(lambda number: T0 + 100 * number)
spans = st.lists(moments, min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """Some entries, at most one of which runs, an absence, and an answer."""
    edges = sorted(draw(st.lists(moments, min_size=2, max_size=8, unique=True)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    gone = sorted(draw(st.lists(moments, min_size=1, max_size=4, unique=True)))
    stretches = [
        AwayPeriod(begin, back) for begin, back in zip(gone[::2], [*gone[1::2], None], strict=False)
    ]
    return {
        "pairs": pairs,
        "runs": draw(st.booleans()),
        "about": draw(st.integers(1, len(pairs) + 1)),
        "stretches": stretches,
        "choice": draw(st.sampled_from(AbsenceChoice)),
        "cut": draw(st.none() | moments),
        "go_on": draw(st.booleans()),
    }


def rows(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    tables = [table for table in COLUMNS if table != "absence"]
    return {table: db.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


def seconds(db: Database) -> int:
    return sum(entry.seconds(NOW) for entry in entries.everything(db))


def gone_seconds(absence: Absence) -> int:
    return sum((each.back or NOW) - each.begin for each in absence.stretches)


@given(histories())
def test_an_answer_discards_no_more_than_the_absence_and_is_undone_exactly(
    history: dict[str, Any],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(str(Path(folder, "toggl-tray.db"))) as db,
    ):
        db.run("PRAGMA synchronous = OFF")
        for start, stop in history["pairs"]:
            entry_verbs.add(db, Draft(str(start)), start=start, stop=stop, now=NOW)
        if history["runs"]:
            timer.start(db, Draft("Runs"), now=NOW, at=history["pairs"][-1][1])
        absence = record(db, *history["stretches"], entry_id=history["about"])
        before, total = rows(db), seconds(db)
        given_answer = AbsenceAnswer(history["choice"], history["cut"], go_on=history["go_on"])
        _, plan = verbs.planned(db, absence, given_answer, now=NOW)
        verbs.answer(db, absence.id, given_answer, now=NOW, to=Draft("Lunch"))
        after = entries.everything(db)
        for entry in after:
            assert entry.start <= NOW
            assert entry.stop is None or entry.start <= entry.stop <= NOW
        lost = total - seconds(db)
        assert lost <= gone_seconds(absence) + SCRAP_SECONDS
        if history["choice"] is not AbsenceChoice.GIVE:
            assert lost <= plan.discarded + SCRAP_SECONDS
        answered = rows(db)
        undo.undo(db)
        made = {table for table in before if rows(db)[table] != before[table]}
        assert made == set()
        assert absences.get(db, absence.id).state is AbsenceState.UNDONE
        undo.redo(db)
        assert rows(db) == answered


# Stops, and starts, at a moment that has passed


def test_a_forgotten_entry_is_stopped_where_it_was_forgotten(db: Database) -> None:
    timer.start(db, Draft("Writing"), now=T0)
    outcome = verbs.stop_at(db, 1, T0 + 600, now=NOW)
    assert outcome.stopped is not None
    assert outcome.stopped.stop == T0 + 600
    assert times(db) == [("Writing", 0, 600)]
    undo.undo(db)
    assert times(db) == [("Writing", 0, None)]


@pytest.mark.parametrize(
    ("moment", "now", "stop"),
    [
        (T0 - 5, NOW, T0),
        (NOW + 5, NOW, NOW),
        (T0 + 100, T0 - 100, T0),
        (T0 + 2 * MAX_SECONDS, T0 + 3 * MAX_SECONDS, T0 + MAX_SECONDS),
    ],
)
def test_a_stop_lies_within_the_entry_and_in_the_past(
    db: Database, moment: int, now: int, stop: int
) -> None:
    timer.start(db, Draft("Writing"), now=T0)
    verbs.stop_at(db, 1, moment, now=now)
    assert entries.get(db, 1).stop == stop


def test_an_entry_that_was_stopped_meanwhile_stays_as_it_is(db: Database, refused: Refusal) -> None:
    timer.start(db, Draft("Writing"), now=T0)
    timer.stop(db, now=T0 + 60)
    with refused("was stopped meanwhile"):
        verbs.stop_at(db, 1, T0 + 30, now=NOW)


def test_the_return_is_when_an_entry_could_have_been_started(db: Database) -> None:
    assert verbs.came_back(db, now=NOW) is None
    back = T0 + 5_000
    with db.writing():
        heartbeat.write(db, Heartbeat(NOW, AwayPeriod(T0, back)))
    assert verbs.came_back(db, now=NOW) == back
    assert verbs.came_back(db, now=back + 30) is None
    timer.start(db, Draft("Writing"), now=NOW, at=back)
    assert verbs.came_back(db, now=NOW) is None
    timer.stop(db, now=NOW)
    assert verbs.came_back(db, now=NOW) is None


def test_who_is_still_away_has_not_come_back(db: Database) -> None:
    with db.writing():
        heartbeat.write(db, Heartbeat(NOW, AwayPeriod(T0)))
    assert verbs.came_back(db, now=NOW) is None
    timer.start(db, Draft("Writing"), now=T0 - 600)
    assert verbs.left_at(db, entries.get(db, 1)) is None


@pytest.mark.parametrize("choice", [AbsenceChoice.KEEP, AbsenceChoice.SPLIT])
def test_who_has_said_what_an_absence_was_is_not_asked_for_its_stop(
    db: Database, choice: AbsenceChoice
) -> None:
    absence = away(db)
    with db.writing():
        heartbeat.write(db, Heartbeat(NOW, AwayPeriod(T0 + 1_000, T0 + 5_000)))
    assert left_at(db) == T0 + 1_000
    verbs.answer(db, absence.id, AbsenceAnswer(choice), now=NOW)
    assert left_at(db) is None
    undo.undo(db)
    assert left_at(db) == T0 + 1_000
    undo.redo(db)
    with db.writing():
        heartbeat.write(db, Heartbeat(NOW, AwayPeriod(T0 + 7_000, T0 + 9_000)))
    assert left_at(db) == T0 + 7_000


def left_at(db: Database) -> int | None:
    """Where what runs could be stopped."""
    running = entries.running(db)
    assert running is not None
    return verbs.left_at(db, running)


def test_an_entry_that_ran_on_could_be_stopped_where_the_user_left(db: Database) -> None:
    timer.start(db, Draft("Writing"), now=T0)
    writing = entries.get(db, 1)
    assert verbs.left_at(db, writing) is None
    with db.writing():
        heartbeat.write(db, Heartbeat(NOW, AwayPeriod(T0 + 100, T0 + 5_000)))
    assert verbs.left_at(db, writing) == T0 + 100
    assert verbs.left_at(db, writing._replace(start=T0 + 200)) is None
    assert verbs.left_at(db, writing._replace(stop=T0 + 6_000)) is None
