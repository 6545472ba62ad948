"""What the program exchanges with the desktop around it: messages, hotkeys, notices, signals."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from tray.desktop.app_identity import Identity
from tray.desktop.choose import (
    choose_hotkeys,
    choose_keybindings,
    choose_look,
    choose_notifier,
    choose_panel_watch,
)
from tray.desktop.notifier import ActionInvoked, Closed, Notification, Notifier, Reason
from tray.desktop.support import Level, Support
from tray.errors import StorageError
from tray.ipc.lock import Lock
from tray.ipc.protocol import Command, Message, Reply, SupportFinding
from tray.ipc.server import InstanceServer
from tray.language import described, listed, tr, tr_marked
from tray.model import formats
from tray.model.hotkey_uses import HOTKEY_USES
from tray.model.key_names import shown_keys
from tray.model.panels import PanelKind
from tray.paths import Paths
from tray.resource_files import resource
from tray.session.hook_starter import HookStarter
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import entry_changes
from tray.tracker.outcome import Outcome
from tray.ui import change_notice, wording
from tray.ui.hotkey_bindings import HotkeyBindings, HotkeyStates, refusals
from tray.ui.tray_icon import TrayIcon

if TYPE_CHECKING:
    from tray.app.api_process import ApiProcess
    from tray.desktop.linux.gnome_keybindings import Keybinding
    from tray.workers.presence_sensors import Watched

_log: Final = logging.getLogger(__name__)

_CONFIRMED: Final = {"start", "stop", "continue"}
"""The verbs that are told of, where there is no window to see it in."""


class DesktopServices(QObject):
    """Brings up what the icon does not need, and speaks with the user outside our windows."""

    requested = Signal(object)
    """A `Message` from another instance or the command line."""
    pressed = Signal(object)
    """The name of a hotkey, as in `HOTKEY_USES`."""
    hotkeys_changed = Signal(object)
    """The `HotkeyStates` that hold from now on."""
    panel_changed = Signal(object)
    """The `PanelKind` that the icon is on."""
    keybinding_failed = Signal(object)
    """Why the desktop does not call our commands by itself, as a sentence."""
    answered = Signal(object)
    """The `ActionInvoked` of the user to what was shown by `notify`."""
    unseen = Signal(object)
    """The id of what `notify` could not show."""

    def __init__(
        self, places: Paths, lock: Lock, tracking: Tracking, icon: TrayIcon, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._settings = Settings()
        self._icon = icon
        self._made_notifier: Notifier | None = None
        self._watched: Watched | None = None
        self._api: ApiProcess | None = None
        self._is_recording = self._is_resting = False
        self.profile = ""
        """Named in what is said, so that it is not taken for another's; empty if it is alone."""
        self._hooks = HookStarter(places, tracking, self)
        self._hooks.failed.connect(self.tell)
        self._server = InstanceServer(lock, places.socket, answer=self._answer, parent=self)
        self._server.received.connect(self._on_received)
        self._identity = Identity(
            "Toggl Tray",
            "toggl-tray",
            resource("icons/toggl-tray.svg"),
            {name: tr_marked(use.label) for name, use in HOTKEY_USES.items()},
        )
        self.look = choose_look(os.environ, parent=self)
        """What the desktop wants windows to look like."""
        icon.match(self.look)
        hotkeys = choose_hotkeys(os.environ, self._identity, parent=self)
        _log.info("hotkeys: %s", type(hotkeys).__name__)
        self._keybindings = choose_keybindings(os.environ, parent=self)
        self._bindings = HotkeyBindings(hotkeys, self, self._keybindings)
        if self._keybindings is not None:
            self._keybindings.failed.connect(self.keybinding_failed)
        self._bindings.pressed.connect(self.pressed)
        self._bindings.changed.connect(self.hotkeys_changed)
        self._bindings.refused.connect(self.tell)
        tracking.done.connect(self._on_done)
        tracking.failed.connect(self._on_failed)
        self._signals = SystemSignals(self)
        on_x = QApplication.platformName() == "xcb"
        self._panel = choose_panel_watch(os.environ, on_x=on_x, parent=self)
        icon.follow(self._panel)
        icon.panel_changed.connect(self.panel_changed)

    def start(self) -> None:
        """Listen to other instances and to the system."""
        try:
            self._server.listen()
        except StorageError as error:
            self.tell(str(error))
        self._signals.start()

    @property
    def hotkeys(self) -> HotkeyStates:
        """What has become of each hotkey."""
        return self._bindings.states

    @property
    def panel(self) -> PanelKind:
        """The panel that the icon is on."""
        return self._icon.panel

    @property
    def has_keybindings(self) -> bool:
        """Whether the desktop has shortcuts of its own that can be asked to call our commands."""
        return self._keybindings is not None

    @property
    def keybindings(self) -> "dict[str, Keybinding]":
        """What the desktop may call by itself, as it gives us no hotkeys."""
        return self._bindings.keybindings

    @property
    def called_by_desktop(self) -> bool:
        """Whether it does."""
        return self._bindings.called_by_desktop

    def add_keybindings(self) -> None:
        """Have the desktop call our commands."""
        if self._keybindings is not None:
            self._keybindings.put(self.keybindings)

    def remove_keybindings(self) -> None:
        """Have it call none of them."""
        if self._keybindings is not None:
            self._keybindings.take_away()

    def note_watched(self, watched: "Watched") -> None:
        """Know what of absences is noticed, for whoever asks."""
        self._watched = watched

    @Slot(object)
    def _on_received(self, message: Message) -> None:
        """Have it done, by a window that may come to the front if its sender could make one."""
        if message.activation:
            from tray.desktop.linux.activation import use_token

            use_token(message.activation, self)
        self.requested.emit(message)

    def _answer(self, message: Message) -> Reply:
        """What to say at once to another instance; all else is done a moment later."""
        if message.command is Command.REST:
            self.rest(True)  # before the other tray hears that it can have the keys
        wants_support = message.command is Command.SUPPORT
        return Reply(True, support=tuple(self._support()) if wants_support else ())

    def _support(self) -> Iterator[SupportFinding]:
        """How everything turned out that can be tried only once it is used."""
        refused = refusals(self._bindings.states)
        keys = listed(shown_keys(each.keys) for each in self._bindings.states.values())
        works = tr("{keys} work").format(keys=keys) if keys else ""
        if refused or keys:
            yield SupportFinding("hotkeys", not refused, described((works, refused)))
        if self._made_notifier is not None:
            yield from _finding("notifications", self._made_notifier.support, tr("they work"))
        if self._watched is not None:
            yield from _finding("idle time", self._watched.idle, self._watched.idle_text)
            detail = tr("the desktop tells of them")
            yield from _finding("lock and sleep", self._watched.power, detail)

    @Slot(object)
    def suspend_hotkeys(self, suspended: bool) -> None:
        """Have no hotkey fire while one is recorded."""
        self._is_recording = suspended
        self._bindings.suspend(self._is_recording or self._is_resting)

    @Slot(object)
    def rest(self, resting: bool) -> None:
        """Leave the hotkeys to the tray of another profile, or have them again."""
        self._is_resting = resting
        self._bindings.suspend(self._is_recording or self._is_resting)

    def stop(self) -> None:
        """Give everything back."""
        self._signals.stop()
        self._server.close()
        self._panel.stop()
        self.look.stop()
        self._bindings.stop()
        if self._made_notifier is not None:
            self._made_notifier.stop()
        if self._api is not None:
            self._api.stop()

    def use(self, settings: Settings) -> None:
        """Have the hotkeys, and the API, that the settings name; what cannot be had is said."""
        self._settings = settings
        self._bindings.use(settings)
        self._hooks.use(settings)
        if self._api is None and settings.serve_api:
            from tray.app.api_process import ApiProcess

            self._api = ApiProcess(self)
            self._api.failed.connect(self.tell)
        if self._api is not None:
            self._api.use(settings)
            if not settings.serve_api:
                with suppress(StorageError):  # then they end by themselves
                    entry_changes.stop_keeping(self._tracking.db)

    @Slot(object)
    def tell(self, sentence: str) -> None:
        """Say something that no window is open for."""
        self.notify(Notification(sentence, "Toggl Tray", sentence))

    @Slot(object)
    def notify(self, notification: Notification) -> None:
        """Show a notification; what the user makes of it is told by `answered`."""
        if self.profile:
            about = tr("Profile: {name}").format(name=self.profile)
            body = f"{notification.body}\n{about}" if notification.body else about
            notification = notification._replace(body=body)
        self._notifier.show(notification)

    @Slot(object)
    def withdraw(self, notification_id: str) -> None:
        """Take a notification back, if it is shown."""
        if self._made_notifier is not None:
            self._made_notifier.withdraw(notification_id)

    @property
    def _notifier(self) -> Notifier:
        """Made when there is something to say: until then it would only take memory."""
        if self._made_notifier is None:
            self._made_notifier = choose_notifier(
                os.environ, self._identity, show_message=self._icon.message, parent=self
            )
            _log.info("notifications: %s", type(self._made_notifier).__name__)
            self._made_notifier.answered.connect(self._on_answered)
            self._made_notifier.closed.connect(self._on_closed)
            self._icon.message_clicked.connect(self._made_notifier.click)
        return self._made_notifier

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        if outcome.verb in _CONFIRMED and self._settings.confirm_changes:
            # once a window that closes with it, such as quick start, is gone
            QTimer.singleShot(0, self, partial(self._confirm, outcome))

    def _confirm(self, outcome: Outcome) -> None:
        if QApplication.activeWindow() is None:
            self.confirm(outcome)

    def confirm(self, outcome: Outcome) -> None:
        """Say that something was started or stopped, with a way to undo it."""
        entry, names = outcome.entry, self._tracking.snapshot.names
        if entry is None:
            return
        title = wording.full(entry, names)
        if outcome.verb == "stop":
            length = formats.exact_length(entry.seconds(entry.stop or entry.start))
            body = tr("Stopped after {length}").format(length=length)
        else:
            body = tr("Started") if outcome.verb == "start" else tr("Continued")
        self.notify(change_notice.notification(outcome, title, body))

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        if QApplication.activeWindow() is None:
            self.tell(sentence)

    @Slot(object)
    def _on_answered(self, answer: ActionInvoked) -> None:
        if not change_notice.act(self._tracking, answer.action):
            self.answered.emit(answer)

    @Slot(object)
    def _on_closed(self, closed: Closed) -> None:
        if closed.reason is Reason.NOT_SHOWN:
            self.unseen.emit(closed.id)


def _finding(topic: str, support: Support, detail: str) -> Iterator[SupportFinding]:
    """How it turned out, if that is known yet."""
    if support.level is not Level.PENDING:
        yield SupportFinding(topic, support.level is not Level.MISSING, support.why or detail)


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
