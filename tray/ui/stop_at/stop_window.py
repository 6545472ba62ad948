"""The small window that asks when what runs was over, where no other window of ours is open."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.ui import labels, wording
from tray.ui.labels import ElidedLabel
from tray.ui.stop_at.stop_box import StopBox
from tray.ui.theme import BODY, UNIT, text_scale
from tray.ui.windows import bring_up


class StopWindow(QWidget):
    """Over all others, as it is wanted now; it goes once what it is about is over."""

    def __init__(self, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self._tracking = tracking
        self.setWindowTitle(tr("Stop earlier"))
        self.what = ElidedLabel("", self, tint=labels.plain, size=BODY)
        self.box = StopBox(tracking, times, self)
        self.box.done.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self.what)
        layout.addWidget(self.box)
        self.setFixedWidth(round(38 * UNIT * text_scale(self.font())))
        self.setFocusProxy(self.box)
        tracking.changed.connect(self._on_changed)

    def open(self) -> None:
        """Ask about what runs now."""
        state = self._tracking.snapshot
        if state.running is not None:
            self.what.setText(wording.full(state.running, state.names))
            self.box.ask()
            self.adjustSize()
            bring_up(self)

    def take_place_of(self, before: "StopWindow") -> None:
        """Ask where another window asks, with what was typed there."""
        self.move(before.pos())
        self.open()
        self.box.edit.setText(before.box.edit.text())

    @Slot(object)
    def _on_changed(self, state: Snapshot) -> None:
        if state.running is None and self.isVisible():
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
