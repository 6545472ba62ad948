"""Starting at login by the Run key of the registry. Never run on Windows so far."""

import subprocess
from collections.abc import Sequence
from typing import Final

from tray.desktop.support import WORKS, Support
from tray.desktop.windows.registry import RegistryKey
from tray.errors import ReadOnly
from tray.language import tr

RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the Task Manager notes what the user has switched off."""


class RunKeyAutostart:
    """The value ``Toggl Tray`` of the user's Run key.

    Args:
        run: the key at `RUN`.
        approved: the key at `APPROVED`.
        name: of the value; each profile has its own.
    """

    def __init__(self, run: RegistryKey, approved: RegistryKey, name: str = "Toggl Tray") -> None:
        self._name = name
        self._run = run
        self._approved = approved

    @property
    def support(self) -> Support:
        """Every Windows looks there."""
        return WORKS

    def enabled(self) -> bool:
        """Whether there is a command, and the user has not switched it off elsewhere."""
        return self._run.read(self._name) is not None and not self._switched_off()

    def matches(self, command: Sequence[str]) -> bool:
        """Whether exactly `command` is started."""
        return self.enabled() and self._run.read(self._name) == subprocess.list2cmdline(command)

    def enable(self, command: Sequence[str]) -> None:
        """Set the command, and have it count again if it was switched off."""
        try:
            self._run.write(self._name, subprocess.list2cmdline(command))
            self._approved.delete(self._name)
        except OSError as error:
            raise _refused(error) from error

    def disable(self) -> None:
        """Remove the command."""
        try:
            self._run.delete(self._name)
        except OSError as error:
            raise _refused(error) from error

    def _switched_off(self) -> bool:
        """An odd first byte is off; the others say since when."""
        approved = self._approved.read(self._name)
        return isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1


def _refused(error: OSError) -> ReadOnly:
    sentence = tr(
        "Windows does not let us change what starts at login ({reason}). Ask whoever looks after "
        "this computer."
    )
    return ReadOnly(sentence.format(reason=error.strerror))
