# mypy: ignore-errors
"""toggl-api-wrapper 2.2.0: its address is a constant of a class."""

import os
from datetime import UTC, datetime, timedelta

from httpx import BasicAuth
from toggl_api import (
    ClientBody,
    ClientEndpoint,
    ProjectBody,
    ProjectEndpoint,
    TagEndpoint,
    TrackerBody,
    TrackerEndpoint,
    UserEndpoint,
)
from toggl_api.meta import TogglEndpoint
from toggl_api.reports import DetailedReportEndpoint, ReportBody, ReportEndpoint

base = os.environ["BASE"]
TogglEndpoint.BASE_ENDPOINT = f"{base}/api/v9/"
ReportEndpoint.BASE_ENDPOINT = f"{base}/reports/api/v3/"
auth = BasicAuth(os.environ["TOKEN"], "api_token")
assert UserEndpoint.verify_authentication(auth)
assert not UserEndpoint.verify_authentication(BasicAuth("x" * 32, "api_token"))
workspace = UserEndpoint(auth).get_details()["default_workspace_id"]
trackers = TrackerEndpoint(workspace, auth)
assert trackers.current() is None
now = datetime.now(tz=UTC)
started = trackers.add(TrackerBody("写代码", start=now - timedelta(hours=1), tags=["a", "b"]))
assert trackers.current().id == started.id
assert len(started.tags) == 2
stopped = trackers.stop(started)
assert stopped.duration >= timedelta(hours=1)
assert trackers.stop(started) is None
changed = trackers.edit(started, TrackerBody("changed", tags=["c"], tag_action="add"))
assert changed.name == "changed"
assert len(changed.tags) == 3
assert [each.id for each in trackers.collect(refresh=True)] == [started.id]
assert trackers.collect(
    start_date=now - timedelta(days=2), end_date=now + timedelta(days=1), refresh=True
)
edits = trackers.bulk_edit(started, body=TrackerBody("bulk"))
assert edits.successes == [started.id]
projects = ProjectEndpoint(workspace, auth)
made = projects.add(ProjectBody("Site", active=True))
assert projects.get(made).name == "Site"
assert projects.edit(made, ProjectBody("Page")).name == "Page"
projects.delete(made)
clients = ClientEndpoint(workspace, auth)
acme = clients.add(ClientBody("Acme"))
assert clients.edit(acme, ClientBody("Acme Ltd")).name == "Acme Ltd"
clients.delete(acme)
tags = TagEndpoint(workspace, auth)
tag = tags.add("new tag")
assert tags.edit(tag, "other tag").name == "other tag"
tags.delete(tag)
report = DetailedReportEndpoint(workspace, auth).search_time_entries(
    ReportBody(start_date=now.date() - timedelta(days=3), end_date=now.date())
)
assert report.result
trackers.delete(started)
assert trackers.get(started) is None
