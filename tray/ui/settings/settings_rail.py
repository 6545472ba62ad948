"""The rail on the left of the settings: a search, and the pages below it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from tray.language import tr, tr_marked
from tray.ui.main_window.rail_button import RailButton
from tray.ui.search_field import SearchField
from tray.ui.settings.settings_pages import PageOfSettings
from tray.ui.theme import UNIT, theme

_WIDTH: Final = 24 * UNIT
_NARROW_WIDTH: Final = 7 * UNIT
_LAST: Final = "about"
"""The page that stands by itself at the bottom."""


class SettingsRail(QWidget):
    """Leads to the pages; the arrow keys go from one to the next."""

    chosen = Signal(str)
    """The key of the page that is wanted."""
    searched = Signal(str)
    """What is looked for; empty for nothing any more."""

    def __init__(self, pages: Sequence[PageOfSettings], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = [page.key for page in pages]
        self.current = self._keys[0]
        self.search = SearchField(tr("Search the settings"), self)
        self.search.setPlaceholderText(tr("Search"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(UNIT, 2 * UNIT, UNIT, 2 * UNIT)
        self._column.setSpacing(UNIT // 2)
        self._column.addWidget(self.search)
        self._column.addSpacing(UNIT)
        self._group = QButtonGroup(self)
        self.buttons = {page.key: self._button(page) for page in pages}
        if _LAST not in self.buttons:
            self._column.addStretch()
        self.search.textChanged.connect(self.searched)
        self._group.idToggled.connect(self._on_toggled)
        self._group.idClicked.connect(self._on_clicked)
        self._fit(narrow=False)

    def _button(self, page: PageOfSettings) -> RailButton:
        button = RailButton(page.icon, tr_marked(page.title), self)
        button.setCheckable(True)
        if page.key == _LAST:
            self._column.addStretch()
        self._column.addWidget(button)
        self._group.addButton(button, self._keys.index(page.key))
        return button

    def show_page(self, key: str) -> None:
        """Mark the page that is shown, and look for nothing."""
        self.current = key
        self.buttons[key].setChecked(True)
        self.clear_search()

    def clear_search(self) -> bool:
        """Look for nothing; whether something was looked for."""
        was_searching = bool(self.search.text())
        self.search.clear()
        return was_searching

    def mark_none(self) -> None:
        """Mark no page: what is shown comes from all of them."""
        self._group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words beside them and the search."""
        self.search.setVisible(not narrow)
        for button in self.buttons.values():
            button.set_narrow(narrow)
        self._fit(narrow)

    def _fit(self, narrow: bool) -> None:
        if narrow:
            self.setFixedWidth(_NARROW_WIDTH)
            return
        widest = max(button.sizeHint().width() for button in self.buttons.values()) + 2 * UNIT
        self.setFixedWidth(max(_WIDTH, widest))

    @Slot(int, bool)
    def _on_toggled(self, number: int, on: bool) -> None:
        if on and self._keys[number] != self.current:
            self.chosen.emit(self._keys[number])

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme(self.palette()).side)
        painter.end()
