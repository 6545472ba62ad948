"""The running program: every part of it, and which of them does what the user asks for."""

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from tray import settings
from tray.ipc.lock import Lock
from tray.ipc.protocol import Command, Message
from tray.model.days import Calendar
from tray.paths import Paths
from tray.settings import WEEKDAYS, Settings
from tray.store.database import Database
from tray.ui.menu import Do, Hotkeys, Row, TrayMenu
from tray.ui.tracking import Tracking
from tray.ui.tray_icon import TrayIcon
from tray.ui.wording import Clock, tr

if TYPE_CHECKING:
    from tray.app.surroundings import Surroundings
    from tray.ui.entries.window import EntriesWindow
    from tray.ui.mini import MiniWindow
    from tray.ui.quick_start.dialog import QuickStart
    from tray.ui.settings.window import SettingsWindow

REST_AFTER_MS: Final = 100
"""How long the panel and the icon have to themselves: it is painted some steps after `show`."""


class Tray(QObject):
    """Owns every part, makes windows when they are first wanted, and leads calls to them."""

    def __init__(self, places: Paths, lock: Lock, db: Database, told: tuple[str, ...]) -> None:
        super().__init__()
        self._places = places
        self._lock = lock
        loaded = settings.load(places.settings_file)
        self._settings = loaded.settings
        self._told = (*told, *loaded.problems)
        self._tracking = Tracking(db, calendar_of(self._settings), self)
        self._menu = TrayMenu(self._tracking)
        self._icon = TrayIcon(self._menu.menu, self._settings, self)
        self._around: Surroundings | None = None
        self._quick_start: QuickStart | None = None
        self._entries: EntriesWindow | None = None
        self._settings_window: SettingsWindow | None = None
        self._mini: MiniWindow | None = None
        self._tracking.changed.connect(self._icon.update)
        self._menu.chosen.connect(self._on_chosen)
        self._icon.gesture.connect(self._on_gesture)
        self._icon.minute_over.connect(self._tracking.refresh_if_other_day)
        self._icon.appeared.connect(self._on_icon_appeared)
        self._icon.homeless.connect(self._on_homeless)

    def start(self) -> None:
        """Show the icon; everything that it does not need comes up once it is on screen."""
        self._icon.show(self._tracking.snapshot)
        QTimer.singleShot(REST_AFTER_MS, self, self._start_the_rest)

    def stop(self) -> None:
        """Let go of the desktop; what was tracked is on disk already."""
        if self._around is not None:
            self._around.stop()
        self._tracking.release()

    @Slot()
    def _start_the_rest(self) -> None:
        from tray.app.surroundings import Surroundings

        self._around = Surroundings(self._places, self._lock, self._tracking, self._icon, self)
        self._around.asked.connect(self._on_message)
        self._around.pressed.connect(self._on_hotkey)
        self._around.hotkeys_changed.connect(self._on_hotkeys_changed)
        self._around.use(self._settings)
        self._around.start()
        for sentence in self._told:
            self._around.tell(sentence)
        if not self._settings.start_hidden:
            self.open_entries()
        import tray.ui.quick_start.dialog  # noqa: F401  # so that even the first hotkey is quick

    def report(self, _: object, error: BaseException, __: object) -> None:
        """Keep the details of a bug in the log and go on; Qt sends it to `sys.excepthook`."""
        from tray.log import record_crash

        sentence = record_crash(self._places.crash_log, error)
        if self._around is None:
            sys.stderr.write(f"toggl-tray: {sentence}\n")
        else:
            self._around.tell(sentence)

    def open_quick_start(self) -> None:
        """Open the quick-start dialog, or bring it to the front."""
        if self._quick_start is None:
            from tray.ui.quick_start.dialog import QuickStart

            self._quick_start = QuickStart(self._tracking, clock_of(self._settings))
        self._quick_start.open()

    def open_entries(self) -> None:
        """Open the entries window, or bring it to the front."""
        if self._entries is None:
            from tray.ui.entries.window import EntriesWindow

            self._entries = EntriesWindow(self._tracking, clock_of(self._settings))
            self._entries.quick_start_wanted.connect(self.open_quick_start)
        _bring_up(self._entries)

    def open_settings(self) -> None:
        """Open the settings, or bring them to the front."""
        if self._settings_window is None:
            from tray.ui.settings.window import SettingsWindow

            self._settings_window = SettingsWindow(self._places.settings_file)
            self._settings_window.changed.connect(self._on_settings_changed)
        _bring_up(self._settings_window)

    def open_mini(self) -> None:
        """Show the small window with the icon's controls."""
        if self._mini is None:
            from tray.ui.mini import MiniWindow

            self._mini = MiniWindow(self._tracking, self._menu.menu)
            self._mini.quick_start_wanted.connect(self.open_quick_start)
            self._mini.closed.connect(self._on_mini_closed)
        self._mini.show()

    def toggle(self) -> None:
        """Stop what runs, else continue the latest; with nothing to continue, ask what to do."""
        state = self._tracking.snapshot
        if state.running is None and not state.recent:
            self.open_quick_start()
        else:
            self._tracking.toggle()

    @Slot(object)
    def _on_gesture(self, gesture: str) -> None:
        match gesture:
            case "toggle":
                self.toggle()
            case "quick start":
                self.open_quick_start()
            case "entries":
                self.open_entries()
            case "menu":
                self._menu.menu.popup(QCursor.pos())

    @Slot(object)
    def _on_chosen(self, row: Row) -> None:
        match row.do:
            case Do.TOGGLE:
                self.toggle()
            case Do.QUICK_START:
                self.open_quick_start()
            case Do.START if row.what is not None:
                self._tracking.start(row.what)
            case Do.UNDO:
                self._tracking.undo()
            case Do.ENTRIES:
                self.open_entries()
            case Do.SETTINGS:
                self.open_settings()
            case Do.QUIT:
                QApplication.quit()

    @Slot(object)
    def _on_message(self, message: Message) -> None:
        match message.command:
            case Command.QUICK:
                if message.activation:
                    os.environ["XDG_ACTIVATION_TOKEN"] = message.activation
                if self._mini is not None and not self._icon.placed:
                    self._mini.show()
                self.open_quick_start()
            case Command.SHOW:
                self.open_entries()
            case Command.TOGGLE:
                self.toggle()
            case Command.QUIT:
                QApplication.quit()

    @Slot(object)
    def _on_hotkey(self, name: str) -> None:
        if name == "quick":
            self.open_quick_start()
        else:
            self.toggle()

    @Slot(object)
    def _on_hotkeys_changed(self, hotkeys: Hotkeys) -> None:
        self._menu.hotkeys = hotkeys
        self._menu.fill()

    @Slot(object)
    def _on_settings_changed(self, chosen: Settings) -> None:
        self._settings = chosen
        self._icon.use(chosen)
        self._tracking.use_calendar(calendar_of(chosen))
        if self._around is not None:
            self._around.use(chosen)
        for window in (self._quick_start, self._entries):
            if window is not None:
                window.use_times(clock_of(chosen))

    @Slot()
    def _on_icon_appeared(self) -> None:
        if self._mini is not None:
            self._mini.hide()

    @Slot()
    def _on_mini_closed(self) -> None:
        if not self._icon.placed and self._around is not None:
            self._around.tell(tr("Toggl Tray goes on without a window. Start it again to see it."))

    @Slot()
    def _on_homeless(self) -> None:
        self.open_mini()
        if self._around is not None:
            self._around.tell(
                tr(
                    "This desktop has no place for tray icons, so a small window shows instead. "
                    "The icon appears by itself as soon as there is one. On GNOME, the extension "
                    "AppIndicator and KStatusNotifierItem Support makes one."
                )
            )


def _bring_up(window: "EntriesWindow | SettingsWindow") -> None:
    window.show()
    window.raise_()
    window.activateWindow()


def calendar_of(chosen: Settings) -> Calendar:
    """The user's days, as the settings have them."""
    return Calendar(chosen.zone, chosen.day_start_hour, WEEKDAYS.index(chosen.week_start))


def clock_of(chosen: Settings) -> Clock:
    """How times are shown, as the settings have it."""
    return Clock(chosen.zone, chosen.time_format == "12h")
