"""The desktop's own look, which programs follow while they run: light or dark, and its scale."""

import struct
from collections.abc import Mapping
from typing import Final, Literal

from Xlib import X
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

Scheme = Literal["light", "dark"]

THEMES: Final[Mapping[Scheme, str]] = {"light": "Adwaita", "dark": "Adwaita-dark"}
BACKGROUNDS: Final[Mapping[Scheme, int]] = {"light": 0xD8DEE6, "dark": 0x23282F}
DPI: Final = 96
"""At 100 %."""
FRACTION: Final = 1024
"""XSETTINGS has dots per inch as whole numbers of this part of one."""


class Appearance:
    """The XSETTINGS manager of `display`; GTK listens to it, and Qt where the desktop is Xfce."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._window = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._serial = 0

    def show(self, scheme: Scheme, scale: float) -> None:
        """Announce it; `scale` is 1.0 for 100 %, 2.0 for 200 %."""
        dpi = round(DPI * scale * FRACTION)
        whole = max(1, int(scale))
        self._announce(
            {
                "Net/ThemeName": THEMES[scheme],
                "Xft/DPI": dpi,
                "Gdk/UnscaledDPI": dpi // whole,
                "Gdk/WindowScalingFactor": whole,
            }
        )

    def _announce(self, settings: Mapping[str, str | int]) -> None:
        self._serial += 1
        atom = self._display.intern_atom("_XSETTINGS_SETTINGS")
        data = struct.pack("<BxxxII", 0, self._serial, len(settings)) + b"".join(
            _setting(name, value, self._serial) for name, value in settings.items()
        )
        self._window.change_property(atom, atom, 8, data)
        if self._serial == 1:
            self._take_over()
        self._display.sync()

    def _take_over(self) -> None:
        selection = self._display.intern_atom("_XSETTINGS_S0")
        self._window.set_selection_owner(selection, X.CurrentTime)
        news = ClientMessage(
            window=self._root,
            client_type=self._display.intern_atom("MANAGER"),
            data=(32, (X.CurrentTime, selection, self._window.id, 0, 0)),
        )
        self._root.send_event(news, event_mask=X.StructureNotifyMask)


def _setting(name: str, value: str | int, serial: int) -> bytes:
    head = struct.pack("<BxH", isinstance(value, str), len(name)) + _padded(name)
    if isinstance(value, int):
        return head + struct.pack("<Ii", serial, value)
    return head + struct.pack("<II", serial, len(value)) + _padded(value)


def _padded(text: str) -> bytes:
    return text.encode() + bytes(-len(text) % 4)
