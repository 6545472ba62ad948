"""Commands and trays that are killed while they track and exchange, and what is left of it all."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tests.fakes.toggl import Account, serve
from tests.fakes.toggl.server import Server
from tests.rig.waiting import wait_until
from tray import paths
from tray.ipc import client
from tray.ipc.protocol import Command, Message
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft

ROOT: Final = Path(__file__).parents[2]
TRAY: Final = (sys.executable, "-m", "tray")
PLENTY: Final = 1_000_000
SYNCS: Final = 60
"""So often what waits is given a chance in the end."""
TRAY_LIVES_SECONDS: Final = 1.5


class Left(NamedTuple):
    """What is left in the end."""

    kills: int
    too_late: int
    """Those that had ended by themselves before."""
    lost: int
    doubled: int
    unsound: int
    """Databases that contradict themselves; here there is one."""
    apart: int
    """Entries that only the computer or only the server has."""


class Computer:
    """A data folder, with an account on a server on loopback."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._server = server
        self.path = folder / "toggl-tray.db"
        self._variables = {
            "TOGGL_TRAY_HOME": str(folder),
            "TOGGL_API_TOKEN": server.account.token,
            "TOGGL_API_URL": server.url,
            "QT_QPA_PLATFORM": "offscreen",
            "DISPLAY": "none",
            "WAYLAND_DISPLAY": "",
            "DBUS_SESSION_BUS_ADDRESS": "",
        }
        self.places = paths.find(self._variables)
        self.told: list[str] = []
        """The descriptions of the entries whose start was told to be done."""
        self.toggled: int | None = None
        """What ran when the tray was last told to stop it."""
        for bucket in ("user", f"organization {server.account.workspace.organization_id}"):
            server.quota.limits[bucket] = PLENTY

    def launch(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the program with these words, the tray without any."""
        return subprocess.Popen(
            [*TRAY, *words],
            cwd=ROOT,
            env={**os.environ, **self._variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def command(self, *words: str) -> int:
        return self.launch(*words).wait()

    def left(self, kills: int, too_late: int) -> Left:
        """Exchange what waits, and compare."""
        for _ in range(SYNCS):
            if self.command("sync", "--wait") == 0:
                break
        with closing(sqlite3.connect(self.path)) as db:
            sound = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound &= not db.execute("PRAGMA foreign_key_check").fetchall()
            here = Counter(db.execute("SELECT description, start, stop FROM entry"))
        there = Counter((e.description, e.start, e.stop) for e in self._server.account.entries())
        names = Counter(name for name, *_ in here.elements())
        return Left(
            kills,
            too_late,
            len({*self.told} - names.keys()),
            sum(count > 1 for count in names.values()),
            int(not sound),
            sum(((here - there) + (there - here)).values()),
        )


@contextmanager
def computer(folder: Path) -> Iterator[Computer]:
    """One that is signed in."""
    with serve(Account()) as server:
        made = Computer(folder, server)
        assert made.command("sync") == 0
        yield made


def kill_commands(folder: Path, kills: int, tell: Callable[[str], None], seed: int = 1) -> Left:
    """Kill commands at any moment of their lives, half of them while they exchange."""
    rng, too_late = random.Random(seed), 0
    with computer(folder) as made:
        began = time.monotonic()
        assert made.command("start", "measured") == 0
        made.told.append("measured")
        life = time.monotonic() - began
        for number in range(kills):
            name = f"k{number}"
            words = rng.choice((("start", name), ("start", name), ("stop",), ("sync",), ("sync",)))
            running = made.launch(*words)
            time.sleep(rng.uniform(0.3, 1.2) * life)
            running.kill()
            if running.wait() == 0:
                too_late += 1
                if words[0] == "start":
                    made.told.append(name)
            tell(f"{number + 1:,} of {kills:,} commands killed")
        return made.left(kills, too_late)


def kill_trays(folder: Path, kills: int, tell: Callable[[str], None], seed: int = 1) -> Left:
    """Kill trays that exchange what is started here, and stop it when they are asked to."""
    rng = random.Random(seed)
    with computer(folder) as made:
        for number in range(kills):
            running = made.launch()
            wait_until(lambda: client.send(made.places, Message(Command.SYNC)) is not None)
            end = time.monotonic() + rng.uniform(0, TRAY_LIVES_SECONDS)
            while time.monotonic() < end:
                _use(made, rng, f"k{number}.{len(made.told)}")
                time.sleep(rng.uniform(0, 0.2))
            running.kill()
            running.wait()
            tell(f"{number + 1:,} of {kills:,} trays killed")
        return made.left(kills, 0)


def _use(made: Computer, rng: random.Random, name: str) -> None:
    """Start something, as a command does, or have the tray stop or send what there is."""
    if rng.random() < 0.5:
        with open_database(str(made.path)) as db:
            timer.start(db, Draft(name), now=int(time.time()))
        made.told.append(name)
        return
    with closing(sqlite3.connect(made.path)) as db:
        (runs,) = db.execute("SELECT max(id) FROM entry WHERE stop IS NULL").fetchone()
    if runs is None or runs == made.toggled:  # told a second time, the tray may continue it
        client.send(made.places, Message(Command.SYNC))
        return
    made.toggled = runs
    client.send(made.places, Message(Command.TOGGLE))
