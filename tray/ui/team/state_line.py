"""The line above the list: what is being asked, what it would cost, or why it did not work."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.theme import UNIT


class StateLine(QWidget):
    """A sentence and a button beside it, or nothing."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = ThemedLabel("", self, tint=labels.subdued)
        self.label.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        self.clear()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.label.text()

    def say(self, sentence: str, button: str = "", *, bad: bool = False) -> None:
        """Say this, with something to do about it if `button` names it."""
        self.label.set_tint(labels.warning if bad else labels.subdued)
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(sentence)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.hide()
