"""The button beside the one that stops, and what opens below it."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QWidget

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.ui import icons
from tray.ui.popup import Popup
from tray.ui.stop_at.stop_box import StopBox
from tray.ui.theme import UNIT, text_scale


class StopPopup(Popup):
    """Asks when what runs was over."""

    def __init__(self, owner: QWidget, tracking: Tracking, times: TimeFormat) -> None:
        super().__init__(owner, tr("Stop earlier"))
        self.box = StopBox(tracking, times, self)
        self.box.done.connect(self.close)
        self.column.addWidget(self.box)
        self.setFixedWidth(round(30 * UNIT * text_scale(self.font())))
        self.setFocusProxy(self.box)

    def open(self) -> None:
        self.box.ask()
        super().open()
        self.box.edit.setFocus()


class StopEarlierButton(QToolButton):
    """Small, at the side of the button that stops now; only there while something runs."""

    def __init__(
        self, tracking: Tracking, times: Callable[[], TimeFormat], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._tracking, self._times = tracking, times
        self.popup: StopPopup | None = None
        self.setAutoRaise(True)
        self.setAccessibleName(tr("Stop earlier"))
        self.setToolTip(tr("Stop earlier"))
        icons.dress(self, "chevron-down", side=3 * UNIT // 2)
        self.setFixedWidth(5 * UNIT // 2)
        self.hide()
        self.clicked.connect(self.open_popup)

    @Slot()
    def open_popup(self) -> None:
        """Ask when what runs was over."""
        self.popup = StopPopup(self, self._tracking, self._times())
        self.popup.closed.connect(self._on_closed)
        self.popup.open()

    @Slot()
    def _on_closed(self) -> None:
        self.popup = None
