"""The list of the projects page: its rows answer to keys, and their parts to clicks."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tray.language import tr
from tray.ui.projects.heading import SORTS, Heading
from tray.ui.projects.rows import Row
from tray.ui.projects.thing_delegate import ThingDelegate, on_dot
from tray.ui.projects.thing_model import Column, ThingModel
from tray.ui.theme import UNIT, row_height, sized

_WIDTHS: Final = {
    Column.BILLABLE: 5 * UNIT,
    Column.MONTH: 12 * UNIT,
    Column.TOTAL: 12 * UNIT,
    Column.MORE: 5 * UNIT,
}
"""Of the columns that are always as wide, at the usual size of text."""
_BESIDE_SHARE: Final = 0.42
"""Of what the others leave to name and client."""


_MARKING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Held while a click marks one row more."""


class ThingView(QTableView):
    """Single clicks edit what stands under the pointer; several rows are marked as in any list."""

    colour_wanted = Signal(object)
    """Of this `Row`, whose dot was clicked."""
    billable_wanted = Signal(object)
    """The sign in this `Row` was clicked."""
    more_wanted = Signal(QPoint)
    """What else can be done with the selected row, at this point of the screen."""
    sort_wanted = Signal(object)
    """By this `Column`."""
    typed = Signal(str)
    """Letters typed into the list, which look for something."""

    def __init__(self, model: ThingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.delegate = ThingDelegate(model, self)
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.heading.setMinimumSectionSize(1)
        self.heading.sectionClicked.connect(self._on_section)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.use_density(self.delegate.density)
        self.doubleClicked.connect(self._on_double_click)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)

    def use_density(self, density: str) -> None:
        """Have rows this high."""
        self.delegate.density = density
        self.verticalHeader().setDefaultSectionSize(row_height(self.fontMetrics(), density))

    # What is selected

    def selected(self) -> list[Row]:
        """All selected rows, from the top down."""
        marked = self.selectionModel().selectedRows()
        return [self._model.rows[at] for at in sorted(index.row() for index in marked)]

    def choose_all(self, thing_ids: Collection[int]) -> None:
        """Select those of these things that are listed."""
        flags = QItemSelectionModel.SelectionFlag
        for at, row in enumerate(self._model.rows):
            if row.id in thing_ids:
                index = self._model.index(at, Column.NAME)
                self.selectionModel().select(index, flags.Select | flags.Rows)

    def row(self) -> Row | None:
        """The selected row; of several the one that the keys are on."""
        at = self.currentIndex().row()
        chosen = self.selectionModel().hasSelection()
        return self._model.rows[at] if chosen and 0 <= at < len(self._model.rows) else None

    def choose(self, thing_id: int) -> None:
        """Select a thing and nothing else, whatever keys are held, if it is listed."""
        at = self._model.row_of(thing_id)
        if at is not None:
            flags = QItemSelectionModel.SelectionFlag
            index = self._model.index(at, Column.NAME)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def choose_near(self, at: int) -> None:
        """Select the row at this place, or the last."""
        if self._model.rows:
            self.choose(self._model.rows[min(max(at, 0), len(self._model.rows) - 1)].id)

    @property
    def is_editing(self) -> bool:
        """Whether a name is being typed into a row."""
        return self.state() is QAbstractItemView.State.EditingState

    def edit_part(self, column: Column) -> None:
        """Edit a part of the selected row where it stands."""
        at = self.currentIndex().row()
        index = self._model.index(at, column)
        if self.row() is not None and self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    # Columns

    def show_columns(self, titles: dict[Column, str]) -> None:
        """Have these columns only."""
        self.heading.titles = titles
        for column in Column:
            self.setColumnHidden(column, column not in titles)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        scale = max(1.0, metrics.height() / (2 * UNIT))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(width * scale))
        fixed = sum(self.columnWidth(each) for each in _WIDTHS if not self.isColumnHidden(each))
        room = max(0, self.viewport().width() - fixed)
        beside = 0 if self.isColumnHidden(Column.BESIDE) else round(room * _BESIDE_SHARE)
        self.setColumnWidth(Column.BESIDE, beside)
        self.setColumnWidth(Column.NAME, room - beside)
        self.heading.setFixedHeight(4 * UNIT if scale == 1 else metrics.height() + 2 * UNIT)
        self.heading.setFont(sized(self.font(), 1))

    # Pointer and keys

    @Slot(int)
    def _on_section(self, section: int) -> None:
        if Column(section) in SORTS:
            self.sort_wanted.emit(Column(section))

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if index.column() == Column.NAME and row.kind and not self._is_dot(self._pressed_at, index):
            self.edit_part(Column.NAME)
        elif index.column() == Column.BESIDE:
            self.edit_part(Column.BESIDE)

    _pressed_at = QPoint()

    def _is_dot(self, place: QPoint, index: QModelIndex) -> bool:
        has_dot = self._model.rows[index.row()].kind == "project"
        cell = self.visualRect(index)
        return has_dot and on_dot(place.x(), cell, mirrored=self.isRightToLeft())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if event.modifiers() & _MARKING:
            return
        row = self._model.rows[index.row()]
        if index.column() == Column.MORE:
            self.more_wanted.emit(event.globalPosition().toPoint())
        elif index.column() == Column.BILLABLE and row.kind == "project":
            self.billable_wanted.emit(row)
        elif index.column() == Column.NAME and self._is_dot(place, index):
            self.colour_wanted.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hover:
            self.delegate.hover = row
            self.viewport().update()

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.choose(self._model.rows[index.row()].id)
        if self.row() is not None:
            self.more_wanted.emit(self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if text.isprintable() and text.strip() and not held:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "heading"):
            self.use_density(self.delegate.density)
            self._fit()


def columns_of(kind: str, *, beside: bool) -> dict[Column, str]:
    """The columns in which things of a kind are listed, with their titles."""
    titles = {
        "project": (tr("Project"), tr("Client")),
        "client": (tr("Client"), tr("Workspace")),
        "tag": (tr("Tag"), tr("Workspace")),
        "task": (tr("Task"), tr("Project")),
    }
    name, next_to = titles[kind]
    found = {Column.NAME: name}
    if beside:
        found[Column.BESIDE] = next_to
    if kind == "project":
        found[Column.BILLABLE] = ""
    return {**found, Column.MONTH: tr("This month"), Column.TOTAL: tr("In all"), Column.MORE: ""}
