# mypy: ignore-errors
"""lib-toggl 0.2.4: its address is copied when its modules are imported, so it is set before."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

import lib_toggl.const

lib_toggl.const.BASE = os.environ["BASE"] + "/api/v9"

from lib_toggl.client import Toggl  # noqa: E402
from lib_toggl.time_entries import TimeEntry  # noqa: E402


async def jobs():
    async with Toggl(os.environ["TOKEN"]) as toggl:
        account = await toggl.get_account_details()
        (workspace,) = await toggl.get_workspaces()
        assert workspace.id == account.default_workspace_id
        assert await toggl.get_current_time_entry() is None
        start = datetime.now(UTC) - timedelta(hours=1)
        wanted = TimeEntry(workspace_id=workspace.id, start=start, description="写代码", tags=["a"])
        made = await toggl.create_new_time_entry(wanted)
        running = await toggl.get_current_time_entry()
        assert (running.id, running.description) == (made.id, "写代码")
        stopped = await toggl.stop_time_entry(running)
        assert stopped.duration >= 3600
        found = await toggl.get_time_entry_by_id(made.id)
        assert found.tags == ["a"]
        assert (await toggl.create_tag(workspace.id, "b")).name == "b"
        assert {each.name for each in await toggl.get_tags(workspace.id)} == {"a", "b"}
        found.description, found.tags = "changed", ["b", "c"]
        await toggl.edit_time_entry(found)
        changed = await toggl.get_time_entry_by_id(made.id)
        assert (changed.description, sorted(changed.tags)) == ("changed", ["b", "c"])
        assert changed.duration == stopped.duration, "its duration of -1 starts nothing"
        later = start + timedelta(days=1)
        listed = await toggl.get_time_entries(start - timedelta(days=1), later)
        assert [each.id for each in listed] == [made.id]


asyncio.run(jobs())
