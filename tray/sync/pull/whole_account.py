"""Reads an account whole, from servers too that leave most of it out of their reply."""

from tray.api.remote_api import NotOffered, Toggl
from tray.api.remote_values import KINDS, Me
from tray.errors import BadReply, ItemError, TryLater
from tray.store import remote_rows
from tray.store.database import Database


def read(api: Toggl) -> Me:
    """The account with all that belongs to it: one request, or one more for each kind of thing."""
    me = api.me()
    return me if me.workspaces else api.me_by_parts()


def with_locked_periods(api: Toggl, me: Me) -> Me:
    """`me`, with before when entries are locked: a request for each workspace of a paid plan."""
    found = [
        each._replace(locked_until=_locked_until(api, each.id)) if each.premium else each
        for each in me.workspaces
    ]
    return me._replace(workspaces=tuple(found))


def _locked_until(api: Toggl, workspace_id: int) -> int | None:
    try:
        return api.locked_until(workspace_id)
    except (NotOffered, ItemError, BadReply, TryLater):  # then the server says it of each entry
        return None


def settle_doubts(db: Database, api: Toggl, me: Me) -> Me:
    """`me`, with whatever would take away most of a kind that is here asked for by itself."""
    for table in KINDS if me.has_entries else ():
        listed = {each.id for each in getattr(me, f"{table}s") if not each.deleted}
        here = remote_rows.active(db, table)
        if 2 * len(here - listed) > len(here):
            me = _with_listed(api, me, table)
    return me


def _with_listed(api: Toggl, me: Me, table: str) -> Me:
    try:
        return me.with_things(table, api.things(table, [each.id for each in me.workspaces]))
    except NotOffered:
        return me._replace(unlisted=me.unlisted | {table})
