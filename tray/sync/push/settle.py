"""Takes in what became of a push: a reply, a refusal, or no answer."""

from collections.abc import Container, Sequence
from random import Random
from typing import Final, NamedTuple

from tray.api.remote_values import RemoteEntry
from tray.errors import (
    AccountError,
    Doubted,
    Gone,
    Intercepted,
    ItemError,
    Offline,
    PremiumNeeded,
    QuotaSpent,
    RemoteError,
    ServerFailed,
    TooFast,
)
from tray.model.field_words import english_word
from tray.sentences import enumerated, together, tr, tr_marked, without_again
from tray.store import account, in_flight, outbox, remote_rows, undo_log
from tray.store.columns import RowValues, number
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import ChangedRow
from tray.sync.push.push_values import Push, PushReply
from tray.sync.rate.backoff import retry_delay
from tray.sync.reconcile import doubles, own_changes
from tray.sync.reconcile.deletions import follow_with_entries, forget_gone
from tray.sync.reconcile.mapping import Thing
from tray.sync.reconcile.reconciler import Reconciler, about, subject

MAX_ATTEMPTS: Final = 10
"""A thing on which the server has failed so often is put aside for the user to see."""
MAX_ATTEMPTS_BESIDE_OTHERS: Final = 3
"""The same, if other changes were sent between."""
_OTHERS_FIRST_SECONDS: Final = 3
"""So much later than others a thing is tried again that has failed."""
_MOST_DOUBLINGS: Final = 10
"""What nobody asked for waits twice as long each time, but for no longer than an item may."""
_NOT_CARRIED_OUT: Final = (Offline, Doubted, TooFast, QuotaSpent, AccountError)
"""What surely kept a request from being carried out."""
_CREATED_ACTIVE: Final = ("client", "task")
"""What is archived by a further request."""
_READ_AGAIN: Final = "times"
"""In the place of the refused field: the entry was read, and its change sent once more."""


def accept_reply(reconciler: Reconciler, push: Push, reply: PushReply, *, now: int) -> None:
    """Take in the server's answer to a push, in the transaction of the caller."""
    db = reconciler.db
    if reply.other_is_gone and push.known is not None:
        doubles.keep_double(db, push.known)
        reconciler.update_outbox("entry", doubles.kept_row(push.known) or 0)
        return
    if push.kind == "delete" and push.known is not None and isinstance(reply.thing, RemoteEntry):
        outbox.update(db, push.item.id, state="waiting", sent=None)
        reconciler.reconcile(push.known, reconciler.mapper.entry(reply.thing), at=reply.thing.at)
        return
    if push.kind == "delete":
        if push.with_entries:
            follow_with_entries(db, push.item.row_id)
        for item in push.items:
            known = push.known if item == push.item else _known(db, item)
            _apply_deletion(db, item, known)
    elif reply.thing is not None:
        if not _apply_reply(reconciler, push, reply.thing, now=now):
            return
    else:
        _apply_bulk_reply(reconciler, push, reply.refused)
    if _has_ended_timer(push):
        _retry_refused_timer(reconciler)
    reconciler.report(
        "sent",
        {
            "create": tr("{name} was made on the server."),
            "update": tr("{name} was changed on the server."),
            "delete": tr("{name} was deleted on the server."),
        }[push.kind].format(name=_subject(db, push)),
    )


def _has_ended_timer(push: Push) -> bool:
    """Whether what ran on the server does so no more."""
    if push.item.table != "entry" or push.known is None or push.known.base["stop"] is not None:
        return False
    return push.kind == "delete" or "stop" in push.changed


def _retry_refused_timer(reconciler: Reconciler) -> None:
    item = reconciler.refused_timer()
    if item is not None:
        outbox.resend_refused(reconciler.db, "entry", item.row_id)


def _known(db: Database, item: OutboxItem) -> RemoteRow | None:
    return remote_rows.of_row(db, item.table, item.row_id)


def _apply_deletion(db: Database, item: OutboxItem, known: RemoteRow | None) -> None:
    if known is not None:
        forget_gone(db, known)
    if remote_rows.image(db, item.table, item.row_id) is None:
        outbox.drop(db, item.table, item.row_id)
    else:  # it came back meanwhile, and has to be made anew
        outbox.update(db, item.id, state="waiting")


