"""The icon on Linux: on the session bus where somebody watches, else in the X server's tray."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from tray.desktop.linux.bus import Bus, address
from tray.desktop.linux.item_watcher import ItemPlace
from tray.desktop.linux.status_item import StatusItem
from tray.desktop.panel_watch import PanelWatch
from tray.desktop.qt_item import QtItem
from tray.desktop.tray_item import TrayItem
from tray.model.panels import PanelKind


class LinuxItem(TrayItem):
    """Either of the two, whichever has a panel, and Qt's where the other is refused.

    Raises:
        NoBus: there is no session bus.
    """

    def __init__(
        self, environ: Mapping[str, str], menu: QMenu, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._own = StatusItem(Bus(address(environ)), menu, environ, self)
        self._qt: QtItem | None = None
        self._watch: PanelWatch | None = None
        self._icon = QIcon()
        self._wheel = False
        self._texts: tuple[str, Sequence[str], str] = ("", (), "")
        self._own.changed.connect(self._on_changed)
        self._pass_on(self._own)

    def _pass_on(self, item: TrayItem) -> None:
        item.left.connect(self.left)
        item.double.connect(self.double)
        item.middle.connect(self.middle)
        item.scrolled.connect(self.scrolled)
        item.message_clicked.connect(self.message_clicked)
        item.setParent(self)

    @property
    def _used(self) -> TrayItem:
        return self._qt or self._own

    @property
    def placed(self) -> bool:
        return self._used.placed

    @property
    def panel(self) -> PanelKind:
        return self._used.panel

    @property
    def place(self) -> QRect | None:
        return self._used.place

    def start(self) -> None:
        self._own.start()

    def stop(self) -> None:
        self._own.stop()
        if self._qt is not None:
            self._qt.stop()

    def follow(self, watch: PanelWatch) -> None:
        self._watch = watch
        if self._qt is not None:
            self._qt.follow(watch)

    def set_icon(self, icon: QIcon) -> None:
        self._icon = icon
        self._used.set_icon(icon)

    def set_texts(self, title: str, lines: Sequence[str], label: str) -> None:
        self._texts = (title, lines, label)
        self._used.set_texts(title, lines, label)

    def menu_changed(self) -> None:
        self._own.menu_changed()

    def watch_wheel(self, wanted: bool) -> None:
        self._wheel = wanted
        self._used.watch_wheel(wanted)

    def message(self, title: str, text: str, milliseconds: int) -> None:
        self._used.message(title, text, milliseconds)

    @Slot()
    def _on_changed(self) -> None:
        refused, nobody = self._own.where is ItemPlace.REFUSED, self._own.where is ItemPlace.NOBODY
        if refused or (nobody and QGuiApplication.platformName() == "xcb"):
            self._use_qt()
        elif self._qt is not None and not nobody:
            self._leave_qt(self._qt)
        self.changed.emit()

    def _use_qt(self) -> None:
        if self._qt is None:
            self._qt = item = QtItem(self._menu, self)
            self._pass_on(item)
            item.changed.connect(self.changed)
            self._dress(item)
            if self._watch is not None:
                item.follow(self._watch)
            item.start()

    def _leave_qt(self, item: QtItem) -> None:
        self._qt = None
        item.blockSignals(True)
        item.stop()
        item.deleteLater()
        self._dress(self._own)

    def _dress(self, item: TrayItem) -> None:
        item.set_icon(self._icon)
        item.set_texts(*self._texts)
        item.watch_wheel(self._wheel)
