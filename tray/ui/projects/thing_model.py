"""The rows of the projects page as Qt's views ask for them."""

from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tray.language import ntr, tr
from tray.model import formats
from tray.ui import plain_text
from tray.ui.projects.rows import Row

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns from the left."""

    NAME = 0
    """With the dot before it."""
    BESIDE = 1
    BILLABLE = 2
    MONTH = 3
    TOTAL = 4
    MORE = 5


ROOT: Final = QModelIndex()


class ThingModel(QAbstractTableModel):
    """What is listed now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """List these."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                last = self.index(len(rows) - 1, Column.MORE)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def row_of(self, thing_id: int) -> int | None:
        """Where a thing is; None if it is not listed."""
        return next((at for at, row in enumerate(self.rows) if row.id == thing_id), None)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.rows[index.row()]
        editable = index.column() == Column.NAME or (
            index.column() == Column.BESIDE and row.kind == "project"
        )
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        row, column = self.rows[index.row()], Column(index.column())
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(row, column)
        if role == _Role.AccessibleTextRole:
            return self._spoken(row, column)
        if role == _Role.ToolTipRole:
            return plain_text.tooltip(self._hint(row, column))
        return None

    def _text(self, row: Row, column: Column) -> str:
        match column:
            case Column.NAME:
                return row.name
            case Column.BESIDE:
                return row.beside
            case Column.BILLABLE:
                return "$" if row.billable else ""
            case Column.MONTH:
                return formats.length(row.total.month_seconds) if row.total.month_seconds else ""
            case Column.TOTAL:
                return formats.length(row.total.seconds) if row.total.entries else ""
        return ""

    def _spoken(self, row: Row, column: Column) -> str:
        match column:
            case Column.NAME:
                return tr("{name}, archived").format(name=row.name) if row.archived else row.name
            case Column.BILLABLE:
                return tr("Billable") if row.billable else tr("Not billable")
            case Column.MONTH:
                length = formats.length(row.total.month_seconds)
                return tr("{length} this month").format(length=length)
            case Column.TOTAL:
                length = formats.length(row.total.seconds)
                return tr("{length} in all").format(length=length)
            case Column.MORE:
                return tr("More")
        return row.beside

    def _hint(self, row: Row, column: Column) -> str:
        match column:
            case Column.NAME | Column.BESIDE:
                return self._text(row, column)
            case Column.BILLABLE if row.kind == "project":
                return tr("New entries are billable") if row.billable else tr("Not billable")
            case Column.TOTAL:
                count = row.total.entries
                words = ntr("1 entry", "{count} entries", count)
                return words.format(count=formats.number(count))
        return ""
