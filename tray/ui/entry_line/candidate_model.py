"""The rows of the list below the line, as Qt's views and screen readers want them."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from tray.language import described, tr
from tray.ui.entry_line.candidate_row import CandidateKind, CandidateRow

CANDIDATE: Final = int(Qt.ItemDataRole.UserRole)
"""The role under which a row's `CandidateRow` is found."""

Index = QModelIndex | QPersistentModelIndex


def utf16_length(text: str) -> int:
    """How many units Qt counts for a text: two for a character beyond the basic plane."""
    return len(text) + sum(character > "\uffff" for character in text)


def title(candidate: CandidateRow) -> str:
    """The main text of a row."""
    if candidate.offer is CandidateKind.NEW_PROJECT:
        return tr("Create project “{name}”").format(name=candidate.text)
    if candidate.offer is CandidateKind.NEW_TASK:
        return tr("Create task “{name}”").format(name=candidate.text)
    return candidate.text


class CandidateModel(QAbstractListModel):
    """The candidates, in order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.candidates: list[CandidateRow] = []

    def show(self, candidates: list[CandidateRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.candidates = candidates
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        candidate = self.candidates[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title(candidate)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = tr("tag") if candidate.offer is CandidateKind.TAG else ""
            return described((kind, title(candidate), candidate.beside))
        return candidate if role == CANDIDATE else None
