"""Loads the history for suggestions on a thread of its own, so that typing never waits for it."""

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QThread,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)

from tray.errors import TrayError
from tray.spare_memory import give_back
from tray.store.opening import open_database

if TYPE_CHECKING:
    from tray.model.suggest import Index

_TURN_SECONDS: Final = 0.0005
"""How long the thread computes before it lets the window have a turn; Python's own is ten times
that, and drawing one letter takes a dozen turns."""

UNUSED_MS: Final = 600_000
"""After so long without a key the history is given back; it is loaded again by the next one."""


class LoadedHistory(NamedTuple):
    """What came of a load."""

    history: "Index | None"
    """None if it could not be loaded."""
    problem: str = ""
    """Why not, as a sentence."""


class _LoadThread(QThread):
    """One load at a time, with a connection that is open for no longer."""

    arrived = Signal(object)
    """The `LoadedHistory`."""

    def __init__(self, path: str, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("history for suggestions")
        self._path = path

    def run(self) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_SECONDS)
        try:
            self.arrived.emit(_load(self._path))
        finally:
            sys.setswitchinterval(usual)
            give_back()  # SQLite has sorted the whole history


def _load(path: str) -> LoadedHistory:
    from tray.tracker import suggestions

    try:
        with open_database(path) as db:
            return LoadedHistory(suggestions.load(db))
    except TrayError as error:
        return LoadedHistory(None, str(error))


class HistoryLoader(QObject):
    """Loads when asked to; a wish that comes during a load is granted after it, and only once.

    Every line shares one, and so its history: of many entries that is the largest thing in memory,
    and is there only while somebody types now and then.
    """

    loaded = Signal(object)
    """The `LoadedHistory`, on this object's own thread."""

    def __init__(self, path: str, parent: QObject) -> None:
        super().__init__(parent)
        self._history: Index | None = None
        self.stale = True
        """Whether something has changed since it was loaded."""
        self._again = False
        self._unused = QTimer(self, singleShot=True)
        self._unused.setObjectName("history is not used")
        self._unused.timeout.connect(self._give_back)
        self._load = _LoadThread(path, self)
        self._load.arrived.connect(self._on_arrived)
        self._load.finished.connect(self._on_finished)
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101  # there are windows
        application.aboutToQuit.connect(self.stop)

    @classmethod
    def of(cls, owner: QObject, path: str, changed: SignalInstance) -> "HistoryLoader":
        """The one that all lines over a tracker share, made when the first wants it.

        Args:
            owner: The tracker.
            path: Of its database.
            changed: Tells that something in it has changed.
        """
        found: HistoryLoader | None = owner.findChild(cls)
        if found is None:
            found = cls(path, owner)
            changed.connect(found.note_change)
        return found

    @property
    def history(self) -> "Index | None":
        """What was loaded last, while it is used."""
        if self._history is not None:
            self._unused.start(UNUSED_MS)
        return self._history

    @Slot()
    def _give_back(self) -> None:
        """Have the memory back that nobody needs any more, and the file of a long history."""
        self._replace(None)
        self.stale = True
        give_back()

    def _replace(self, history: "Index | None") -> None:
        if self._history is not None:
            self._history.close()
        self._history = history

    @Slot(object)
    def note_change(self, _: object) -> None:
        """Something has changed."""
        self.stale = True

    def load(self) -> None:
        """Load the history as it is now."""
        self.stale = False
        self._again = self._load.isRunning()
        if not self._again:
            self._load.start()

    @Slot()
    def stop(self) -> None:
        """Wait for a load to end, and start no more."""
        self._again = False
        self._load.wait()

    @Slot(object)
    def _on_arrived(self, loaded: LoadedHistory) -> None:
        if loaded.history is None:
            self.stale = True
        else:
            self._replace(loaded.history)
            self._unused.start(UNUSED_MS)
        self.loaded.emit(loaded)

    @Slot()
    def _on_finished(self) -> None:
        if self._again:
            self._again = False
            self._load.start()
