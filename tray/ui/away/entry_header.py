"""The line that says which entry something is about: its project's chip, and its title."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tray.language import tr
from tray.model.entities import TimeEntry
from tray.store.catalogue import Names
from tray.ui import labels, plain_text, wording
from tray.ui.entry_line.chips import Chip, Chips
from tray.ui.labels import ElidedLabel
from tray.ui.theme import BODY, UNIT

_WIDEST: Final = 24 * UNIT
"""Of the chip; the title has the rest."""


class EntryHeader(QWidget):
    """On one line, however long the names are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips = Chips(self)
        self.title = ElidedLabel("", self, tint=labels.plain, size=BODY)
        # Whatever script it is in: Chinese letters, for one, are higher than others.
        self.title.setFixedHeight(self.title.fontMetrics().height() + UNIT // 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self.chips)
        row.addWidget(self.title, 1)

    def show_entry(self, entry: TimeEntry | None, names: Names) -> None:
        """Say which it is; None: it was deleted."""
        title = tr("A deleted entry") if entry is None else wording.title(entry, names)
        self.title.setText(title)
        self.title.setToolTip(plain_text.tooltip(title))
        if entry is None or entry.project_id is None or not entry.description:
            self.chips.hide()
            return
        text = wording.project(entry, names)
        self.chips.show_chips([Chip(text, wording.colour(entry, names))])
        needed = self.chips.fontMetrics().horizontalAdvance(text) + 2 * UNIT + 1
        self.chips.setFixedWidth(min(needed, _WIDEST))
        self.chips.setToolTip(plain_text.tooltip(text))
        self.chips.show()
