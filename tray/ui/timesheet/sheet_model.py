"""The rows of a week as Qt's views ask for them: a name, seven lengths and their sum."""

from datetime import date
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tray.language import tr
from tray.model import day_names, durations, formats
from tray.model.sheet_rows import DAYS, SheetKey
from tray.ui import plain_text

CellIndex = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
NAME: Final = 0
FIRST_DAY: Final = 1
TOTAL: Final = FIRST_DAY + DAYS
_ROOT: Final = QModelIndex()


class ShownRow(NamedTuple):
    """One row as it is drawn."""

    key: SheetKey
    title: str
    colour: str
    """Of the project; empty for none."""
    seconds: tuple[int, ...]


class SheetModel(QAbstractTableModel):
    """What the timesheet shows now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[ShownRow] = []
        self.days: tuple[date, ...] = ()

    def show(self, rows: list[ShownRow], days: tuple[date, ...]) -> None:
        """Show these rows of these days."""
        same = [row.key for row in rows] == [row.key for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.days = rows, days
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, TOTAL))

    def row_of(self, key: SheetKey) -> int | None:
        """Where a row is; None if it is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), None)

    def day(self, index: CellIndex) -> date:
        """The day of a cell."""
        return self.days[index.column() - FIRST_DAY]

    def rowCount(self, parent: CellIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: CellIndex = _ROOT) -> int:
        return 0 if parent.isValid() else TOTAL + 1

    def flags(self, index: CellIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = FIRST_DAY <= index.column() < TOTAL
        return flags | Qt.ItemFlag.ItemIsEditable if cell else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if FIRST_DAY <= section < TOTAL and self.days:
            return day_names.weekday(self.days[section - FIRST_DAY])
        return tr("Total") if section == TOTAL else tr("Project")

    def data(self, index: CellIndex, role: int = _Role.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == _Role.DisplayRole:
            return _text(row, column)
        if role == _Role.EditRole:
            return _typed(row, column)
        if role == _Role.AccessibleTextRole:
            return self._spoken(row, index)
        if role == _Role.ToolTipRole and column == NAME:
            return plain_text.tooltip(row.title)
        return None

    def _spoken(self, row: ShownRow, index: CellIndex) -> str:
        if index.column() == NAME:
            return row.title
        if index.column() == TOTAL:
            return tr("{project}, in all: {length}").format(
                project=row.title, length=_text(row, TOTAL)
            )
        length = _text(row, index.column()) or tr("nothing")
        return cell_title(row.title, self.day(index), length)


def cell_title(project: str, day: date, length: str) -> str:
    """Which cell it is, and what it holds or is to hold."""
    name = day_names.weekday_day(day)
    return tr("{project}, {day}: {length}").format(project=project, day=name, length=length)


def _text(row: ShownRow, column: int) -> str:
    if column == NAME:
        return row.title
    seconds = sum(row.seconds) if column == TOTAL else row.seconds[column - FIRST_DAY]
    return formats.length(seconds) if seconds or column == TOTAL else ""


def _typed(row: ShownRow, column: int) -> str:
    """The same as a field has it, whole to the minute."""
    seconds = 0 if column in (NAME, TOTAL) else row.seconds[column - FIRST_DAY]
    return durations.h_mm(seconds) if seconds else ""
