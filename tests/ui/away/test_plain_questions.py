import pytest
from pytestqt.qtbot import QtBot

from tests.ui.away.conftest import Asked
from tests.ui.plain import HOSTILE, assert_plain
from tray.model.formats import TimeFormat
from tray.model.presence.due import ReminderKind
from tray.model.presence.overnight import OvernightProposal
from tray.tracker import entries
from tray.ui.away.long_run_window import LongRunWindow
from tray.workers.reminder_planner import Reminder


@pytest.mark.parametrize("text", HOSTILE)
def test_the_questions(text: str, asked: Asked, qtbot: QtBot) -> None:
    tracking = asked.tracking
    tracking.run(
        lambda now: entries.edit(tracking.db, [asked.entry.id], {"description": text}, now=now)
    )
    tracking.refresh()
    assert_plain(asked.window)
    window = LongRunWindow(tracking, TimeFormat())
    qtbot.addWidget(window)
    forgotten = OvernightProposal(asked.entry.id, asked.entry.start, asked.left, asked.left)
    entry = asked.stored()
    assert entry.description == text.strip()
    window.ask(Reminder(ReminderKind.OVERNIGHT, asked.now, entry, asked.left, (), forgotten))
    assert_plain(window)
    window.close()
