"""Runs the exchange with the account on a thread of its own, from one request to the next.

What comes of it is in the store and nowhere else; whoever shows it reads it there.
"""

import gc
import time
from collections.abc import Callable, Mapping
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tray import clock
from tray.errors import RemoteError, StorageError
from tray.sentences import tr
from tray.settings import Settings
from tray.spare_memory import give_back
from tray.store import account, journal
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.store.opening import open_database
from tray.workers.background import KeyringThread
from tray.workers.worker import Worker

if TYPE_CHECKING:
    from tray.api.remote_api import Toggl
    from tray.credentials import SecretStore
    from tray.sync.engine import Engine
    from tray.sync.sign_in.account_access import Access

DEBOUNCE_MS: Final = 700
"""How long after a change it is sent: what is typed on arrives in the same request."""
MAX_DELAY_MS: Final = 1_400
"""How long after the first of several changes, however fast they follow each other."""
LOCK_RETRY_SECONDS: Final = 3
"""How often to look whether another process has stopped speaking with the server."""
AFTER_A_BUG_SECONDS: Final = 60
"""An answer that cannot be stored is asked for again, and costs a request each time: the pause is
twice as long after each failure that follows, up to half an hour."""
_MOST_DOUBLINGS: Final = 5
ASLEEP_SECONDS: Final = 30
"""If the clock went on by so much more than this program did, the computer has slept."""

Turn = Callable[[], float | None]
"""Does one thing; the seconds after which there is another, None if somebody has to act first."""


class SyncLock(Protocol):
    """The right to speak with the server, which one process has at a time."""

    def release(self) -> None:
        """Give it back."""


class SyncContext(NamedTuple):
    """What the worker finds its account with."""

    database: str
    crash_log: str
    environ: Mapping[str, str]
    keyring: KeyringThread
    take_lock: Callable[[], SyncLock | None]
    """Takes the right to speak with the server; None while another process has it."""
    aside: bool = False
    """Whether a process of its own sends, so that this one need not hold what that takes."""


class SyncCommands(QObject):
    """The commands of the main thread to a worker; each signal ends in the slot of its name."""

    push_soon = Signal()
    refresh = Signal()
    sync_now = Signal()
    network_is_back = Signal()
    be_present = Signal(object)
    reload = Signal(object)
    stop = Signal()

    def __init__(self, worker: "SyncWorker", parent: QObject) -> None:
        super().__init__(parent)
        self.push_soon.connect(worker.push_soon)
        self.refresh.connect(worker.refresh)
        self.sync_now.connect(worker.sync_now)
        self.network_is_back.connect(worker.network_is_back)
        self.be_present.connect(worker.be_present)
        self.reload.connect(worker.reload)
        self.stop.connect(worker.stop)


class _Found(NamedTuple):
    """What came of a search for the right to use the account."""

    search: int
    access: "Access | None" = None
    problem: str = ""


