"""The calls of v8 about a workspace, who is in it, and the user."""

from collections.abc import Sequence
from typing import Any, Final, NoReturn, TypeVar

from tray.api.decode import Calls
from tray.api.remote_api import NotOffered
from tray.api.remote_values import Bulk, EntryFields
from tray.api.response import Response
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
from tray.api.team_wire import (
    WireDashboard,
    WireDetails,
    WireGroup,
    WireInvitations,
    WireMember,
    WireProfile,
    WireProjectMember,
    WireUser,
    entry_details,
)
from tray.api.wire_models import FullWireEntry
from tray.sentences import tr

_T = TypeVar("_T")
_MEMBER_ROLES: Final = {"admin": True, "user": False}


class V8Team(Calls):
    """A workspace, its rules, who is in it, and the user."""

    def all_workspaces(self) -> list[WorkspaceDetails]:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", "/workspaces")
        return [each.value() for each in self._read.many(reply, WireDetails)]

    def workspace(self, workspace_id: int) -> WorkspaceDetails:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", f"/workspaces/{workspace_id}")
        return self._data(reply, WireDetails).value()

    def update_workspace(self, workspace_id: int, fields: WorkspaceFields) -> WorkspaceDetails:
        """See `OnlineToggl`."""
        body = {"workspace": fields}
        reply = self._transport.request("PUT", f"/workspaces/{workspace_id}", body=body)
        return self._data(reply, WireDetails).value()

    def users(self, workspace_id: int) -> list[User]:
        """See `OnlineToggl`."""
        return [each.value() for each in self._read.many(self._of(workspace_id, "users"), WireUser)]

    def members(self, workspace_id: int) -> list[Member]:
        """See `OnlineToggl`."""
        reply = self._of(workspace_id, "workspace_users")
        return [each.value() for each in self._read.many(reply, WireMember)]

    def update_member(self, workspace_id: int, member_id: int, fields: MemberFields) -> None:
        """See `OnlineToggl`; v8 knows administrators and others."""
        if fields.keys() != {"role"} or fields["role"] not in _MEMBER_ROLES:
            raise NotOffered(tr("v8 changes nothing of a member but whether they are an admin"))
        body = {"workspace_user": {"admin": _MEMBER_ROLES[fields["role"]]}}
        self._transport.request("PUT", f"/workspace_users/{member_id}", body=body)

    def remove_member(self, workspace_id: int, member_id: int) -> None:
        """See `OnlineToggl`."""
        self._transport.request("DELETE", f"/workspace_users/{member_id}")

    def invite(self, workspace: WorkspaceDetails, emails: Sequence[str]) -> list[Invitation]:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace.id}/invite"
        reply = self._transport.request("POST", path, body={"emails": [*emails]})
        return self._read.one(reply, WireInvitations).of(emails)

    def groups(self, workspace: WorkspaceDetails) -> list[Group]:
        """See `OnlineToggl`."""
        reply = self._of(workspace.id, "groups")
        return [each.value() for each in self._read.many(reply, WireGroup)]

    def project_members(
        self, workspace_id: int, project_id: int | None = None, *, user_id: int | None = None
    ) -> list[ProjectMember]:
        """See `OnlineToggl`."""
        if project_id is None:
            reply = self._of(workspace_id, "project_users")
        else:
            reply = self._transport.request("GET", f"/projects/{project_id}/project_users")
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
        users = user_ids[0] if len(user_ids) == 1 else ",".join(map(str, user_ids))
        body = {"project_user": {"pid": project_id, "uid": users, **fields}}
        reply = self._transport.request("POST", "/project_users", body=body)
        done = [each.value() for each in self._many(reply, WireProjectMember, len(user_ids))]
        there = {each.user_id for each in done}
        return AddedMembers(tuple(done), {each: "" for each in user_ids if each not in there})

    def update_project_members(
        self, workspace_id: int, ids: Sequence[int], fields: ProjectMemberFields
    ) -> Bulk:
        """See `OnlineToggl`."""
        path = f"/project_users/{','.join(map(str, ids))}"
        reply = self._transport.request("PUT", path, body={"project_user": fields})
        there = {each.id for each in self._many(reply, WireProjectMember, len(ids))}
        return Bulk(
            tuple(each for each in ids if each in there),
            {each: "" for each in ids if each not in there},
        )

    def remove_project_members(self, workspace_id: int, ids: Sequence[int]) -> Bulk:
        """See `OnlineToggl`."""
        self._transport.request("DELETE", f"/project_users/{','.join(map(str, ids))}")
        return Bulk(tuple(ids), {})

    def dashboard(self, workspace_id: int) -> Dashboard:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", f"/dashboard/{workspace_id}")
        found = self._read.one(reply, WireDashboard)
        return Dashboard(
            tuple(each.value() for each in found.most_active_user or ()),
            tuple(each.value() for each in found.activity or ()),
        )

    def profile(self) -> Profile:
        """See `OnlineToggl`."""
        return self._data(self._transport.request("GET", "/me"), WireProfile).value()

    def update_profile(self, fields: ProfileFields) -> None:
        """See `OnlineToggl`."""
        self._transport.request("PUT", "/me", body={"user": fields})

    def reset_token(self) -> str:
        """See `OnlineToggl`."""
        return self._read.one(self._transport.request("POST", "/reset_token"), str)

    def entry_details(self, entry_id: int) -> EntryDetails:
        """See `OnlineToggl`; v8 tells no names."""
        reply = self._transport.request("GET", f"/time_entries/{entry_id}")
        return entry_details(self._data(reply, FullWireEntry))

    def add_entry_for(self, workspace_id: int, fields: EntryFields, user_id: int) -> NoReturn:
        """Not in v8."""
        raise NotOffered("v8 makes entries of one's own only")

    def share_entry(self, workspace_id: int, entry_id: int, user_ids: Sequence[int]) -> NoReturn:
        """Not in v8."""
        raise NotOffered(tr("v8 shares no entries"))

    def _of(self, workspace_id: int, what: str) -> Response:
        return self._transport.request("GET", f"/workspaces/{workspace_id}/{what}")

    def _data(self, reply: Response, kind: type[_T]) -> _T:
        return self._read.one(self._read.unwrapped(reply), kind)

    def _many(self, reply: Response, kind: type[_T], count: int) -> list[_T]:
        """The things in a reply to a request for `count` of them, one of which has no list."""
        inner: Any = self._read.unwrapped(reply)
        return [self._read.sole(inner, kind)] if count == 1 else self._read.many(inner, kind)
