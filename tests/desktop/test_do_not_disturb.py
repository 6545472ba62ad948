"""Who is let in, and when."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tray.desktop.do_not_disturb import DoNotDisturbCheck
from tray.desktop.in_use import InUseMonitor


def test_a_desktop_that_never_answered_keeps_out_nobody_who_comes_later(qtbot: QtBot) -> None:
    root = QObject()
    check = DoNotDisturbCheck(root)
    check.check()
    stuck = check.findChild(InUseMonitor)
    assert stuck is not None
    stuck.blockSignals(True)
    with qtbot.waitSignal(check.allowed):
        check.check()
    check.stop()
