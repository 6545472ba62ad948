"""Which way of having hotkeys, notifications, presence and autostart this desktop calls for.

Nothing of a system is imported before it is chosen: call these once the icon is on the screen.
"""

import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from tray.desktop.app_identity import Identity
from tray.desktop.autostart import Autostart, user_autostart
from tray.desktop.hotkeys import Hotkeys
from tray.desktop.idle import IdleSource
from tray.desktop.in_use import Finder, InUseMonitor
from tray.desktop.look import DesktopLook
from tray.desktop.notifier import Notifier
from tray.desktop.null import NullHotkeys, NullNotifier
from tray.desktop.panel_watch import PanelWatch
from tray.desktop.power import NullPower, PowerWatcher
from tray.language import tr

if TYPE_CHECKING:
    from tray.desktop.linux.bus import Bus
    from tray.desktop.linux.gnome_keybindings import GnomeKeybindings
    from tray.desktop.network import NetworkMonitor

LOOK_MS: Final = 5_000
"""How often to look whether there is a panel, where nothing tells."""


def choose_hotkeys(
    environ: MutableMapping[str, str],
    identity: Identity,
    *,
    platform: str = sys.platform,
    parent: QObject | None = None,
) -> Hotkeys:
    """The best way there is; where there is none, one that says why."""
    try:
        if platform == "win32":
            return _of_windows(parent)
        if platform == "darwin":
            return _of_macos(parent)
        if environ.get("XDG_SESSION_TYPE") == "wayland" or environ.get("WAYLAND_DISPLAY"):
            return _of_portal(environ, identity, parent=parent)
        return _of_x_server(environ, parent)
    except Exception as failure:  # a desktop that surprises us must not keep the tray from starting
        why = tr("There are no global hotkeys here ({why}).")
        return NullHotkeys(why.format(why=failure), parent)


def _of_windows(parent: QObject | None) -> Hotkeys:
    from tray.desktop.windows.hotkeys import WindowsHotkeys
    from tray.desktop.windows.user32 import User32

    return WindowsHotkeys(User32(), parent)


def _of_macos(parent: QObject | None) -> Hotkeys:
    from tray.desktop.macos.carbon import Carbon
    from tray.desktop.macos.hotkeys import MacHotkeys

    try:
        return MacHotkeys(Carbon(), parent)
    except (OSError, AttributeError):  # a function that Apple has taken away
        from tray.desktop.macos.us_layout import PLACES
        from tray.desktop.portable.pynput_hotkeys import PynputHotkeys, listen

        return PynputHotkeys(listen, PLACES, parent=parent)


def _of_portal(
    environ: MutableMapping[str, str], identity: Identity, *, parent: QObject | None
) -> Hotkeys:
    from tray.desktop.linux.bus import Bus, address
    from tray.desktop.linux.portal_hotkeys import PortalHotkeys

    bus = Bus(address(environ), parent)
    return PortalHotkeys(bus, identity, environ=environ, parent=parent)


def _of_x_server(environ: Mapping[str, str], parent: QObject | None) -> Hotkeys:
    from tray.desktop.linux.x11 import Server
    from tray.desktop.linux.x11_hotkeys import X11Hotkeys

    return X11Hotkeys(Server(environ.get("DISPLAY", "")), parent)


def choose_notifier(
    environ: MutableMapping[str, str],
    identity: Identity,
    *,
    show_message: Callable[[str, str, int], None] | None,
    platform: str = sys.platform,
    parent: QObject | None = None,
) -> Notifier:
    """The best way there is.

    Args:
        environ: of the process.
        identity: how the desktop shows us.
        show_message: `QSystemTrayIcon.showMessage`, if the icon can (`supportsMessages`).
        platform: what `sys.platform` says.
        parent: as Qt has it.
    """
    why: object = platform
    if platform not in ("win32", "darwin"):
        try:
            return _on_bus(environ, identity, parent=parent)
        except Exception as failure:  # as above
            why = failure
    if platform == "win32":
        try:
            return _toasts(parent)
        except Exception as failure:  # as above
            why = failure
    if show_message:
        from tray.desktop.balloon import BalloonNotifier

        return BalloonNotifier(show_message, parent)
    text = tr("There are no notifications here ({why}).")
    return NullNotifier(text.format(why=why), parent)


def _toasts(parent: QObject | None) -> Notifier:
    from tray.desktop.windows.toasts import ToastNotifier
    from tray.desktop.windows.winrt_toasts import WinrtToasts

    return ToastNotifier(WinrtToasts(), parent)


def _on_bus(
    environ: MutableMapping[str, str], identity: Identity, *, parent: QObject | None
) -> Notifier:
    from tray.desktop.linux.bus import Bus, address
    from tray.desktop.linux.notifications import BusNotifier

    def connect() -> Bus:
        return Bus(address(environ), parent)

    return BusNotifier(connect(), identity, environ=environ, parent=parent, connect_anew=connect)


def choose_panel_watch(
    environ: Mapping[str, str],
    *,
    on_x: bool,
    platform: str = sys.platform,
    parent: QObject | None = None,
) -> PanelWatch:
    """What tells that a panel for Qt's icon comes and goes; `on_x`: Qt's windows are of X."""
    if platform in ("win32", "darwin") or not on_x:
        return PanelWatch(parent, search_ms=LOOK_MS)  # Qt puts it back, but may be there first
    try:
        from tray.desktop.linux.tray_owner import TrayOwner
        from tray.desktop.linux.x11 import Connection

        return TrayOwner(Connection(environ.get("DISPLAY", "")), parent)
    except Exception:  # as above
        return PanelWatch(parent, look_ms=LOOK_MS, search_ms=LOOK_MS)


