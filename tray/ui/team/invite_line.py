"""The line at the head of the list into which e-mail addresses are typed to invite people."""

import re
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray.language import tr
from tray.ui.theme import UNIT

_BETWEEN: Final = re.compile(r"[\s,;]+")
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


class InviteLine(QWidget):
    """Hidden until somebody is to be invited."""

    wanted = Signal(object)
    """A list of addresses."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(tr("E-mail addresses, with spaces or commas between"))
        self.edit.setAccessibleName(tr("E-mail addresses of those to invite"))
        self.accept = QPushButton(tr("Invite"), self)
        self.cancel = QPushButton(tr("Cancel"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.accept)
        layout.addWidget(self.cancel)
        self.edit.textChanged.connect(self._on_edited)
        self.edit.returnPressed.connect(self._on_accept)
        self.accept.clicked.connect(self._on_accept)
        self.cancel.clicked.connect(self.leave)
        self._on_edited()
        self.hide()

    def open(self) -> None:
        """Come up, with the caret in it."""
        self.edit.clear()
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def leave(self) -> None:
        """Go away."""
        self.hide()

    def _addresses(self) -> list[str]:
        """What was typed; empty while one of it is no address."""
        words = list(dict.fromkeys(filter(None, _BETWEEN.split(self.edit.text()))))
        return words if all(map(_ADDRESS.fullmatch, words)) else []

    @Slot()
    def _on_edited(self) -> None:
        self.accept.setEnabled(bool(self._addresses()))

    @Slot()
    def _on_accept(self) -> None:
        if addresses := self._addresses():
            self.wanted.emit(addresses)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
