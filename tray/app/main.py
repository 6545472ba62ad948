"""Starts the tray, once for each user and data folder, and ends it in order."""

import builtins
import os
import sys
from typing import TYPE_CHECKING

from tray import clock, paths
from tray.errors import Refused, StorageError
from tray.ipc import first
from tray.ipc.lock import Lock
from tray.ipc.protocol import Command, Message
from tray.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def run(*, debug: bool = False) -> int:
    """Run the tray until the user quits; return the exit code of the process.

    A second start opens the quick-start dialog in the first, and ends.

    Args:
        debug: Whether to log every step, whatever the settings say.

    Raises:
        TrayError: the folders, the lock or the database cannot be used, or the first instance does
            not answer.
    """
    places = paths.find(os.environ)
    lock = first.become_first(places, Message(Command.QUICK))
    if not isinstance(lock, Lock):
        if not lock.ok:
            raise Refused(lock.error)
        return 0
    try:
        return _run_first(places, lock, debug=debug)
    finally:
        lock.release()


def _run_first(places: Paths, lock: Lock, *, debug: bool) -> int:
    """Run the first instance; only this one takes the time to load Qt."""
    if sys.platform not in ("win32", "darwin"):
        from tray.app import screen

        screen.check(os.environ)
    application = _make_application()
    from tray.app.application import Application
    from tray.store.recovery.rescue import open_or_rescue

    try:
        db, notices = open_or_rescue(places.database, now=clock.now())
    except StorageError as error:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon.Critical, "Toggl Tray", "")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(str(error))
        box.exec()
        raise
    with db:
        tray = Application(places, lock, db, notices, debug=debug)
        sys.excepthook = tray.report
        tray.start()
        code = application.exec()
        ended = tray.stop()
    if not ended:
        # A server's name is looked up without end, and Qt aborts for a thread that still runs.
        lock.release()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _make_application() -> "QApplication":
    """Load Qt, and keep it from what it would do for larger programs."""
    from PySide6.QtGui import QGuiApplication, QPixmapCache
    from PySide6.QtWidgets import QApplication

    _import_plainly()
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")  # small pictures are drawn faster without
    QGuiApplication.setDesktopFileName("toggl-tray")
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Toggl Tray")
    application.setQuitOnLastWindowClosed(False)
    QPixmapCache.setCacheLimit(0)  # it would wake us again half a minute after each new icon
    return application


def _import_plainly() -> None:
    """Take back PySide6's hook into `import`.

    For the sake of ``from __feature__ import …``, which nothing here uses, it reads the source of
    every module that is imported after it and keeps that in memory: 10 ms and 2 MB of ours.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        vars(builtins)["__import__"] = plain
