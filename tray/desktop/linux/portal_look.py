"""The desktop's look by its settings portal (org.freedesktop.portal.Settings).

Qt's palette comes from a GTK theme on GNOME, which stays light, and Plasma tells of a change back
to its default scheme through the portal alone; GNOME's large text is heard on Wayland only here.
"""

from typing import Any, Final

from PySide6.QtCore import QObject

from tray.desktop.linux.bus import Bus, BusInterface, BusReply, BusSignal
from tray.desktop.look import DesktopLook

_SERVICE: Final = "org.freedesktop.portal.Desktop"
_SETTINGS: Final = BusInterface(
    _SERVICE, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
)
_SCHEME: Final = ("org.freedesktop.appearance", "color-scheme")
_TEXT: Final = ("org.gnome.desktop.interface", "text-scaling-factor")
_DARK: Final = {1: True, 2: False}
"""0 is no preference."""
_LEAST: Final = 0.5
_MOST: Final = 3.0
"""The bounds of text that GNOME's own settings keep to."""


class PortalLook(DesktopLook):
    """As the portal behind `bus` has it, which `stop` closes.

    Args:
        bus: the session's bus, for this object alone.
        scales_text: whether Qt does not hear of large text, which is so on Wayland.
        parent: as Qt has it.
    """

    def __init__(self, bus: Bus, *, scales_text: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._scales_text = scales_text
        self._dark: bool | None = None
        self._text_scale = 1.0
        bus.listen(_SERVICE, _SETTINGS.interface, self._on_signal)
        bus.watch(_SERVICE, self._on_owner_changed)
        self._read()

    @property
    def dark(self) -> bool | None:
        """Whether programs are to be dark; None: it does not say."""
        return self._dark

    @property
    def text_scale(self) -> float:
        """How much larger than usual text is to be, beside what Qt makes of the screen."""
        return self._text_scale if self._scales_text else 1.0

    def stop(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def _read(self) -> None:
        for setting in (_SCHEME, _TEXT):

            def found(reply: BusReply, setting: tuple[str, str] = setting) -> None:
                match reply:
                    case (value,):
                        self._take(setting, value)

            # Its successor ReadOne is not there before version 2.
            self._bus.call(_SETTINGS, "Read", signature="ss", body=setting, then=found)

    def _on_owner_changed(self, there: bool) -> None:
        if there:
            self._read()

    def _on_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "SettingChanged", (str(namespace), str(key), value):
                self._take((namespace, key), value)

    def _take(self, setting: tuple[str, str], wrapped: Any) -> None:
        before = self.dark, self.text_scale
        value = _bare(wrapped)
        if setting == _SCHEME and isinstance(value, int):
            self._dark = _DARK.get(value)
        elif setting == _TEXT and isinstance(value, float):
            self._text_scale = min(max(value, _LEAST), _MOST)
        if (self.dark, self.text_scale) != before:
            self.changed.emit()


def _bare(value: Any) -> Any:
    """What is in a variant, which may be in another one."""
    while isinstance(value, tuple):
        _, value = value
    return value
