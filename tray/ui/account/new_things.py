"""The section of the settings that says which workspace new things go to, if there are several."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from tray.errors import TrayError
from tray.language import tr
from tray.model.workspace_names import workspace_label
from tray.session.tracking import Tracking
from tray.store import catalogue
from tray.tracker import workspaces
from tray.ui.settings.sections import Section


class NewThingsSection(Section):
    """Follows the store; with one workspace there is nothing to choose, and nothing to see."""

    def __init__(self, tracking: Tracking, parent: QWidget) -> None:
        super().__init__(tr("New things"), parent)
        self._tracking = tracking
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Workspace of new things"))
        self.row = self.add(
            tr("Workspace"),
            tr("New projects, clients, tags and entries without a project go to it."),
            self.choice,
        )
        self.choice.activated.connect(self._on_chosen)
        tracking.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the workspaces there are, and the chosen one."""
        found = catalogue.workspaces(self._tracking.db)
        offered = [(workspace_label(each.name), each.id) for each in found]
        if offered != self._offered():
            self.choice.clear()
            for name, number in offered:
                self.choice.addItem(name, number)
        chosen = catalogue.workspace_of_new(self._tracking.db)
        self.choice.setCurrentIndex(self.choice.findData(chosen))
        self.row.setVisible(len(found) > 1)
        self.setVisible(len(found) > 1)

    def _offered(self) -> list[tuple[str, int]]:
        return [
            (self.choice.itemText(at), self.choice.itemData(at))
            for at in range(self.choice.count())
        ]

    @Slot()
    def _on_chosen(self) -> None:
        try:
            workspaces.use_for_new(self._tracking.db, self.choice.currentData())
        except TrayError as error:
            self.row.say(str(error))
            return
        self.row.say("")
