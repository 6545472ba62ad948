"""What stands where there are no entries to list: why, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray.ui.labels import ThemedLabel, plain
from tray.ui.theme import TITLE, UNIT


class EmptyState(QWidget):
    """A title, a sentence and buttons in the middle of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.title = ThemedLabel("", self, tint=plain, size=TITLE, bold=True)
        self.sentence = ThemedLabel("", self)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(UNIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * UNIT, 4 * UNIT, 4 * UNIT, 4 * UNIT)
        layout.setSpacing(UNIT)
        layout.addStretch(2)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addSpacing(UNIT)
        layout.addLayout(self._buttons)
        layout.addStretch(3)

    def say(self, title: str, sentence: str) -> None:
        """Say what is missing and why."""
        self.title.setText(title)
        self.sentence.setText(sentence)

    def add_button(self, text: str) -> QPushButton:
        """One thing that can be done about it."""
        button = QPushButton(text, self)
        button.setMinimumHeight(4 * UNIT)
        if self._buttons.isEmpty():
            self._buttons.addStretch()
            self._buttons.addStretch()
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button
