"""The section of the settings with the e-mails that Toggl sends, asked for when it is wanted."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from tray.language import tr
from tray.session.online_values import OnlineRequests
from tray.session.tracking import Tracking
from tray.store import account
from tray.sync import account_profile
from tray.ui import labels
from tray.ui.account.form_fields import FormFields
from tray.ui.account.online_task import OnlineTask, with_cost
from tray.ui.settings.sections import Section

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import Profile, ProfileFields
    from tray.store.database import Database


class MailSection(Section):
    """Nothing of it is kept here, so that it is read before it is changed."""

    def __init__(self, tracking: Tracking, online: OnlineRequests, parent: QWidget) -> None:
        super().__init__(tr("E-mails from Toggl"), parent)
        self._tracking = tracking
        self._is_read = False
        self.ask = QPushButton(tr("Show"), self)
        self.head = self.add(tr("Which you get"), "", self.ask)
        self.reading = OnlineTask(online, self.head, self.ask)
        self._fields = FormFields(self)
        wanted = {True: tr("Yes"), False: tr("No")}
        for key, label in (
            ("send_weekly_report", tr("A report each week")),
            ("send_product_emails", tr("News on Toggl")),
            ("send_timer_notifications", tr("Letters about a timer left on")),
        ):
            self._fields.add_choice(key, label, wanted)
        self.save = QPushButton(tr("Save"), self)
        self.save_row = self.add(tr("Save to the account"), "", self.save)
        self.saving = OnlineTask(online, self.save_row, self.save)
        self.ask.clicked.connect(self._on_ask)
        self.save.clicked.connect(self._on_save)
        self.reading.done.connect(self._on_read)
        self.saving.done.connect(self._on_saved)
        for task in (self.reading, self.saving):
            task.changed.connect(self._show_state)
        self._fields.changed.connect(self._show_state)
        tracking.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the section while somebody is signed in."""
        found = account.read(self._tracking.db)
        is_shown = found is not None and found.signed_in
        self._is_read = self._is_read and is_shown
        self.head.setVisible(is_shown)
        self._fields.set_visible(self._is_read)
        self.save_row.setVisible(self._is_read)
        self.setVisible(is_shown and self.has_rows)
        hint = tr("Asked of the server when you want to see it")
        self.head.rename(tr("Which you get"), with_cost(hint, self._tracking.db, "user", 2))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._fields.set_enabled(not self.saving.is_busy)
        if not self.saving.is_busy:
            self.save.setEnabled(bool(self._fields.changes()))

    @Slot()
    def _on_ask(self) -> None:
        if self.reading.is_busy:
            self.reading.cancel()
            return

        def work(server: "OnlineToggl", db: "Database") -> "Profile":
            return account_profile.read(server, db)

        self.reading.ask(work, tr("Asking the server…"))

    @Slot(object)
    def _on_read(self, value: object) -> None:
        self._is_read = True
        self._fields.show(_known(cast("Profile", value)), anew=True)
        self.refresh()

    @Slot()
    def _on_save(self) -> None:
        if self.saving.is_busy:
            self.saving.cancel()
            return
        changes: Any = self._fields.changes()

        def work(server: "OnlineToggl", db: "Database") -> dict[str, Any]:
            fields: ProfileFields = changes
            account_profile.change(server, db, fields)
            return {**changes}

        if changes:
            self.saving.ask(work, tr("Changing your profile…"))

    @Slot(object)
    def _on_saved(self, value: object) -> None:
        self._fields.keep(cast("dict[str, Any]", value))
        self._show_state()
        self.save_row.say(tr("Saved."), labels.subdued)


def _known(found: "Profile") -> dict[str, Any]:
    """The fields by the names of the API."""
    return {
        "send_weekly_report": found.send_weekly_report,
        "send_product_emails": found.send_product_emails,
        "send_timer_notifications": found.send_timer_notifications,
    }
