"""The top of the window: looking for entries, totals, taking back, adding."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from tray import clock
from tray.model import formats
from tray.session.snapshot import Snapshot
from tray.store.undo_log import PastStep
from tray.ui import plain_text, wording
from tray.ui.entries import glyphs
from tray.ui.entries.row_layout import MARGIN
from tray.ui.entries.search import LONGEST
from tray.ui.labels import ThemedLabel
from tray.ui.theme import UNIT, theme
from tray.ui.wording import tr

_HEIGHT: Final = 4 * UNIT
_WIDE: Final = 100 * UNIT
"""Below it the tool tips alone say what is taken back."""


class SearchEdit(QLineEdit):
    """Looks for entries as one types; Esc empties it."""

    left = Signal()
    """The down key: on to what was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Search all entries"))
        self.setAccessibleName(tr("Search all entries"))
        self.setToolTip(tr("In descriptions, projects and tags. @ looks in projects, # in tags."))
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(20 * UNIT)
        self.setMaximumWidth(44 * UNIT)
        self.setFixedHeight(_HEIGHT)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.set_icon()

    def set_icon(self) -> None:
        """Draw the sign in the colours there are now."""
        self._glass.setIcon(glyphs.icon(glyphs.search, theme(self.palette()).subdued))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Toolbar(QWidget):
    """What concerns all entries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = SearchEdit(self)
        self.totals = ThemedLabel("", self)
        self.undo = self._button(tr("Undo"))
        self.redo = self._button(tr("Redo"))
        self.add = QPushButton(tr("Add"), self)
        self.add.setToolTip(tr("Add an entry that is finished (Ctrl+Shift+N)"))
        self.add.setAccessibleName(tr("Add an entry"))
        self.add.setFixedHeight(_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 3 * UNIT // 2, MARGIN, 3 * UNIT // 2)
        layout.setSpacing(UNIT)
        layout.addWidget(self.search, 1)
        layout.addStretch()
        layout.addWidget(self.totals)
        layout.addSpacing(UNIT)
        for button in (self.undo, self.redo, self.add):
            layout.addWidget(button)
        self._draw()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setAutoRaise(True)
        button.setFixedHeight(_HEIGHT)
        button.setMinimumWidth(_HEIGHT)
        button.setIconSize(QSize(2 * UNIT, 2 * UNIT))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _draw(self) -> None:
        look = theme(self.palette())
        self.undo.setIcon(glyphs.icon(glyphs.undo, look.text, look.disabled))
        self.redo.setIcon(glyphs.icon(glyphs.redo, look.text, look.disabled))
        self.add.setIcon(glyphs.icon(glyphs.plus, look.text))
        self.search.set_icon()

    def show_state(self, state: Snapshot) -> None:
        """Show the totals, and what can be taken back."""
        self.show_totals(state)
        _name(self.undo, tr("Undo"), state.undo, "Ctrl+Z")
        _name(self.redo, tr("Redo"), state.redo, "Ctrl+Shift+Z")

    def show_totals(self, state: Snapshot) -> None:
        """Show how much was done today and this week, up to now."""
        now = clock.now()
        today = wording.of_goal(formats.h_mm_ss(state.today_seconds(now)), state.goals.day)
        week = wording.of_goal(formats.h_mm_ss(state.week_seconds(now)), state.goals.week)
        text = tr("Today {today}  ·  This week {week}").format(today=today, week=week)
        if text != self.totals.text():
            self.totals.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        style = Qt.ToolButtonStyle
        for button in (self.undo, self.redo):
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "add"):
            self._draw()


def _name(button: QToolButton, word: str, step: PastStep | None, keys: str) -> None:
    """Say on a button what it takes back or does again."""
    button.setEnabled(step is not None)
    full = word
    if step is not None:
        full = f"{word} {step.verb}"
        if step.subject:
            full += f" “{step.subject}”"
    button.setText(f"{word} {step.verb}" if step else word)
    button.setToolTip(plain_text.tooltip(f"{full} ({keys})"))
    button.setAccessibleName(full)
