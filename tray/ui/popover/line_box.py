"""The quick line of the pop-over, as a field with the hotkey that does the same anywhere."""

from PySide6.QtCore import QMargins, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.model.key_names import shown_keys
from tray.session.tracking import Tracking
from tray.ui.entry_line.entry_line import EntryLine
from tray.ui.entry_line.line_starter import LineStarter
from tray.ui.labels import ThemedLabel
from tray.ui.theme import BODY, RADIUS, RING, TINY, UNIT, theme


class LineBox(QWidget):
    """What is typed there starts, or is added; its suggestions stand below it."""

    done = Signal()
    """What the line said was carried out."""
    left = Signal()
    changed = Signal()
    """Something was typed, or taken away."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._starter = starter = LineStarter(tracking, self)
        self.line = EntryLine(
            tracking,
            times,
            starter,
            self,
            prompt=tr("What are you working on?"),
            size=BODY,
            examples=[],
            padding=QMargins(3 * UNIT // 2, UNIT, 3 * UNIT // 2, UNIT),
        )
        self.line.suggests_when_empty = False  # what is listed then stands below
        starter.serve(self.line)
        starter.done.connect(self._on_done)
        self.hotkey = ThemedLabel("", self, size=TINY)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.line, 1)
        row.addWidget(self.hotkey, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(3 * UNIT // 2)  # unlike a margin, on the other side where text runs so
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self.line.left.connect(self.left)
        self.line.changed.connect(self._on_changed)
        self._on_changed()

    def open(self, hotkey: str) -> None:
        """Be ready to be typed into; what was typed before is still there."""
        self.hotkey.setText(shown_keys(hotkey))
        if self.line.is_empty:
            self.line.start_anew()
            self._starter.start_anew()
        self.line.load_if_stale()
        self._on_changed()

    def fit(self, height: int) -> None:
        """Show so many suggestions as there is room for."""
        rows = height // self.line.list.row_height()
        self.line.list.most = max(1, rows)

    @Slot()
    def _on_done(self) -> None:
        self.line.start_anew()
        self.done.emit()

    @Slot()
    def _on_changed(self) -> None:
        empty = self.line.is_empty
        self.hotkey.setVisible(empty and bool(self.hotkey.text()))
        self.line.chips.setVisible(not empty and bool(self.line.chips.texts))
        self.line.hint.setVisible(not empty and bool(self.line.hint.text()))
        self.changed.emit()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.line.edit.hasFocus()
        width = RING if focused else 1
        painter.setPen(QPen(look.accent if focused else look.border, width))
        painter.setBrush(look.side)
        area = self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()
