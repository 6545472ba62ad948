"""Somebody who uses the quick-start dialog by keyboard and input method."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tray.model.entities import TimeEntry
from tray.session.tracking import Tracking
from tray.store import entries
from tray.ui.quick_start.dialog import QuickStartDialog


class User:
    """Somebody at the keyboard, with the dialog open and all suggestions there."""

    def __init__(self, dialog: QuickStartDialog, qtbot: QtBot, tracking: Tracking) -> None:
        self.dialog = dialog
        self.qtbot = qtbot
        self.tracking = tracking

    def open(self) -> None:
        self.dialog.open()
        self.qtbot.waitUntil(self.dialog.isActiveWindow)

    def type(self, text: str) -> None:
        """As keys where they are ASCII, else as an input method commits it."""
        if text.isascii():
            QTest.keyClicks(self.dialog.line.edit, text)
        else:
            self.compose("", text)

    def compose(self, preedit: str, commit: str = "") -> None:
        """Be an input method that shows `preedit` and has just written `commit`."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.dialog.line.edit, event)

    def press(
        self,
        *keys: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        repeats: bool = False,
    ) -> None:
        for key in keys:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    self.dialog.line.edit, QKeyEvent(kind, key, held, autorep=repeats)
                )

    @property
    def texts(self) -> list[str]:
        return [candidate.text for candidate in self.dialog.line.list.candidates]

    @property
    def highlighted(self) -> str | None:
        candidate = self.dialog.line.list.highlighted()
        return candidate and candidate.text

    @property
    def running(self) -> TimeEntry | None:
        return self.tracking.snapshot.running

    @property
    def foot(self) -> str:
        return self.dialog.line.hint.text()

    def started(self) -> TimeEntry:
        """What runs, once the dialog has closed over it."""
        assert not self.dialog.isVisible()
        assert self.running is not None
        return self.running

    def newest(self) -> TimeEntry:
        """What was added last."""
        return self.stored()[-1]

    def stored(self) -> list[TimeEntry]:
        """All entries, in the order in which they were made."""
        return sorted(entries.newest(self.tracking.db, 100), key=lambda entry: entry.id)

    def refused(self, *words: str) -> None:
        """Nothing was done, the dialog says why, and the line is as it was."""
        assert self.dialog.isVisible()
        assert all(word in self.foot for word in words), self.foot
        assert self.foot.endswith((".", "?"))
