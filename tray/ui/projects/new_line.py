"""The line at the head of the list in which a new project, client, tag or task is named."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray.model.limits import MAX_NAME
from tray.store.catalogue import Kind, Names
from tray.ui.icon import dot
from tray.ui.theme import UNIT
from tray.ui.wording import tr


class NewThing(NamedTuple):
    """What is to be made."""

    name: str
    of: int | None
    """The client of a project, the project of a task."""


class NewLine(QWidget):
    """Stays open for the next one until Esc."""

    wanted = Signal(object)
    """A `NewThing`."""
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setMaxLength(MAX_NAME)
        self.of = QComboBox(self)
        self.of.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.of.setMinimumContentsLength(16)
        self.add = QPushButton(tr("Add"), self)
        self.cancel = QPushButton(tr("Cancel"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self.edit, 1)
        for part in (self.of, self.add, self.cancel):
            layout.addWidget(part)
        self.edit.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.cancel.clicked.connect(self.leave)
        self.hide()

    def open(self, kind: Kind, names: Names, workspace_id: int | None) -> None:
        """Come up for a thing of this kind, with the caret in it."""
        self.edit.clear()
        words = {
            "project": tr("Name of the new project"),
            "client": tr("Name of the new client"),
            "tag": tr("Name of the new tag"),
            "task": tr("Name of the new task"),
        }[kind]
        self.edit.setPlaceholderText(words)
        self.edit.setAccessibleName(words)
        self.of.clear()
        self.of.setVisible(kind in ("project", "task"))
        if kind == "project":
            self.of.setAccessibleName(tr("Client"))
            self.of.addItem(tr("No client"), None)
            for client in names.clients.values():
                if not client.archived and workspace_id in (None, client.workspace_id):
                    self.of.addItem(client.name, client.id)
        elif kind == "task":
            self.of.setAccessibleName(tr("Project"))
            for project in names.projects.values():
                if not project.archived and workspace_id in (None, project.workspace_id):
                    self.of.addItem(dot(project.colour), names.project(project), project.id)
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add(self) -> None:
        if self.edit.text().strip():
            self.wanted.emit(NewThing(self.edit.text(), self.of.currentData()))

    @Slot()
    def leave(self) -> None:
        """Go away, and tell so."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
