"""What every protocol can do for us: the one interface the rest of the program knows.

Each method is one request. All raise `RemoteError` of the kinds that `tray.errors` draws; what a
protocol cannot do raises `NotOffered` without a request.
"""

from collections.abc import Sequence
from typing import Protocol

from tray.api.remote_values import (
    Bulk,
    ClientFields,
    EntryFields,
    Formats,
    Me,
    Older,
    Page,
    ProjectFields,
    Quota,
    RemoteClient,
    RemoteEntry,
    RemoteProject,
    RemoteTag,
    RemoteTask,
    RemoteThing,
    TagAction,
    TaskFields,
)


class NotOffered(Exception):  # read where it is raised, like those of tray.errors
    """This protocol has no such call."""


class Toggl(Protocol):
    """A signed-in connection to a server."""

    has_quota: bool
    """Whether requests are counted per hour."""
    reports_deletions: bool
    """Whether `entries_since` works: if not, what is missing in `entries_between` is gone."""
    tags_have_ids: bool
    """Whether entries name their tags' ids besides the names."""

    @property
    def is_toggl(self) -> bool:
        """Whether it is Toggl's own server, by itself or through a gateway."""

    def me(self) -> Me:
        """The account with all that belongs to it, as far as the server gives it in one request."""

    def me_by_parts(self) -> Me:
        """The account and its catalogue, a request for each part; entries are read by others."""

    def formats(self) -> Formats:
        """How the account shows dates and times, where `Me` leaves it out.

        Raises:
            NotOffered: in v8, which tells it with `me`.
        """

    def things(self, table: str, workspace_ids: Sequence[int]) -> Sequence[RemoteThing]:
        """Everything of one kind, archived or not, by a call of its own.

        Args:
            table: One of `KINDS`.
            workspace_ids: The server's ids of all workspaces.

        Raises:
            NotOffered: there is no such call.
        """

    def thing(
        self, table: str, workspace_id: int, thing_id: int, *, project_id: int = 0
    ) -> RemoteThing:
        """One client, project or task, archived or not.

        Args:
            table: One of `KINDS`, but ``tag``.
            workspace_id: The server's id of its workspace.
            thing_id: The server's.
            project_id: Of a task, the server's id of its project.

        Raises:
            Gone: deleted, or never there.
            NotOffered: for a tag.
        """

    def entries_since(self, since: int) -> Page:
        """What changed after `since` (epoch seconds of the server), deleted entries included.

        Raises:
            ServerRefused: `since` is older than the server remembers (``field="since"``).
            NotOffered: in v8.
        """

    def entries_between(self, begin: int, end: int) -> Page:
        """The entries starting from `begin` up to but not at `end`, newest first.

        Raises:
            ServerRefused: `begin` is older than the server gives (``field="start_date"``).
        """

    def current(self) -> RemoteEntry | None:
        """The entry that runs."""

    def entry(self, entry_id: int) -> RemoteEntry:
        """One entry.

        Raises:
            Gone: deleted, or never there.
        """

    def create_entry(self, workspace_id: int, fields: EntryFields) -> RemoteEntry:
        """Make an entry; without `stop` it runs."""

    def update_entry(
        self,
        workspace_id: int,
        entry_id: int,
        fields: EntryFields,
        *,
        duration: int | None = None,
    ) -> RemoteEntry:
        """Change some fields.

        Args:
            workspace_id: The server's id of the workspace.
            entry_id: The server's.
            fields: What changes, and nothing else.
            duration: Seconds from start to stop, for protocols that take neither alone.

        Raises:
            Gone: it was deleted.
        """

    def stop_entry(self, workspace_id: int, entry_id: int) -> RemoteEntry:
        """Stop a running entry at the server's present moment.

        Raises:
            AlreadyStopped: it does not run.
        """

    def update_entries(
        self,
        workspace_id: int,
        entry_ids: Sequence[int],
        fields: EntryFields,
        *,
        tag_action: TagAction | None = None,
    ) -> Bulk:
        """Change the same fields of at most 100 entries; neither `start` nor `stop`.

        With `tag_action` the tags of each are added to, or taken away from.
        """

    def delete_entry(self, workspace_id: int, entry_id: int) -> None:
        """Delete an entry.

        Raises:
            Gone: it was deleted already.
        """

    def locked_until(self, workspace_id: int) -> int | None:
        """Before when the entries of a workspace are locked, epoch seconds; None: none is.

        Raises:
            NotOffered: in v8.
        """

    def projects(self, workspace_id: int) -> list[RemoteProject]:
        """Every project of a workspace, archived ones included (a request a page of 200)."""

    def create_project(self, workspace_id: int, fields: ProjectFields) -> RemoteProject:
        """Make a project."""

    def update_project(
        self, workspace_id: int, project_id: int, fields: ProjectFields
    ) -> RemoteProject:
        """Change some fields of a project."""

    def delete_project(
        self, workspace_id: int, project_id: int, *, with_entries: bool = False
    ) -> None:
        """Delete a project; its entries stay, without one, or go with it.

        Raises:
            NotOffered: to delete the entries, too, in v8.
        """

    def clients(self, workspace_id: int) -> list[RemoteClient]:
        """Every client of a workspace, archived ones included."""

    def create_client(self, workspace_id: int, fields: ClientFields) -> RemoteClient:
        """Make a client."""

    def update_client(
        self, workspace_id: int, client_id: int, fields: ClientFields
    ) -> RemoteClient:
        """Change some fields of a client."""

    def archive_client(self, workspace_id: int, client_id: int, *, archived: bool) -> None:
        """Archive a client with its projects, or restore it."""

    def delete_client(self, workspace_id: int, client_id: int) -> None:
        """Delete a client."""

    def tags(self, workspace_id: int) -> list[RemoteTag]:
        """Every tag of a workspace."""

    def create_tag(self, workspace_id: int, name: str) -> RemoteTag:
        """Make a tag."""

    def rename_tag(self, workspace_id: int, tag_id: int, name: str) -> RemoteTag:
        """Give a tag another name."""

    def delete_tag(self, workspace_id: int, tag_id: int) -> None:
        """Delete a tag; its entries lose it."""

    def create_task(self, workspace_id: int, project_id: int, fields: TaskFields) -> RemoteTask:
        """Make a task of a project."""

    def update_task(
        self, workspace_id: int, project_id: int, task_id: int, fields: TaskFields
    ) -> RemoteTask:
        """Change some fields of a task."""

    def delete_task(self, workspace_id: int, project_id: int, task_id: int) -> None:
        """Delete a task."""

    def update_things(
        self,
        table: str,
        workspace_id: int,
        ids: Sequence[int],
        fields: ProjectFields | TaskFields,
        *,
        project_id: int = 0,
    ) -> Bulk:
        """Change the same fields of several projects, clients or tasks of one project.

        Args:
            table: ``project``, ``client`` (which can only be archived) or ``task``.
            workspace_id: The server's id of the workspace.
            ids: The server's, at most 100.
            fields: What changes, and nothing else.
            project_id: Of tasks, the server's id of their project.

        Raises:
            NotOffered: this protocol changes each by itself.
        """

    def delete_things(self, table: str, workspace_id: int, ids: Sequence[int]) -> None:
        """Delete several things; the entries of projects stay.

        Args:
            table: ``project`` or ``task`` in v8, ``client`` in v9.
            workspace_id: The server's id of the workspace.
            ids: The server's, at most 100.

        Raises:
            NotOffered: this protocol deletes each by itself.
        """

    def quota(self) -> list[Quota]:
        """What is left of each bucket, by the server's own count.

        Raises:
            NotOffered: in v8.
        """

    def older_entries(
        self, workspace_id: int, begin: int, end: int, cursor: str = "", *, of: int | None = None
    ) -> Older:
        """A page of older history by the Reports API v3, where the plan has it.

        Args:
            workspace_id: The server's id of the workspace.
            begin: First day wanted, epoch seconds.
            end: Last day wanted, epoch seconds.
            cursor: What the page before gave as `next`; empty for the first.
            of: The server's id of the user; None: of all whose entries one may see.

        Raises:
            PremiumNeeded: the plan does not reach back that far.
            NotOffered: in v8 and where the gateway has no reports.
        """

    def close(self) -> None:
        """Give the connection back, breaking off a request under way in another thread."""
