"""Takes in what became of telling the server something: its answer, its refusal, or silence."""

from random import Random
from typing import Final

from tray.api.values import RemoteEntry
from tray.errors import (
    AccountError,
    AlreadyStopped,
    Gone,
    ItemError,
    Offline,
    PremiumNeeded,
    QuotaSpent,
    RemoteError,
    ServerFailed,
    TooFast,
)
from tray.store import account, outbox, remote
from tray.store.database import Database
from tray.store.outbox import Item
from tray.store.remote import Image, Known
from tray.sync.agree import Agreement, named
from tray.sync.backoff import retry
from tray.sync.catalogue import thing_gone
from tray.sync.push import Push
from tray.sync.received import GONE
from tray.sync.tell import Answer
from tray.sync.terms import Thing

MOST_ATTEMPTS: Final = 10
"""A thing on which the server has failed so often is put aside for the user to see."""
_REMEMBER_SECONDS: Final = 24 * 3600
"""For how long a second copy of what was made is recognized."""
_HARMLESS: Final = (Offline, TooFast, QuotaSpent, AccountError)
"""What surely kept a request from being carried out."""
_SAID: Final = {"create": "was made", "update": "was changed", "delete": "was deleted"}


def answered(agreement: Agreement, push: Push, answer: Answer, *, now: int) -> None:
    """Take in the server's answer to a push, in the transaction of the caller."""
    db = agreement.db
    if push.kind == "delete":
        _deleted(db, push)
    elif answer.thing is not None:
        _agreed(agreement, push, answer.thing, now=now)
    else:
        _agreed_on_many(agreement, push, answer.failed)
    agreement.say("sent", f"{_name(db, push)} {_SAID[push.kind]} on the server.")


def _deleted(db: Database, push: Push) -> None:
    table, row_id = push.item.table, push.item.row_id
    remote.forget(db, table, row_id)
    if remote.image(db, table, row_id) is None:
        outbox.drop(db, table, row_id)
    else:  # it came back meanwhile, and has to be made anew
        outbox.update(db, push.item.id, state="waiting")


def _agreed(agreement: Agreement, push: Push, thing: RemoteEntry | Thing, *, now: int) -> None:
    db, item = agreement.db, push.item
    if isinstance(thing, RemoteEntry):
        theirs = agreement.terms.entry(thing)
    else:
        theirs = agreement.terms.thing(thing)
    base = push.image if push.known is None else {**push.known.base, **push.changed}
    for column in agreement.terms.plan_lacks(item.table, base):
        base = {**base, column: theirs[column]}
    if push.kind == "create" and isinstance(thing, RemoteEntry):
        _remember(db, push, at=thing.at, now=now)
    outbox.update(db, item.id, state="waiting", attempts=0, next_at=0, sent=None)
    known = Known(item.table, item.row_id, thing.id, 0, base)
    agreement.reach(known, theirs, at=thing.at)


def _agreed_on_many(agreement: Agreement, push: Push, failed: dict[int, str]) -> None:
    db = agreement.db
    for item in push.items:
        known = remote.of_row(db, item.table, item.row_id)
        if known is None:
            continue
        if known.remote_id in failed:
            words = failed[known.remote_id]
            _refuse(agreement, item, f"The server does not accept it: {words}")
            continue
        outbox.update(db, item.id, state="waiting")
        remote.keep(db, known._replace(base={**known.base, **push.changed}))
        agreement.settle(item.table, item.row_id)


def _remember(db: Database, push: Push, *, at: int, now: int) -> None:
    """Know a second copy of what is made now, should one turn up."""
    doubtful = push.item.attempts > 0
    db.run("DELETE FROM made WHERE made_at NOT BETWEEN ? AND ?", (now - _REMEMBER_SECONDS, now))
    db.run(
        "INSERT INTO made (row_id, sent, above, at, doubtful, made_at) "
        "SELECT row_id, sent, above, ?, ?, ? FROM outbox WHERE id = ?",
        (at, doubtful, now, push.item.id),
    )


def failed(agreement: Agreement, push: Push, error: RemoteError, *, now: int, rng: Random) -> None:
    """Take in that a push has failed, in the transaction of the caller."""
    for item in push.items:
        _failed(agreement, push, item, error, now=now, rng=rng)


