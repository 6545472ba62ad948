"""Takes in what became of telling the server something: its answer, its refusal, or silence."""

from collections.abc import Sequence
from random import Random
from typing import Final

from tray.api.remote_values import RemoteEntry
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
from tray.store import account, in_flight, outbox, remote_rows
from tray.store.database import Database
from tray.store.outbox import Item
from tray.store.remote_rows import Image, Known
from tray.sync.push.plan import Push
from tray.sync.push.request import Answer
from tray.sync.rate.backoff import retry
from tray.sync.reconcile.deletions import GONE, thing_gone
from tray.sync.reconcile.mapping import Thing
from tray.sync.reconcile.reconciler import Agreement, named

MOST_ATTEMPTS: Final = 10
"""A thing on which the server has failed so often is put aside for the user to see."""
_HARMLESS: Final = (Offline, TooFast, QuotaSpent, AccountError)
"""What surely kept a request from being carried out."""
_MADE_ACTIVE: Final = ("client", "task")
"""What is archived by a further request."""
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
    remote_rows.forget(db, table, row_id)
    if remote_rows.image(db, table, row_id) is None:
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
    if push.kind == "create" and item.table in _MADE_ACTIVE:
        base = {**base, "archived": 0}
    staying = {name: theirs[name] for name in agreement.terms.plan_lacks(item.table, base)}
    if push.kind == "create" and any(base[name] != value for name, value in staying.items()):
        _say_staying(agreement, push, [name for name in staying if base[name] != staying[name]])
    base = {**base, **staying}
    if push.kind == "create" and item.table == "entry":
        in_flight.remember_made(db, item.id, at=thing.at, doubtful=item.attempts > 0)
    outbox.update(db, item.id, state="waiting", attempts=0, next_at=0, sent=None)
    known = Known(item.table, item.row_id, thing.id, 0, base)
    agreement.reach(known, theirs, at=thing.at)


def _say_staying(agreement: Agreement, push: Push, columns: Sequence[str]) -> None:
    names = " and ".join(column.removesuffix("_id") for column in columns)
    agreement.say(
        "refused",
        f"{_name(agreement.db, push)}: the server takes no {names} with it, so that stays on this "
        "computer.",
    )


def _agreed_on_many(agreement: Agreement, push: Push, failed: dict[int, str]) -> None:
    db = agreement.db
    for item in push.items:
        known = remote_rows.of_row(db, item.table, item.row_id)
        if known is None:
            continue
        if known.remote_id in failed:
            outbox.update(db, item.id, state="waiting", sent=None, alone=1)  # to find out why
            continue
        outbox.update(db, item.id, state="waiting", attempts=0, next_at=0, sent=None)
        remote_rows.keep(db, known._replace(base={**known.base, **push.changed}))
        agreement.settle(item.table, item.row_id)


def failed(agreement: Agreement, push: Push, error: RemoteError, *, now: int, rng: Random) -> None:
    """Take in that a push has failed, in the transaction of the caller."""
    wait = retry(error, push.item.attempts + 1, rng=rng) or 0  # one for all, who go together
    for item in push.items:
        _failed(agreement, push, item, error, now=now, wait=round(wait))


def _failed(
    agreement: Agreement, push: Push, item: Item, error: RemoteError, *, now: int, wait: int
) -> None:
    db = agreement.db
    if isinstance(error, _HARMLESS):
        sure = item.attempts == 0 or push.known
        outbox.update(db, item.id, state="waiting" if sure else "unknown")
    elif isinstance(error, ItemError) and len(push.items) > 1:
        outbox.update(db, item.id, state="waiting", alone=1)  # each by itself, to find which
    elif isinstance(error, Gone) and push.known is not None:
        _gone(agreement, push, item, push.known)
    elif isinstance(error, AlreadyStopped) and not item.attempts:
        outbox.update(db, item.id, state="waiting", attempts=1, next_at=now + 60)
        account.update(db, asked_at=0)  # the next look tells when it was
    elif isinstance(error, ItemError):
        _not_accepted(agreement, push, item, error)
    else:
        _in_doubt(agreement, push, item, error, next_at=now + wait)


def _gone(agreement: Agreement, push: Push, item: Item, known: Known) -> None:
    db = agreement.db
    if push.kind == "delete":
        _deleted(db, push)
    elif agreement.deleted_by_us(known):
        outbox.update(db, item.id, state="waiting", sent=None)
    elif item.table == "entry":
        remote_rows.forget(db, "entry", item.row_id)
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
    elif push.kind == "create" and error.field == "name" and item.field != "name":
        # Perhaps it was made elsewhere, or by a request that got no answer. It is looked for once.
        outbox.update(db, item.id, state="unknown", attempts=item.attempts + 1, field="name")
        account.update(db, catalogue_at=None)
    else:
        _refuse(agreement, item, str(error), field=error.field)


def _plan_is_poorer(agreement: Agreement, push: Push, error: ItemError) -> bool:
    """Whether the plan lacks what it was thought to have; then that is known from now on."""
    needs_plan = isinstance(error, PremiumNeeded) or "premium" in error.words.lower()
    known = agreement.terms.workspace_of(push.image) if needs_plan and push.image else None
    if known is None or not known.base.get("premium"):
        return False
    remote_rows.keep(agreement.db, known._replace(base={**known.base, "premium": 0}))
    return True


def _refuse(agreement: Agreement, item: Item, sentence: str, *, field: str | None = None) -> None:
    outbox.update(agreement.db, item.id, state="refused", error=sentence, field=field)
    image = remote_rows.image(agreement.db, item.table, item.row_id) or {}
    name = named(image.get("description") or image.get("name") or "")
    agreement.say("refused", f"{name[0].upper()}{name[1:]}: {sentence}")


def _in_doubt(
    agreement: Agreement, push: Push, item: Item, error: RemoteError, *, next_at: int
) -> None:
    """No answer, or none that says whether it was done."""
    attempts = item.attempts + 1
    _doubt(agreement, item, is_new=push.kind == "create", next_at=next_at)
    if isinstance(error, ServerFailed) and attempts >= MOST_ATTEMPTS:
        _refuse(agreement, item, f"The server failed {attempts} times on this. {error}")


def _doubt(agreement: Agreement, item: Item, *, is_new: bool, next_at: int) -> None:
    """Whether it was done is not known, nor whether it still will be."""
    db, is_entry = agreement.db, item.table == "entry"
    if is_new and is_entry:
        in_flight.remember_made(db, item.id, at=agreement.server_at, doubtful=True)
    if is_new and not is_entry:
        account.update(db, catalogue_at=None)
    if not is_new:
        agreement.remember_echo(item)
    state = "unknown" if is_new else "waiting"
    outbox.update(db, item.id, state=state, attempts=item.attempts + 1, next_at=next_at)


def recover(agreement: Agreement) -> None:
    """After a crash: what was being sent may have arrived, or not."""
    for item in outbox.items(agreement.db, "sending"):
        is_new = remote_rows.remote_id(agreement.db, item.table, item.row_id) is None
        _doubt(agreement, item, is_new=is_new, next_at=0)


def _name(db: Database, push: Push) -> str:
    if len(push.items) > 1:
        return f"A change of {len(push.items)} entries"
    image: Image = push.image or (push.known.base if push.known else {})
    name = named(image.get("description") or image.get("name") or "")
    return name[0].upper() + name[1:]
