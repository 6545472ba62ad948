"""What the page of the team has the server do: what is said meanwhile, and what came of it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from tray.api.team_values import (
    AddedMembers,
    Invitation,
    Member,
    MemberFields,
    ProjectMember,
    ProjectMemberFields,
    WorkspaceDetails,
)
from tray.language import in_a_row, listed, tr
from tray.sync.workspace_rights import WorkspaceRights

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl


def _nothing(_: object) -> str:
    return ""


def _anybody(_: WorkspaceRights) -> None:
    return


class TeamWork(NamedTuple):
    """One thing to do."""

    doing: str
    """The sentence while it is done."""
    run: "Callable[[OnlineToggl], object]"
    outcome: Callable[[object], str] = _nothing
    """What to tell the user of what it returned; empty if it shows by itself."""
    check: Callable[[WorkspaceRights], None] = _anybody
    """Raises `Refused` where a role or a plan does not allow it, before anything is sent."""

    @classmethod
    def invite(cls, place: WorkspaceRights, emails: Sequence[str]) -> "TeamWork":
        """Invite people to the workspace."""
        details = WorkspaceDetails(place.remote_id, place.name, place.organization_id)
        return cls(
            tr("Inviting…"),
            lambda server: server.invite(details, emails),
            _invited,
            WorkspaceRights.check_admin,
        )

    @classmethod
    def change_member(cls, there: int, member: Member, fields: MemberFields) -> "TeamWork":
        """Give somebody another role, or keep them out."""
        return cls(
            tr("Changing {name}…").format(name=member.label),
            lambda server: server.update_member(there, member.id, fields),
            check=WorkspaceRights.check_admin,
        )

    @classmethod
    def remove_member(cls, there: int, member: Member) -> "TeamWork":
        """Take somebody out of the workspace."""
        return cls(
            tr("Removing {name}…").format(name=member.label),
            lambda server: server.remove_member(there, member.id),
            check=WorkspaceRights.check_admin,
        )

    @classmethod
    def add_to_project(cls, there: int, project_id: int, member: Member) -> "TeamWork":
        """Have somebody take part in a project."""
        user = member.user_id or 0
        return cls(
            tr("Adding {name}…").format(name=member.label),
            lambda server: server.add_project_members(there, project_id, [user], {}),
            _added,
        )

    @classmethod
    def change_part(
        cls, there: int, part: ProjectMember, name: str, fields: ProjectMemberFields
    ) -> "TeamWork":
        """Make somebody the manager of a project, or not any more."""
        return cls(
            tr("Changing {name}…").format(name=name),
            lambda server: server.update_project_members(there, [part.id], fields),
        )

    @classmethod
    def remove_part(cls, there: int, part: ProjectMember, name: str) -> "TeamWork":
        """Take somebody out of a project."""
        return cls(
            tr("Removing {name}…").format(name=name),
            lambda server: server.remove_project_members(there, [part.id]),
        )


def _invited(value: object) -> str:
    outcomes = cast("list[Invitation]", value)
    left_out = [each.email for each in outcomes if not each.invited]
    if left_out:
        return tr("Not invited, as they are here already or the server refused: {who}.").format(
            who=listed(left_out)
        )
    return tr("Invited: {who}.").format(who=listed(each.email for each in outcomes))


def _added(value: object) -> str:
    failed = cast("AddedMembers", value).failed
    return in_a_row(failed.values())