def _apply_reply(
    reconciler: Reconciler, push: Push, thing: RemoteEntry | Thing, *, now: int
) -> bool:
    """Take in a thing as the server has it now; whether that is what was asked for."""
    db, item = reconciler.db, push.item
    if isinstance(thing, RemoteEntry):
        theirs = reconciler.mapper.entry(thing)
    else:
        theirs = reconciler.mapper.thing(thing)
    if isinstance(thing, RemoteEntry) and _stayed_stopped(db, push, theirs):
        _make_anew(reconciler, push, theirs, at=thing.at)
        return False
    base = push.image if push.known is None else {**push.known.base, **push.changed}
    stops = number(theirs, "stop") or 0, number(push.image, "stop") or 0
    if push.stops_now and abs(stops[0] - stops[1]) > own_changes.STOP_SECONDS:
        base = {**base, "stop": theirs["stop"]}  # one of the clocks is wrong: ours is sent next
    if push.kind == "create" and item.table in _CREATED_ACTIVE:
        base = {**base, "archived": 0}
    left_out = {name: theirs[name] for name in reconciler.mapper.plan_lacks(item.table, base)}
    if push.kind == "create" and any(base[name] != value for name, value in left_out.items()):
        _report_left_out(
            reconciler, push, [name for name in left_out if base[name] != left_out[name]]
        )
    base = {**base, **left_out}
    _report_not_taken(reconciler, push, theirs, but=left_out)
    if push.kind == "create" and item.table == "entry":
        in_flight.remember_create(db, item.id, at=thing.at, maybe_repeated=item.attempts > 0)
    outbox.update(
        db, item.id, state="waiting", attempts=0, next_at=0, sent=None, field=None, error=None
    )
    known = RemoteRow(item.table, item.row_id, thing.id, 0, base)
    reconciler.reconcile(known, theirs, at=thing.at)
    if push.stops_now and item.table == "entry":
        now_here = remote_rows.image(db, "entry", item.row_id) or push.image
        undo_log.correct(
            db, ChangedRow("entry", item.row_id), "stop", push.image["stop"], now_here["stop"]
        )
    return True


def _stayed_stopped(db: Database, push: Push, theirs: RowValues) -> bool:
    """Whether the server has said yes to letting an entry run again, and has not done it."""
    continues = push.kind == "update" and "stop" in push.changed and push.changed["stop"] is None
    ours = remote_rows.image(db, push.item.table, push.item.row_id)
    runs = ours is not None and ours["stop"] is None
    return continues and runs and theirs["stop"] is not None


def _make_anew(reconciler: Reconciler, push: Push, theirs: RowValues, *, at: int) -> None:
    """Have an entry made as it is here, and then the one deleted that the server has of it."""
    db, item = reconciler.db, push.item
    if push.known is None:
        return
    remote_rows.forget(db, item.table, item.row_id)
    doubles.delete_double(db, item.row_id, push.known._replace(base=theirs, at=at))
    outbox.update(
        db, item.id, state="waiting", attempts=0, next_at=0, sent=None, field=None, error=None
    )
    reconciler.report(
        "refused",
        tr(
            "{subject}: the server lets no stopped entry run again, so it is made "
            "anew there, and then the stopped one deleted."
        ).format(subject=_subject(db, push)),
    )


def _report_not_taken(
    reconciler: Reconciler, push: Push, theirs: RowValues, *, but: Container[str]
) -> None:
    """Say what the server has not taken, though it has said yes."""
    names = [
        tr_marked(english_word(name))
        for name, value in push.changed.items()
        if name not in but and name in theirs and theirs[name] != value and name != "tag_ids"
    ]
    if names and not push.stops_now:
        reconciler.report(
            "refused",
            tr("{subject}: the server has kept its own {names}.").format(
                subject=_subject(reconciler.db, push), names=enumerated(names)
            ),
        )


def _report_left_out(reconciler: Reconciler, push: Push, columns: Sequence[str]) -> None:
    names = enumerated(tr_marked(english_word(name)) for name in columns)
    reconciler.report(
        "refused",
        tr(
            "{subject}: the workspace's plan has no {names}, so that was not sent "
            "and stays on this computer."
        ).format(subject=_subject(reconciler.db, push), names=names),
    )


def _apply_bulk_reply(reconciler: Reconciler, push: Push, refused: dict[int, str]) -> None:
    db = reconciler.db
    for item in push.items:
        known = _known(db, item)
        if known is None:
            continue
        if known.remote_id in refused:
            outbox.update(db, item.id, state="waiting", sent=None, unbatched=1)  # to find out why
            continue
        outbox.update(db, item.id, state="waiting", attempts=0, next_at=0, sent=None, error=None)
        remote_rows.save(db, known._replace(base={**known.base, **push.sent_for(known.base)}))
        reconciler.update_outbox(item.table, item.row_id)


