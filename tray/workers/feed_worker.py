"""Keeps the events of the user's own calendars fresh, on a thread of its own.

What comes of it is in the store; a calendar that cannot be read keeps what was read last.
"""

import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from tray import clock, files
from tray.errors import BadFile, TrayError
from tray.language import mark
from tray.model.calendar_event import reach
from tray.model.durations import DAY, MINUTE
from tray.sentences import reason, tr, tr_marked
from tray.settings import Settings
from tray.store import feeds
from tray.store.database import Database
from tray.store.feeds import Feed
from tray.store.opening import open_database
from tray.workers.background import KeyringThread
from tray.workers.feed_process import MOST_BYTES, FeedProcess
from tray.workers.worker import Worker

if TYPE_CHECKING:
    from tray.api.feed_download import FeedDownload
    from tray.credentials import SecretStore

_log: Final = logging.getLogger(__name__)

PERIOD_SECONDS: Final = 15 * MINUTE
"""How often a calendar is asked for, at most."""
_WHOLE_SECONDS: Final = DAY
"""How old the events may be before all of them are read again, as the days that matter go on."""
BACK: Final = timedelta(days=93)
AHEAD: Final = timedelta(days=93)
"""So far from today events are kept."""
_NO_ADDRESS: Final = mark("The keyring has no address for it. Remove it, and add it again.")


class FeedContext(NamedTuple):
    """What the worker works with."""

    database: str
    crash_log: str
    keyring: KeyringThread


class FeedCommands(QObject):
    """The commands of the main thread to a worker; each signal ends in the slot of its name."""

    look = Signal()
    use = Signal(object)
    stop = Signal()

    def __init__(self, worker: "FeedWorker", parent: QObject) -> None:
        super().__init__(parent)
        self.look.connect(worker.look)
        self.use.connect(worker.use)
        self.stop.connect(worker.stop)


class _Addresses(NamedTuple):
    """What the keyring has."""

    found: Mapping[str, str]
    problem: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


class _CurrentCopy(NamedTuple):
    """A calendar as it is now."""

    data: bytes
    etag: str


