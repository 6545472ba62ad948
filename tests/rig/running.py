"""The tray on a desktop, with a data folder of its own, and the command line on the same folder."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from tests.rig.desktop import Desktop, Program
from tests.rig.process import Process
from tests.rig.waiting import wait_until

TRAY: Final = (sys.executable, "-m", "tray")
DIALOG: Final = "Quick start"


P = TypeVar("P", bound=Process, covariant=True)


class Place(Protocol[P]):
    """A desktop as far as a program needs it."""

    @property
    def variables(self) -> dict[str, str]: ...

    def run(self, argv: Sequence[str], variables: Mapping[str, str] | None = None) -> P: ...


class RunningOn(Generic[P]):
    """Starts it, speaks with it, and looks at what it has stored.

    Args:
        place: Where it is to show.
        folder: For its data.
        variables: More environment variables.
    """

    def __init__(
        self, place: Place[P], folder: Path, variables: Mapping[str, str] | None = None
    ) -> None:
        self._place = place
        self.folder = folder
        self.variables = {"TOGGL_TRAY_HOME": str(folder), **(variables or {})}

    def start(self) -> P:
        return self._place.run(TRAY, self.variables)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*TRAY, *words],
            env={**self._place.variables, **self.variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        path = self.folder / "toggl-tray.db"
        if not path.exists():
            return []
        with sqlite3.connect(path) as db:
            found = db.execute(sql).fetchall()
        db.close()
        return found

    def running(self) -> str | None:
        """The description of the running entry."""
        found = self.rows("SELECT description FROM entry WHERE stop IS NULL")
        return str(found[0][0]) if found else None

    def wait_for_running(self, description: str | None) -> None:
        wait_until(lambda: self.running() == description)

    def answers(self) -> bool:
        """Whether everything behind the icon is up."""
        return is_up(self.folder)


class Running(RunningOn[Program]):
    """The same on a desktop with a keyboard and a screen to look at."""

    def __init__(
        self, desktop: Desktop, folder: Path, variables: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(desktop, folder, variables)
        self.desktop = desktop

    def open_dialog(self) -> None:
        self.desktop.press("ctrl+alt+space")
        self.wait_for_dialog()

    def wait_for_dialog(self) -> None:
        wait_until(lambda: (now := self.desktop.screen.focused()) and DIALOG in now.title)


def is_up(folder: Path) -> bool:
    """Whether the tray whose data are here can be asked for something."""
    lock = folder / "tray.lock"
    return lock.exists() and b".sock" in lock.read_bytes()


def started(tray: Running) -> Program:
    """The tray, when it is up."""
    program = tray.start()
    program.wait_for_icon()
    wait_until(tray.answers)
    return program
