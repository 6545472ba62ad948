"""A question comes up on a real Wayland compositor while somebody types into another program."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Final

import pytest

from tests.fakes.notifications import FakeNotificationService
from tests.rig.compositors import NAME, Kwin, Mutter, open_kwin, open_mutter
from tests.rig.process import Process
from tests.rig.waiting import wait_until
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences
from tray.store.opening import open_database
from tray.ui.input_guard import QUIET_MS

TRAY: Final = (sys.executable, "-m", "tray")
ROOT: Final = Path(__file__).parents[2]
TYPED: Final = ("2", "enter", "space", "esc")


class Wayland:
    """The tray on a compositor, where somebody was away and has not said what becomes of it."""

    def __init__(self, compositor: Kwin | Mutter, folder: Path) -> None:
        self.compositor = compositor
        self.folder = folder
        self.tray: Process | None = None
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
        if self.tray is not None:
            self.tray.kill()

    def ask(self) -> Process:
        """Start the tray, which has a question."""
        command = [*TRAY, "start", "Email -60m"]
        subprocess.run(command, env=self.environ, check=True, cwd=ROOT, capture_output=True)
        now = int(time.time())
        with open_database(str(self.home / "toggl-tray.db")) as db:
            away = (AwayPeriod(now - 2_400, now - 600),)
            ((entry_id,),) = db.rows("SELECT id FROM entry")
            question = Absence(1, int(str(entry_id)), Cause.IDLE, AbsenceState.OPEN, away)
            absences.record(db, question)
        self.tray = Process(TRAY, self.environ, log=self.home / "printed")
        return self.tray

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


@pytest.fixture(params=[open_kwin, open_mutter], ids=["kwin", "mutter"])
def wayland(request: pytest.FixtureRequest, qapp: object) -> Iterator[Wayland]:
    opened: Callable[[Path], AbstractContextManager[Kwin | Mutter]] = request.param
    with TemporaryDirectory(prefix="typed-") as folder, opened(Path(folder)) as compositor:
        opened_here = Wayland(compositor, Path(folder))
        try:
            yield opened_here
        finally:
            opened_here.close()


def test_the_window_takes_no_key_before_it_is_seen(wayland: Wayland) -> None:
    """Without notifications there is nothing but the window, which gets the keyboard here.

    It is typed until the small window is due, which would take the keyboard from the question.
    """
    tray = wayland.ask()
    while wayland.type_through(16) > QUIET_MS / 2_000:  # a busy computer: that was no typing
        wayland.begin_anew()
        tray = wayland.ask()
    assert wayland.state == "open"
    wayland.answer_every(2 * QUIET_MS / 1_000)
    assert tray.terminate() == 0


def test_where_there_are_notifications_the_window_comes_when_it_is_asked_for(
    wayland: Wayland,
) -> None:
    service = FakeNotificationService(wayland.compositor.address)
    tray = wayland.ask()
    wait_until(lambda: service.shown)
    for _ in range(3):
        time.sleep(2 * QUIET_MS / 1_000)
        wayland.compositor.press("3")
    assert wayland.state == "open"
    service.choose(max(service.shown), "default")
    wayland.answer_every(QUIET_MS / 3_000)
    assert tray.terminate() == 0
    service.stop()
