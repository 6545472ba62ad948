"""The shapes in which v8 and v9 send workspaces, members, dashboards and profiles."""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from tray.api.codec import Meta, Struct
from tray.api.team_values import (
    EntryDetails,
    Group,
    Invitation,
    Member,
    MostActive,
    Profile,
    ProjectMember,
    SharedWith,
    TeamActivity,
    User,
    WorkspaceDetails,
)
from tray.api.timestamps import seconds
from tray.api.wire_models import FullWireEntry, Id, Link, Timestamp

Amount: TypeAlias = Annotated[float, Meta(ge=0, le=1e12)]
_Seconds: TypeAlias = Annotated[int, Meta(ge=-(2**40), le=2**40)]


class WireDetails(Struct):
    """A workspace with its rules."""

    id: Id
    name: str
    organization_id: Link | None = None
    premium: bool | None = None
    business_ws: bool | None = None
    admin: bool | None = None
    role: str | None = None
    default_currency: str | None = None
    default_hourly_rate: Amount | None = None
    rounding: int | None = None
    rounding_minutes: int | None = None
    only_admins_may_create_projects: bool | None = None
    only_admins_see_billable_rates: bool | None = None
    only_admins_see_team_dashboard: bool | None = None
    projects_billable_by_default: bool | None = None

    def value(self) -> WorkspaceDetails:
        """The workspace as we have it."""
        return WorkspaceDetails(
            id=self.id,
            name=self.name,
            organization_id=self.organization_id,
            premium=bool(self.premium or self.business_ws),
            admin=bool(self.admin) or self.role == "admin",
            role=self.role or ("admin" if self.admin else "user"),
            default_currency=self.default_currency or "",
            default_hourly_rate=self.default_hourly_rate,
            rounding=self.rounding or 0,
            rounding_minutes=self.rounding_minutes or 0,
            only_admins_may_create_projects=bool(self.only_admins_may_create_projects),
            only_admins_see_billable_rates=bool(self.only_admins_see_billable_rates),
            only_admins_see_team_dashboard=bool(self.only_admins_see_team_dashboard),
            projects_billable_by_default=bool(self.projects_billable_by_default),
        )


class WireUser(Struct):
    """Somebody in a workspace."""

    id: Id
    fullname: str | None = None
    name: str | None = None
    email: str | None = None
    inactive: bool | None = None

    def value(self) -> User:
        """The user as we have it."""
        name = self.fullname or self.name or ""
        return User(self.id, name, self.email or "", bool(self.inactive))


class WireMember(Struct):
    """Somebody's membership of a workspace."""

    id: Id
    user_id: Link | None = None
    uid: Link | None = None
    name: str | None = None
    email: str | None = None
    role: str | None = None
    admin: bool | None = None
    workspace_admin: bool | None = None
    active: bool | None = None
    inactive: bool | None = None
    rate: Amount | None = None

    def value(self) -> Member:
        """The membership as we have it."""
        admin = self.admin or self.workspace_admin
        return Member(
            id=self.id,
            user_id=self.user_id or self.uid or None,
            name=self.name or "",
            email=self.email or "",
            role=self.role or ("admin" if admin else "user"),
            joined=self.active is not False,
            inactive=bool(self.inactive),
            rate=self.rate,
        )


class WireProjectMember(Struct):
    """Somebody's part in a project."""

    id: Id
    project_id: Link | None = None
    pid: Link | None = None
    user_id: Link | None = None
    uid: Link | None = None
    manager: bool | None = None
    rate: Amount | None = None

    def value(self) -> ProjectMember:
        """The part as we have it."""
        return ProjectMember(
            self.id,
            self.project_id or self.pid or 0,
            self.user_id or self.uid or 0,
            bool(self.manager),
            self.rate,
        )


