"""Paints the rows of the projects page, and edits a name or a client where it stands."""

from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractItemModel, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tray.language import tr
from tray.model.limits import MAX_NAME
from tray.ui import icons, plain_text
from tray.ui.projects.rows import Row
from tray.ui.projects.thing_model import Column, Index, ThingModel
from tray.ui.theme import (
    BODY,
    MEDIUM,
    NORMAL,
    RADIUS,
    RING,
    SEMIBOLD,
    SMALL,
    UNIT,
    Theme,
    chip_colours,
    row_height,
    sized,
    theme,
)

DOT: Final = 3 * UNIT // 2
SIDE: Final = 3 * UNIT // 2
"""Left and right within a cell."""
DOT_ROOM: Final = SIDE + 3 * UNIT
"""Left of a name, for its dot."""
_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter
_Role = QPalette.ColorRole


class _Fonts(NamedTuple):
    """In which the parts of a row are written."""

    name: QFont
    small: QFont
    strong: QFont
    length: QFont
    total: QFont

    @classmethod
    def of(cls, font: QFont) -> "_Fonts":
        return cls(
            sized(font, BODY, MEDIUM),
            sized(font, SMALL),
            sized(font, BODY, SEMIBOLD),
            sized(font, BODY, NORMAL, tabular=True),
            sized(font, BODY, SEMIBOLD, tabular=True),
        )


