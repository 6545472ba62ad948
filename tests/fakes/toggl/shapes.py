"""The JSON in which v9 shows things."""

from typing import Any

from tests.fakes.toggl.rows import Client, Entry, Project, Tag, Task, Workspace
from tests.fakes.toggl.stamps import fraction, offset, seconds, zulu
from tests.fakes.toggl.state import State

Json = dict[str, Any]


def entry(state: State, row: Entry, *, meta: bool = False, legacy: bool = True) -> Json:
    """An entry as GET shows it; by its id alone, without the legacy fields."""
    tags = state.tags_of(row)
    shown: Json = {
        "id": row.id,
        "workspace_id": row.workspace_id,
        "project_id": row.project_id,
        "task_id": row.task_id,
        "billable": row.billable,
        "start": offset(row.start),
        "stop": None if row.stop is None else offset(row.stop),
        "duration": row.duration,
        "description": row.description,
        "tags": [tag.name for tag in tags if tag.deleted_at is None],
        "tag_ids": [tag.id for tag in tags],
        "duronly": True,
        "at": fraction(row.at),
        "server_deleted_at": seconds(row.deleted_at)
        if state.since_marks_deleted and row.deleted_at
        else None,
        "user_id": state.user_id,
    }
    if legacy:
        shown |= {"uid": state.user_id, "wid": row.workspace_id}
        shown |= {} if row.project_id is None else {"pid": row.project_id}
        shown |= {} if row.task_id is None else {"tid": row.task_id}
    return shown | _meta(state, row) if meta else shown


def written(state: State, row: Entry, *, meta: bool = False) -> Json:
    """An entry as the reply to PUT and PATCH shows it."""
    stop = None if row.stop is None else zulu(row.stop)
    return entry(state, row, meta=meta) | {"start": zulu(row.start), "stop": stop}


def created(state: State, row: Entry, *, sent: Json, meta: bool = False) -> Json:
    """An entry as the reply to POST shows it: null for no tags, no stop where none was sent."""
    shown = written(state, row, meta=meta)
    if not row.tag_ids:
        shown |= {"tags": None, "tag_ids": None}
    if sent.get("duration") is None and sent.get("stop") is None:
        shown["stop"] = None
    return shown


def _meta(state: State, row: Entry) -> Json:
    shown: Json = {}
    if row.project_id is not None:
        project = state.projects[row.project_id]
        if project.client_id is not None:
            shown["client_name"] = state.clients[project.client_id].name
        shown |= {
            "project_name": project.name,
            "project_color": project.colour,
            "project_active": project.active,
            "project_billable": project.billable,
        }
    if row.task_id is not None:
        shown["task_name"] = state.tasks[row.task_id].name
    return shown | {"user_name": state.fullname, "user_avatar_url": ""}


def sharing(state: State, row: Entry, wanted: bool) -> Json:
    """With whom an entry is shared, where that is asked for."""
    names = {each.user_id: each.name for each in state.memberships.values()}
    shared = [
        {"user_id": each, "user_name": names.get(each, ""), "accepted": False}
        for each in row.shared_with
    ]
    return {"shared_with": shared} if wanted else {}


def project(row: Project) -> Json:
    """A project."""
    return {
        "id": row.id,
        "workspace_id": row.workspace_id,
        "client_id": row.client_id,
        "name": row.name,
        "is_private": row.is_private,
        "active": row.active,
        "at": seconds(row.at),
        "created_at": seconds(row.created_at),
        "server_deleted_at": None if row.deleted_at is None else seconds(row.deleted_at),
        "color": row.colour,
        "billable": row.billable,
        "template": row.template,
        "auto_estimates": row.auto_estimates,
        "estimated_hours": row.estimated_hours,
        "rate": row.rate,
        "currency": None,
        "recurring": False,
        "recurring_parameters": None,
        "fixed_fee": row.fixed_fee,
        **({"start_date": row.start_date} if row.start_date else {}),
        **({"end_date": row.end_date} if row.end_date else {}),
        "actual_hours": None,
        "status": _status(row),
        "wid": row.workspace_id,
        "cid": row.client_id,
    }


def _status(row: Project) -> str:
    if row.deleted_at is not None:
        return "deleted"
    return "active" if row.active else "archived"


def client(row: Client) -> Json:
    """A client, whose workspace only has its legacy name."""
    shown: Json = {
        "id": row.id,
        "wid": row.workspace_id,
        "archived": row.archived,
        "name": row.name,
        "at": seconds(row.at),
    }
    if row.notes is not None:
        shown["notes"] = row.notes
    if row.external_reference is not None:
        shown["external_reference"] = row.external_reference
    if row.deleted_at is not None:
        shown["server_deleted_at"] = seconds(row.deleted_at)
    return shown


def task(row: Task) -> Json:
    """A task."""
    shown: Json = {
        "id": row.id,
        "name": row.name,
        "workspace_id": row.workspace_id,
        "project_id": row.project_id,
        "user_id": row.user_id,
        "recurring": False,
        "active": row.active,
        "at": seconds(row.at),
        "estimated_seconds": row.estimated_seconds,
        "tracked_seconds": 0,
    }
    if row.deleted_at is not None:
        shown["server_deleted_at"] = seconds(row.deleted_at)
    return shown


def tag(state: State, row: Tag) -> Json:
    """A tag."""
    shown: Json = {
        "id": row.id,
        "workspace_id": row.workspace_id,
        "name": row.name,
        "at": fraction(row.at),
        "creator_id": state.user_id,
    }
    if row.deleted_at is not None:
        shown["deleted_at"] = fraction(row.deleted_at)
    return shown


def constraints(row: Workspace) -> Json:
    """What a workspace asks of entries."""
    shown = {f"{name}_present": True for name in sorted(row.required)}
    return {"time_entry_constraints_enabled": bool(row.required), **shown}


def workspace(row: Workspace) -> Json:
    """A workspace."""
    return {
        "id": row.id,
        "organization_id": row.organization_id,
        "name": row.name,
        "premium": row.premium if row.premium_shown is None else row.premium_shown,
        "business_ws": False,
        "admin": row.admin,
        "role": "admin" if row.admin else "user",
        "suspended_at": None,
        "server_deleted_at": None,
        "default_hourly_rate": None,
        "default_currency": "USD",
        "only_admins_may_create_projects": False,
        "only_admins_may_create_tags": False,
        "te_constraints": constraints(row),
        "only_admins_see_billable_rates": False,
        "only_admins_see_team_dashboard": False,
        "projects_billable_by_default": True,
        "rounding": 0,
        "rounding_minutes": 0,
        **row.rules,
        "at": seconds(row.at),
        "ical_enabled": True,
        "csv_upload": None,
        "subscription": None,
    }


def user(state: State) -> Json:
    """The user."""
    return {
        "id": state.user_id,
        "api_token": state.token,
        "email": state.email,
        "fullname": state.fullname,
        "timezone": state.time_zone,
        "toggl_accounts_id": "A" * 22,
        "default_workspace_id": next(iter(state.workspaces)),
        "beginning_of_week": state.beginning_of_week,
        "image_url": "",
        "created_at": fraction(state.created_at),
        "updated_at": fraction(state.created_at),
        "openid_email": None,
        "openid_enabled": False,
        "country_id": None,
        "has_password": True,
        "at": fraction(int(state.now * 1_000_000)),
    }
