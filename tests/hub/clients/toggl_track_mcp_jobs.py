# mypy: ignore-errors
"""toggl-track-mcp 0.1.0, by the calls that its tools make: its address is a constant of a class."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from toggl_track_mcp.api import client as lines
from toggl_track_mcp.api import clients, projects, reports, tags, tasks, time_entries, workspaces

lines.TogglClient.BASE_URL = os.environ["BASE"]
lines.TogglClient._throttle = lambda _: asyncio.sleep(0)  # a second for each call, for Toggl's sake


async def main() -> None:
    line = lines.TogglClient(os.environ["TOKEN"])
    place = await line.get_default_workspace_id()
    assert (await workspaces.list_workspaces(line))[0]["id"] == place
    assert (await workspaces.get_workspace(line, place))["id"] == place
    assert await time_entries.get_current_time_entry(line) is None
    now = datetime.now(UTC)
    start = (now - timedelta(hours=1)).isoformat()
    running = await time_entries.create_time_entry(line, place, start, -1, "写代码", tags=["a"])
    number = running["id"]
    assert (await time_entries.get_current_time_entry(line))["id"] == number
    assert (await time_entries.stop_time_entry(line, place, number))["duration"] >= 3600
    assert (await time_entries.update_time_entry(line, place, number, duration=60))["stop"]
    before, after = (str((now + timedelta(days=days)).date()) for days in (-2, 1))
    assert len(await time_entries.list_time_entries(line, before, after)) == 1
    project = await projects.create_project(line, place, "Site")
    assert project["active"]
    renamed = await projects.update_project(line, place, project["id"], name="Page")
    assert renamed["name"] == "Page"
    task = await tasks.create_task(line, place, project["id"], "Draft")
    assert (await tasks.list_tasks(line, place, project["id"]))[0]["id"] == task["id"]
    await projects.delete_project(line, place, project["id"])
    acme = await clients.create_client(line, place, "Acme")
    await clients.archive_client(line, place, acme["id"])
    await clients.restore_client(line, place, acme["id"])
    await clients.delete_client(line, place, acme["id"])
    tag = await tags.create_tag(line, place, "urgent")
    assert (await tags.update_tag(line, place, tag["id"], "later"))["name"] == "later"
    await tags.delete_tag(line, place, tag["id"])
    assert (await reports.get_summary_report(line, place, before, after))["groups"]
    assert await reports.search_detailed_report(line, place, before, after)
    assert await reports.get_weekly_report(line, place, before, after)
    await time_entries.delete_time_entry(line, place, number)
    await line.close()


asyncio.run(main())
