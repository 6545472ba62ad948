"""Hooks are told of absences, whether or not an entry runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.workers.presence_rig import MINUTE, Computer
from tray.model.formats import iso_utc
from tray.store import hook_events


@pytest.fixture
def computer(tmp_path: Path, qtbot: QtBot) -> Iterator[Computer]:
    """A computer whose source of idle time tells by itself."""
    made = Computer(tmp_path, signals=True)
    yield made
    made.close()


def test_hooks_are_told_when_somebody_goes_and_comes(computer: Computer) -> None:
    hook_events.watch(computer.db, hook_events.EVENTS)
    computer.start()
    for runs in (False, True):
        if runs:
            computer.run()
            while (event := hook_events.next_event(computer.db)) and event.event != "idle":
                hook_events.finish(computer.db, event)
        computer.work(10 * MINUTE)
        left = computer.time.at
        computer.wait(25 * MINUTE)
        idle = hook_events.next_event(computer.db)
        assert idle is not None
        assert (idle.event, idle.details["absence"]) == (
            "idle",
            {"begin": iso_utc(left), "back": None},
        )
        hook_events.finish(computer.db, idle)
        assert not hook_events.is_waiting(computer.db), "it is told once"
        computer.touch()
        computer.wait(15)
        back = hook_events.next_event(computer.db)
        assert back is not None
        assert back.event == "return"
        absence = back.details["absence"]
        assert isinstance(absence, dict)
        assert absence["begin"] == iso_utc(left)
        assert absence["back"] is not None
        hook_events.finish(computer.db, back)
