"""Where moments, days and blocks are in the grid, in pixels from its top left corner."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from tray.model.day_grid.day_columns import Block, DayColumn, DayGap
from tray.model.day_grid.dragging import Grip
from tray.model.day_grid.lanes import WHOLE, Lane
from tray.model.day_grid.time_axis import TimeAxis
from tray.model.durations import HOUR
from tray.ui.theme import UNIT

LEAST: Final = 4
"""How high a block is at least."""
_CLICKABLE: Final = 12
"""How high the place is at least that can be clicked for a block."""
_EDGE: Final = 5
"""How far from its edge a block can be taken by it."""
_GRASPABLE: Final = 20
"""How high a block is that has an edge to be taken by, unless it is chosen."""
_BESIDE: Final = UNIT // 2
"""To the right of the blocks of a day, free to begin something new at the same time."""
TOP: Final = UNIT


class Grasp(NamedTuple):
    """What is at a place, and what of it would be held."""

    block: Block
    grip: Grip


class GridGeometry(NamedTuple):
    """Of a grid that shows an axis at some size."""

    axis: TimeAxis
    width: int
    hour: float
    """How high an hour is."""
    gutter: int
    """How wide the hours are written beside the days."""
    mirrored: bool = False
    """Whether the first day is at the right."""

    @property
    def height(self) -> int:
        """Of all of it."""
        return round(self.axis.length / HOUR * self.hour) + 2 * TOP

    def y(self, position: float) -> float:
        """Where a place of the axis is."""
        return TOP + position / HOUR * self.hour

    def position(self, y: float) -> float:
        """The place of the axis."""
        return (y - TOP) / self.hour * HOUR

    def seconds(self, pixels: float) -> int:
        """How long it takes to go through so many."""
        return round(pixels / self.hour * HOUR)

    def day(self, column: int) -> QRectF:
        """The whole of one day."""
        number = max(1, len(self.axis.columns))
        share = (self.width - self.gutter) / number
        left = round(share * column)
        right = round(share * (column + 1))
        at = self.width - self.gutter - right if self.mirrored else self.gutter + left
        return QRectF(at, 0, right - left, self.height)

    def column(self, x: float) -> int:
        """The day that is there, or the nearest."""
        number = max(1, len(self.axis.columns))
        share = (self.width - self.gutter) / number
        along = self.width - self.gutter - x if self.mirrored else x - self.gutter
        return min(number - 1, max(0, int(along / share)))

    def moment(self, place: QPointF) -> int:
        """What time it is there."""
        return self.axis.moment(self.column(place.x()), self.position(place.y()))

    def between(self, column: int, begin: int, end: int, lane: Lane = WHOLE) -> QRectF:
        """The place of a time in one day."""
        top = self.y(self.axis.position(column, begin))
        last = self.axis.position(column, end - 1) + 1 if end > begin else 0
        height = max(float(LEAST), self.y(last) - top - 1)
        day = self.day(column)
        room = day.width() - 2 - _BESIDE
        left = day.left() + 2 + lane.left * room
        if self.mirrored:
            left = day.right() - 2 - (lane.left + lane.width) * room
        gap = 1 if lane.width < 1 else 0
        return QRectF(left, top, lane.width * room - gap, height)

    def area(self, block: Block) -> QRectF:
        """The place of a block."""
        return self.between(block.column, block.begin, block.end, block.lane)

    def spans(self, begin: int, end: int) -> Iterator[tuple[int, QRectF]]:
        """The days that a time touches, and its place in each."""
        for column in range(len(self.axis.columns)):
            first, last = self.axis.span(column)
            if begin < last and end > first:
                yield column, self.between(column, max(begin, first), min(end, last))

    def seen(
        self, columns: Sequence[DayColumn], top: float, bottom: float
    ) -> Iterator[tuple[Block, QRectF]]:
        """The blocks of which something is between two heights, the long ones first."""
        for at, column in enumerate(columns):
            begin = self.axis.moment(at, self.position(top - _CLICKABLE))
            end = self.axis.moment(at, self.position(bottom + _CLICKABLE))
            last = bisect_left(column.blocks, end + 1, key=_begin)
            found = [each for each in column.blocks[:last] if each.end >= begin]
            found.sort(key=_length, reverse=True)
            yield from zip(found, self._areas(at, found), strict=True)

    def _areas(self, column: int, blocks: Sequence[Block]) -> Iterator[QRectF]:
        """The places of blocks of one day."""
        parts = self.axis.columns[column]
        if len(parts) != 1 or self.mirrored:
            yield from map(self.area, blocks)
            return
        first, _, position = parts[0]
        day, hour = self.day(column), self.hour / HOUR
        room, left, top = day.width() - 2 - _BESIDE, day.left() + 2, self.y(position)
        for _, begin, end, _, _, _, (at, width), _, _ in blocks:
            height = max(LEAST, (end - begin) * hour - 1)
            gap = 0 if width == 1 else 1
            y = top + (begin - first) * hour
            yield QRectF(left + at * room, y, width * room - gap, height)

    def grasp(
        self, columns: Sequence[DayColumn], place: QPointF, chosen: Block | None
    ) -> Grasp | None:
        """What would be taken there: of several, the short one that is nearest."""
        best: tuple[float, Block, QRectF] | None = None
        for block, area in self.seen(columns, place.y(), place.y()):
            more = max(0.0, (_CLICKABLE - area.height()) / 2)
            if block is chosen:
                more = max(more, _EDGE)
            if not area.adjusted(0, -more, 0, more).contains(place):
                continue
            short = area.height() < _CLICKABLE
            distance = abs(area.center().y() - place.y()) + (0 if short else self.height)
            if best is None or distance < best[0]:
                best = distance, block, area
        if best is None:
            return None
        return Grasp(best[1], _grip(best[1], best[2], place.y(), chosen=best[1] is chosen))

    def gap(self, columns: Sequence[DayColumn], place: QPointF) -> DayGap | None:
        """The gap that is there."""
        column = self.column(place.x())
        if column >= len(columns) or not self.day(column).contains(place):
            return None
        moment = self.moment(place)
        return next(
            (each for each in columns[column].gaps if each.begin <= moment < each.end), None
        )


def _begin(block: Block) -> int:
    return block.begin


def _length(block: Block) -> int:
    return block.end - block.begin


def _grip(block: Block, area: QRectF, y: float, *, chosen: bool) -> Grip:
    """What of a block is held at a height."""
    if area.height() < _GRASPABLE and not chosen:
        return Grip.WHOLE
    inside = min(_EDGE, area.height() / 4)
    if block.begins and y < area.top() + inside:
        return Grip.START
    if block.ends and y > area.bottom() - inside:
        return Grip.STOP
    return Grip.WHOLE
