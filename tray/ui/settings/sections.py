"""How the settings stand on the page: cards of rows, all with the same two columns."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tray.ui import labels
from tray.ui.labels import ThemedLabel, Tint
from tray.ui.surfaces import paint_card
from tray.ui.theme import SMALL, UNIT, text_scale

CONTROL_WIDTH: Final = 26 * UNIT
"""Of the column of controls, on the whole page."""
_CONTROL_HEIGHT: Final = 7 * UNIT // 2
_PADDING: Final = 2 * UNIT


class SettingRow(QWidget):
    """What a setting is called, its control, the hint, and below these what is wrong with it.

    Args:
        label: its name.
        hint: what else there is to know of it; empty for nothing.
        control: beside these.
        parent: the card.
        wide: whether the control stands below them, as it takes the whole width.
    """

    def __init__(
        self, label: str, hint: str, control: QWidget, parent: QWidget, *, wide: bool = False
    ) -> None:
        super().__init__(parent)
        self._shown = self._found = True
        self.control = control
        self.hint = ThemedLabel(hint, self, size=SMALL)
        self.message = ThemedLabel("", self, size=SMALL)
        self.name = _SettingLabel(label, control, self)
        for text in (self.name, self.hint, self.message):
            text.setWordWrap(True)
        side = Qt.AlignmentFlag.AlignVCenter
        if isinstance(control, QAbstractButton | QLabel):
            side |= Qt.AlignmentFlag.AlignRight
        elif not wide:
            control.setFixedWidth(round(CONTROL_WIDTH * text_scale(self.font())))
            control.setMinimumHeight(_CONTROL_HEIGHT)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(_PADDING, UNIT * 5 // 4, _PADDING, UNIT * 5 // 4)
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT // 4)
        grid.setColumnStretch(0, 1)
        columns = 2 if wide else 1
        grid.addWidget(self.name, 0, 0, 1, columns)
        grid.addWidget(self.hint, 1, 0, 1, columns, Qt.AlignmentFlag.AlignTop)
        if wide:
            grid.addWidget(control, 2, 0, 1, 2)
        else:
            grid.addWidget(control, 0, 1, 2, 1, side)
        grid.addWidget(self.message, 3, 0, 1, 2)
        self._show_hint(hint)
        self.say("")
        self._ground()

    def match(self, words: Sequence[str], about: str) -> bool:
        """Show the row if every word is in what it says, or in what it is `about`; whether so."""
        text = f"{about} {self.name.text()} {self.hint.text()}".casefold()
        self._found = all(word in text for word in words)
        super().setVisible(self._shown and self._found)
        return self._shown and self._found

    def setVisible(self, visible: bool) -> None:
        self._shown = visible
        super().setVisible(visible and self._found)

    def _ground(self) -> None:
        """Put the ground of all other fields behind a line of text, not a grey as if disabled."""
        base = self.palette().color(QPalette.ColorRole.Base)
        if (
            isinstance(self.control, QLineEdit)
            and self.control.palette().color(QPalette.ColorRole.Base) != base
        ):
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Base, base)
            self.control.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "control"):
            self._ground()

    def rename(self, label: str, hint: str = "") -> None:
        """Have another name and another hint."""
        self.name.setText(label)
        self._show_hint(hint)

    def _show_hint(self, hint: str) -> None:
        """Show the hint below the name, if there is one, both level with the control."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        side = Qt.AlignmentFlag.AlignBottom if hint else Qt.AlignmentFlag.AlignVCenter
        self._grid.setAlignment(self.name, side)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, 1 if hint else 0)

    def say(self, sentence: str, tint: Tint = labels.warning) -> None:
        """Show a sentence below: what is wrong, or what else there is to know; none if empty."""
        self.message.set_tint(tint)
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))


class _SettingLabel(ThemedLabel):
    """The name of a setting; a click on it is one on the control."""

    def __init__(self, text: str, control: QWidget, parent: QWidget) -> None:
        super().__init__(text, parent, tint=labels.plain)
        self._control = control
        self.setBuddy(control)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._control.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(self._control, QAbstractButton):
            self._control.click()
        event.accept()


class Section(QWidget):
    """A heading, and a card with the rows."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._card = _Card(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.title = ThemedLabel(title, self, tint=labels.plain, bold=True)
        self.title.setVisible(bool(title))
        layout.addWidget(self.title)
        layout.addWidget(self._card)
        self.message = ThemedLabel("", self, size=SMALL)
        self.message.setWordWrap(True)
        self.message.hide()
        layout.addWidget(self.message)

    def match(self, words: Sequence[str], about: str) -> bool:
        """Show the rows in which all words are, or in what they are `about`; whether any is."""
        found = [row.match(words, f"{about} {self.title.text()}") for row in self._card.rows]
        self.setVisible(any(found))
        return any(found)

    @property
    def has_rows(self) -> bool:
        """Whether any row is to be seen."""
        return not all(row.isHidden() for row in self._card.rows)

    def add(self, label: str, hint: str, control: QWidget, *, wide: bool = False) -> SettingRow:
        """Add a row below the others."""
        row = SettingRow(label, hint, control, self._card, wide=wide)
        self._card.rows.append(row)
        self._card.column.addWidget(row)
        return row

    def remove(self, row: SettingRow) -> None:
        """Take a row away."""
        self._card.rows.remove(row)
        self._card.column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def add_key(self, what: str, key: str) -> SettingRow:
        """Add a row that says which key does something."""
        return self.add(what, "", ThemedLabel(key, self, tint=labels.plain))

    def add_text(self, label: str, text: str) -> SettingRow:
        """Add a row that only tells something, for the mouse to select."""
        row = self.add(label, text, QWidget(self))
        row.control.hide()
        row.hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return row

    def say(self, sentence: str) -> None:
        """Say something below the card; nothing if empty."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))


class _Card(QWidget):
    """Rows with a hairline between them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[SettingRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        self.column.setSpacing(0)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = paint_card(self)
        for row in [each for each in self.rows if not each.isHidden()][1:]:
            y = row.geometry().top() + 0.5  # on the pixel, not between two
            painter.drawLine(QPointF(_PADDING, y), QPointF(self.width() - _PADDING, y))
        painter.end()
