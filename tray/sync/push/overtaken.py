"""Says of which push the server has to be asked first, as it may have something later."""

from typing import Final

from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.columns import number
from tray.store.database import Database
from tray.sync.push.push_values import Push
from tray.sync.rate import quota
from tray.sync.reconcile import own_changes
from tray.sync.status import is_useless_reply

_AT_ONCE_SECONDS: Final = 30
"""What is sent later than this is sent after asking what was changed elsewhere."""
_START_AT_ONCE_SECONDS: Final = 5
"""Likewise for a start, which would stop what was started elsewhere since."""
_STALE_SECONDS: Final = 300
"""What was read longer ago says little; it is more than any request takes, so that one follows."""


def may_be_overtaken(db: Database, push: Push, now: int) -> bool:
    """Whether the server has to be asked first, as this was done a while ago.

    Another device may have changed the same since, and the later change is to win. Or it may
    have started something, which a start of ours would stop.
    """
    if push.kind != "create":
        times = own_changes.changed_at(db, push.item, push.image, push.changed)
        at_once = _AT_ONCE_SECONDS
    elif push.item.table == "entry" and push.image["stop"] is None:
        times, at_once = [number(push.image, "start") or 0], _START_AT_ONCE_SECONDS
    else:
        return False
    found = account.read(db)
    if found is None or is_useless_reply(found.errors.error_kind):
        return False
    if quota.may_spend_at(db, "user", now, kind="user") > now:
        return False
    read_at = _read_at(found, push)
    tried_at = push.item.sent_at or 0
    if _may_overwrite_unseen(db, push):
        seen = [each for each in times if each <= now]  # the clock may have been set back since
        if read_at < max([*seen, now - _AT_ONCE_SECONDS]) or read_at <= tried_at < now:
            return True
    if push.may_meet_a_stop and read_at < now - _AT_ONCE_SECONDS:
        return True
    if now - min(times) <= at_once:
        return False
    if read_at <= tried_at < now - _AT_ONCE_SECONDS:
        return True  # that failed, and others may have changed the same since
    return read_at < max(min(times), now - _STALE_SECONDS)


def _may_overwrite_unseen(db: Database, push: Push) -> bool:
    """Whether a change might replace one that nobody here has seen, and could see.

    So might the deletion of an entry, which may be undone, and is then made as it was here. No
    protocol can say “only if it is as I know it”. A look costs a request, of which there have to be
    plenty; what changes between the look and the request is overwritten all the same.
    """
    replaces = push.kind == "update" or (push.kind == "delete" and push.item.table == "entry")
    return replaces and not push.stops_now and quota.is_plenty(db)


def _read_at(found: LinkedAccount, push: Push) -> int:
    """When the server last told how it has what is pushed: things are not among what changed."""
    if push.item.table == "entry":
        return found.pull.changes_read_at
    return found.pull.catalogue_read_at or 0