def may_read_again(push: Push) -> bool:
    """Whether a refusal may be due to times that were changed elsewhere, which is asked once.

    Or to a deletion that was done already: servers word that as they like.
    """
    if push.item.table != "entry" or push.kind == "delete":
        return push.item.table == "entry"
    return bool(push.changed.keys() & {"start", "stop"}) and push.item.field != _READ_AGAIN


def accept_current(reconciler: Reconciler, push: Push, theirs: RemoteEntry) -> bool:
    """Take in an entry as the server has it, which refused a change of it.

    Returns:
        Whether it is another than the one that was to be changed; then what is left is sent again.
    """
    image = reconciler.mapper.entry(theirs)
    if push.known is None or push.kind == "delete" or image == push.known.base:
        return False
    outbox.update(reconciler.db, push.item.id, state="waiting", sent=None, field=_READ_AGAIN)
    reconciler.reconcile(push.known, image, at=theirs.at)
    return True


def accept_failure(
    reconciler: Reconciler,
    push: Push,
    error: RemoteError,
    *,
    now: int,
    rng: Random,
    pushed_at: int | None = None,
) -> bool:
    """Take in that a push has failed, in the transaction of the caller.

    Args:
        reconciler: What brings both sides together.
        push: What failed.
        error: How.
        now: Epoch seconds.
        rng: What spreads clients apart.
        pushed_at: When another push succeeded last, epoch seconds.

    Returns:
        Whether it steps aside: it has failed again while the server was there for others.
    """
    wait = retry_delay(error, push.item.attempts + 1, rng=rng) or 0  # one for all, who go together
    failure = _PushFailure(error, now=now, wait=round(wait), pushed_at=pushed_at)
    aside = [_handle_failure(reconciler, push, item, failure) for item in push.items]
    return any(aside)


class _PushFailure(NamedTuple):
    """How a push has failed."""

    error: RemoteError
    now: int
    wait: int
    pushed_at: int | None


def _handle_failure(
    reconciler: Reconciler, push: Push, item: OutboxItem, failure: _PushFailure
) -> bool:
    db, error = reconciler.db, failure.error
    if isinstance(error, _NOT_CARRIED_OUT):
        if item.attempts == 0 or push.known:
            outbox.update(db, item.id, state="waiting", sent=None)
        else:
            outbox.update(db, item.id, state="unknown")
    elif isinstance(error, ItemError) and len(push.items) > 1:
        outbox.update(db, item.id, state="waiting", unbatched=1)  # each by itself, to find which
    elif isinstance(error, Gone) and push.known is not None:
        _handle_gone(reconciler, push, item, push.known)
    elif isinstance(error, ItemError):
        _handle_refusal(reconciler, push, item, error)
    else:
        return _handle_silence(reconciler, push, item, failure)
    return False


def _handle_gone(reconciler: Reconciler, push: Push, item: OutboxItem, known: RemoteRow) -> None:
    db = reconciler.db
    if push.kind == "delete":
        if item.table == "entry" and not item.attempts:
            in_flight.forget_creates(db, item.row_id)  # another did it, who may make it anew
        _apply_deletion(db, item, known)
    elif item.table == "entry":
        outbox.update(db, item.id, state="waiting", sent=None)
        reconciler.delete_entry(known, confirmed=True)
    else:
        outbox.update(db, item.id, state="waiting", sent=None)
        reconciler.delete_thing(item.table, item.row_id)


def _handle_refusal(reconciler: Reconciler, push: Push, item: OutboxItem, error: ItemError) -> None:
    db = reconciler.db
    if _plan_is_poorer(reconciler, push, error):
        outbox.update(db, item.id, state="waiting")
        reconciler.report(
            "refused",
            tr(
                "{subject}: the workspace's plan has no {field}, so that stays on this computer."
            ).format(
                subject=_subject(db, push),
                field=tr_marked(english_word(error.field)) if error.field else tr("such field"),
            ),
        )
    elif item.table != "entry" and push.kind != "update" and item.field != "name":
        # Perhaps the name is taken by what was made elsewhere, or by a request that got no answer,
        # or what is to be deleted is gone. Servers word that as they like: it is looked for once.
        outbox.update(db, item.id, state="unknown", attempts=item.attempts + 1, field="name")
        account.update(db, catalogue_read_at=None)
    else:
        _mark_refused(reconciler, item, str(error), field=error.field)


