"""Startup notification on the X server: one message, in pieces of twenty bytes."""

from typing import Final

from tray.desktop.linux import x_requests as request
from tray.desktop.linux.lean_xlib import X, event
from tray.desktop.linux.x11 import Connection

_PIECE: Final = 20


def remove(display: str, token: str) -> None:
    """Say that what `token` was for has started.

    Raises:
        ServerLost: there is no such X server.
    """
    server = Connection(display)
    try:
        _send(server, f'remove: ID="{_quoted(token)}"'.encode() + b"\0")
    finally:
        server.close()


def _quoted(token: str) -> str:
    return token.replace("\\", "\\\\").replace('"', '\\"')


def _send(server: Connection, message: bytes) -> None:
    kinds = [
        server.ask(request.InternAtom, name=name, only_if_exists=False).atom
        for name in ("_NET_STARTUP_INFO_BEGIN", "_NET_STARTUP_INFO")
    ]
    for at in range(0, len(message), _PIECE):
        piece = message[at : at + _PIECE].ljust(_PIECE, b"\0")
        piece_of_it = event.ClientMessage(
            window=server.root, client_type=kinds[bool(at)], data=(8, piece)
        )
        server.ask(
            request.SendEvent,
            propagate=False,
            destination=server.root,
            event_mask=X.PropertyChangeMask,
            event=piece_of_it,
        )
    server.ask(request.GetInputFocus)  # sends what stands before it
