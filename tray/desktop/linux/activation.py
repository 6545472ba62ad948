"""Tokens with which a desktop lets a window come to the front, used or else given back.

A desktop shows that something is about to start until its token is used: where no window came, that
is a pointer which turns for a quarter of a minute. It is told in the two ways there are.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcessEnvironment, QTimer, Slot

if TYPE_CHECKING:
    from tray.desktop.linux.wayland import Wayland

VARIABLE: Final = "XDG_ACTIVATION_TOKEN"
"""Where Qt looks for it, and takes it away, when it brings up a window on Wayland."""
_STARTUP_ID: Final = "DESKTOP_STARTUP_ID"
USE_MS: Final = 500
"""By then the window has come that the click was for."""


class ActivationTokens(QObject):
    """Takes them from the panel, for the next window."""

    def __init__(self, environ: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self._environ = environ
        self._token = ""
        self._unused = QTimer(self, singleShot=True, interval=USE_MS)
        self._unused.setObjectName("activation token")
        self._unused.timeout.connect(self._on_unused)

    def take(self, token: str) -> None:
        """The user's click is worth this one."""
        if self._token:
            self._on_unused()
        self._token = os.environ[VARIABLE] = token
        self._unused.start()

    @Slot()
    def _on_unused(self) -> None:
        token, self._token = self._token, ""
        is_used = not QProcessEnvironment.systemEnvironment().contains(VARIABLE)
        os.environ.pop(VARIABLE, None)
        if token and not is_used:
            give_back(self._environ, token, self)


def use_token(token: str, parent: QObject) -> None:
    """Have the window that comes now get to the front by the token of a launch, if one comes."""
    os.environ.pop(_STARTUP_ID, None)  # nothing that we start is what it was for
    tokens = parent.findChild(ActivationTokens) or ActivationTokens(os.environ, parent)
    tokens.take(token)


def give_back(environ: Mapping[str, str], token: str, parent: QObject | None) -> None:
    """Say that nothing will start, wherever that can be said."""
    from tray.desktop.linux.wayland import NoCompositor, Wayland, place

    with suppress(NoCompositor):
        _GivenBack(Wayland(place(environ)), token, parent)
        return
    _tell_x_server(environ.get("DISPLAY", ""), token)


class _GivenBack(QObject):
    """By GNOME's own protocol: the one of all desktops wants a window."""

    _SHELL: Final = "gtk_shell1"
    _SET_STARTUP_ID: Final = 1

    def __init__(self, server: "Wayland", token: str, parent: QObject | None) -> None:
        super().__init__(parent)
        self._server, self._token = server, token
        server.setParent(self)
        server.ready.connect(self._on_ready)
        server.lost.connect(self.deleteLater)

    @Slot()
    def _on_ready(self) -> None:
        from tray.desktop.linux.wayland import text

        if self._SHELL in self._server.globals:
            shell = self._server.bind(self._SHELL, 1, then=_ignore)
            self._server.request(shell, self._SET_STARTUP_ID, text(self._token))
        self._server.when_done(self._end)  # it does nothing for who has left

    def _end(self) -> None:
        self._server.close()
        self.deleteLater()


def _ignore(_event: int, _body: bytes) -> None:
    """What the shell can do is of no interest."""


def _tell_x_server(name: str, token: str) -> None:
    """By the messages of startup notification."""
    from tray.desktop.linux.startup_message import remove
    from tray.desktop.linux.x11 import ServerLost

    with suppress(ServerLost):
        remove(name, token)
