"""The tray on a desktop, with a data folder of its own, and the command line on the same folder."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.rig.desktop import Desktop, Program
from tests.rig.waiting import wait_until

TRAY: Final = (sys.executable, "-m", "tray")
DIALOG: Final = "Quick start"


class Running:
    """Starts it, speaks with it, and looks at what it has stored.

    Args:
        desktop: Where it is to show.
        folder: For its data.
        variables: More environment variables.
    """

    def __init__(
        self, desktop: Desktop, folder: Path, variables: Mapping[str, str] | None = None
    ) -> None:
        self.desktop = desktop
        self.folder = folder
        self.variables = {"TOGGL_TRAY_HOME": str(folder), **(variables or {})}

    def start(self) -> Program:
        return self.desktop.run(TRAY, self.variables)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*TRAY, *words],
            env={**self.desktop.variables, **self.variables},
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

    def open_dialog(self) -> None:
        self.desktop.press("ctrl+alt+space")
        self.wait_for_dialog()

    def wait_for_dialog(self) -> None:
        wait_until(lambda: (now := self.desktop.screen.focused()) and DIALOG in now.title)

    def answers(self) -> bool:
        """Whether everything behind the icon is up."""
        lock = self.folder / "tray.lock"
        return lock.exists() and b".sock" in lock.read_bytes()


def started(tray: Running) -> Program:
    """The tray, when it is up."""
    program = tray.start()
    program.wait_for_icon()
    wait_until(tray.answers)
    return program
