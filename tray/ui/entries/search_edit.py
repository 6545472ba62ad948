"""The field in which entries are looked for."""

from typing import Final

from PySide6.QtWidgets import QWidget

from tray.language import tr
from tray.store.conditions import LONGEST
from tray.ui.search_field import SearchField
from tray.ui.theme import CONTROL_HEIGHT, UNIT

_NARROWEST: Final = 18 * UNIT
_AROUND: Final = 7 * UNIT
"""Left and right of the hint: the glass, and what Qt leaves free."""


class SearchEdit(SearchField):
    """Says what is looked in, and takes no more than can be looked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Search all entries"), parent)
        self.setPlaceholderText(tr("Search   @project  #tag  $"))
        self.setToolTip(
            tr(
                "In descriptions, projects and tags. "
                "@ looks in projects, # in tags; $ is what is billable."
            )
        )
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(_NARROWEST)
        self.setMinimumHeight(CONTROL_HEIGHT)
        self.show_hint(shown=True)

    @property
    def hint_width(self) -> int:
        """How wide it is with the whole of its hint."""
        return self.fontMetrics().horizontalAdvance(self.placeholderText()) + _AROUND

    def show_hint(self, *, shown: bool) -> None:
        """Have room for all of the hint, or as little as there is."""
        self.setMinimumWidth(self.hint_width if shown else _NARROWEST)
        self.setMaximumWidth(max(35 * UNIT, self.hint_width))
