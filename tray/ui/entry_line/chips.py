"""A row of small coloured labels that says how a line is understood."""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tray.language import listed
from tray.ui import plain_text
from tray.ui.legible import legible
from tray.ui.theme import CHIP_RADIUS, SMALL, UNIT, Theme, mixed, sized, theme

_PADDING: Final = UNIT
"""Left and right of a chip's text."""
_GAP: Final = UNIT * 3 // 4
_WIDEST: Final = 0.55
"""The share of the row that one chip may take while there are others."""


class Chip(NamedTuple):
    """One small coloured label."""

    text: str
    colour: str = ""
    """Of its project, ``#rrggbb``; empty for a neutral one."""
    warning: bool = False
    example: bool = False
    """It shows what could be typed; only outlined, for nothing was."""
    removable: bool = False
    """A click takes it away."""

    @property
    def label(self) -> str:
        """The text with the sign that a click takes it away."""
        return f"{self.text}  ✕" if self.removable else self.text


class PlacedChip(NamedTuple):
    """A chip where it is painted."""

    chip: Chip
    text: str
    """Shortened if need be."""
    left: int
    width: int


class Chips(QWidget):
    """Chips from the leading edge on; of those that do not fit, the last one says how many."""

    removed = Signal()
    """The one that can be taken away was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(sized(self.font(), SMALL))

    def show_chips(self, chips: list[Chip]) -> None:
        """Show these."""
        if chips != self._chips:
            self._chips = chips
            self.setAccessibleName(listed(self.texts))
            self.update()

    @property
    def texts(self) -> list[str]:
        """What the chips say, but for examples."""
        return [chip.text for chip in self._chips if not chip.example]

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + UNIT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for placed in place(self._chips, self.width(), self.fontMetrics()):
            area = QRect(placed.left, 0, placed.width, self.height())
            there = QStyle.visualRect(self.layoutDirection(), self.rect(), area)
            if placed.chip.removable and there.contains(event.position().toPoint()):
                self.removed.emit()
                return
        super().mousePressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        for placed in place(self._chips, self.width(), self.fontMetrics()):
            area = QRect(placed.left, 0, placed.width, self.height())
            _paint(
                painter, QStyle.visualRect(self.layoutDirection(), self.rect(), area), placed, look
            )
        painter.end()


def place(chips: list[Chip], room: int, metrics: QFontMetrics) -> list[PlacedChip]:
    """Where each chip goes in a row of that many pixels."""
    placed: list[PlacedChip] = []
    left = 0
    widest = room if len(chips) == 1 else round(room * _WIDEST)
    for number, chip in enumerate(chips):
        text = plain_text.elided(chip.label, metrics, widest - 2 * _PADDING)
        width = metrics.horizontalAdvance(text) + 2 * _PADDING
        others = len(chips) - number - 1
        if left + width + (_more(others, metrics).width + _GAP if others else 0) > room:
            return [*placed, _more(others + 1, metrics)._replace(left=left)]
        placed.append(PlacedChip(chip, text, left, width))
        left += width + _GAP
    return placed


def _more(count: int, metrics: QFontMetrics) -> PlacedChip:
    """The chip that stands for so many others."""
    text = f"+{count}"
    return PlacedChip(Chip(text), text, 0, metrics.horizontalAdvance(text) + 2 * _PADDING)


def _paint(painter: QPainter, area: QRect, placed: PlacedChip, look: Theme) -> None:
    chip = placed.chip
    tint = look.warning if chip.warning else QColor(chip.colour or look.subdued)
    fill = look.base if chip.example else mixed(tint, look.base, 0.18)
    painter.setPen(QPen(look.line, 1) if chip.example else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    inside = area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inside, CHIP_RADIUS, CHIP_RADIUS)
    painter.setPen(legible(tint, fill))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, placed.text)
