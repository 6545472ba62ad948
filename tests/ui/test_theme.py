"""The colours of the theme: legible, and those of a palette of the desktop."""

from typing import Final

import pytest
from PySide6.QtGui import QColor, QPalette

from tray.ui.legible import contrast
from tray.ui.theme import DARK, LIGHT, Theme, palette_of, theme

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
