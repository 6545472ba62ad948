"""The program's own signs: one set, on one grid, tinted with the theme at any scale."""

import re
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tray.ui import icons, labels
from tray.ui.appearance import Appearance
from tray.ui.theme import DARK, LIGHT, palette_of

FOLDER: Final = Path(__file__).parents[2] / "resources" / "icons"
NAMES: Final = sorted(file.stem for file in FOLDER.glob("*.svg") if file.stem != "toggl-tray")
HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" '
    'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" '
    'stroke-linejoin="round">'
)


def inked(image: QImage) -> list[QColor]:
    """The colours of all pixels that something was drawn on."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (image.pixelColor(x, y) for x, y in places)
    return [each for each in colours if each.alpha() > 0]


@pytest.mark.parametrize("name", NAMES)
def test_every_sign_has_the_same_grid_and_stroke_and_no_colour(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text("utf-8")
    assert text.startswith(HEAD)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
    assert colours <= {"none", "currentColor"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pixels", [16, 20, 32, 48])
def test_every_sign_is_drawn_at_every_scale_and_stays_within_its_square(
    name: str, pixels: int, qtbot: QtBot
) -> None:
    del qtbot
    drawn = icons.pixmap(name, QColor("#123456"), pixels)
    assert drawn.size() == QSize(pixels, pixels)
    image = drawn.toImage()
    ink = inked(image)
    assert len(ink) > pixels
    solid = [each for each in ink if each.alpha() == 255]
    assert all(each.name() == "#123456" for each in solid)
    corners = [(0, 0), (pixels - 1, 0), (0, pixels - 1), (pixels - 1, pixels - 1)]
    assert all(image.pixelColor(*each).alpha() == 0 for each in corners)


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_an_icon_is_crisp_at_the_scale_of_its_screen(scale: float, qtbot: QtBot) -> None:
    del qtbot
    shown = icons.icon("search", QColor("black")).pixmap(QSize(16, 16), scale)
    assert shown.toImage() == icons.pixmap("search", QColor("black"), round(16 * scale)).toImage()


def test_a_sign_that_can_do_nothing_has_its_own_colour(qtbot: QtBot) -> None:
    del qtbot
    made = icons.icon("undo", QColor("#000000"), QColor("#808080"))
    off = made.pixmap(QSize(16, 16), QIcon.Mode.Disabled).toImage()
    assert off == icons.pixmap("undo", QColor("#808080"), 16).toImage()


def test_the_sign_of_a_button_follows_the_theme(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setPalette(palette_of(LIGHT))
    icons.dress(button, "trash", labels.plain)
    for look in (DARK, LIGHT):
        button.setPalette(palette_of(look))
        shown = button.icon().pixmap(QSize(16, 16)).toImage()
        assert shown == icons.pixmap("trash", look.text, 16).toImage()


def test_a_button_takes_another_sign(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons.dress(button, "play")
    icons.dress(button, "stop", labels.warning)
    button.setPalette(palette_of(DARK))
    expected = icons.pixmap("stop", labels.warning(DARK), 16).toImage()
    assert button.icon().pixmap(QSize(16, 16)).toImage() == expected


def test_a_sign_is_painted_into_a_row(qtbot: QtBot) -> None:
    del qtbot
    ground = QPixmap(40, 40)
    ground.setDevicePixelRatio(2)
    ground.fill(QColor("white"))
    painter = QPainter(ground)
    icons.paint(painter, "check", QRectF(2, 2, 16, 16), QColor("red"))
    painter.end()
    assert QColor("red") in inked(ground.toImage())


@pytest.mark.parametrize("side", [16, 48, 128])
def test_windows_have_the_icon_of_the_program(qapp: QApplication, side: int) -> None:
    appearance = Appearance("system", qapp)
    colours = inked(qapp.windowIcon().pixmap(side, side).toImage())
    assert QColor("#17687a") in colours
    assert QColor("white") in colours
    appearance.deleteLater()
