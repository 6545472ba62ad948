"""The field in which something is looked for."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.ui.search_field import SearchField
from tray.ui.settings.settings_pages import PAGES
from tray.ui.settings.settings_rail import SettingsRail
from tray.ui.theme import DARK, LIGHT, palette_of


def glass_colours(field: SearchField) -> set[str]:
    """Of what is drawn fully."""
    (glass, *_) = field.actions()
    image = glass.icon().pixmap(32, 32).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(pixel.rgb()).name() for pixel in pixels if pixel.alpha() == 255}


def test_the_glass_follows_the_theme(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for field in (SearchField("Search", window), SettingsRail(PAGES, window).search):
        for look in (LIGHT, DARK, LIGHT):
            window.setPalette(palette_of(look))
            assert glass_colours(field) == {look.subdued.name()}
