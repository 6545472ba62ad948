"""The card below the grid that says, while a length is typed, what it will make."""

from typing import Final

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.ui.labels import ThemedLabel, plain, subdued, warning
from tray.ui.surfaces import paint_card
from tray.ui.theme import SMALL, UNIT

_LEAST_WIDTH: Final = 30 * UNIT
_MOST_WIDTH: Final = 60 * UNIT


class CellHint(QWidget):
    """Moved below the cell that it is about, as far as there is room beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self.title = ThemedLabel("", self, tint=plain, bold=True)
        self.sentence = ThemedLabel("", self, size=SMALL)
        self.sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.sentence.text()

    def tell(self, title: str, sentence: str, *, bad: bool, middle: int) -> None:
        """Say this below `middle`, pixels from the left of the parent."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.set_tint(warning if bad else subdued)
        width = self.sentence.fontMetrics().horizontalAdvance(sentence) + 5 * UNIT
        title_width = self.title.fontMetrics().horizontalAdvance(title) + 5 * UNIT
        room = self._below.width()
        width = min(max(width, title_width, _LEAST_WIDTH), _MOST_WIDTH, room)
        self.setFixedWidth(width)
        self.setFixedHeight(self.heightForWidth(width))
        self.move(min(max(0, middle - width // 2), max(0, room - width)), UNIT)
        self.show()

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_card(self).end()
