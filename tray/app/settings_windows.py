"""Makes the settings and the welcome when they are wanted, and has them know the desktop."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray import settings
from tray.paths import HOME_VARIABLE, Paths
from tray.session.tracking import Tracking

if TYPE_CHECKING:
    from tray.app.desktop_services import DesktopServices
    from tray.session.feed_thread import FeedThread
    from tray.session.profile_switch import ProfileSwitch
    from tray.ui.introduction_controller import IntroductionController
    from tray.ui.settings_controller import AccountHolder, SettingsController
    from tray.workers.presence_sensors import Watched


class SettingsWindows(QObject):
    """Costs nothing before the first of them is opened.

    Args:
        places: of the settings, the database and its backups.
        tracking: what is tracked.
        account: what belongs to an account, made when it is first asked for.
        parent: ends it.
        feeds: the user's own calendars, made when they are first asked for.
    """

    opening = Signal()
    """A window is about to be made."""
    changed = Signal(object)
    """The new `Settings`, which are on disk already."""

    def __init__(
        self,
        places: Paths,
        tracking: Tracking,
        account: "Callable[[], AccountHolder]",
        parent: QObject,
        *,
        feeds: "Callable[[], FeedThread]",
    ) -> None:
        super().__init__(parent)
        self._places, self._tracking, self._account = places, tracking, account
        self._feeds = feeds
        self.switch: ProfileSwitch | None = None
        """Leads to other profiles."""
        self._around: DesktopServices | None = None
        self._shown: SettingsController | None = None
        self._welcome: IntroductionController | None = None
        self._watched: Watched | None = None

    def begin(self, around: "DesktopServices") -> None:
        """The desktop is there: welcome who starts for the first time, say what is new."""
        self._around = around
        around.hotkeys_changed.connect(self._show_hotkeys)
        around.panel_changed.connect(self._show_panel)
        if not os.environ.get(HOME_VARIABLE):  # or it is a script that starts it, or a test
            self._introduction(around).begin(self._tracking.snapshot)

    def open(self, page: str = "") -> "SettingsController":
        """Open the settings, on a page if one is named, or bring them to the front."""
        if self._shown is None:
            self.opening.emit()
            self._shown = self._made()
            self._show_watched()
            self._show_hotkeys()
            self._show_panel()
        self._shown.open(page)
        return self._shown

    def _made(self) -> "SettingsController":
        from tray.ui.settings_controller import SettingsController

        chosen = settings.load(self._places.settings_file).settings
        made = SettingsController(
            self._places,
            self._tracking,
            self._account(),
            chosen,
            self,
            feeds=self._feeds,
            switch=self.switch,
            by_desktop=self._around if self._around and self._around.has_keybindings else None,
        )
        made.changed.connect(self.changed)
        if self._around is not None:
            made.recording.connect(self._around.suspend_hotkeys)
            made.welcome_wanted.connect(self._introduction(self._around).open)
        return made

    def _introduction(self, around: "DesktopServices") -> "IntroductionController":
        if self._welcome is None:
            from tray.ui.introduction_controller import IntroductionController

            self._welcome = IntroductionController(self._places, around, self)
            self._welcome.opening.connect(self.opening)
            self._welcome.changed.connect(self.changed)
            self._welcome.account_wanted.connect(self._on_account_wanted)
            self._welcome.news_wanted.connect(self._on_news_wanted)
            self._tracking.changed.connect(self._welcome.follow)
        return self._welcome

    @Slot()
    def _on_account_wanted(self) -> None:
        self.open("account")

    @Slot()
    def _on_news_wanted(self) -> None:
        self.open("about")

    def renew(self) -> None:
        """Make the settings and the welcome anew, in another language, where they were."""
        if self._shown is not None:
            before, self._shown = self._shown, None
            if before.window.isVisible():
                from tray.ui.keys_window import keep_keys

                shown = self.open(before.window.rail.current)
                keep_keys(before.window, shown.window)
            before.retire()
        if self._welcome is not None:
            self._welcome.renew()

    def note_watched(self, watched: "Watched") -> None:
        """Say in the settings what can be noticed here."""
        self._watched = watched
        self._show_watched()

    def _show_watched(self) -> None:
        if self._shown is not None and self._watched is not None:
            from tray.ui.away.support_text import limits_text, support_text

            watched = self._watched
            self._shown.window.show_support(support_text(watched), limits_text(watched))

    @Slot(object)
    def _show_hotkeys(self, _: object = None) -> None:
        if self._shown is not None and self._around is not None:
            self._shown.window.show_hotkeys(self._around.hotkeys)

    @Slot(object)
    def _show_panel(self, _: object = None) -> None:
        if self._shown is not None and self._around is not None:
            self._shown.window.show_panel(self._around.panel)
