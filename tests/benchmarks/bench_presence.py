"""What it costs to know who is there: somebody at work, away, or behind a locked screen.

Each of them with an entry running and with none, every program on a desktop of its own, all at the
same time. Run it with ``python -m tests.benchmarks presence``; ``PRESENCE_SECONDS=600`` in the
environment has it measure for ten minutes instead of one.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks.rows import Row

if TYPE_CHECKING:  # what it stands on is installed on Linux only
    from tests.rig.desktop import Desktop

SECONDS: Final = int(os.environ.get("PRESENCE_SECONDS", "60"))
SETTLE_SECONDS: Final = 90
"""After that nobody was there for the minute that the setting says, and the start is over."""
KEY_SECONDS: Final = 2
"""How often somebody at work presses a key."""
TRAY: Final = (sys.executable, "-m", "tray")


class Spent(NamedTuple):
    """What a process has used up."""

    switches: Counter[str]
    """How often each of its threads has gone to sleep, and so has woken up."""
    cpu_seconds: float


class Case:
    """The real program, in one of the states; `running` says whether an entry runs."""

    def __init__(self, state: str, *, running: bool, ends: ExitStack) -> None:
        from tests.fakes.dbus import open_bus
        from tests.fakes.presence import FakeLogind
        from tests.rig.desktop import open_desktop

        self.name = f"{state}, {'an entry runs' if running else 'nothing runs'}"
        self._state = state
        self._desktop: Desktop = ends.enter_context(open_desktop("xembed"))
        system = ends.enter_context(open_bus())
        self._logind = FakeLogind(system.address, kind="x11")
        ends.callback(self._logind.stop)
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        variables = {"TOGGL_TRAY_HOME": str(folder), "DBUS_SYSTEM_BUS_ADDRESS": system.address}
        if state == "idle":
            (folder / "settings.toml").write_text("idle_minutes = 1\n", encoding="utf-8")
        environ = {**self._desktop.variables, **variables}
        commands = (("start", "Piece of work"), *(() if running else (("stop",),)))
        for words in commands:
            subprocess.run([*TRAY, *words], env=environ, stdout=subprocess.DEVNULL, check=True)
        self._program = self._desktop.run(TRAY, variables)
        self._program.wait_for_icon()

    def press(self) -> None:
        """Somebody who is at work presses a key."""
        if self._state == "active":
            self._desktop.press("a")  # a modifier would be told to every program

    def begin(self) -> None:
        """Have the state begin, unless it is one that begins by itself."""
        if self._state == "locked":
            self._logind.set(LockedHint=True)

    def spent(self) -> Spent:
        """All that it has used up so far."""
        folder = Path(f"/proc/{self._program.pid}")
        switches: Counter[str] = Counter()
        for thread in (folder / "task").iterdir():
            name, count = _status(thread)
            switches[name] += count
        stat = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return Spent(switches, (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"))


def run() -> list[Row]:
    """Measure all at once, so that it takes no longer than one of them."""
    with ExitStack() as ends:
        cases = [
            Case(state, running=running, ends=ends)
            for state, running in product(("active", "idle", "locked"), (True, False))
        ]
        live(cases, SETTLE_SECONDS // 2)
        for case in cases:
            case.begin()
        live(cases, SETTLE_SECONDS // 2)
        before = [case.spent() for case in cases]
        live(cases, SECONDS)
        after = [case.spent() for case in cases]
        names = [case.name for case in cases]
        found = zip(names, before, after, strict=True)
        return [row for name, begin, end in found for row in rows(name, begin, end)]


def live(cases: list[Case], seconds: int) -> None:
    """Let time pass, in which somebody is at work on some of the desktops."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for case in cases:
            case.press()
        time.sleep(min(KEY_SECONDS, left))


def rows(name: str, begin: Spent, end: Spent) -> Iterator[Row]:
    """What was used up between two moments, for ten minutes."""
    tens = SECONDS / 600
    woken = end.switches - begin.switches
    note = ", ".join(f"{thread} {count / tens:.0f}" for thread, count in woken.most_common())
    yield Row(f"wake-ups, {name}", woken.total() / tens, "in 10 min", None, note)
    cpu = 1000 * (end.cpu_seconds - begin.cpu_seconds) / tens
    yield Row(f"processor, {name}", cpu, "ms in 10 min", None)


def _status(thread: Path) -> tuple[str, int]:
    """The name of a thread, and how often it has gone to sleep."""
    lines = (thread / "status").read_text(encoding="utf-8").splitlines()
    values = dict(line.split(":\t", 1) for line in lines)
    return values["Name"], int(values["voluntary_ctxt_switches"])
