"""Stands in for the icon where the desktop has no place for one: makes the small window, then."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tray.language import tr
from tray.session.tracking import Tracking
from tray.ui.menu import TrayMenu
from tray.ui.tray_icon import TrayIcon
from tray.ui.windows import retire

if TYPE_CHECKING:
    from tray.ui.mini import MiniWindow

AGAIN_MS: Final = 1_000
"""How soon to look again whether the keyboard is somewhere else."""


class SmallWindow(QObject):
    """There while the icon is not."""

    opening = Signal()
    """The window is about to be made."""
    quick_start_wanted = Signal()
    message = Signal(str)
    """A sentence for the user."""

    def __init__(self, tracking: Tracking, menu: TrayMenu, icon: TrayIcon, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking, self._menu, self._icon = tracking, menu, icon
        self._window: MiniWindow | None = None
        icon.appeared.connect(self._on_icon_appeared)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.setObjectName("small window")
        self._again.timeout.connect(self._on_again)
        icon.homeless.connect(self._on_homeless)

    def show_again(self) -> None:
        """Show it, if it was needed and the icon still has no place."""
        if self._window is not None and not self._icon.placed:
            self._window.show()

    def renew(self) -> None:
        """Make the window anew, in another language."""
        shown = self._window is not None and self._window.isVisible()
        retire(self._window)
        self._window = None
        if shown:
            self._open()

    def _open(self) -> None:
        if self._window is None:
            self.opening.emit()
            from tray.ui.mini import MiniWindow

            self._window = MiniWindow(self._tracking, self._menu.menu)
            self._window.quick_start_wanted.connect(self.quick_start_wanted)
            self._window.closed.connect(self._on_closed)
        self._window.show()

    @Slot()
    def _on_icon_appeared(self) -> None:
        if self._window is not None:
            self._window.hide()

    @Slot()
    def _on_closed(self) -> None:
        if not self._icon.placed:
            self.message.emit(tr("Toggl Tray goes on without a window. Start it again to see it."))

    @Slot()
    def _on_again(self) -> None:
        if not self._icon.placed:
            self._on_homeless()

    @Slot()
    def _on_homeless(self) -> None:
        if gives_keyboard_to_new_windows() and QGuiApplication.focusWindow() is not None:
            self._again.start()  # it would take the keyboard from a window of ours
            return
        self._open()
        self.message.emit(
            tr(
                "This desktop has no place for tray icons, so a small window shows instead. "
                "The icon appears by itself as soon as there is one. On GNOME, the extension "
                "AppIndicator and KStatusNotifierItem Support makes one."
            )
        )


def gives_keyboard_to_new_windows() -> bool:
    """Whether this desktop does so whatever a window asks for."""
    return QGuiApplication.platformName().startswith("wayland")
