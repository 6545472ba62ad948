"""The section of the settings with the rules of the workspace where new things go."""

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from tray.errors import TrayError
from tray.language import tr
from tray.session.online_values import OnlineRequests
from tray.session.tracking import Tracking
from tray.store import account, catalogue
from tray.sync.workspace_rights import WorkspaceRights, rights
from tray.ui import labels
from tray.ui.account.form_fields import FormFields
from tray.ui.account.online_task import OnlineTask, with_cost
from tray.ui.menu import shortened
from tray.ui.settings.sections import Section

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import WorkspaceDetails, WorkspaceFields
    from tray.store.database import Database

_PAID: Final = frozenset(
    {"rounding", "rounding_minutes", "default_currency", "default_hourly_rate"}
)
"""What takes a paid plan."""
_NAME_COLUMNS: Final = 40
_LETTERS: Final = 3
_MINUTES: Final = (1, 5, 6, 10, 12, 15, 30, 60, 240)


class WorkspaceSection(Section):
    """Asks for the rules only when they are wanted; who may not change them can read them."""

    saved = Signal()
    """Something was changed, which is not here yet."""

    def __init__(self, tracking: Tracking, online: OnlineRequests, parent: QWidget) -> None:
        super().__init__(tr("Workspace"), parent)
        self._tracking = tracking
        self._place: WorkspaceRights | None = None
        self._is_read = False
        self.ask = QPushButton(tr("Show rules"), self)
        self.head = self.add("", "", self.ask)
        self.reading = OnlineTask(online, self.head, self.ask)
        self._fields = FormFields(self)
        self._add_fields()
        self.save = QPushButton(tr("Save"), self)
        self.save_row = self.add(tr("Save to the workspace"), tr("For everybody in it"), self.save)
        self.saving = OnlineTask(online, self.save_row, self.save)
        self.ask.clicked.connect(self._on_ask)
        self.save.clicked.connect(self._on_save)
        self.reading.done.connect(self._on_read)
        self.saving.done.connect(self._on_saved)
        for task in (self.reading, self.saving):
            task.changed.connect(self._show_state)
        self._fields.changed.connect(self._show_state)
        self._fields.confirmed.connect(self._on_save)
        tracking.changed.connect(self.refresh)
        self.refresh()

    def _add_fields(self) -> None:
        add_choice = self._fields.add_choice
        self._fields.add_line("name", tr("Name of the workspace"))
        self._fields.add_line("default_currency", tr("Currency"), tr("Such as EUR"))
        self._fields.add_amount(
            "default_hourly_rate", tr("Rate an hour"), tr("Of whoever has none")
        )
        ways = {-1: tr("Down"), 0: tr("To the nearest"), 1: tr("Up")}
        add_choice("rounding", tr("Rounding in reports"), ways, tr("Where the plan has it"))
        steps = {minutes: tr("{count} min").format(count=minutes) for minutes in _MINUTES}
        add_choice("rounding_minutes", tr("Rounded to"), {0: tr("Not rounded")} | steps)
        who = {False: tr("Everybody"), True: tr("Administrators")}
        add_choice("only_admins_may_create_projects", tr("Who may create projects"), who)
        add_choice("only_admins_see_billable_rates", tr("Who sees rates"), who)
        add_choice("only_admins_see_team_dashboard", tr("Who sees what the team does"), who)

    @Slot()
    def refresh(self) -> None:
        """Show which workspace it is; of another one nothing has been read."""
        found = account.read(self._tracking.db)
        place = self._chosen() if found is not None and found.signed_in else None
        if place is None or self._place is None or place.id != self._place.id:
            self._is_read = False
            if self.reading.is_busy:
                self.reading.cancel()
        self._place = place
        self.head.setVisible(place is not None)
        self._show_rows()
        self._show_state()

    def _chosen(self) -> WorkspaceRights | None:
        try:
            return rights(self._tracking.db, catalogue.workspace_of_new(self._tracking.db))
        except TrayError:  # it is not in the account yet
            return None

    def _show_rows(self) -> None:
        place = self._place
        self._fields.set_visible(self._is_read)
        self.save_row.setVisible(self._is_read and place is not None and place.admin is not False)
        self.setVisible(place is not None and self.has_rows)
        if place is not None:
            hint = tr("Its name, currency, rate, rounding, and who may do and see what")
            if place.admin is False:
                hint = tr("Only its administrators may change it")
            charged = f"workspace {place.remote_id}"
            self.head.rename(
                shortened(place.name, _NAME_COLUMNS), with_cost(hint, self._tracking.db, charged, 1)
            )

    @Slot()
    def _show_state(self) -> None:
        busy, place = self.saving.is_busy, self._place
        may_change = place is not None and place.admin is not False and not busy
        is_paid = place is not None and place.premium
        self._fields.set_enabled(may_change, but=frozenset() if is_paid else _PAID)
        if not busy:
            self.save.setEnabled(may_change and bool(self._fields.changes()))

    @Slot()
    def _on_ask(self) -> None:
        if self.reading.is_busy:
            self.reading.cancel()
            return
        if self._place is None:
            return
        there = self._place.remote_id

        def work(server: "OnlineToggl", _: "Database") -> "WorkspaceDetails":
            return server.workspace(there)

        self.reading.ask(work, tr("Asking the server…"))

    @Slot(object)
    def _on_read(self, value: object) -> None:
        self._is_read = True
        self._fields.show(_known(cast("WorkspaceDetails", value)), anew=True)
        self._show_rows()
        self._show_state()

    @Slot()
    def _on_save(self) -> None:
        if self.saving.is_busy:
            self.saving.cancel()
            return
        changes: Any = self._fields.changes()
        wrong = {key: _problem(key, value) for key, value in changes.items()}
        self._fields.say(wrong)
        if self._place is None or not changes or any(wrong.values()):
            return
        if changes.get("default_hourly_rate", 0) is None:
            changes["default_hourly_rate"] = 0  # which is none
        there = self._place.remote_id

        def work(server: "OnlineToggl", db: "Database") -> "WorkspaceDetails":
            fields: WorkspaceFields = changes
            details = server.update_workspace(there, fields)
            account.update(db, catalogue_read_at=None)
            return details

        self.saving.ask(work, tr("Changing the workspace…"))

    @Slot(object)
    def _on_saved(self, value: object) -> None:
        self._fields.show(_known(cast("WorkspaceDetails", value)), anew=True)
        self._show_state()
        self.save_row.say(tr("Saved."), labels.subdued)
        self.saved.emit()


def _problem(key: str, value: Any) -> str:
    """What is wrong with a value, as a sentence; empty if nothing."""
    if key == "name" and not value:
        return tr("The name is empty. Write what the workspace is called.")
    if key == "default_currency" and not (len(value) == _LETTERS and value.isalpha()):
        return tr("“{value}” is no currency. Write its three letters, such as EUR.").format(
            value=value
        )
    if key == "default_hourly_rate" and isinstance(value, str):
        return tr("“{text}” is not an amount. Write it like 75.50.").format(text=value)
    return ""


def _known(details: "WorkspaceDetails") -> dict[str, Any]:
    """The fields by the names of the API."""
    return {
        "name": details.name,
        "default_currency": details.default_currency,
        "default_hourly_rate": details.default_hourly_rate or None,
        "rounding": details.rounding,
        "rounding_minutes": details.rounding_minutes,
        "only_admins_may_create_projects": details.only_admins_may_create_projects,
        "only_admins_see_billable_rates": details.only_admins_see_billable_rates,
        "only_admins_see_team_dashboard": details.only_admins_see_team_dashboard,
    }
