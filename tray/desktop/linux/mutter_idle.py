"""Idle time from GNOME's compositor (org.gnome.Mutter.IdleMonitor), on Wayland and on X."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Slot

from tray.desktop.idle import IdleSource
from tray.desktop.linux.bus import Bus, BusFailure, BusInterface, BusReply, BusSignal
from tray.desktop.support import WORKS, missing
from tray.language import tr

_SERVICE: Final = "org.gnome.Mutter.IdleMonitor"
_MONITOR: Final = BusInterface(_SERVICE, "/org/gnome/Mutter/IdleMonitor/Core", _SERVICE)


def find_mutter(bus: Bus, then: Callable[[IdleSource | str], None]) -> None:
    """Call back with a source on `bus`, which is closed if there is none."""

    def found(reply: BusReply) -> None:
        if isinstance(reply, BusFailure):
            bus.close()
            bus.deleteLater()
            then(tr("GNOME's idle monitor is not on the bus"))
        else:
            then(MutterIdle(bus))

    bus.call(_MONITOR, "GetIdletime", then=found, may_start=False)


class MutterIdle(IdleSource):
    """The monitor of all input devices on `bus`, which `stop` closes."""

    name = "GNOME (Mutter)"
    signals = True

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus.setParent(self)
        self._bus = bus
        self._numbers: dict[str, int] = {}
        """What Mutter calls our watches, by the method that adds them."""
        self._round = 0
        bus.lost.connect(self._lose)
        bus.listen(_SERVICE, _SERVICE, self._on_signal)
        bus.watch(_SERVICE, self._on_owner_changed)

    def stop(self) -> None:
        """Leave the bus, with which Mutter forgets the watches."""
        super().stop()
        self._bus.close()

    def _begin(self) -> None:
        for number in self._numbers.values():
            self._bus.call(_MONITOR, "RemoveWatch", signature="u", body=(number,), may_start=False)
        self._numbers.clear()
        self._round += 1
        self._add("AddIdleWatch", "t", self._threshold_ms)

    def _add(self, method: str, signature: str, *body: int | None) -> None:
        self._bus.call(
            _MONITOR,
            method,
            signature=signature,
            body=body,
            then=partial(self._added, method, self._round),
            may_start=False,
        )

    def _added(self, method: str, round_: int, reply: BusReply) -> None:
        match reply:
            case (int(number),) if round_ == self._round:
                self._numbers[method] = number
            case (int(number),):
                self._bus.call(
                    _MONITOR, "RemoveWatch", signature="u", body=(number,), may_start=False
                )

    def _on_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "WatchFired", (int(number),):
                if number == self._numbers.get("AddIdleWatch"):
                    # This one fires whenever somebody goes; the other one only once.
                    self._add("AddUserActiveWatch", "")
                    self._ask()
                elif number == self._numbers.get("AddUserActiveWatch"):
                    del self._numbers["AddUserActiveWatch"]
                    self._learn(0)

    def _ask(self) -> None:
        self._bus.call(_MONITOR, "GetIdletime", then=self._on_idle_time, may_start=False)

    def _on_idle_time(self, reply: BusReply) -> None:
        match reply:
            case (int(idle_ms),):
                self._answer(idle_ms)
            case _:
                self._answer(None)

    def _on_owner_changed(self, there: bool) -> None:
        self._numbers.clear()
        if not there:
            self._set_support(missing(tr("GNOME's idle monitor has gone.")))
        else:
            self._set_support(WORKS)
            if self._threshold_ms is not None:
                self._begin()

    @Slot(object)
    def _lose(self, why: str) -> None:
        text = tr("The connection to the desktop is gone ({why}).").format(why=why)
        self._set_support(missing(text))
