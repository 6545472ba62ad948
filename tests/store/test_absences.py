"""Questions about absences as rows, and the latest sign of life."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.errors import NotFound
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences, heartbeat
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat

moments = st.integers(0, 2**40)
stretches = st.builds(AwayPeriod, moments, st.none() | moments)


def absence(number: int = 1, state: AbsenceState = AbsenceState.OPEN) -> Absence:
    return Absence(number, 7, Cause.LOCK, state, (AwayPeriod(10, 20), AwayPeriod(30)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Absence,
        st.integers(1, 2**40),
        st.integers(1, 2**40),
        st.sampled_from(Cause),
        st.sampled_from(AbsenceState),
        st.lists(stretches, min_size=1, max_size=3).map(tuple),
    )
)
def test_what_is_stored_is_read(db: Database, one: Absence) -> None:
    with db.writing():
        db.run("DELETE FROM absence")
        absences.record(db, one)
    assert absences.get(db, one.id) == one
    assert absences.next_id(db) > one.id


def test_those_without_an_answer_are_listed_the_open_one_first(db: Database) -> None:
    waiting = absence(1, AbsenceState.WAITING)
    asked = absence(2)
    for each in (
        waiting,
        asked,
        absence(3, AbsenceState.ANSWERED),
        absence(4, AbsenceState.UNDONE),
    ):
        absences.record(db, each)
    assert absences.unanswered(db) == [asked, waiting]


def test_an_absence_goes_on_until_it_is_answered(db: Database) -> None:
    absences.record(db, absence())
    longer = absence()._replace(stretches=(AwayPeriod(10, 20), AwayPeriod(30, 40)))
    absences.record(db, longer)
    assert absences.get(db, 1) == longer
    absences.mark_undone(db, 1)
    absences.record(db, absence())
    absences.forget(db, 1)
    assert absences.get(db, 1) == longer._replace(state=AbsenceState.UNDONE)


def test_what_was_too_short_goes_and_its_id_is_not_used_again(db: Database) -> None:
    absences.record(db, absence())
    absences.forget(db, 1)
    with pytest.raises(NotFound):
        absences.get(db, 1)
    assert absences.next_id(db) == 2


@pytest.mark.parametrize(
    "values", ["1, 'rain', 'open', '[]'", "1, 'idle', 'new', '[]'", "1, 'idle', 'open', '{}'"]
)
def test_what_is_no_absence_cannot_be_stored(db: Database, values: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.run(f"INSERT INTO absence (entry_id, cause, state, stretches) VALUES ({values})")


@pytest.mark.parametrize("away", [None, AwayPeriod(5), AwayPeriod(5, 9)])
def test_the_latest_sign_of_life_is_kept(db: Database, away: AwayPeriod | None) -> None:
    assert heartbeat.read(db) is None
    heartbeat.write(db, Heartbeat(1, AwayPeriod(1, 2)))
    heartbeat.write(db, Heartbeat(10, away))
    assert heartbeat.read(db) == Heartbeat(10, away)
