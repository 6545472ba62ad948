"""Who is in a workspace, as the server told when it was last asked; ids are the server's."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from tray.store.database import Database

_BY_LABEL: Final = "ifnull(nullif(name, ''), email) COLLATE NOCASE, user"


class KnownPerson(NamedTuple):
    """Somebody in a workspace."""

    id: int
    """Of the user."""
    name: str
    email: str

    @property
    def label(self) -> str:
        """Who it is."""
        return self.name or self.email or str(self.id)


def of_workspace(db: Database, workspace: int) -> list[KnownPerson]:
    """Everybody who is known to be in a workspace, by what each is called."""
    sql = "SELECT user, name, email FROM workspace_user WHERE workspace = ? ORDER BY "
    return [KnownPerson(*row) for row in db.rows(sql + _BY_LABEL, (workspace,))]


def everyone(db: Database) -> list[KnownPerson]:
    """Everybody who is known to be in any workspace, each once, likewise."""
    sql = "SELECT DISTINCT user, name, email FROM workspace_user ORDER BY "
    return [KnownPerson(*row) for row in db.rows(sql + _BY_LABEL)]


def keep(db: Database, workspace: int, people: Iterable[KnownPerson]) -> None:
    """Remember who is in a workspace, and nobody else, in the transaction of the caller."""
    db.run("DELETE FROM workspace_user WHERE workspace = ?", (workspace,))
    db.run_many(
        "INSERT OR REPLACE INTO workspace_user (workspace, user, name, email) VALUES (?, ?, ?, ?)",
        [(workspace, *each) for each in people],
    )
