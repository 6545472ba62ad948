"""Keeps colours legible: contrast as WCAG 2 measures it."""

from typing import Final

from PySide6.QtGui import QColor

TEXT: Final = 4.5
"""The contrast that text needs against what is behind it (WCAG 2.1, success criterion 1.4.3)."""

_MIDDLE: Final = 0.1791
"""The luminance on which black and white are read equally well."""


def luminance(colour: QColor) -> float:
    """The relative luminance of a colour, 0 (black) to 1 (white)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(each) for each in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 (none) to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: QColor) -> QColor:
    """White where it can be read on `background`, else nearly black."""
    white, black = QColor("#ffffff"), QColor("#1a1a1a")
    return white if contrast(white, background) >= 3 else black


def legible(colour: QColor, background: QColor, *, least: float = TEXT) -> QColor:
    """`colour`, made lighter or darker as far as it needs to be read on `background`."""
    step = 0.04 if luminance(background) < _MIDDLE else -0.04
    hue, saturation = max(colour.hslHueF(), 0.0), colour.hslSaturationF()
    lightness = colour.lightnessF()
    result = QColor(colour)
    while contrast(result, background) < least and 0 <= lightness + step <= 1:
        lightness += step
        result = QColor.fromHslF(hue, saturation, lightness)
    return result
