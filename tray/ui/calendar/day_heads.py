"""The days above the grid: each with its date, how long was tracked, and a line for the goal."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tray.language import described, named, tr
from tray.model import day_names, formats
from tray.model.calendar_event import CalendarEvent
from tray.ui import plain_text, wording
from tray.ui.flat_button import FlatButton
from tray.ui.theme import (
    CHIP_RADIUS,
    LARGE,
    MEDIUM,
    SEMIBOLD,
    SMALL,
    TINY,
    UNIT,
    mixed,
    sized,
    theme,
)

_LINE: Final = UNIT // 2
"""How high the line is that shows how far the goal is."""
_NARROW: Final = 12 * UNIT
_MOST_EVENTS: Final = 2
"""Of all day, that are named; of more the number is."""


class HeadContent(NamedTuple):
    """What stands above one day."""

    day: date
    seconds: int
    goal: int
    """Seconds; 0 for none."""
    longest: int
    """Of the days beside it, which the line is compared with where there is no goal."""
    today: bool = False
    all_day: Sequence[CalendarEvent] = ()


class DayHead(FlatButton):
    """A click shows the day alone, or its week again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content: HeadContent | None = None

    def show_day(self, content: HeadContent) -> None:
        """Show this."""
        if content == self.content:
            return
        self.content = content
        length = wording.of_goal(formats.length(content.seconds), content.goal)
        lines = [named(day_names.weekday_date(content.day), length)]
        lines += [f"{each.title} ({each.calendar})" for each in content.all_day]
        self.say(described(lines), "\n".join(lines))

    def sizeHint(self) -> QSize:
        number = QFontMetrics(sized(self.font(), LARGE, SEMIBOLD)).height()
        height = number + _LINE + 3 * UNIT // 2
        if self.content is not None and self.content.all_day:
            height += self._events_height() + UNIT // 2
        return QSize(8 * UNIT, height)

    def _events_height(self) -> int:
        count = len(self.content.all_day) if self.content else 0
        return min(count, _MOST_EVENTS) * (self._event_height() + 2)

    def _event_height(self) -> int:
        return QFontMetrics(sized(self.font(), TINY)).height() + UNIT // 2

    def paintEvent(self, _: QPaintEvent) -> None:
        content = self.content
        if content is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if content.today:
            look = theme(self.palette())
            painter.fillRect(self.rect(), mixed(look.accent, look.window, 0.045))
        self.paint_ground(painter)
        bottom = self._paint_words(painter, content)
        self._paint_goal(painter, content, bottom)
        self._paint_events(painter, content, bottom + _LINE + UNIT // 2)
        painter.end()

    @property
    def _side(self) -> int:
        """Left and right of what stands in it."""
        return UNIT if self.width() > _NARROW else UNIT // 2

    def _paint_words(self, painter: QPainter, content: HeadContent) -> float:
        look = theme(self.palette())
        large = sized(self.font(), LARGE, SEMIBOLD, tabular=True)
        height = QFontMetrics(large).height()
        side = self._side
        area = QRectF(side, UNIT // 2, self.width() - 2 * side, height)
        painter.setFont(large)
        painter.setPen(look.accent if content.today else look.text)
        number = str(content.day.day)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, start, number)
        used = painter.fontMetrics().horizontalAdvance(number) + UNIT // 2
        painter.setFont(sized(self.font(), SMALL, SEMIBOLD, tabular=True))
        length = formats.length(content.seconds)
        wide = painter.fontMetrics().horizontalAdvance(length)
        painter.setPen(look.text if content.seconds else look.subdued)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, length
        )
        painter.setFont(sized(self.font(), SMALL, MEDIUM))
        painter.setPen(look.accent if content.today else look.subdued)
        name = day_names.short_weekday(content.day)
        room = area.width() - used - UNIT // 2 - wide
        names = (name,) if self._side == UNIT else ()
        names = (*names, day_names.narrow_weekday_number(content.day.weekday()))
        fitting = (each for each in names if painter.fontMetrics().horizontalAdvance(each) <= room)
        if name := next(fitting, ""):
            right = self.isRightToLeft()
            place = area.adjusted(0 if right else used, 1, -used if right else 0, 1)
            painter.drawText(place, start, name)
        return area.bottom() + 2

    def _paint_goal(self, painter: QPainter, content: HeadContent, top: float) -> None:
        look = theme(self.palette())
        whole = content.goal or content.longest
        area = QRectF(self._side, top, self.width() - 2 * self._side, _LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.line)
        painter.drawRoundedRect(area, _LINE / 2, _LINE / 2)
        share = min(1.0, content.seconds / whole) if whole else 0.0
        if share:
            done = QRectF(area)
            done.setWidth(max(float(_LINE), share * area.width()))
            if self.isRightToLeft():
                done.moveRight(area.right())
            painter.setBrush(look.accent)
            painter.drawRoundedRect(done, _LINE / 2, _LINE / 2)

    def _paint_events(self, painter: QPainter, content: HeadContent, top: float) -> None:
        look = theme(self.palette())
        painter.setFont(sized(self.font(), TINY))
        height = self._event_height()
        more = len(content.all_day) - _MOST_EVENTS
        for at, event in enumerate(content.all_day[:_MOST_EVENTS]):
            text = event.title or event.calendar
            if more > 0 and at == _MOST_EVENTS - 1:
                text = tr("{count} more").format(count=more + 1)
            area = QRectF(UNIT // 2, top, self.width() - UNIT, height)
            pen = QPen(look.border, 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                area.adjusted(0.5, 0.5, -0.5, -0.5), CHIP_RADIUS / 2, CHIP_RADIUS / 2
            )
            painter.setPen(look.subdued)
            inner = area.adjusted(UNIT // 2, 0, -UNIT // 2, 0)
            shown = plain_text.elided(text, painter.fontMetrics(), int(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)
            top += height + 2


class DayHeads(QWidget):
    """As many as there are days, each above its own."""

    day_wanted = Signal(object)
    """The `date` that was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heads: list[DayHead] = []
        self._shown = 0
        self._gutter = 0
        self._behind = 0

    def show_days(self, contents: Sequence[HeadContent], *, gutter: int, behind: int) -> None:
        """Show these days.

        Args:
            contents: One for each.
            gutter: How much room there is before the first.
            behind: The same after the last.
        """
        while len(self.heads) < len(contents):
            head = DayHead(self)
            head.clicked.connect(self._on_clicked)
            self.heads.append(head)
        for at, head in enumerate(self.heads):
            head.setVisible(at < len(contents))
        for head, content in zip(self.heads, contents, strict=False):
            head.show_day(content)
        self._shown, self._gutter, self._behind = len(contents), gutter, behind
        height = max((head.sizeHint().height() for head in self.heads[: len(contents)]), default=0)
        self.setFixedHeight(height)
        self._arrange()

    def _on_clicked(self) -> None:
        head = self.sender()
        if isinstance(head, DayHead) and head.content is not None:
            self.day_wanted.emit(head.content.day)

    def _arrange(self) -> None:
        room = self.width() - self._gutter - self._behind
        for at, head in enumerate(self.heads[: self._shown]):
            left = round(room * at / self._shown)
            right = round(room * (at + 1) / self._shown)
            x = self.width() - self._gutter - right if self.isRightToLeft() else self._gutter + left
            head.setGeometry(x, 0, right - left, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme(self.palette()).line)
        painter.end()
