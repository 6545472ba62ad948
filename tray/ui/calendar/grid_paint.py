"""Paints the grid: hours, days, blocks of entries, outlines of events, what is being dragged."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from tray.language import tr
from tray.model import formats, limits
from tray.model.day_grid.day_columns import Block, DayColumn, DayGap
from tray.model.durations import DAY, HOUR
from tray.ui import plain_text
from tray.ui.calendar.block_texts import BlockText, BlockTexts
from tray.ui.calendar.grid_geometry import GridGeometry
from tray.ui.legible import legible
from tray.ui.theme import (
    CHIP_RADIUS,
    MEDIUM,
    RING,
    SEMIBOLD,
    SMALL,
    TINY,
    UNIT,
    Theme,
    chip_colours,
    mixed,
    sized,
)

_CORNER: Final = UNIT // 2
_SPINE: Final = 3
"""The project's colour along the edge of a block."""
_SIDE: Final = _SPINE + UNIT - 1
_PAD: Final = UNIT // 2
_ROUNDED: Final = 10
"""How high a block is that has rounded corners."""
_FAINT: Final = 0.38
"""The opacity of what is not looked for, or is being dragged to somewhere else."""
_FINE: Final = 12
"""How far apart lines between the hours are at least."""
_SPECK: Final = 4.0
_MOST_LINES: Final = 3
"""Of a title in a block that is high enough."""


class GridFonts:
    """The fonts of the grid, and texts shortened to a width once."""

    def __init__(self, font: QFont) -> None:
        self.title = sized(font, SMALL, SEMIBOLD)
        self.small = sized(font, TINY, tabular=True)
        self.small_title = sized(font, TINY, MEDIUM)
        self.title_height = QFontMetrics(self.title).height()
        self.small_height = QFontMetrics(self.small).height()
        self._metrics = [QFontMetrics(each) for each in (self.title, self.small, self.small_title)]
        self._elided: dict[tuple[str, int, int], str] = {}

    def elided(self, text: str, font: QFont, width: float) -> str:
        """A text as it fits on one line."""
        at = (self.title, self.small, self.small_title).index(font)
        key = (text, at, int(width))
        if key not in self._elided:
            if len(self._elided) > 5_000:
                self._elided.clear()
            self._elided[key] = plain_text.elided(text, self._metrics[at], int(width))
        return self._elided[key]

    def title_lines(self, text: str, width: float, most: int) -> tuple[str, ...]:
        """A title on as many lines as it needs, at most so many; the last one is shortened."""
        metrics, clean = self._metrics[0], limits.one_line(text)
        found: list[str] = []
        while most > len(found) + 1 and metrics.horizontalAdvance(clean) > width:
            fits = bisect_right(
                range(1, len(clean)), width, key=lambda n: metrics.horizontalAdvance(clean[:n])
            )
            cut = clean.rfind(" ", 1, fits + 1)
            cut = cut if cut > 0 else max(1, fits)
            found.append(clean[:cut])
            clean = clean[cut:].lstrip()
        return (*found, self.elided(clean, self.title, width))


class Dragged(NamedTuple):
    """What is being made or moved, as it would be."""

    start: int
    stop: int | None
    of: Block | None = None
    """None: something new."""
    copies: bool = False


class GridScene(NamedTuple):
    """All that a picture of the grid is made of."""

    geometry: GridGeometry
    columns: Sequence[DayColumn]
    texts: BlockTexts
    fonts: GridFonts
    look: Theme
    step: int
    """Of the grid, seconds."""
    now: int
    today: int | None
    """Which day is today."""
    chosen: Block | None = None
    chosen_day: int | None = None
    """The day that the keys are on, if nothing in it is chosen."""
    focused: bool = False
    hovered: DayGap | None = None
    dragged: Dragged | None = None