def _failed(
    agreement: Agreement, push: Push, item: Item, error: RemoteError, *, now: int, rng: Random
) -> None:
    db = agreement.db
    if isinstance(error, _HARMLESS):
        outbox.update(
            db, item.id, state="waiting" if item.attempts == 0 or push.known else "unknown"
        )
    elif isinstance(error, Gone) and push.known is not None:
        _gone(agreement, push, item)
    elif isinstance(error, AlreadyStopped):
        outbox.update(db, item.id, state="waiting", next_at=now + 60)
        account.update(db, asked_at=0)  # the next look tells when it was
    elif isinstance(error, ItemError) and len(push.items) > 1:
        outbox.update(db, item.id, state="waiting", attempts=1)  # each by itself, to find which
    elif isinstance(error, ItemError):
        _not_accepted(agreement, push, item, error)
    else:
        _in_doubt(agreement, push, item, error, now=now, rng=rng)


def _gone(agreement: Agreement, push: Push, item: Item) -> None:
    db = agreement.db
    if push.kind == "delete":
        remote.forget(db, item.table, item.row_id)
        outbox.drop(db, item.table, item.row_id)
    elif item.table == "entry":
        remote.forget(db, "entry", item.row_id)
        outbox.update(db, item.id, state="gone", error=GONE, field=None)
        agreement.say("refused", f"{_name(db, push)}: {GONE}")
    else:
        thing_gone(agreement, item.table, item.row_id)


def _not_accepted(agreement: Agreement, push: Push, item: Item, error: ItemError) -> None:
    db = agreement.db
    if _plan_is_poorer(agreement, push, error):
        outbox.update(db, item.id, state="waiting")
        agreement.say(
            "refused",
            f"{_name(db, push)}: the workspace's plan has no {error.field or 'such field'}, so "
            "that stays on this computer.",
        )
    elif push.kind == "create" and error.field == "name" and item.attempts == 0:
        # Perhaps it was made elsewhere, or by a request that got no answer.
        outbox.update(db, item.id, state="unknown", attempts=1)
        account.update(db, catalogue_at=None)
    else:
        _refuse(agreement, item, str(error), field=error.field)


def _plan_is_poorer(agreement: Agreement, push: Push, error: ItemError) -> bool:
    """Whether the plan lacks what it was thought to have; then that is known from now on."""
    needs_plan = isinstance(error, PremiumNeeded) or "premium" in error.words.lower()
    known = agreement.terms.workspace_of(push.image) if needs_plan and push.image else None
    if known is None or not known.base.get("premium"):
        return False
    remote.keep(agreement.db, known._replace(base={**known.base, "premium": 0}))
    return True


def _refuse(agreement: Agreement, item: Item, sentence: str, *, field: str | None = None) -> None:
    outbox.update(agreement.db, item.id, state="refused", error=sentence, field=field)
    image = remote.image(agreement.db, item.table, item.row_id) or {}
    name = named(image.get("description") or image.get("name") or "")
    agreement.say("refused", f"{name[0].upper()}{name[1:]}: {sentence}")


def _in_doubt(
    agreement: Agreement, push: Push, item: Item, error: RemoteError, *, now: int, rng: Random
) -> None:
    """No answer, or none that says whether it was done."""
    db, attempts = agreement.db, item.attempts + 1
    if isinstance(error, ServerFailed) and attempts >= MOST_ATTEMPTS:
        _refuse(agreement, item, f"The server failed {attempts} times on this. {error}")
        return
    if push.kind == "create" and item.table == "entry":
        db.run(
            "INSERT INTO made (row_id, sent, above, at, doubtful, made_at) "
            "SELECT row_id, sent, above, 0, 1, ? FROM outbox WHERE id = ?",
            (now, item.id),
        )
    state = "unknown" if push.kind == "create" else "waiting"
    wait = retry(error, attempts, rng=rng) or 0
    outbox.update(db, item.id, state=state, attempts=attempts, next_at=now + round(wait))
    if push.kind == "create" and item.table != "entry":
        account.update(db, catalogue_at=None)


def release_entries(db: Database, *, looked_from: int, filled: bool) -> None:
    """What was looked for since `looked_from` and is not there may be sent again."""
    for item in outbox.items(db, "unknown"):
        if item.table != "entry":
            continue
        looked = filled if item.sent is None else (item.sent_at or 0) <= looked_from
        if looked:
            outbox.update(db, item.id, state="waiting")


def release_things(db: Database) -> None:
    """The catalogue was read: what is not in it may be sent again."""
    for item in outbox.items(db, "unknown"):
        if item.table != "entry":
            outbox.update(db, item.id, state="waiting")


def _name(db: Database, push: Push) -> str:
    if len(push.items) > 1:
        return f"A change of {len(push.items)} entries"
    image: Image = push.image or (push.known.base if push.known else {})
    name = named(image.get("description") or image.get("name") or "")
    return name[0].upper() + name[1:]
