"""What is read from the server only when somebody looks: team, profile, dashboard, one entry.

Ids are the server's; times are epoch seconds in UTC.
"""

from typing import NamedTuple, TypedDict

ROLES = ("admin", "user", "projectlead", "teamlead")
"""What a member can be; v8 knows the first two."""


class WorkspaceDetails(NamedTuple):
    """A workspace with its rules."""

    id: int
    name: str
    organization_id: int | None = None
    premium: bool = False
    admin: bool = False
    """Whether the account may administer it."""
    role: str = ""
    default_currency: str = ""
    default_hourly_rate: float | None = None
    rounding: int = 0
    """-1 down, 0 to the nearest, 1 up."""
    rounding_minutes: int = 0
    only_admins_may_create_projects: bool = False
    only_admins_see_billable_rates: bool = False
    only_admins_see_team_dashboard: bool = False
    projects_billable_by_default: bool = False


class WorkspaceFields(TypedDict, total=False):
    """What a workspace is to be; only what changes."""

    name: str
    default_currency: str
    default_hourly_rate: float
    rounding: int
    rounding_minutes: int
    only_admins_may_create_projects: bool
    only_admins_see_billable_rates: bool
    only_admins_see_team_dashboard: bool
    projects_billable_by_default: bool


class User(NamedTuple):
    """Somebody in a workspace, as everyone in it may see."""

    id: int
    name: str = ""
    email: str = ""
    inactive: bool = False


class Member(NamedTuple):
    """Somebody's membership of a workspace."""

    id: int
    """Of the membership, not of the user."""
    user_id: int | None
    """None before an invitation is accepted by somebody new."""
    name: str = ""
    email: str = ""
    role: str = "user"
    joined: bool = True
    """Whether the invitation was accepted."""
    inactive: bool = False
    rate: float | None = None

    @property
    def label(self) -> str:
        """Who it is."""
        return self.name or self.email or str(self.user_id or self.id)


class MemberFields(TypedDict, total=False):
    """What a membership is to be; only what changes."""

    role: str
    inactive: bool
    rate: float


class Invitation(NamedTuple):
    """What became of one invitation."""

    email: str
    invited: bool
    message: str = ""
    """The server's words on it."""


class ProjectMember(NamedTuple):
    """Somebody's part in a project."""

    id: int
    project_id: int
    user_id: int
    manager: bool = False
    rate: float | None = None

    def is_of(self, project_id: int | None, user_id: int | None) -> bool:
        """Whether it is the part in that project, of that user; None: of any."""
        return project_id in (None, self.project_id) and user_id in (None, self.user_id)


class ProjectMemberFields(TypedDict, total=False):
    """What somebody is to be in a project; only what changes."""

    manager: bool
    rate: float


class AddedMembers(NamedTuple):
    """What became of adding several users to a project."""

    done: tuple[ProjectMember, ...]
    failed: dict[int, str]
    """The server's words for each user it refused."""


class TeamActivity(NamedTuple):
    """One of the latest things that somebody in a workspace tracked."""

    user_id: int
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    seconds: int = 0
    """Its length; of one that runs, 0."""
    start: int | None = None
    """Of one that runs."""
    stop: int | None = None


class MostActive(NamedTuple):
    """Who tracked most in the last seven days."""

    user_id: int
    seconds: int
    name: str = ""


class Dashboard(NamedTuple):
    """What goes on in a workspace."""

    most_active: tuple[MostActive, ...] = ()
    activity: tuple[TeamActivity, ...] = ()
    """The latest first."""

    @property
    def running(self) -> tuple[TeamActivity, ...]:
        """What is being done now."""
        return tuple(each for each in self.activity if each.start is not None)


class Group(NamedTuple):
    """A group of members."""

    id: int
    name: str
    members: tuple[str, ...] = ()


class Profile(NamedTuple):
    """The user of the account, and how the account shows things."""

    user_id: int
    name: str = ""
    email: str = ""
    time_zone: str = ""
    beginning_of_week: int | None = None
    """0 is Sunday."""
    timeofday_format: str = ""
    """``H:mm`` or ``h:mm A``."""
    date_format: str = ""
    """Such as ``YYYY-MM-DD``."""
    duration_format: str = ""
    """``classic``, ``improved`` or ``decimal``; not in v8."""
    send_weekly_report: bool | None = None
    send_product_emails: bool | None = None
    send_timer_notifications: bool | None = None


class ProfileFields(TypedDict, total=False):
    """What the profile is to be; only what changes."""

    fullname: str
    email: str
    timezone: str
    beginning_of_week: int
    timeofday_format: str
    date_format: str
    send_weekly_report: bool
    send_product_emails: bool
    send_timer_notifications: bool
    current_password: str
    password: str


class SharedWith(NamedTuple):
    """With whom an entry is shared."""

    user_id: int | None
    name: str = ""
    accepted: bool = False


class EntryDetails(NamedTuple):
    """All that the server knows of one entry."""

    id: int
    workspace_id: int
    description: str = ""
    user_id: int | None = None
    user_name: str = ""
    client: str = ""
    project_id: int | None = None
    project: str = ""
    project_colour: str = ""
    project_active: bool | None = None
    project_billable: bool | None = None
    task_id: int | None = None
    task: str = ""
    tags: tuple[str, ...] = ()
    billable: bool = False
    start: int = 0
    stop: int | None = None
    changed_at: int | None = None
    permissions: tuple[str, ...] = ()
    shared_with: tuple[SharedWith, ...] = ()
