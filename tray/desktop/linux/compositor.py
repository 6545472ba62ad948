"""Whether an X server has a compositor, without which nothing shows through a window."""

from typing import Final

from tray.desktop.linux import x_requests as request
from tray.desktop.linux.lean_xlib import display, error


class _Connection(display.Display):  # type: ignore[misc]  # python-xlib has no types
    """Without `Xlib.display`, which at its start loads every extension and takes 50 ms."""

    resource_classes: Final[dict[str, type]] = {}


def has_compositor() -> bool:
    """Whether one owns the selection that compositors own (EWMH, _NET_WM_CM_Sn)."""
    try:
        connection = _Connection()
    except (error.DisplayError, OSError):
        return False
    name = f"_NET_WM_CM_S{connection.default_screen}"
    atom = request.InternAtom(display=connection, name=name, only_if_exists=1).atom
    owner = request.GetSelectionOwner(display=connection, selection=atom).owner if atom else 0
    connection.close()
    return bool(owner)
