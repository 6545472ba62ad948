"""What each panel does with the clicks, texts and menu of a tray icon."""

from tray.lean_typing import Final, NamedTuple


class PanelKind(NamedTuple):
    """One that shows an icon; without a name it is one that nothing is known of."""

    name: str = ""
    """As its users call it."""
    left_opens_menu: bool = False
    """A left click opens the menu, and only a double click is told of."""
    has_double: bool = True
    """Two clicks are told of, as that or as two of one."""
    has_tooltip: bool = True
    has_label: bool = False
    """A text can stand beside the icon."""
    has_digits: bool = True
    """A digit that is marked in the menu chooses its row."""
    has_wheel: bool = True
    """Scrolling on the icon is told of."""
    wheel_up: int = -1
    """The sign of what is told where the wheel is turned up."""
    reads_every_mark: bool = True
    """In a row of the menu, rather than the first alone."""
    is_black: bool = False
    """Its neighbours are white, however the windows look."""
    follows_scheme: bool = False
    """They are dark where windows are light, and white where windows are dark."""
    row_height: int = 32
    """Of the menu, in pixels at 100 %."""


GNOME: Final = PanelKind(
    "GNOME",
    left_opens_menu=True,
    has_tooltip=False,
    has_label=True,
    has_digits=False,
    reads_every_mark=False,
    is_black=True,
    row_height=38,
)
PLASMA: Final = PanelKind("Plasma", wheel_up=1, follows_scheme=True, row_height=27)
INDICATORS: Final = PanelKind(
    "Ayatana indicators",
    left_opens_menu=True,
    has_tooltip=False,
    has_label=True,
)
WINDOWS: Final = PanelKind("Windows", has_wheel=False)
MACOS: Final = PanelKind(
    "macOS", left_opens_menu=True, has_double=False, has_digits=False, has_wheel=False
)

_BY_PROCESS: Final = {
    "gnome-shell": GNOME,
    "plasmashell": PLASMA,
    "kded5": PLASMA,
    "kded6": PLASMA,
    "xfce4-panel": PanelKind("Xfce"),
    "mate-panel": PanelKind("MATE"),
    "lxqt-panel": PanelKind("LXQt", wheel_up=1),
    "waybar": PanelKind("Waybar"),
    "swaybar": PanelKind("swaybar"),
    "budgie-panel": PanelKind("Budgie"),
    "xapp-sn-watcher": PanelKind("Cinnamon"),
    "indicator-appli": INDICATORS,
    "ayatana-indicat": INDICATORS,
}
"""By the first 15 letters of the program that a panel is, which are all that Linux keeps."""
_BY_DESKTOP: Final = {
    "GNOME": GNOME,
    "KDE": PLASMA,
    "XFCE": PanelKind("Xfce"),
    "MATE": PanelKind("MATE"),
}


def panel_of(process: str, desktop: str) -> PanelKind:
    """The panel that is this program; if that says nothing, the usual one of the desktop.

    Args:
        process: its name, empty if it cannot be seen.
        desktop: its name, or several, as ``XDG_CURRENT_DESKTOP`` has it.
    """
    if process:  # NixOS calls one that it wraps ``.gnome-shell-wr``
        name = process.lstrip(".")
        return next((k for start, k in _BY_PROCESS.items() if name.startswith(start)), PanelKind())
    known = (_BY_DESKTOP[each] for each in desktop.split(":") if each in _BY_DESKTOP)
    return next(known, PanelKind())
