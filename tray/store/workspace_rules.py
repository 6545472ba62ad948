"""What a workspace asks of entries and allows its members, as its server last said."""

from tray.lean_typing import NamedTuple
from tray.store import remote_rows
from tray.store.columns import number, text
from tray.store.database import Database


class WorkspaceRules(NamedTuple):
    """The rules of one workspace; without an account there are none."""

    name: str = ""
    required: tuple[str, ...] = ()
    """What an entry that is over must have: of ``description``, ``project``, ``tag``, ``task``."""
    locked_until: int | None = None
    """Entries that start before this moment may not be made, changed or deleted."""
    may_create_projects: bool = True
    may_create_tags: bool = True


def any_locked(db: Database) -> bool:
    """Whether any workspace has locked a period."""
    locked = "json_extract(base, '$.locked_until')"
    return bool(db.row(f"SELECT 1 FROM remote WHERE of_table = 'workspace' AND {locked}"))


def read(db: Database, workspace_id: int) -> WorkspaceRules:
    """The rules of a workspace."""
    known = remote_rows.of_row(db, "workspace", workspace_id)
    if known is None:
        return WorkspaceRules()
    base = known.base
    is_member = base.get("admin") == 0
    return WorkspaceRules(
        text(base, "name"),
        tuple(filter(None, text(base, "required").split(","))),
        number(base, "locked_until"),
        may_create_projects=not (is_member and base.get("only_admins_create_projects")),
        may_create_tags=not (is_member and base.get("only_admins_create_tags")),
    )
