"""Which signs that the user is busy a session of Linux may show."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject

from tray.desktop.in_use import Finder, FoundSigns, InUseKind
from tray.desktop.linux.bus import Bus, NoBus, address, system_address
from tray.desktop.linux.devices import Cameras, Microphones
from tray.desktop.linux.inhibitors import LogindInhibitors, SessionInhibitors
from tray.desktop.linux.quiet import QuietService
from tray.desktop.support import Support, missing
from tray.language import tr

_TIMEOUT_MS: Final = 2_000
"""What is running answers at once, and nothing else is waited for."""


class Unseen:
    """Something that cannot be seen here, and why."""

    def __init__(self, kind: InUseKind, why: str) -> None:
        self.supports: Mapping[InUseKind, Support] = {kind: missing(why)}

    def stop(self) -> None:
        """Nothing is held."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """It is not known."""
        then(None)


def finders(environ: Mapping[str, str], parent: QObject | None = None) -> list[Finder]:
    """All that can be asked here."""
    made: list[Finder] = [Microphones(), Cameras(), _windows(environ)]
    for place, kinds in (
        (address(environ), (SessionInhibitors, QuietService)),
        (system_address(environ), (LogindInhibitors,)),
    ):
        for kind in kinds:
            try:
                made.append(kind(Bus(place, parent, timeout_ms=_TIMEOUT_MS)))
            except NoBus:
                break
    if "GNOME" in environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        from tray.desktop.linux.quiet_gnome import QuietGnome

        made.append(QuietGnome(environ, parent))
    return made


def _windows(environ: Mapping[str, str]) -> Finder:
    if environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        why = tr("Wayland tells no program about the windows of others.")
        return Unseen(InUseKind.FULL_SCREEN, why)
    from tray.desktop.linux.shown_windows import ShownWindows
    from tray.desktop.linux.x11 import Connection, ServerLost

    try:
        return ShownWindows(Connection(environ.get("DISPLAY", "")))
    except ServerLost as lost:
        text = tr("The X server cannot be asked ({why}).")
        return Unseen(InUseKind.FULL_SCREEN, text.format(why=lost))
