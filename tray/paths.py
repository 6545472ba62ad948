"""Where the program keeps its files.

With ``TOGGL_TRAY_HOME`` set, everything lies in that one folder. Without it, each kind goes where
the platform wants it: the XDG base directories on Linux and other Unixes, ``Library`` on macOS and
``%LOCALAPPDATA%`` on Windows. The rules are written out here because the library for them takes
longer to import than the command line may take to answer (see tests/benchmarks).
"""

import os
import sys
from collections.abc import Mapping
from typing import Final, NamedTuple

from tray.errors import ReadOnly, UserError

APP: Final = "toggl-tray"
HOME_VARIABLE: Final = "TOGGL_TRAY_HOME"


class Paths(NamedTuple):
    """Absolute folders and files; none of them needs to exist yet."""

    data: str
    """Folder of the database and its backups."""
    settings: str
    """Folder of ``settings.toml``."""
    log: str
    """Folder of the log files."""

    @property
    def database(self) -> str:
        """The SQLite file."""
        return os.path.join(self.data, f"{APP}.db")

    @property
    def backups(self) -> str:
        """The folder of the rotating copies of the database."""
        return os.path.join(self.data, "backups")

    @property
    def settings_file(self) -> str:
        """The settings, as TOML."""
        return os.path.join(self.settings, "settings.toml")

    @property
    def crash_log(self) -> str:
        """Where an unexpected error leaves its details."""
        return os.path.join(self.log, "crash.log")


def find(environ: Mapping[str, str], platform: str = sys.platform) -> Paths:
    """Decide the folders from the environment; `platform` is what `sys.platform` says.

    Raises:
        UserError: ``TOGGL_TRAY_HOME`` names something that is not a folder.
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        folder = os.path.abspath(os.path.expanduser(home))
        if os.path.exists(folder) and not os.path.isdir(folder):
            raise UserError(
                f"{HOME_VARIABLE} is set to {folder}, which is a file. "
                "Set it to a folder, or unset it to use the usual places."
            )
        return Paths(folder, folder, folder)
    user = environ.get("HOME") or os.path.expanduser("~")
    if platform == "win32":
        local = environ.get("LOCALAPPDATA") or os.path.join(user, "AppData", "Local")
        folder = os.path.join(local, APP)
        return Paths(folder, folder, os.path.join(folder, "log"))
    if platform == "darwin":
        support = os.path.join(user, "Library", "Application Support", APP)
        return Paths(support, support, os.path.join(user, "Library", "Logs", APP))
    return Paths(
        _xdg(environ, "XDG_DATA_HOME", os.path.join(user, ".local", "share")),
        _xdg(environ, "XDG_CONFIG_HOME", os.path.join(user, ".config")),
        _xdg(environ, "XDG_STATE_HOME", os.path.join(user, ".local", "state")),
    )


def _xdg(environ: Mapping[str, str], variable: str, fallback: str) -> str:
    """Our folder under an XDG base directory; a relative one counts as unset, as XDG says."""
    base = environ.get(variable, "")
    return os.path.join(base if os.path.isabs(base) else fallback, APP)


def make_private(folder: str) -> None:
    """Make `folder` (and its parents) for the user alone, if it is not there yet.

    Raises:
        ReadOnly: it cannot be made.
    """
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise ReadOnly(
            f"The folder {folder} cannot be made ({error.strerror}). "
            f"Make it writable, or set {HOME_VARIABLE} to a folder that is."
        ) from error
