"""What the user is typing is never rewritten by a change that arrives from the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.sync.rig import Rig
from tests.ui.entries.rig import edit, enter, press, shown
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import entries
from tray.store.opening import open_database
from tray.ui.entries.timer_page import TimerPage
from tray.ui.quick_start.dialog import QuickStartDialog


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """An account with one entry, which is here."""
    made = Rig(tmp_path)
    made.account.add(made.now - 7200, made.now - 3600, description="Call")
    made.sign_in()
    made.run(10)
    yield made
    made.db.close()


@pytest.fixture
def window(rig: Rig, qtbot: QtBot) -> Iterator[TimerPage]:
    with open_database(rig.path) as db, shown(db, qtbot) as opened:
        yield opened


def arrive(rig: Rig, tracking: Tracking) -> None:
    """What was changed on the server arrives, and it is noticed."""
    rig.engine.sync_now()
    rig.run(2)
    assert tracking.refresh_if_written()


def test_a_field_with_typing_in_it_stays_and_the_others_follow(window: TimerPage, rig: Rig) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    (theirs,) = rig.account.entries()
    project = rig.account.add_project("Acme")
    rig.account.edit(theirs.id, description="Called", project_id=project, tags=["phone"])
    rig.now += 5
    arrive(rig, window.tracking)
    assert panel.description.value == "Call back"
    assert panel.project.value == "Acme"
    press(panel.description.control, Qt.Key.Key_Return)
    rig.run(60)
    (after,) = rig.account.entries()
    assert (after.description, after.project_id, after.tags) == ("Call back", project, ("phone",))


def test_an_entry_that_is_deleted_there_is_not_taken_from_under_the_hands(
    window: TimerPage, rig: Rig
) -> None:
    panel = edit(window, "Call")
    enter(panel.description.control, "Call back")
    (theirs,) = rig.account.entries()
    rig.account.delete(theirs.id)
    rig.now += 5
    arrive(rig, window.tracking)
    assert panel.isVisible()
    assert panel.description.value == "Call back"
    assert "was deleted elsewhere" in panel.note.text


def test_the_line_of_the_quick_start_stays_when_a_timer_is_started_there(
    rig: Rig, qtbot: QtBot
) -> None:
    with open_database(rig.path) as db:
        tracking = Tracking(db, Calendar())
        dialog = QuickStartDialog(tracking, TimeFormat())
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClicks(dialog.line.edit, "Write re")
        rig.account.start("On the phone")
        rig.now += 5
        arrive(rig, tracking)
        assert dialog.line.edit.text() == "Write re"
        assert entries.running(db) is not None
        dialog.close()
        tracking.release()
