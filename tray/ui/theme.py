"""The one visual language: every colour, distance, size and radius by what it is for."""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPalette

from tray.ui.legible import legible, luminance

UNIT: Final = 8
"""Pixels at 100 %: every distance is a multiple of this, or a half."""
RADIUS: Final = 8
CHIP_RADIUS: Final = 6
CARD_RADIUS: Final = 10
CONTROL_HEIGHT: Final = 4 * UNIT
RING: Final = 2
"""The width of the ring around what has the focus."""
_ROWS: Final = {"comfortable": 38, "compact": 32}
"""How high a row of a list is at 100 %, by what the settings call it."""

TINY: Final = 11 / 13
SMALL: Final = 12 / 13
BODY: Final = 1.0
LARGE: Final = 16 / 13
TITLE: Final = 20 / 13
DISPLAY: Final = 30 / 13
"""Sizes of text as shares of the desktop's font, which is of 13 pixels on a usual desktop."""
_USUAL_PIXELS: Final = 13
NORMAL: Final = QFont.Weight.Normal
MEDIUM: Final = QFont.Weight.Medium
SEMIBOLD: Final = QFont.Weight.DemiBold
_TABULAR: Final = "tnum"


class Theme(NamedTuple):
    """Colours by what they are for."""

    dark: bool
    window: QColor
    side: QColor
    """Behind what stands beside the page, such as a rail."""
    base: QColor
    """Behind lists and input."""
    card: QColor
    text: QColor
    subdued: QColor
    """For what is said besides; still legible."""
    disabled: QColor
    """For the text of what cannot be used now; still legible."""
    line: QColor
    """Hairlines, which only adorn."""
    border: QColor
    """Around fields and boxes, and behind a bar: what has to be seen."""
    hover: QColor
    accent: QColor
    """Also the ring around what has the focus."""
    on_accent: QColor
    selected: QColor
    """Behind the row that the keys are on."""
    warning: QColor
    """The one red where it is read: an error, or what deletes."""
    stop: QColor
    """The same behind a sign, such as that of the round button that stops."""
    on_stop: QColor
    success: QColor
    """For a mark, never for text."""


def _named(dark: bool, *names: str) -> Theme:
    return Theme(dark, *map(QColor, names))


LIGHT: Final = _named(
    False,
    *("#ffffff", "#f6f6f8", "#ffffff", "#ffffff"),
    *("#1b1c20", "#5d626d", "#676c77"),
    *("#e6e7eb", "#868c97"),
    *("#f1f1f4", "#b1259b", "#ffffff", "#f3eef6"),
    *("#b3261e", "#d9453a", "#ffffff", "#1f9150"),
)
DARK: Final = _named(
    True,
    *("#1e1f22", "#18191b", "#26282c", "#26282c"),
    *("#eceef1", "#a4a9b2", "#979ca6"),
    *("#35383d", "#7b818c"),
    *("#303338", "#e57cd8", "#1b1c20", "#2f3238"),
    *("#ff8f80", "#e5564b", "#ffffff", "#34b76c"),
)


def theme(palette: QPalette) -> Theme:
    """The colours that go with a palette: ours, or one of the desktop's for high contrast."""
    group = palette.currentColorGroup()
    if group is QPalette.ColorGroup.Inactive:
        group = QPalette.ColorGroup.Active  # without the focus a window is to be read as well
    window = palette.color(group, QPalette.ColorRole.Window)
    # Not the role Accent, which Qt leaves black in lists and fields where the desktop is GTK's.
    accent = palette.color(group, QPalette.ColorRole.Highlight)
    for own in (LIGHT, DARK):
        if (own.window, own.accent) == (window, accent):
            off = group is QPalette.ColorGroup.Disabled
            return own._replace(text=own.disabled, subdued=own.disabled) if off else own
    return _derived(palette, group)


def _derived(palette: QPalette, group: QPalette.ColorGroup) -> Theme:
    """What goes with a palette of the desktop."""
    window, text, base, accent, on_accent = (
        palette.color(group, role)
        for role in (
            QPalette.ColorRole.Window,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Base,
            QPalette.ColorRole.Highlight,
            QPalette.ColorRole.HighlightedText,
        )
    )
    dark = luminance(window) < 0.3
    own = DARK if dark else LIGHT
    return Theme(
        dark=dark,
        window=window,
        side=mixed(text, window, 0.04),
        base=base,
        card=mixed(text, window, 0.06) if dark else base,
        text=text,
        subdued=mixed(text, base, 0.62),
        disabled=mixed(text, base, 0.62),
        line=mixed(text, window, 0.16),
        border=mixed(text, window, 0.5),
        hover=mixed(text, base, 0.07),
        accent=accent,
        on_accent=on_accent,
        selected=mixed(accent, base, 0.22 if dark else 0.16),
        warning=own.warning,
        stop=own.stop,
        on_stop=own.on_stop,
        success=own.success,
    )


def palette_of(look: Theme) -> QPalette:
    """The palette that Qt draws everything with that is not drawn by us."""
    palette = QPalette(look.base, look.window)
    for role, colour in _roles(look).items():
        palette.setColor(role, colour)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.PlaceholderText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.disabled)
    return palette


def _roles(look: Theme) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.base,
        role.AlternateBase: look.side,
        role.Text: look.text,
        role.PlaceholderText: look.subdued,
        role.Button: look.base,
        role.ButtonText: look.text,
        role.BrightText: look.warning,
        role.ToolTipBase: look.base,
        role.ToolTipText: look.text,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Accent: look.accent,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.Light: look.base,
        role.Midlight: look.hover,
        role.Mid: look.line,
        role.Dark: look.border,
        role.Shadow: look.border,
    }


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of one colour and the rest of the other."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )


class ChipColours(NamedTuple):
    """How a project is shown as a tinted chip."""

    ground: QColor
    text: QColor
    dot: QColor
    """The project's colour, made lighter or darker where it could not be told from the ground."""


def chip_colours(colour: str, look: Theme, behind: QColor | None = None) -> ChipColours:
    """The chip of a project of this colour (``#rrggbb``) on a card, or on what is `behind` it."""
    return _chip_colours(colour, (behind or look.card).rgb(), 0.26 if look.dark else 0.15)


@lru_cache(maxsize=4096)
def _chip_colours(colour: str, behind: int, share: float) -> ChipColours:
    own = QColor(colour)
    ground = mixed(own, QColor(behind), share)
    return ChipColours(ground, legible(own, ground), legible(own, ground, least=3))


def row_height(metrics: QFontMetrics, density: str) -> int:
    """How high a row of a list is with one line of text: as chosen, and high enough for it."""
    room = UNIT if density == "compact" else 3 * UNIT // 2
    return max(_ROWS[density], metrics.height() + room)


def text_scale(font: QFont) -> float:
    """How much larger the text of this desktop is than usual, for a window to grow with it."""
    return max(1.0, QFontInfo(font).pixelSize() / _USUAL_PIXELS)


def sized(
    font: QFont, size: float, weight: QFont.Weight | None = None, *, tabular: bool = False
) -> QFont:
    """`font` in another size of the theme, such as `SMALL`, and perhaps weight.

    Args:
        font: of the desktop, or of a widget that has none of its own.
        size: a share of it.
        weight: the font's own if there is none.
        tabular: with digits that are all as wide, for what stands one below the other or ticks.
    """
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(round(font.pixelSize() * size))
    else:
        other.setPointSizeF(font.pointSizeF() * size)
    if weight is not None:
        other.setWeight(weight)
    if tabular:
        other.setFeature(QFont.Tag(_TABULAR), 1)
    return other
