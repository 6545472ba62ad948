"""The menu of saved reports: one click shows one; this one can be saved, any be removed."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from tray.language import tr
from tray.session.tracking import Tracking
from tray.store import saved_reports
from tray.store.saved_reports import SavedReport
from tray.ui import plain_text


class SavedMenu(QMenu):
    """Read anew each time it opens."""

    chosen = Signal(object)
    """The `SavedReport` that is to be shown."""
    removed = Signal(str)
    """The name of one that is to go."""
    save_wanted = Signal()

    def __init__(self, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._remove = QMenu(tr("Remove"), self)
        self.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List what is saved now."""
        self.clear()
        self._remove.clear()
        saved = saved_reports.all_saved(self._tracking.db)
        for each in saved:
            action = self.addAction(plain_text.button(each.name))
            action.triggered.connect(partial(self._on_chosen, each))
        self.addSeparator()
        self.addAction(tr("Save this report…")).triggered.connect(self.save_wanted)
        if saved:
            self.addMenu(self._remove)
            for each in saved:
                action = self._remove.addAction(plain_text.button(each.name))
                action.triggered.connect(partial(self.removed.emit, each.name))

    def _on_chosen(self, saved: SavedReport) -> None:
        self.chosen.emit(saved)
