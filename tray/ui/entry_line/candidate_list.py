"""The list below the line: the keys move its highlight while the line keeps the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QListView, QWidget

from tray.language import tr
from tray.ui.entry_line.candidate_delegate import CandidateDelegate
from tray.ui.entry_line.candidate_model import CandidateModel
from tray.ui.entry_line.candidate_row import MOST, CandidateRow
from tray.ui.theme import UNIT


class CandidateList(QListView):
    """As high as its rows, and not there at all without any."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())  # of Qt's own PySide6 knows the class only by loading all
        self._rows = CandidateModel(self)
        self.most = MOST
        """How many rows there is room for."""
        self.setModel(self._rows)
        self.setItemDelegate(CandidateDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(tr("Suggestions"))
        self.hide()

    @property
    def candidates(self) -> list[CandidateRow]:
        """What is listed."""
        return self._rows.candidates

    def show_candidates(self, candidates: Sequence[CandidateRow]) -> None:
        """List others; nothing is highlighted."""
        before, shown = len(self.candidates), list(candidates[: self.most])
        if shown == self.candidates and self.highlighted() is None:
            return
        self._rows.show(shown)
        if len(shown) != before:
            self.setFixedHeight(len(shown) * self.row_height() + (UNIT if shown else 0))
            self.setVisible(bool(shown))

    def row_height(self) -> int:
        """How high one row is, in pixels."""
        return CandidateDelegate.height(self.fontMetrics())

    def highlighted(self) -> CandidateRow | None:
        """The candidate that the keys are on."""
        index = self.currentIndex()
        return self.candidates[index.row()] if index.isValid() else None

    def step(self, by: int) -> None:
        """Move the highlight up or down; beyond either end nothing is highlighted."""
        rows, current = len(self.candidates), self.currentIndex()
        outside = -1 if by > 0 else rows
        row = (current.row() if current.isValid() else outside) + by
        inside = 0 <= row < rows
        self.setCurrentIndex(self._rows.index(row, 0) if inside else QModelIndex())
        if not inside:
            self.clearSelection()
