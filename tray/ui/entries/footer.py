"""The bottom of the window: what is selected, and buttons for what can be done with it."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from tray import clock
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.ui.entries.row_layout import MARGIN
from tray.ui.labels import ElidedLabel
from tray.ui.theme import UNIT, theme
from tray.ui.wording import tr

MOST_SUMMED: Final = 1_000
"""Selected entries beyond which only their number is told."""


class Footer(QWidget):
    """One line below the list."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.summary = ElidedLabel("", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN + UNIT, UNIT, MARGIN, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.summary, 1)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setMinimumHeight(4 * UNIT)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.toolTip())
            layout.addWidget(button)

    def show_selection(self, count: int, found: Sequence[TimeEntry]) -> None:
        """Say how many entries are selected, and how long they are together.

        Args:
            count: How many.
            found: The entries, unless they are too many.
        """
        if not count:
            self.summary.setText(tr("Enter edits  ·  Ctrl+Enter continues  ·  Del deletes"))
            return
        parts = [tr("{count} selected").format(count=f"{count:,}")]
        if len(found) > 1:
            now = clock.now()
            parts.append(formats.h_mm(sum(entry.seconds(now) for entry in found)))
        self.summary.setText("  ·  ".join(parts))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme(self.palette()).line)
        painter.end()
