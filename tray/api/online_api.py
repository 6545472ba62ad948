"""What is asked of the server at once and kept nowhere: the team, the profile, one entry.

Each method is one request unless it says otherwise. All raise `RemoteError` of the kinds that
`tray.errors` draws; what a protocol cannot do raises `NotOffered` without a request.
"""

from collections.abc import Sequence
from typing import Protocol

from tray.api.remote_values import (
    Bulk,
    EntryFields,
    Quota,
    RemoteEntry,
    RemoteProject,
    RemoteTask,
    RemoteThing,
)
from tray.api.team_values import (
    AddedMembers,
    Dashboard,
    EntryDetails,
    Group,
    Invitation,
    Member,
    MemberFields,
    Profile,
    ProfileFields,
    ProjectMember,
    ProjectMemberFields,
    User,
    WorkspaceDetails,
    WorkspaceFields,
)


class OnlineToggl(Protocol):
    """A signed-in connection to a server."""

    def all_workspaces(self) -> list[WorkspaceDetails]:
        """Every workspace of the account."""

    def workspace(self, workspace_id: int) -> WorkspaceDetails:
        """One workspace."""

    def update_workspace(self, workspace_id: int, fields: WorkspaceFields) -> WorkspaceDetails:
        """Change some rules of a workspace."""

    def things(self, table: str, workspace_ids: Sequence[int]) -> Sequence[RemoteThing]:
        """See `Toggl`."""

    def things_in(self, table: str, workspace_id: int) -> Sequence[RemoteThing]:
        """Everything of one kind in one workspace, archived or not."""

    def thing(
        self, table: str, workspace_id: int, thing_id: int, *, project_id: int = 0
    ) -> RemoteThing:
        """See `Toggl`."""

    def project_page(
        self,
        workspace_id: int,
        *,
        active: bool | None = None,
        name: str = "",
        page: int = 1,
        per_page: int = 200,
    ) -> list[RemoteProject]:
        """Some projects of a workspace.

        Args:
            workspace_id: The server's id of the workspace.
            active: Only those that are in use, or only those that are not; None: both.
            name: Only those with this in their name.
            page: Which page, from 1.
            per_page: Projects on a page, at most 200.

        Raises:
            NotOffered: in v8, which gives them all at once.
        """

    def projects_of_client(self, workspace_id: int, client_id: int) -> list[RemoteProject]:
        """The projects of a client, archived or not."""

    def tasks_of_project(self, workspace_id: int, project_id: int) -> list[RemoteTask]:
        """The tasks of a project, done or not."""

    def current(self) -> RemoteEntry | None:
        """The entry that runs."""

    def users(self, workspace_id: int) -> list[User]:
        """Everyone in a workspace, as everyone may see."""

    def members(self, workspace_id: int) -> list[Member]:
        """Every membership of a workspace, those who were only invited among them."""

    def update_member(self, workspace_id: int, member_id: int, fields: MemberFields) -> None:
        """Change somebody's role, rate, or whether they may use the workspace."""

    def remove_member(self, workspace_id: int, member_id: int) -> None:
        """Take somebody out of a workspace."""

    def invite(self, workspace: WorkspaceDetails, emails: Sequence[str]) -> list[Invitation]:
        """Invite people to a workspace; in the order of `emails`."""

    def groups(self, workspace: WorkspaceDetails) -> list[Group]:
        """The groups of a workspace."""

    def project_members(
        self, workspace_id: int, project_id: int | None = None, *, user_id: int | None = None
    ) -> list[ProjectMember]:
        """Who takes part in a project, or in any of a workspace; all of them, or one user."""

    def add_project_members(
        self,
        workspace_id: int,
        project_id: int,
        user_ids: Sequence[int],
        fields: ProjectMemberFields,
    ) -> AddedMembers:
        """Add users to a project; a request for each in v9, one in v8."""

    def update_project_members(
        self, workspace_id: int, ids: Sequence[int], fields: ProjectMemberFields
    ) -> Bulk:
        """Change the parts of several users in a project."""

    def remove_project_members(self, workspace_id: int, ids: Sequence[int]) -> Bulk:
        """Take users out of a project; a request for each in v9, one in v8."""

    def dashboard(self, workspace_id: int) -> Dashboard:
        """What goes on in a workspace; two requests in v9."""

    def profile(self) -> Profile:
        """The user; two requests in v9, as formats are kept apart there."""

    def update_profile(self, fields: ProfileFields) -> None:
        """Change some of the profile; a request for each of the two parts in v9."""

    def reset_token(self) -> str:
        """Make a new API token, and have the one before be worth nothing."""

    def entry_details(self, entry_id: int) -> EntryDetails:
        """All that is known of one entry."""

    def add_entry_for(self, workspace_id: int, fields: EntryFields, user_id: int) -> EntryDetails:
        """Make an entry of somebody else.

        Raises:
            NotOffered: in v8.
        """

    def share_entry(
        self, workspace_id: int, entry_id: int, user_ids: Sequence[int]
    ) -> EntryDetails:
        """Share an entry with these users and no others.

        Raises:
            NotOffered: in v8.
        """

    def quota(self) -> list[Quota]:
        """See `Toggl`."""

    def close(self) -> None:
        """Give the connection back, breaking off a request under way in another thread."""
