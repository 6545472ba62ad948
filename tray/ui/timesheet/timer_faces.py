"""The Timer page with its two faces, of which the second is made when it is first shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tray.language import tr
from tray.ui.timesheet.timesheet_page import TimesheetPage
from tray.ui.word_switch import WordSwitch

LIST: Final = "list"
SHEET: Final = "timesheet"


class TimerFaces(QWidget):
    """Each face has the switch at the same place."""

    def __init__(
        self, days: QWidget, make_sheet: Callable[[], TimesheetPage], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.days = days
        self._make_sheet = make_sheet
        self.sheet: TimesheetPage | None = None
        self.switches = [self._switch()]
        self.stack = QStackedWidget(self)
        self.stack.addWidget(days)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setFocusProxy(days.focusProxy() or days)

    def _switch(self) -> WordSwitch:
        switch = WordSwitch({LIST: tr("List"), SHEET: tr("Timesheet")}, self)
        switch.setAccessibleName(tr("How entries are shown"))
        switch.show_chosen(LIST)
        switch.chosen.connect(self.show_face)
        return switch

    @Slot(str)
    def show_face(self, key: str) -> None:
        """Show the list, or the timesheet."""
        shown = self.days if key == LIST else self._sheet()
        if shown is self.stack.currentWidget():
            return
        self.stack.setCurrentWidget(shown)
        for switch in self.switches:
            switch.show_chosen(key)
        listed = self.days.focusProxy() if shown is self.days else None
        self.setFocusProxy(listed or shown)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_list(self) -> None:
        """Show the list, as an entry of it is wanted."""
        self.show_face(LIST)

    def _sheet(self) -> TimesheetPage:
        if self.sheet is None:
            self.sheet = self._make_sheet()
            self.switches.append(self._switch())
            self.sheet.head.add(self.switches[-1])
            self.stack.addWidget(self.sheet)
        return self.sheet
