"""The bar itself: what runs while something does, else the line that starts something."""

from typing import Final

from PySide6.QtCore import QMargins, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.ui.entry_line.entry_line import EntryLine
from tray.ui.entry_line.line_starter import LineStarter
from tray.ui.entry_line.preview_chips import examples
from tray.ui.stop_at.stop_popup import StopEarlierButton
from tray.ui.surfaces import paint_card
from tray.ui.theme import LARGE, UNIT
from tray.ui.timer_bar.running_parts import RunningParts
from tray.ui.timer_bar.signs import StartStopButton
from tray.ui.timer_bar.suggestion_card import SuggestionCard

_HEIGHT: Final = 7 * UNIT


class TimerBar(QWidget):
    """As high as everything in it at large sizes of text."""

    left = Signal()
    """The user is done with it."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(_HEIGHT)
        self._starter = LineStarter(tracking, self)
        self.line = EntryLine(
            tracking,
            times,
            self._starter,
            self,
            prompt=tr("What are you working on?"),
            size=LARGE,
            examples=examples(),
            padding=QMargins(),
        )
        self._starter.serve(self.line)
        self.parts = RunningParts(tracking, times, self)
        self.button = StartStopButton(self)
        self.earlier = StopEarlierButton(tracking, lambda: self.parts.times, self)
        self._idle = QWidget(self)
        idle = QHBoxLayout(self._idle)
        idle.setContentsMargins(0, 0, 0, 0)
        idle.setSpacing(UNIT)
        idle.addWidget(self.line, 3)
        idle.addWidget(self.line.chips, 2)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._idle)
        self._stack.addWidget(self.parts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, UNIT // 2, UNIT, UNIT // 2)
        layout.setSpacing(UNIT)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignVCenter)
        self.suggestions = SuggestionCard(self.line, self)
        self.line.left.connect(self._on_line_left)
        self._starter.done.connect(self._on_started)
        self.parts.left.connect(self.left)
        self.button.clicked.connect(self._on_button)
        tracking.changed.connect(self._on_changed)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self.parts.times = times
        self.line.use_times(times)

    def open(self) -> None:
        """Put the caret where one types what one does."""
        target = self._target()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()

    def _target(self) -> QLineEdit:
        running = self._tracking.snapshot.running
        return self.parts.description if running else self.line.edit

    def stop(self) -> None:
        """Wait for what is being loaded."""
        self.line.stop()

    @Slot(object)
    def _on_changed(self, snapshot: Snapshot) -> None:
        if self.isVisible():
            self._show(snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        running = snapshot.running is not None
        shown = self.parts if running else self._idle
        before = self._idle if running else self.parts
        if shown is not self._stack.currentWidget():
            focused = QApplication.focusWidget()
            was_here = focused is not None and before.isAncestorOf(focused)
            self._stack.setCurrentWidget(shown)
            if not running:
                self._start_anew()
            if was_here:
                self.left.emit()
        self.button.show_running(running)
        self.earlier.setVisible(running)
        self.parts.show_state(snapshot)

    def _start_anew(self) -> None:
        self._starter.start_anew()
        self.line.start_anew()

    @Slot()
    def _on_button(self) -> None:
        if self._tracking.snapshot.running is not None:
            self.parts.description.write()
            self._tracking.stop()
        else:
            self.line.submit()

    @Slot()
    def _on_started(self) -> None:
        if self._tracking.snapshot.running is None:
            self._start_anew()  # it was added, finished

    @Slot()
    def _on_line_left(self) -> None:
        if self.line.is_empty:
            self.left.emit()
        else:
            self._start_anew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.line.is_empty:
            self._start_anew()
        self._show(self._tracking.snapshot)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.parts.pause()

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_card(self).end()
