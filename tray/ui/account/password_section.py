"""The section of the settings in which the account gets another password."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tray.language import tr
from tray.session.online_values import OnlineRequests
from tray.session.tracking import Tracking
from tray.store import account
from tray.ui import labels
from tray.ui.account.online_task import OnlineTask, with_cost
from tray.ui.settings.sections import Section, SettingRow

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import ProfileFields
    from tray.store.database import Database

_LEAST: Final = 6
"""So many characters a password has at least."""


class PasswordSection(Section):
    """What is typed in it is in its fields only, and in the one request."""

    def __init__(self, tracking: Tracking, online: OnlineRequests, parent: QWidget) -> None:
        super().__init__(tr("Password of the account"), parent)
        self._tracking = tracking
        self.present, self.new, self.again = (QLineEdit(self) for _ in range(3))
        self._rows = {
            edit: self._row(edit, label)
            for edit, label in (
                (self.present, tr("Present password")),
                (self.new, tr("New password")),
                (self.again, tr("The new one again")),
            )
        }
        self.change = QPushButton(tr("Change"), self)
        self.change_row = self.add(tr("Change the password"), "", self.change)
        self.task = OnlineTask(online, self.change_row, self.change)
        self.change.clicked.connect(self._on_change)
        self.task.done.connect(self._on_changed)
        self.task.changed.connect(self._show_state)
        tracking.changed.connect(self.refresh)
        self.refresh()

    def _row(self, edit: QLineEdit, label: str) -> SettingRow:
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setAccessibleName(label)
        edit.textChanged.connect(self._show_state)
        edit.returnPressed.connect(self._on_change)
        return self.add(label, "", edit)

    @Slot()
    def refresh(self) -> None:
        """Show the section while somebody is signed in."""
        found = account.read(self._tracking.db)
        is_shown = found is not None and found.signed_in
        if not is_shown:
            self._forget()
        for row in (*self._rows.values(), self.change_row):
            row.setVisible(is_shown)
        self.setVisible(is_shown and self.has_rows)
        hint = tr("You stay signed in; a browser may ask for the new one")
        hint = with_cost(hint, self._tracking.db, "user", 1)
        self.change_row.rename(tr("Change the password"), hint)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        for edit in self._rows:
            edit.setEnabled(not self.task.is_busy)
        if not self.task.is_busy:
            self.change.setEnabled(all(edit.text() for edit in self._rows))

    @Slot()
    def _on_change(self) -> None:
        if self.task.is_busy:
            self.task.cancel()
            return
        wrong = self._wrong()
        for edit, row in self._rows.items():
            row.say(wrong.get(edit, ""))
        if wrong or not self.change.isEnabled():
            return
        fields: ProfileFields = {
            "current_password": self.present.text(),
            "password": self.new.text(),
        }

        def work(server: "OnlineToggl", _: "Database") -> None:
            server.update_profile(fields)

        self.task.ask(work, tr("Changing the password…"))

    def _wrong(self) -> dict[QLineEdit, str]:
        if self.new.text() and len(self.new.text()) < _LEAST:
            least = tr("A password has at least {count} characters.").format(count=_LEAST)
            return {self.new: least}
        if self.new.text() != self.again.text():
            return {self.again: tr("This is another one. Type the new password twice.")}
        return {}

    @Slot(object)
    def _on_changed(self, _: object) -> None:
        self._forget()
        self.change_row.say(tr("The password was changed."), labels.subdued)

    def _forget(self) -> None:
        for edit in self._rows:
            edit.clear()
