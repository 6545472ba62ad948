"""How one suggestion is painted: a mark, the text with what was matched in bold, the details."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tray.ui import plain_text
from tray.ui.entry_line.candidate_model import CANDIDATE, Index, title, utf16_length
from tray.ui.entry_line.candidate_row import CandidateKind, CandidateRow
from tray.ui.legible import legible
from tray.ui.theme import RADIUS, SMALL, UNIT, Theme, sized, theme

if TYPE_CHECKING:
    from tray.model.suggest.suggestion import Ranges

_HEIGHT: Final = 9 * UNIT // 2
_DOT: Final = UNIT + 2
_SIGNS: Final = {
    CandidateKind.TAG: "#",
    CandidateKind.NEW_PROJECT: "+",
    CandidateKind.NEW_TASK: "+",
}
_FOR_DETAILS: Final = 0.45
"""The share of a row that the details may take."""


class CandidateDelegate(QStyledItemDelegate):
    """Paints the candidates."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text has its own
        _RowPainter(painter, option, index.data(CANDIDATE)).paint()
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height(option.fontMetrics))

    @staticmethod
    def height(metrics: QFontMetrics) -> int:
        """Of each row, in pixels."""
        return max(_HEIGHT, metrics.height() + 2 * UNIT)


class _RowPainter:
    """One candidate that is being painted."""

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, candidate: CandidateRow
    ) -> None:
        self._painter = painter
        self._option = option
        self._candidate = candidate
        self._look: Theme = theme(option.palette)
        self._back = self._look.base

    def paint(self) -> None:
        whole = self._option.rect.adjusted(UNIT, 1, -UNIT, -1)
        self._background(whole)
        self._mark(QRect(whole.left() + UNIT, whole.top(), _DOT, whole.height()))
        inner = whole.adjusted(2 * UNIT + _DOT, 0, -UNIT, 0)
        taken = self._details(inner)
        self._title(inner.adjusted(0, 0, -taken, 0))

    def _background(self, area: QRect) -> None:
        if self._option.state & QStyle.StateFlag.State_Selected:
            self._back = self._look.selected
        elif self._option.state & QStyle.StateFlag.State_MouseOver:
            self._back = self._look.hover
        else:
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._back)
        self._painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)

    def _mark(self, area: QRect) -> None:
        """What it is: a project's dot, a ring where there is no project, or a sign."""
        sign, colour = _SIGNS.get(self._candidate.offer), self._candidate.colour
        if sign:
            self._painter.setPen(self._look.subdued)
            self._painter.drawText(self._mirrored(area), Qt.AlignmentFlag.AlignCenter, sign)
            return
        inset = 0 if colour else 1
        dot = QRect(area.left(), area.center().y() - _DOT // 2 + 1, _DOT, _DOT)
        self._painter.setPen(Qt.PenStyle.NoPen if colour else self._look.subdued)
        self._painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(self._mirrored(dot.adjusted(inset, inset, -inset, -inset)))

    def _details(self, area: QRect) -> int:
        """Paint them; return how many pixels they take, the gap included."""
        candidate, text = self._candidate, self._candidate.beside
        if not text:
            return 0
        font = sized(self._option.font, SMALL)
        metrics = QFontMetrics(font)
        room = round(area.width() * _FOR_DETAILS)
        text = plain_text.elided(text, metrics, room)
        self._painter.setFont(font)
        colour = QColor(candidate.colour) if candidate.colour else self._look.subdued
        self._painter.setPen(legible(colour, self._back))
        end = QStyle.visualAlignment(self._option.direction, Qt.AlignmentFlag.AlignRight)
        self._painter.drawText(self._mirrored(area), Qt.AlignmentFlag.AlignVCenter | end, text)
        return metrics.horizontalAdvance(text) + 2 * UNIT

    def _title(self, area: QRect) -> None:
        candidate = self._candidate
        layout = in_one_line(title(candidate), candidate.ranges, self._option.font, area.width())
        mirrored = self._mirrored(area)
        line = layout.lineAt(0)
        left: float = mirrored.left()
        if self._option.direction == Qt.LayoutDirection.RightToLeft:
            left += mirrored.width() - line.naturalTextWidth()
        self._painter.setPen(self._look.text)
        layout.draw(self._painter, QPointF(left, area.top() + (area.height() - line.height()) / 2))

    def _mirrored(self, area: QRect) -> QRect:
        """Where `area` is if the desktop reads from right to left."""
        return QStyle.visualRect(self._option.direction, self._option.rect, area)


def in_one_line(text: str, ranges: "Ranges", font: QFont, room: int) -> QTextLayout:
    """`text` with `ranges` of it in bold, shortened to `room` pixels."""
    metrics, bold = QFontMetrics(font), QFontMetrics(_bold(font))
    wider = sum(
        bold.horizontalAdvance(text[start:end]) - metrics.horizontalAdvance(text[start:end])
        for start, end in ranges
    )
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - wider)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(shown, start, end) for start, end in ranges if start < len(shown)])
    layout.beginLayout()
    layout.createLine().setLineWidth(room)
    layout.endLayout()
    return layout


def _bold(font: QFont) -> QFont:
    other = QFont(font)
    other.setWeight(QFont.Weight.Bold)
    return other


def _format(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    """What makes characters `start` to `end` of a text bold."""
    span = QTextLayout.FormatRange()
    span.start = utf16_length(text[:start])
    span.length = utf16_length(text[start:end])
    style = QTextCharFormat()
    style.setFontWeight(QFont.Weight.Bold)
    span.format = style
    return span
