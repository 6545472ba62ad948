"""The bottom of the window: what is selected, and buttons for what can be done with it."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from tray import clock
from tray.store import entries
from tray.store.database import Database
from tray.ui import wording
from tray.ui.entries.columns import MARGIN
from tray.ui.entries.labels import Elided
from tray.ui.theme import UNIT, theme
from tray.ui.wording import tr

_MOST_SUMMED: Final = 1_000
"""Selected entries beyond which only their number is told."""


class Footer(QWidget):
    """One line below the list."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.summary = Elided("", self)
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
            button.setAccessibleName(action.text().rstrip("…"))
            layout.addWidget(button)

    def show_selection(self, ids: Sequence[int], db: Database) -> None:
        """Say how many entries are selected, and how long they are together."""
        if not ids:
            self.summary.setText(tr("Enter edits  ·  Ctrl+Enter continues  ·  Del deletes"))
            return
        text = tr("1 selected") if len(ids) == 1 else tr("{count} selected")
        parts = [text.format(count=f"{len(ids):,}")]
        if 1 < len(ids) <= _MOST_SUMMED:
            now = clock.now()
            seconds = sum(entry.seconds(now) for entry in entries.by_ids(db, ids))
            parts.append(wording.rounded(seconds))
        self.summary.setText("  ·  ".join(parts))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme(self.palette()).line)
        painter.end()
