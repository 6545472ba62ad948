"""The JSON in which v8 shows things: short names, whole seconds, and nothing that is null."""

from typing import Any

from tests.fakes.toggl.catalogue import PALETTE
from tests.fakes.toggl.rows import Client, Entry, Project, Tag, Task, Workspace
from tests.fakes.toggl.stamps import offset, seconds
from tests.fakes.toggl.state import State

Json = dict[str, Any]


def entry(state: State, row: Entry) -> Json:
    """A time entry; the duration of a running one is minus the epoch seconds of its start."""
    return _present(
        id=row.id,
        wid=row.workspace_id,
        pid=row.project_id,
        tid=row.task_id,
        billable=row.billable,
        start=offset(row.start),
        stop=None if row.stop is None else offset(row.stop),
        duration=-row.start if row.stop is None else row.duration,
        description=row.description,
        tags=[tag.name for tag in state.tags_of(row)] or None,
        duronly=False,
        at=seconds(row.at),
        uid=state.user_id,
        server_deleted_at=_deleted(row.deleted_at),
    )


def project(row: Project) -> Json:
    """A project; its colour by its place in the palette, and in hex."""
    return _present(
        id=row.id,
        wid=row.workspace_id,
        cid=row.client_id,
        name=row.name,
        billable=row.billable,
        is_private=row.is_private,
        active=row.active,
        template=bool(row.template),
        at=seconds(row.at),
        created_at=seconds(row.created_at),
        color=str(PALETTE.index(row.colour)) if row.colour in PALETTE else "0",
        auto_estimates=bool(row.auto_estimates),
        estimated_hours=row.estimated_hours,
        rate=row.rate,
        hex_color=row.colour,
        server_deleted_at=_deleted(row.deleted_at),
    )


def client(row: Client) -> Json:
    """A client."""
    return _present(
        id=row.id,
        wid=row.workspace_id,
        name=row.name,
        notes=row.notes,
        at=seconds(row.at),
        server_deleted_at=_deleted(row.deleted_at),
    )


def task(row: Task) -> Json:
    """A task."""
    return _present(
        id=row.id,
        name=row.name,
        wid=row.workspace_id,
        pid=row.project_id,
        active=row.active,
        uid=row.user_id,
        at=seconds(row.at),
        estimated_seconds=row.estimated_seconds or 0,
        server_deleted_at=_deleted(row.deleted_at),
    )


def tag(row: Tag) -> Json:
    """A tag."""
    return _present(
        id=row.id,
        wid=row.workspace_id,
        name=row.name,
        at=seconds(row.at),
        server_deleted_at=_deleted(row.deleted_at),
    )


def workspace(row: Workspace) -> Json:
    """A workspace."""
    return {
        "id": row.id,
        "name": row.name,
        "profile": 0,
        "premium": row.premium,
        "admin": row.admin,
        "default_hourly_rate": 0,
        "default_currency": "USD",
        "only_admins_may_create_projects": False,
        "rounding": 1,
        "rounding_minutes": 0,
        **row.rules,
        "at": seconds(row.at),
        "ical_enabled": True,
    }


def user(state: State) -> Json:
    """The user."""
    return {
        "id": state.user_id,
        "api_token": state.token,
        "default_wid": next(iter(state.workspaces)),
        "email": state.email,
        "fullname": state.fullname,
        **state.preferences,
        "store_start_and_stop_time": True,
        "beginning_of_week": state.beginning_of_week,
        "language": "en_US",
        "timezone": state.time_zone,
        "at": seconds(state.created_at),
    }


def _present(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def _deleted(deleted_at: int | None) -> str | None:
    return None if deleted_at is None else seconds(deleted_at)
