"""The rail on the left of the main window: its pages, the settings and the state of the sync."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from tray.language import tr
from tray.session.snapshot import Snapshot
from tray.ui.main_window.brand import Brand
from tray.ui.main_window.page import WindowPage
from tray.ui.main_window.rail_button import RailButton
from tray.ui.main_window.sync_button import SyncButton
from tray.ui.theme import UNIT, theme
from tray.ui.windows import tab_order

WIDE: Final = 22 * UNIT
NARROW: Final = 7 * UNIT
_WIDEST: Final = 30 * UNIT
"""With large letters."""


class Rail(QWidget):
    """Leads to the pages; without room it shows their icons only."""

    chosen = Signal(str)
    """The key of the page that is wanted."""
    settings_wanted = Signal()
    sync_wanted = Signal()
    """What can be done about the state of the sync."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.brand = Brand(self)
        self.settings = RailButton("settings", tr("Settings"), self)
        self.settings.clicked.connect(self.settings_wanted)
        self.sync = SyncButton(self)
        self.sync.clicked.connect(self.sync_wanted)
        self._buttons: dict[str, RailButton] = {}
        self._of_account: list[RailButton] = []
        """Those that are offered only while there is an account."""
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(UNIT, 2 * UNIT, UNIT, 2 * UNIT)
        self._layout.setSpacing(UNIT // 2)
        self._layout.addWidget(self.brand)
        self._layout.addSpacing(2 * UNIT)
        self._layout.addStretch()
        self._layout.addWidget(self.settings)
        self._layout.addWidget(self.sync)
        self._narrow = False
        self._fit()

    def set_pages(self, pages: Sequence[WindowPage]) -> None:
        """Offer these."""
        for number, page in enumerate(pages):
            button = RailButton(page.icon, page.title, self)
            button.setCheckable(True)
            button.set_narrow(self._narrow)
            self._group.addButton(button, number)
            self._layout.insertWidget(2 + number, button)
            button.setHidden(page.needs_account)
            self._buttons[page.key] = button
            if page.needs_account:
                self._of_account.append(button)
        tab_order((self.sync, *self._buttons.values()))  # Qt leaves alone what ends where it began
        tab_order((*self._buttons.values(), self.settings, self.sync))
        self._fit()

    def show_page(self, key: str) -> None:
        """Mark the page that is shown."""
        self._buttons[key].setChecked(True)

    def show_state(self, snapshot: Snapshot, *, paused: bool) -> None:
        """Say how the exchange with the account stands."""
        for button in self._of_account:
            button.setHidden(snapshot.sync is None)
        self.sync.show_state(snapshot, paused=paused)
        self._fit()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words beside them."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self.brand.set_narrow(narrow)
            for button in (*self._buttons.values(), self.settings, self.sync):
                button.set_narrow(narrow)
            self._fit()

    def _fit(self) -> None:
        parts = (*self._buttons.values(), self.settings, self.sync)
        widest = max(part.sizeHint().width() for part in parts) + 2 * UNIT
        self.setFixedWidth(NARROW if self._narrow else min(max(WIDE, widest), _WIDEST))

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(list(self._buttons)[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme(self.palette()).side)
        painter.end()
