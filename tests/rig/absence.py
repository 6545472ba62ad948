"""What is in the store of somebody who was away, and has not said yet what that time was."""

import time
from typing import Final

from tests.rig.process import Process
from tests.rig.running import RunningOn
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences
from tray.store.opening import open_database

QUESTION: Final = "You were away for 0:30"
LEFT: Final = 2_400
BACK: Final = 600
"""Seconds before now: the last input, the return; the entry began an hour before."""


def leave_a_question(tray: RunningOn[Process]) -> None:
    """Before the program starts."""
    assert tray.command("start", "Email -60m").returncode == 0
    ((entry_id,),) = tray.rows("SELECT id FROM entry WHERE stop IS NULL")
    now = int(time.time())
    away = (AwayPeriod(now - LEFT, now - BACK),)
    with open_database(str(tray.folder / "toggl-tray.db")) as db:
        question = Absence(1, int(str(entry_id)), Cause.IDLE, AbsenceState.OPEN, away)
        absences.record(db, question)
