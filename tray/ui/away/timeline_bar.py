"""The small time line: an entry, the absence in it, and the cut that can be moved."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from tray.language import tr
from tray.model.durations import MINUTE
from tray.ui import plain_text
from tray.ui.away.segments import Segment
from tray.ui.legible import text_on
from tray.ui.theme import SMALL, UNIT, Theme, mixed, sized, theme

_BAR_TOP: Final = 2 * UNIT
_BAR: Final = 4 * UNIT
_GAP: Final = 1
"""Pixels between two pieces."""
_KNOB: Final = UNIT * 5 / 8
"""The radius of what the cut is dragged by."""
_BIG_STEP: Final = 15
"""Minutes that Page Up and Page Down move the cut by."""
_STEPS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -_BIG_STEP,
    Qt.Key.Key_PageUp: _BIG_STEP,
}


class TimeMark(NamedTuple):
    """A moment that is written below the time line."""

    moment: int
    text: str


class ColouredSegment(NamedTuple):
    """A piece as it is drawn."""

    piece: Segment
    colour: str = ""
    """As ``#rrggbb``; of no importance if it is no entry's."""
    text: str = ""


class TimelineScene(NamedTuple):
    """All that is drawn."""

    begin: int
    """From when to when it reaches, epoch seconds."""
    end: int
    least: int
    """The earliest and the latest moment for the cut."""
    most: int
    cut: int
    pieces: Sequence[ColouredSegment] = ()
    empty: Sequence[tuple[int, int]] = ()
    """When nobody was there."""
    marks: Sequence[TimeMark] = ()
    """The most important first: those for which there is no room are left out."""
    until: int | None = None
    """Where what is cut out ends, if that may be another moment than `most`."""


