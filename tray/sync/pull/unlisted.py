"""Tells what was archived from what was deleted, where the account lists neither."""

from collections.abc import Sequence
from typing import Final

from tray.api.remote_api import Toggl
from tray.api.remote_values import Me, RemoteProject, RemoteTask, RemoteThing
from tray.errors import BadReply, Gone, ItemError
from tray.model.durations import HOUR
from tray.store import remote_rows
from tray.store.columns import number
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow

_MOST: Final = 30
"""More are not asked for one by one at once; the rest is, the next time."""
_ALL_EVERY_SECONDS: Final = 12 * HOUR
"""What was archived before is looked for so often."""


class UnlistedThings:
    """Lives as long as a connection."""

    def __init__(self, db: Database, api: Toggl) -> None:
        self._db = db
        self._api = api
        self._all_at: dict[str, int] = {}
        """By kind, when what was archived before was looked for."""

    def forget(self) -> None:
        """Look for what was archived before, too, the next time."""
        self._all_at.clear()

    def looked_up(self, me: Me, *, now: int) -> Me:
        """`me`, with what it left out: archived, or marked as deleted; asks for each if need be."""
        for table in ("project", "task"):
            listed: Sequence[RemoteThing] = getattr(me, f"{table}s")
            missing = self._missing(table, {each.id for each in listed}, now)
            if missing and table not in me.unlisted:
                me = me.with_things(table, [*listed, *self._found(table, missing, me)])
        return me

    def _missing(self, table: str, listed: set[int], now: int) -> list[int]:
        missing = remote_rows.active(self._db, table) - listed
        if self._api.has_quota:  # then what was archived before is not worth the requests
            return sorted(missing)
        if not 0 <= now - self._all_at.get(table, 0) < _ALL_EVERY_SECONDS:
            self._all_at[table] = now
            missing = remote_rows.row_ids(self._db, table).keys() - listed
        return sorted(missing)

    def _found(self, table: str, missing: Sequence[int], me: Me) -> list[RemoteThing]:
        """What has become of each; of those that cannot be asked for, nothing.

        Only what is neither in the list of all nor there by itself is gone, as a server may lack
        one of the two calls.
        """
        workspaces = [each.id for each in me.workspaces]
        try:
            found = {each.id: each for each in self._api.things(table, workspaces)}
        except (BadReply, ItemError):
            return []
        known = remote_rows.of_remotes(self._db, table, missing)
        for each in [each for each in missing if each not in found][:_MOST]:
            thing = self._one(known[each])
            if thing is not None:
                found[each] = thing
        return [found[each] for each in missing if each in found]

    def _one(self, known: RemoteRow) -> RemoteThing | None:
        place = self._workspace(known)
        project = number(known.base, "project_id") or 0
        their_project = remote_rows.remote_id(self._db, "project", project) or 0
        try:
            return self._api.thing(known.table, place, known.remote_id, project_id=their_project)
        except Gone:
            return _deleted(known.table, known.remote_id, their_project)
        except (BadReply, ItemError):  # it is there, and not for this account
            return None

    def _workspace(self, known: RemoteRow) -> int:
        """The server's id of the workspace of a project or task."""
        row_id = number(known.base, "workspace_id")
        if row_id is None:
            project = remote_rows.of_row(self._db, "project", number(known.base, "project_id") or 0)
            row_id = number(project.base, "workspace_id") if project else None
        return remote_rows.remote_id(self._db, "workspace", row_id or 0) or 0


def _deleted(table: str, remote_id: int, project_id: int) -> RemoteThing:
    if table == "task":
        return RemoteTask(remote_id, 0, project_id, "", deleted=True)
    return RemoteProject(remote_id, 0, "", deleted=True)
