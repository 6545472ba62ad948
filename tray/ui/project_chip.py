"""Paints a project as a tinted chip with its dot, and a tag as an outlined one."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from tray.language import tr
from tray.model import limits
from tray.ui import plain_text
from tray.ui.theme import CHIP_RADIUS, UNIT, Theme, chip_colours

_SIDE: Final = UNIT
"""Left and right of what is in a chip."""
_DOT: Final = 7
_GAP: Final = UNIT // 2 + 1


def height(metrics: QFontMetrics) -> int:
    """How high a chip is."""
    return metrics.height() + UNIT // 2 + 2


def project_width(text: str, metrics: QFontMetrics) -> int:
    """How wide the chip of a project wants to be."""
    return _DOT + _GAP + tag_width(text, metrics)


def tag_width(text: str, metrics: QFontMetrics) -> int:
    """How wide the chip of a tag wants to be."""
    return metrics.horizontalAdvance(_chip_text(text)) + 2 * _SIDE


def paint_project(
    painter: QPainter, area: QRect, text: str, colour: str, look: Theme, *, mirrored: bool = False
) -> None:
    """Draw the chip of a project with the painter's font.

    Args:
        painter: on a card, or a row of one.
        area: the chip; the text is shortened to it.
        text: the project's name, as plain text.
        colour: the project's, as ``#rrggbb``.
        look: the theme.
        mirrored: whether the window runs from right to left.
    """
    colours = chip_colours(colour, look)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    painter.drawRoundedRect(area, CHIP_RADIUS, CHIP_RADIUS)
    painter.setBrush(colours.dot)
    from_edge = _SIDE + _DOT / 2
    x = area.right() + 1 - from_edge if mirrored else area.left() + from_edge
    painter.drawEllipse(QPointF(x, QRectF(area).center().y()), _DOT / 2, _DOT / 2)
    before, behind = (_SIDE, _SIDE + _DOT + _GAP) if mirrored else (_SIDE + _DOT + _GAP, _SIDE)
    painter.setPen(colours.text)
    _write(painter, area.adjusted(before, 0, -behind, 0), text)
    painter.restore()


def paint_tag(painter: QPainter, area: QRect, text: str, look: Theme) -> None:
    """Draw the chip of a tag with the painter's font; `text` says whether with a #."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS, CHIP_RADIUS)
    painter.setPen(look.subdued)
    _write(painter, area.adjusted(_SIDE, 0, -_SIDE, 0), text)
    painter.restore()


def _chip_text(text: str) -> str:
    """What a chip says for a name; the account may have one that is blank."""
    return limits.one_line(text) or tr("(no name)")


def _write(painter: QPainter, area: QRect, text: str) -> None:
    shown = plain_text.elided(_chip_text(text), painter.fontMetrics(), area.width() + 1)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
