"""Projects and tags as chips: legible, within their place, mirrored where the window is."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from pytestqt.qtbot import QtBot

from tray.ui import project_chip
from tray.ui.theme import DARK, LIGHT, Theme, chip_colours

BLUE = "#0b83d9"


def painted(look: Theme, text: str, room: int = 0, *, mirrored: bool = False) -> QImage:
    metrics = QFontMetrics(QFont())
    width = room or project_chip.project_width(text, metrics)
    image = QImage(width + 20, project_chip.height(metrics), QImage.Format.Format_RGB32)
    image.fill(look.card)
    painter = QPainter(image)
    area = QRect(10, 0, width, image.height())
    project_chip.paint_project(painter, area, text, BLUE, look, mirrored=mirrored)
    painter.end()
    return image


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["Website redesign", "算法研究", "<b>&amp;"])
@pytest.mark.parametrize("room", [0, 60])
def test_a_chip_has_the_tint_and_dot_of_its_project_and_stays_in_its_place(
    look: Theme, text: str, room: int, qtbot: QtBot
) -> None:
    del qtbot
    image = painted(look, text, room)
    middle = image.height() // 2
    colours = chip_colours(BLUE, look)
    assert image.pixelColor(13, middle).name() == colours.ground.name()
    assert image.pixelColor(10 + 8 + 3, middle).name() == colours.dot.name()
    outside = [*range(10), *range(image.width() - 10, image.width())]
    assert {image.pixelColor(x, middle).name() for x in outside} == {look.card.name()}


def test_a_mirrored_window_has_the_dot_on_the_right(qtbot: QtBot) -> None:
    del qtbot
    image = painted(LIGHT, "Acme", mirrored=True)
    dot = image.width() - 10 - 8 - 4
    expected = chip_colours(BLUE, LIGHT).dot.name()
    assert image.pixelColor(dot, image.height() // 2).name() == expected


def test_a_blank_name_is_shown_as_one(qtbot: QtBot) -> None:
    del qtbot
    metrics = QFontMetrics(QFont())
    for blank in (" ", "\t", "\n"):
        assert project_chip.tag_width(blank, metrics) == project_chip.tag_width(
            "(no name)", metrics
        )
