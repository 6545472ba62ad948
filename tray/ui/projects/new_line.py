"""The line at the head of the list in which a new project, client, tag or task is named."""

from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray.language import tr
from tray.model.limits import MAX_NAME
from tray.store.catalogue import Kind, Names
from tray.ui.projects.thing_choice import ThingChoice, ThingLabel
from tray.ui.theme import UNIT

_LETTERS: Final = 16


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
        self.of = ThingChoice(self, letters=_LETTERS)
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
        self.of.setVisible(kind in ("project", "task"))
        if kind == "project":
            self.of.setAccessibleName(tr("Client"))
            self.of.offer([ThingLabel(0, tr("No client")), *_clients(names, workspace_id)])
        elif kind == "task":
            self.of.setAccessibleName(tr("Project"))
            self.of.offer(_projects(names, workspace_id))
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_add(self) -> None:
        chosen = self.of.chosen()
        if self.of.isVisible() and chosen is None:
            self.of.setFocus(Qt.FocusReason.OtherFocusReason)  # what was typed is none of these
        elif self.edit.text().strip():
            self.wanted.emit(NewThing(self.edit.text(), chosen or None))

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


def _clients(names: Names, workspace_id: int | None) -> list[ThingLabel]:
    return [
        ThingLabel(each.id, names.client(each))
        for each in names.clients.values()
        if not each.archived and workspace_id in (None, each.workspace_id)
    ]


def _projects(names: Names, workspace_id: int | None) -> list[ThingLabel]:
    return [
        ThingLabel(each.id, names.project(each), each.colour)
        for each in names.projects.values()
        if not each.archived and workspace_id in (None, each.workspace_id)
    ]
