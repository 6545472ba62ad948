"""The rows of a report: name, bar, share, money and length, and the rows that stand below each."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tray.language import described, tr
from tray.ui import plain_text
from tray.ui.surfaces import paint_card
from tray.ui.theme import (
    BODY,
    MEDIUM,
    RADIUS,
    RING,
    SEMIBOLD,
    SMALL,
    UNIT,
    Theme,
    row_height,
    sized,
    theme,
)

_INSET: Final = UNIT
_DOT: Final = UNIT
_INDENT: Final = 3 * UNIT


class GroupRow(NamedTuple):
    """One row, as it is shown."""

    place: tuple[int, ...]
    """Of the group, and of the one that it stands below first; nothing for what runs."""
    name: str
    colour: QColor | None
    bar: float
    """As a share of the longest."""
    share: str
    money: str
    length: str

    @property
    def depth(self) -> int:
        """How many groups it stands below."""
        return max(0, len(self.place) - 1)

    @property
    def text(self) -> str:
        """All of it in words."""
        return described((self.name, self.length, self.share, self.money))


class GroupTable(QWidget):
    """A click, or Enter, leads to the entries of a row."""

    chosen = Signal(object)
    """The place of a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[GroupRow] = []
        self.current = 0
        self._hovered = -1
        self._density = "comfortable"
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Time by group"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[GroupRow], density: str) -> None:
        """Show these."""
        self.rows, self._density = rows, density
        self.current = min(self.current, max(0, len(rows) - 1))
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        text = self.rows[self.current].text if self.rows else tr("Nothing was tracked then.")
        self.setAccessibleName(text)

    # Where things are

    @property
    def line(self) -> int:
        """How high a row is."""
        return row_height(self.fontMetrics(), self._density)

    def row_rect(self, at: int) -> QRect:
        """Where a row is."""
        return QRect(_INSET, UNIT // 2 + at * self.line, self.width() - 2 * _INSET, self.line)

    def row_at(self, y: float) -> int:
        """The place of the row there; -1 where there is none."""
        at = int((y - UNIT // 2) // self.line)
        return at if 0 <= at < len(self.rows) else -1

    def sizeHint(self) -> QSize:
        return QSize(60 * UNIT, max(1, len(self.rows)) * self.line + UNIT)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = paint_card(self)
        area = event.rect()
        first = max(0, (area.top() - UNIT) // self.line)
        last = min(len(self.rows) - 1, area.bottom() // self.line)
        widths = self._widths()
        for at in range(first, last + 1):
            self._paint_row(painter, look, at, widths)
        if not self.rows:
            painter.setPen(look.subdued)
            text = tr("Nothing was tracked then.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _widths(self) -> tuple[int, int, int]:
        """Of the columns with shares, money and lengths."""
        strong = QFontMetrics(sized(self.font(), BODY, SEMIBOLD, tabular=True))
        small = QFontMetrics(sized(self.font(), SMALL, MEDIUM, tabular=True))
        length = max((strong.horizontalAdvance(row.length) for row in self.rows), default=0)
        money = max((small.horizontalAdvance(row.money) for row in self.rows), default=0)
        return small.horizontalAdvance("100 %"), money, length

    def _paint_row(
        self, painter: QPainter, look: Theme, at: int, widths: tuple[int, int, int]
    ) -> None:
        row, area = self.rows[at], self.row_rect(at)
        self._paint_ground(painter, look, at, area)
        if at and not row.depth:
            painter.setPen(QPen(look.line, 1))
            painter.drawLine(area.topLeft(), area.topRight())
        place = area.adjusted(UNIT // 2 + row.depth * _INDENT, 0, -UNIT, 0)
        for text, width, strong in self._columns(row, widths):
            weight = SEMIBOLD if strong and not row.depth else MEDIUM
            painter.setFont(sized(self.font(), BODY if strong else SMALL, weight, tabular=True))
            painter.setPen(look.text if strong else look.subdued)
            cell = self._visual(place.adjusted(place.width() - width, 0, 0, 0))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
            painter.drawText(cell, flags, text)
            place.setWidth(place.width() - width - 2 * UNIT * (width > 0))
        self._paint_name(painter, look, row, place)

    def _columns(
        self, row: GroupRow, widths: tuple[int, int, int]
    ) -> Iterator[tuple[str, int, bool]]:
        """From the right: the text of each column, its width, and whether it matters most."""
        shares, money, lengths = widths
        yield row.length, lengths, True
        if money:
            yield row.money, money, False
        yield row.share, shares, False

    def _paint_ground(self, painter: QPainter, look: Theme, at: int, area: QRect) -> None:
        has_keys = at == self.current and self.hasFocus()
        if at == self._hovered or has_keys:
            painter.setPen(QPen(look.accent, RING) if has_keys else Qt.PenStyle.NoPen)
            painter.setBrush(look.selected if has_keys else look.hover)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_name(self, painter: QPainter, look: Theme, row: GroupRow, place: QRect) -> None:
        """The dot, the name, and the bar where there is room for it."""
        middle = place.center().y() + 0.5
        if row.colour is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(row.colour)
            dot = QRect(place.left(), int(middle - _DOT / 2), _DOT, _DOT)
            painter.drawEllipse(self._visual(dot))
        name = place.adjusted(2 * _DOT, 0, 0, 0)
        has_bar = place.width() > 40 * UNIT
        if has_bar:
            left = self._bar_left()
            name.setRight(left - 2 * UNIT)
            full = QRectF(left, middle - UNIT / 2, place.right() - left, UNIT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(self._visual(full.toRect()), UNIT / 2, UNIT / 2)
            full.setWidth(max(UNIT, full.width() * row.bar) if row.bar else 0)
            painter.setBrush(row.colour or (look.border if row.depth else look.accent))
            painter.drawRoundedRect(self._visual(full.toRect()), UNIT / 2, UNIT / 2)
        painter.setFont(sized(self.font(), BODY, MEDIUM if not row.depth else None))
        painter.setPen(look.subdued if row.depth or not row.place else look.text)
        text = plain_text.elided(row.name, painter.fontMetrics(), name.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self._visual(name), flags, text)

    def _bar_left(self) -> int:
        return _INSET + self.width() * 3 // 10

    def _visual(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    # Keys and pointer

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            pointing = at >= 0 and self.rows[at].place
            shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.setToolTip(plain_text.tooltip(self.rows[at].name if at >= 0 else ""))
            self.update()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.rows) and self.rows[at].place:
            self.chosen.emit(self.rows[at].place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            at = self.row_at(event.position().y())
            self.current = max(0, at)
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = 10
        ways = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self.rows),
            Qt.Key.Key_End: len(self.rows),
        }
        key = Qt.Key(event.key())
        if key in ways and self.rows:
            self.current = max(0, min(len(self.rows) - 1, self.current + ways[key]))
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
