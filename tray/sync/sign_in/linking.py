"""Connects the local copy with an account, and parts them again."""

from typing import Literal

from tray.api.remote_values import Me, RemoteEntry
from tray.errors import Refused, Undecided
from tray.sentences import ntr, tr
from tray.store import account, journal, outbox
from tray.store.account import LinkedAccount, PullPosition
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.sync.pull.pages import apply_account
from tray.sync.reconcile.mapping import Thing
from tray.sync.sign_in.identity import ServerLocation, check_same

Choice = Literal["upload", "keep", "later"]
Parting = Literal["keep", "forget", "remove"]


def entries_here(db: Database) -> int:
    """How many entries on this computer are not in the account, as far as is known."""
    (count,) = db.row(
        "SELECT count(*) FROM entry WHERE id NOT IN "
        "(SELECT row_id FROM remote WHERE of_table = 'entry')"
    )
    return int(count)


def sign_in(
    db: Database,
    me: Me,
    location: ServerLocation,
    *,
    choice: Choice = "later",
    now: int,
) -> None:
    """Connect with an account whose data was just read.

    If the data here is that account's already, it is read anew by whoever exchanges it: what `me`
    has may be older than what was exchanged meanwhile.

    Args:
        db: The store.
        me: The account.
        location: Where it is.
        choice: What becomes of the entries made before.
        now: Epoch seconds.

    Raises:
        Refused: the data here belongs to another account.
    """
    name = me.name or me.email or str(me.user_id)
    with db.writing():
        check_same(db, me, location.url)
        before = account.read(db)
        if before is None:
            account.write(
                db,
                LinkedAccount(*location, me.user_id, name, pull=PullPosition(cursor=_latest(me))),
            )
            _place_existing_entries(db, choice, now=now)
        else:
            account.update(
                db,
                url=location.url,
                auth=location.auth,
                connection=location.connection,
                name=name,
                signed_in=True,
                catalogue_read_at=None,
            )
            account.clear_error(db)
        journal.add(db, JournalEntry(now, "account", tr("Signed in as {name}.").format(name=name)))
    if before is None:
        apply_account(db, me, now=now, quietly=True)


def _latest(me: Me) -> int:
    """When anything was last changed there, by the server's clock: ours may be wrong."""
    things: list[Thing | RemoteEntry] = [*me.workspaces, *me.clients, *me.projects]
    things += [*me.tasks, *me.tags, *me.entries]
    return max((each.at for each in things), default=0)


def _place_existing_entries(db: Database, choice: Choice, *, now: int) -> None:
    """Say what becomes of the entries made before there was an account."""
    if choice == "upload":
        _queue_for_matching(db, now=now)
    else:
        db.run("INSERT INTO local_only (of_table, row_id) SELECT 'entry', id FROM entry")


def _queue_for_matching(db: Database, *, now: int) -> None:
    """Note entries as perhaps known to the server: they may have been exported from it."""
    db.run(
        "INSERT INTO outbox (of_table, row_id, state, sent_at) "
        "SELECT 'entry', id, 'unknown', ? FROM entry WHERE id NOT IN "
        "(SELECT row_id FROM remote WHERE of_table = 'entry') AND id NOT IN "
        "(SELECT row_id FROM outbox WHERE of_table = 'entry')",
        (now,),
    )


def upload(db: Database, *, now: int) -> int:
    """Have the entries sent after all that were to stay on this computer; return their number."""
    with db.writing():
        (count,) = db.row("SELECT count(*) FROM local_only WHERE of_table = 'entry'")
        db.run("DELETE FROM local_only WHERE of_table = 'entry'")
        account.update(db, history_complete=False, history_from=None)  # for they may be there
        _queue_for_matching(db, now=now)
    return int(count)


def check_all_sent(db: Database) -> None:
    """Refuse to go on while the server has not got everything.

    Raises:
        Refused: with what to do.
    """
    pending, refused = outbox.count(db)
    if refused:
        raise Undecided(
            ntr(
                "{count:,} change waits for your decision. Settle it first, or sign out and keep "
                "the data.",
                "{count:,} changes wait for your decision. Settle them first, or sign out and "
                "keep the data.",
                refused,
            ).format(count=refused)
        )
    if pending:
        raise Refused(
            ntr(
                "{count:,} change has not reached the server yet. Let it be sent first, or sign "
                "out and keep the data.",
                "{count:,} changes have not reached the server yet. Let them be sent first, or "
                "sign out and keep the data.",
                pending,
            ).format(count=pending)
        )


def sign_out(db: Database, parting: Parting, *, now: int) -> None:
    """Part with the account.

    Args:
        db: The store.
        parting: ``keep`` goes on when the same account signs in again; ``forget`` makes all data
            this computer's own; ``remove`` removes what the server has too.
        now: Epoch seconds.

    Raises:
        Refused: something would be removed that the server has not got yet.
    """
    with db.writing():
        if parting == "remove":
            check_all_sent(db)
        if parting == "keep":
            account.update(db, signed_in=False)
        else:
            if parting == "remove":
                account.remove_shared(db)
            account.clear(db)
        journal.add(db, JournalEntry(now, "account", tr("Signed out.")))
