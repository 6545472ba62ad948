"""An icon of our own on the session bus, as panels of today read it: org.kde.StatusNotifierItem."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QMenu

from tray.desktop.linux import menu_on_bus
from tray.desktop.linux.activation import ActivationTokens
from tray.desktop.linux.bus import Bus, BusInterface
from tray.desktop.linux.bus_object import BusObject, Method, Variant
from tray.desktop.linux.item_watcher import ITEM_PATH, ItemPlace, ItemWatcher
from tray.desktop.linux.menu_on_bus import MenuOnBus
from tray.desktop.tray_item import TrayItem
from tray.model.panels import PanelKind

INTERFACE: Final = "org.kde.StatusNotifierItem"
_PICTURES: Final = "a(iiay)"
_TOOLTIP: Final = f"(s{_PICTURES}ss)"
_LABEL_GUIDE: Final = "88:88"
"""As wide as most labels are, for panels that keep room for it."""


class StatusItem(TrayItem):
    """Shown by whatever watches for such items on `bus`.

    Args:
        bus: of the session; closed by `stop`.
        menu: shown by the panel.
        environ: of the process; tokens of the desktop are put into it.
        parent: as Qt has it.
    """

    def __init__(
        self,
        bus: Bus,
        menu: QMenu,
        environ: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        bus.setParent(self)
        self._icon = QIcon()
        self._pictures: list[tuple[int, int, bytes]] = []
        """Of the icon, once a panel has asked for them."""
        self._title, self._lines, self._label = "", "", ""
        self._tokens = ActivationTokens(environ, self)
        self._object = BusObject(
            bus,
            BusInterface("", ITEM_PATH, INTERFACE),
            self._methods(),
            self._properties(),
            _SIGNALS,
        )
        self._menu = MenuOnBus(bus, menu, self)
        self._watcher = ItemWatcher(bus, environ, self)
        self._watcher.changed.connect(self._on_changed)

    @property
    def placed(self) -> bool:
        return self._watcher.standing is ItemPlace.SHOWN

    @property
    def panel(self) -> PanelKind:
        return self._watcher.panel

    @property
    def where(self) -> ItemPlace:
        """How it stands with panels."""
        return self._watcher.standing

    def start(self) -> None:
        self._watcher.start()

    def stop(self) -> None:
        self._watcher.stop()
        self._menu.close()
        self._bus.close()

    def set_icon(self, icon: QIcon) -> None:
        self._icon, self._pictures = icon, []
        self._object.emit("NewIcon")

    def set_texts(self, title: str, lines: Sequence[str], label: str) -> None:
        before = self._title, self._lines, self._label
        self._title, self._lines = title, "\n".join(lines)
        self._label = label and f" {label}"  # a panel puts it close to the icon
        if (self._title, self._lines) != before[:2]:
            self._object.emit("NewToolTip")
        if self._label != before[2]:
            self._object.emit("XAyatanaNewLabel", self._label, _LABEL_GUIDE)

    def menu_changed(self) -> None:
        self._menu.tell_soon()

    def _methods(self) -> dict[str, Method]:
        return {
            "Activate": Method(("i", "i"), (), lambda _x, _y: self.left.emit()),
            "SecondaryActivate": Method(("i", "i"), (), lambda _x, _y: self.middle.emit()),
            "XAyatanaSecondaryActivate": Method(("u",), (), lambda _time: self.middle.emit()),
            "Scroll": Method(("i", "s"), (), self._scroll),
            "ProvideXdgActivationToken": Method(("s",), (), self._tokens.take),
        }

    def _properties(self) -> Mapping[str, Callable[[], Variant]]:
        constant = {name: _constant(*value) for name, value in _CONSTANT.items()}
        return constant | {
            "IconPixmap": lambda: (_PICTURES, self._painted()),
            "IconAccessibleDesc": lambda: ("s", ". ".join([self._title, *self._lines.split("\n")])),
            "ToolTip": lambda: (_TOOLTIP, ("", [], self._title, self._lines)),
            "XAyatanaLabel": lambda: ("s", self._label),
            "XAyatanaLabelGuide": lambda: ("s", _LABEL_GUIDE if self._label else ""),
        }

    def _painted(self) -> list[tuple[int, int, bytes]]:
        if not self._pictures:
            sizes = sorted({each.width() for each in self._icon.availableSizes()})
            self._pictures = [_argb(self._icon, each) for each in sizes]
        return self._pictures

    def _scroll(self, delta: int, orientation: str) -> None:
        if orientation.lower() == "vertical" and delta:
            self.scrolled.emit(delta * self.panel.wheel_up)

    @Slot()
    def _on_changed(self) -> None:
        self._menu.doubles_every_underscore = self.panel.reads_every_mark
        if not self.placed:
            self._menu.close()
        self.changed.emit()


_CONSTANT: Final[Mapping[str, Variant]] = {
    "Category": ("s", "ApplicationStatus"),
    "Id": ("s", "toggl-tray"),
    "Title": ("s", "Toggl Tray"),
    "Status": ("s", "Active"),
    "WindowId": ("i", 0),
    "IconName": ("s", ""),
    "IconThemePath": ("s", ""),
    "OverlayIconName": ("s", ""),
    "OverlayIconPixmap": (_PICTURES, []),
    "AttentionIconName": ("s", ""),
    "AttentionIconPixmap": (_PICTURES, []),
    "AttentionMovieName": ("s", ""),
    "AttentionAccessibleDesc": ("s", ""),
    "ItemIsMenu": ("b", False),
    "Menu": ("o", menu_on_bus.PATH),
    "XAyatanaOrderingIndex": ("u", 0),
}
_SIGNALS: Final = {
    "NewTitle": (),
    "NewIcon": (),
    "NewAttentionIcon": (),
    "NewOverlayIcon": (),
    "NewToolTip": (),
    "NewStatus": ("s",),
    "XAyatanaNewLabel": ("s", "s"),
}


def _constant(signature: str, value: Any) -> Callable[[], Variant]:
    return lambda: (signature, value)


def _argb(icon: QIcon, size: int) -> tuple[int, int, bytes]:
    """A picture as the bus carries it: alpha, red, green and blue of each pixel."""
    painted = icon.pixmap(QSize(size, size), 1.0).toImage()
    image = painted.convertToFormat(QImage.Format.Format_RGBA8888)
    rgba = bytes(image.constBits())
    argb = bytearray(len(rgba))
    for place in range(4):
        argb[(place + 1) % 4 :: 4] = rgba[place::4]
    return image.width(), image.height(), bytes(argb)
