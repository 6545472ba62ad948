"""Starts an entry from the text that is in the clipboard, as text: it is no line of the grammar."""

from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tray import clock
from tray.language import grouped, tr
from tray.model import limits
from tray.model.pasted_text import PastedText, description_from
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.model.quick_entry.write import write_line
from tray.session.tracking import Tracking
from tray.tracker.resolve import Draft
from tray.ui.windows import can_leave_the_focus

PATIENCE_MS: Final = 2_000
"""How long to wait for the keyboard before the clipboard is looked at without it."""


class LineWindow(Protocol):
    """What asks what to do, on a line; quick start is one."""

    def open(self) -> None:
        """Come up with the keyboard."""

    def isVisible(self) -> bool:  # noqa: N802  # Qt's own
        """Whether it is there."""

    def say(self, sentence: str) -> None:
        """Say something below the line."""

    def paste(self, line: str, remark: str = "") -> None:
        """Propose a line."""

    def leave_if_empty(self) -> None:
        """Go, unless something is typed."""


class ClipboardStart(QObject):
    """Puts the text into quick start, or starts it at once.

    Wayland gives the clipboard to the window that has the keyboard and to nobody else, so there
    quick start opens first, and the clipboard is read once that has the keyboard.
    """

    failed = Signal(str)
    """Why there is nothing to start, as a sentence."""

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._dialog: LineWindow | None = None
        self._at_once = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.setObjectName("clipboard")
        self._patience.timeout.connect(self._read)
        self._waits = False

    def begin(self, dialog: LineWindow, *, at_once: bool) -> None:
        """Take what is in the clipboard.

        Args:
            dialog: quick start, which the text is put into, or which says what is wrong.
            at_once: whether it is started, rather than proposed.
        """
        self._dialog, self._at_once = dialog, at_once
        if can_leave_the_focus() or QGuiApplication.focusWindow() is not None:
            self._read()
            return
        if not self._waits:
            QGuiApplication.instance().focusWindowChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self._waits = True
        self._patience.start()
        dialog.open()

    @Slot(object)
    def _on_focus(self, window: object) -> None:
        if window is not None and self._waits:
            self._patience.start(0)  # the clipboard comes with the keyboard

    @Slot()
    def _read(self) -> None:
        if self._waits:
            self._waits = False
            QGuiApplication.instance().focusWindowChanged.disconnect(self._on_focus)  # type: ignore[union-attr]
        pasted = description_from(QGuiApplication.clipboard().text())
        if not pasted.text:
            self._say(tr("There is no text in the clipboard. Copy some, then try again."))
        elif self._at_once:
            self._start(pasted)
        else:
            self._propose(pasted)

    def _say(self, sentence: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.say(sentence)
        else:
            self.failed.emit(sentence)

    def _start(self, pasted: PastedText) -> None:
        if (
            self._tracking.start(Draft(pasted.text, self._tracking.default_project().name)) is None
            or self._dialog is None
        ):
            return
        self._dialog.leave_if_empty()
        if pasted.is_cut:
            self.failed.emit(_cut())

    def _propose(self, pasted: PastedText) -> None:
        if self._dialog is None:
            return
        entry = QuickEntry(description=pasted.text)
        line = write_line(entry, now=clock.now(), zone=self._tracking.calendar.zone)
        self._dialog.open()
        self._dialog.paste(line, _cut() if pasted.is_cut else "")


def _cut() -> str:
    sentence = tr("The clipboard has more text than a description can hold: {most} characters.")
    return sentence.format(most=grouped(limits.MAX_DESCRIPTION))
