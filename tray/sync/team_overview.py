"""Reads all that the page of a team shows, in as few requests as there are kinds of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tray.api.team_values import Dashboard, Member, ProjectMember
from tray.errors import ItemError
from tray.sync.workspace_rights import WorkspaceRights

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl

REQUESTS: Final = 4
"""How many it takes, at most."""
_T = TypeVar("_T")


class TeamOverview(NamedTuple):
    """A workspace as its team is at it."""

    workspace: WorkspaceRights
    members: tuple[Member, ...] = ()
    """Of somebody who may not see memberships: everyone, with the id of the user for both."""
    parts: tuple[ProjectMember, ...] = ()
    dashboard: Dashboard = Dashboard()
    missing: tuple[str, ...] = ()
    """Why something could not be had, in sentences."""
    read_at: int = 0

    def name_of(self, user_id: int) -> str:
        """What a user is called."""
        found = (each.label for each in self.members if each.user_id == user_id)
        return next(found, str(user_id))


def read(server: "OnlineToggl", workspace: WorkspaceRights, *, now: int) -> TeamOverview:
    """What the server has; what it refuses of it is missing, with the reason.

    Raises:
        RemoteError: nothing can be had.
    """
    missing: list[str] = []
    there = workspace.remote_id

    def part(ask: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return ask()
        except ItemError as error:
            missing.append(str(error))
            return otherwise

    def people() -> list[Member]:
        if workspace.admin is not False:
            return server.members(there)
        return [
            Member(each.id, each.id, each.name, each.email, "", inactive=each.inactive)
            for each in server.users(there)
        ]

    return TeamOverview(
        workspace,
        tuple(part(people, [])),
        tuple(part(lambda: server.project_members(there), [])),
        part(lambda: server.dashboard(there), Dashboard()),
        tuple(dict.fromkeys(missing)),
        now,
    )
