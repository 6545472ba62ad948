"""Puts the program into the menus of the user's desktop, by files where XDG has them."""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from tray import files
from tray.desktop.installing import Piece
from tray.desktop.linux.autostart import exec_value
from tray.errors import ReadOnly
from tray.language import tr
from tray.paths import APP, user_home
from tray.resource_files import resource

_ENTRY: Final = f"applications/{APP}.desktop"
_ICONS: Final = {
    f"icons/hicolor/scalable/apps/{APP}.svg": f"icons/{APP}.svg",
    f"icons/hicolor/256x256/apps/{APP}.png": f"icons/{APP}.png",
}

_PLASMA_VERSIONS: Final = ("5", "6")
_ICONS_CHANGED: Final = (
    *("dbus-send", "--session", "--type=signal", "/KIconLoader"),
    *("org.kde.KIconLoader.iconChanged", "int32:0"),
)


def find_entry(environ: Mapping[str, str]) -> str:
    """The menu entry that the desktop knows this program by; empty if there is none."""
    folders = [_own_folder(environ)]
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders += [each for each in shared.split(":") if os.path.isabs(each)]
    name = f"applications/{environ.get('FLATPAK_ID') or APP}.desktop"
    paths = (os.path.join(folder, *name.split("/")) for folder in folders)
    return next((path for path in paths if os.path.exists(path)), "")


def _own_folder(environ: Mapping[str, str]) -> str:
    home = environ.get("XDG_DATA_HOME", "")
    return home if os.path.isabs(home) else os.path.join(user_home(environ), ".local", "share")


class XdgInstallation:
    """Below ``~/.local/share``, or wherever XDG_DATA_HOME points."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._folder = _own_folder(environ)
        self._plasma = environ.get("KDE_SESSION_VERSION", "")

    def put(self, command: Sequence[str]) -> list[Piece]:
        """Write a menu entry that starts `command`, which opens links as well, and its icon."""
        entry = _read(f"{APP}.desktop").replace(
            f"Exec={APP}".encode(), f"Exec={exec_value(command)}".encode()
        )
        written = {_ENTRY: entry, **{to: _read(source) for to, source in _ICONS.items()}}
        for name, data in written.items():
            path = self._path(name)
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                files.replace_whole(path, data)
                os.chmod(path, 0o644)
            except OSError as error:
                raise _unwritable(path, error) from error
        self._tell()
        return self._pieces(written)

    def take_away(self) -> list[Piece]:
        """Remove them."""
        there = [name for name in (_ENTRY, *_ICONS) if os.path.exists(self._path(name))]
        for name in there:
            try:
                os.remove(self._path(name))
            except OSError as error:
                raise _unwritable(self._path(name), error) from error
        if there:
            self._tell()
        return self._pieces(there)

    def _pieces(self, names: Sequence[str] | Mapping[str, bytes]) -> list[Piece]:
        pieces = [
            Piece("menu entry" if name == _ENTRY else "icon", self._path(name)) for name in names
        ]
        return [*pieces, *(Piece("links", each.place) for each in pieces if each.name[0] == "m")]

    def _path(self, name: str) -> str:
        return os.path.join(self._folder, *name.split("/"))

    def _tell(self) -> None:
        """Have the desktop look which program opens links, and what its menus are made of.

        Plasma does not watch a folder that was not there when it last looked, and shows no icon
        of it either (both seen on 5.27).
        """
        import shutil
        import subprocess

        commands = [["update-desktop-database", os.path.dirname(self._path(_ENTRY))]]
        if self._plasma in _PLASMA_VERSIONS:
            commands += [[f"kbuildsycoca{self._plasma}"], [*_ICONS_CHANGED]]
        for name, *options in commands:
            if program := shutil.which(name):  # the desktop's own
                subprocess.run([program, *options], check=False, capture_output=True)  # noqa: S603


def _read(name: str) -> bytes:
    with open(resource(name), "rb") as file:
        return file.read()


def _unwritable(path: str, error: OSError) -> ReadOnly:
    sentence = tr("The file {path} cannot be written ({reason}). Make it writable.")
    return ReadOnly(sentence.format(path=path, reason=error.strerror))
