"""The parts of a row as they are painted, each into its place."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from tray.model.ribbon import RibbonPart
from tray.store.uploads import Upload
from tray.ui import icons, plain_text, project_chip, theme
from tray.ui.entries.row_layout import INSET, RowPlaces
from tray.ui.theme import CARD_RADIUS, CHIP_RADIUS, UNIT, Theme, chip_colours, sized

LEADING: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TRAILING: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_TRACK: Final = 3 * UNIT // 4
_BAND: Final = 5 * UNIT // 4
_NARROWEST_CHIP: Final = 2 * UNIT
_UPLOADS: Final = {
    Upload.LOCAL: "cloud-off",
    Upload.WAITING: "upload",
    Upload.REFUSED: "warning",
}
_SHORTEST_RIBBON: Final = 12 * UNIT
_RIBBON_FROM: Final = 0.285
"""The share of the card at which ribbons begin, below each other."""


class RowFonts(NamedTuple):
    """The fonts in a row."""

    normal: QFont
    bold: QFont
    digits: QFont
    small: QFont
    small_digits: QFont
    bold_small: QFont
    tiny: QFont
    chip_height: int

    @classmethod
    def of(cls, font: QFont) -> "RowFonts":
        """Those that go with the font of the list."""
        small = sized(font, theme.SMALL, theme.MEDIUM)
        return cls(
            sized(font, theme.BODY, theme.MEDIUM),
            sized(font, theme.BODY, theme.SEMIBOLD),
            sized(font, theme.BODY, theme.SEMIBOLD, tabular=True),
            small,
            sized(font, theme.SMALL, tabular=True),
            sized(font, theme.SMALL, theme.SEMIBOLD),
            sized(font, theme.TINY, theme.SEMIBOLD, tabular=True),
            project_chip.height(QFontMetrics(small)),
        )


class Ends(NamedTuple):
    """Whether a row is the first, and whether it is the last, of its card."""

    first: bool
    last: bool


class On(NamedTuple):
    """What is painted on, and with what."""

    painter: QPainter
    theme: Theme
    fonts: RowFonts
    ground: QColor

    @property
    def mirrored(self) -> bool:
        """Whether the window runs from right to left."""
        return self.painter.layoutDirection() is Qt.LayoutDirection.RightToLeft


def card(painter: QPainter, area: QRect, look: Theme, ground: QColor, ends: Ends) -> None:
    """The stretch of a card that a row fills, with a hairline to the next row."""
    far = 2 * CARD_RADIUS
    shape = QRectF(area).adjusted(
        0.5, 0.5 if ends.first else -far, -0.5, -0.5 if ends.last else far
    )
    painter.save()
    painter.setClipRect(area)
    painter.setPen(look.line)
    painter.setBrush(ground)
    painter.drawRoundedRect(shape, CARD_RADIUS, CARD_RADIUS)
    painter.restore()
    if not ends.last:
        painter.fillRect(
            QRect(area.left() + INSET, area.bottom(), area.width() - 2 * INSET, 1), look.line
        )


def focus(painter: QPainter, area: QRect, look: Theme) -> None:
    """The ring around the row that the keys are on."""
    painter.setPen(QPen(look.accent, theme.RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = QRectF(area).adjusted(theme.RING, theme.RING, -theme.RING, -theme.RING)
    painter.drawRoundedRect(ring, CHIP_RADIUS, CHIP_RADIUS)


def heading(
    painter: QPainter,
    parts: RowPlaces,
    look: Theme,
    fonts: RowFonts,
    texts: tuple[str, str, str],
    ribbon: Sequence[RibbonPart],
) -> None:
    """A day: its name, its date and its total, and the ribbon of it between them."""
    on = On(painter, look, fonts, look.window)
    area = parts.card.adjusted(0, 5 * UNIT // 4, 0, 0)
    name, date, total = texts
    name_width = QFontMetrics(fonts.bold).horizontalAdvance(name)
    date_width = QFontMetrics(fonts.small).horizontalAdvance(date)
    text(on, area, name, fonts.bold, look.text)
    beside = area.adjusted(name_width + UNIT, 0, -name_width - UNIT, 0)
    if on.mirrored:
        beside.moveRight(area.right() - name_width - UNIT)
    text(on, beside, date, fonts.small, look.subdued)
    place = QRect(parts.length.left(), area.top(), parts.length.width(), area.height())
    length(on, place, total)
    begin = max(name_width + date_width + 4 * UNIT, round(area.width() * _RIBBON_FROM))
    if on.mirrored:
        bar = QRect(place.right() + 3 * UNIT, area.top(), 0, area.height())
        bar.setRight(area.right() - begin)
    else:
        bar = QRect(area.left() + begin, area.top(), 0, area.height())
        bar.setRight(place.left() - 3 * UNIT)
    if bar.width() >= _SHORTEST_RIBBON:
        _ribbon(on, bar, ribbon)


def _ribbon(on: On, area: QRect, parts: Sequence[RibbonPart]) -> None:
    middle = QRectF(area).center().y()
    on.painter.setPen(Qt.PenStyle.NoPen)
    on.painter.setBrush(on.theme.line)
    track = QRectF(area.left(), middle - _TRACK / 2, area.width(), _TRACK)
    on.painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
    for part in parts:
        left, right = (1 - part.right, 1 - part.left) if on.mirrored else (part.left, part.right)
        begin, end = area.left() + left * area.width(), area.left() + right * area.width()
        band = QRectF(begin, middle - _BAND / 2, max(2.0, end - begin - 1), _BAND)
        on.painter.setBrush(chip_colours(part.colour, on.theme, on.ground).dot)
        radius = min(3.0, band.width() / 2)
        on.painter.drawRoundedRect(band, radius, radius)


def text(
    on: On,
    place: QRect,
    words: str,
    font: QFont,
    ink: QColor,
    *,
    align: Qt.AlignmentFlag = LEADING,
) -> None:
    """One line of text, shortened to its place whichever way it runs."""
    if not words or place.width() < UNIT:
        return
    on.painter.setFont(font)
    on.painter.setPen(ink)
    metrics = on.painter.fontMetrics()
    shown = plain_text.elided(words, metrics, place.width())
    on.painter.drawText(place, _sided(on, align), shown)


def _sided(on: On, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """To the side where lines begin or end, whichever way the text in them runs."""
    if on.mirrored and align != CENTRE:
        align = TRAILING if align == LEADING else LEADING
    return align | Qt.AlignmentFlag.AlignAbsolute


def badge(on: On, place: QRect, count: int, *, unfolded: bool) -> None:
    """The number of entries in a group, filled while they are shown below it."""
    number = str(count)
    wide = QRect(place)
    wide.setWidth(max(place.width(), QFontMetrics(on.fonts.tiny).horizontalAdvance(number) + UNIT))
    on.painter.setPen(Qt.PenStyle.NoPen)
    on.painter.setBrush(on.theme.accent if unfolded else _badge_ground(on))
    on.painter.drawRoundedRect(wide, CHIP_RADIUS, CHIP_RADIUS)
    ink = on.theme.on_accent if unfolded else on.theme.accent
    text(on, wide, number, on.fonts.tiny, ink, align=CENTRE)


def _badge_ground(on: On) -> QColor:
    chosen = on.ground == on.theme.selected
    return on.theme.card if chosen else on.theme.selected


def project(on: On, place: QRect, name: str, colour: str) -> None:
    """The chip of a project."""
    if place.width() > _NARROWEST_CHIP:
        on.painter.setFont(on.fonts.small)
        project_chip.paint_project(on.painter, place, name, colour, on.theme, mirrored=on.mirrored)


def tag(on: On, place: QRect, name: str) -> None:
    """The chip of a tag."""
    if place.width() > _NARROWEST_CHIP:
        on.painter.setFont(on.fonts.small)
        project_chip.paint_tag(on.painter, place, name, on.theme)


def choice(on: On, place: QRect, words: str, *, over: bool) -> None:
    """Something a gap can be filled with, by a click."""
    if place.width() <= _NARROWEST_CHIP:
        return
    on.painter.setPen(on.theme.border)
    on.painter.setBrush(on.theme.selected if over else Qt.BrushStyle.NoBrush)
    shape = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    on.painter.drawRoundedRect(shape, CHIP_RADIUS, CHIP_RADIUS)
    ink = on.theme.text if over else on.theme.subdued
    text(on, place, words, on.fonts.small, ink, align=CENTRE)


def times(on: On, place: QRect, words: str, days_later: int) -> None:
    """From when to when; raised, how many days later that is."""
    text(on, place, words, on.fonts.small_digits, on.theme.subdued, align=TRAILING)
    if days_later:
        raised = QRect(place.left() - 2 * UNIT, place.top() - UNIT // 2, 2 * UNIT, place.height())
        if not on.mirrored:
            raised.moveLeft(place.right() + 2)
        text(on, raised, f"+{days_later}", on.fonts.tiny, on.theme.subdued)


def length(on: On, place: QRect, words: str) -> None:
    """How long it is; what is longer than most reaches out of its place."""
    reach = place.adjusted(0, 0, 2 * UNIT, 0) if on.mirrored else place.adjusted(-2 * UNIT, 0, 0, 0)
    text(on, reach, words, on.fonts.digits, on.theme.text, align=TRAILING)


def upload(on: On, place: QRect, state: Upload) -> None:
    """A sign for what is not on the server."""
    if state is not Upload.DONE:
        ink = on.theme.warning if state is Upload.REFUSED else on.theme.subdued
        _sign(on, place, _UPLOADS[state], ink)


def button(on: On, place: QRect, *, running: bool, over: bool) -> None:
    """The sign of what a click does: continue it, or stop it."""
    if over:
        disc = QRectF(0, 0, 3 * UNIT, 3 * UNIT)
        disc.moveCenter(QRectF(place).center())
        on.painter.setPen(Qt.PenStyle.NoPen)
        on.painter.setBrush(on.theme.line)
        on.painter.drawEllipse(disc)
    if running:
        _sign(on, place, "stop", on.theme.stop)
    else:
        _sign(on, place, "play", on.theme.text if over else on.theme.subdued)


def _sign(on: On, place: QRect, name: str, ink: QColor) -> None:
    square = QRectF(0, 0, icons.SIDE, icons.SIDE)
    square.moveCenter(QRectF(place).center())
    square.moveTo(round(square.left()), round(square.top()))
    icons.paint(on.painter, name, square, ink)