def choose_autostart(environ: Mapping[str, str], platform: str = sys.platform) -> Autostart:
    """The place in which this system looks for what to start at login."""
    unsure = tr(
        "Your window manager may not start programs by itself. If it does not, add "
        "toggl-tray to its start-up file.",
    )
    return user_autostart(environ, platform, unsure=unsure)


def choose_idle(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> IdleSource:
    """The best way to tell how long nobody was there; call it on the thread that is to use it.

    On Linux it may take a moment until the source knows who answers, see its `changed`.
    """
    from tray.desktop.idle_choice import ChosenIdle, Found, IdleCandidate

    def windows(_parent: QObject, then: Found) -> None:
        from tray.desktop.windows.idle import Input, WindowsIdle

        then(WindowsIdle(Input()))

    def macos(_parent: QObject, then: Found) -> None:
        from tray.desktop.macos.idle import MacIdle, open_event_source

        then(MacIdle(open_event_source()))

    if platform == "win32":
        return ChosenIdle((IdleCandidate("Windows", windows),), parent)
    if platform == "darwin":
        return ChosenIdle((IdleCandidate("macOS", macos),), parent)
    from tray.desktop.linux.idle import candidates

    return ChosenIdle(candidates(environ), parent)


def choose_power(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> PowerWatcher:
    """The best way to hear of lock and sleep; call it on the thread that is to hear."""
    try:
        if platform == "win32":
            from tray.desktop.windows.message_window import MessageWindow
            from tray.desktop.windows.power import WindowsPower

            return WindowsPower(MessageWindow(), parent)
        if platform == "darwin":
            from tray.desktop.macos.objc import NotificationCentres
            from tray.desktop.macos.power import MacPower

            return MacPower(NotificationCentres(), parent)
        return _from_buses(environ, parent)
    except Exception as failure:  # as above
        why = tr("Nobody here tells of lock and sleep ({why}).")
        return NullPower(why.format(why=failure), parent)


def _from_buses(environ: Mapping[str, str], parent: QObject | None) -> PowerWatcher:
    from tray.desktop.linux.bus import address, system_address
    from tray.desktop.linux.power import LinuxPower

    return LinuxPower(
        lambda: _opened(address(environ), files=False),
        lambda: _opened(system_address(environ), files=True),
        environ=environ,
        parent=parent,
    )


def _opened(place: str, *, files: bool = False) -> "Bus | None":
    from tray.desktop.linux.bus import Bus, NoBus

    try:
        return Bus(place, files=files)
    except NoBus:
        return None


def choose_network(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> "NetworkMonitor":
    """What tells that there is a network again."""
    if platform == "win32":
        from tray.desktop.windows.address_changes import AddressMonitor

        return AddressMonitor(parent=parent)
    if platform == "darwin":
        from tray.desktop.macos.reachability import ReachabilityMonitor, find_network

        return ReachabilityMonitor(find_network(), parent)
    from tray.desktop.linux.bus import system_address
    from tray.desktop.linux.network_manager import NetworkManagerMonitor

    return NetworkManagerMonitor(_opened(system_address(environ)), parent)


def choose_in_use(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> InUseMonitor:
    """All ways to see that a user who touches nothing is busy; call it on the thread to use it."""
    try:
        return InUseMonitor(_finders(environ, platform, parent=parent), parent)
    except Exception:  # as above; without any finder every kind is unknown, and said to be
        return InUseMonitor((), parent)


def _finders(
    environ: Mapping[str, str], platform: str, *, parent: QObject | None
) -> Sequence[Finder]:
    if platform == "win32":
        from tray.desktop.windows.in_use import Activity, WindowsActivity

        return (WindowsActivity(Activity()),)
    if platform == "darwin":
        from tray.desktop.macos.in_use import MacInhibitors, open_assertions

        return (MacInhibitors(open_assertions()),)
    from tray.desktop.linux.in_use import finders

    return finders(environ, parent)


def choose_keybindings(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> "GnomeKeybindings | None":
    """What the desktop calls by itself where it gives no hotkeys, if it can be asked to."""
    is_gnome = "GNOME" in environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    if platform != "linux" or not is_gnome or environ.get("FLATPAK_ID"):
        return None
    import shutil

    if not shutil.which("gsettings", path=environ.get("PATH")):
        return None
    from tray.desktop.linux.gnome_keybindings import GnomeKeybindings

    return GnomeKeybindings(environ, parent)


def choose_look(
    environ: Mapping[str, str], *, platform: str = sys.platform, parent: QObject | None = None
) -> DesktopLook:
    """What tells how the desktop wants programs to look, beside what Qt hears."""
    if platform in ("win32", "darwin"):
        return DesktopLook(parent)
    try:
        from tray.desktop.linux.bus import Bus, address
        from tray.desktop.linux.portal_look import PortalLook

        on_wayland = QGuiApplication.platformName() == "wayland"
        return PortalLook(Bus(address(environ)), scales_text=on_wayland, parent=parent)
    except Exception:  # as above
        return DesktopLook(parent)


def is_composited() -> bool:
    """Whether what is behind a window shows where it is transparent; on X11 not always."""
    if QGuiApplication.platformName() != "xcb":
        return True
    from tray.desktop.linux.compositor import has_compositor

    return has_compositor()
