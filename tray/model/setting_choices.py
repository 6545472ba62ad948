"""What a setting can be where it is one of a few words."""

import sys

from tray.lean_typing import Final
from tray.regional_formats import ACCOUNT, SYSTEM

WEEKDAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday"),
)
LIKE: Final = (ACCOUNT, SYSTEM)
"""As in the account when signed in, else as the system; and always as the system."""
QUICK_START_KEY: Final = "ctrl+shift+space" if sys.platform == "darwin" else "ctrl+alt+space"
"""Free at first: Ctrl+Alt+Space switches to the next input source of macOS."""
POLICIES: Final = ("nothing", "ask", "stop now", "stop at last input")
"""What can be done about the running entry when nobody is there."""
GESTURES: Final = ("toggle", "quick start", "panel", "menu", "entries", "nothing")
"""What a click on the tray icon can do."""
ICON_LABELS: Final = ("nothing", "time", "time and entry")
"""What can stand beside the tray icon while an entry runs."""
APPEARANCES: Final = ("system", "light", "dark")
"""How the windows can look."""
MIDNIGHT_RULES: Final = ("split", "first day")
"""On which days reports count an entry over midnight."""
SHOWN: Final = ("entries", "panel")
"""What the hotkey for it shows and hides."""
DENSITIES: Final = ("comfortable", "compact")
"""How much room the rows of lists can take."""
