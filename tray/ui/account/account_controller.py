"""All that the tray does only for an account: the exchange, and what the user is told of it."""

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop.choose import choose_network
from tray.desktop.notifier import Action, ActionInvoked, Notification
from tray.language import tr
from tray.log import record_crash
from tray.model.formats import TimeFormat
from tray.paths import Paths
from tray.session.account_actions import AccountActions
from tray.session.online_actions import OnlineActions
from tray.session.snapshot import Snapshot
from tray.session.sync_thread import SyncThread
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui.menu import MenuAction
from tray.ui.windows import bring_up, retire, time_format_of
from tray.workers.background import KeyringThread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tray.desktop.network import NetworkMonitor
    from tray.sync.status import Status
    from tray.ui.account.problems import ProblemsWindow
    from tray.ui.account.section import AccountSection
    from tray.ui.account.workspace_section import WorkspaceSection

PullWish = Literal["pause", "go on", "cancel"]
"""What is to become of the reading of history; only that of older history is cancelled for good."""
_ABOUT: Final = "account"
"""Under this id the user is told what to do for the account."""
_OPEN: Final = "open"
_CLOCK: Final = "clock"


class AccountController(QObject):
    """Made once there is an account, or when somebody is about to sign in."""

    opening = Signal()
    """A window is about to be made."""
    wanted = Signal(object)
    """What the user wants done, a `MenuAction`, after a notification."""
    notified = Signal(object)
    """A `Notification` to show."""
    failed = Signal(object)
    """A sentence: what of this computer keeps the exchange from working."""
    correct_wanted = Signal(object)
    """The id of an entry that the user wants to correct."""

    def __init__(
        self,
        places: Paths,
        tracking: Tracking,
        parent: QObject,
        *,
        keyring: KeyringThread,
    ) -> None:
        super().__init__(parent)
        self._crash_log = places.crash_log
        self._tracking = tracking
        self._times = TimeFormat()
        self.syncing = SyncThread(places, tracking, keyring, self)
        self.syncing.failed.connect(self.failed)
        self._actions = AccountActions(places.database, keyring, self, crash_log=places.crash_log)
        self.online = OnlineActions(places.database, keyring, self, crash_log=places.crash_log)
        """What is asked of the server at once, for the page of the team and the profile."""
        self.online.token_made.connect(self.resume)
        self._actions.parting.connect(self.syncing.pause)
        self._actions.joined.connect(self._on_joined)
        self._actions.parted.connect(self._on_joined)
        self._actions.changed.connect(self._on_actions_changed)
        self._actions.failed.connect(self._on_actions_failed)
        self._section: AccountSection | None = None
        self._problems: ProblemsWindow | None = None
        threading.excepthook = self._on_bug
        self._network: NetworkMonitor | None = None
        self._seen = tracking.snapshot.sync
        tracking.changed.connect(self._on_changed)

    def use(self, settings: Settings) -> None:
        """Reach the server as the settings say."""
        self.syncing.use(settings)
        self._actions.settings = self.online.settings = settings
        self._times = time_format_of(settings)
        for window in (self._section, self._problems):
            if window is not None:
                window.use_times(self._times)

    def resume(self) -> None:
        """Begin the exchange, or look which account there is now."""
        if self._network is None:
            self._network = choose_network(os.environ, parent=self)
            self._network.back_online.connect(self.syncing.network_is_back)
        self.syncing.resume()

    def stop(self) -> bool:
        """End the exchange; whether its thread has ended, too."""
        if self._network is not None:
            self._network.stop()
        return self.syncing.pause()

    def make_section(self, parent: "QWidget") -> "AccountSection":
        """The section of the settings."""
        from tray.ui.account.section import AccountSection

        self._section = AccountSection(self._tracking, self._actions, self._times, parent)
        self._section.sync_wanted.connect(self.syncing.sync_now)
        self._section.problems_wanted.connect(self.open_problems)
        return self._section

    def make_profile(self, parent: "QWidget") -> "Sequence[QWidget]":
        """The sections of the settings with what the account itself is asked to change."""
        from tray.ui.account.mail_section import MailSection
        from tray.ui.account.password_section import PasswordSection
        from tray.ui.account.profile_section import ProfileSection

        return tuple(
            make(self._tracking, self.online, parent)
            for make in (ProfileSection, MailSection, PasswordSection)
        )

    def make_workspace(self, parent: "QWidget") -> "WorkspaceSection":
        """The section of the settings with the rules of a workspace."""
        from tray.ui.account.workspace_section import WorkspaceSection

        made = WorkspaceSection(self._tracking, self.online, parent)
        made.saved.connect(self.syncing.sync_now)
        return made

    def focus_section(self) -> None:
        """Put the caret where one signs in, if nobody is."""
        if self._section is not None:
            self._section.focus()

    def follow(self, wish: PullWish) -> None:
        """Go on or rest as the user wishes who sees how long it takes."""
        match wish:
            case "pause":
                self.syncing.pause()
            case "go on":
                self.syncing.resume()
            case "cancel":
                self._actions.fetch_older(None)

    def renew(self) -> None:
        """Make the windows anew, in another language."""
        shown = self._problems is not None and self._problems.isVisible()
        retire(self._problems)
        self._problems = self._section = None
        if shown:
            self.open_problems()

    @Slot()
    def open_problems(self) -> None:
        """Open the window with what waits for the user, or bring it to the front."""
        if self._problems is None:
            self.opening.emit()
            from tray.ui.account.problems import ProblemsWindow

            self._problems = ProblemsWindow(self._tracking, self._times)
            self._problems.correct_wanted.connect(self.correct_wanted)
        bring_up(self._problems)

    @Slot(object)
    def answer(self, answer: ActionInvoked) -> None:
        """Do what the user chose in a notification."""
        if answer.id == _ABOUT and self._seen is not None:
            attention = self._seen.state == "attention"
            self.wanted.emit(MenuAction.PROBLEMS if attention else MenuAction.ACCOUNT)

    @Slot(object)
    def _on_joined(self, problem: str) -> None:
        """Somebody has signed in or out."""
        if problem:
            self.failed.emit(problem)
        self._tracking.refresh()
        self.resume()

    @Slot(object)
    def _on_actions_failed(self, _: str) -> None:
        """Go on as before; the sentence is shown in the settings."""
        if self.syncing.is_paused:
            self.syncing.resume()

    @Slot()
    def _on_actions_changed(self) -> None:
        """There is something new to exchange."""
        self._tracking.refresh()
        self.syncing.push_soon()

    def _on_bug(self, args: threading.ExceptHookArgs) -> None:
        """Keep the details of a bug on a thread of an errand; called on that thread."""
        if args.exc_value is not None:
            self.failed.emit(record_crash(self._crash_log, args.exc_value))

    @Slot(object)
    def _on_changed(self, snapshot: Snapshot) -> None:
        before, self._seen = self._seen, snapshot.sync
        for notification in news(before, snapshot.sync):
            self.notified.emit(notification)


def news(before: "Status | None", now: "Status | None") -> list[Notification]:
    """What has begun to need the user, each told once."""
    if now is None:
        return []
    found = []
    message = before.error_text if before is not None and before.state == "trouble" else ""
    waited = before.refused + before.conflicts if before is not None else 0
    if now.state == "trouble" and now.error_text != message:
        actions = _opened_by(tr("Open the settings"))
        found.append(Notification(_ABOUT, tr("Not synced"), now.error_text, actions))
    elif now.state == "attention" and now.refused + now.conflicts > waited:
        from tray.sync import status_text

        actions = _opened_by(tr("Show"))
        body = tr("{what}. Everything else goes on.").format(what=status_text.for_user(now))
        found.append(Notification(_ABOUT, tr("Your account needs you"), body, actions))
    if now.clock_skew and not (before is not None and before.clock_skew):
        from tray.sync import status_text

        found.append(Notification(_CLOCK, "Toggl Tray", status_text.wrong_clock(now)))
    return found


def _opened_by(label: str) -> tuple[Action, ...]:
    """A click on the notification, or on its button."""
    return Action("default", label), Action(_OPEN, label)
