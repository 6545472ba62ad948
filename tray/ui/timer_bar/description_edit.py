"""The description of what runs: a line without a frame, that is written when it is left."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from tray.language import tr
from tray.ui import plain_text
from tray.ui.theme import LARGE, MEDIUM, sized, theme

_INSIDE: Final = 2
"""What Qt leaves free beside the text of a line without a frame."""


class DescriptionEdit(QLineEdit):
    """What the user types in it stays until it is written, whatever arrives meanwhile."""

    written = Signal(int, str)
    """The number that `show_text` was given, and what is to be the description."""
    left = Signal()
    """By Enter or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._about = 0
        self._stored = ""
        self.setFrame(False)
        self.setFont(sized(self.font(), LARGE, MEDIUM))
        self.setPlaceholderText(tr("Add a description"))
        self.setAccessibleName(tr("Description of what runs"))
        self._colour()

    def show_text(self, about: int, text: str) -> None:
        """Show the description of one entry, unless the user is at work on it."""
        if about != self._about:
            self.write()
        elif self.isModified() or text == self._stored:
            self._stored = text
            return
        self._about, self._stored = about, text
        self.setText(text)
        self.setCursorPosition(0)
        self.setToolTip(plain_text.tooltip(text))

    def write(self) -> None:
        """Have what was typed written."""
        if self.isModified():
            self.setModified(False)
            if self.text() != self._stored:
                self.written.emit(self._about, self.text())

    def _colour(self) -> None:
        palette, parent = self.palette(), self.parentWidget()
        look = theme(parent.palette() if parent is not None else palette)
        palette.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        palette.setColor(QPalette.ColorRole.Text, look.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, look.subdued)
        if palette != self.palette():
            self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nobody types in it: shorten what is too long, rather than cut it in a letter."""
        area = self.rect().adjusted(_INSIDE, 0, -_INSIDE, 0)
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(self.text()) <= area.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().text().color())
        text = plain_text.elided(self.text(), self.fontMetrics(), area.width())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(area, centred, text)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setText(self._stored)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.write()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_stored"):
            self._colour()
