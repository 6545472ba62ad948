"""Asks what becomes of the data here when somebody signs out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tray.language import tr
from tray.sync import status_text
from tray.sync.status import Status
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.theme import SMALL, UNIT


class SignOutDialog(QDialog):
    """Three ways to part; only the last removes anything, and not while the server lacks some."""

    chosen = Signal(object)
    """A `tray.sync.sign_in.linking.Parting`."""

    def __init__(self, status: Status, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Sign out"))
        self.setMinimumWidth(50 * UNIT)
        unsent = status.pending + status.refused
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        self._column.setSpacing(UNIT)
        self._say(tr("What becomes of the data on this computer?"), labels.plain, 1.1)
        if unsent:
            waiting = status_text.waiting(status) or status_text.for_user(status)
            sentence = tr("Not everything has reached the account yet: {waiting}.")
            self._say(sentence.format(waiting=waiting), labels.warning, 1.0)
        self.group = QButtonGroup(self)
        self._offer(
            tr("Keep it"),
            tr("When the same account signs in again, it goes on where it was."),
        )
        self._offer(
            tr("Keep it, and forget the account"),
            tr("All entries become this computer's own; what was not sent never will be."),
        )
        self._offer(
            tr("Remove what the account has"),
            tr("It stays in the account. A backup of all is made first.")
            if not unsent
            else tr("Only once everything has been sent."),
            possible=not unsent,
        )
        self.group.button(0).setChecked(True)
        self._add_buttons()

    def _say(self, sentence: str, tint: labels.Tint, size: float) -> None:
        label = ThemedLabel(sentence, self, tint=tint, size=size)
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _offer(self, name: str, hint: str, *, possible: bool = True) -> None:
        button = QRadioButton(name, self)
        button.setAccessibleDescription(hint)
        button.setEnabled(possible)
        self.group.addButton(button, len(self.group.buttons()))
        explanation = ThemedLabel(hint, self, size=SMALL)
        explanation.setWordWrap(True)
        explanation.setIndent(3 * UNIT)
        self._column.addSpacing(UNIT // 2)
        self._column.addWidget(button)
        self._column.addWidget(explanation)

    def _add_buttons(self) -> None:
        buttons = QDialogButtonBox(self)
        cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button = buttons.addButton(
            tr("Sign out"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._column.addSpacing(UNIT)
        self._column.addWidget(buttons)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(("keep", "forget", "remove")[self.group.checkedId()])
        self.accept()