def paint(painter: QPainter, scene: GridScene, top: float, bottom: float) -> None:
    """Paint what lies between two heights."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    _paint_ground(painter, scene, top, bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if scene.hovered is not None and scene.dragged is None:
        _paint_gap(painter, scene, scene.hovered)
    readable = scene.fonts.small_height - 1
    for block, area in scene.geometry.seen(scene.columns, top, bottom):
        if block.fits and area.height() < readable and block is not scene.chosen:
            _paint_speck(painter, scene, block, area)
        else:
            _paint_block(painter, scene, block, area)
    if scene.chosen is not None:
        colour = scene.look.accent if scene.focused else scene.look.border
        _ring(painter, scene.geometry.area(scene.chosen), colour)
    _paint_voids(painter, scene)
    _paint_doubled(painter, scene)
    _paint_now(painter, scene)
    if scene.dragged is not None:
        _paint_dragged(painter, scene, scene.dragged)


def _paint_ground(painter: QPainter, scene: GridScene, top: float, bottom: float) -> None:
    geometry, look = scene.geometry, scene.look
    if scene.today is not None and len(scene.columns) > 1:
        painter.fillRect(geometry.day(scene.today), mixed(look.accent, look.window, 0.045))
    _paint_lines(painter, scene, top, bottom)
    for column in range(len(scene.columns)):
        day = geometry.day(column)
        edge = day.right() if geometry.mirrored else day.left()
        painter.setPen(QPen(look.line, 1))
        painter.drawLine(QLineF(edge, top, edge, bottom))


def _paint_voids(painter: QPainter, scene: GridScene) -> None:
    """Hatch the hours that a day does not have, also through an entry that goes on after them."""
    geometry = scene.geometry
    for column in range(len(scene.columns)):
        day = geometry.day(column)
        for begin, end in geometry.axis.voids(column):
            area = QRectF(day.left(), geometry.y(begin), day.width(), 0)
            area.setBottom(geometry.y(end))
            painter.fillRect(area, QBrush(scene.look.line, Qt.BrushStyle.BDiagPattern))


def _paint_lines(painter: QPainter, scene: GridScene, top: float, bottom: float) -> None:
    geometry, look = scene.geometry, scene.look
    left = 0 if geometry.mirrored else geometry.gutter
    right = geometry.width - geometry.gutter if geometry.mirrored else geometry.width
    painter.setFont(scene.fonts.small)
    parts = max(1, HOUR // scene.step)
    apart = geometry.hour / parts
    fine = QPen(mixed(look.line, look.window, 0.45), 1)
    for position, minutes in geometry.axis.marks:
        y = round(geometry.y(position))
        if y < top - geometry.hour - UNIT or y > bottom + UNIT:
            continue
        painter.setPen(QPen(look.line, 1))
        painter.drawLine(left, y, right, y)
        if apart >= _FINE:
            painter.setPen(fine)
            for part in range(1, parts):
                at = round(y + part * apart)
                painter.drawLine(left, at, right, at)
        painter.setPen(look.subdued)
        half = scene.fonts.small_height / 2
        start = right if geometry.mirrored else 0
        area = QRectF(start, y - half, geometry.gutter - UNIT, 2 * half)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight, scene.texts.clock.clock_time(minutes))


def _paint_speck(painter: QPainter, scene: GridScene, block: Block, area: QRectF) -> None:
    """Draw a block that is too low for a word; there may be thousands."""
    colours = chip_colours(scene.texts.colour(block), scene.look, scene.look.window)
    x, y = int(area.x()), round(area.y())
    height = max(1, round(area.bottom()) - y)
    painter.fillRect(x, y, int(area.width()), height, colours.ground)
    painter.fillRect(x, y, _SPINE, height, colours.dot)


def _paint_block(painter: QPainter, scene: GridScene, block: Block, area: QRectF) -> None:
    text = scene.texts.of(block)
    moved = scene.dragged
    away = moved is not None and moved.of is not None and moved.of.of == block.of
    faint = (block.entry is not None and not block.fits) or (
        away and moved is not None and not moved.copies
    )
    if faint:
        painter.setOpacity(_FAINT)
    if block.entry is None:
        ink = _paint_outline(painter, scene, text.colour, area)
    else:
        ink = _paint_entry(painter, scene.look, text, area, running=block.entry.running)
    if not faint or away:
        _write(painter, scene, block, text, area, ink)
    painter.setOpacity(1)


def _ring(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(-1, -1, 1, 1), _CORNER + 1, _CORNER + 1)


def _paint_entry(
    painter: QPainter, look: Theme, text: BlockText, area: QRectF, *, running: bool
) -> QColor:
    """Draw what is behind the text; return the colour of that."""
    colours = chip_colours(text.colour, look, look.window)
    spine = QRectF(area.left(), area.top(), _SPINE, area.height())
    if area.height() < _ROUNDED:
        painter.fillRect(area, colours.ground)
        painter.fillRect(spine, colours.dot)
        return colours.text
    painter.setPen(QPen(colours.dot, RING) if running else Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    inner = area.adjusted(1, 1, -1, -1) if running else area
    painter.drawRoundedRect(inner, _CORNER, _CORNER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.dot)
    painter.drawRoundedRect(spine, _SPINE / 2, _SPINE / 2)
    return colours.text


def _paint_outline(painter: QPainter, scene: GridScene, colour: str, area: QRectF) -> QColor:
    pen = QPen(legible(QColor(colour), scene.look.window, least=3), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(scene.look.window)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
    return scene.look.subdued


def _write(
    painter: QPainter, scene: GridScene, block: Block, text: BlockText, area: QRectF, ink: QColor
) -> None:
    """As much as there is room for, never half a line."""
    fonts, height = scene.fonts, area.height()
    left, width = area.left() + _SIDE, area.width() - _SIDE - _PAD
    if width < 2 * UNIT or height < fonts.small_height - 1:
        return
    painter.setPen(ink)
    if height < fonts.title_height + 1:
        place = QRectF(left, area.top(), width, height)
        _line(painter, fonts, fonts.small_title, text.title, place)
        return
    pad = min(float(_PAD), (height - fonts.title_height) / 2)
    top = area.top() + pad
    rest = fonts.small_height * (bool(text.below) + 1) + _PAD
    room = max(1, int((area.bottom() - top - rest) // fonts.title_height))
    for line in fonts.title_lines(text.title, width, min(_MOST_LINES, room)):
        place = QRectF(left, top, width, fonts.title_height)
        _line(painter, fonts, fonts.title, line, place)
        top += fonts.title_height
    if text.below and top + fonts.small_height <= area.bottom() - 1:
        place = QRectF(left, top, width, fonts.small_height)
        _line(painter, fonts, fonts.small, text.below, place)
        top += fonts.small_height
    if block.entry is not None and top + fonts.small_height + _PAD <= area.bottom():
        length = formats.length(block.entry.seconds(scene.now))
        place = QRectF(left, area.bottom() - fonts.small_height - _PAD, width, fonts.small_height)
        _line(painter, fonts, fonts.small, length, place)


def _line(painter: QPainter, fonts: GridFonts, font: QFont, text: str, area: QRectF) -> None:
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(
        area, flags | Qt.TextFlag.TextSingleLine, fonts.elided(text, font, area.width())
    )


def _paint_doubled(painter: QPainter, scene: GridScene) -> None:
    """Mark the time that counts twice, at the edge of its day."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.look.stop)
    for at, column in enumerate(scene.columns):
        for begin, end in column.doubled:
            area = scene.geometry.between(at, begin, end)
            left = area.left() - 2 - _SPINE if scene.geometry.mirrored else area.right() + 1
            painter.drawRoundedRect(
                QRectF(left, area.top(), _SPINE, area.height()), _SPINE / 2, _SPINE / 2
            )


