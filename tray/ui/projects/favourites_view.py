"""The favourites in the order of the menu, which dragging or a key changes."""

from typing import Final

from PySide6.QtCore import (
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
from PySide6.QtGui import QAction, QDropEvent, QKeySequence, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tray.language import tr
from tray.model.entities import What
from tray.session.snapshot import MOST, Snapshot
from tray.session.tracking import Tracking
from tray.tracker import favourites
from tray.ui import icons, plain_text, project_chip, wording
from tray.ui.theme import BODY, MEDIUM, RADIUS, RING, SMALL, UNIT, row_height, sized, theme

_ID: Final = Qt.ItemDataRole.UserRole
_WHAT: Final = Qt.ItemDataRole.UserRole + 1
_SIDE: Final = 3 * UNIT // 2
Index = QModelIndex | QPersistentModelIndex


class FavouritesView(QListWidget):
    """One row for each favourite, the first on top."""

    done = Signal(str, object)
    """What was done, in a sentence, and its `Outcome`."""

    def __init__(self, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self.setAccessibleName(tr("Favourites"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._delegate = _FavouriteDelegate(tracking, self)
        self.setItemDelegate(self._delegate)
        self.start = self._action(tr("Start"), self._on_start, "Ctrl+Return", "Ctrl+Enter")
        self.up = self._action(tr("Move up"), self._on_up, "Alt+Up")
        self.down = self._action(tr("Move down"), self._on_down, "Alt+Down")
        self.unpin = self._action(tr("Unpin"), self._on_unpin, "Del")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def _action(self, text: str, do: object, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def use_density(self, density: str) -> None:
        """Have rows this high."""
        self._delegate.density = density
        self.scheduleDelayedItemsLayout()

    def show_state(self, state: Snapshot) -> None:
        """List the favourites as they are."""
        shown = [(self.item(at).data(_ID), self.item(at).data(_WHAT)) for at in range(self.count())]
        if shown == [(each.id, each.what) for each in state.favourites]:
            self.viewport().update()
            return
        chosen = self._id()
        self.clear()
        for number, each in enumerate(state.favourites, start=1):
            name = wording.full(each.what, state.names)
            item = QListWidgetItem(name, self)
            item.setData(_ID, each.id)
            item.setData(_WHAT, each.what)
            spoken = tr("{name}, key {digit}").format(name=name, digit=number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if number <= MOST else name)
            item.setToolTip(plain_text.tooltip(name))
            if each.id == chosen:
                self.setCurrentItem(item)

    def _id(self) -> int:
        item = self.currentItem()
        return int(item.data(_ID)) if item is not None else 0

    def reorder(self, row: int, to: int) -> None:
        """Have the favourite of a row stand in another."""
        item = self.item(row)
        if item is None or not 0 <= to < self.count() or to == row:
            return
        name, favourite = item.text(), int(item.data(_ID))
        outcome = self._tracking.run(
            lambda now: favourites.move(self._tracking.db, favourite, to + 1, now=now)
        )
        if outcome is not None:
            self.done.emit(tr("Moved “{name}”.").format(name=name), outcome)

    @Slot()
    def _on_up(self) -> None:
        self.reorder(self.currentRow(), self.currentRow() - 1)

    @Slot()
    def _on_down(self) -> None:
        self.reorder(self.currentRow(), self.currentRow() + 1)

    @Slot()
    def _on_start(self) -> None:
        item = self.currentItem()
        if item is not None:
            self._tracking.start(item.data(_WHAT))

    @Slot()
    def _on_unpin(self) -> None:
        item = self.currentItem()
        if item is None:
            return
        name, favourite, row = item.text(), self._id(), self.currentRow()
        outcome = self._tracking.run(
            lambda now: favourites.unpin(self._tracking.db, favourite, now=now)
        )
        if outcome is not None:
            self.setCurrentRow(min(row, self.count() - 1))
            self.done.emit(tr("Unpinned “{name}”.").format(name=name), outcome)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if self.itemAt(place) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.start, self.up, self.down])
        menu.addSeparator()
        menu.addAction(self.unpin)
        menu.popup(self.viewport().mapToGlobal(place))

    def dropEvent(self, event: QDropEvent) -> None:
        """The order is the store's: it is changed there, and the list follows."""
        place = event.position().toPoint()
        at = self.indexAt(place)
        to = at.row() if at.isValid() else self.count()
        if at.isValid() and place.y() > self.visualRect(at).center().y():
            to += 1
        row = self.currentRow()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # else Qt would take the row out itself
        event.accept()
        self.reorder(row, to - 1 if to > row else to)


class _FavouriteDelegate(QStyledItemDelegate):
    """A grip, the key, what is done and the chip of its project."""

    def __init__(self, tracking: Tracking, view: QListWidget) -> None:
        super().__init__(view)
        self.density = "comfortable"
        self._tracking = tracking
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, row_height(self._view.fontMetrics(), self.density))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = QPalette(self._view.palette())
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        look, area = theme(palette), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, look.card)
        if selected or over:
            painter.setPen(
                QPen(look.accent, RING) if selected and self._view.hasFocus() else Qt.PenStyle.NoPen
            )
            painter.setBrush(look.selected if selected else look.hover)
            painter.drawRoundedRect(area.toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        else:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.line)
        place = QRectF(0, 0, 2 * UNIT, 2 * UNIT)
        place.moveCenter(self._visual(area, QRect(_SIDE, 0, 2 * UNIT, area.height())).center())
        icons.paint(painter, "grip", place, look.subdued)
        painter.setPen(look.subdued)
        painter.setFont(sized(self._view.font(), SMALL, MEDIUM, tabular=True))
        key = self._visual(area, QRect(_SIDE + 3 * UNIT, 0, 3 * UNIT, area.height()))
        number = index.row() + 1
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(number) if number <= MOST else "")
        self._paint_what(painter, area, index.data(_WHAT))
        painter.restore()

    def _visual(self, area: QRect, part: QRect) -> QRect:
        part = part.translated(area.topLeft())
        return QStyle.visualRect(self._view.layoutDirection(), area, part)

    def _paint_what(self, painter: QPainter, area: QRect, what: What) -> None:
        palette = QPalette(self._view.palette())
        palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
        look, names = theme(palette), self._tracking.snapshot.names
        left = _SIDE + 7 * UNIT
        room = area.width() - left - _SIDE
        painter.setFont(sized(self._view.font(), BODY, MEDIUM))
        if what.description:
            shown = plain_text.elided(what.description, painter.fontMetrics(), room * 2 // 3)
            width = painter.fontMetrics().horizontalAdvance(shown)
            painter.setPen(look.text)
            place = self._visual(area, QRect(left, 0, width + 1, area.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            left, room = left + width + _SIDE, room - width - _SIDE
        project = wording.project(what, names)
        if project:
            painter.setFont(sized(self._view.font(), SMALL))
            metrics = painter.fontMetrics()
            width = min(room, project_chip.project_width(project, metrics))
            height = project_chip.height(metrics)
            chip = self._visual(area, QRect(left, (area.height() - height) // 2, width, height))
            colour = wording.colour(what, names)
            mirrored = self._view.isRightToLeft()
            project_chip.paint_project(painter, chip, project, colour, look, mirrored=mirrored)
