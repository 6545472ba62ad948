"""What is seen of the grid: which days, from which hour on, how large, and what is chosen."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from tray import clock
from tray.model.day_grid.day_columns import Block, DayColumn, DayGap
from tray.model.day_grid.snapping import Snap
from tray.model.day_grid.time_axis import TimeAxis
from tray.model.day_grid.zoom import USUAL, ZOOMS, Zoom, zoomed
from tray.model.days import Calendar
from tray.model.durations import HOUR, MINUTE
from tray.ui.calendar.block_texts import BlockTexts
from tray.ui.calendar.grid_geometry import GridGeometry
from tray.ui.calendar.grid_paint import (
    Dragged,
    GridFonts,
    GridScene,
    paint,
    paint_day_mark,
    paint_hint,
)
from tray.ui.entries.row_layout import MARGIN
from tray.ui.theme import UNIT, text_scale, theme

BEHIND: Final = MARGIN
"""After the last day, where the scroll bar is."""
_USUAL_BEGIN: Final = 8 * HOUR // MINUTE
"""What the clocks show where a day of work begins of which nothing is known."""
_MAGNET: Final = 5
"""From how many pixels away an edge draws what is dragged."""


class GridView(QAbstractScrollArea):
    """Shows the days that it is given; what the user wants of them is told by whoever knows."""

    changed_wanted = Signal(object)
    """What was dragged, as a `Dragged`; something new if it is of nothing."""
    edit_wanted = Signal()
    taken = Signal(object)
    """The `Block` of an event of which an entry is wanted."""
    gap_wanted = Signal(object)
    """A `DayGap` that is to be filled."""
    page_wanted = Signal(int)
    """So many pages later, or earlier."""
    touched = Signal()
    """A button of the mouse is going down."""
    days_changed = Signal()
    """Other days are shown than before."""
    chosen_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.level = USUAL
        self.days: Sequence[date] = ()
        self.columns: Sequence[DayColumn] = ()
        self.axis = TimeAxis((), 0, ())
        self.texts: BlockTexts | None = None
        self.calendar = Calendar()
        self.chosen: Block | None = None
        self.chosen_day = 0
        """The day that the keys are on."""
        self.by_keys = False
        """Whether arrows were used last, so that one has to see where they are."""
        self.hovered: DayGap | None = None
        self.dragged: Dragged | None = None
        """What is being dragged, as it would be if it were let go."""
        self.draft: Dragged | None = None
        """Something new whose editor is open."""
        self._now = 0
        self._begun = False
        self._fonts = GridFonts(self.font())
        self.geometry_of_days = self._geometry()

    # What is shown

    def show_days(
        self,
        axis: TimeAxis,
        days: Sequence[date],
        columns: Sequence[DayColumn],
        texts: BlockTexts,
        calendar: Calendar,
        *,
        now: int,
    ) -> None:
        """Show these; what was chosen stays so if it is there still."""
        self.days, self.columns, self.texts, self._now = days, columns, texts, now
        self.calendar = calendar
        if axis != self.axis:
            self.axis = axis
            self._arrange()
            self.days_changed.emit()
        if self.chosen is not None:
            key = self.chosen.key
            self.chosen = next((each for each in self.blocks() if each.key == key), None)
        self.chosen_day = min(self.chosen_day, max(0, len(days) - 1))
        self.hovered = None
        if self.isVisible():
            self._begin()
        self.viewport().update()
        self.chosen_changed.emit()

    def _begin(self) -> None:
        """Be where work is, the first time that there is something to see."""
        if not self._begun:
            self._begun = True
            self.chosen_day = self.today or 0
            self.show_usual()

    def blocks(self) -> list[Block]:
        """All that can be chosen, day by day."""
        return [block for column in self.columns for block in column.blocks]

    @property
    def zoom(self) -> Zoom:
        """How large an hour is."""
        return ZOOMS[self.level]

    @property
    def today(self) -> int | None:
        """Which of the days is now."""
        for column in range(len(self.columns)):
            begin, end = self.axis.span(column)
            if begin <= self._now < end:
                return column
        return None

    def snap(self, *, but: Block | None = None) -> Snap:
        """To what moments things are drawn at this zoom."""
        edges = {
            edge
            for column in self.columns
            for block in column.blocks
            if but is None or block.of != but.of
            for edge in (block.begin, block.end)
        }
        clock_zone = self.texts.clock.zone if self.texts else None
        return Snap(
            self.zoom.step_minutes * MINUTE,
            clock_zone,
            (*edges, self._now),
            self.geometry_of_days.seconds(_MAGNET),
        )

    def choose(self, block: Block | None, *, scroll: bool = True) -> None:
        """Choose one, or none, and see to it that it is seen."""
        if block is not None:
            self.chosen_day = block.column
        if block is not None and scroll:
            self.show_area(self.geometry_of_days.area(block))
        self.chosen = block
        self.viewport().update()
        self.chosen_changed.emit()

    def choose_day(self, column: int) -> None:
        """Have the keys on a day in which nothing is chosen."""
        self.chosen_day = column
        self.choose(None)

    def show_dragged(self, dragged: Dragged | None) -> None:
        """Show what would become of what is dragged."""
        self.dragged = dragged
        self.viewport().update()

    def _shows_day(self) -> bool:
        return self.by_keys and self.chosen is None and self.hasFocus()

    def show_draft(self, draft: Dragged | None) -> None:
        """Show something that is not there yet."""
        self.draft = draft
        self.viewport().update()

    def show_usual(self) -> None:
        """Scroll to where a day of work begins, or to now."""
        begun = (next((b for b in column.blocks if b.begins), None) for column in self.columns)
        firsts = [self.axis.position(each.column, each.begin) for each in begun if each]
        at: float = min(self._usual_position, *firsts, self._usual_position)
        if self.today is not None:
            now = self.axis.position(self.today, self._now)
            seen = self.geometry_of_days.position(self.viewport().height() * 3 / 4)
            at = min(now, max(at, now - seen))
        self.scroll_to(self.geometry_of_days.y(at) - 2 * UNIT)

    @property
    def _usual_position(self) -> int:
        """Where work begins on the axis, if nothing says otherwise."""
        return next((at for at, minutes in self.axis.marks if minutes == _USUAL_BEGIN), 0)

    def usual(self, column: int) -> int:
        """When it begins in one of the days."""
        return self.axis.moment(column, self._usual_position)

    def show_area(self, area: QRectF) -> None:
        """Scroll as far as needed for this to be seen."""
        top, room = self.verticalScrollBar().value(), self.viewport().height()
        if area.top() - UNIT < top:
            self.scroll_to(area.top() - UNIT)
        elif area.bottom() + UNIT > top + room:
            self.scroll_to(min(area.top() - UNIT, area.bottom() + UNIT - room))

    def on_screen(self, begin: int, end: int) -> QRect:
        """Where a time is in the viewport, in the first day that it touches."""
        for _, area in self.geometry_of_days.spans(begin, max(end, begin + 1)):
            return area.translated(0, -self.verticalScrollBar().value()).toAlignedRect()
        return QRect(0, 0, 1, 1)

    def area_of(self, block: Block) -> QRect:
        """Where a block is in the viewport."""
        area = self.geometry_of_days.area(block)
        return area.translated(0, -self.verticalScrollBar().value()).toAlignedRect()

    def scroll_to(self, y: float) -> None:
        """Have a height be the topmost that is seen."""
        self.verticalScrollBar().setValue(round(y))

    # Size

    def zoom_by(self, steps: int, at: float | None = None) -> None:
        """Show hours larger or smaller; what is at a height of the viewport stays there."""
        level = zoomed(self.level, steps)
        if level == self.level:
            return
        height = self.viewport().height() / 2 if at is None else at
        position = self.geometry_of_days.position(height + self.verticalScrollBar().value())
        self.level = level
        self._arrange()
        self.scroll_to(self.geometry_of_days.y(position) - height)
        self.viewport().update()

    @property
    def gutter(self) -> int:
        """How wide the hours are written beside the days."""
        text = self.texts.clock.clock_time(22 * 60) if self.texts else "22:00"
        metrics = QFontMetrics(self._fonts.small)
        return max(metrics.horizontalAdvance(text), 4 * UNIT) + 3 * UNIT // 2

    def _geometry(self) -> GridGeometry:
        hour = self.zoom.hour_pixels * text_scale(self.font())
        width = max(self.gutter + 1, self.viewport().width() - BEHIND)
        return GridGeometry(self.axis, width, hour, self.gutter, self.isRightToLeft())

    def _arrange(self) -> None:
        self.geometry_of_days = self._geometry()
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.geometry_of_days.height - room))
        bar.setPageStep(room)
        bar.setSingleStep(round(self.geometry_of_days.hour / 2))

    def place(self, event: QMouseEvent) -> QPointF:
        """Where the pointer is, from the top of all hours."""
        return event.position() + QPointF(0, self.verticalScrollBar().value())

    def hover(self, gap: DayGap | None) -> None:
        """Show that a gap would be filled."""
        if gap != self.hovered:
            self.hovered = gap
            self.viewport().update()

    def sentence(self, block: Block) -> str:
        """All that is to be said of a block."""
        if self.texts is None:
            return ""
        gaps = self.columns[block.column].gaps if block.entry else ()
        gap = next((each for each in gaps if each.begin == block.end), None)
        return self.texts.sentence(block, self.days[block.column], now=clock.now(), gap=gap)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.texts is None:
            return
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        look = theme(self.palette())
        area = event.rect().toRectF().translated(0, top)
        painter.fillRect(area, look.window)
        scene = GridScene(
            self.geometry_of_days,
            self.columns,
            self.texts,
            self._fonts,
            look,
            self.zoom.step_minutes * MINUTE,
            self._now,
            self.today,
            chosen=self.chosen,
            chosen_day=self.chosen_day if self._shows_day() else None,
            focused=self.hasFocus(),
            hovered=self.hovered,
            dragged=self.dragged or self.draft,
        )
        paint(painter, scene, area.top(), area.bottom())
        paint_day_mark(painter, scene, top)
        if not any(column.blocks for column in self.columns) and scene.dragged is None:
            days = self.viewport().rect().adjusted(self.gutter, 0, -BEHIND, 0)
            paint_hint(painter, scene, days.toRectF().translated(0, top))
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.columns:
            self._begin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._fonts = GridFonts(self.font())
            self._arrange()
