"""The list itself: keeps its place when rows change, and gives a panel room in a row."""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tray.language import tr
from tray.model.entities import TimeEntry
from tray.ui.entries.delegate import EntryDelegate, Hover
from tray.ui.entries.entry_field import EntryField
from tray.ui.entries.list_model import SCREENFUL, EntryModel
from tray.ui.entries.list_values import PinnedEntry
from tray.ui.entries.panel import Panel
from tray.ui.entries.timeline import RowKind
from tray.ui.theme import UNIT

_UP: Final = (
    QAbstractItemView.CursorAction.MoveUp,
    QAbstractItemView.CursorAction.MovePrevious,
    QAbstractItemView.CursorAction.MoveEnd,
)
_ONE_STEP: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNFOLDING: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_AT_ONCE_SECONDS: Final = 0.003
"""For taking in history before keys, clicks and painting have their turn."""
_MOST_RESELECTED: Final = 200
"""Selected entries that are looked for when rows have moved."""


class EntryView(QTableView):
    """A table of one column, whose header knows the height of each row without asking for it."""

    button_clicked = Signal(object)
    """The button of the entry with this id."""
    edit_wanted = Signal(QPoint)
    """Of the current entry, by a double click at this point of the viewport."""
    gap_filled = Signal(object, int)
    """The `EmptyTime` that is to be filled, and the number of the choice with what."""
    gap_choices_wanted = Signal(object, QPoint)
    """The `EmptyTime` that the keys are on, and where its row is on the screen."""
    typed = Signal(str)
    """Letters typed into the list, which look for entries."""
    swept = Signal()
    """More of the history is in the list, or all of it."""

    def __init__(self, model: EntryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._panel: Panel | None = None
        self._panel_at: PinnedEntry | None = None
        self._tall = QPersistentModelIndex()
        """The row that is as high as the panel in it."""
        self._unmoved = False
        """Whether rows have come in without any change to those in sight."""
        self.delegate = EntryDelegate(model, self)
        self._sweep = QTimer(self)
        self._sweep.setObjectName("entries sweep")
        self._sweep.setInterval(0)
        self._sweep.timeout.connect(self._on_sweep)
        self._build()
        self.setModel(model)

    def _build(self) -> None:
        self.setAccessibleName(tr("Entries"))
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)  # below the last row, too
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._fit_rows()

    def use_density(self, density: str) -> None:
        """Have rows as high as that says, one of `tray.model.setting_choices.DENSITIES`."""
        if density != self.delegate.density:
            self.delegate.density = density
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.delegate.height(self.fontMetrics()))

    # What is selected

    def selected_ids(self) -> list[int]:
        """The ids of the selected entries, newest first."""
        found = [key for first, last in self._spans() for key in self._model.ids(first, last)]
        return list(dict.fromkeys(found))

    def first_selected(self) -> int:
        """The first row that is selected; 0 if none is."""
        return min((first for first, _ in self._spans()), default=0)

    def has_selection(self) -> bool:
        """Whether any entry is selected."""
        return self.selectionModel().hasSelection()

    def _spans(self) -> list[tuple[int, int]]:
        """The selected rows from the top down: the first and the last of each block."""
        selection = self.selectionModel().selection()
        spans = [selection.at(at) for at in range(selection.count())]
        return sorted((span.top(), span.bottom()) for span in spans)

    def selected(self, most: int) -> list[TimeEntry]:
        """The selected entries; none if they are more than that."""
        ids = self.selected_ids()
        return self._model.read(ids) if 0 < len(ids) <= most else []

    def current_id(self) -> int | None:
        """The id of the entry that the keys are on."""
        row = self.currentIndex().row()
        ids = self._model.ids_in(row) if row >= 0 else []
        return ids[0] if ids else None

    def select(self, entry_id: int, start: int, *, alone: bool = False) -> None:
        """Select one entry, or its group, and scroll to it, if it is in the list.

        Args:
            entry_id: Which entry.
            start: When it begins.
            alone: Whether its group is to be unfolded.
        """
        with self._in_place():
            if alone:
                self._model.show_alone(entry_id, start)
            row = self._model.locate(entry_id, start)
        if row is not None:
            self.choose(self._model.index(row, 0))

    def choose(self, index: QModelIndex) -> None:
        """Select one row and nothing else, whatever keys are held."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def choose_near(self, row: int) -> None:
        """Select the entry in a row, else the next one below, else the last one."""
        rows = self._model.rowCount()
        for each in (*range(row, rows), rows - 1):
            if self._model.is_entry(each):
                self.choose(self._model.index(each, 0))
                return

    def unfold(self, row: int, *, unfolded: bool) -> None:
        """Show the entries of a group below it, or hide them, and select the group."""
        with self._in_place():
            self._model.unfold(row, unfolded=unfolded)
        self.choose(self._model.index(row, 0))

    def part_at(self, place: QPoint) -> EntryField:
        """What of an entry is shown at a point of the viewport."""
        index = self.indexAt(place)
        parts = self.delegate.places(index.row(), self.visualRect(index))
        if any(tag.contains(place) for tag in (*parts.tags, parts.more)):
            return EntryField.TAGS
        for part, where in (
            (EntryField.PROJECT, parts.project),
            (EntryField.BILLABLE, parts.billable),
            (EntryField.LENGTH, parts.length),
        ):
            if where.contains(place):
                return part
        if not parts.times.contains(place):
            return EntryField.DESCRIPTION
        return EntryField.START if place.x() < parts.times.center().x() else EntryField.STOP

    # How it is kept true

    def fill(self) -> None:
        """Put what fits on a screen into the list now, and the rest as there is time."""
        with self._in_place():
            self._model.sweep(until=perf_counter() + _AT_ONCE_SECONDS, enough=SCREENFUL)
        self._go_on()

    def refresh(self) -> None:
        """Take over what has changed, without moving what is in sight or losing the selection."""
        selected, current = self.selected_ids(), self.current_id()
        with self._in_place():
            self._model.refresh(self._first_row(), self._last_row())
            if len(selected) <= _MOST_RESELECTED:
                self._reselect(selected, current)
        if self.underMouse():
            self._set_hover(self._hover_at(self.viewport().mapFromGlobal(QCursor.pos())))
        self._go_on()

    def pause(self) -> None:
        """Nobody is looking: do nothing by itself."""
        self._sweep.stop()

    def _go_on(self) -> None:
        if self._model.resting:
            self._sweep.stop()
        elif self.window().isVisible():
            self._sweep.start()
        self.swept.emit()

    def _reselect(self, selected: list[int], current: int | None) -> None:
        """Select what was selected, where it is now: an entry that moved was taken out and in."""
        if self.selected_ids() == selected and self.current_id() == current:
            return
        there: dict[int, QModelIndex] = {}
        for entry in self._model.read(selected):
            row = self._model.locate(entry.id, entry.start)
            if row is not None:
                there[entry.id] = self._model.index(row, 0)
        if not there:
            return
        flags = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for index in there.values():
            selection.select(index, index)
        if current in there:
            self.selectionModel().setCurrentIndex(there[current], flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def _first_row(self) -> int:
        return self.rowAt(0)

    def _last_row(self) -> int:
        row = self.rowAt(self.viewport().height() - 1)
        return row if row >= 0 else self._model.rowCount() - 1

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """While rows come and go, hold the first row in sight where it is.

        At the very top nothing is held, so that new entries are seen, unless something is edited.
        """
        row = self._first_row()
        if row < 0 or (self.verticalScrollBar().value() == 0 and self._panel is None):
            yield
            self.updateGeometries()
            self._fit_panel()
            return
        key, moment = self._model.rows.keys[row], self._model.rows.moments[row]
        offset = self.rowViewportPosition(row)
        yield
        self._fit_panel()
        self.updateGeometries()
        if self._model.rowCount():
            there = self.verticalHeader().sectionPosition(self._model.find(key, moment))
            self.verticalScrollBar().setValue(there - offset)

    @Slot()
    def _on_sweep(self) -> None:
        self.executeDelayedItemsLayout()  # what came before is painted
        before = self._in_sight()
        with self._in_place():
            self._model.sweep(until=perf_counter() + _AT_ONCE_SECONDS)
        self._unmoved = before == self._in_sight()
        self.executeDelayedItemsLayout()
        self._unmoved = False
        self._go_on()

    def _in_sight(self) -> "array[int]":
        """The keys of the rows that are seen."""
        return self._model.rows.keys[max(0, self._first_row()) : self._last_row() + 1]

    # A panel in a row

    @property
    def panel(self) -> Panel | None:
        """What lies over a row."""
        return self._panel

    def open_panel(self, panel: Panel, at: PinnedEntry) -> None:
        """Lay a panel over the row of an entry, which grows with it and stays until it closes."""
        self.close_panel()
        self._panel, self._panel_at = panel, at
        self._model.keep(at)
        panel.setParent(self.viewport())
        panel.installEventFilter(self)
        self._fit_panel()
        panel.follow(self)
        if not self._tall.isValid():
            self.refresh()  # it has just been changed elsewhere, and has to be found anew
        if self._tall.isValid():
            self.scrollTo(self._model.index(self._tall.row(), 0))

    def close_panel(self) -> None:
        """Take the panel away and give the list the focus back."""
        if self._panel is None:
            return
        panel, self._panel, self._panel_at = self._panel, None, None
        self._model.keep(None)
        focused = panel.isAncestorOf(self.focusWidget() or self)
        panel.removeEventFilter(self)
        panel.hide()
        panel.deleteLater()
        self._fit_panel()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _fit_panel(self) -> None:
        """Put the panel over its row, and make the row as high as the panel."""
        row = None
        if self._panel_at is not None:
            row = self._model.row_of(self._panel_at.entry_id, self._panel_at.moment)
        rows = self.verticalHeader()
        if self._tall.isValid() and self._tall.row() != row:
            rows.resizeSection(self._tall.row(), rows.defaultSectionSize())
        self._tall = QPersistentModelIndex()
        self.delegate.covered = -1 if row is None else row
        if self._panel is None:
            return
        self._panel.setVisible(row is not None)
        if row is None:
            return
        index = self._model.index(row, 0)
        width = self.viewport().width() - 2 * UNIT
        wanted = self._panel.heightForWidth(width)
        height = wanted if wanted > 0 else self._panel.sizeHint().height()
        self._tall = QPersistentModelIndex(index)
        if rows.sectionSize(row) != height + UNIT:
            rows.resizeSection(row, height + UNIT)
        top = self.rowViewportPosition(row) + UNIT // 2
        self._panel.setGeometry(UNIT, top, width, height)

    # What Qt has us override

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move from entry to entry, over the headings; Home and End go to the ends of the list."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            row = 0
        elif action == QAbstractItemView.CursorAction.MoveEnd:
            row = self._model.rowCount() - 1
        else:
            row = super().moveCursor(action, modifiers).row()
        step = -1 if action in _UP else 1
        while 0 <= row < self._model.rowCount() and not self._model.can_be_chosen(row):
            row += step
        if row < 0:
            self.scrollToTop()
        chosen = self._model.can_be_chosen(row)
        return self._model.index(row, 0) if chosen else self.currentIndex()

    def keyboardSearch(self, search: str) -> None:
        """Qt would go through every row of the history."""
        if search.strip():
            self.typed.emit(search)

    def doItemsLayout(self) -> None:
        """Qt would paint every row anew for each that comes in below those in sight."""
        if self._unmoved:
            self.updateGeometries()
        else:
            super().doItemsLayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._fit_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._panel and event.type() == QEvent.Type.LayoutRequest:
            self._fit_panel()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hover(self._hover_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hover = self._hover_at(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if hover.choice >= 0 and left:
            self.gap_filled.emit(self._model.gap(hover.row), hover.choice)
            return
        if hover.button and left:
            self.button_clicked.emit(self._model.ids_in(hover.row)[0])
        elif hover.badge and left:
            self.unfold(hover.row, unfolded=not self._model.is_unfolded(hover.row))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        hover = self._hover_at(place)
        entry = self._model.is_entry(hover.row)
        if event.button() != Qt.MouseButton.LeftButton or not entry or hover.acts:
            return
        self.edit_wanted.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in _ENTER and self._model.kind(current.row()) is RowKind.GAP:
            place = self.viewport().mapToGlobal(self.visualRect(current).center())
            self.gap_choices_wanted.emit(self._model.gap(current.row()), place)
        elif event.key() in _ONE_STEP and current.isValid() and not self.has_selection():
            self.choose(current)  # the first key chooses it, the next one moves on
        elif event.key() in _UNFOLDING and self._model.group_of(current.row()) is not None:
            self._on_unfolding(current.row(), unfolded=event.key() == self._unfolding_key())
        else:
            super().keyPressEvent(event)

    def _unfolding_key(self) -> Qt.Key:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right

    def _on_unfolding(self, row: int, *, unfolded: bool) -> None:
        group = self._model.group_of(row)
        if group is not None and self._model.is_unfolded(group) != unfolded:
            self.unfold(group, unfolded=unfolded)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.delegate.exposed = event.rect()
        super().paintEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hover(Hover())
        return super().viewportEvent(event)

    def _hover_at(self, place: QPoint) -> Hover:
        row = self.rowAt(place.y())
        if self._model.kind(row) is RowKind.GAP:
            area = self.visualRect(self._model.index(row, 0))
            return Hover(row, choice=self.delegate.gap_places(row, area).choice_at(place))
        if not self._model.is_entry(row):
            return Hover()
        parts = self.delegate.places(row, self.visualRect(self._model.index(row, 0)))
        grouped = self._model.kind(row) is RowKind.GROUP
        return Hover(row, parts.button.contains(place), grouped and parts.badge.contains(place))

    def _set_hover(self, hover: Hover) -> None:
        if hover == self.delegate.hover:
            return
        for row in {hover.row, self.delegate.hover.row} - {-1}:
            self.viewport().update(self.visualRect(self._model.index(row, 0)))
        self.delegate.hover = hover
        pointing = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(pointing if hover.acts else Qt.CursorShape.ArrowCursor)
