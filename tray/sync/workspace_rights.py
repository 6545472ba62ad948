"""What the account may do in a workspace, as far as is known here: it is said beforehand."""

from typing import NamedTuple

from tray.errors import Refused
from tray.sentences import tr
from tray.store import catalogue, remote_rows
from tray.store.database import Database


class WorkspaceRights(NamedTuple):
    """A workspace of the account, and what the account may do in it, as far as is known here."""

    id: int
    """Ours."""
    name: str
    remote_id: int
    organization_id: int | None = None
    admin: bool | None = None
    premium: bool = False

    def check_admin(self) -> None:
        """Refuse what only an administrator may do.

        Raises:
            Refused: the account is none there.
        """
        if self.admin is False:
            raise Refused(
                tr(
                    "Only administrators of “{name}” may do that, and your account is none "
                    "of them. Ask one."
                ).format(name=self.name)
            )

    def check_plan(self, what: str) -> None:
        """Refuse what takes a paid plan; `what` begins the sentence.

        Raises:
            Refused: nobody pays for the workspace.
        """
        if not self.premium:
            raise Refused(
                tr("{what} needs a paid plan, which “{name}” has not. Leave it out.").format(
                    what=what, name=self.name
                ),
                field=what,
            )


def rights(db: Database, workspace_id: int) -> WorkspaceRights:
    """What the account may do in a workspace.

    Args:
        db: The store.
        workspace_id: Ours.

    Raises:
        Refused: the account has no such workspace.
    """
    name = next((each.name for each in catalogue.workspaces(db) if each.id == workspace_id), "")
    known = remote_rows.of_row(db, "workspace", workspace_id)
    if known is None:
        raise Refused(
            tr("The account has no workspace “{name}”. Let it be exchanged first.").format(
                name=name
            )
        )
    admin, organization = known.base.get("admin"), known.base.get("organization_id")
    return WorkspaceRights(
        workspace_id,
        name,
        known.remote_id,
        organization if isinstance(organization, int) else None,
        None if admin is None else bool(admin),
        bool(known.base.get("premium")),
    )
