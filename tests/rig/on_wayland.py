"""The tray on a real Wayland compositor without a screen, and another program beside it."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from tests.rig.compositors import NAME, Kwin, Mutter
from tests.rig.process import Process
from tests.rig.waiting import wait_until
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences
from tray.store.opening import open_database

TRAY: Final = (sys.executable, "-m", "tray")
ROOT: Final = Path(__file__).parents[2]
TYPED: Final = ("2", "enter", "space", "esc")
ANOTHER: Final = Path(__file__).with_name("another_window.js")


class OnWayland:
    """The tray on a compositor, where somebody was away and has not said what becomes of it."""

    def __init__(self, compositor: Kwin | Mutter, folder: Path) -> None:
        self.compositor = compositor
        self.folder = folder
        self.tray: Process | None = None
        self.another: Process | None = None
        self.begin_anew()

    def begin_anew(self) -> None:
        """With nothing stored yet."""
        self.close()
        self.home = Path(mkdtemp(prefix="home-", dir=self.folder))
        self.environ = {
            "DBUS_SESSION_BUS_ADDRESS": self.compositor.address,
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "QT_QPA_PLATFORM": "wayland",
            "TOGGL_TRAY_HOME": str(self.home),
            "WAYLAND_DISPLAY": NAME,
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_SESSION_TYPE": "wayland",
        }

    def close(self) -> None:
        for each in (self.tray, self.another):
            if each is not None:
                each.kill()

    def run(self, **variables: str) -> Process:
        """Start the tray."""
        self.tray = Process(TRAY, self.environ | variables, log=self.home / "printed")
        return self.tray

    def launch(self, *arguments: str, token: str = "") -> None:
        """Run a command; with a token as a panel or a browser gives one, whose user has clicked."""
        environ = {**self.environ, **({"XDG_ACTIVATION_TOKEN": token} if token else {})}
        subprocess.run(
            [*TRAY, *arguments], env=environ, check=True, cwd=ROOT, capture_output=True, timeout=60
        )

    def open_another(self) -> Process:
        """Have the window of another program, which gets the keyboard."""
        if self.another is not None:
            self.another.kill()
        environ = {
            **self.environ,
            "GDK_BACKEND": "wayland",
            "GSETTINGS_BACKEND": "memory",
            "GSK_RENDERER": "cairo",
            "GTK_A11Y": "none",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        opened = Process(["gjs", str(ANOTHER)], environ, log=self.home / "another")
        self.another = opened

        def hears() -> bool:
            self.compositor.press("2")  # without a key there is no keyboard on Mutter
            return "key 2" in opened.output

        wait_until(hears)
        return opened

    def ask(self) -> Process:
        """Start the tray, which has a question."""
        self.launch("start", "Email -60m")
        now = int(time.time())
        with open_database(str(self.home / "toggl-tray.db")) as db:
            away = (AwayPeriod(now - 2_400, now - 600),)
            ((entry_id,),) = db.rows("SELECT id FROM entry")
            question = Absence(1, int(str(entry_id)), Cause.IDLE, AbsenceState.OPEN, away)
            absences.record(db, question)
        return self.run()

    def type_through(self, seconds: float) -> float:
        """As somebody does who looks at something else; the longest pause, in seconds."""
        end = last = time.monotonic()
        end += seconds
        longest = 0.0
        while time.monotonic() < end:
            for key in TYPED:
                self.compositor.press(key)
                now = time.monotonic()
                longest, last = max(longest, now - last), now
                time.sleep(0.05)
        return longest

    def answer_every(self, seconds: float) -> None:
        """Press the key of an answer until it is one; a busy computer takes its time."""

        def answered() -> bool:
            time.sleep(seconds)
            self.compositor.press("3")
            return self.state == "answered"

        wait_until(answered, 30)

    @property
    def state(self) -> str:
        with sqlite3.connect(self.home / "toggl-tray.db") as db:
            ((found,),) = db.execute("SELECT state FROM absence").fetchall()
        db.close()
        return str(found)
