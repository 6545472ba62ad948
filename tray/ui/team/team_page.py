"""The page of the team: asks when it is looked at, shows what came, and does what is chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.errors import TrayError
from tray.language import in_a_row, tr
from tray.model.durations import MINUTE
from tray.model.formats import TimeFormat
from tray.model.workspace_names import workspace_label
from tray.session.online_actions import OnlineActions
from tray.session.online_values import OnlineAnswer
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import remote_rows
from tray.sync import team_overview, workspace_people
from tray.sync.rate import quota
from tray.sync.team_overview import REQUESTS, TeamOverview
from tray.sync.workspace_rights import WorkspaceRights, rights
from tray.ui import plain_text
from tray.ui.entries.empty import EmptyState
from tray.ui.labels import ThemedLabel, plain
from tray.ui.projects.card import Card
from tray.ui.team.invite_line import InviteLine
from tray.ui.team.people_view import PeopleModel, PeopleView
from tray.ui.team.state_line import StateLine
from tray.ui.team.team_menus import add_menu, row_menu
from tray.ui.team.team_rows import PersonRow, activity, members, of_project
from tray.ui.team.team_work import TeamWork
from tray.ui.theme import CONTROL_HEIGHT, TITLE, UNIT
from tray.ui.word_switch import WordSwitch

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.store.database import Database

STALE_SECONDS: Final = 5 * MINUTE
"""What was read longer ago is read again when somebody looks, if the hour has requests for it."""
_SHORT: Final = 3 * REQUESTS
"""With fewer requests left than this, the page says what it would take and waits to be told."""


class TeamPage(QWidget):
    """Activity, members and who takes part in a project: one list at a time."""

    def __init__(
        self,
        tracking: Tracking,
        online: OnlineActions,
        times: TimeFormat,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tracking = tracking
        self.online = online
        self.team: TeamOverview | None = None
        self._times = times
        self._request = 0
        self._work: TeamWork | None = None
        self._view = "activity"
        self._build_head()
        self._build_list()
        online.answered.connect(self._on_answered)
        tracking.changed.connect(self._on_changed)

    def _build_head(self) -> None:
        self.title = ThemedLabel(tr("Team"), self, tint=plain, size=TITLE, bold=True)
        self.workspace = QComboBox(self)
        self.workspace.setAccessibleName(tr("Workspace"))
        self.workspace.activated.connect(self._on_workspace)
        self.refresh = QPushButton(tr("Refresh"), self)
        self.refresh.clicked.connect(self.load)
        self.add = QPushButton(tr("Invite…"), self)
        self.add.setDefault(True)
        self.add.clicked.connect(self._on_add)
        for part in (self.workspace, self.refresh, self.add):
            part.setMinimumHeight(CONTROL_HEIGHT)
        self.segments = WordSwitch(
            {
                "activity": tr("Activity"),
                "members": tr("Members"),
                "projects": tr("Projects"),
            },
            self,
        )
        self.segments.setAccessibleName(tr("What is listed"))
        self.segments.show_chosen(self._view)
        self.segments.chosen.connect(self._on_segment)
        self.project = QComboBox(self)
        self.project.setAccessibleName(tr("Project"))
        self.project.setMinimumHeight(CONTROL_HEIGHT)
        self.project.setMinimumWidth(24 * UNIT)
        self.project.activated.connect(self._on_project)
        head, tools = QHBoxLayout(), QHBoxLayout()
        for line in (head, tools):
            line.setSpacing(UNIT)
        head.addWidget(self.title)
        head.addStretch()
        for part in (self.workspace, self.refresh, self.add):
            head.addWidget(part)
        tools.addWidget(self.segments)
        tools.addStretch()
        tools.addWidget(self.project)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._column.setSpacing(3 * UNIT // 2)
        self._column.addLayout(head)
        self._column.addLayout(tools)

    def _build_list(self) -> None:
        self.state = StateLine(self)
        self.state.pressed.connect(self._on_state_pressed)
        self._then: Callable[[], None] = self.load
        self.card = Card(self)
        self.invite = InviteLine(self.card)
        self.invite.wanted.connect(self._on_invite)
        self.pages = QStackedWidget(self.card)
        self.model = PeopleModel(self)
        self.view = PeopleView(self.model, self.pages)
        self.view.setAccessibleName(tr("Team"))
        self.view.menu_wanted.connect(self._on_menu)
        self.empty = EmptyState(self.pages)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self.card.add(self.invite)
        self.card.add(self.pages, 1)
        self._column.addWidget(self.state)
        self._column.addWidget(self.card, 1)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times
        self._show_rows()

    @Slot()
    def load(self) -> None:
        """Ask the server for everything."""
        place = self._place()
        if place is None or self._request:
            return
        self.state.say(tr("Asking the server…"), tr("Cancel"))
        self._then = self._cancel

        def work(server: "OnlineToggl", db: "Database") -> TeamOverview:
            found = team_overview.read(server, place, now=clock.now())
            if found.members:
                workspace_people.keep_members(db, place.remote_id, found.members)
            return found

        self._request = self.online.ask(work)
        self._show_controls()

    def _load_if_stale(self) -> None:
        place = self._place()
        if place is None:
            return
        shown = self.team is not None and self.team.workspace.id == place.id
        if shown and self.team is not None and clock.now() - self.team.read_at < STALE_SECONDS:
            return
        charged = f"workspace {place.remote_id}"
        left, _ = quota.spare(self.tracking.db, charged, clock.now(), kind="user")
        if left >= _SHORT:
            self.load()
            return
        self._then = self.load
        self.state.say(
            tr("Looking takes {count} requests, and {left} are left in this hour.").format(
                count=REQUESTS, left=left
            ),
            tr("Look") if left >= REQUESTS else "",
        )

    def _place(self) -> WorkspaceRights | None:
        """The workspace that is looked at; None before there is any in the account."""
        chosen = self.workspace.currentData()
        try:
            return None if chosen is None else rights(self.tracking.db, chosen)
        except TrayError:
            return None

    def _cancel(self) -> None:
        self.online.cancel(self._request)
        self._request, self._work = 0, None
        self._then = self.load
        self.state.say(tr("Cancelled."), tr("Try again"))
        self._show_controls()

    def do(self, work: TeamWork) -> None:
        """Have the server do something, and show the team as it is then."""
        if self._request:
            return
        try:
            place = self._place()
            if place is not None:
                work.check(place)
        except TrayError as error:
            self.state.say(str(error), bad=True)
            return
        self._work = work
        self._then = self._cancel
        self.state.say(work.doing, tr("Cancel"))

        def run(server: "OnlineToggl", _: "Database") -> object:
            return work.run(server)

        self._request = self.online.ask(run)
        self._show_controls()

    @Slot(object)
    def _on_answered(self, answer: OnlineAnswer) -> None:
        if answer.number != self._request:
            return
        self._request, work, self._work = 0, self._work, None
        if answer.error:
            self._then = self.load
            self.state.say(answer.error, tr("Try again") if work is None else "", bad=True)
        elif work is not None:
            self._show_done(work, answer.value)
            return
        elif isinstance(answer.value, TeamOverview):
            self.team = answer.value
            missing = in_a_row(self.team.missing)
            self.state.clear()
            if missing:
                self.state.say(missing, bad=True)
        self._show_controls()
        self._show_rows()

    def _show_done(self, work: TeamWork, value: object) -> None:
        sentence = work.outcome(value)
        self.invite.leave()
        self.load()
        if sentence:
            self.state.say(sentence, tr("Cancel"))

    def _show(self) -> None:
        """Which workspaces there are, and what of the page goes with the one that is shown."""
        names, before = self.tracking.snapshot.names, self.workspace.currentData()
        self.workspace.clear()
        for each in names.workspaces.values():
            self.workspace.addItem(plain_text.button(workspace_label(each.name)), each.id)
        at = self.workspace.findData(before)
        self.workspace.setCurrentIndex(max(0, at))
        self.workspace.setVisible(self.workspace.count() > 1)
        self._offer_projects()
        self._show_controls()
        self._show_rows()

    def _offer_projects(self) -> None:
        before = self.project.currentData()
        self.project.clear()
        for each in self.tracking.snapshot.names.projects.values():
            there = remote_rows.remote_id(self.tracking.db, "project", each.id)
            if not each.archived and there and each.workspace_id == self.workspace.currentData():
                self.project.addItem(plain_text.button(each.name), there)
        self.project.setCurrentIndex(max(0, self.project.findData(before)))

    def _show_controls(self) -> None:
        place = self._place()
        admin = place is not None and place.admin is not False
        of_project = self._view == "projects"
        self.project.setVisible(of_project)
        self.add.setText(tr("Add person…") if of_project else tr("Invite…"))
        self.add.setVisible(self._view != "activity" and (of_project or admin))
        self.add.setEnabled(not self._request and self.team is not None)
        self.refresh.setEnabled(not self._request)
        self.view.has_actions = admin and self._view != "activity"

    def _show_rows(self) -> None:
        rows = self._rows()
        self.model.show(rows)
        self.setFocusProxy(self.view if rows else self.segments.buttons[self._view])
        if rows:
            self.pages.setCurrentWidget(self.view)
            return
        self.pages.setCurrentWidget(self.empty)
        if self.team is None:
            self.empty.say(tr("Your team"), tr("Who is in the workspace, and what they are at."))
        elif self._view == "activity":
            self.empty.say(tr("Quiet"), tr("Nobody has tracked anything in the last days."))
        else:
            self.empty.say(tr("Nobody yet"), tr("Add people with the button above."))

    def _rows(self) -> list[PersonRow]:
        team = self.team
        if team is None or team.workspace.id != self.workspace.currentData():
            return []
        if self._view == "members":
            return members(team)
        if self._view == "projects":
            return of_project(team, self.project.currentData() or 0)
        names = {
            self.project.itemData(at): self.project.itemText(at)
            for at in range(self.project.count())
        }
        now = clock.now()
        calendar, times = self.tracking.calendar, self._times
        return activity(
            team, names, lambda each: times.since_today(each, calendar, now=now), now=now
        )

    @Slot(str)
    def _on_segment(self, view: str) -> None:
        self._view = view
        self.invite.leave()
        self._show_controls()
        self._show_rows()

    @Slot()
    def _on_workspace(self) -> None:
        self.team = None
        self._show()
        self._load_if_stale()

    @Slot()
    def _on_project(self) -> None:
        self._show_rows()

    @Slot()
    def _on_state_pressed(self) -> None:
        self._then()

    @Slot()
    def _on_add(self) -> None:
        if self._view != "projects":
            self.invite.open()
            return
        if self.team is None:
            return
        menu = add_menu(self, self.team, self.project.currentData() or 0, self.do)
        self._pop(menu, self.add.mapToGlobal(QPoint(0, self.add.height())))

    @Slot(object)
    def _on_invite(self, emails: list[str]) -> None:
        place = self._place()
        if place is not None:
            self.do(TeamWork.invite(place, emails))

    @Slot(object, object)
    def _on_menu(self, row: PersonRow, place: QPoint) -> None:
        if self.team is not None and not self._request:
            self._pop(row_menu(self, self.team, row, self.do), place)

    def _pop(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
        if not self._request:
            self._load_if_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._request and self._work is None:  # nobody looks any more
            self._cancel()
            self.state.clear()
