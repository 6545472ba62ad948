"""The field in which entries are looked for."""

from PySide6.QtWidgets import QWidget

from tray.ui.entries.search import LONGEST
from tray.ui.search_field import SearchField
from tray.ui.theme import CONTROL_HEIGHT, UNIT
from tray.ui.wording import tr


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
        self.setMinimumWidth(18 * UNIT)
        self.setMaximumWidth(35 * UNIT)
        self.setMinimumHeight(CONTROL_HEIGHT)
