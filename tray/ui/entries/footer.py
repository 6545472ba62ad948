"""The bottom of the page: taking back, what is selected, and what can be done with it."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from tray import clock
from tray.language import tr
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.session.snapshot import Snapshot
from tray.store.undoing import PastStep
from tray.ui import icons, plain_text
from tray.ui.entries.row_layout import MARGIN
from tray.ui.key_text import with_keys
from tray.ui.labels import ElidedLabel, plain
from tray.ui.step_words import of_step
from tray.ui.theme import CONTROL_HEIGHT, UNIT, theme

MOST_SUMMED: Final = 1_000
"""Selected entries beyond which only their number is told."""


class Footer(QWidget):
    """One line below the list."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.summary = ElidedLabel("", self)
        self.undo, self.redo = self._sign("undo"), self._sign("redo")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, UNIT, MARGIN, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        layout.addWidget(self.summary, 1)
        for action in actions:
            button = self._button()
            button.setDefaultAction(action)
            button.setAccessibleName(action.toolTip())
            layout.addWidget(button)

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setMinimumHeight(CONTROL_HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _sign(self, name: str) -> QToolButton:
        button = self._button()
        icons.dress(button, name, plain)
        button.setMinimumWidth(CONTROL_HEIGHT)
        return button

    def show_state(self, state: Snapshot) -> None:
        """Show what can be taken back."""
        undo, redo = tr("Undo"), tr("Redo")
        if state.undo is not None:
            undo = tr("Undo {step}").format(step=of_step(state.undo))
        if state.redo is not None:
            redo = tr("Redo {step}").format(step=of_step(state.redo))
        _name(self.undo, undo, state.undo, "Ctrl+Z")
        _name(self.redo, redo, state.redo, "Ctrl+Shift+Z")

    def show_selection(self, count: int, found: Sequence[TimeEntry]) -> None:
        """Say how many entries are selected, and how long they are together.

        Args:
            count: How many.
            found: The entries, unless they are too many.
        """
        if not count:
            self.summary.setText(tr("Enter edits  ·  Ctrl+Enter continues  ·  Del deletes"))
            return
        parts = [tr("{count} selected").format(count=formats.number(count))]
        if len(found) > 1:
            now = clock.now()
            parts.append(formats.length(sum(entry.seconds(now) for entry in found)))
        self.summary.setText("  ·  ".join(parts))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme(self.palette()).line)
        painter.end()


def _name(button: QToolButton, whole: str, step: PastStep | None, keys: str) -> None:
    """Say on a button what it takes back or does again, and by which keys."""
    button.setEnabled(step is not None)
    button.setToolTip(plain_text.tooltip(with_keys(whole, keys)))
    button.setAccessibleName(whole)
