"""Who watches for items on the bus, which panel that is, and whether it has ours.

All of it is told of, so nothing wakes up while a panel just stays.
"""

from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop.linux.bus import DAEMON, Bus, BusFailure, BusInterface, BusReply, BusSignal
from tray.model.panels import PanelKind, panel_of

NAME: Final = "org.kde.StatusNotifierWatcher"
PATH: Final = "/StatusNotifierWatcher"
ITEM_PATH: Final = "/StatusNotifierItem"
_WATCHER: Final = BusInterface(NAME, PATH, NAME)
_PROPERTIES: Final = BusInterface(NAME, PATH, "org.freedesktop.DBus.Properties")
CHECK_MS: Final = 5_000
"""By then a watcher lists what has registered."""
_NOBODY: Final = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
)


class ItemPlace(Enum):
    """How the item stands with panels."""

    UNKNOWN = "unknown"
    """Nobody has answered yet."""
    NOBODY = "nobody"
    """There is no watcher on the bus."""
    REFUSED = "refused"
    """There is one, which does not take it."""
    WAITING = "waiting"
    """There is one without a panel, as on Plasma while its panel is gone."""
    SHOWN = "shown"


class ItemWatcher(QObject):
    """Registers the object at `ITEM_PATH` with each watcher that comes, and again if it forgets.

    Args:
        bus: of the session.
        environ: of the process.
        parent: as Qt has it.
    """

    changed = Signal()
    """`standing` or `panel` is another."""

    def __init__(self, bus: Bus, environ: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self.standing = ItemPlace.UNKNOWN
        self.panel = PanelKind()
        self._desktop = environ.get("XDG_CURRENT_DESKTOP", "")
        self._is_inside = bool(environ.get("FLATPAK_ID"))
        """Of a sandbox, in which processes have other numbers."""
        self._registered = False
        self._has_host = True
        """So is believed until the watcher denies it."""
        self._listed = False
        self._bus = bus
        self._check = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check.setObjectName("icon is with the panel")
        self._check.timeout.connect(self._ask)
        bus.lost.connect(self._on_lost)

    def start(self) -> None:
        """Look for a watcher from now on."""
        self._bus.watch(NAME, self._on_watcher)
        self._bus.listen(NAME, NAME, self._on_signal)
        self._register()

    def stop(self) -> None:
        """Tell of nothing any more."""
        self.blockSignals(True)
        self._check.stop()

    def _register(self) -> None:
        """A watcher that is not there is not started for it."""
        self._bus.call(
            _WATCHER,
            "RegisterStatusNotifierItem",
            signature="s",
            body=(ITEM_PATH,),
            then=self._on_registered,
            may_start=False,
        )
        self._ask()
        self._bus.call(
            DAEMON,
            "GetConnectionUnixProcessID",
            signature="s",
            body=(NAME,),
            then=self._on_process,
        )

    def _on_registered(self, reply: BusReply) -> None:
        """GNOME answers only once it has started itself: one that is silent has not refused."""
        if isinstance(reply, BusFailure) and reply.error:
            self._registered = False
            self._be(ItemPlace.NOBODY if reply.error in _NOBODY else ItemPlace.REFUSED)
        elif not isinstance(reply, BusFailure):
            self._registered = True
            self._check.start()
            self._settle()

    def _ask(self) -> None:
        self._bus.call(
            _PROPERTIES,
            "GetAll",
            signature="s",
            body=(NAME,),
            then=self._on_properties,
            may_start=False,
        )

    def _on_properties(self, reply: BusReply) -> None:
        match reply:
            case (dict(values),):
                self._has_host = bool(_value(values, "IsStatusNotifierHostRegistered", True))
                self._look_for_own(_value(values, "RegisteredStatusNotifierItems", []))
                self._settle()

    def _look_for_own(self, items: list[str]) -> None:
        """Only once it was seen is it missed: who never lists it must not be asked for ever."""
        was, self._listed = self._listed, any(self._is_own(each) for each in items)
        self._registered = self._registered or self._listed
        if was and not self._listed:
            self._register()

    def _is_own(self, item: str) -> bool:
        """A watcher lists an item by its connection, and many with the object's path behind it."""
        return item.removesuffix(ITEM_PATH).rstrip("@") == self._bus.name

    def _on_process(self, reply: BusReply) -> None:
        match reply:
            case (int(pid),):
                panel = panel_of("" if self._is_inside else _program(pid), self._desktop)
                if panel != self.panel:
                    self.panel = panel
                    self.changed.emit()

    def _on_watcher(self, there: bool) -> None:
        self._listed = False
        if there:
            self._register()
        else:
            self._registered = False
            self._be(ItemPlace.NOBODY)

    def _on_signal(self, signal: BusSignal) -> None:
        match signal:
            case BusSignal(member="StatusNotifierItemUnregistered", body=(str(item),)):
                if self._is_own(item):
                    self._check.start()
                    self._ask()
            case BusSignal(member="StatusNotifierItemRegistered", body=(str(item),)):
                if self._is_own(item):
                    self._ask()
            case BusSignal(
                member="StatusNotifierHostRegistered" | "StatusNotifierHostUnregistered"
            ):
                self._ask()

    def _settle(self) -> None:
        if self._registered:
            self._be(ItemPlace.SHOWN if self._has_host else ItemPlace.WAITING)

    def _be(self, standing: ItemPlace) -> None:
        if standing is not self.standing:
            self.standing = standing
            self.changed.emit()

    @Slot(object)
    def _on_lost(self, _: object) -> None:
        self._registered = False
        self._be(ItemPlace.NOBODY)


def _program(pid: int) -> str:
    """What Linux calls a process; empty where it is not to be seen."""
    with suppress(OSError), open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as file:
        return file.read().strip()
    return ""


def _value(properties: dict[str, tuple[str, Any]], name: str, default: Any) -> Any:
    return properties[name][1] if name in properties else default
