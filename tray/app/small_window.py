"""Makes the small window when it is wanted, or where the desktop has no place for the icon.

Where it would take the keyboard from whoever types, a notification offers it instead.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tray.language import tr
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui import window_place
from tray.ui.menu import TrayMenu
from tray.ui.tray_icon import TrayIcon
from tray.ui.windows import bring_up, can_leave_the_focus, retire

if TYPE_CHECKING:
    from tray.app.desktop_services import DesktopServices
    from tray.desktop.notifier import ActionInvoked, Notification
    from tray.ui.mini import MiniWindow

OFFER: Final = "small window"
"""The id of the notification that offers it."""
AGAIN_MS: Final = 1_000
"""How soon to look again whether the keyboard is somewhere else."""


class SmallWindow(QObject):
    """There while the icon is not, and as long as the user wants it.

    Args:
        tracking: what is shown and changed.
        menu: everything else that it can do.
        icon: what it stands in for.
        settings: whether it stays on top.
        place_file: where it keeps where it was left.
        parent: ends it.
    """

    opening = Signal()
    """The window is about to be made."""
    quick_start_wanted = Signal()
    message = Signal(str)
    """A sentence for the user."""
    notified = Signal(object)
    """A `Notification` to show."""
    withdrawn = Signal(object)
    """The id of one to take back."""

    def __init__(
        self,
        tracking: Tracking,
        menu: TrayMenu,
        icon: TrayIcon,
        settings: Settings,
        place_file: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tracking, self._menu, self._icon = tracking, menu, icon
        self._settings, self._place_file = settings, place_file
        self._window: MiniWindow | None = None
        self._is_wanted = False
        """Whether the user asked for it, so that it stays when the icon appears."""
        icon.appeared.connect(self._on_icon_appeared)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.setObjectName("small window")
        self._again.timeout.connect(self._on_again)
        icon.homeless.connect(self._on_homeless)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self._keep_place)

    def speak_by(self, around: "DesktopServices") -> None:
        """Show notifications, and hear of them, by this."""
        self.message.connect(around.tell)
        self.notified.connect(around.notify)
        self.withdrawn.connect(around.withdraw)
        around.answered.connect(self.answer)
        around.unseen.connect(self.on_unseen)

    @Slot()
    def toggle(self) -> None:
        """Show it as the user wants it, in front of all others; if it is there, take it away."""
        if self._window is not None and self._window.isVisible():
            self._is_wanted = False
            self._window.close()
            return
        self._is_wanted = True
        self.withdrawn.emit(OFFER)
        self._show_to_user()

    def _show_to_user(self) -> None:
        self._open()
        if self._window is not None:
            bring_up(self._window)

    def begin(self) -> None:
        """Show it at the start, if the settings say so."""
        if self._settings.mini_at_start:
            self._is_wanted = True
            self._open()

    def show_again(self) -> None:
        """Show it, if it was needed and the icon still has no place."""
        if self._window is not None and not self._icon.placed:
            self._window.show()

    def use(self, settings: Settings) -> None:
        """Stay on top, or not, as these settings say."""
        other = settings.mini_on_top != self._settings.mini_on_top
        self._settings = settings
        if other:
            self.renew()

    @Slot(object)
    def answer(self, answer: "ActionInvoked") -> None:
        """The user has answered a notification."""
        if answer.id == OFFER and not self._icon.placed:
            self._show_to_user()

    @Slot(object)
    def on_unseen(self, about: str) -> None:
        """A notification cannot be shown: then the window is all there is."""
        if about == OFFER and not self._icon.placed:
            self._open_beside_others()

    def renew(self) -> None:
        """Make the window anew, in another language or with another place among windows."""
        shown = self._window is not None and self._window.isVisible()
        self._keep_place()
        retire(self._window)
        self._window = None
        if shown:
            self._open()

    def _open(self) -> None:
        if self._window is None:
            self.opening.emit()
            from tray.ui.mini import MiniWindow

            on_top = self._settings.mini_on_top
            self._window = window = MiniWindow(self._tracking, self._menu.menu, on_top=on_top)
            window.quick_start_wanted.connect(self.quick_start_wanted)
            window.closed.connect(self._on_closed)
            window.left.connect(self._keep_place)
        if not self._window.isVisible():
            window_place.put_back(self._window, self._place_file)
            self._window.show()

    @Slot()
    def _keep_place(self) -> None:
        if self._window is not None and self._window.isVisible():
            window_place.keep(self._window, self._place_file)

    @Slot()
    def _on_icon_appeared(self) -> None:
        self.withdrawn.emit(OFFER)
        if self._window is not None and not self._is_wanted:
            self._window.hide()

    @Slot()
    def _on_closed(self) -> None:
        self._is_wanted = False
        if not self._icon.placed:
            self.message.emit(tr("Toggl Tray goes on without a window. Start it again to see it."))

    @Slot()
    def _on_again(self) -> None:
        if not self._icon.placed:
            self._open_beside_others()

    @Slot()
    def _on_homeless(self) -> None:
        if self._is_wanted:
            return  # it is there already
        if can_leave_the_focus():
            self._open()
            self.message.emit(
                tr(
                    "This desktop has no place for tray icons, so a small window shows instead. "
                    "The icon appears by itself as soon as there is one. On GNOME, the extension "
                    "AppIndicator and KStatusNotifierItem Support makes one."
                )
            )
        else:
            self.notified.emit(_offer())

    def _open_beside_others(self) -> None:
        """Have it come up, once it does not take the keyboard from a window of ours."""
        if QGuiApplication.focusWindow() is not None:
            self._again.start()
        else:
            self._open()


def _offer() -> "Notification":
    """Until it is answered, as there is nothing else on the screen."""
    from tray.desktop.notifier import Action, Notification

    words = tr(
        "This desktop has no place for tray icons. The icon appears by itself as soon as there is "
        "one. On GNOME, the extension AppIndicator and KStatusNotifierItem Support makes one."
    )
    show = tr("Show a small window")
    actions = (Action("default", show), Action("show", show))
    return Notification(OFFER, "Toggl Tray", words, actions, lasts_ms=0)
