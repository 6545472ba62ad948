"""The one visual language: spacing, roundness, and colours that follow the desktop's palette."""

from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette

from tray.ui.legible import luminance

UNIT: Final = 8
"""Pixels at 100 %: every distance is a multiple of this, or a half."""
RADIUS: Final = 8
CHIP_RADIUS: Final = 6


class Theme(NamedTuple):
    """Colours by what they are for."""

    dark: bool
    window: QColor
    base: QColor
    """Behind lists and input."""
    text: QColor
    subdued: QColor
    """For what is said besides; still legible."""
    line: QColor
    """Hairlines and borders."""
    hover: QColor
    accent: QColor
    selected: QColor
    """Behind the row that the keys are on."""
    warning: QColor


def theme(palette: QPalette) -> Theme:
    """The colours that go with the desktop's palette."""
    group = palette.currentColorGroup()
    if group is QPalette.ColorGroup.Inactive:
        group = QPalette.ColorGroup.Active  # without the focus a window is to be read as well
    window = palette.color(group, QPalette.ColorRole.Window)
    text = palette.color(group, QPalette.ColorRole.WindowText)
    base = palette.color(group, QPalette.ColorRole.Base)
    # Not the role Accent, which Qt leaves black in lists and fields where the desktop is GTK's.
    accent = palette.color(group, QPalette.ColorRole.Highlight)
    dark = luminance(window) < 0.3
    return Theme(
        dark,
        window,
        base,
        text,
        mixed(text, base, 0.62),
        mixed(text, window, 0.16),
        mixed(text, base, 0.07),
        accent,
        mixed(accent, base, 0.22 if dark else 0.16),
        QColor("#ff8f80") if dark else QColor("#b3261e"),
    )


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of one colour and the rest of the other."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )


def scaled(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """`font` in another size, and perhaps weight."""
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(round(font.pixelSize() * factor))
    else:
        other.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        other.setWeight(QFont.Weight.DemiBold)
    return other
