"""The section of the settings with the profile of the account, which is changed on the server."""

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tray.language import tr, tr_marked
from tray.model.account_formats import DATE_FORMATS, WEEKDAYS
from tray.session.online_values import OnlineRequests
from tray.session.tracking import Tracking
from tray.store import account
from tray.store.account import LinkedAccount
from tray.sync import account_profile
from tray.ui import labels
from tray.ui.account.form_fields import FormFields
from tray.ui.account.online_task import OnlineTask, with_cost
from tray.ui.account.token_row import TokenRow
from tray.ui.settings.sections import Section
from tray.ui.settings.setting_controls import WORDS, zones

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import ProfileFields
    from tray.store.database import Database

_TIMES: Final = {"H:mm": "14:30", "h:mm A": "2:30 PM"}
_PREFERENCES: Final = frozenset({"date_format", "timeofday_format"})
"""What v9 takes by a request of its own."""


class ProfileSection(Section):
    """Follows the store; what was typed is kept until it is saved."""

    def __init__(self, tracking: Tracking, online: OnlineRequests, parent: QWidget) -> None:
        super().__init__(tr("Profile"), parent)
        self._tracking = tracking
        self._fields = FormFields(self)
        self._add_fields()
        self.save = QPushButton(tr("Save"), self)
        self.save.clicked.connect(self._on_save)
        self.save_row = self.add(
            tr("Save to the account"), tr("Toggl and your other computers follow"), self.save
        )
        self.task = OnlineTask(online, self.save_row, self.save)
        self.task.done.connect(self._on_saved)
        self.task.changed.connect(self._show_state)
        self.token = TokenRow(self, online)
        self._fields.changed.connect(self._show_state)
        self._fields.confirmed.connect(self._on_save)
        tracking.changed.connect(self.refresh)
        self.refresh()

    def _add_fields(self) -> None:
        add_line, add_choice = self._fields.add_line, self._fields.add_choice
        add_line("fullname", tr("Full name"))
        add_line("email", tr("E-mail"), tr("What you sign in with, and where letters go"))
        zone = add_line(
            "timezone", tr("Time zone of the account"), tr("In which Toggl counts your days")
        )
        zone.setCompleter(zones(zone))
        days = {number: tr_marked(WORDS[day]) for number, day in enumerate(WEEKDAYS)}
        add_choice("beginning_of_week", tr("Week of the account starts on"), days)
        add_choice("date_format", tr("Dates on Toggl's pages"), DATE_FORMATS)
        add_choice("timeofday_format", tr("Times on Toggl's pages"), _TIMES)

    @Slot()
    def refresh(self) -> None:
        """Show what is known of the account, but in the fields that were changed."""
        found = account.read(self._tracking.db)
        is_shown = found is not None and found.signed_in
        self._fields.set_visible(is_shown)
        self.save_row.setVisible(is_shown)
        self.token.show_for(found if is_shown else None)
        self.setVisible(is_shown and self.has_rows)
        self._fields.show(_known(found) if found and is_shown else {})
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        busy, changes = self.task.is_busy, self._fields.changes()
        self._fields.set_enabled(not busy)
        if not busy:
            self.save.setEnabled(bool(changes))
        hint = tr("Toggl and your other computers follow")
        hint = with_cost(hint, self._tracking.db, "user", _requests(changes))
        self.save_row.rename(tr("Save to the account"), hint)

    @Slot()
    def _on_save(self) -> None:
        if self.task.is_busy:
            self.task.cancel()
            return
        changes: Any = self._fields.changes()
        wrong = {key: _problem(key, value) for key, value in changes.items()}
        self._fields.say(wrong)
        if not changes or any(wrong.values()):
            return

        def work(server: "OnlineToggl", db: "Database") -> None:
            fields: ProfileFields = changes
            account_profile.change(server, db, fields)

        self.task.ask(work, tr("Changing your profile…"))

    @Slot(object)
    def _on_saved(self, _: object) -> None:
        self._tracking.refresh()
        self.refresh()
        self.save_row.say(tr("Saved."), labels.subdued)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_state()


def _known(found: LinkedAccount) -> dict[str, Any]:
    """The fields by the names of the API, as far as they are known here."""
    return {
        "fullname": found.name.strip(),
        "email": found.email,
        "timezone": found.time_zone,
        "beginning_of_week": found.beginning_of_week,
        "date_format": found.date_format,
        "timeofday_format": found.time_format,
    }


def _requests(changes: dict[str, Any]) -> int:
    return bool(changes.keys() & _PREFERENCES) + bool(changes.keys() - _PREFERENCES)


def _problem(key: str, value: Any) -> str:
    """What is wrong with a value, as a sentence; empty if nothing."""
    if key == "fullname" and not value:
        return tr("The name is empty. Write how others are to see you.")
    if key == "email" and "@" not in value.strip("@ "):
        return tr("“{value}” is no e-mail address.").format(value=value)
    if key == "timezone" and value not in available_timezones():
        return tr("“{value}” is no time zone. Write it as Europe/Berlin.").format(value=value)
    return ""
