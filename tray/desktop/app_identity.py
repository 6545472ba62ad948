"""Who we are to the desktop."""

from collections.abc import Mapping

from tray.lean_typing import NamedTuple


class Identity(NamedTuple):
    """How the desktop shows us to the user."""

    name: str
    """In words."""
    app_id: str
    """The name of our .desktop file, without its ending."""
    icon: str
    """The path of a file, or a name in the icon theme."""
    labels: Mapping[str, str]
    """What each hotkey does, by its name."""
