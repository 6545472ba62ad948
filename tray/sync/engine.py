"""Keeps the local copy and the account in step, one request at a time.

Whoever runs it calls `Engine.turn` and then waits as long as it says. It serves the tray's worker
thread and ``toggl-tray sync`` alike; only one process may run one at a time.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from tray.api.remote_api import NotOffered, Toggl
from tray.api.remote_values import Quota, RemoteEntry, ResponseInfo
from tray.errors import (
    AlreadyStopped,
    BadReply,
    Doubted,
    Gone,
    ItemError,
    NoAccess,
    Offline,
    QuotaSpent,
    RemoteError,
    ServerRefused,
    TryLater,
)
from tray.model.durations import DAY, HOUR
from tray.sentences import tr
from tray.store import account, entries, journal, outbox
from tray.store.account import LinkedAccount, SyncErrorKind
from tray.store.database import Database
from tray.store.hook_events import ACCOUNT
from tray.store.journal import JournalEntry
from tray.sync.pull.apply_entries import PullResult
from tray.sync.pull.pages import Pull
from tray.sync.push import plan, request, settle
from tray.sync.push.overtaken import may_be_overtaken
from tray.sync.push.push_values import Push
from tray.sync.rate import polling, quota
from tray.sync.rate.backoff import retry_delay
from tray.sync.rate.clock_watch import ClockWatch
from tray.sync.rate.polling import PollingState
from tray.sync.rate.quota import Kind
from tray.sync.reconcile import lookups
from tray.sync.reconcile.reconciler import Reconciler
from tray.sync.status import kind_of, stops_sync

CATALOGUE_SECONDS: Final = HOUR
"""Projects and the like that were read longer ago are read again when somebody looks."""
_CATALOGUE_AT_LATEST_SECONDS: Final = 12 * HOUR
"""Then they are read even if nobody does, in place of one question for changes."""
_OFTEN_CATALOGUE_SECONDS: Final = 300
"""The same where there are plenty of requests."""
_LOOKS_SECONDS: Final = 600
"""So long after a window was opened somebody may still be looking."""
_QUOTA_SECONDS: Final = 24 * HOUR
STALE_SECONDS: Final = 60
"""A copy that was compared longer ago is not shown without asking, if the quota allows."""
_RETRY_SECONDS: Final = 15
_CONFIRMED_SECONDS: Final = 60
"""For so long a token is known to be right after the server has said whose it is."""
_LINE_TROUBLE: Final = (
    SyncErrorKind.OFFLINE,
    SyncErrorKind.NO_ANSWER,
    SyncErrorKind.INTERCEPTED,
    SyncErrorKind.BAD_ADDRESS,
    SyncErrorKind.UNTRUSTED_CERTIFICATE,
)
PAGE_SECONDS: Final = 1
"""Between pages of history, after the first few."""
_BURST: Final = 5
"""So many changes go out at once; then one a second, which the server asks for."""


class _Job(NamedTuple):
    """A request that could be made."""

    due_at: float
    """Epoch seconds; not before."""
    charged: str
    kind: Kind
    run: Callable[[], PullResult | None]
    """None: it failed, which holds up nothing else."""
    is_poll: bool = False
    delays_poll: bool = True
    """Whether it tells of changes as well, so that the next poll may come later."""


class Engine:
    """Made by whoever runs it, in the thread that owns the database connection.

    Args:
        db: The store.
        connect: Opens the connection, given what wants to see the head of each reply.
        clock: This computer's clock, epoch seconds.
        rng: What spreads clients apart.
        belongs_here: Whether the connection is known to be of the account whose data is here; else
            that is asked before anything is sent.
        token_mark: What is stored when the server has said that it is.
    """

    def __init__(
        self,
        db: Database,
        connect: Callable[[Callable[[ResponseInfo], None]], Toggl],
        *,
        clock: Callable[[], int],
        rng: Random | None = None,
        belongs_here: bool = True,
        token_mark: str = "",
    ) -> None:
        self._db = db
        self._seen: list[ResponseInfo] = []
        self._totals: list[Quota] = []
        self._api = connect(self._seen.append)
        self._clock = clock
        self._rng = rng or Random()  # noqa: S311  # spreads clients apart, guards nothing
        self._pull = Pull(db, self._api, self._server_time)
        self._account_checked = belongs_here
        self._token_mark = token_mark
        self._token_doubted = False
        self._token_confirmed_at: int | None = None
        self._clocks = ClockWatch(db)
        self._is_closed = False
        self._present = True
        self._returned_at = clock()
        self._looked_at: int | None = None
        self._poll_at: float | None = None
        self._pushes_in_burst = 0
        self._push_at = 0.0
        self._pushed_at: int | None = None
        self._catalogue_wanted = False
        self._pages = 0
        self._page_at = 0.0
        self._tried_at = 0
        db.origin = ACCOUNT
        with db.writing():
            settle.recover(Reconciler(db, now=clock()))

    def close(self) -> None:
        """Give the connection back; from another thread, this breaks off a request under way."""
        self._is_closed = True
        self._api.close()

    def refresh(self) -> None:
        """Ask for changes at the next turn if the copy is stale: somebody looks at it."""
        found, now = account.read(self._db), self._clock()
        self._looked_at = now
        if found and now - found.pull.changes_read_at >= STALE_SECONDS:
            self._poll_at = 0
        if found and not _is_recent(found.pull.catalogue_read_at, now, CATALOGUE_SECONDS):
            self._catalogue_wanted = True

    def sync_now(self) -> None:
        """Exchange everything at the next turn, whatever was the matter: the user asks for it."""
        found = account.read(self._db)
        self._token_doubted |= found is not None and stops_sync(found.errors.error_kind)
        self._forget_failures()
        with self._db.writing():
            account.update(self._db, error_kind=SyncErrorKind.NONE, error_text="")
            outbox.forget_waits(self._db)
        self._poll_at, self._catalogue_wanted = 0, True
        self._pull.look_for_archived()

    def push_soon(self) -> None:
        """Something was changed here: do not wait out a line that was down a moment ago."""
        found = account.read(self._db)
        if found and found.errors.error_kind in _LINE_TROUBLE:
            now = self._clock()
            if not 0 <= now - self._tried_at < _RETRY_SECONDS:
                self._forget_failures()

    def network_is_back(self) -> None:
        """The system says that there is a network again."""
        self._returned_at = self._clock()
        self._poll_at = None
        self._forget_failures()

    def be_present(self, present: bool) -> None:
        """Whether somebody is here: nobody is while the screen is locked or the computer sleeps."""
        if present and not self._present:
            self._returned_at = self._clock()
        self._present = present
        self._poll_at = None

    def _forget_failures(self) -> None:
        """Try again at once, unless the server itself has asked to be left alone."""
        self._push_at = 0.0
        found, now = account.read(self._db), self._clock()
        not_before = found.errors.not_before if found else 0
        with self._db.writing():
            account.update(
                self._db,
                failures=0,
                next_request_at=not_before if now < not_before <= now + HOUR else 0,
            )

    def turn(self) -> float | None:
        """Make one request at most.

        Returns:
            Seconds until there is something to do; None if nothing is, before somebody acts.
        """
        found, now = account.read(self._db), self._clock()
        if found is None or not found.signed_in:
            return None
        if found.errors.next_request_at > now:
            if found.errors.next_request_at - now <= outbox.LONGEST_WAIT_SECONDS:
                return found.errors.next_request_at - now
            self._forget_failures()  # the clock was set back
        quota.correct_after_clock_change(self._db, now)
        soonest: float | None = None
        for job in self._jobs(found, now):
            due = max(job.due_at, quota.may_spend_at(self._db, job.charged, now, kind=job.kind))
            if due <= now:
                self._run(job, found)
                return self._wait()
            soonest = due if soonest is None else min(soonest, due)
        return None if soonest is None else max(0.05, soonest - now)

    def _wait(self) -> float:
        """Until the next turn: at once, unless failures say otherwise."""
        found = account.read(self._db)
        return max(0, found.errors.next_request_at - self._clock()) if found else 0

    def _jobs(self, found: LinkedAccount, now: int) -> Iterator[_Job]:
        """What could be done, the most urgent first."""
        stopped = stops_sync(found.errors.error_kind)
        checked = self._account_checked and not self._token_doubted and not stopped
        if found.pull.catalogue_read_at is None or not checked:
            yield _Job(0, "user", "user", lambda: self._catalogue(found, now))
        if not checked:
            return
        due = lookups.next_at(self._db, found.pull, now)
        if due is not None:
            yield _Job(due, "user", "user", lambda: self._pull.changes(found, now=now))
        yield from self._pushes(found, now)
        yield from self._poll(found, now)
        if self._catalogue_wanted and found.pull.catalogue_read_at is not None:
            yield _Job(0, "user", "background", lambda: self._catalogue(found, now))
        if not found.pull.history_complete:
            history = self._pull.history
            page_at = self._page_at if self._pages >= _BURST else 0
            yield _Job(
                page_at, "user", "background", lambda: self._note_page(history(found, now=now))
            )
        if found.pull.history_complete and found.pull.older_from is not None:
            charged = f"workspace {self._pull.older_is_in(found)}"
            older = self._pull.older
            yield _Job(0, charged, "background", lambda: older(found, now=now))
        if self._api.has_quota and not _is_recent(found.pull.quota_read_at, now, _QUOTA_SECONDS):
            ask = self._ask_quota
            yield _Job(0, "user", "background", lambda: ask(now), delays_poll=False)
        if self._api.has_quota and not _is_recent(found.pull.formats_read_at, now, DAY):
            formats = self._pull.formats
            yield _Job(0, "user", "background", lambda: formats(now=now), delays_poll=False)

    def _ask_quota(self, now: int) -> PullResult:
        """Have the server say how many requests there are; not every server can."""
        try:
            counts = self._api.quota()
        except (ItemError, BadReply, NotOffered):
            counts = []
        with self._db.writing():
            account.update(self._db, quota_read_at=now)
        self._totals = counts
        return PullResult()

    def _note_page(self, result: PullResult) -> PullResult:
        """Take note of a page of history, as many of them have to keep a distance."""
        self._pages += 1
        self._page_at = self._clock() + PAGE_SECONDS
        return result

    def _catalogue(self, found: LinkedAccount, now: int) -> PullResult:
        self._catalogue_wanted = False
        result = self._pull.catalogue(found, now=now)
        self._account_checked = True
        if found.token_mark != self._token_mark:
            account.update(self._db, token_mark=self._token_mark)
        self._token_doubted, self._token_confirmed_at = False, now
        return result

    def _server_time(self) -> int | None:
        return self._seen[-1].server_time if self._seen else None

    def _pushes(self, found: LinkedAccount, now: int) -> Iterator[_Job]:
        if not outbox.count(self._db).pending:
            self._pushes_in_burst = 0
            return
        if self._push_at - now > polling.MOST_BETWEEN_PUSHES_SECONDS:  # the clock was set back
            self._push_at = now
        with self._db.writing():
            reconciler = Reconciler(self._db, now=now)
            push = plan.next_push(self._db, reconciler, now=now)
        if push is not None:
            yield self._push_job(found, push, now)
            yield from self._urgent_push(found, push, now)
        later = outbox.next_due(self._db, now)
        if later is not None and push is None:
            yield _Job(later, "user", "user", PullResult)

    def _push_job(self, found: LinkedAccount, push: Push, now: int) -> _Job:
        """The request of a push, or first a look whether the server has something later."""
        if may_be_overtaken(self._db, push, now):
            changes = self._pull.changes
            if push.item.table == "entry":
                return _Job(0, "user", "user", lambda: changes(found, now=now))
            return _Job(0, "user", "user", lambda: self._catalogue(found, now))
        due = self._push_at if self._pushes_in_burst >= _BURST else 0
        kind: Kind = "user" if plan.is_urgent(self._db, push, now=now) else "background"
        return _Job(due, f"workspace {push.workspace}", kind, lambda: self._send(push, now))

    def _urgent_push(self, found: LinkedAccount, waiting: Push, now: int) -> Iterator[_Job]:
        """What the user has just done goes before what waits until there are requests for it."""
        charged = f"workspace {waiting.workspace}"
        if quota.may_spend_at(self._db, charged, now, kind="background") <= now:
            return
        with self._db.writing():
            reconciler = Reconciler(self._db, now=now)
            push = plan.next_push(self._db, reconciler, now=now, only_urgent=True)
        if push is not None:
            yield self._push_job(found, push, now)

    def _send(self, push: Push, now: int) -> PullResult | None:
        with self._db.writing():
            plan.mark_sending(Reconciler(self._db, now=now), push, now=now)
        self._pushes_in_burst += 1
        try:
            reply = request.send(self._api, Reconciler(self._db, now=now).mapper, push)
        except (RemoteError, NotOffered) as raised:
            error = raised if isinstance(raised, RemoteError) else request.not_offered(push)
            theirs, error = self._read_again(push, self._doubt_token(error, now))
            with self._db.writing():
                reconciler = Reconciler(self._db, now=now)
                if theirs is not None and settle.accept_current(reconciler, push, theirs):
                    return PullResult()
                steps_aside = settle.accept_failure(
                    reconciler, push, error, now=now, rng=self._rng, pushed_at=self._pushed_at
                )
            if steps_aside:
                return None
            if not isinstance(error, ItemError):
                raise error from None
            return PullResult()
        with self._db.writing():
            settle.accept_reply(Reconciler(self._db, now=now), push, reply, now=now)
        self._pushed_at = now
        return PullResult()

    def _doubt_token(self, error: RemoteError, now: int) -> RemoteError:
        """What is not allowed is the item's trouble only if the token is known to be right."""
        if not isinstance(error, NoAccess):
            return error
        if _is_recent(self._token_confirmed_at, now, _CONFIRMED_SECONDS):
            return error
        self._token_doubted = True
        return Doubted(str(error), server_message=error.server_message, status=error.status)

    def _read_again(self, push: Push, error: RemoteError) -> tuple[RemoteEntry | None, RemoteError]:
        """The entry as the server has it, and `error`, if that may be why it refused a push of it.

        If it has the entry no more, the error is that.
        """
        refused = isinstance(error, AlreadyStopped | ServerRefused)
        if not refused or push.known is None or not settle.may_read_again(push):
            return None, error
        try:
            return self._api.entry(push.known.remote_id), error
        except Gone as gone:
            return None, gone
        except RemoteError:
            return None, error  # the next request will meet the same, and deal with it

    def _poll(self, found: LinkedAccount, now: int) -> Iterator[_Job]:
        if self._poll_at is None or self._poll_at - now > 2 * polling.QUIET_SECONDS:
            wait = polling.next_poll(self._polling_state(found, now), self._rng)
            if wait is None:
                return
            self._poll_at = now + wait
        recent = _is_recent(found.pull.catalogue_read_at, now, _CATALOGUE_AT_LATEST_SECONDS)
        recent &= found.beginning_of_week is not None or self._token_confirmed_at is not None
        kind: Kind = "background" if self._poll_at else "user"  # the user waits for it

        def ask() -> PullResult:
            if recent:
                often = quota.is_plenty(self._db)
                read_at = found.pull.catalogue_read_at
                if often and not _is_recent(read_at, now, _OFTEN_CATALOGUE_SECONDS):
                    self._catalogue_wanted = True
                return self._pull.changes(found, now=now)
            return self._catalogue(found, now)

        yield _Job(self._poll_at, "user", kind, ask, is_poll=True)

    def _polling_state(self, found: LinkedAccount, now: int) -> PollingState:
        spare, resets_in = quota.spare(self._db, "user", now, kind="background")
        read_at = found.pull.changes_read_at
        return PollingState(
            present=self._present,
            spare=spare,
            resets_in=resets_in,
            since_contact=now - read_at if 0 < read_at <= now else None,
            since_return=max(0, now - self._returned_at),
            since_change=now - found.pull.remote_change_at if found.pull.remote_change_at else None,
            failing=found.errors.failures > 0,
            shared=quota.is_shared(self._db, "user"),
            watched=quota.is_plenty(self._db) and self._is_watched(now),
        )

    def _is_watched(self, now: int) -> bool:
        """Whether somebody looks, or an entry runs that may be changed elsewhere."""
        looks = self._looked_at is not None and 0 <= now - self._looked_at < _LOOKS_SECONDS
        return looks or entries.running(self._db) is not None

    def _run(self, job: _Job, found: LinkedAccount) -> None:
        sent_at = self._tried_at = self._clock()
        error: RemoteError | None = None
        result: PullResult | None = None
        try:
            result = job.run()
        except RemoteError as raised:
            error = self._doubt_token(raised, sent_at)
        now = self._clock()
        with self._db.writing():
            spent = error if isinstance(error, QuotaSpent) else None
            if spent is not None:  # whichever count that was, the same is not asked again
                quota.charge(self._db, ResponseInfo(job.charged, 402), spent, now=now)
            for seen in self._seen:
                quota.charge(self._db, seen, spent, now=now)
                self._clocks.compare(seen, found, sent_at=sent_at, received=now)
            self._seen.clear()
            quota.accept_totals(self._db, self._totals, now=now)
            self._totals = []
            if error is not None:
                self._on_failure(found, error, now)
            elif result is not None:
                self._on_success(found, result, now)
        delays_poll = job.kind == "background" and job.delays_poll and self._poll_at != 0
        if job.is_poll or error or delays_poll:
            self._poll_at = None
        self._push_at = now + polling.next_push(found.errors.failures, self._rng)

    def _on_success(self, found: LinkedAccount, result: PullResult, now: int) -> None:
        account.update(self._db, last_sync=now)
        if any(result) and found.pull.history_complete:
            account.update(self._db, remote_change_at=now)
        if found.errors.error_kind:
            account.clear_error(self._db)
            journal.add(
                self._db, JournalEntry(now, "account", tr("The server can be reached again."))
            )

    def _on_failure(self, found: LinkedAccount, error: RemoteError, now: int) -> None:
        if isinstance(error, Doubted) or self._is_closed:
            return  # whose token it is, is asked next; or it was broken off here
        kind, sentence = kind_of(error), str(error)
        if kind != found.errors.error_kind:
            journal.add(self._db, JournalEntry(now, "trouble", sentence))
        if isinstance(error, QuotaSpent):
            return  # the quota says until when
        failures = found.errors.failures + 1
        wait = retry_delay(error, failures, rng=self._rng)
        if wait is None:  # an item error in a question
            wait = retry_delay(Offline(sentence), failures, rng=self._rng)
        next_at = now + round(wait or 0)
        requested = error.wait_seconds if isinstance(error, TryLater) else None
        account.update(
            self._db,
            error_kind=kind,
            error_text=sentence,
            failures=failures,
            next_request_at=next_at,
            not_before=now + min(requested, HOUR) if requested else 0,
        )


def _is_recent(at: int | None, now: int, seconds: int) -> bool:
    """Whether a moment is at most so long ago; one in the future is none."""
    return at is not None and 0 <= now - at < seconds
