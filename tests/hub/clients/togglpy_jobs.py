# mypy: ignore-errors
"""TogglPy 0.1.2, which speaks v8: its addresses are constants of a class."""

import os

from toggl.TogglPy import Endpoints, Toggl

base = os.environ["BASE"]
for name, value in vars(Endpoints).copy().items():
    if isinstance(value, str) and value.startswith("https://api.track.toggl.com"):
        setattr(Endpoints, name, value.replace("https://api.track.toggl.com", base))
Endpoints.STOP_TIME = staticmethod(lambda pid: f"{base}/api/v8/time_entries/{pid}/stop")
toggl = Toggl()
toggl.setAPIKey(os.environ["TOKEN"])
(workspace,) = toggl.getWorkspaces()
client = toggl.createClient("Acme", workspace["id"])["data"]
assert toggl.updateClient(client["id"], name="Acme Ltd")["data"]["name"] == "Acme Ltd"
assert [each["name"] for each in toggl.getClients()] == ["Acme Ltd"]
project = toggl.getWorkspaceProjects(workspace["id"])[0]
assert toggl.getProject(project["id"])["data"]["name"] == "Web"
started = toggl.startTimeEntry("写代码", pid=project["id"])["data"]
assert toggl.currentRunningTimeEntry()["data"]["id"] == started["id"]
assert toggl.stopTimeEntry(started["id"])["data"]["duration"] >= 0
made = toggl.createTimeEntry(
    1, "one hour", projectid=project["id"], year=2026, month=2, day=13, hour=12
)["data"]
assert made["duration"] == 3600
toggl.putTimeEntry({"id": made["id"], "description": "changed", "tags": ["t"]})
task = toggl.createTask("Draft", project["id"])["data"]
assert toggl.getProjectTasks(project["id"])[0]["id"] == task["id"]
toggl.deleteClient(client["id"])
