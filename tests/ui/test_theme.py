"""The colours of the theme: legible, and those of a palette of the desktop."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from pytestqt.qtbot import QtBot

from tray.api.palette import PALETTE
from tray.model.setting_choices import DENSITIES
from tray.ui.legible import contrast
from tray.ui.theme import (
    BODY,
    DARK,
    DISPLAY,
    LARGE,
    LIGHT,
    MEDIUM,
    SMALL,
    TINY,
    TITLE,
    Theme,
    chip_colours,
    palette_of,
    row_height,
    sized,
    theme,
)

TEXT: Final = 4.5
MEANING: Final = 3.0
"""What contrast WCAG 2.1 wants of text, and of whatever else tells something (1.4.3, 1.4.11)."""
GROUNDS: Final = ("window", "side", "base", "card", "hover", "selected")
TABLE: Final = (
    *((ink, ground, TEXT) for ink in ("text", "subdued", "warning") for ground in GROUNDS),
    *(("disabled", ground, TEXT) for ground in ("window", "base", "card")),
    ("on_accent", "accent", TEXT),
    *((mark, ground, MEANING) for mark in ("accent", "warning") for ground in GROUNDS),
    *(("border", ground, MEANING) for ground in ("window", "side", "base", "card")),
    ("on_stop", "stop", MEANING),
    *((mark, ground, MEANING) for mark in ("stop", "success") for ground in GROUNDS),
)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), TABLE)
def test_what_has_to_be_seen_has_the_contrast_for_it(
    look: Theme, front: str, ground: str, least: float
) -> None:
    assert contrast(getattr(look, front), getattr(look, ground)) >= least


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_our_palette_brings_our_colours(look: Theme) -> None:
    palette = palette_of(look)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setCurrentColorGroup(group)
        assert theme(palette) == look
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    assert theme(palette).text == look.disabled


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        ("WindowText", "Window", TEXT),
        ("Text", "Base", TEXT),
        ("PlaceholderText", "Base", TEXT),
        ("ButtonText", "Button", TEXT),
        ("ToolTipText", "ToolTipBase", TEXT),
        ("HighlightedText", "Highlight", TEXT),
        ("Link", "Window", TEXT),
    ],
)
@pytest.mark.parametrize("group", ["Active", "Inactive", "Disabled"])
def test_what_qt_draws_is_legible_too(
    look: Theme, front: str, ground: str, least: float, group: str
) -> None:
    palette, groups, roles = palette_of(look), QPalette.ColorGroup, QPalette.ColorRole
    one, other = (palette.color(groups[group], roles[role]) for role in (front, ground))
    assert contrast(one, other) >= least


def test_a_palette_of_the_desktop_for_high_contrast_is_kept() -> None:
    palette = QPalette(QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#00ffff"))
    assert theme(palette).text == QColor("#ffff00")
    assert theme(palette).accent == QColor("#00ffff")


def test_a_window_without_the_focus_is_as_legible_as_with_it() -> None:
    palette = QPalette(QColor("#faf9f8"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Highlight):
        palette.setColor(QPalette.ColorGroup.Inactive, role, QColor("#929595"))
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
    focused = theme(palette)
    palette.setCurrentColorGroup(QPalette.ColorGroup.Inactive)
    assert theme(palette) == focused
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    assert theme(palette) != focused


def check_chip(colour: str, look: Theme, ground: str) -> None:
    chip = chip_colours(colour, look, getattr(look, ground))
    assert contrast(chip.text, chip.ground) >= TEXT
    assert contrast(chip.dot, chip.ground) >= MEANING


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", PALETTE)
def test_every_project_of_toggl_can_be_read_on_its_tint(
    colour: str, ground: str, look: Theme
) -> None:
    check_chip(colour, look, ground)


@given(st.integers(0, 0xFFFFFF), st.sampled_from([LIGHT, DARK]), st.sampled_from(GROUNDS))
def test_a_project_of_any_colour_can_be_read_on_its_tint(
    number: int, look: Theme, ground: str
) -> None:
    check_chip(f"#{number:06x}", look, ground)


def test_sizes_are_those_of_the_design_where_the_desktop_has_thirteen_pixels(qtbot: QtBot) -> None:
    del qtbot
    font = QFont()
    font.setPixelSize(13)
    sizes = (TINY, SMALL, BODY, LARGE, TITLE, DISPLAY)
    assert [sized(font, each).pixelSize() for each in sizes] == [11, 12, 13, 16, 20, 30]


def test_sizes_follow_the_font_of_the_desktop(qtbot: QtBot) -> None:
    del qtbot
    font = QFont()
    font.setPointSizeF(19.5)
    assert sized(font, LARGE).pointSizeF() == pytest.approx(24)
    assert sized(font, LARGE, MEDIUM).weight() == QFont.Weight.Medium
    assert sized(font, LARGE, tabular=True).featureTags()[0].toString() == b"tnum"


@pytest.mark.parametrize(("density", "pixels"), [("comfortable", 38), ("compact", 32)])
def test_rows_are_as_high_as_chosen_and_never_too_low_for_their_text(
    density: str, pixels: int, qtbot: QtBot
) -> None:
    del qtbot
    font = QFont()
    font.setPixelSize(13)
    assert row_height(QFontMetrics(font), density) == pixels
    font.setPixelSize(40)
    large = QFontMetrics(font)
    assert row_height(large, density) > large.height()


def test_every_density_that_can_be_chosen_has_its_rows(qtbot: QtBot) -> None:
    del qtbot
    heights = [row_height(QFontMetrics(QFont()), each) for each in DENSITIES]
    assert heights == sorted(heights, reverse=True)
