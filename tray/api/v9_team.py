"""The calls of v9 about a workspace and who is in it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tray.api.decode import Calls
from tray.api.remote_api import NotOffered
from tray.api.remote_values import Bulk
from tray.api.response import Response
from tray.api.team_values import (
    AddedMembers,
    Dashboard,
    Group,
    Invitation,
    Member,
    MemberFields,
    ProjectMember,
    ProjectMemberFields,
    User,
    WorkspaceDetails,
    WorkspaceFields,
)
from tray.api.team_wire import (
    WireActivity,
    WireDetails,
    WireGroup,
    WireInvitations,
    WireMember,
    WireMostActive,
    WireProjectMember,
    WireUser,
)
from tray.api.wire_models import Patched
from tray.errors import Gone, ItemError
from tray.sentences import tr

_T = TypeVar("_T")


class V9Team(Calls):
    """A workspace, its rules, and who is in it."""

    def all_workspaces(self) -> list[WorkspaceDetails]:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", "/me/workspaces")
        return [each.value() for each in self._read.many(reply, WireDetails)]

    def workspace(self, workspace_id: int) -> WorkspaceDetails:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", f"/workspaces/{workspace_id}")
        return self._read.one(reply, WireDetails).value()

    def update_workspace(self, workspace_id: int, fields: WorkspaceFields) -> WorkspaceDetails:
        """See `OnlineToggl`."""
        reply = self._transport.request("PUT", f"/workspaces/{workspace_id}", body=fields)
        return self._read.one(reply, WireDetails).value()

    def users(self, workspace_id: int) -> list[User]:
        """See `OnlineToggl`."""
        return [each.value() for each in self._read.many(self._of(workspace_id, "users"), WireUser)]

    def members(self, workspace_id: int) -> list[Member]:
        """See `OnlineToggl`."""
        reply = self._of(workspace_id, "workspace_users")
        return [each.value() for each in self._read.many(reply, WireMember)]

    def update_member(self, workspace_id: int, member_id: int, fields: MemberFields) -> None:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/workspace_users/{member_id}"
        self._transport.request("PUT", path, body=fields)

    def remove_member(self, workspace_id: int, member_id: int) -> None:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/workspace_users/{member_id}"
        self._transport.request("DELETE", path)

    def invite(self, workspace: WorkspaceDetails, emails: Sequence[str]) -> list[Invitation]:
        """See `OnlineToggl`; v9 invites to the organisation that a workspace belongs to."""
        if workspace.organization_id is None:
            raise NotOffered(tr("the workspace belongs to no organization"))
        path = f"/organizations/{workspace.organization_id}/invitations"
        body = {"emails": [*emails], "workspaces": [{"workspace_id": workspace.id}]}
        reply = self._transport.request("POST", path, body=body)
        return self._read.one(reply, WireInvitations).of(emails)

    def groups(self, workspace: WorkspaceDetails) -> list[Group]:
        """See `OnlineToggl`."""
        path = f"/organizations/{workspace.organization_id}/workspaces/{workspace.id}/groups"
        reply = self._transport.request("GET", path)
        return [each.value() for each in self._read.many(reply, WireGroup)]

    def project_members(
        self, workspace_id: int, project_id: int | None = None, *, user_id: int | None = None
    ) -> list[ProjectMember]:
        """See `OnlineToggl`."""
        named = {"project_ids": project_id, "user_id": user_id}
        query = {name: value for name, value in named.items() if value is not None}
        path = f"/workspaces/{workspace_id}/project_users"
        reply = self._transport.request("GET", path, query=query)
        found = [each.value() for each in self._read.many(reply, WireProjectMember)]
        return [each for each in found if each.is_of(project_id, user_id)]

    def add_project_members(
        self,
        workspace_id: int,
        project_id: int,
        user_ids: Sequence[int],
        fields: ProjectMemberFields,
    ) -> AddedMembers:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/project_users"

        def add(user_id: int) -> ProjectMember:
            body = {"project_id": project_id, "user_id": user_id, **fields}
            return self._read.one(
                self._transport.request("POST", path, body=body), WireProjectMember
            ).value()

        done, failed = _one_by_one(user_ids, add)
        return AddedMembers(tuple(done.values()), failed)

    def update_project_members(
        self, workspace_id: int, ids: Sequence[int], fields: ProjectMemberFields
    ) -> Bulk:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/project_users/{','.join(map(str, ids))}"
        if len(ids) == 1:
            self._transport.request("PUT", path, body=fields)
            return Bulk(tuple(ids), {})
        body = [
            {"op": "replace", "path": f"/{name}", "value": value} for name, value in fields.items()
        ]
        return self._read.one(self._transport.request("PATCH", path, body=body), Patched).value()

    def remove_project_members(self, workspace_id: int, ids: Sequence[int]) -> Bulk:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/project_users"

        def remove(each: int) -> None:
            try:
                self._transport.request("DELETE", f"{path}/{each}")
            except Gone:
                return

        done, failed = _one_by_one(ids, remove)
        return Bulk(tuple(done), failed)

    def dashboard(self, workspace_id: int) -> Dashboard:
        """See `OnlineToggl`."""
        most = self._read.many(self._of(workspace_id, "dashboard/most_active"), WireMostActive)
        latest = self._read.many(self._of(workspace_id, "dashboard/all_activity"), WireActivity)
        return Dashboard(
            tuple(each.value() for each in most), tuple(each.value() for each in latest)
        )

    def _of(self, workspace_id: int, what: str) -> Response:
        return self._transport.request("GET", f"/workspaces/{workspace_id}/{what}")


def _one_by_one(
    ids: Sequence[int], do: Callable[[int], _T]
) -> tuple[dict[int, _T], dict[int, str]]:
    """Do it for each; what is refused for one does not keep the others from it.

    Raises:
        RemoteError: the first was refused, or nothing can be exchanged.
    """
    done: dict[int, _T] = {}
    failed: dict[int, str] = {}
    for each in ids:
        try:
            done[each] = do(each)
        except ItemError as error:
            if len(ids) == 1:
                raise
            failed[each] = error.server_message or str(error)
    return done, failed
