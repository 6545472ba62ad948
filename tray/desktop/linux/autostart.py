"""Starting at login by a file in the autostart folder of the XDG specifications."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tray import files
from tray.desktop.support import WORKS, Support, partly
from tray.errors import ReadOnly
from tray.language import tr
from tray.paths import APP, user_home

_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""Characters for which an argument of Exec has to be quoted."""
_ESCAPED_IN_QUOTES: Final = '"`$\\'
_GROUP: Final = "[Desktop Entry]"
_WITHOUT_AUTOSTART: Final = frozenset({"", "sway", "i3", "hyprland", "river", "openbox", "awesome"})
"""Window managers, rather than desktops, that leave the folder to tools such as dex."""


class XdgAutostart:
    """The file ``toggl-tray.desktop``, the user's or, below it, the system's.

    Args:
        environ: says where the folders are and which desktop this is.
        unsure: what to do where a window manager may leave the folder alone.
        suffix: what the file has behind its name; for another profile.
        name: what the user reads.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        unsure: str = "",
        suffix: str = "",
        name: str = "Toggl Tray",
    ) -> None:
        self._name = name
        self._unsure = unsure
        self._desktop = environ.get("XDG_CURRENT_DESKTOP", "")
        home = user_home(environ)
        own = environ.get("XDG_CONFIG_HOME", "")
        own = own if os.path.isabs(own) else os.path.join(home, ".config")
        system = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        folders = [own, *filter(os.path.isabs, system.split(":"))]
        file = os.path.join("autostart", f"{APP}{suffix}.desktop")
        self._paths = [os.path.join(folder, file) for folder in folders]
        self._path = self._paths[0]

    @property
    def support(self) -> Support:
        """Partly where the window manager is known to leave the folder alone."""
        names = {name.lower() for name in self._desktop.split(":")}
        if names <= _WITHOUT_AUTOSTART:
            return partly(self._unsure)
        return WORKS

    def enabled(self) -> bool:
        """Whether the first of the files that exists starts something."""
        entry = self._entry()
        return (
            "Exec" in entry
            and entry.get("Hidden") != "true"
            and entry.get("X-GNOME-Autostart-enabled") != "false"
        )

    def matches(self, command: Sequence[str]) -> bool:
        """Whether exactly `command` is started."""
        return self.enabled() and self._entry()["Exec"] == exec_value(command)

    def enable(self, command: Sequence[str]) -> None:
        """Write the user's file."""
        self._write(
            {
                "Type": "Application",
                "Name": _escaped(self._name),
                "Comment": tr("Track time from the system tray"),
                "Exec": exec_value(command),
                "TryExec": _escaped(command[0]),
                "Icon": APP,
                "Terminal": "false",
                "X-GNOME-Autostart-enabled": "true",
            }
        )

    def disable(self) -> None:
        """Remove the user's file; where the system has one too, hide that."""
        try:
            os.unlink(self._path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unwritable(self._path, error) from error
        if self.enabled():
            self._write({"Type": "Application", "Name": _escaped(self._name), "Hidden": "true"})

    def _entry(self) -> dict[str, str]:
        """The keys of the file that counts; none without one."""
        for path in self._paths:
            try:
                with open(path, "rb") as file:
                    return dict(_pairs(os.fsdecode(file.read()).split("\n")))
            except OSError:
                continue
        return {}

    def _write(self, entry: Mapping[str, str]) -> None:
        lines = [_GROUP, *(f"{key}={value}" for key, value in entry.items())]
        folder = os.path.dirname(self._path)
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            with tempfile.NamedTemporaryFile("wb", dir=folder, delete=False) as file:
                file.write(os.fsencode("\n".join([*lines, ""])))
            files.replace(file.name, self._path)
        except OSError as error:
            raise _unwritable(self._path, error) from error


def exec_value(command: Sequence[str]) -> str:
    """`command` as the Exec key of the desktop entry specification wants it."""
    return _escaped(" ".join(map(_quoted, command)))


def _quoted(argument: str) -> str:
    argument = argument.replace("%", "%%")
    if argument and _RESERVED.isdisjoint(argument):
        return argument
    escaped = "".join(f"\\{each}" if each in _ESCAPED_IN_QUOTES else each for each in argument)
    return f'"{escaped}"'


def _escaped(value: str) -> str:
    """What every value of a desktop file needs, on top of the quotes of Exec."""
    value = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return value.replace("\r", "\\r")


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The keys and values of the first group."""
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line.strip()
        elif group == _GROUP and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()


def _unwritable(path: str, error: OSError) -> ReadOnly:
    sentence = tr("The file {path} cannot be written ({reason}). Make it writable.")
    return ReadOnly(sentence.format(path=path, reason=error.strerror))
