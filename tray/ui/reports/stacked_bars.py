"""The bars of a report: time from left to right, each bar of coloured parts, the goal as a line."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tray.language import named, tr
from tray.model import formats
from tray.model.durations import HOUR
from tray.model.reports.chart import ChartBar
from tray.ui import plain_text
from tray.ui.reports.chart_series import Series
from tray.ui.surfaces import paint_card
from tray.ui.theme import MEDIUM, RING, TINY, UNIT, Theme, sized, theme

_HEIGHT: Final = 31 * UNIT
_WIDEST: Final = 5 * UNIT
_SHARE: Final = 0.64
"""Of the room of a bar that it fills."""
_CORNER: Final = 2
_BETWEEN: Final = 1.5
_AXIS: Final = (
    int(Qt.AlignmentFlag.AlignRight)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextDontClip)  # Chinese letters of another font are taller than its lines
)
_STEPS: Final = (HOUR // 4, HOUR // 2, *(n * HOUR for n in (1, 2, 4, 8, 10, 20, 40, 50, 100)))
_LINES: Final = 5
"""So many lines across the chart at most."""


class BarsContent(NamedTuple):
    """What the chart shows."""

    bars: tuple[ChartBar, ...]
    labels: tuple[str, ...]
    """Below each bar."""
    names: tuple[str, ...]
    """What each bar is called in full."""
    series: Series
    goal: int = 0
    """Seconds; 0: none."""


def step_of(seconds: int) -> int:
    """From line to line, so that there are not too many below a length."""
    fitting = (step for step in _STEPS if step * _LINES >= seconds)
    return next(fitting, -(-seconds // (_LINES * 100 * HOUR)) * 100 * HOUR)


class StackedBars(QWidget):
    """A click, or Enter, leads to the entries of a bar."""

    chosen = Signal(int)
    """The place of a bar among the others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content: BarsContent | None = None
        self.current = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Time by day"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_content(self, content: BarsContent) -> None:
        """Show these bars."""
        self.content = content
        self.current = min(self.current, max(0, len(content.bars) - 1))
        self._say()
        self.update()

    def _say(self) -> None:
        """Tell a screen reader of the bar that the keys are on."""
        self.setAccessibleName(self.text_of(self.current) or tr("Time by day"))

    def text_of(self, at: int) -> str:
        """A bar and its parts in words."""
        content = self.content
        if content is None or not 0 <= at < len(content.bars):
            return ""
        bar = content.bars[at]
        parts = [
            f"{content.series.name(key)} {formats.length(seconds)}"
            for key, seconds in reversed(bar.parts)
        ]
        return "\n".join([named(content.names[at], formats.length(bar.seconds)), *parts])

    # Where things are

    def _plot(self) -> QRectF:
        metrics = QFontMetrics(sized(self.font(), TINY))
        left = metrics.horizontalAdvance(tr("{hours} h").format(hours="000")) + 2 * UNIT
        below = metrics.height() + 2 * UNIT
        return QRectF(self.rect()).adjusted(left, 3 * UNIT, -3 * UNIT // 2, -below)

    def _scale(self) -> int:
        content = self.content
        longest = max((bar.seconds for bar in content.bars), default=0) if content else 0
        return max(longest, content.goal if content else 0, HOUR)

    def bar_rect(self, at: int) -> QRectF:
        """Where a bar can be clicked: its whole column."""
        count = len(self.content.bars) if self.content else 1
        plot = self._plot()
        room = plot.width() / max(1, count)
        place = count - 1 - at if self.isRightToLeft() else at
        return QRectF(plot.left() + place * room, plot.top(), room, plot.height())

    def bar_at(self, x: float) -> int:
        """The place of the bar there; -1 where there is none."""
        content, plot = self.content, self._plot()
        if content is None or not content.bars or not plot.left() <= x < plot.right():
            return -1
        at = int((x - plot.left()) / plot.width() * len(content.bars))
        return len(content.bars) - 1 - at if self.isRightToLeft() else at

    # Drawing

    def sizeHint(self) -> QSize:
        return QSize(60 * UNIT, max(_HEIGHT, 20 * self.fontMetrics().height() * 5 // 6))

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = paint_card(self)
        painter.setFont(sized(self.font(), TINY, MEDIUM, tabular=True))
        if self.content is not None:
            self._paint_lines(painter, look)
            for at, bar in enumerate(self.content.bars):
                self._paint_bar(painter, look, at, bar)
            self._paint_labels(painter, look, self.content.labels)
            self._paint_goal(painter, look, self.content.goal)
        painter.end()

    def _y(self, seconds: int) -> float:
        plot = self._plot()
        return plot.bottom() - plot.height() * seconds / self._scale()

    def _paint_lines(self, painter: QPainter, look: Theme) -> None:
        plot, step = self._plot(), step_of(self._scale())
        for seconds in range(0, self._scale() + 1, step):
            y = round(self._y(seconds)) + 0.5
            painter.setPen(QPen(look.line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(look.subdued)
            hours = tr("{hours} h").format(hours=formats.decimal(f"{seconds / HOUR:g}"))
            height = painter.fontMetrics().height()
            area = QRectF(0, y - height / 2, plot.left() - UNIT, height)
            painter.drawText(area, _AXIS, hours)

    def _paint_bar(self, painter: QPainter, look: Theme, at: int, bar: ChartBar) -> None:
        assert self.content is not None  # noqa: S101  # there is a bar
        column = self.bar_rect(at)
        if at == self._hovered:
            painter.fillRect(column, look.hover)
        width = min(_WIDEST, column.width() * _SHARE)
        left = column.center().x() - width / 2
        below = 0
        painter.setPen(Qt.PenStyle.NoPen)
        for key, seconds in bar.parts:
            top, bottom = self._y(below + seconds), self._y(below)
            painter.setBrush(self.content.series.colour(key, look))
            gap = _BETWEEN if bottom - top > 2 * _BETWEEN else 0
            area = QRectF(left, top, width, max(1.0, bottom - top - gap))
            painter.drawRoundedRect(area, _CORNER, _CORNER)
            below += seconds
        if at == self.current and self.hasFocus():
            painter.setPen(QPen(look.accent, RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(
                left, self._y(bar.seconds), width, self._plot().bottom() - self._y(bar.seconds)
            )
            painter.drawRoundedRect(ring.adjusted(-3, -3, 3, 3), _CORNER, _CORNER)

    def _paint_labels(self, painter: QPainter, look: Theme, labels: Sequence[str]) -> None:
        if not labels:
            return
        metrics = painter.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, labels)) + UNIT
        each = max(1, -(-widest // max(1, int(self.bar_rect(0).width()))))
        painter.setPen(look.subdued)
        for at in range(0, len(labels), each):
            column = self.bar_rect(at)
            area = QRectF(column.center().x() - widest, column.bottom(), 2 * widest, 3 * UNIT)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, labels[at])

    def _paint_goal(self, painter: QPainter, look: Theme, goal: int) -> None:
        if not goal:
            return
        plot, y = self._plot(), round(self._y(goal)) + 0.5
        pen = QPen(look.accent, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        text = tr("Goal {length}").format(length=formats.length(goal))
        area = QRectF(plot.left(), y - 2.5 * UNIT, plot.width(), 2.5 * UNIT)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)

    # Keys and pointer

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._hovered >= 0:
            text = self.text_of(self._hovered)
            QToolTip.showText(self.cursor().pos(), plain_text.tooltip(text), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.bar_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.bar_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self.current = at
            self._say()
            self.chosen.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self.content.bars) if self.content else 0
        back = -1 if self.isRightToLeft() else 1
        ways = {Qt.Key.Key_Right: back, Qt.Key.Key_Left: -back}
        key = Qt.Key(event.key())
        if key in ways and count:
            self.current = max(0, min(count - 1, self.current + ways[key]))
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and count:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
