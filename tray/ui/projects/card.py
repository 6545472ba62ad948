"""A rounded ground with a hairline around it, for the list of a page."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.ui.surfaces import paint_card
from tray.ui.theme import UNIT


class Card(QWidget):
    """Draws itself around what is put into it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        self._layout.setSpacing(0)

    def add(self, inside: QWidget, stretch: int = 0) -> None:
        """Put something below what is in it."""
        self._layout.addWidget(inside, stretch)

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_card(self).end()
