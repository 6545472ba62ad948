"""The dot and the words at the foot of the rail that say how the sync stands."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from tray.session.snapshot import Snapshot
from tray.ui import plain_text
from tray.ui.main_window.rail_button import RailButton
from tray.ui.main_window.sync_state import SyncState, colour, sync_state
from tray.ui.theme import UNIT, Theme


class SyncButton(RailButton):
    """A click does what there is to do about it."""

    def __init__(self, parent: QWidget) -> None:
        self._state = SyncState("", "off")
        super().__init__("sync", "", parent)

    def show_state(self, snapshot: Snapshot, *, paused: bool) -> None:
        """Say how things stand."""
        state = sync_state(snapshot.sync, paused=paused)
        if state != self._state:
            self._state = state
            self.set_title(state.text)
            self.setAccessibleDescription(state.details)
            self.update()

    def _hint(self) -> None:
        super()._hint()
        if self._state.details:
            self.setToolTip(plain_text.tooltip(self._state.details))

    def paint_icon(self, painter: QPainter, area: QRect, look: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._state.tone, look))
        painter.drawEllipse(QPointF(area.toRectF().center()), UNIT / 2, UNIT / 2)
