"""What a hotkey can be for: each has the name of the command that does the same."""

from tray.language import mark
from tray.lean_typing import Final, NamedTuple


class HotkeyUse(NamedTuple):
    """One thing that keys can do in every program."""

    setting: str
    """The setting that names the keys."""
    label: str
    """In English; desktops show it in their own lists."""


HOTKEY_USES: Final = {
    "quick": HotkeyUse("hotkey_quick_start", mark("Quick start")),
    "toggle": HotkeyUse("hotkey_toggle", mark("Start and stop")),
    "window": HotkeyUse("hotkey_window", mark("Show and hide")),
    "clipboard": HotkeyUse("hotkey_clipboard", mark("Start from the clipboard")),
    "mini": HotkeyUse("hotkey_mini", mark("Small window")),
}
"""By the name of the command of ``toggl-tray``."""