class ThingDelegate(QStyledItemDelegate):
    """Paints the cells of a `ThingModel`."""

    entered = Signal(object, object, object)
    """What was typed into a cell: its row, its column and the text."""

    def __init__(self, model: ThingModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.density = "comfortable"
        """One of `tray.model.setting_choices.DENSITIES`."""
        self.hover = -1
        """The row that the pointer is over."""
        self.clients: list[str] = []
        """What is offered while a client is typed."""
        self._model = model
        self._view = parent
        self._drawn_for: tuple[int, str] | None = None
        self._kept = theme(parent.palette()), _Fonts.of(parent.font())
        self._fonts = self._kept[1]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), row_height(self._view.fontMetrics(), self.density))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = self._model.rows[index.row()], Column(index.column())
        look, self._fonts = self._drawn()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, look)
        near = bool(option.state & QStyle.StateFlag.State_Selected) or index.row() == self.hover
        match column:
            case Column.NAME:
                self._paint_name(painter, option.rect, row, look)
            case Column.BILLABLE if row.billable or (near and row.kind == "project"):
                self._paint_billable(painter, option.rect, row, look)
            case Column.MORE if near:
                place = QRectF(0, 0, 2 * UNIT, 2 * UNIT)
                place.moveCenter(option.rect.toRectF().center())
                icons.paint(painter, "more", place, look.subdued)
            case Column.BESIDE:
                painter.setFont(self._fonts.small)
                painter.setPen(look.subdued)
                self._write(painter, option.rect.adjusted(SIDE, 0, -SIDE, 0), row.beside)
            case Column.MONTH | Column.TOTAL:
                self._paint_length(painter, option.rect, index, look)
        painter.restore()

    def _paint_billable(self, painter: QPainter, cell: QRect, row: Row, look: Theme) -> None:
        painter.setFont(self._fonts.strong)
        painter.setPen(look.accent if row.billable else look.border)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "$")

    def _paint_length(self, painter: QPainter, cell: QRect, index: Index, look: Theme) -> None:
        is_total = index.column() == Column.TOTAL
        painter.setFont(self._fonts.total if is_total else self._fonts.length)
        painter.setPen(look.text if is_total else look.subdued)
        area = cell.adjusted(SIDE, 0, -SIDE, 0)
        painter.drawText(area, _CENTRE | Qt.AlignmentFlag.AlignTrailing, str(index.data()))

    def _drawn(self) -> tuple[Theme, "_Fonts"]:
        """What painting takes, worked out once for a palette and a font."""
        palette, font = QPalette(self._view.palette()), self._view.font()
        key = palette.cacheKey(), font.key()
        if key != self._drawn_for:
            palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
            self._drawn_for, self._kept = key, (theme(palette), _Fonts.of(font))
        return self._kept

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, look: Theme
    ) -> None:
        """The row's ground, rounded at its ends, or the hairline below it."""
        area, last = option.rect, len(Column) - 1
        painter.fillRect(area, look.card)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self.hover:
            painter.save()
            painter.setClipRect(area)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selected if selected else look.hover)
            painter.drawRoundedRect(self._whole(area, index.column(), last), RADIUS, RADIUS)
            if selected and self._view.hasFocus():
                painter.setPen(QPen(look.accent, RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                whole = self._whole(area, index.column(), last).adjusted(0, 1, 0, -1)
                painter.drawRoundedRect(whole, RADIUS, RADIUS)
            painter.restore()
        else:
            line = QRect(area.left(), area.bottom(), area.width(), 1)
            painter.fillRect(line, look.line)

    def _whole(self, area: QRect, column: int, last: int) -> QRectF:
        """The row as far as it is drawn with this cell: beyond it, but at the row's ends."""
        first = column == 0
        ends = column == last
        if self._view.isRightToLeft():
            first, ends = ends, first
        left = 1 if first else -2 * RADIUS
        right = -1 if ends else 2 * RADIUS
        return area.toRectF().adjusted(left, 1, right, -1)

    def _paint_name(self, painter: QPainter, cell: QRect, row: Row, look: Theme) -> None:
        area = cell.adjusted(SIDE, 0, -SIDE, 0)
        if row.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chip_colours(row.colour, look).dot)
            painter.drawEllipse(self._dot(cell))
            area = self._beside_dot(cell)
        if row.archived:
            area = self._paint_archived(painter, area, look)
        painter.setPen(look.subdued if row.archived else look.text)
        painter.setFont(self._fonts.name)
        self._write(painter, area, row.name)

    def _paint_archived(self, painter: QPainter, area: QRect, look: Theme) -> QRect:
        """The sign of what is archived; return what it leaves of the room."""
        side, mirrored = 2 * UNIT, self._view.isRightToLeft()
        x = area.right() + 1 - side if mirrored else area.left()
        place = QRectF(x, area.center().y() - side / 2 + 1, side, side)
        icons.paint(painter, "archive", place, look.subdued)
        taken = 3 * UNIT
        return area.adjusted(0 if mirrored else taken, 0, -taken if mirrored else 0, 0)

    def _write(self, painter: QPainter, area: QRect, text: str) -> None:
        shown = plain_text.elided(text, painter.fontMetrics(), area.width())
        painter.drawText(area, _CENTRE | Qt.AlignmentFlag.AlignLeading, shown)

    def _dot(self, cell: QRect) -> QRectF:
        across = SIDE + UNIT
        x = cell.right() + 1 - across if self._view.isRightToLeft() else cell.left() + across
        middle = QPointF(x, cell.toRectF().center().y())
        return QRectF(middle.x() - DOT / 2, middle.y() - DOT / 2, DOT, DOT)

    def _beside_dot(self, cell: QRect) -> QRect:
        if self._view.isRightToLeft():
            return cell.adjusted(SIDE, 0, -DOT_ROOM, 0)
        return cell.adjusted(DOT_ROOM, 0, -SIDE, 0)

    # Editing

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        del option
        edit = QLineEdit(parent)
        edit.setMaxLength(MAX_NAME)
        edit.setAccessibleName(tr("Name") if index.column() == Column.NAME else tr("Client"))
        if index.column() == Column.BESIDE:
            edit.setPlaceholderText(tr("Client, empty for none"))
            completer = QCompleter(self.clients, edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(completer)
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        area = option.rect
        row = self._model.rows[index.row()]
        if index.column() == Column.NAME and row.colour:
            area = self._beside_dot(option.rect).adjusted(-UNIT, 0, 0, 0)
        editor.setGeometry(area.adjusted(0, UNIT // 4, 0, -UNIT // 4))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model
        if isinstance(editor, QLineEdit):
            row = self._model.rows[index.row()]
            self.entered.emit(row, Column(index.column()), editor.text())


def on_dot(x: int, cell: QRect, *, mirrored: bool) -> bool:
    """Whether a point of a name's cell is on its dot, or as good as."""
    return (cell.right() - x if mirrored else x - cell.left()) < DOT_ROOM
