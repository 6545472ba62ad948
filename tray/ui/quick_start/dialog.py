"""The quick-start dialog: type what you do, press Enter, and it runs.

What it promises besides what its line does:

* It closes when the entry is on disk. A refusal is said in it, and the line stays.
* It closes when it loses the focus with nothing typed, as launchers do. With something typed it
  stays on top, for example to copy the title of a ticket: nothing typed is lost but by Esc.
"""

from typing import Final

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.ui.entry_line.candidate_row import MOST
from tray.ui.entry_line.entry_line import EntryLine
from tray.ui.entry_line.line_starter import LineStarter
from tray.ui.entry_line.preview_chips import examples
from tray.ui.frameless_window import FramelessWindow
from tray.ui.input_guard import InputGuard
from tray.ui.theme import TITLE, UNIT

WIDTH: Final = 80 * UNIT
_AROUND: Final = 16 * UNIT
"""Pixels above and below the list."""


class QuickStartDialog(FramelessWindow):
    """Over everything, on the screen that has the pointer."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__()
        self.setWindowTitle(tr("Quick start"))
        self._starter = LineStarter(tracking, self)
        self._guard: InputGuard | None = None
        """Made when a link first opens the dialog, rather than the user."""
        self.line = EntryLine(
            tracking,
            times,
            self._starter,
            self,
            prompt=tr("What are you working on?"),
            size=TITLE,
            examples=examples(),
            padding=QMargins(2 * UNIT, UNIT * 3 // 2, 2 * UNIT, UNIT),
        )
        self.line.tab_completes_first = True
        self._starter.serve(self.line)
        self._starter.done.connect(self.close)
        self.line.left.connect(self.close)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT * 3 // 2)
        foot.addWidget(self.line.hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self.margin, self.margin, self.margin, self.margin)
        layout.setSpacing(0)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(self.line)
        layout.addLayout(foot)

    def open(self) -> None:
        """Show the dialog, focused and ready to type; if it is open already, keep what is typed."""
        if self._guard is not None:
            self._guard.let_in()
        if not self.isVisible():
            self._fit()
            self.line.start_anew()
            self._starter.start_anew()
            self.adjustSize()
            self.show()
            self.line.load_if_stale()
        self.raise_()
        self.activateWindow()
        self.line.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def propose(self, line: str) -> None:
        """Have a line in it that a link asks for, until the user decides; what is typed stays."""
        if not self.line.is_empty:
            busy = tr("A link asks for “{line}”. Finish this line first, or clear it.")
            self.line.show_message(busy.format(line=line))
            return
        self.line.edit.put(line)
        self.line.show_message(tr("A link proposes this. Enter does it, Esc leaves it."))
        self._guard = self._guard or InputGuard(self, lambda: self.line)
        self._guard.close()  # what is being typed for another program must not start it

    def say(self, sentence: str) -> None:
        """Say something below the line, until that is edited."""
        self.line.show_message(sentence)

    def leave_if_empty(self) -> None:
        """Go, unless something is typed."""
        if self.line.is_empty:
            self.close()

    def paste(self, line: str, remark: str = "") -> None:
        """Have a line in it that was copied elsewhere; what is typed already stays."""
        if not self.line.is_empty:
            busy = tr("The clipboard has “{line}”. Finish this line first, or clear it.")
            self.line.show_message(busy.format(line=line))
            return
        self.line.edit.put(line)
        if remark:
            self.line.show_message(remark)

    def use_times(self, times: TimeFormat) -> None:
        """Show times another way from now on."""
        self.line.use_times(times)

    def stop(self) -> None:
        """Wait for whatever is at work for the dialog; the program is about to end."""
        self.line.stop()

    def _fit(self) -> None:
        """Go to the upper third of the screen with the pointer, no larger than there is room."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        self.setScreen(screen)
        area = screen.availableGeometry()
        width = min(WIDTH, area.width() - 4 * UNIT)
        self.line.setFixedWidth(width)
        top = area.top() + area.height() // 5
        rows = (area.bottom() - top - _AROUND) // self.line.list.row_height()
        self.line.list.most = max(1, min(MOST, rows))
        self.move(area.left() + (area.width() - width) // 2 - self.margin, top - self.margin)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self._is_left():
            self.close()

    def _is_left(self) -> bool:
        """Whether the user went elsewhere and has nothing here to come back for."""
        busy = self.isActiveWindow() or QApplication.activePopupWidget() is not None
        return not busy and self.line.is_empty
