"""A worker on its own thread, with a server on the loopback interface and nobody's keyring."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.server import Server, serve
from tray.credentials import SecretStore
from tray.settings import Settings
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.opening import open_database
from tray.workers.background import KeyringThread
from tray.workers.sync_worker import SyncCommands, SyncContext, SyncLock, SyncWorker

LEAVE_MS = 900


class Right:
    """To speak with the server: one holder at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.asked = 0

    def take(self) -> SyncLock | None:
        self.asked += 1
        return self._lock if self._lock.acquire(blocking=False) else None

    def release(self) -> None:
        self._lock.release()

    @property
    def is_held(self) -> bool:
        return self._lock.locked()


class Works:
    """A worker, and the database of the main thread beside it."""

    def __init__(self, folder: Path, server: Server, qtbot: QtBot) -> None:
        self.path = str(folder / "toggl-tray.db")
        self.crash_log = folder / "crash.log"
        self.server = server
        self.qtbot = qtbot
        self.db = open_database(self.path)
        self.environ = {
            "TOGGL_API_TOKEN": server.account.token,
            "TOGGL_API_URL": server.url,
        }
        self.keyring = FakeKeyring()
        self.right = Right()
        self.take_lock: Callable[[], SyncLock | None] = self.right.take
        self.said: list[str] = []
        self.refused: list[str] = []
        self.aside = False
        self.parent = QObject()

    def start(self) -> None:
        places = SyncContext(
            self.path,
            str(self.crash_log),
            self.environ,
            KeyringThread(lambda: SecretStore(lambda: self.keyring)),
            lambda: self.take_lock(),
            aside=self.aside,
        )
        self.worker = SyncWorker(places, Settings())
        self.commands = SyncCommands(self.worker, self.parent)
        self.thread = QThread(self.parent)
        self.thread.setObjectName("sync")
        self.worker.moveToThread(self.thread)
        self.worker.failed.connect(self.said.append)
        self.worker.sign_in_failed.connect(self.refused.append)
        self.worker.ended.connect(self.thread.quit, Qt.ConnectionType.DirectConnection)
        self.thread.started.connect(self.worker.start)
        self.thread.start()

    def stop(self) -> bool:
        self.worker.prepare_stop()
        self.commands.stop.emit()
        return self.thread.wait(LEAVE_MS)

    def stored(self) -> LinkedAccount | None:
        return account.read(self.db)

    def wait_for_sign_in(self) -> None:
        self.qtbot.waitUntil(
            lambda: (now := self.stored()) is not None and now.pull.history_complete
        )

    def descriptions(self) -> list[str]:
        """Of the entries on the server."""
        return [entry.description for entry in self.server.account.entries()]


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account()) as serving:
        yield serving


@pytest.fixture
def works(tmp_path: Path, server: Server, qtbot: QtBot) -> Iterator[Works]:
    made = Works(tmp_path, server, qtbot)
    yield made
    if hasattr(made, "thread"):
        assert made.stop() or made.thread.wait()
    made.db.close()
    gc.collect()
