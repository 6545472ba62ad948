"""Runs the program on an open database, from its icon to its exit code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Final, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tray import clock
from tray.app.first_instance import FirstInstance
from tray.errors import StorageError
from tray.ipc.lock import Lock
from tray.language import tr
from tray.paths import Paths
from tray.spare_memory import give_back
from tray.store.database import Database

PREPARE_AFTER_MS: Final = 1_000
"""When the icon is there, and what is behind it."""
GIVE_BACK_AFTER_MS: Final = 20_000
"""When all is loaded that is not loaded on demand."""


class RunningTray(Protocol):
    """What is run."""

    def start(self) -> None:
        """Show the icon."""

    def stop(self) -> bool:
        """Let go of everything; whether no thread runs any more."""

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, /
    ) -> None:
        """Keep the details of a bug and go on."""


class MakeTray(Protocol):
    """Makes it."""

    def __call__(
        self,
        places: Paths,
        lock: Lock,
        db: Database,
        notices: tuple[str, ...],
        *,
        link: str,
        debug: bool,
    ) -> RunningTray:
        """Make it, in this place, on this database."""


def run(qt: QApplication, instance: FirstInstance, make: MakeTray, *, debug: bool) -> int:
    """Run the tray until the user quits; return the exit code of the process.

    Raises:
        StorageError: the database cannot be used; the user has been shown why.
    """
    with _open_store(instance.places) as (db, notices):
        tray = _made(instance, make, db, notices, debug=debug)
        sys.excepthook = tray.report
        tray.start()
        if instance.activation:
            from tray.desktop.linux.activation import use_token

            use_token(instance.activation, qt)
        QTimer.singleShot(PREPARE_AFTER_MS, qt, prepare_windows)
        QTimer.singleShot(GIVE_BACK_AFTER_MS, qt, give_back)
        code = qt.exec()
        ended = tray.stop()
    if not ended:
        # A server's name is looked up without end, and Qt aborts for a thread that still runs.
        instance.lock.release()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # nobody is there to read it
                stream.flush()
        os._exit(code)
    return code


def prepare_windows() -> None:
    """Load what every window needs and takes long for its size: the enumerations of `Qt`.

    Of all that quick start loads it is a fifth of the time and an eighth of the memory; the rest
    comes when a window is opened.
    """
    from PySide6.QtCore import Qt  # noqa: F401


def _made(
    instance: FirstInstance,
    make: MakeTray,
    db: Database,
    notices: tuple[str, ...],
    *,
    debug: bool,
) -> RunningTray:
    """Make the program; if broken values keep it from that, after a rescue of the database."""
    places, lock, link, _ = instance
    try:
        return make(places, lock, db, notices, link=link, debug=debug)
    except Exception as error:  # broken values lead to anything
        from tray.store.recovery.rescue import rescue_because

        rescued, notice = rescue_because(db, error, now=clock.now())
        return make(places, lock, rescued, (notice,), link=link, debug=debug)


@contextmanager
def _open_store(places: Paths) -> Iterator[tuple[Database, tuple[str, ...]]]:
    from tray.store.recovery.safe_opening import open_or_rescue

    try:
        db, notices = open_or_rescue(places.database, now=clock.now())
    except StorageError as error:
        advice = tr("You can set TOGGL_TRAY_HOME to another folder.") if error.elsewhere else ""
        _show_error(f"{error} {advice}".rstrip())
        raise
    with db:
        yield db, notices


def _show_error(sentence: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Critical, "Toggl Tray", "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.exec()
