"""What v9 answers with, key by key: those that can be null are there all the same.

Other people's programs die without some of these keys; which, their tests in `tests/hub` show.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from tray.api.timestamps import stamp
from tray.hub.api_call import ApiCall
from tray.hub.wire_ids import wire_id
from tray.model.entities import Client, Project, Tag, Task, Workspace
from tray.store import catalogue, remote_rows
from tray.store.catalogue import Names
from tray.store.entry_changes import EntryState

Json: TypeAlias = dict[str, Any]
_EPOCH: Final = "2006-01-01T00:00:00Z"
"""For when something was made, which is not known here."""
PICTURE: Final = "https://assets.track.toggl.com/images/profile.png"
_ACCOUNTS_ID: Final = "local{:017d}"


def entry(call: ApiCall, state: EntryState, names: Names, *, meta: bool = False) -> Json:
    """A time entry; the duration of a running one is minus the epoch seconds of its start."""
    of, found = state.entry, call.ids
    project_id = found.of_optional("project", of.project_id)
    task_id = found.of_optional("task", of.task_id)
    tags = [names.tags[each] for each in of.tag_ids if each in names.tags]
    workspace_id = found.of("workspace", of.workspace_id)
    shown: Json = {
        "id": wire_id(of.id, state.remote_id),
        "workspace_id": workspace_id,
        "project_id": project_id,
        "task_id": task_id,
        "billable": of.billable,
        "start": stamp(of.start),
        "stop": None if of.stop is None else stamp(of.stop),
        "duration": -of.start if of.stop is None else of.stop - of.start,
        "description": of.description,
        "tags": [tag.name for tag in tags],
        "tag_ids": [found.of("tag", tag.id) for tag in tags],
        "duronly": True,
        "at": stamp(state.at),
        "server_deleted_at": stamp(state.at) if state.deleted else None,
        "user_id": call.owner.id,
        "uid": call.owner.id,
        "wid": workspace_id,
        "permissions": None,
    }
    if project_id is not None:
        shown["pid"] = project_id
    if task_id is not None:
        shown["tid"] = task_id
    return shown | _meta(call, state, names) if meta else shown


def _meta(call: ApiCall, state: EntryState, names: Names) -> Json:
    project = names.projects.get(state.entry.project_id or 0)
    client = names.clients.get((project and project.client_id) or 0)
    task = names.tasks.get(state.entry.task_id or 0)
    return {
        "client_name": client and client.name,
        "project_name": project and project.name,
        "project_color": project and project.colour,
        "project_active": project and not project.archived,
        "project_billable": project and project.billable,
        "task_name": task and task.name,
        "user_name": call.owner.name,
        "user_avatar_url": PICTURE,
    }


def workspace(call: ApiCall, row: Workspace) -> Json:
    """A workspace; what is set on its server only is as Toggl has it at first."""
    base = _base(call, "workspace", row.id)
    admin = base.get("admin") != 0
    return {
        "id": call.ids.of("workspace", row.id),
        "organization_id": organization_id(call, row),
        "name": row.name,
        "profile": 0,
        "premium": bool(base.get("premium")),
        "business_ws": False,
        "admin": admin,
        "role": "admin" if admin else "user",
        "suspended_at": None,
        "server_deleted_at": None,
        "default_hourly_rate": None,
        "rate_last_updated": None,
        "default_currency": "USD",
        "only_admins_may_create_projects": bool(base.get("only_admins_create_projects")),
        "only_admins_may_create_tags": bool(base.get("only_admins_create_tags")),
        "only_admins_see_billable_rates": False,
        "only_admins_see_team_dashboard": False,
        "projects_billable_by_default": False,
        "projects_private_by_default": True,
        "projects_enforce_billable": False,
        "limit_public_project_data": False,
        "hide_start_end_times": False,
        "reports_collapse": True,
        "rounding": 1,
        "rounding_minutes": 0,
        "api_token": None,
        "at": _changed_at(call, "workspace", row.id),
        "last_modified": None,
        "logo_url": PICTURE,
        "ical_url": None,
        "ical_enabled": False,
        "csv_upload": None,
        "subscription": None,
        "working_hours_in_minutes": None,
    }


def organization_id(call: ApiCall, row: Workspace) -> int:
    """The id of the organisation that a workspace belongs to."""
    found = _base(call, "workspace", row.id).get("organization_id")
    return found if isinstance(found, int) and found else call.owner.organization_id


def organization(call: ApiCall, row: Workspace) -> Json:
    """The organisation that a workspace belongs to, as far as it is known."""
    return {
        "id": organization_id(call, row),
        "name": row.name,
        "pricing_plan_id": 0,
        "created_at": _EPOCH,
        "at": _EPOCH,
        "server_deleted_at": None,
        "is_multi_workspace_enabled": False,
        "suspended_at": None,
        "user_count": 1,
        "max_workspaces": 20,
        "admin": True,
        "owner": True,
    }


def project(call: ApiCall, row: Project) -> Json:
    """A project."""
    workspace_id = call.ids.of("workspace", row.workspace_id)
    client_id = call.ids.of_optional("client", row.client_id)
    at = _changed_at(call, "project", row.id)
    return {
        "id": call.ids.of("project", row.id),
        "workspace_id": workspace_id,
        "client_id": client_id,
        "name": row.name,
        "is_private": bool(row.private),
        "active": not row.archived,
        "at": at,
        "created_at": at,
        "server_deleted_at": None,
        "color": row.colour,
        "billable": row.billable,
        "template": row.template,
        "template_id": None,
        "auto_estimates": row.auto_estimates,
        "estimated_hours": row.estimated_hours,
        "estimated_seconds": row.estimated_hours and row.estimated_hours * 3600,
        "rate": _money(row.rate_cents),
        "rate_last_updated": None,
        "currency": None,
        "recurring": False,
        "recurring_parameters": None,
        "current_period": None,
        "fixed_fee": _money(row.fixed_fee_cents),
        "actual_hours": None,
        "actual_seconds": None,
        "start_date": row.start_date or at[:10],
        "end_date": row.end_date,
        "status": "archived" if row.archived else "active",
        "can_track_time": True,
        "wid": workspace_id,
        "cid": client_id,
    }


def client(call: ApiCall, row: Client) -> Json:
    """A client."""
    workspace_id = call.ids.of("workspace", row.workspace_id)
    return {
        "id": call.ids.of("client", row.id),
        "wid": workspace_id,
        "workspace_id": workspace_id,
        "archived": row.archived,
        "name": row.name,
        "notes": row.notes,
        "external_reference": row.external_reference,
        "at": _changed_at(call, "client", row.id),
        "server_deleted_at": None,
    }


def tag(call: ApiCall, row: Tag) -> Json:
    """A tag."""
    workspace_id = call.ids.of("workspace", row.workspace_id)
    return {
        "id": call.ids.of("tag", row.id),
        "workspace_id": workspace_id,
        "wid": workspace_id,
        "name": row.name,
        "at": _changed_at(call, "tag", row.id),
        "creator_id": call.owner.id,
        "server_deleted_at": None,
    }


def task(call: ApiCall, row: Task) -> Json:
    """A task."""
    owner = catalogue.get(call.db, "project", row.project_id)
    workspace_id = call.ids.of("workspace", owner.workspace_id)
    project_id = call.ids.of("project", row.project_id)
    return {
        "id": call.ids.of("task", row.id),
        "name": row.name,
        "workspace_id": workspace_id,
        "wid": workspace_id,
        "project_id": project_id,
        "pid": project_id,
        "user_id": row.user_id,
        "estimated_seconds": row.estimated_seconds,
        "tracked_seconds": 0,
        "active": not row.archived,
        "recurring": False,
        "at": _changed_at(call, "task", row.id),
        "server_deleted_at": None,
    }


def user(call: ApiCall) -> Json:
    """Whose copy it is; the token is the one that the caller has just shown."""
    owner = call.owner
    default = catalogue.workspace_of_new(call.db)
    token = {} if call.is_gateway else {"api_token": call.served.token}
    return token | {
        "id": owner.id,
        "email": owner.email,
        "fullname": owner.name,
        "timezone": owner.zone,
        "toggl_accounts_id": _ACCOUNTS_ID.format(owner.id % 10**17),
        "toggl_accounts_updated_at": _EPOCH,
        "default_workspace_id": call.ids.of("workspace", default),
        "beginning_of_week": owner.first_weekday,
        "image_url": PICTURE,
        "created_at": _EPOCH,
        "updated_at": _EPOCH,
        "authorization_updated_at": _EPOCH,
        "openid_email": None,
        "openid_enabled": False,
        "country_id": None,
        "has_password": True,
        "at": _EPOCH,
        "2fa_enabled": False,
        "oauth_providers": [],
    }


def preferences(call: ApiCall) -> Json:
    """How the account shows dates and times."""
    owner = call.owner
    return {
        "BeginningOfWeek": owner.first_weekday,
        "beginningOfWeek": owner.first_weekday,
        "alpha_features": [],
        "date_format": owner.date_format,
        "duration_format": "improved",
        "pg_time_zone_name": owner.zone,
        "record_timeline": False,
        "send_product_emails": False,
        "send_timer_notifications": False,
        "send_weekly_report": False,
        "timeofday_format": owner.time_format,
    }


def _money(cents: int | None) -> float | int | None:
    """Whole where it is, as programs expect."""
    if cents is None:
        return None
    return cents // 100 if cents % 100 == 0 else cents / 100


def _base(call: ApiCall, table: str, row_id: int) -> Mapping[str, Any]:
    known = remote_rows.of_row(call.db, table, row_id)
    return known.base if known else {}


def _changed_at(call: ApiCall, table: str, row_id: int) -> str:
    found = remote_rows.changed_at(call.db, table, row_id)
    return stamp(found) if found else _EPOCH
