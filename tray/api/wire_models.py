"""The shapes in which v8 and v9 send things, and what each is in ours.

One shape serves both protocols: every name that v8 or an old v9 used is accepted beside the new
one, unknown fields are passed over, and ``null`` is as good as a missing field.
"""

from datetime import datetime
from itertools import chain
from typing import Annotated, Final, TypeAlias

from tray.api.codec import Meta, Raw, Struct
from tray.api.palette import colour_of
from tray.api.remote_values import (
    Bulk,
    Formats,
    Me,
    RemoteClient,
    RemoteEntry,
    RemoteProject,
    RemoteTag,
    RemoteTask,
    RemoteWorkspace,
)
from tray.api.timestamps import LAST, microseconds, seconds
from tray.api.tolerant import sift
from tray.sentences import tr

Id: TypeAlias = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Link: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""The id of something else; in some replies of v8, 0 means none."""
Timestamp: TypeAlias = Annotated[datetime, Meta(tz=True)]


LONGEST_PATTERN: Final = 32


class WireEntry(Struct, kw_only=True):
    """A time entry."""

    id: Id
    workspace_id: Link | None = None
    wid: Link | None = None
    project_id: Link | None = None
    pid: Link | None = None
    task_id: Link | None = None
    tid: Link | None = None
    description: str | None = None
    billable: bool | None = None
    tags: list[str] | None = None
    tag_ids: list[Id] | None = None
    start: Timestamp
    stop: Timestamp | None = None
    duration: int | None = None
    at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def __post_init__(self) -> None:
        _need(self.workspace_id or self.wid, "workspace_id")
        if seconds(self.start) < 0:
            raise ValueError(tr("start before the year 1970"))
        if self.duration is not None and seconds(self.start) + self.duration > LAST:
            raise ValueError(tr("duration that never ends"))

    def value(self) -> RemoteEntry:
        """The entry as we have it."""
        return RemoteEntry(
            id=self.id,
            workspace_id=self.workspace_id or self.wid or 0,
            description=self.description or "",
            project_id=self.project_id or self.pid or None,
            task_id=self.task_id or self.tid or None,
            tags=tuple(filter(None, self.tags or ())),
            tag_ids=tuple(self.tag_ids or ()),
            billable=bool(self.billable),
            start=seconds(self.start),
            stop=self._stop(),
            at=_at(self.at),
            deleted=self.server_deleted_at is not None,
        )

    def _stop(self) -> int | None:
        """When it ended; a client whose clock was wrong may have stopped it before its start."""
        start = seconds(self.start)
        if self.stop is not None:
            return max(start, seconds(self.stop))
        if self.duration is None or self.duration < 0:
            return None
        return start + self.duration


class WireShare(Struct):
    """With whom an entry is shared."""

    user_id: int | None = None
    user_name: str | None = None
    accepted: bool | None = None


class FullWireEntry(WireEntry, kw_only=True):
    """A time entry with every field of the v9 document; the last ones come with ``meta`` only."""

    user_id: Link | None = None
    uid: Link | None = None
    duronly: bool | None = None
    permissions: list[str] | None = None
    shared_with: list[WireShare] | None = None
    expense_ids: list[int] | None = None
    client_id: Link | None = None
    client_name: str | None = None
    project_name: str | None = None
    project_color: str | None = None
    project_active: bool | None = None
    project_billable: bool | None = None
    task_name: str | None = None
    user_name: str | None = None
    user_avatar_url: str | None = None


class WireConstraints(Struct):
    """What a workspace asks of each entry."""

    time_entry_constraints_enabled: bool | None = None
    description_present: bool | None = None
    project_present: bool | None = None
    tag_present: bool | None = None
    task_present: bool | None = None

    def required(self) -> tuple[str, ...]:
        """The fields that an entry must have."""
        present = {
            "description": self.description_present,
            "project": self.project_present,
            "tag": self.tag_present,
            "task": self.task_present,
        }
        names = tuple(name for name, is_present in present.items() if is_present)
        return names if self.time_entry_constraints_enabled else ()


class WireWorkspace(Struct):
    """A workspace."""

    id: Id
    name: str
    organization_id: Link | None = None
    premium: bool | None = None
    business_ws: bool | None = None
    admin: bool | None = None
    role: str | None = None
    te_constraints: WireConstraints | None = None
    only_admins_may_create_projects: bool | None = None
    only_admins_may_create_tags: bool | None = None
    at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def value(self) -> RemoteWorkspace:
        """The workspace as we have it."""
        return RemoteWorkspace(
            id=self.id,
            name=self.name,
            organization_id=self.organization_id or None,
            premium=bool(self.premium or self.business_ws),
            admin=self.role == "admin" if self.role and not self.admin else self.admin,
            at=_at(self.at),
            required=self.te_constraints.required() if self.te_constraints else (),
            only_admins_create_projects=bool(self.only_admins_may_create_projects),
            only_admins_create_tags=bool(self.only_admins_may_create_tags),
        )


class WireClient(Struct):
    """A client of a workspace."""

    id: Id
    name: str
    wid: Link | None = None
    workspace_id: Link | None = None
    archived: bool | None = None
    notes: str | None = None
    external_reference: str | None = None
    at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def __post_init__(self) -> None:
        _need(self.workspace_id or self.wid, "wid")

    def value(self) -> RemoteClient:
        """The client as we have it."""
        return RemoteClient(
            id=self.id,
            workspace_id=self.workspace_id or self.wid or 0,
            name=self.name,
            archived=bool(self.archived),
            at=_at(self.at),
            deleted=self.server_deleted_at is not None,
            notes=self.notes or None,
            external_reference=self.external_reference or None,
        )


class WireProject(Struct):
    """A project."""

    id: Id
    name: str
    workspace_id: Link | None = None
    wid: Link | None = None
    client_id: Link | None = None
    cid: Link | None = None
    active: bool | None = None
    billable: bool | None = None
    color: str | int | None = None
    hex_color: str | None = None
    status: str | None = None
    is_private: bool | None = None
    template: bool | None = None
    auto_estimates: bool | None = None
    estimated_hours: int | None = None
    rate: float | None = None
    fixed_fee: float | None = None
    start_date: str | None = None
    end_date: str | None = None
    at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def __post_init__(self) -> None:
        _need(self.workspace_id or self.wid, "workspace_id")

    def value(self) -> RemoteProject:
        """The project as we have it."""
        return RemoteProject(
            id=self.id,
            workspace_id=self.workspace_id or self.wid or 0,
            name=self.name,
            client_id=self.client_id or self.cid or None,
            colour=colour_of(self.hex_color or self.color),
            archived=self.active is False,
            billable=bool(self.billable),
            at=_at(self.at),
            deleted=self.server_deleted_at is not None or self.status == "deleted",
            private=self.is_private,
            template=self.template,
            auto_estimates=self.auto_estimates,
            estimated_hours=self.estimated_hours,
            rate_cents=_cents(self.rate),
            fixed_fee_cents=_cents(self.fixed_fee),
            start_date=_date(self.start_date),
            end_date=_date(self.end_date),
        )


class WireTask(Struct):
    """A task of a project."""

    id: Id
    name: str
    workspace_id: Link | None = None
    wid: Link | None = None
    project_id: Link | None = None
    pid: Link | None = None
    active: bool | None = None
    estimated_seconds: int | None = None
    user_id: Link | None = None
    uid: Link | None = None
    at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def __post_init__(self) -> None:
        _need(self.workspace_id or self.wid, "workspace_id")
        _need(self.project_id or self.pid, "project_id")

    def value(self) -> RemoteTask:
        """The task as we have it."""
        return RemoteTask(
            id=self.id,
            workspace_id=self.workspace_id or self.wid or 0,
            project_id=self.project_id or self.pid or 0,
            name=self.name,
            archived=self.active is False,
            at=_at(self.at),
            deleted=self.server_deleted_at is not None,
            estimated_seconds=self.estimated_seconds or None,
            user_id=self.user_id or self.uid or None,
        )


class WireTag(Struct):
    """A tag of a workspace."""

    id: Id
    name: str
    workspace_id: Link | None = None
    wid: Link | None = None
    at: Timestamp | None = None
    deleted_at: Timestamp | None = None
    server_deleted_at: Timestamp | None = None

    def __post_init__(self) -> None:
        _need(self.workspace_id or self.wid, "workspace_id")

    def value(self) -> RemoteTag:
        """The tag as we have it."""
        return RemoteTag(
            id=self.id,
            workspace_id=self.workspace_id or self.wid or 0,
            name=self.name,
            at=_at(self.at),
            deleted=(self.deleted_at or self.server_deleted_at) is not None,
        )


class _Failure(Struct):
    id: Id
    message: str | None = None


class Patched(Struct):
    """What became of a change to several things at once."""

    success: list[Id] | None = None
    failure: list[_Failure] | None = None

    def value(self) -> Bulk:
        """The same as we have it."""
        failed = {each.id: each.message or "" for each in self.failure or ()}
        return Bulk(tuple(self.success or ()), failed)


class WireFormats(Struct):
    """How the account shows dates, times and lengths, in the reply of v9 that has only that."""

    date_format: object = None
    timeofday_format: object = None
    duration_format: object = None

    def value(self) -> Formats:
        """The same as we have it."""
        return formats_of(self.date_format, self.timeofday_format, self.duration_format)


class WireAccount(Struct):
    """Who is signed in; with related data, all that belongs to the account."""

    id: Id
    default_workspace_id: object = None
    default_wid: object = None
    fullname: object = None
    email: object = None
    api_token: object = None
    timezone: object = None
    beginning_of_week: object = None
    date_format: object = None
    timeofday_format: object = None
    duration_format: object = None
    workspaces: list[Raw] | None = None
    clients: list[Raw] | None = None
    projects: list[Raw] | None = None
    tasks: list[Raw] | None = None
    tags: list[Raw] | None = None
    time_entries: list[Raw] | None = None

    def value(self, *, has_entries: bool = True) -> Me:
        """The account as we have it, as far as it can be read.

        Raises:
            ValueError: of several things of a kind not one can be read.
        """
        workspaces, clients, projects, tasks, tags, entries = found = [
            sift(raws or (), kind, name)
            for raws, kind, name in (
                (self.workspaces, WireWorkspace, "workspace"),
                (self.clients, WireClient, "client"),
                (self.projects, WireProject, "project"),
                (self.tasks, WireTask, "task"),
                (self.tags, WireTag, "tag"),
                (self.time_entries, WireEntry, "entry"),
            )
        ]
        there = [each.value() for each in workspaces.shapes if each.server_deleted_at is None]
        formats = formats_of(self.date_format, self.timeofday_format, self.duration_format)
        default = self.default_workspace_id or self.default_wid
        if not isinstance(default, int):
            default = there[0].id if there else 0
        return Me(
            user_id=self.id,
            default_workspace_id=default,
            name=_text(self.fullname),
            email=_text(self.email),
            api_token=_text(self.api_token),
            time_zone=_text(self.timezone),
            beginning_of_week=_weekday(self.beginning_of_week),
            formats=formats if any(formats) else None,
            workspaces=tuple(there),
            clients=tuple(each.value() for each in clients.shapes),
            projects=tuple(each.value() for each in projects.shapes),
            tasks=tuple(each.value() for each in tasks.shapes),
            tags=tuple(each.value() for each in tags.shapes),
            entries=tuple(each.value() for each in entries.shapes),
            has_entries=has_entries,
            skipped=tuple(chain.from_iterable(each.skipped for each in found)),
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def formats_of(date: object, time: object, length: object) -> Formats:
    """How the account shows them, as far as that can be read."""
    return Formats(_pattern(date), _pattern(time), _pattern(length))


def _pattern(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_PATTERN else None


def _weekday(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 7 else None


def _cents(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 100)


def _date(text: str | None) -> str | None:
    """The day of a date, which some servers give with a time of day."""
    return text[:10] if text else None


def _at(moment: datetime | None) -> int:
    return 0 if moment is None else max(0, microseconds(moment))


def _need(link: int | None, name: str) -> None:
    if not link:
        raise ValueError(tr("no {name}").format(name=name))
