# mypy: ignore-errors
"""toggl-python 0.3.2, whose models are strict: another address is an argument."""

import os
from datetime import UTC, datetime, timedelta

from toggl_python.auth import TokenAuth
from toggl_python.entities import report_time_entry
from toggl_python.entities.user import CurrentUser
from toggl_python.entities.workspace import Workspace

base = os.environ["BASE"]
auth = TokenAuth(token=os.environ["TOKEN"])
user = CurrentUser(auth=auth, base_url=f"{base}/api/v9")
place = Workspace(auth=auth, base_url=f"{base}/api/v9")
assert user.logged()
me = user.me()
assert user.me(with_related_data=True).id == me.id
user.features()
user.preferences()
user.get_web_timer()
workspace = me.default_workspace_id
assert place.get(workspace_id=workspace).id == workspace
assert len(place.list()) == 1
assert user.get_current_time_entry() is None
now = datetime.now(tz=UTC)
running = place.create_time_entry(
    workspace_id=workspace,
    start_datetime=now - timedelta(hours=1),
    created_with="tests",
    description="写代码",
    duration=-1,
    tags=["a"],
)
assert user.get_current_time_entry().id == running.id
assert place.stop_time_entry(workspace_id=workspace, time_entry_id=running.id).duration >= 3600
changed = place.update_time_entry(
    workspace_id=workspace, time_entry_id=running.id, description="changed"
)
assert changed.description == "changed"
assert user.get_time_entry(running.id, meta=True).user_name
assert [each.id for each in user.get_time_entries()] == [running.id]
day = now.date()
before, after = str(day - timedelta(days=2)), str(day + timedelta(days=1))
assert user.get_time_entries(start_date=before, end_date=after)
project = place.create_project(workspace_id=workspace, name="Site", active=True)
assert place.get_project(workspace_id=workspace, project_id=project.id).name == "Site"
assert (
    place.update_project(workspace_id=workspace, project_id=project.id, name="Page").name == "Page"
)
assert len(place.get_projects(workspace_id=workspace)) == 2
assert len(user.get_projects()) == 2
user.get_paginated_projects()
assert place.delete_project(workspace_id=workspace, project_id=project.id)
report_time_entry.REPORT_ROOT_URL = f"{base}/reports/api/v3/workspace"
rows = report_time_entry.ReportTimeEntry(auth=auth).search(
    workspace_id=workspace, start_date=str(day - timedelta(days=2)), end_date=str(day)
)
assert len(rows) == 1
assert place.delete_time_entry(workspace_id=workspace, time_entry_id=running.id)
