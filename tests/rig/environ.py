"""Which environment variables the parts and programs of a desktop of our own see."""

import os
from pathlib import Path
from typing import Final

OF_A_DESKTOP: Final = (
    *("AT_SPI_", "DBUS_", "DESKTOP_", "DISPLAY", "GDK_", "GNOME_", "GTK_", "KDE_", "QT_"),
    *("SESSION_MANAGER", "WAYLAND_", "XAUTHORITY", "XDG_CURRENT_", "XDG_DATA_DIRS"),
    *("XDG_SESSION_", "XMODIFIERS"),
)
"""How the names begin that tell of the desktop this one is started from."""
OF_A_USER: Final = ("LANG", "LC_", "TOGGL_", "XDG_")
"""And those of the user's own folders and language."""
OF_A_TEST: Final = ("PYTHONDONTWRITEBYTECODE",)
"""With it, a program compiles all of itself at each start, as no installed one does."""


def inherited(*, own_home: bool) -> dict[str, str]:
    """What may go on from the process that starts it all."""
    unwanted = (*OF_A_DESKTOP, *OF_A_TEST, *(OF_A_USER if own_home else ()))
    return {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}


def of_desktop(folder: Path, *, address: str, display: str) -> dict[str, str]:
    """What leads into the desktop whose files are in `folder`."""
    return {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "DISPLAY": display,
        "GIO_USE_VFS": "local",
        "GSETTINGS_BACKEND": "memory",
        "NO_AT_BRIDGE": "1",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "XDG_DATA_DIRS": f"{folder}/share:/usr/local/share:/usr/share",
        "XDG_SESSION_TYPE": "x11",
    }


def of_home(home: Path) -> dict[str, str]:
    """A user's folders, which are made."""
    folders = {
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_RUNTIME_DIR": home / "run",
        "XDG_STATE_HOME": home / ".local/state",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    folders["XDG_RUNTIME_DIR"].chmod(0o700)
    return {"HOME": str(home), "LANG": "C.UTF-8"} | {
        name: str(folder) for name, folder in folders.items()
    }