class SyncWorker(Worker):
    """Has no parent, as it is moved to its thread; all its slots run there, `start` first.

    Only `cancel_request` and `prepare_stop` may be called from elsewhere.
    """

    sign_in_failed = Signal(object)
    """Why the account of the environment could not be signed in to; empty once it was."""
    _found = Signal(object)

    def __init__(self, context: SyncContext, settings: Settings) -> None:
        super().__init__(context.crash_log)
        self._context = context
        self._settings = settings
        self._rng = Random()  # noqa: S311  # spreads clients apart, guards nothing
        self._ending = False
        self._lock: SyncLock | None = None
        self._access: Access | None = None
        self._engine: Engine | None = None
        self._connection: Engine | Toggl | None = None
        self._search = 0
        self._searching = False
        self._given_up = False
        self._failures = self._crashes = 0
        self._not_before = 0.0
        self._journaled = ""
        self._present = True
        self._ahead = _clock_ahead()
        self._push_wanted_at: float | None = None
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)

    def cancel_request(self) -> None:
        """End a request under way, as a `reload` is about to follow; from any thread."""
        speaking = self._connection
        if speaking is not None:
            speaking.close()

    def prepare_stop(self) -> None:
        """Begin nothing more, as `stop` is about to follow; from any thread."""
        self._ending = True
        self.cancel_request()

    @Slot()
    def start(self) -> None:
        """Begin; the timers belong to the thread that this runs on."""
        self._timer = self._made_timer("next exchange", self._on_time)
        self._debounce = self._made_timer("a change was made", self._on_debounced)
        self._run(self._turn)

    @Slot()
    def stop(self) -> None:
        """Give everything back, and end the thread."""
        self._ending = True
        self._timer.stop()
        self._debounce.stop()
        self._disconnect()
        self._close()
        self.ended.emit()

    @Slot()
    def push_soon(self) -> None:
        """Something was changed here, by whatever process: send it in a moment."""
        now = time.monotonic()
        if self._push_wanted_at is None:
            self._push_wanted_at = now
        latest = MAX_DELAY_MS - round(1000 * (now - self._push_wanted_at))
        self._debounce.start(max(0, min(DEBOUNCE_MS, latest)))

    @Slot()
    def refresh(self) -> None:
        """Somebody looks at what is here: ask whether it is up to date."""
        self._call_engine(lambda engine: engine.refresh())

    @Slot()
    def sync_now(self) -> None:
        """Exchange everything now, whatever was the matter before."""
        self._given_up = False
        self._not_before = 0.0
        self._call_engine(lambda engine: engine.sync_now())

    @Slot()
    def network_is_back(self) -> None:
        """There is a network again."""
        self._not_before = 0.0
        self._call_engine(lambda engine: engine.network_is_back())

    @Slot(object)
    def be_present(self, present: bool) -> None:
        """Whether somebody is at the computer."""
        self._present = present
        self._call_engine(lambda engine: engine.be_present(present))

    @Slot(object)
    def reload(self, settings: Settings) -> None:
        """Begin anew: another account, another way to it, or another network."""
        self._settings = settings
        self._run(self._reconnect)

    @Slot()
    def _on_time(self) -> None:
        self._run(self._turn)

    @Slot()
    def _on_debounced(self) -> None:
        self._push_wanted_at = None
        self._call_engine(lambda engine: engine.push_soon())

    def _call_engine(self, call: Callable[["Engine"], None]) -> None:
        """Tell the engine something, if there is one yet, and have it act on it."""

        def called() -> float | None:
            if self._engine is not None:
                call(self._engine)
            return self._turn()

        self._run(called)

    def _run(self, turn: Turn) -> None:
        """Carry out a command; no failure of one keeps the next from being heard."""
        if self._ending:
            return
        wait = self._guarded(turn, self._fail)
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(round(1000 * wait))

    def _fail(self, sentence: str) -> float:
        """Say it once, and try with new connections in a while."""
        if self._ending:
            return AFTER_A_BUG_SECONDS
        self._report(sentence)
        self._disconnect()
        self._close()
        wait = AFTER_A_BUG_SECONDS << self._crashes
        self._crashes = min(self._crashes + 1, _MOST_DOUBLINGS)
        self._not_before = time.monotonic() + wait
        return wait

    def _reconnect(self) -> float | None:
        self._disconnect()
        self._not_before = 0.0
        if self._db is not None:
            account.update(self._db, failures=0, next_request_at=0)  # of another way to the server
        return self._turn()

    def _disconnect(self) -> None:
        """Close the connection to the server, and let another process have one."""
        if self._engine is not None:
            self._engine.close()
        if self._lock is not None:
            self._lock.release()
        self._engine = self._access = self._lock = self._connection = None
        self._search += 1  # an answer that is still to come is of no use any more
        self._searching = self._given_up = False
        self._failures = 0

    def _turn(self) -> float | None:
        """Get one of the things that are needed, or let the engine do what it has to."""
        self._notice_sleep()
        patience = self._not_before - time.monotonic()
        if patience > 0:
            return patience
        if self._db is None:
            self._db = open_database(self._context.database)
        if self._given_up or self._searching:
            return None
        if not self._is_wanted(self._db):
            self._disconnect()
            return None
        if self._lock is None:
            self._lock = self._context.take_lock()
            if self._lock is None:
                return LOCK_RETRY_SECONDS
        return self._exchange(self._db)

    def _exchange(self, db: Database) -> float | None:
        if self._access is None:
            self._find_access()
            return None
        if account.read(db) is None:
            return self._sign_in(db, self._access)
        if self._engine is None:
            self._open_engine(db, self._access)
            return 0
        wait = self._engine.turn()
        if wait != 0:  # all that was due is done
            self._reported, self._crashes = "", 0
            db.rest()
            give_back()
        return wait

    def _is_wanted(self, db: Database) -> bool:
        """Whether there is an account to speak with; the environment may name the first one."""
        found = account.read(db)
        if found is not None:
            return found.signed_in
        return self._is_in_environment()

    def _is_in_environment(self) -> bool:
        """Whether the environment names an account."""
        return bool(self._context.environ.get("TOGGL_API_TOKEN", "").strip())

    def _notice_sleep(self) -> None:
        """After a sleep, or when the clock was set, nothing that was waited for is right."""
        before, self._ahead = self._ahead, _clock_ahead()
        if abs(self._ahead - before) > ASLEEP_SECONDS:
            self._not_before = 0.0
            if self._engine is not None:
                self._engine.network_is_back()

    # The account

    def _find_access(self) -> None:
        """Find the secret, which may take as long as the user takes to unlock the keyring."""
        self._search += 1
        self._searching = True
        search, context, settings = self._search, self._context, self._settings

        def look(secret_store: "SecretStore") -> None:
            self._found.emit(_find(search, context, settings, secret_store))

        context.keyring.do(look)

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if found.search != self._search:
            return
        self._searching = False
        self._access = found.access
        self._run(self._turn if found.access else lambda: self._give_up(found.problem))

    def _give_up(self, sentence: str) -> None:
        """Wait for the user, who is told why wherever the account is shown."""
        self._given_up = True
        if self._db is None:
            return
        self._add_to_journal(self._db, sentence)
        if account.read(self._db) is None:
            self.sign_in_failed.emit(sentence)
        else:
            refused = account.SyncErrorKind.SIGN_IN_REFUSED
            account.update(self._db, error_kind=refused, error_text=sentence)

    def _add_to_journal(self, db: Database, sentence: str) -> None:
        """Add it to the journal, unless that was the last line from here."""
        if sentence != self._journaled:
            self._journaled = sentence
            journal.add(db, JournalEntry(clock.now(), "trouble", sentence))

    def _open_engine(self, db: Database, access: "Access") -> None:
        from tray.sync import status
        from tray.sync.engine import Engine

        found = account.read(db)
        if found is not None and status.is_for_user(found.errors.error_kind):
            # Perhaps the user has acted meanwhile.
            account.clear_error(db)
        if not gc.get_freeze_count():
            gc.freeze()  # or the screen stands still while all that was loaded is looked through
        engine = Engine(
            db,
            access.connect,
            clock=clock.now,
            belongs_here=access.belongs_here,
            token_mark=access.mark,
        )
        engine.be_present(self._present)
        self._engine = self._connection = engine

    def _sign_in(self, db: Database, access: "Access") -> float | None:
        """Sign in to the account that the environment names, as there is none yet."""
        from tray.sync import status
        from tray.sync.pull import whole_account
        from tray.sync.rate.backoff import retry_delay
        from tray.sync.sign_in import linking

        api = self._connection = access.connect()
        try:
            if not self._ending:
                me = whole_account.read(api)
                linking.sign_in(db, me, access.location, now=clock.now())
        except RemoteError as error:
            self._failures += 1
            self._add_to_journal(db, str(error))
            self.sign_in_failed.emit(str(error))
            hopeless = status.stops_sync(status.kind_of(error))
            wait = None if hopeless else retry_delay(error, self._failures, rng=self._rng)
            self._given_up = wait is None
            self._not_before = time.monotonic() + (wait or 0)
            return wait
        finally:
            api.close()
        self._access = access._replace(belongs_here=True)
        self.sign_in_failed.emit("")
        return 0


def _find(
    search: int, context: SyncContext, settings: Settings, secret_store: "SecretStore"
) -> _Found:
    """Look for the right to use the account, on the keyring's thread."""
    from tray.sync.sign_in.account_access import find_access

    try:
        with open_database(context.database) as db:
            access = find_access(db, secret_store, context.environ, settings=settings)
    except (RemoteError, StorageError) as error:
        return _Found(search, problem=str(error))
    problem = secret_store.problem or tr(
        "There is no token of this account in the keyring. Sign in again."
    )
    if access is None:
        return _Found(search, problem=problem)
    return _Found(search, access._replace(aside=context.aside))


def _clock_ahead() -> float:
    """By how much the clock is ahead of what this program has lived through, in seconds."""
    return time.time() - time.monotonic()
