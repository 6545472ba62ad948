"""Puts the program into the user's Start menu, and has it open links, as its installer does."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tray.desktop.installing import Piece
from tray.desktop.windows.registry import RegistryKey, UserKey
from tray.desktop.windows.shell import APP_ID
from tray.desktop.windows.shell_link import write_shortcut
from tray.errors import ReadOnly
from tray.language import tr
from tray.resource_files import resource

CLASS: Final = r"Software\Classes\toggl-tray"
_COMMAND: Final = rf"{CLASS}\shell\open\command"
_NAME: Final = rf"Software\Classes\AppUserModelId\{APP_ID}"
"""Where Windows looks for whom a notification is from."""
_KEYS: Final = (
    _NAME,
    _COMMAND,
    rf"{CLASS}\shell\open",
    rf"{CLASS}\shell",
    rf"{CLASS}\DefaultIcon",
    CLASS,
)
"""Innermost first: Windows removes no key that has others in it."""

Write = Callable[[str, Sequence[str], str], None]
"""Makes a shortcut: its path, the command, the icon."""


class WindowsInstallation:
    """Of this user alone."""

    def __init__(
        self,
        environ: Mapping[str, str],
        write: Write = write_shortcut,
        key: Callable[[str], RegistryKey] = UserKey,
    ) -> None:
        roaming = environ.get("APPDATA") or os.path.expanduser(r"~\AppData\Roaming")
        menu = os.path.join(roaming, "Microsoft", "Windows", "Start Menu", "Programs")
        self._shortcut = os.path.join(menu, "Toggl Tray.lnk")
        self._write = write
        self._key = key

    def put(self, command: Sequence[str]) -> list[Piece]:
        """Write the shortcut, and the keys for links."""
        icon = os.path.abspath(resource("icons/toggl-tray.ico"))
        try:
            self._write(self._shortcut, command, icon)
            name = self._key(_NAME)
            name.write("DisplayName", "Toggl Tray")
            name.write("IconUri", icon)
            key = self._key(CLASS)
            key.write("", "URL:Toggl Tray")
            key.write("URL Protocol", "")
            self._key(rf"{CLASS}\DefaultIcon").write("", icon)
            self._key(_COMMAND).write("", f'{subprocess.list2cmdline(command)} "%1"')
        except OSError as error:
            sentence = tr(
                "Windows does not let us write {file} or {key} ({reason}). Ask whoever looks after "
                "this computer."
            )
            raise ReadOnly(
                sentence.format(file=self._shortcut, key=CLASS, reason=error.strerror)
            ) from error
        return self._pieces()

    def take_away(self) -> list[Piece]:
        """Remove both."""
        there = [
            *(p for p in self._pieces() if p.name == "menu entry" and os.path.exists(p.place)),
            *(p for p in self._pieces() if p.name == "links" and self._key(CLASS).read("")),
        ]
        if os.path.exists(self._shortcut):
            os.remove(self._shortcut)
        for path in _KEYS:
            self._key(path).remove()
        return there

    def _pieces(self) -> list[Piece]:
        return [Piece("menu entry", self._shortcut), Piece("links", rf"HKEY_CURRENT_USER\{CLASS}")]
