"""Shows the welcome at the first start, and says once after an update what is new."""

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from tray import __version__, files
from tray.desktop.choose import choose_autostart
from tray.desktop.notifier import Action, ActionInvoked, Notification
from tray.language import tr
from tray.model import introduction
from tray.model.introduction import Introduction
from tray.paths import Paths
from tray.session.snapshot import Snapshot
from tray.ui.windows import bring_up, retire

if TYPE_CHECKING:
    from tray.model.panels import PanelKind
    from tray.ui.hotkey_bindings import HotkeyStates
    from tray.ui.welcome_window import WelcomeWindow

_NEWS: Final = "news"


class HotkeysAndNotices(Protocol):
    """What the desktop offers for it."""

    @property
    def pressed(self) -> SignalInstance:
        """The name of a hotkey that was pressed."""

    @property
    def hotkeys_changed(self) -> SignalInstance:
        """Other hotkeys can be pressed than before."""

    @property
    def panel_changed(self) -> SignalInstance:
        """The icon is on another panel."""

    @property
    def panel(self) -> "PanelKind":
        """The one that it is on."""

    @property
    def answered(self) -> SignalInstance:
        """An `ActionInvoked` of a notification."""

    @property
    def hotkeys(self) -> "HotkeyStates":
        """What has become of each hotkey."""

    def notify(self, notification: Notification, /) -> None:
        """Show a notification."""

    def suspend_hotkeys(self, suspended: bool, /) -> None:
        """Let no hotkey fire while one is recorded."""


class IntroductionController(QObject):
    """Remembers in a file of its own which version was seen.

    Args:
        places: of that file and of the settings.
        around: what the desktop offers.
        parent: ends it.
    """

    changed = Signal(object)
    """The new `Settings`, which are on disk already."""
    account_wanted = Signal()
    news_wanted = Signal()
    opening = Signal()
    """A window is about to be made."""

    def __init__(self, places: Paths, around: HotkeysAndNotices, parent: QObject) -> None:
        super().__init__(parent)
        self._places, self._around = places, around
        around.answered.connect(self._on_answered)
        around.pressed.connect(self._on_pressed)
        around.hotkeys_changed.connect(self._show_hotkeys)
        around.panel_changed.connect(self._show_panel)
        self.window: WelcomeWindow | None = None
        self._connected = False

    def begin(self, snapshot: Snapshot) -> None:
        """Show what is due at this start, and nothing at the next."""
        self._connected = snapshot.sync is not None
        is_empty = not (snapshot.running or snapshot.recent or snapshot.sync)
        due = introduction.due(seen=self._seen(), version=__version__, is_empty=is_empty)
        with suppress(OSError):
            files.replace_whole(self._places.seen_version, __version__.encode())
        if due is Introduction.WELCOME:
            self.open()
        elif due is Introduction.NEWS:
            title = tr("Toggl Tray is now {version}").format(version=__version__)
            show = tr("What is new")
            actions = (Action("default", show), Action("open", show))
            self._around.notify(Notification(_NEWS, title, tr("See what is new in it."), actions))

    def _seen(self) -> str:
        try:
            with open(self._places.seen_version, encoding="utf-8") as file:
                return file.read(40).strip()
        except (OSError, UnicodeDecodeError):
            return ""

    @Slot(object)
    def _on_answered(self, answer: ActionInvoked) -> None:
        """Do what the user chose in a notification."""
        if answer.id == _NEWS:
            self.news_wanted.emit()

    @Slot(object)
    def _on_pressed(self, name: str) -> None:
        if self.window is not None and name == "quick":
            self.window.note_hotkey()

    @Slot(object)
    def follow(self, snapshot: Snapshot) -> None:
        """Know whether there is an account."""
        self._connected = snapshot.sync is not None
        if self.window is not None:
            self.window.show_account(connected=self._connected)

    @Slot(object)
    def _show_hotkeys(self, _: object = None) -> None:
        if self.window is not None:
            self.window.show_hotkeys(self._around.hotkeys)

    @Slot(object)
    def _show_panel(self, _: object = None) -> None:
        if self.window is not None:
            self.window.show_panel(self._around.panel)

    def renew(self) -> None:
        """Make the welcome anew, in another language, at the step where it was."""
        before, self.window = self.window, None
        if before is not None and before.isVisible():
            self.open().go_to(before.steps.currentIndex())
        retire(before)

    @Slot()
    def open(self) -> "WelcomeWindow":
        """Show the welcome, from its first step if it is closed."""
        if self.window is None or not self.window.isVisible():
            self.opening.emit()
            from tray.ui.welcome_window import WelcomeWindow

            self.window = WelcomeWindow(self._places.settings_file, choose_autostart(os.environ))
            self.window.changed.connect(self.changed)
            self.window.recording.connect(self._around.suspend_hotkeys)
            self.window.account_wanted.connect(self.account_wanted)
            self._show_hotkeys()
            self._show_panel()
            self.window.show_account(connected=self._connected)
        bring_up(self.window)
        return self.window
