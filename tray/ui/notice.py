"""A bar that says for some seconds what was done, with a button that takes it back."""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tray.language import tr
from tray.ui import plain_text
from tray.ui.labels import ElidedLabel, plain, warning
from tray.ui.theme import RADIUS, UNIT, mixed, theme

SHOWN_MS: Final = 8_000
"""Long enough to read a sentence and to reach for the button."""


class Notice(QWidget):
    """Shown between the list and the actions."""

    undo_wanted = Signal()
    trim_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step_id: int | None = None
        """The step that the button takes back."""
        self.trim_id: int | None = None
        """The entry whose neighbours the other button shortens."""
        self.label = ElidedLabel("", self, tint=plain)
        self.undo = QPushButton(tr("Undo"), self)
        self.undo.setAccessibleName(tr("Undo what was just done"))
        self.undo.clicked.connect(self.undo_wanted)
        self.trim = QPushButton(tr("Trim"), self)
        self.trim.setAccessibleName(tr("Shorten what it overlaps"))
        self.trim.clicked.connect(self.trim_wanted)
        self._timer = QTimer(self)
        self._timer.setObjectName("entries notice")
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_timeout)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * UNIT, UNIT, 2 * UNIT, UNIT)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.trim)
        layout.addWidget(self.undo)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.label.text()

    def tell(
        self,
        sentence: str,
        *,
        step_id: int | None = None,
        trim_id: int | None = None,
        bad: bool = False,
    ) -> None:
        """Say this; with a step, offer to take it back, and with an entry to have it room."""
        self.step_id, self.trim_id = step_id, trim_id
        self.label.set_tint(warning if bad else plain)
        self.label.setText(sentence)
        self.label.setToolTip(plain_text.tooltip(sentence))
        self.undo.setVisible(step_id is not None)
        self.trim.setVisible(trim_id is not None)
        self.setAccessibleName(sentence)
        self.show()
        self._timer.start()

    def clear(self) -> None:
        """Say nothing."""
        self.step_id = None
        self._timer.stop()
        self.hide()

    @Slot()
    def _on_timeout(self) -> None:
        if self.undo.hasFocus() or self.trim.hasFocus():
            self._timer.start()  # somebody is about to press it
        else:
            self.clear()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.line)
        painter.setBrush(mixed(look.text, look.base, 0.06))
        area = self.rect().toRectF().adjusted(UNIT + 0.5, 0.5, -UNIT - 0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()