def _plan_is_poorer(reconciler: Reconciler, push: Push, error: ItemError) -> bool:
    """Whether the plan lacks what it was thought to have; then that is known from now on."""
    needs_plan = isinstance(error, PremiumNeeded) or "premium" in error.server_message.lower()
    known = reconciler.mapper.workspace_of(push.image) if needs_plan and push.image else None
    if known is None or not known.base.get("premium"):
        return False
    remote_rows.save(reconciler.db, known._replace(base={**known.base, "premium": 0}))
    return True


def _mark_refused(
    reconciler: Reconciler, item: OutboxItem, sentence: str, *, field: str | None = None
) -> None:
    db, known = reconciler.db, _known(reconciler.db, item)
    outbox.update(db, item.id, state="refused", error=sentence, field=field)
    image = remote_rows.image(db, item.table, item.row_id) or (known.base if known else {})
    reconciler.report("refused", about(subject(image), sentence))


def _handle_silence(
    reconciler: Reconciler, push: Push, item: OutboxItem, failure: _PushFailure
) -> bool:
    """No answer, or none that says whether it was done; whether it steps aside."""
    db, attempts = reconciler.db, item.attempts + 1
    others_went = _is_after(_last_success(db), item)
    most = MAX_ATTEMPTS if not _is_after(failure.pushed_at, item) else MAX_ATTEMPTS_BESIDE_OTHERS
    in_vain = others_went and attempts >= most
    is_wish = _is_wish(db, push)
    wait = failure.wait + _OTHERS_FIRST_SECONDS
    if in_vain and not is_wish:
        wait = min(wait << min(attempts - most, _MOST_DOUBLINGS), outbox.LONGEST_WAIT_SECONDS)
    next_at = failure.now + wait
    _mark_unanswered(reconciler, item, is_new=push.kind == "create", next_at=next_at)
    outbox.update(db, item.id, error=str(failure.error), unbatched=item.unbatched or others_went)
    if in_vain and is_wish and isinstance(failure.error, ServerFailed | Intercepted):
        sentence = together(
            tr("The server failed {attempts} times on this.").format(attempts=attempts),
            without_again(str(failure.error)),
        )
        _mark_refused(reconciler, item, sentence)
    return others_went


def _is_wish(db: Database, push: Push) -> bool:
    """Whether the user has asked for it; else the exchange goes on by itself, however it fails.

    It removes doubles, and ends what ran on when something was started elsewhere.
    """
    if push.known is not None and doubles.kept_row(push.known) is not None:
        return False
    stops = push.item.table == "entry" and push.changed.keys() == {"stop"}
    return not stops or own_changes.is_stop_of_user(db, push.item.row_id, push.changed["stop"])


def _last_success(db: Database) -> int | None:
    found = account.read(db)
    return found.pull.last_sync if found else None


def _is_after(moment: int | None, item: OutboxItem) -> bool:
    """Whether something succeeded since an item had failed."""
    failed_at = item.sent_at if item.attempts else None
    return moment is not None and failed_at is not None and moment > failed_at


def _mark_unanswered(
    reconciler: Reconciler, item: OutboxItem, *, is_new: bool, next_at: int
) -> None:
    """Whether it was done is not known, nor whether it still will be."""
    db, is_entry = reconciler.db, item.table == "entry"
    if is_new and is_entry:
        in_flight.remember_create(db, item.id, at=reconciler.server_at, maybe_repeated=True)
    if is_new and not is_entry:
        account.update(db, catalogue_read_at=None)
    if not is_new:
        reconciler.remember_unanswered(item)
    state: outbox.State = "unknown" if is_new else "waiting"
    outbox.update(db, item.id, state=state, attempts=item.attempts + 1, next_at=next_at)


def recover(reconciler: Reconciler) -> None:
    """After a crash: what was being sent may have arrived, or not."""
    for item in outbox.items(reconciler.db, "sending"):
        is_new = remote_rows.remote_id(reconciler.db, item.table, item.row_id) is None
        _mark_unanswered(reconciler, item, is_new=is_new, next_at=0)


def _subject(db: Database, push: Push) -> str:
    if len(push.items) > 1:
        return tr("Each of {count} {kinds}").format(
            count=len(push.items),
            kinds=tr_marked("entries" if push.item.table == "entry" else f"{push.item.table}s"),
        )
    image: RowValues = push.image or (push.known.base if push.known else {})
    return subject(image)
