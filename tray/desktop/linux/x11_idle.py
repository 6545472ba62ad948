"""Idle time from an X server's screen saver extension (MIT-SCREEN-SAVER)."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from Xlib.ext import screensaver

from tray.desktop.idle import PolledIdle
from tray.desktop.linux import x_requests as request
from tray.desktop.linux.x11 import Connection, ServerLost
from tray.desktop.support import missing
from tray.language import tr


class X11Idle(PolledIdle):
    """The X server of `connection`, which `stop` closes.

    Raises:
        ServerLost: it cannot tell, because it lacks the extension or is a guest of Wayland, which
            passes on only the input into windows of X programs.
    """

    name = "X11 (screen saver extension)"

    def __init__(self, connection: Connection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        if connection.ask(request.QueryExtension, name="XWAYLAND").present:
            raise ServerLost(tr("this X server is a guest of Wayland"))
        found = connection.ask(request.QueryExtension, name=screensaver.extname)
        if not found.present:
            raise ServerLost(tr("the X server has no screen saver extension"))
        self._opcode = found.major_opcode

    def stop(self) -> None:
        """Leave the server."""
        super().stop()
        self._connection.close()

    def _ask(self) -> None:
        try:
            info = self._connection.ask(
                screensaver.QueryInfo, opcode=self._opcode, drawable=self._connection.root
            )
            self._connection.arrived()  # a new keyboard map is told to every program
        except ServerLost as lost:
            self._set_support(missing(tr("The X server is gone: {why}.").format(why=lost)))
            self._answer(None)
        else:
            self._answer(info.idle)


def open_x11(environ: Mapping[str, str]) -> X11Idle:
    """The X server that the session runs on.

    Raises:
        ServerLost: it runs on none.
    """
    if environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        raise ServerLost(tr("the session is one of Wayland"))
    connection = Connection(environ.get("DISPLAY", ""))
    try:
        return X11Idle(connection)
    except ServerLost:
        connection.close()
        raise
