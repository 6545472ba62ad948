"""Puts the icon on this system's panel, with the menu as that panel can show it."""

import os

from PySide6.QtCore import QObject

from tray.settings import Settings
from tray.ui.menu import TrayMenu
from tray.ui.tray_icon import TrayIcon


def make_icon(menu: TrayMenu, settings: Settings, parent: QObject) -> TrayIcon:
    """The icon, not shown yet."""
    from tray.desktop.tray_choice import choose_tray_item

    item = choose_tray_item(os.environ, menu.menu)
    menu.filled.connect(item.menu_changed)
    icon = TrayIcon(item, settings, parent)
    icon.panel_changed.connect(menu.use_panel)
    return icon
