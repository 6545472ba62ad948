"""One account as its user's other devices act on it, and as a test looks at it."""

import time
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from tests.fakes.toggl import catalogue, entries, team
from tests.fakes.toggl.payload import EntryChange
from tests.fakes.toggl.rows import LiveEntry, Membership, Tracked, UserGroup, Workspace
from tests.fakes.toggl.state import State, live

OTHER_DEVICE: Final = "Other device"


class Account(State):
    """An account with one workspace; its verbs are what another device does, without a request.

    Args:
        clock: The server's clock, in epoch seconds.
        premium: Whether the workspace has a paid plan.
    """

    def __init__(self, clock: Callable[[], float] = time.time, *, premium: bool = False) -> None:
        super().__init__(clock)
        self.workspace_id = self.add_workspace("Workspace", premium=premium)

    @property
    def workspace(self) -> Workspace:
        """The first workspace, whose rules a test may change."""
        return self.workspaces[self.workspace_id]

    def start(
        self,
        description: str = "",
        *,
        start: int | None = None,
        workspace_id: int | None = None,
        **fields: Any,
    ) -> int:
        """Start an entry now, or at `start`; `fields` as for `edit`."""
        begin = int(self.now) if start is None else start
        times = EntryChange(start=begin, duration=-begin)
        return self._create(workspace_id, times, {"description": description, **fields})

    def add(
        self,
        start: int,
        stop: int,
        *,
        description: str = "",
        workspace_id: int | None = None,
        **fields: Any,
    ) -> int:
        """Make an entry that is over; `fields` as for `edit`."""
        times = EntryChange(start=start, stop=stop)
        return self._create(workspace_id, times, {"description": description, **fields})

    def stop(self, entry_id: int | None = None) -> int:
        """Stop the running entry, or a certain one."""
        with self.lock:
            running = self.running()
            row = (
                running
                if entry_id is None and running
                else entries.found(self, None, entry_id or 0)
            )
            return entries.stop(self, row.workspace_id, row.id).id

    def edit(self, entry_id: int, **fields: Any) -> int:
        """Change an entry.

        Args:
            entry_id: Which.
            fields: Of ``description``, ``project_id``, ``task_id``, ``tags`` (all of them, by
                name), ``billable``, ``start``, ``stop``, ``duration``.
        """
        with self.lock:
            row = entries.found(self, None, entry_id)
            return entries.update(self, row.workspace_id, entry_id, cast(EntryChange, fields)).id

    def delete(self, entry_id: int) -> None:
        """Delete an entry."""
        with self.lock:
            entries.delete(self, entries.found(self, None, entry_id).workspace_id, entry_id)

    def add_workspace(self, name: str, *, premium: bool = False) -> int:
        """Join a workspace of an organisation of its own."""
        with self.lock:
            row = Workspace(self.next_id(), self.next_id(), name, self.stamp(), premium)
            self.workspaces[row.id] = row
            return row.id

    def add_member(
        self, email: str, name: str = "", *, role: str = "user", joined: bool = True
    ) -> int:
        """Somebody else comes into the workspace, or is invited; the id of the user."""
        with self.lock:
            row = team.join(self, self.workspace_id, email, name, joined=joined)
            row.role = role
            return row.user_id

    def member(self, user_id: int) -> Membership:
        """The place of a user in the workspace."""
        with self.lock:
            rows = team.members(self, self.workspace_id)
            return next(row for row in rows if row.user_id == user_id)

    def other_tracks(
        self, user_id: int, description: str, start: int, stop: int | None, **fields: Any
    ) -> None:
        """Somebody else tracks something, or is at it."""
        with self.lock:
            row = Tracked(self.workspace_id, user_id, description, start, stop, **fields)
            self.others.append(row)

    def add_group(self, name: str, *user_ids: int) -> int:
        """Make a group of members."""
        with self.lock:
            row = UserGroup(self.next_id(), self.workspace_id, name, self.stamp(), [*user_ids])
            self.groups[row.id] = row
            return row.id

    def add_to_project(self, project_id: int, user_id: int, **fields: Any) -> int:
        """Add a member to a project; the id of the part."""
        with self.lock:
            return team.add_part(self, project_id, user_id, fields).id

    def add_client(self, name: str, workspace_id: int | None = None) -> int:
        """Make a client."""
        with self.lock:
            return catalogue.make_client(self, workspace_id or self.workspace_id, name).id

    def edit_client(self, client_id: int, name: str) -> None:
        """Rename a client."""
        with self.lock:
            catalogue.change_client(self, self.clients[client_id], {"name": name})

    def archive_client(self, client_id: int, *, archived: bool = True) -> None:
        """Archive a client with its projects, or restore it."""
        with self.lock:
            catalogue.archive_client(self, self.clients[client_id], archived=archived)

    def delete_client(self, client_id: int) -> None:
        """Delete a client."""
        with self.lock:
            catalogue.delete_client(self, self.clients[client_id])

    def add_project(self, name: str, *, workspace_id: int | None = None, **fields: Any) -> int:
        """Make a project: of `fields`, see `edit_project`; active unless they say otherwise."""
        given = {"active": True, **fields, "name": name}
        with self.lock:
            return catalogue.make_project(self, workspace_id or self.workspace_id, given).id

    def edit_project(self, project_id: int, **fields: Any) -> None:
        """Change a project's ``name``, ``client_id``, ``color``, ``active`` or ``billable``."""
        with self.lock:
            catalogue.change_project(self, self.projects[project_id], fields)

    def delete_project(self, project_id: int, *, with_entries: bool = False) -> None:
        """Delete a project; its entries stay without one, or go, too."""
        with self.lock:
            catalogue.delete_project(self, self.projects[project_id], with_entries=with_entries)

    def add_task(self, project_id: int, name: str) -> int:
        """Make a task."""
        with self.lock:
            return catalogue.make_task(self, self.projects[project_id], {"name": name}).id

    def edit_task(self, task_id: int, **fields: Any) -> None:
        """Change a task's ``name`` or whether it is ``active``."""
        with self.lock:
            catalogue.change_task(self, self.tasks[task_id], fields)

    def delete_task(self, task_id: int) -> None:
        """Delete a task."""
        with self.lock:
            catalogue.delete_task(self, self.tasks[task_id])

    def add_tag(self, name: str, workspace_id: int | None = None) -> int:
        """Make a tag."""
        with self.lock:
            return catalogue.make_tag(self, workspace_id or self.workspace_id, name).id

    def rename_tag(self, tag_id: int, name: str) -> None:
        """Give a tag another name."""
        with self.lock:
            catalogue.rename_tag(self, self.tags[tag_id], name)

    def delete_tag(self, tag_id: int) -> None:
        """Delete a tag."""
        with self.lock:
            catalogue.delete_tag(self, self.tags[tag_id])

    def entries(self) -> list[LiveEntry]:
        """The entries that are not deleted, by start."""
        with self.lock:
            rows = sorted(live(self.time_entries), key=lambda row: (row.start, row.id))
            return [self.entry(row.id) for row in rows]

    def entry(self, entry_id: int) -> LiveEntry:
        """One entry, even a deleted one."""
        row = self.time_entries[entry_id]
        tags = self.tags_of(row)
        return LiveEntry(
            id=row.id,
            workspace_id=row.workspace_id,
            description=row.description or "",
            project_id=row.project_id,
            task_id=row.task_id,
            tags=tuple(tag.name for tag in tags),
            tag_ids=tuple(tag.id for tag in tags),
            billable=row.billable,
            start=row.start,
            stop=row.stop,
        )

    def deleted(self) -> Sequence[int]:
        """The ids of deleted entries."""
        with self.lock:
            rows = self.time_entries.values()
            return [row.id for row in rows if row.deleted_at is not None]

    def _create(self, workspace_id: int | None, times: EntryChange, fields: dict[str, Any]) -> int:
        change = cast(EntryChange, {**times, **fields, "created_with": OTHER_DEVICE})
        with self.lock:
            return entries.create(self, workspace_id or self.workspace_id, change).id
