"""The main thread's hold on the user's own calendars: adds and removes them, has them read."""

import uuid
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from tray import credentials
from tray.errors import TrayError
from tray.language import tr
from tray.model import colours
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.session.worker_thread import WorkerThread
from tray.settings import Settings
from tray.store import feeds
from tray.store.feeds import Feed
from tray.workers.background import KeyringThread
from tray.workers.feed_worker import FeedCommands, FeedContext, FeedWorker

if TYPE_CHECKING:
    from tray.credentials import SecretStore

LEAVE_MS: Final = 2_000
"""How long the worker may take to end: its process is killed, its connection cut."""


class FeedThread(WorkerThread):
    """Owns the worker and its thread; without a calendar there are none."""

    changed = Signal()
    """Calendars were added, removed, or looked at."""
    refused = Signal(object)
    """A sentence: why a calendar was not added."""
    _kept = Signal(object)

    def __init__(
        self, places: Paths, tracking: Tracking, keyring: KeyringThread, parent: QObject
    ) -> None:
        super().__init__("calendars", parent, leave_ms=LEAVE_MS)
        self._tracking = tracking
        self._keyring = keyring
        self._context = FeedContext(places.database, places.crash_log, keyring)
        self._settings = Settings()
        self._worker: FeedWorker | None = None
        self._commands: FeedCommands | None = None
        self._kept.connect(self._on_kept)
        self._wanted = False
        tracking.changed.connect(self._on_changed)
        tracking.mending.connect(self._on_mending)

    def use(self, settings: Settings) -> None:
        """Read calendars for the time zone, and through the network, that the settings name."""
        self._settings = settings
        if self._commands is not None:
            self._commands.use.emit(settings)

    @property
    def feeds(self) -> list[Feed]:
        """All calendars."""
        return feeds.everything(self._tracking.db)

    @Slot()
    def start(self) -> None:
        """Begin, as soon as there is a calendar."""
        self._wanted = True
        if self._worker is None and self.feeds:
            self._worker = worker = FeedWorker(self._context, self._settings)
            self._commands = FeedCommands(worker, self)
            worker.looked.connect(self._on_looked)
            self._run(worker)

    @Slot()
    def stop(self) -> bool:
        """End; whether the thread has ended."""
        self._wanted = False
        return self._end()

    def _end(self) -> bool:
        if self._worker is not None and self._commands is not None:
            self._worker.prepare_stop()
            self._commands.stop.emit()
            self._commands.deleteLater()
            self._wait()
        self._worker = self._commands = None
        return self._have_ended

    @Slot()
    def _on_changed(self) -> None:
        if self._wanted:
            self.start()

    @Slot()
    def _on_mending(self) -> None:
        self._end()

    def add_file(self, name: str, path: str) -> None:
        """Show a file."""
        self._add(name, path=path)

    def add_address(self, name: str, text: str) -> None:
        """Show what is at an address, once the keyring has that."""
        from tray.api.feed_download import calendar_address

        try:
            address = calendar_address(text)
        except TrayError as error:
            self.refused.emit(str(error))
            return
        keyring_name = f"calendar {uuid.uuid4()}"
        self._keyring.do(lambda secrets: self._keep(secrets, name, keyring_name, address))

    def _keep(self, secrets: "SecretStore", name: str, keyring_name: str, address: str) -> None:
        """On the thread of the keyring: have it keep an address, or nothing does."""
        if secrets.save(keyring_name, address) is credentials.TokenStorage.KEYRING:
            self._kept.emit((name, keyring_name, ""))
            return
        reason = secrets.reason
        secrets.delete(keyring_name)
        self._kept.emit((name, "", reason))

    @Slot(object)
    def _on_kept(self, answer: tuple[str, str, str]) -> None:
        name, keyring_name, reason = answer
        if keyring_name:
            self._add(name, keyring_name=keyring_name)
        else:
            sentence = tr(
                "An address is a secret, and there is nowhere to keep it: {reason}. A file can be "
                "shown all the same."
            )
            self.refused.emit(sentence.format(reason=reason))

    def _add(self, name: str, *, path: str = "", keyring_name: str = "") -> None:
        taken = len(self.feeds)
        colour = colours.PALETTE[taken % len(colours.PALETTE)]
        try:
            feeds.add(self._tracking.db, name, colour, path, keyring_name=keyring_name)
        except TrayError as error:
            self.refused.emit(str(error))
            return
        self.changed.emit()
        self.look()

    def remove(self, feed: Feed) -> None:
        """Show a calendar no more, and forget its address."""
        feeds.remove(self._tracking.db, feed.id)
        if feed.keyring_name:
            self._keyring.do(lambda secrets: secrets.delete(feed.keyring_name))
        self.changed.emit()
        self._tracking.refresh()

    @Slot()
    def read_again(self) -> None:
        """Read all of them now."""
        feeds.ask_anew(self._tracking.db)
        self.look()

    def look(self) -> None:
        """Read what is due."""
        if self._commands is None:
            self.start()
        else:
            self._commands.look.emit()

    @Slot()
    def _on_looked(self) -> None:
        self._tracking.refresh_if_written()
        self.changed.emit()