def _paint_now(painter: QPainter, scene: GridScene) -> None:
    if scene.today is None:
        return
    geometry = scene.geometry
    day = geometry.day(scene.today)
    y = geometry.y(geometry.axis.position(scene.today, scene.now))
    painter.setPen(QPen(scene.look.stop, 2))
    painter.drawLine(QLineF(day.left(), y, day.right(), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.look.stop)
    edge = day.right() if geometry.mirrored else day.left()
    painter.drawEllipse(QPointF(edge, y), _SPECK, _SPECK)


def _paint_gap(painter: QPainter, scene: GridScene, gap: DayGap) -> None:
    area = scene.geometry.between(gap.column, gap.begin, gap.end)
    look = scene.look
    pen = QPen(look.accent, 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(mixed(look.accent, look.window, 0.05))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
    if area.height() >= scene.fonts.small_height:
        painter.setPen(look.accent)
        text = tr("Fill {length}").format(length=formats.length(gap.end - gap.begin))
        painter.setFont(scene.fonts.small_title)
        shown = scene.fonts.elided(text, scene.fonts.small_title, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_dragged(painter: QPainter, scene: GridScene, dragged: Dragged) -> None:
    """What it would be, with its times and how long it is."""
    look, texts, fonts = scene.look, scene.texts, scene.fonts
    stop = scene.now if dragged.stop is None else dragged.stop
    times = texts.times(dragged.start, dragged.stop)
    lines = [times, length_of(dragged.start, stop)]
    if dragged.of is not None:
        lines.append(texts.of(dragged.of).title)
    for number, (_, area) in enumerate(scene.geometry.spans(dragged.start, stop)):
        painter.setPen(QPen(look.accent, 1.5))
        painter.setBrush(mixed(look.accent, look.window, 0.13))
        painter.drawRoundedRect(area, CHIP_RADIUS, CHIP_RADIUS)
        if not number:
            _write_dragged(painter, fonts, lines, area, look)


def _write_dragged(
    painter: QPainter, fonts: GridFonts, lines: Sequence[str], area: QRectF, look: Theme
) -> None:
    """In it where there is room, else on a label at it."""
    needed = fonts.title_height + fonts.small_height + _PAD
    if area.height() < needed:
        text = "  ".join(lines[:2])
        wide = QFontMetrics(fonts.title).horizontalAdvance(text) + 2 * UNIT
        area = QRectF(area.left(), area.top(), max(area.width(), wide), fonts.title_height + _PAD)
        painter.setPen(QPen(look.accent, 1))
        painter.setBrush(look.card)
        painter.drawRoundedRect(area, CHIP_RADIUS, CHIP_RADIUS)
        lines = [text]
    top = area.top() + _PAD / 2
    painter.setPen(look.accent)
    for number, text in enumerate(lines):
        font = fonts.small if number else fonts.title
        height = fonts.small_height if number else fonts.title_height
        if top + height > area.bottom() + 1:
            return
        place = QRectF(area.left() + UNIT, top, area.width() - UNIT - _PAD, height)
        _line(painter, fonts, font, text, place)
        top += height


def paint_day_mark(painter: QPainter, scene: GridScene, top: float) -> None:
    """Show which day the keys are on while nothing in it is chosen."""
    if scene.chosen_day is not None and scene.chosen_day < len(scene.columns):
        day = scene.geometry.day(scene.chosen_day)
        painter.fillRect(QRectF(day.left() + 1, top, day.width() - 1, RING), scene.look.accent)


def paint_hint(painter: QPainter, scene: GridScene, area: QRectF) -> None:
    """Say what can be done where nothing is."""
    font = scene.fonts.small_title
    text = tr("Drag over the hours to add what you did")
    wide = QFontMetrics(font).horizontalAdvance(text) + 4 * UNIT
    place = QRectF(0, 0, wide, scene.fonts.small_height + 2 * UNIT)
    place.moveCenter(area.center())
    painter.setPen(QPen(scene.look.line, 1))
    painter.setBrush(scene.look.card)
    painter.drawRoundedRect(place, CHIP_RADIUS, CHIP_RADIUS)
    painter.setPen(scene.look.subdued)
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def length_of(begin: int, end: int) -> str:
    """How long something is, with days where it is longer than one."""
    days, rest = divmod(max(0, end - begin), DAY)
    if not days:
        return formats.length(rest)
    return tr("{days} d {length}").format(days=days, length=formats.length(rest))
