"""The running program: every part of it, and which of them does what the user asks for."""

import os
import sys
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from tray import log, regional_formats, settings
from tray.app.panel_icon import make_icon
from tray.app.profile_parts import ProfileParts
from tray.app.quick_actions import QuickActions
from tray.app.settings_windows import SettingsWindows
from tray.app.small_window import SmallWindow
from tray.chosen_language import set_language
from tray.errors import TrayError
from tray.ipc.lock import Lock
from tray.ipc.protocol import Command, Message
from tray.model.hotkey_uses import HOTKEY_USES
from tray.model.locales.chosen import use_style
from tray.paths import Paths
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import feeds
from tray.store.database import Database
from tray.store.shown_formats import shown_formats
from tray.ui.list_options import list_options_of
from tray.ui.menu import HotkeyLabels, MenuAction, MenuRow, TrayMenu, for_sync
from tray.ui.windows import bring_up, calendar_of, goals_of, retire, time_format_of
from tray.workers.background import of_computer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tray.app.desktop_services import DesktopServices
    from tray.session.database_care import DatabaseCare
    from tray.session.feed_thread import FeedThread
    from tray.session.online_actions import OnlineActions
    from tray.ui.account.account_controller import AccountController, PullWish
    from tray.ui.appearance import Appearance
    from tray.ui.away.away_controller import AwayController
    from tray.ui.hotkey_bindings import HotkeyStates
    from tray.ui.main_window.main_window import MainWindow
    from tray.ui.main_window.page import WindowPage
    from tray.ui.popover.popover import PopOver
    from tray.workers.presence_sensors import Watched

REST_AFTER_MS: Final = 100
"""How long the panel and the icon have to themselves: it is painted some steps after `show`."""


