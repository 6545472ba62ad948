"""Opens the settings, and carries out what is done there to files, backups and the account."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tray.paths import Paths
from tray.session.data_actions import BackupFile, DataActions, DataFailure
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui.about_section import AboutSection
from tray.ui.data.backup_section import BackupSection
from tray.ui.data.export_section import ExportSection
from tray.ui.data.import_section import ImportSection
from tray.ui.data.journal_section import JournalSection
from tray.ui.keys_window import offer_keys
from tray.ui.settings.settings_pages import MakeSections
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.windows import bring_up, retire, time_format_of

if TYPE_CHECKING:
    from tray.session.feed_thread import FeedThread
    from tray.session.profile_switch import ProfileSwitch
    from tray.ui.settings.keybinding_section import ByDesktop


class AccountHolder(Protocol):
    """Shows the account, and speaks with its server."""

    def make_section(self, parent: QWidget) -> QWidget:
        """What stands on the page of the account."""

    def make_profile(self, parent: QWidget) -> Sequence[QWidget]:
        """What is changed there of the account itself."""

    def make_workspace(self, parent: QWidget) -> QWidget:
        """What is changed there of the workspace where new things go."""

    def focus_section(self) -> None:
        """Put the caret where one signs in there, if nobody is."""

    def stop(self) -> object:
        """End the exchange."""

    def resume(self) -> None:
        """Begin it again."""


class SettingsController(QObject):
    """Stops the exchange with the account while a backup takes the place of what is here.

    Args:
        places: of the settings, the database and its backups.
        tracking: shows what has changed.
        account: makes the page of the account, and speaks with its server.
        chosen: the settings in force.
        parent: ends it.
        feeds: the user's own calendars, made when they are first asked for.
        switch: leads to other profiles.
        by_desktop: what the desktop can call by itself where it gives no hotkeys; None: nothing.
    """

    changed = Signal(object)
    """The new `Settings`, which are on disk already."""
    recording = Signal(object)
    """Whether keys are pressed to be a hotkey from now on, so that none may fire."""
    welcome_wanted = Signal()

    def __init__(
        self,
        places: Paths,
        tracking: Tracking,
        account: AccountHolder,
        chosen: Settings,
        parent: QObject,
        *,
        feeds: "Callable[[], FeedThread] | None" = None,
        switch: "ProfileSwitch | None" = None,
        by_desktop: "ByDesktop | None" = None,
    ) -> None:
        super().__init__(parent)
        self._tracking, self._account = tracking, account
        self.use(chosen)
        self._data: DataActions | None = None
        self._places = places
        extra: dict[str, MakeSections] = {
            "account": self._account_page,
            "data": self.data_page,
            "about": self._about_page,
        }
        if by_desktop is not None:
            extra["icon"] = partial(self._icon_page, by_desktop)
        if feeds is not None:
            extra["calendars"] = partial(self._calendars_page, feeds)
        if switch is not None:
            extra["profiles"] = partial(self._profiles_page, switch)
        self.window = SettingsWindow(places.settings_file, extra=extra)
        offer_keys(self.window)
        self.window.changed.connect(self._on_changed)
        self.window.recording.connect(self.recording)

    def open(self, page: str = "") -> None:
        """Bring the settings to the front, where they are or on a page."""
        if page:
            self.window.show_page(page)
        bring_up(self.window)
        if page == "account":
            self._account.focus_section()

    def retire(self) -> None:
        """Go for good, with the window."""
        retire(self.window)
        self.deleteLater()

    def use(self, chosen: Settings) -> None:
        """Read and show times as the settings say."""
        self._settings = chosen

    @Slot(object)
    def _on_changed(self, chosen: Settings) -> None:
        self.use(chosen)
        if self._data is not None:
            self._data.settings = chosen
        self.changed.emit(chosen)

    def _account_page(self, page: QWidget) -> Sequence[QWidget]:
        from tray.ui.account.new_things import NewThingsSection

        return (
            self._account.make_section(page),
            *self._account.make_profile(page),
            NewThingsSection(self._tracking, page),
            self._account.make_workspace(page),
        )

    def _icon_page(self, by_desktop: "ByDesktop", page: QWidget) -> Sequence[QWidget]:
        from tray.ui.settings.keybinding_section import KeybindingSection

        return (KeybindingSection(by_desktop, page),)

    def _calendars_page(
        self, feeds: "Callable[[], FeedThread]", page: QWidget
    ) -> Sequence[QWidget]:
        from tray.ui.calendar.feed_section import FeedSection

        return (FeedSection(feeds(), time_format_of(self._settings), page),)

    def _profiles_page(self, switch: "ProfileSwitch", page: QWidget) -> Sequence[QWidget]:
        from tray.ui.profiles.profile_list_section import CommonSection, ProfileListSection

        return ProfileListSection(switch, page), CommonSection(switch, page)

    def _about_page(self, page: QWidget) -> Sequence[QWidget]:
        about = AboutSection(page)
        about.welcome.clicked.connect(self.welcome_wanted)
        return (about,)

    def data_page(self, page: QWidget) -> Sequence[QWidget]:
        """What stands on the page for files and backups."""
        self._data = actions = DataActions(self._places, self)
        actions.settings = self._settings
        actions.restoring.connect(self._on_restoring)
        actions.restored.connect(self._on_restored)
        actions.failed.connect(self._on_failed)
        times = time_format_of(self._settings)
        return (
            ImportSection(actions, self._tracking, times, page),
            ExportSection(actions, self._tracking, page),
            BackupSection(actions, times, page),
            JournalSection(self._tracking, times, page),
        )

    @Slot()
    def _on_restoring(self) -> None:
        self._account.stop()

    @Slot(object)
    def _on_restored(self, _: BackupFile) -> None:
        self._tracking.refresh()
        self._account.resume()

    @Slot(object)
    def _on_failed(self, failure: DataFailure) -> None:
        if failure.of == "restore":
            self._account.resume()
