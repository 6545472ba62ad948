"""The entries that a file only proposes, of which the user ticks those that are wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from tray import clock
from tray.language import listed, tr
from tray.model import limits
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.ui.theme import UNIT

if TYPE_CHECKING:
    from tray.tracker.transfer.proposals import Proposal, Span

_MOST_SHOWN: Final = 1_000
"""The latest, as a year of them would take long to be made."""
_LINES: Final = 8
_NUMBER: Final = Qt.ItemDataRole.UserRole


class ProposalList(QListWidget):
    """One line for each, the latest first."""

    def __init__(self, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._times = times
        self.setAccessibleName(tr("Proposed entries"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_proposals(self, proposals: "Sequence[Proposal]", calendar: Calendar) -> None:
        """Show these in place of what was shown, none of them ticked."""
        self.clear()
        for proposal in reversed(proposals[-_MOST_SHOWN:]):
            spans = listed(self._span(span, calendar) for span in proposal.spans)
            texts = (spans, limits.one_line(proposal.description))
            item = QListWidgetItem(" · ".join(filter(None, texts)), self)
            item.setData(_NUMBER, proposal.number)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        line = max(self.sizeHintForRow(0), self.fontMetrics().height() + UNIT)
        self.setFixedHeight(min(self.count(), _LINES) * line + UNIT)

    def chosen(self) -> frozenset[int]:
        """The numbers of those that are ticked."""
        items = (self.item(row) for row in range(self.count()))
        return frozenset(
            item.data(_NUMBER) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _span(self, span: "Span", calendar: Calendar) -> str:
        start, stop = span
        begin = self._times.since_today(start, calendar, now=clock.now())
        return tr("{start} – {stop}").format(start=begin, stop=self._times.time_of_day(stop))
