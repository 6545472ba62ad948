"""One number of a report on a card, with what is said of it below."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.ui import plain_text
from tray.ui.surfaces import paint_card
from tray.ui.theme import MEDIUM, SEMIBOLD, SMALL, TITLE, UNIT, sized, theme

_INSET = 3 * UNIT // 2
_LINE: Final = (
    int(Qt.AlignmentFlag.AlignLeading)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextDontClip)  # Chinese letters of another font are taller than its lines
)


class FigureCard(QWidget):
    """A title, a number, and a line in small letters."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.value, self.about = title, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_figure(self, value: str, about: str, explained: str) -> None:
        """Show a number with a few words, which are more to who asks."""
        self.value, self.about = value, about
        self.setAccessibleName(f"{self.title}: {value}. {explained}")
        self.setToolTip(plain_text.tooltip(explained))
        self.update()

    def _lines(self) -> list[tuple[str, float, bool]]:
        return [(self.title, SMALL, False), (self.value, TITLE, True), (self.about, SMALL, False)]

    def sizeHint(self) -> QSize:
        fonts = [sized(self.font(), size) for _, size, _ in self._lines()]
        height = sum(QFontMetrics(font).height() for font in fonts)
        return QSize(16 * UNIT, height + 3 * UNIT)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = paint_card(self)
        area = self.rect().adjusted(_INSET, UNIT, -_INSET, -UNIT)
        top = area.top() + UNIT // 2
        for text, size, strong in self._lines():
            font = sized(self.font(), size, SEMIBOLD if strong else MEDIUM, tabular=True)
            painter.setFont(font)
            painter.setPen(look.text if strong else look.subdued)
            line = QRect(area.left(), top, area.width(), painter.fontMetrics().height())
            shown = plain_text.elided(text, painter.fontMetrics(), line.width())
            painter.drawText(line, _LINE, shown)
            top = line.bottom() + 1
        painter.end()
