"""Reads who is in a workspace, and keeps their names, by which tasks are assigned offline too."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tray.store import known_people
from tray.store.database import Database
from tray.store.known_people import KnownPerson

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl
    from tray.api.team_values import Member, User


def users(server: "OnlineToggl", db: Database, workspace: int) -> "list[User]":
    """Everyone in a workspace, by the server's id of it."""
    found = server.users(workspace)
    _keep(db, workspace, [KnownPerson(each.id, each.name, each.email) for each in found])
    return found


def members(server: "OnlineToggl", db: Database, workspace: int) -> "list[Member]":
    """Every membership of a workspace, by the server's id of it."""
    found = server.members(workspace)
    keep_members(db, workspace, found)
    return found


def keep_members(db: Database, workspace: int, found: "Sequence[Member]") -> None:
    """Keep the names of those who have accepted."""
    joined = (
        KnownPerson(each.user_id, each.name, each.email)
        for each in found
        if each.user_id is not None and each.joined
    )
    _keep(db, workspace, joined)


def _keep(db: Database, workspace: int, found: Iterable[KnownPerson]) -> None:
    with db.writing():
        known_people.keep(db, workspace, found)