class FeedWorker(Worker):
    """Only `prepare_stop` may be called from elsewhere."""

    looked = Signal()
    """All that was due was looked at."""
    _answered = Signal(object)

    def __init__(self, context: FeedContext, settings: Settings) -> None:
        super().__init__(context.crash_log)
        self._context = context
        self._settings = settings
        self._zone_name = settings.zone_name
        self._addresses: dict[str, str] = {}
        self._keyring_problem = ""
        self._tried: set[str] = set()
        """What the keyring was asked for: it may ask the user, who is not to be asked again."""
        self._is_waiting = False
        """For the keyring."""
        self._process = FeedProcess()
        self._download: FeedDownload | None = None
        self._is_ending = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def prepare_stop(self) -> None:
        """Begin nothing more, as `stop` is about to follow; from any thread."""
        self._is_ending = True
        self._process.stop()
        if (download := self._download) is not None:
            download.close()

    @Slot()
    def start(self) -> None:
        """Begin."""
        self._timer = self._made_timer("next calendar", self.look)
        self.look()

    @Slot()
    def stop(self) -> None:
        """End."""
        self._timer.stop()
        self._close()
        self.ended.emit()

    @Slot(object)
    def use(self, settings: Settings) -> None:
        """Read everything for another time zone, or through another network, if that is new."""
        self._settings = settings
        before, self._zone_name = self._zone_name, settings.zone_name
        if before != self._zone_name:
            self._guarded(lambda: feeds.ask_anew(self._store()), self._report)
        self._download = None
        self.look()

    @Slot()
    def look(self) -> None:
        """Read what is due, and come back when the next is."""
        self._guarded(self._look, self._report)

    def _look(self) -> None:
        all_of_them = feeds.everything(self._store())
        unknown = {each.keyring_name for each in all_of_them} - self._addresses.keys() - {""}
        anew = {each.keyring_name for each in all_of_them if each.checked_at is None}
        if (wanted := unknown - (self._tried - anew)) and not self._is_waiting:
            self._is_waiting = True
            self._tried |= wanted
            self._context.keyring.do(lambda secrets: self._read_addresses(secrets, wanted))
        held = unknown if self._is_waiting else set()
        for feed in all_of_them:
            if self._is_ending:
                return
            if self._is_due(feed) and feed.keyring_name not in held:
                self._read(feed)
        rest = (each for each in feeds.everything(self._store()) if each.keyring_name not in held)
        soonest = min(map(_due_at, rest), default=None)
        if soonest is not None:
            self._timer.start(1000 * max(1, min(soonest - clock.now(), PERIOD_SECONDS)))
        self.looked.emit()

    def _is_due(self, feed: Feed) -> bool:
        return _due_at(feed) <= clock.now()

    def _read_addresses(self, secrets: "SecretStore", names: set[str]) -> None:
        """On the thread of the keyring."""
        found = {name: secrets.read(name) for name in names}
        problem = secrets.problem and tr("Its address could not be read: {reason}.").format(
            reason=secrets.reason
        )
        self._answered.emit(_Addresses({n: each for n, each in found.items() if each}, problem))

    @Slot(object)
    def _on_answered(self, answer: _Addresses) -> None:
        self._addresses |= answer.found
        self._keyring_problem = answer.problem
        self._is_waiting = False
        self.look()

    def _read(self, feed: Feed) -> None:
        db, now = self._store(), clock.now()
        try:
            fresh = feed.read_at is not None and now - feed.read_at < _WHOLE_SECONDS
            copy = self._copy(feed, feed.etag if fresh else "")
            if copy is None:
                feeds.record_unchanged(db, feed.id, at=now)
                return
            begin, end = reach(now, back=BACK, ahead=AHEAD)
            read = self._process.read(copy.data, self._zone_name, begin, end)
            feeds.replace(db, feed.id, read.events, etag=copy.etag, at=now, problem=read.problem)
        except TrayError as error:
            if self._is_ending:
                return
            _log.warning("calendar %d: %s", feed.id, type(error).__name__)
            feeds.record_failure(db, feed.id, at=now, problem=str(error))

    def _copy(self, feed: Feed, etag: str) -> _CurrentCopy | None:
        """A calendar as it is now; None if it is still as `etag` names it."""
        if not feed.keyring_name:
            return _file(feed.path, etag)
        address = self._addresses.get(feed.keyring_name)
        if address is None:
            raise BadFile(self._keyring_problem or tr_marked(_NO_ADDRESS))
        reply = self._connection().fetch(address, etag)
        return None if reply.data is None else _CurrentCopy(reply.data, reply.etag)

    def _connection(self) -> "FeedDownload":
        if self._download is None:
            from tray.api.feed_download import FeedDownload
            from tray.api.session_options import Setup

            self._download = FeedDownload(Setup(self._settings.proxy, self._settings.ca_file))
        return self._download

    def _store(self) -> Database:
        if self._db is None:
            self._db = open_database(self._context.database)
        return self._db


def _due_at(feed: Feed) -> int:
    return 0 if feed.checked_at is None else feed.checked_at + PERIOD_SECONDS


def _file(path: str, etag: str) -> _CurrentCopy | None:
    try:
        found = os.stat(path)
        name = f"{found.st_mtime_ns}-{found.st_size}"
        if name == etag:
            return None
        return _CurrentCopy(files.read_regular(path, max_bytes=MOST_BYTES), name)
    except FileNotFoundError as error:
        raise BadFile(tr("The file is gone. Look where it is now, and add it again.")) from error
    except OSError as error:
        raise BadFile(
            tr("The file cannot be read ({reason}).").format(reason=reason(error))
        ) from error
