"""Starting at login by a property list in ~/Library/LaunchAgents. Never run on macOS so far."""

import os
import plistlib
from collections.abc import Mapping, Sequence
from typing import Final

from tray import files
from tray.desktop.support import WORKS, Support
from tray.errors import ReadOnly
from tray.language import tr
from tray.paths import APP, user_home

_LABEL: Final = f"{APP}.autostart"


class LaunchAgent:
    """The file that launchd reads at the next login.

    Args:
        environ: says where the user's home is.
        suffix: what the file has behind its name; for another profile.
    """

    def __init__(self, environ: Mapping[str, str], suffix: str = "") -> None:
        self._label = f"{_LABEL}{suffix}"
        home = user_home(environ)
        self._path = os.path.join(home, "Library", "LaunchAgents", f"{self._label}.plist")

    @property
    def support(self) -> Support:
        """Every macOS looks there."""
        return WORKS

    def enabled(self) -> bool:
        """Whether the file is there and has something started."""
        entry = self._entry()
        return bool(entry.get("RunAtLoad")) and not entry.get("Disabled")

    def matches(self, command: Sequence[str]) -> bool:
        """Whether exactly `command` is started."""
        return self.enabled() and self._entry().get("ProgramArguments") == list(command)

    def enable(self, command: Sequence[str]) -> None:
        """Write the file."""
        entry = {
            "Label": self._label,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        try:
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(f"{self._path}.new", "wb") as file:
                plistlib.dump(entry, file)
            files.replace(f"{self._path}.new", self._path)
        except OSError as error:
            raise self._unwritable(error) from error

    def disable(self) -> None:
        """Remove the file."""
        try:
            os.unlink(self._path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unwritable(error) from error

    def _entry(self) -> dict[str, object]:
        try:
            with open(self._path, "rb") as file:
                entry = plistlib.load(file)
        except (OSError, ValueError):  # ValueError: it is not a property list
            return {}
        return entry if isinstance(entry, dict) else {}

    def _unwritable(self, error: OSError) -> ReadOnly:
        sentence = tr("The file {path} cannot be written ({reason}). Make it writable.")
        return ReadOnly(sentence.format(path=self._path, reason=error.strerror))
