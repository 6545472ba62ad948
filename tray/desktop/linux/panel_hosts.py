"""Panels on Linux: hosts of StatusNotifierItems on the bus, and who owns the X screen's tray.

Both are events, so nothing wakes up while a panel just stays.
"""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot
from Xlib.ext import xfixes
from Xlib.protocol import request

from tray.desktop.linux.bus import DAEMON, Bus, BusFailure, BusInterface, BusReply, BusSignal
from tray.desktop.linux.x11 import Connection, ServerLost
from tray.desktop.panel_watch import PanelWatch
from tray.language import tr

NAME: Final = "org.kde.StatusNotifierWatcher"
PATH: Final = "/StatusNotifierWatcher"
_PROPERTIES: Final = BusInterface(NAME, PATH, "org.freedesktop.DBus.Properties")
SETTLE_MS: Final = 500
"""By then Qt, on connections of its own, knows of it too."""
REGISTER_MS: Final = 2_000
"""By then Qt has registered the icon with a watcher that has just come."""
LOOK_MS: Final = 5_000
"""How often to look where a connection was lost."""
_HOST_SIGNALS: Final = ("StatusNotifierHostRegistered", "StatusNotifierHostUnregistered")
_ALL_OWNER_EVENTS: Final = 0b111
"""XFIXES: another owner, its window destroyed, its connection closed."""


class LinuxPanelWatch(PanelWatch):
    """Follows whichever of the two there is.

    Args:
        bus: of the session; closed by `stop`.
        server: the X server, where Qt's icon may be a window in its tray; closed by `stop`.
        own_pid: as the bus tells processes apart.
        parent: as Qt has it.
    """

    def __init__(
        self,
        bus: Bus | None,
        server: Connection | None,
        *,
        own_pid: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.setObjectName("panel settles")
        self._settled.timeout.connect(self.changed)
        self._tray = TrayOwner(server, self) if server is not None else None
        self._items = ItemHost(bus, own_pid=own_pid, parent=self) if bus is not None else None
        for part in (self._items, self._tray):
            if part is not None:
                part.changed.connect(self._settled.start)
                part.lost.connect(self._on_lost)
        if self._items is not None:
            self._items.forgotten.connect(self.forgotten)
        self._settled.start()  # it may have gone before anybody told of it

    @property
    def has_host(self) -> bool:
        """A watcher without a host, as on Plasma while its panel is gone, draws nothing."""
        return self._items is None or self._items.present

    def stop(self) -> None:
        """Close both connections."""
        super().stop()
        for part in (self._items, self._tray):
            if part is not None:
                part.stop()

    @Slot()
    def _on_lost(self) -> None:
        self.look_ms = self.search_ms = LOOK_MS
        self._settled.start()


class ItemHost(QObject):
    """Follows the watcher of StatusNotifierItems: its host, and whether it has our item."""

    changed = Signal()
    forgotten = Signal()
    lost = Signal()

    def __init__(self, bus: Bus, *, own_pid: int, parent: QObject) -> None:
        super().__init__(parent)
        self.present = True
        """Whether a host draws the items; so is believed until the watcher denies it."""
        self._own_pid = own_pid
        self._own = ""
        """The connection of our item, as the watcher lists it."""
        self._unseen: set[str] = set()
        """Those that may be ours and were not answered for yet."""
        self._registered = QTimer(self, singleShot=True, interval=REGISTER_MS)
        self._registered.setObjectName("icon registers with the panel")
        self._registered.timeout.connect(self._ask)
        self._bus = bus
        bus.setParent(self)
        bus.lost.connect(self._on_lost)
        bus.watch(NAME, self._on_watcher)
        bus.listen(NAME, NAME, self._on_signal)
        self._registered.start()

    def stop(self) -> None:
        """Leave the bus."""
        self._registered.stop()
        self._bus.close()

    def _on_watcher(self, there: bool) -> None:
        if there:
            self._ask()
            self._registered.start()
        self.changed.emit()

    def _on_signal(self, signal: BusSignal) -> None:
        match signal:
            case BusSignal(
                member="StatusNotifierHostRegistered" | "StatusNotifierHostUnregistered"
            ):
                self._ask()
            case BusSignal(member="StatusNotifierItemUnregistered", body=(str(item),)):
                if self._own and _connection(item) == self._own:
                    self._registered.start()

    @Slot()
    def _ask(self) -> None:
        """See anew how it stands; a watcher that is not there is not started for it."""
        self._bus.call(
            _PROPERTIES,
            "GetAll",
            signature="s",
            body=(NAME,),
            then=self._on_properties,
            may_start=False,
        )

    def _on_properties(self, reply: BusReply) -> None:
        if isinstance(reply, BusFailure):  # no watcher, which Qt tells: only it must be asked
            self.present = True
            self.changed.emit()
            return
        (values,) = reply
        self._set_present(bool(_value(values, "IsStatusNotifierHostRegistered", True)))
        if not self._registered.isActive():
            items = _value(values, "RegisteredStatusNotifierItems", [])
            self._look_for_own({_connection(item) for item in items})

    def _set_present(self, present: bool) -> None:
        if present != self.present:
            self.present = present
            self.changed.emit()

    def _look_for_own(self, connections: set[str]) -> None:
        if self._own in connections:
            return
        was, self._own = self._own, ""
        self._unseen = set(connections)
        for name in connections:
            self._bus.call(
                DAEMON,
                "GetConnectionUnixProcessID",
                signature="s",
                body=(name,),
                then=partial(self._on_process, name, was),
            )
        if was and not connections:
            self._miss()

    def _on_process(self, name: str, was: str, reply: BusReply) -> None:
        self._unseen.discard(name)
        if reply == (self._own_pid,):
            self._own = name
        elif was and not self._unseen and not self._own:
            self._miss()

    def _miss(self) -> None:
        """Only once it was seen: who never finds our item must not have it made again for ever."""
        self.forgotten.emit()
        self._registered.start()

    @Slot(object)
    def _on_lost(self, _: object) -> None:
        self.lost.emit()


class TrayOwner(QObject):
    """Follows who owns the tray that icons are windows in.

    Raises:
        ServerLost: the server is gone, or too old to tell.
    """

    changed = Signal()
    lost = Signal()

    def __init__(self, server: Connection, parent: QObject) -> None:
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
        self._readable = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._readable.activated.connect(self._read)

    def stop(self) -> None:
        """Leave the server."""
        self._readable.setEnabled(False)
        self._server.close()

    @Slot()
    def _read(self) -> None:
        try:
            events = self._server.arrived()
        except ServerLost:
            self._readable.setEnabled(False)
            self.lost.emit()
            return
        if events:
            self.changed.emit()


def _connection(item: str) -> str:
    """A watcher lists an item by its connection, and many with the object's path behind it."""
    return item.partition("/")[0]


def _value(properties: dict[str, tuple[str, Any]], name: str, default: Any) -> Any:
    return properties[name][1] if name in properties else default
