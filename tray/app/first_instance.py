"""What comes before the tray: that it is the first of its user and data folder, and Qt itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tray import paths, profiles, settings
from tray.app.lean_pyside import lean_pyside
from tray.chosen_language import set_language
from tray.errors import Refused
from tray.ipc import first
from tray.ipc.lock import Lock
from tray.ipc.protocol import MOST_ACTIVATION, Command, Message
from tray.lean_typing import TYPE_CHECKING, NamedTuple
from tray.paths import Paths
from tray.spare_memory import share_one_heap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class FirstInstance(NamedTuple):
    """What the first instance holds."""

    places: Paths
    lock: Lock
    link: str = ""
    """What it was started to open."""
    activation: str = ""
    """By which a desktop that waits for a window lets it come to the front."""


@contextmanager
def first_instance(
    link: str = "", *, named: bool = False, at_login: bool = False
) -> Iterator[FirstInstance | None]:
    """Be the first instance of the profile until the block ends.

    Args:
        link: What is to be opened.
        named: Whether the user has named the profile, and so switches to it.
        at_login: Whether the desktop starts it, so that one that runs is left alone.

    Yields:
        None if another is already; it opens the link, or else its quick-start dialog.

    Raises:
        TrayError: the folders or the lock cannot be used, or the first instance does not answer.
    """
    places = paths.find(os.environ)
    os.environ[paths.PROFILE_VARIABLE] = places.profile  # of whatever we start, whatever follows
    profiles.ensure(os.environ, places)
    if named:
        profiles.note_use(os.environ, places)
    set_language(settings.language_in(places.settings_file))
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    command = Command.LINK if link else Command.SUPPORT if at_login else Command.QUICK
    lock = first.become_first(places, Message(command, token[:MOST_ACTIVATION], link))
    if not isinstance(lock, Lock):
        if not lock.ok:
            raise Refused(lock.error)
        yield None
        return
    try:
        yield FirstInstance(places, lock, link, token)
    finally:
        lock.release()


def load_qt() -> "QApplication":
    """Load Qt, which takes its time, and keep it from what it would do for larger programs.

    Raises:
        Refused: there is no screen, for which Qt would abort.
    """
    if sys.platform not in ("win32", "darwin"):
        from tray.app import screen

        screen.check(os.environ)
    share_one_heap()
    with lean_pyside():
        from PySide6.QtGui import QGuiApplication, QPixmapCache

    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")  # small pictures are drawn faster without
    QGuiApplication.setDesktopFileName(os.environ.get("FLATPAK_ID") or "toggl-tray")
    if sys.platform == "win32":
        from tray.desktop.windows.shell import name_program

        name_program()
    application = _program(sys.argv[:1])
    application.setApplicationName("Toggl Tray")
    application.setQuitOnLastWindowClosed(False)
    QPixmapCache.setCacheLimit(0)  # it would wake us again half a minute after each new icon
    return application


def _program(arguments: list[str]) -> "QApplication":
    from PySide6.QtWidgets import QApplication

    if sys.platform == "darwin":
        from tray.app.mac_program import MacProgram

        program = MacProgram(arguments)
        program.leave_dock()
        return program
    return QApplication(arguments)
