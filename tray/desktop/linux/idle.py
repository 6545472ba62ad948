"""Which idle sources a session of Linux may have, from the best to the last."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from tray.desktop.idle_choice import Found, IdleCandidate
from tray.desktop.linux.bus import Bus, address, system_address
from tray.language import tr


def candidates(environ: Mapping[str, str]) -> tuple[IdleCandidate, ...]:
    """In the order of how exact they are, how promptly they tell and how far they can be trusted.

    The screen saver's answer comes after X's own, which is in no doubt about its unit.
    """

    def mutter(parent: QObject, then: Found) -> None:
        from tray.desktop.linux.mutter_idle import find_mutter

        find_mutter(Bus(address(environ), parent), then)

    def wayland(parent: QObject, then: Found) -> None:
        if not environ.get("WAYLAND_DISPLAY"):
            then(tr("the session is not one of Wayland"))
            return
        from tray.desktop.linux.wayland import Wayland, place
        from tray.desktop.linux.wayland_idle import find_wayland

        find_wayland(Wayland(place(environ), parent), then)

    def x_server(_parent: QObject, then: Found) -> None:
        from tray.desktop.linux.x11_idle import open_x11

        then(open_x11(environ))

    def screensaver(parent: QObject, then: Found) -> None:
        from tray.desktop.linux.screensaver_idle import find_screensaver

        find_screensaver(Bus(address(environ), parent), environ, then=then)

    def logind(parent: QObject, then: Found) -> None:
        from tray.desktop.linux.logind_idle import find_logind

        place = system_address(environ)
        if place:
            find_logind(Bus(place, parent), environ, then=then)
        else:
            then(tr("no D-Bus for the system"))

    return (
        IdleCandidate("GNOME (Mutter)", mutter),
        IdleCandidate("Wayland (ext-idle-notify-v1)", wayland),
        IdleCandidate("X11", x_server),
        IdleCandidate("screen saver", screensaver),
        IdleCandidate("logind", logind),
    )
