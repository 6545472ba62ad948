"""The grid of the timesheet: arrows choose a cell, typing gives it a length."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from tray.model.sheet_rows import DAYS, SheetKey
from tray.ui.theme import UNIT, text_scale
from tray.ui.timesheet.cell_delegate import CellDelegate
from tray.ui.timesheet.sheet_model import FIRST_DAY, NAME, TOTAL, SheetModel

_DAY_SHARE: Final = 0.081
"""Of the width of the grid, for each day."""
_LEAST_DAY: Final = 6 * UNIT + 4
_MOST_DAY: Final = 10 * UNIT
_LEAST_NAME: Final = 13 * UNIT
"""What the names keep of the width under large letters."""
_TOTAL_MORE: Final = 2 * UNIT
"""By which the last column is wider than a day."""
_Act = QAbstractItemView.CursorAction


class SheetView(QTableView):
    """One cell is chosen at most, and always that of a day."""

    cleared = Signal(QModelIndex)
    """The cell that is to be empty."""
    resized = Signal()

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.delegate = CellDelegate(model, self)
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._on_clicked)
        self.delegate.submitted.connect(self._on_submitted)
        self.use_density(self.delegate.density)

    def use_density(self, density: str) -> None:
        """Have rows this high."""
        self.delegate.density = density
        self.verticalHeader().setDefaultSectionSize(self.delegate.row_height())

    @property
    def is_editing(self) -> bool:
        """Whether a length is being typed."""
        return self.state() is QAbstractItemView.State.EditingState

    def choose(self, key: SheetKey, column: int = FIRST_DAY) -> None:
        """Choose a cell of a row, if that is shown."""
        at = self._model.row_of(key)
        if at is not None:
            self.setCurrentIndex(self._model.index(at, column))

    def chosen(self) -> tuple[SheetKey, int] | None:
        """The row and the column of the chosen cell."""
        index = self.currentIndex()
        return (self._model.rows[index.row()].key, index.column()) if index.isValid() else None

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if FIRST_DAY <= index.column() < TOTAL:
            self.edit(index)

    @Slot()
    def _on_submitted(self) -> None:
        """Go on to the cell below, as in every table."""
        index = self.currentIndex()
        below = self._model.index(min(index.row() + 1, self._model.rowCount() - 1), index.column())
        self.setCurrentIndex(below)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        scale, width = text_scale(self.font()), self.viewport().width()
        day = round(min(max(width * _DAY_SHARE, _LEAST_DAY * scale), _MOST_DAY * scale))
        more = round(_TOTAL_MORE * scale)
        room = (width - more - round(_LEAST_NAME * scale)) // (DAYS + 1)
        day = max(_LEAST_DAY, min(day, room))
        total = day + more
        for column in range(FIRST_DAY, TOTAL):
            self.setColumnWidth(column, day)
        self.setColumnWidth(TOTAL, total)
        self.setColumnWidth(NAME, max(UNIT, width - DAYS * day - total))
        self.resized.emit()

    def moveCursor(self, action: _Act, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        at, last = super().moveCursor(action, modifiers), self._model.rowCount() - 1
        row, column = at.row(), at.column()
        if action is _Act.MoveNext and column == TOTAL:
            row, column = min(row + 1, last), FIRST_DAY
        elif action is _Act.MovePrevious and column == NAME:
            row, column = max(row - 1, 0), TOTAL - 1
        return self._model.index(row, min(max(column, FIRST_DAY), TOTAL - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            self.cleared.emit(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
