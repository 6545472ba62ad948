"""The icon as Qt puts it on the panel: on Windows and macOS, and in trays of the X server."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tray.desktop.tray_item import TrayItem
from tray.model.panels import MACOS, WINDOWS, PanelKind

if TYPE_CHECKING:
    from tray.desktop.panel_watch import PanelWatch

LOOK_FOR_HOST_MS: Final = 1_000
"""How often to look for a panel that may just be coming up."""

SOON_MS: Final = 15_000
"""How long that is done at the start of a session."""
_PANELS: Final = {"win32": WINDOWS, "darwin": MACOS}


class QtItem(TrayItem):
    """Owns a `QSystemTrayIcon`, made when there is a panel for it.

    Args:
        menu: opened by the right button.
        parent: as Qt has it.
    """

    def __init__(self, menu: QMenu, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = menu
        self._icon: QSystemTrayIcon | None = None
        self._picture = QIcon()
        self._tooltip = ""
        self._wheel: QObject | None = None
        self._watch: PanelWatch | None = None
        self._waited_ms = 0
        self._looking = QTimer(self)
        self._looking.setObjectName("look for a panel")
        self._looking.timeout.connect(self._on_look)

    @property
    def placed(self) -> bool:
        return self._icon is not None

    @property
    def panel(self) -> PanelKind:
        return _PANELS.get(sys.platform, PanelKind())

    @property
    def place(self) -> QRect | None:
        found = QRect() if self._icon is None else self._icon.geometry()
        return found if found.isValid() else None

    def start(self) -> None:
        self._waited_ms = 0
        self._place()
        self._look_on()

    def stop(self) -> None:
        self._looking.stop()
        self._remove()

    def follow(self, watch: "PanelWatch") -> None:
        self._watch = watch
        watch.changed.connect(self._on_look)
        self._look_on()

    def set_icon(self, icon: QIcon) -> None:
        self._picture = icon
        if self._icon is not None:
            self._icon.setIcon(icon)

    def set_texts(self, title: str, lines: Sequence[str], label: str) -> None:
        self._tooltip = "\n".join([title, *lines])
        if self._icon is not None:
            self._icon.setToolTip(self._tooltip)

    def watch_wheel(self, wanted: bool) -> None:
        """Python is asked about each event of the icon then, and loads all kinds of events."""
        if wanted and self._wheel is None:
            from tray.desktop.wheel import Wheel

            self._wheel = wheel = Wheel(self)
            wheel.turned.connect(self.scrolled)
            if self._icon is not None:
                self._icon.installEventFilter(wheel)
        elif not wanted and self._wheel is not None:
            if self._icon is not None:
                self._icon.removeEventFilter(self._wheel)
            self._wheel.deleteLater()
            self._wheel = None

    def message(self, title: str, text: str, milliseconds: int) -> None:
        if self._icon is not None:
            self._icon.showMessage(title, text, self._icon.icon(), milliseconds)

    def _place(self) -> bool:
        if self._icon is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return self._icon is not None
        self._icon = QSystemTrayIcon(self._picture, self)
        self._icon.setToolTip(self._tooltip)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        if self._wheel is not None:
            self._icon.installEventFilter(self._wheel)
        self._icon.show()
        self.changed.emit()
        return True

    def _remove(self) -> None:
        if self._icon is not None:
            self._icon.deleteLater()
            self._icon = None
            self._waited_ms = 0
            self.changed.emit()

    def _look_on(self) -> None:
        """Look as often as it takes: not at all where the end of a panel is told."""
        waits = self._icon is None and self._waited_ms < SOON_MS
        if waits or self._watch is None:
            every_ms = LOOK_FOR_HOST_MS if self._icon is None else 0
        else:
            every_ms = self._watch.search_ms if self._icon is None else self._watch.look_ms
        if every_ms == 0:
            self._looking.stop()
        elif not self._looking.isActive() or self._looking.interval() != every_ms:
            self._looking.start(every_ms)

    @Slot()
    def _on_look(self) -> None:
        if self._icon is not None and not QSystemTrayIcon.isSystemTrayAvailable():
            self._remove()
        elif not self._place():
            self._waited_ms += LOOK_FOR_HOST_MS
        self._look_on()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self.middle.emit()
        elif sys.platform == "darwin":
            return  # there a left click opens the menu, and is told of as well
        elif reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.left.emit()
        elif reason == QSystemTrayIcon.ActivationReason.DoubleClick:
            self.double.emit()
