"""What was exchanged with the account, the latest first, with a search."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Slot,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import journal
from tray.store.journal import JournalEntry
from tray.ui.settings.sections import Section
from tray.ui.theme import UNIT

_HEIGHT: Final = 36 * UNIT
_ROOT: Final = QModelIndex()


class JournalSection(Section):
    """A field to search in, and the lines below it."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(tr("Journal"), parent)
        self._tracking = tracking
        self.lines = JournalLines(times, self)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.lines)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search, self.view = QLineEdit(self), QListView(self)
        self.search.setPlaceholderText(tr("Search the journal"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search the journal"))
        self.search.textChanged.connect(self.found.setFilterFixedString)
        self.view.setModel(self.found)
        self.view.setAccessibleName(tr("Journal"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setWordWrap(True)
        self.view.setUniformItemSizes(False)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setSpacing(UNIT // 4)
        self.view.setMinimumHeight(_HEIGHT)
        both = QWidget(self)
        column = QVBoxLayout(both)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.search)
        column.addWidget(self.view)
        self.add(tr("What was exchanged with the account"), tr("Latest first"), both, wide=True)
        tracking.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lines.show_lines(journal.latest(self._tracking.db, journal.KEEP))

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        if self.isVisible():
            self.lines.show_lines(journal.latest(self._tracking.db, journal.KEEP))


class JournalLines(QAbstractListModel):
    """The lines as they are shown."""

    def __init__(self, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._times = times
        self._lines: list[JournalEntry] = []

    def show_lines(self, lines: list[JournalEntry]) -> None:
        """Show these, the latest first; the view stays where it is if they are the same."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self._lines[index.row()]
        return f"{self._times.date_and_time(line.at)}   {line.text}"
