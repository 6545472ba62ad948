"""Which way this system has to put an icon on its panel; it loads little, as the icon waits."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from tray.desktop.qt_item import QtItem
from tray.desktop.tray_item import TrayItem


def choose_tray_item(
    environ: Mapping[str, str],
    menu: QMenu,
    *,
    platform: str = sys.platform,
    parent: QObject | None = None,
) -> TrayItem:
    """An item of our own on the session bus; where there is no bus, or nobody on it, Qt's."""
    if platform not in ("win32", "darwin"):
        try:
            from tray.desktop.linux.linux_item import LinuxItem

            return LinuxItem(environ, menu, parent)
        except Exception:  # a desktop that surprises us must not keep the icon away
            return QtItem(menu, parent)
    return QtItem(menu, parent)
