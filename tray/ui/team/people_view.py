"""The list of people: a round sign, a name, what they are at, and a word at the end."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tray.ui import icons, plain_text
from tray.ui.team.team_rows import PersonRow
from tray.ui.theme import BODY, MEDIUM, RADIUS, SEMIBOLD, SMALL, TINY, UNIT, mixed, sized, theme

_Index = QModelIndex | QPersistentModelIndex
_SIGN: Final = 4 * UNIT
_SIDE: Final = 3 * UNIT // 2
_BAR: Final = 14 * UNIT
_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter


class PeopleModel(QAbstractListModel):
    """The rows that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[PersonRow] = []

    def show(self, rows: list[PersonRow]) -> None:
        """List these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.rows[index.row()].spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.rows[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PeopleDelegate(QStyledItemDelegate):
    """Paints the rows of a `PeopleModel`."""

    def __init__(self, model: PeopleModel, view: "PeopleView") -> None:
        super().__init__(view)
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option
        row = self._model.rows[index.row()]
        text = QFontMetrics(sized(self._view.font(), BODY)).height()
        small = QFontMetrics(sized(self._view.font(), SMALL)).height()
        height = max(5 * UNIT, small + 2 * UNIT) if row.is_heading else text + small + 2 * UNIT
        return QSize(0, max(height, 0 if row.is_heading else _SIGN + UNIT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self._model.rows[index.row()]
        look = theme(self._view.palette())
        area = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            painter.setFont(sized(self._view.font(), SMALL, SEMIBOLD))
            painter.setPen(look.subdued)
            room = area.adjusted(_SIDE, 0, -_SIDE, -UNIT // 2)
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, row.title)
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selected if selected else look.hover)
            painter.drawRoundedRect(area.toRectF(), RADIUS, RADIUS)
        self._paint_sign(painter, row, area)
        room = area.adjusted(_SIDE + _SIGN + _SIDE, 0, -_SIDE, 0)
        if (selected or hovered) and self._view.has_actions:
            place = QRectF(0, 0, 2 * UNIT, 2 * UNIT)
            place.moveCenter(self._view.more_area(area).toRectF().center())
            icons.paint(painter, "more", place, look.subdued)
        if self._view.has_actions:
            room.setRight(self._view.more_area(area).left())
        self._paint_end(painter, row, room)
        self._paint_text(painter, row, room)
        painter.restore()

    def _paint_sign(self, painter: QPainter, row: PersonRow, area: QRect) -> None:
        look = theme(self._view.palette())
        circle = QRectF(0, 0, _SIGN, _SIGN)
        circle.moveCenter(area.toRectF().center())
        circle.moveLeft(area.left() + _SIDE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(look.accent, look.card, 0.14))
        painter.drawEllipse(circle)
        painter.setPen(look.text)
        painter.setFont(sized(self._view.font(), TINY, SEMIBOLD))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, row.initials)
        if row.running:
            dot = QRectF(0, 0, 10, 10)
            dot.moveCenter(circle.bottomRight() - QPoint(4, 4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.card)
            painter.drawEllipse(dot)
            painter.setBrush(look.success)
            painter.drawEllipse(dot.adjusted(2, 2, -2, -2))

    def _paint_end(self, painter: QPainter, row: PersonRow, room: QRect) -> None:
        """The word at the end and the bar before it; takes their room away."""
        look = theme(self._view.palette())
        font = sized(self._view.font(), BODY, MEDIUM, tabular=True)
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(row.note)
        painter.setPen(look.text if row.share is not None or row.running else look.subdued)
        painter.drawText(room, _CENTRE | Qt.AlignmentFlag.AlignRight, row.note)
        room.setRight(room.right() - width - 2 * UNIT)
        if row.share is not None and room.width() > 3 * _BAR:
            bar = QRectF(room.right() - _BAR, room.center().y() - 3, _BAR, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.line)
            painter.drawRoundedRect(bar, 3, 3)
            bar.setWidth(max(6.0, _BAR * row.share))
            painter.setBrush(look.accent)
            painter.drawRoundedRect(bar, 3, 3)
            room.setRight(room.right() - _BAR - 2 * UNIT)

    def _paint_text(self, painter: QPainter, row: PersonRow, room: QRect) -> None:
        look = theme(self._view.palette())
        strong, small = (
            sized(self._view.font(), BODY, MEDIUM),
            sized(self._view.font(), SMALL),
        )
        height = QFontMetrics(strong).height()
        below = QFontMetrics(small).height() if row.detail else 0
        top = QRect(room)
        top.setTop(room.center().y() - (height + below) // 2)
        top.setHeight(height)
        for text, font, colour, place in (
            (row.title, strong, look.text, top),
            (row.detail, small, look.subdued, top.translated(0, height)),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            shown = plain_text.elided(text, QFontMetrics(font), place.width())
            painter.drawText(place, _CENTRE, shown)


class PeopleView(QListView):
    """Shows them; a row that something can be done with has its menu at its end."""

    menu_wanted = Signal(object, object)
    """The row, and where on the screen."""

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.has_actions = False
        self._model = model
        self.setModel(model)
        self.setItemDelegate(PeopleDelegate(model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(self._on_clicked)

    def more_area(self, row: QRect) -> QRect:
        """Where the sign of the menu is in a row."""
        return QRect(row.right() - 4 * UNIT, row.top(), 4 * UNIT, row.height())

    def open_menu(self) -> None:
        """Open the menu of the row that the keys are on."""
        index = self.currentIndex()
        if index.isValid():
            self._want(index, self.more_area(self.visualRect(index)).center())

    def _want(self, index: _Index, place: QPoint) -> None:
        row = self._model.rows[index.row()]
        if self.has_actions and not row.is_heading:
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(place))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self._want(index, place)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        place = self.viewport().mapFromGlobal(self.cursor().pos())
        area = self.more_area(self.visualRect(index))
        if area.contains(place):
            self._want(index, area.center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self.open_menu()
            return
        super().keyPressEvent(event)