class WireActivity(Struct):
    """One of the latest things that somebody tracked."""

    user_id: Id
    duration: _Seconds = 0
    description: str | None = None
    project_id: Link | None = None
    tid: Link | None = None
    stop: Timestamp | None = None

    def value(self) -> TeamActivity:
        """The activity as we have it; a negative duration is minus the start."""
        runs = self.duration < 0
        return TeamActivity(
            user_id=self.user_id,
            description=self.description or "",
            project_id=self.project_id or None,
            task_id=self.tid or None,
            seconds=0 if runs else self.duration,
            start=-self.duration if runs else None,
            stop=None if runs or self.stop is None else seconds(self.stop),
        )


class WireMostActive(Struct):
    """Who tracked most in the last seven days."""

    user_id: Id
    duration: _Seconds = 0
    fullname: str | None = None

    def value(self) -> MostActive:
        """The same as we have it."""
        return MostActive(self.user_id, max(0, self.duration), self.fullname or "")


class WireDashboard(Struct):
    """Both lists of v8's dashboard."""

    most_active_user: list[WireMostActive] | None = None
    activity: list[WireActivity] | None = None


class _WireGroupUser(Struct):
    user_id: Link | None = None
    name: str | None = None


class WireGroup(Struct):
    """A group of members."""

    name: str
    group_id: Link | None = None
    id: Link | None = None
    users: list[_WireGroupUser] | None = None

    def value(self) -> Group:
        """The group as we have it."""
        members = (each.name or str(each.user_id) for each in self.users or ())
        return Group(self.group_id or self.id or 0, self.name, tuple(members))


class WireProfile(Struct):
    """The user, and how the account shows things: in v9 the second by a call of its own."""

    id: Id | None = None
    fullname: str | None = None
    email: str | None = None
    timezone: str | None = None
    beginning_of_week: int | None = None
    timeofday_format: str | None = None
    date_format: str | None = None
    duration_format: str | None = None
    send_weekly_report: bool | None = None
    send_product_emails: bool | None = None
    send_timer_notifications: bool | None = None

    def value(self, formats: "WireProfile | None" = None) -> Profile:
        """The profile as we have it, with what `formats` has of it."""
        shown = formats or self
        return Profile(
            user_id=self.id or 0,
            name=self.fullname or "",
            email=self.email or "",
            time_zone=self.timezone or "",
            beginning_of_week=self.beginning_of_week,
            timeofday_format=shown.timeofday_format or "",
            date_format=shown.date_format or "",
            duration_format=shown.duration_format or "",
            send_weekly_report=shown.send_weekly_report,
            send_product_emails=shown.send_product_emails,
            send_timer_notifications=shown.send_timer_notifications,
        )


class WireInvited(Struct):
    """One who was invited."""

    email: str | None = None
    name: str | None = None


class WireInvitations(Struct):
    """Who was invited, and remarks on others."""

    data: list[WireInvited] | None = None
    notifications: list[str] | None = None
    messages: list[str] | None = None

    def of(self, emails: Sequence[str]) -> list[Invitation]:
        """What became of each, in the order of `emails`."""
        done = {(each.email or "").lower() for each in self.data or ()}
        remarks = [*(self.notifications or ()), *(self.messages or ())]

        def outcome(email: str) -> Invitation:
            words = next((each for each in remarks if email.lower() in each.lower()), "")
            return Invitation(email, email.lower() in done, words)

        return [outcome(each) for each in emails]


def entry_details(entry: FullWireEntry) -> EntryDetails:
    """An entry with all that belongs to it."""
    plain = entry.value()
    return EntryDetails(
        id=plain.id,
        workspace_id=plain.workspace_id,
        description=plain.description,
        user_id=entry.user_id or entry.uid,
        user_name=entry.user_name or "",
        client=entry.client_name or "",
        project_id=plain.project_id,
        project=entry.project_name or "",
        project_colour=entry.project_color or "",
        project_active=entry.project_active,
        project_billable=entry.project_billable,
        task_id=plain.task_id,
        task=entry.task_name or "",
        tags=plain.tags,
        billable=plain.billable,
        start=plain.start,
        stop=plain.stop,
        changed_at=None if entry.at is None else seconds(entry.at),
        permissions=tuple(entry.permissions or ()),
        shared_with=tuple(
            SharedWith(each.user_id, each.user_name or "", bool(each.accepted))
            for each in entry.shared_with or ()
        ),
    )
