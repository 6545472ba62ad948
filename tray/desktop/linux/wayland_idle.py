"""Idle time from a Wayland compositor (ext-idle-notify-v1), which tells but cannot be asked.

It tells after a short time that is always the same; from then on we know the last input exactly,
and wait for the threshold ourselves. So another threshold forgets nothing.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Slot

from tray.desktop.idle import IdleSource, SignalledIdle
from tray.desktop.linux.wayland import Wayland, uint
from tray.desktop.support import WORKS, missing, partly
from tray.language import tr

_NOTIFIER: Final = "ext_idle_notifier_v1"
_SEAT: Final = "wl_seat"
_INPUT_ONLY_SINCE: Final = 2
_GET_NOTIFICATION: Final = 1
_GET_INPUT_NOTIFICATION: Final = 2
_IDLED: Final = 0
_RESUMED: Final = 1
GRAIN_MS: Final = 60_000
"""Shorter pauses of a user who reads are not told, so that they do not wake the program up."""


def find_wayland(
    wayland: Wayland, then: Callable[[IdleSource | str], None], *, grain_ms: int = GRAIN_MS
) -> None:
    """Call back with a source on `wayland`, which is closed if there is none."""
    _Search(wayland, then, grain_ms=grain_ms)


class _Search(QObject):
    """Belongs to `wayland`, and is over when it has called back."""

    def __init__(
        self, wayland: Wayland, then: Callable[[IdleSource | str], None], *, grain_ms: int
    ) -> None:
        super().__init__(wayland)
        self._wayland = wayland
        self._then: Callable[[IdleSource | str], None] | None = then
        self._grain_ms = grain_ms
        wayland.lost.connect(self._refuse)
        wayland.ready.connect(self._end)

    @Slot()
    def _end(self) -> None:
        if _NOTIFIER not in self._wayland.globals or _SEAT not in self._wayland.globals:
            self._refuse(tr("the compositor has no ext-idle-notify-v1"))
        else:
            self._wayland.lost.disconnect(self._refuse)
            self._tell(WaylandIdle(self._wayland, grain_ms=self._grain_ms))

    @Slot(object)
    def _refuse(self, why: str) -> None:
        self._wayland.close()
        self._wayland.deleteLater()
        self._tell(why)

    def _tell(self, found: IdleSource | str) -> None:
        """Once; whoever is told may own us, so that nothing of it is kept."""
        then, self._then = self._then, None
        if then:
            then(found)


class WaylandIdle(SignalledIdle):
    """The first seat of the compositor of `wayland`, which is `ready` and which `stop` closes."""

    name = "Wayland (ext-idle-notify-v1)"

    def __init__(
        self, wayland: Wayland, *, grain_ms: int = GRAIN_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        wayland.setParent(self)
        self._wayland = wayland
        self._grain_ms = grain_ms
        self._watched_at = time.monotonic()
        wayland.lost.connect(self._lose)
        version = min(wayland.globals[_NOTIFIER].version, _INPUT_ONLY_SINCE)
        seat = wayland.bind(_SEAT, 1, then=_unheard)
        notifier = wayland.bind(_NOTIFIER, version, then=_unheard)
        notification = wayland.make(self._on_event)
        input_only = version >= _INPUT_ONLY_SINCE
        method = _GET_INPUT_NOTIFICATION if input_only else _GET_NOTIFICATION
        wayland.request(notifier, method, uint(notification, grain_ms, seat))
        why = tr("While a program keeps the screen on, the compositor counts you as present.")
        self._support = WORKS if input_only else partly(why)

    def stop(self) -> None:
        """Leave the compositor."""
        super().stop()
        self._wayland.close()

    def _idle_ms(self) -> int | None:
        """Whoever is not gone has touched something within the grain, which is just now to us."""
        known = super()._idle_ms()
        is_due = time.monotonic() - self._watched_at > self._grain_ms / 1000
        return 0 if known is None and is_due and self._wayland.connected else known

    def _on_event(self, event: int, _body: bytes) -> None:
        if event == _IDLED:
            self._gone(self._grain_ms)
        elif event == _RESUMED:
            self._back()

    @Slot(object)
    def _lose(self, why: str) -> None:
        self._since = None
        text = tr("The connection to the compositor is gone ({why}).").format(why=why)
        self._set_support(missing(text))


def _unheard(_event: int, _body: bytes) -> None:
    """Of these, nothing that happens matters here."""
