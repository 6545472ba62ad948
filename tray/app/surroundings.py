"""What the program exchanges with the desktop around it: messages, hotkeys, notices, signals."""

import os
import signal
import socket
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot
from PySide6.QtWidgets import QApplication

from tray import paths
from tray.desktop import chord
from tray.desktop.choose import choose_hotkeys, choose_notifier
from tray.desktop.hotkeys import Hotkeys as DesktopHotkeys
from tray.desktop.identity import Identity
from tray.desktop.notifier import Action, Answer, Notification, Notifier
from tray.errors import StorageError, UserError
from tray.ipc.lock import Lock
from tray.ipc.server import InstanceServer
from tray.paths import Paths
from tray.settings import Settings
from tray.tracker.outcome import Outcome
from tray.ui import wording
from tray.ui.menu import Hotkeys
from tray.ui.tracking import Tracking
from tray.ui.tray_icon import TrayIcon
from tray.ui.wording import tr

_UNDO: Final = "undo"
_CONFIRMED: Final = {"start", "stop", "continue"}
"""The verbs that are told of: they are done by a click or a key, with no window to see it in."""


class Surroundings(QObject):
    """Brings up what the icon does not need, and speaks with the user outside our windows."""

    asked = Signal(object)
    """A `Message` from another instance or the command line."""
    pressed = Signal(object)
    """The name of a hotkey: ``quick`` or ``toggle``."""
    hotkeys_changed = Signal(object)
    """The `Hotkeys` that work now, as they are shown."""

    def __init__(
        self, places: Paths, lock: Lock, tracking: Tracking, icon: TrayIcon, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._settings = Settings()
        self._server = InstanceServer(lock, places.socket, parent=self)
        self._server.received.connect(self.asked)
        identity = Identity(
            "Toggl Tray",
            "toggl-tray",
            paths.resource("icons/toggl-tray.svg"),
            {"quick": tr("Quick start"), "toggle": tr("Start and stop")},
        )
        self._hotkeys: DesktopHotkeys = choose_hotkeys(os.environ, identity, parent=self)
        self._hotkeys.pressed.connect(self.pressed)
        self._hotkeys.changed.connect(self._on_hotkey_changed)
        self._notifier: Notifier = choose_notifier(
            os.environ, identity, show_message=icon.message, parent=self
        )
        self._notifier.answered.connect(self._on_answered)
        tracking.done.connect(self._on_done)
        tracking.failed.connect(self._on_failed)
        self._signals = SystemSignals(self)

    def start(self) -> None:
        """Listen to other instances and to the system."""
        try:
            self._server.listen()
        except StorageError as error:
            self.tell(str(error))
        self._signals.start()

    def stop(self) -> None:
        """Give everything back."""
        self._signals.stop()
        self._server.close()
        self._hotkeys.stop()
        self._notifier.stop()

    def use(self, settings: Settings) -> None:
        """Bind the hotkeys that the settings name; what cannot be had is said by name."""
        old, self._settings = self._settings, settings
        wanted = {"quick": settings.hotkey_quick_start, "toggle": settings.hotkey_toggle}
        for name, written in wanted.items():
            self._bind(name, written)
        del old
        self._show_hotkeys()

    def _bind(self, name: str, written: str) -> None:
        if not written:
            self._hotkeys.unbind(name)
            return
        try:
            support = self._hotkeys.bind(name, chord.parse(written))
        except UserError as error:
            self.tell(str(error))
            return
        if support.why:
            self.tell(support.why)

    def _show_hotkeys(self) -> None:
        shown = {hotkey.name: hotkey.trigger for hotkey in self._hotkeys.hotkeys}
        self.hotkeys_changed.emit(Hotkeys(shown.get("quick", ""), shown.get("toggle", "")))

    def tell(self, sentence: str) -> None:
        """Say something that no window is open for."""
        self._notifier.show(Notification("told", "Toggl Tray", sentence))

    @Slot(object)
    def _on_hotkey_changed(self, _: object) -> None:
        self._show_hotkeys()

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        if outcome.verb not in _CONFIRMED or not self._settings.confirm_changes:
            return
        entry, names = outcome.entry, self._tracking.snapshot.names
        if entry is None:
            return
        title = wording.full(entry, names)
        if outcome.verb == "stop":
            length = wording.exact(entry.seconds(entry.stop or entry.start))
            body = tr("Stopped after {length}").format(length=length)
        else:
            body = tr("Started") if outcome.verb == "start" else tr("Continued")
        actions = (Action(_UNDO, tr("Undo")),)
        self._notifier.show(Notification("change", title, body, actions))

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        if QApplication.activeWindow() is None:
            self.tell(sentence)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        if answer.action == _UNDO:
            self._tracking.undo()


class SystemSignals(QObject):
    """Quits in order when the system asks: SIGTERM, SIGINT, SIGHUP.

    Python handles a signal only between two of its own instructions, and while Qt waits there are
    none; so the signal's number comes through a socket, which wakes Qt up.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._before: dict[int, Any] = {}
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def start(self) -> None:
        """Take over the signals."""
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, _ignore)

    def stop(self) -> None:
        """Give them back."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _on_signal(self) -> None:
        with suppress(BlockingIOError):
            self._reader.recv(64)
        QApplication.quit()


def _ignore(*_: object) -> None:
    """Stand in for the default handler, which would end the process at once."""
