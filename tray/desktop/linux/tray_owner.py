"""Who owns the tray of the X server, in which icons are windows: told of, so nothing wakes up."""

from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from Xlib.ext import xfixes

from tray.desktop.linux import x_requests as request
from tray.desktop.linux.x11 import Connection, ServerLost
from tray.desktop.panel_watch import PanelWatch
from tray.language import tr

SETTLE_MS: Final = 500
"""By then Qt, on a connection of its own, knows of it too."""
LOOK_MS: Final = 5_000
"""How often to look where a connection was lost."""
_ALL_OWNER_EVENTS: Final = 0b111
"""XFIXES: another owner, its window destroyed, its connection closed."""


class TrayOwner(PanelWatch):
    """Follows who owns the selection of the tray.

    Args:
        server: closed by `stop`.
        parent: as Qt has it.

    Raises:
        ServerLost: the server is gone, or too old to tell.
    """

    def __init__(self, server: Connection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        extension = server.ask(request.QueryExtension, name=xfixes.extname)
        if not extension.present:
            raise ServerLost(tr("the X server has no XFIXES"))
        opcode = extension.major_opcode
        server.ask(xfixes.QueryVersion, opcode=opcode, major_version=1, minor_version=0)
        name = f"_NET_SYSTEM_TRAY_S{server.screen}"
        tray = server.ask(request.InternAtom, name=name, only_if_exists=False).atom
        server.ask(
            xfixes.SelectSelectionInput,
            opcode=opcode,
            window=server.root,
            selection=tray,
            mask=_ALL_OWNER_EVENTS,
        )
        server.ask(request.GetInputFocus)  # sends what stands before it
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.setObjectName("panel settles")
        self._settled.timeout.connect(self.changed)
        self._readable = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self._read)
        self._settled.start()  # it may have gone before anybody told of it

    def stop(self) -> None:
        """Leave the server."""
        super().stop()
        self._readable.setEnabled(False)
        self._server.close()

    @Slot()
    def _read(self) -> None:
        try:
            events = self._server.arrived()
        except ServerLost:
            self._readable.setEnabled(False)
            self.look_ms = self.search_ms = LOOK_MS
            self._settled.start()
            return
        if events:
            self._settled.start()
