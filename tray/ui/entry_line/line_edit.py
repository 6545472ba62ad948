"""The input of the dialog: tells the keys that are meant for the dialog from those that write."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QInputMethodEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from tray.language import tr
from tray.ui.entry_line.candidate_model import utf16_length
from tray.ui.theme import TITLE, sized, theme


class LineKey(Enum):
    """What a key asks the dialog for."""

    ENTER = "enter"
    FINISH = "finish"
    LEAVE = "leave"
    DOWN = "down"
    UP = "up"
    TAKE_OVER = "take over"


_KEYS: Final[dict[int, LineKey]] = {
    Qt.Key.Key_Return: LineKey.ENTER,
    Qt.Key.Key_Enter: LineKey.ENTER,
    Qt.Key.Key_Escape: LineKey.LEAVE,
    Qt.Key.Key_Down: LineKey.DOWN,
    Qt.Key.Key_Up: LineKey.UP,
    Qt.Key.Key_Tab: LineKey.TAKE_OVER,
}


class EntryLineEdit(QLineEdit):
    """One line; while an input method composes, every key is the input method's."""

    pressed = Signal(object)
    """The `LineKey` that was pressed."""
    entered = Signal()
    """It has got the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.composing = False
        self.setFrame(False)
        self.setPlaceholderText(tr("What are you working on?"))
        self.setAccessibleName(tr("What are you working on?"))
        self.setFont(sized(self.font(), TITLE))
        self.follow(parent.palette())

    @property
    def caret(self) -> int:
        """Where the caret is, in characters: Qt counts some of them as two."""
        before = self.text().encode("utf-16-le", "surrogatepass")[: 2 * self.cursorPosition()]
        return len(before.decode("utf-16-le", "ignore"))

    def start_anew(self) -> None:
        """Be empty, with nothing to undo and nothing being composed."""
        self.composing = False
        self.setText("")

    def put(self, text: str, caret: int | None = None) -> None:
        """Replace all of the text, as something that Ctrl+Z takes back.

        Args:
            text: what is to stand in the line.
            caret: where the caret goes, in characters; behind everything if that is not said.
        """
        with QSignalBlocker(self):
            self.selectAll()
            self.insert(text)
            if caret is not None:
                self.setCursorPosition(utf16_length(text[:caret]))
        self.textChanged.emit(self.text())

    def follow(self, palette: QPalette) -> None:
        """Take the colours of the card that it stands on."""
        own = self.palette()
        look = theme(palette)
        own.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        own.setColor(QPalette.ColorRole.Text, look.text)
        own.setColor(QPalette.ColorRole.PlaceholderText, look.subdued)
        self.setPalette(own)

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or self.composing:
            return super().event(event)
        assert isinstance(event, QKeyEvent)  # noqa: S101  # as its type says
        key = _KEYS.get(event.key())
        if key is None:
            return super().event(event)
        moves = key in (LineKey.UP, LineKey.DOWN)
        if moves or not event.isAutoRepeat():  # Enter held down is not Enter pressed twice
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.pressed.emit(LineKey.FINISH if key is LineKey.ENTER and control else key)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
