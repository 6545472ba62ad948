"""What the tray shows and does where there are several profiles: in its menu, icon and windows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from tray import profiles
from tray.ipc.protocol import Command
from tray.language import tr
from tray.paths import Paths
from tray.session.other_timers import OtherTimers
from tray.session.profile_switch import ProfileSwitch
from tray.session.tracking import Tracking
from tray.ui.menu import MenuAction, MenuRow, TrayMenu
from tray.ui.tray_icon import TrayIcon

if TYPE_CHECKING:
    from tray.app.desktop_services import DesktopServices

_COLOURS: Final = ("#0b83d9", "#e36a00", "#9e5bd9", "#06a893", "#c7af14", "#d94182")
"""Of the marks on the icons, in the order of the names; far from each other, and none is red."""


class ProfileParts(QObject):
    """Names the profile where it could be taken for another, and leads to the others.

    Args:
        places: of this profile.
        tracking: what is tracked in it.
        menu: shows the others.
        icon: is marked.
        parent: ends it.
    """

    def __init__(
        self, places: Paths, tracking: Tracking, menu: TrayMenu, icon: TrayIcon, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._menu, self._icon = menu, icon
        self._around: DesktopServices | None = None
        self.switch = ProfileSwitch(places, self)
        self._timers = OtherTimers(tracking, self)
        menu.profiles = self.rows
        menu.opened.connect(self.switch.refresh)
        self.switch.changed.connect(self.show)
        self.switch.leaving.connect(QGuiApplication.quit)
        self.show()

    def begin(self, around: "DesktopServices") -> None:
        """The desktop is there: who has the hotkeys, and what was left to be stopped elsewhere."""
        self._around = around
        around.rest(not self.switch.take_hotkeys())
        self.switch.resting.connect(around.rest)
        self.switch.failed.connect(around.tell)
        self._timers.failed.connect(around.tell)
        self._timers.start()
        self.show()

    def stop(self) -> None:
        """Leave the hotkeys to another tray."""
        self.switch.pass_hotkeys_on()

    def hear(self, command: Command) -> None:
        """Do what the tray of another profile has said."""
        self.switch.hear(command)

    @Slot()
    def show(self) -> None:
        """Name the profile, or no longer, in the user's language."""
        label = self.switch.label
        others = self.switch.names[1:]
        marked = label and self.switch.name in others
        colour = _COLOURS[others.index(self.switch.name) % len(_COLOURS)] if marked else ""
        self._icon.belong_to(label, colour)
        if label or QGuiApplication.applicationDisplayName():
            QGuiApplication.setApplicationDisplayName(label)  # behind the title of every window
        if self._around is not None:
            self._around.profile = label
        self._menu.fill()

    def rows(self) -> Sequence[MenuRow]:
        """What leads to the others; nothing while there are none."""
        label = self.switch.label
        if not label:
            return ()
        below = [
            MenuRow(
                f"✓ {profiles.shown(name)}" if name == self.switch.name else profiles.shown(name),
                MenuAction.PROFILE,
                about=name,
            )
            for name in self.switch.names
        ]
        manage = (MenuRow(), MenuRow(tr("Manage…"), MenuAction.PROFILES))
        return (MenuRow(tr("Profile: {name}").format(name=label), more=(*below, *manage)),)
