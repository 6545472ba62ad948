"""Whether there is a screen to draw on, found out before Qt, which would abort without one."""

import os
from collections.abc import Mapping
from contextlib import suppress

from tray.errors import Refused
from tray.language import listed, tr


def check(environ: Mapping[str, str]) -> None:
    """Look for the screens that the environment names; whatever cannot be looked at may be there.

    Raises:
        Refused: it names some, and none of them is there.
    """
    if environ.get("QT_QPA_PLATFORM"):
        return  # the user knows better
    found = []
    if environ.get("DISPLAY"):
        found.append(("DISPLAY", _has_x_server(environ["DISPLAY"])))
    if environ.get("WAYLAND_DISPLAY"):
        found.append(("WAYLAND_DISPLAY", _has_compositor(environ)))
    if found and not any(there for _, there in found):
        named = listed(f"{name}={environ[name]}" for name, _ in found)
        sentence = tr(
            "There is no screen at {named}, or it lets nobody in. Start Toggl Tray from your "
            "desktop, or unset that to use `toggl-tray` in the terminal."
        )
        raise Refused(sentence.format(named=named))


def _has_x_server(name: str) -> bool:
    """By the library that Qt itself connects with."""
    with suppress(ImportError, OSError, AttributeError, ValueError):
        import ctypes

        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(errors="surrogateescape"), None))
        failed = bool(xcb.xcb_connection_has_error(connection))
        xcb.xcb_disconnect(connection)
        return not failed
    return True


def _has_compositor(environ: Mapping[str, str]) -> bool:
    place = os.path.join(environ.get("XDG_RUNTIME_DIR", ""), environ["WAYLAND_DISPLAY"])
    return os.path.exists(place)