def stepped(cut: int, minutes: int, *, least: int, most: int) -> int:
    """The cut so many minutes on, at a full minute, unless that is outside."""
    if minutes > 0:
        moved = cut - cut % MINUTE + minutes * MINUTE
    else:
        moved = -(-cut // MINUTE) * MINUTE + minutes * MINUTE
    return min(max(least, moved), most)


class TimelineBar(QSlider):
    """A slider over the time in which the cut may be; in seconds from `TimelineScene.least`.

    It is one for those who cannot see it, too: that is what a screen reader takes it for.
    """

    moved = Signal(object)
    """The user moved the cut to this moment."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._scene = TimelineScene(0, 1, 0, 0, 0)
        self.setSingleStep(MINUTE)
        self.setPageStep(_BIG_STEP * MINUTE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._on_value)

    @property
    def scene(self) -> TimelineScene:
        """What is drawn."""
        return self._scene

    def show_scene(self, scene: TimelineScene) -> None:
        """Draw this; it is not the user who moves the cut."""
        self._scene = scene
        self.blockSignals(True)
        self.setRange(0, max(0, scene.most - scene.least))
        self.setValue(scene.cut - scene.least)
        self.blockSignals(False)
        self.setToolTip(tr("Drag it, or use the arrow keys"))
        self.update()

    def x_of(self, moment: int) -> float:
        """Where a moment is drawn, in pixels."""
        scene = self._scene
        share = (moment - scene.begin) / max(1, scene.end - scene.begin)
        return _KNOB + (1 - share if self.isRightToLeft() else share) * self._room()

    def _room(self) -> float:
        return max(1.0, self.width() - 2 * _KNOB)

    def _moment_at(self, x: float) -> int:
        """The full minute at a place."""
        scene = self._scene
        share = (x - _KNOB) / self._room()
        seconds = (1 - share if self.isRightToLeft() else share) * (scene.end - scene.begin)
        return round((scene.begin + seconds) / MINUTE) * MINUTE

    def _move_to(self, moment: int) -> None:
        scene = self._scene
        self.setValue(min(max(scene.least, moment), scene.most) - scene.least)

    @Slot(int)
    def _on_value(self, value: int) -> None:
        self.moved.emit(self._scene.least + value)

    def _area(self, begin: int, end: int) -> QRectF:
        scene = self._scene
        left, right = sorted(
            self.x_of(min(max(scene.begin, moment), scene.end)) for moment in (begin, end)
        )
        return QRectF(left, _BAR_TOP, max(0.0, right - left), _BAR)

    def _paint_piece(self, painter: QPainter, each: ColouredSegment, look: Theme) -> None:
        area = self._area(each.piece.begin, each.piece.end).adjusted(_GAP / 2, 0, -_GAP / 2, 0)
        if area.width() <= 0:
            return
        if each.piece.what is None:
            painter.setPen(QPen(look.subdued, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
            self._write(painter, area, each.text, look.subdued)
            return
        colour = QColor(each.colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(area, UNIT / 4, UNIT / 4)
        self._write(painter, area, each.text, text_on(colour))

    def _write(self, painter: QPainter, area: QRectF, text: str, colour: QColor) -> None:
        """Write into a piece, if there is room for more than a few letters."""
        inside = area.adjusted(UNIT * 3 / 4, 0, -UNIT * 3 / 4, 0)
        if inside.width() < 4 * UNIT:
            return
        painter.setFont(sized(self.font(), SMALL))
        metrics = painter.fontMetrics()
        shown = plain_text.elided(text, metrics, int(inside.width()))
        painter.setPen(colour)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _hatch(self, painter: QPainter, begin: int, end: int, look: Theme) -> None:
        """Mark when nobody was there, whosever the time is."""
        for each in self._scene.pieces:
            part = self._area(max(begin, each.piece.begin), min(end, each.piece.end))
            is_entry = each.piece.what is not None
            pattern = text_on(QColor(each.colour)) if is_entry else QColor(look.subdued)
            pattern.setAlphaF(0.45)
            painter.fillRect(part, QBrush(pattern, Qt.BrushStyle.BDiagPattern))
        area = self._area(begin, end)
        painter.setPen(QPen(look.subdued, 2))
        below = area.bottom() + 2
        painter.drawLine(QLineF(area.left(), below, area.right(), below))

    def _paint_marks(self, painter: QPainter, look: Theme) -> None:
        painter.setFont(sized(self.font(), SMALL))
        metrics = painter.fontMetrics()
        top = _BAR_TOP + _BAR + UNIT // 2
        taken: list[tuple[float, float]] = []
        for number, mark in enumerate(self._scene.marks):
            width = metrics.horizontalAdvance(mark.text)
            left = self.x_of(mark.moment) - width / 2
            left = min(max(0.0, left), self.width() - width)
            if any(left < right + UNIT and begin < left + width + UNIT for begin, right in taken):
                continue
            taken.append((left, left + width))
            painter.setPen(look.subdued if number else look.text)
            painter.drawText(QPointF(left, top + metrics.ascent()), mark.text)

    def _paint_cut(self, painter: QPainter, look: Theme) -> None:
        x = self.x_of(self._scene.cut)
        focused = self.hasFocus()
        colour = look.accent if focused else look.text
        painter.setPen(QPen(look.window, 4))
        painter.drawLine(QLineF(x, _KNOB * 2, x, _BAR_TOP + _BAR))
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QLineF(x, _KNOB * 2, x, _BAR_TOP + _BAR + 2))
        painter.setPen(Qt.PenStyle.NoPen)
        if focused:
            painter.setBrush(mixed(look.accent, look.window, 0.35))
            painter.drawEllipse(QPointF(x, _KNOB + 1), _KNOB + 3, _KNOB + 3)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, _KNOB + 1), _KNOB, _KNOB)

    def sizeHint(self) -> QSize:
        return QSize(40 * UNIT, _BAR_TOP + _BAR + UNIT // 2 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        scene = self._scene
        if event.key() in _STEPS:
            is_across = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            by = _STEPS[event.key()] * (-1 if is_across and self.isRightToLeft() else 1)
            self._move_to(stepped(scene.cut, by, least=scene.least, most=scene.most))
        elif event.key() == Qt.Key.Key_Home:
            self._move_to(scene.least)
        elif event.key() == Qt.Key.Key_End:
            self._move_to(scene.most)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._move_to(self._moment_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(self._moment_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in self._scene.pieces:
            self._paint_piece(painter, each, look)
        for begin, end in self._scene.empty:
            self._hatch(painter, begin, end, look)
        self._paint_marks(painter, look)
        self._paint_cut(painter, look)
        painter.end()