class Application(QObject):
    """Owns every part, makes windows when they are first wanted, and leads calls to them."""

    _crashed = Signal(object)

    def __init__(
        self,
        places: Paths,
        lock: Lock,
        db: Database,
        notices: tuple[str, ...],
        pages: "Callable[[MainWindow, Callable[[], OnlineActions]], Sequence[WindowPage]]",
        *,
        link: str = "",
        debug: bool = False,
    ) -> None:
        super().__init__()
        self._link = link
        self._debug = debug
        self._pages = pages
        self._places = places
        self._lock = lock
        loaded = settings.load(places.settings_file)
        self._settings = chosen = loaded.settings
        regional_formats.use_account(shown_formats(db))
        use_style(chosen.style)
        self._notices = (*notices, *loaded.problems)
        self._appearance: Appearance | None = None
        self._tracking = Tracking(db, calendar_of(chosen), self, goals=goals_of(chosen))
        self._tracking.default_wanted = chosen.default_project
        self._menu = TrayMenu(self._tracking)
        self._icon = make_icon(self._menu, self._settings, self)
        self._menu.times = time_format_of(self._settings)
        self._around: DesktopServices | None = None
        self._account: AccountController | None = None
        self._presence: AwayController | None = None
        self.quick = QuickActions(self._tracking, chosen, self)
        self.quick.opening.connect(self._dress)
        self.quick.failed.connect(self._on_message_for_user)
        self._panel: PopOver | None = None
        self._main_window: MainWindow | None = None
        self.profiles = ProfileParts(places, self._tracking, self._menu, self._icon, self)
        self._chosen = SettingsWindows(places, self._tracking, self.account, self, feeds=self.feeds)
        self._chosen.switch = self.profiles.switch
        self._chosen.opening.connect(self._dress)
        self._chosen.changed.connect(self._on_settings_changed)
        self._care: DatabaseCare | None = None
        self._keyring = of_computer(places)
        self._feeds: FeedThread | None = None
        self._crashed.connect(self._on_crashed)
        self._tracking.changed.connect(self._icon.update)
        self._tracking.changed.connect(self._on_changed)
        self._menu.chosen.connect(self._on_chosen)
        self._icon.gesture.connect(self._on_gesture)
        self._icon.scrolled.connect(self.quick.switch)
        self._icon.minute_over.connect(self._tracking.refresh_if_other_day)
        self._icon.minute_over.connect(self._show_attention)
        self._mini = SmallWindow(
            self._tracking, self._menu, self._icon, chosen, places.mini_place, self
        )
        self._mini.opening.connect(self._dress)
        self._mini.quick_start_wanted.connect(self.quick.open_quick_start)

    def start(self) -> None:
        """Show the icon; everything that it does not need comes up once it is on screen."""
        self._icon.show(self._tracking.snapshot)
        QTimer.singleShot(REST_AFTER_MS, self, self._start_the_rest)

    def stop(self) -> bool:
        """Let go of the desktop and the server; what was tracked is on disk already.

        Returns:
            Whether no thread runs any more that Qt would abort the process for.
        """
        watch_ended = self._presence is None or self._presence.stop()
        ended = self._account is None or self._account.stop()
        feeds_ended = self._feeds is None or self._feeds.stop()
        if self._around is not None:
            self._around.stop()
            self.profiles.stop()  # the hotkeys are free now
        self._icon.stop()
        self._tracking.release()
        return ended and watch_ended and feeds_ended

    @Slot()
    def _start_the_rest(self) -> None:
        log.start(self._places.tray_log, debug=self._debug or self._settings.debug_log)
        from tray.app.desktop_services import DesktopServices

        self._around = DesktopServices(self._places, self._lock, self._tracking, self._icon, self)
        self._around.requested.connect(self._on_message)
        self._around.pressed.connect(self._on_hotkey)
        self._around.hotkeys_changed.connect(self._on_hotkeys_changed)
        self.profiles.begin(self._around)
        self._mini.speak_by(self._around)
        self._around.use(self._settings)
        self._around.start()
        for sentence in self._notices:
            self._around.tell(sentence)
        if not self._settings.start_hidden:
            self.open_main_window()
        self._mini.begin()
        if self._tracking.snapshot.sync is not None or os.environ.get("TOGGL_API_TOKEN"):
            self.account().resume()
        self._start_watch(self._around)
        from tray.session.database_care import begin_care

        self._care = begin_care(self._tracking, self._around.tell, self)
        if feeds.everything(self._tracking.db):
            self.feeds()
        self._chosen.begin(self._around)
        if self._link:
            self._follow(self._link)
        if sys.platform == "darwin":
            from tray.app.mac_program import hear_of_links

            hear_of_links(self._follow)

    def _start_watch(self, around: "DesktopServices") -> None:
        """Begin to watch who is there."""
        from tray.session.presence_thread import PresenceThread
        from tray.ui.away.away_controller import AwayController

        watching = PresenceThread(self._places, self._tracking, self)
        watching.present.connect(self._on_present)
        watching.day_may_have_changed.connect(self._on_woken)
        self._presence = presence = AwayController(watching, self._tracking, self)
        presence.opening.connect(self._dress)
        presence.notified.connect(around.notify)
        presence.withdrawn.connect(around.withdraw)
        presence.failed.connect(around.tell)
        presence.wanted.connect(self._do)
        presence.changed.connect(self._menu.fill)
        presence.changed.connect(self._show_attention)
        presence.watched.connect(self._on_watched)
        around.answered.connect(presence.answer)
        around.unseen.connect(presence.on_unseen)
        self._menu.waiting = presence.rows
        presence.start(self._settings)

    def account(self) -> "AccountController":
        """What belongs to an account, made when there is one or the user wants one."""
        if self._account is None:
            from tray.ui.account.account_controller import AccountController

            self._account = AccountController(
                self._places, self._tracking, self, keyring=self._keyring
            )
            self._account.use(self._settings)
            self._account.opening.connect(self._dress)
            self._account.wanted.connect(self._do)
            self._account.correct_wanted.connect(self._on_correct_wanted)
            self._menu.opened.connect(self._account.syncing.refresh)
            if self._around is not None:
                self._account.notified.connect(self._around.notify)
                self._account.failed.connect(self._around.tell)
                self._around.answered.connect(self._account.answer)
        return self._account

    def feeds(self) -> "FeedThread":
        """The user's own calendars, made when there is one or the user wants one."""
        if self._feeds is None:
            from tray.session.feed_thread import FeedThread

            self._feeds = FeedThread(self._places, self._tracking, self._keyring, self)
            self._feeds.use(self._settings)
            if self._around is not None:
                self._feeds.failed.connect(self._around.tell)
            self._feeds.start()
        return self._feeds

    def report(self, _: object, error: BaseException, __: object) -> None:
        """Keep the details of a bug in the log and go on; Qt sends it to `sys.excepthook`.

        It is called on the thread that the bug is on.
        """
        from tray.log import record_crash

        self._crashed.emit(record_crash(self._places.crash_log, error))

    @Slot(str)
    def _on_message_for_user(self, sentence: str) -> None:
        if self._around is not None:
            self._around.tell(sentence)

    @Slot(object)
    def _on_crashed(self, sentence: str) -> None:
        if self._around is None:
            sys.stderr.write(f"toggl-tray: {sentence}\n")
        else:
            self._around.tell(sentence)
        if self._care is not None:
            self._care.check()  # broken values may be the reason

    @Slot()
    def _dress(self) -> None:
        """Load what windows look like; one is about to be made."""
        if self._appearance is None:
            from tray.ui.appearance import Appearance

            wished = self._around.look if self._around is not None else None
            self._appearance = Appearance(self._settings.appearance, self, wished)

    def open_panel(self) -> None:
        """Open the pop-over at the icon, or close it."""
        if self._panel is None:
            self._dress()
            from tray.ui.popover.popover import PopOver

            self._panel = PopOver(self._tracking, time_format_of(self._settings))
            self._panel.window_wanted.connect(self.open_main_window)
            self._panel.settings_wanted.connect(self.open_settings)
            self._panel.sync_wanted.connect(self._mend_sync)
        self._panel.toggle(self._icon.place, self._menu.hotkeys.quick_start)

    def open_main_window(self) -> "MainWindow":
        """Open the main window, or bring it to the front."""
        if self._main_window is None:
            self._dress()
            from tray.ui.keys_window import offer_keys
            from tray.ui.main_window.main_window import MainWindow

            self._main_window = window = MainWindow(self._tracking, time_format_of(self._settings))
            offer_keys(window)
            window.use_options(list_options_of(self._settings))
            window.set_pages(self._pages(window, lambda: self.account().online))
            window.quick_start_wanted.connect(self.quick.open_quick_start)
            window.settings_wanted.connect(self.open_settings)
            window.feeds_wanted.connect(lambda: self._chosen.open("calendars"))
            window.sync_wanted.connect(self._mend_sync)
            window.setting_chosen.connect(self._on_setting_chosen)
            window.pull_wanted.connect(self._on_pull_wanted)
        if self._account is not None:
            self._account.syncing.refresh()
        bring_up(self._main_window)
        return self._main_window

    def open_settings(self) -> None:
        """Open the settings, or bring them to the front."""
        self._chosen.open()

    @Slot()
    def show_or_hide(self) -> None:
        """Bring up the main window, or the panel, as the settings say; take it away if in front."""
        window = self._main_window
        if self._settings.window_shown == "panel":
            self.open_panel()
        elif window is not None and window.isActiveWindow():
            window.close()
        else:
            self.open_main_window()

    @Slot()
    def _mend_sync(self) -> None:
        self._do(for_sync(self._tracking.snapshot.sync))

    @Slot(str)
    def _on_pull_wanted(self, wish: "PullWish") -> None:
        self.account().follow(wish)

    @Slot(object)
    def _on_gesture(self, gesture: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "toggle": self.quick.toggle,
            "quick start": self.quick.open_quick_start,
            "panel": self.open_panel,
            "entries": self.open_main_window,
            "menu": lambda: self._menu.menu.popup(QCursor.pos()),
        }
        if gesture in acts:
            acts[gesture]()

    @Slot(object)
    def _on_chosen(self, row: MenuRow) -> None:
        if row.do is MenuAction.START and row.what is not None:
            self._tracking.start(row.what)
        elif row.do is MenuAction.STOP_AT:
            self._tracking.stop(at=row.at)
        elif row.do is MenuAction.ANSWER and self._presence is not None:
            self._presence.choose(row)
        elif row.do is MenuAction.PROFILE:
            self.profiles.switch.choose(row.about)
        else:
            self._do(row.do)

    @Slot(object)
    def _do(self, do: MenuAction) -> None:
        acts = {
            MenuAction.TOGGLE: self.quick.toggle,
            MenuAction.QUICK_START: self.quick.open_quick_start,
            MenuAction.CLIPBOARD: self.quick.start_from_clipboard,
            MenuAction.STOP_EARLIER: self.quick.stop_earlier,
            MenuAction.UNDO: self._tracking.undo,
            MenuAction.PANEL: self.open_panel,
            MenuAction.MINI: self._mini.toggle,
            MenuAction.MAIN_WINDOW: self.open_main_window,
            MenuAction.RUNNING: lambda: self.open_main_window().bar.open(),
            MenuAction.SETTINGS: self.open_settings,
            MenuAction.PROFILES: lambda: self._chosen.open("profiles"),
            MenuAction.SYNC: lambda: self.account().syncing.sync_now(),
            MenuAction.PROBLEMS: lambda: self.account().open_problems(),
            MenuAction.ACCOUNT: lambda: self._chosen.open("account"),
            MenuAction.QUIT: QApplication.quit,
        }
        acts[do]()

    @Slot(object)
    def _on_correct_wanted(self, entry_id: int) -> None:
        self.open_main_window().edit(entry_id)

    @Slot(object)
    def _on_changed(self, snapshot: Snapshot) -> None:
        if regional_formats.use_account(snapshot.formats):
            self._on_settings_changed(self._settings)
        if snapshot.sync is not None and self._around is not None and self._account is None:
            self.account().resume()  # signed in from a terminal
        self._show_attention()

    @Slot()
    def _show_attention(self) -> None:
        """Mark the icon if something needs the user: the account, else a question."""
        why = self._tracking.snapshot.attention
        self._icon.need_attention(why or (self._presence.attention() if self._presence else ""))

    @Slot(object)
    def _on_present(self, present: bool) -> None:
        self._icon.be_seen(present)
        if self._account is not None:
            self._account.syncing.be_present(present)

    @Slot()
    def _on_woken(self) -> None:
        self._icon.update(self._tracking.snapshot)  # no timer runs while the computer sleeps
        if self._account is not None:
            self._account.syncing.network_is_back()
        if self._feeds is not None:
            self._feeds.look()

    @Slot(object)
    def _on_watched(self, watched: "Watched") -> None:
        if self._around is not None:
            self._around.note_watched(watched)
        self._chosen.note_watched(watched)

    @Slot(object)
    def _on_message(self, message: Message) -> None:
        match message.command:
            case Command.LINK:
                self._follow(message.link)
            case Command.SHOW:
                self.open_main_window()
            case Command.SYNC:
                self.account().syncing.sync_now()
            case Command.ACCOUNT:
                self._tracking.refresh()
                self.account().resume()
            case Command.REST | Command.ACTIVE:
                self.profiles.hear(message.command)
            case Command.QUIT:
                QApplication.quit()
            case Command.QUICK:
                self._mini.show_again()
                self.quick.open_quick_start()
            case named if named.value in HOTKEY_USES:
                self._on_hotkey(named.value)

    @Slot(str)
    def _follow(self, link: str) -> None:
        """Do what a link asks for, so that it is seen, and can be undone."""
        from tray.app.follow_link import follow

        if self._around is not None:
            follow(link, self.quick, self, self._tracking, self._around)

    @Slot(object)
    def _on_hotkey(self, name: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "quick": self.quick.open_quick_start,
            "toggle": self.quick.toggle,
            "window": self.show_or_hide,
            "clipboard": self.quick.start_from_clipboard,
            "mini": self._mini.toggle,
        }
        acts[name]()

    @Slot(object)
    def _on_hotkeys_changed(self, hotkeys: "HotkeyStates") -> None:
        self._menu.hotkeys = HotkeyLabels(*(hotkeys[name].keys for name in HOTKEY_USES))
        self._menu.fill()

    @Slot(object)
    def _on_settings_changed(self, chosen: Settings) -> None:
        self._settings = chosen
        if set_language(chosen.language) | use_style(chosen.style):
            QTimer.singleShot(0, self, self._renew_windows)  # the one it was chosen in is at work
        log.set_level(debug=self._debug or chosen.debug_log)
        if self._appearance is not None:
            self._appearance.use(chosen.appearance)
        self._icon.use(chosen)
        self._menu.times = time_format_of(chosen)
        self._tracking.default_wanted = chosen.default_project
        self._tracking.use_calendar(calendar_of(chosen), goals_of(chosen))
        several = (self.quick, self._mini, self._around, self._account, self._feeds, self._presence)
        for part in several:
            if part is not None:
                part.use(chosen)
        for window in (self._panel, self._main_window):
            if window is not None:
                window.use_times(time_format_of(chosen))
        if self._main_window is not None:
            self._main_window.use_options(list_options_of(chosen))

    @Slot()
    def _renew_windows(self) -> None:
        """Show everything in another language, or in other formats."""
        if self._appearance is not None:
            self._appearance.use_language()
        shown = self._main_window
        retire(self._panel)
        self._panel = self._main_window = None
        if shown is not None and shown.isVisible():
            from tray.ui.keys_window import keep_keys

            (after := self.open_main_window()).take_place_of(shown)
            keep_keys(shown, after)
        retire(shown)
        for part in (self.quick, self._mini, self._account, self._presence, self._chosen):
            if part is not None:
                part.renew()
        self.profiles.show()
        self._menu.fill()
        self._icon.update(self._tracking.snapshot)

    @Slot(str, object)
    def _on_setting_chosen(self, key: str, value: object) -> None:
        """Something was chosen where it has effect: keep it as the settings do."""
        path = self._places.settings_file
        changes: dict[str, Any] = {key: value}
        chosen = settings.load(path).settings._replace(**changes)
        try:
            settings.save(path, chosen)
        except TrayError as error:
            self._tracking.failed.emit(str(error))
        self._on_settings_changed(chosen)
