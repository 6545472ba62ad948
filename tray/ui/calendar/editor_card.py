"""Puts a panel over the grid, beside what it is about."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from tray.ui.entries.panel import Panel
from tray.ui.theme import UNIT

_WIDEST: Final = 84 * UNIT
_BESIDE: Final = UNIT


class EditorCard(QObject):
    """Holds at most one panel at a time, within `page`."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.panel: Panel | None = None
        self._about = QRect()

    def open(self, panel: Panel, about: QRect) -> None:
        """Show a panel beside a place of the page."""
        self.close()
        self.panel = panel
        panel.closed.connect(self.close)
        panel.installEventFilter(self)
        self.place(about)
        panel.show()
        panel.raise_()

    def place(self, about: QRect) -> None:
        """Put the panel below the place, else above it, else where there is room."""
        self._about = about
        panel = self.panel
        if panel is None:
            return
        room = self._page.rect().adjusted(UNIT, UNIT, -UNIT, -UNIT)
        width = min(_WIDEST, room.width())
        panel.setFixedWidth(width)
        wanted = panel.heightForWidth(width)
        height = min(room.height(), wanted if wanted > 0 else panel.sizeHint().height())
        left = min(max(room.left(), about.center().x() - width // 2), room.right() + 1 - width)
        below, above = about.bottom() + 1 + _BESIDE, about.top() - _BESIDE - height
        lowest = room.bottom() + 1 - height
        top = below if below <= lowest else above if above >= room.top() else lowest
        panel.setGeometry(left, max(room.top(), top), width, height)

    def leave(self) -> bool:
        """Leave what is open; False if it stays, so that nothing typed is lost."""
        if self.panel is not None:
            self.panel.leave()
        return self.panel is None

    def close(self) -> None:
        """Take it away."""
        panel, self.panel = self.panel, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.panel:
            self.place(self._about)  # a note in it came or went
        return super().eventFilter(watched, event)
