"""The tray on a virtual desktop for hours, with an account, used as a working day uses it."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.benchmarks.processes import proportional_mb, resident_mb, wake_ups
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.quota import PREMIUM, USER, organization
from tests.fakes.toggl.server import Server, serve
from tests.promises.report import Row, Scope
from tray import paths
from tray.ipc import client
from tray.ipc.protocol import Command, Message

if TYPE_CHECKING:  # what it stands on is installed on Linux only
    from tests.fakes.presence import FakeLogind
    from tests.rig.desktop import Program
    from tests.rig.running import Running

QUICK_SECONDS: Final = 120
SWITCHES_AN_HOUR: Final = 125
QUICK_INTERVAL: Final = 0.3
"""From one act to the next at least; a long run has as many switches an hour as above."""
IDLE_SECONDS: Final = 130
"""In a long run: long enough to be asked about, by the settings that the tray has here."""
SETTINGS: Final = "idle_minutes = 2\n"
QUESTION: Final = "You were away"
SETTLE_SECONDS: Final = 40
"""What is given back after a while is given back by then."""
QUIET_SECONDS: Final = 59
LOCKED_SECONDS: Final = 2.0
GROWTH_AT_MOST_MB: Final = 5.0
AWAKE_AT_MOST: Final = 1
_SUGGESTS_WITH: Final = "/rapidfuzz/"
"""Part of the names of files that the tray has in memory once it has loaded what it suggests from,
which it does a moment after quick start stands there: nearly 4 MB that come once."""
_TITLES: Final = {"quick start": "Quick start", "settings": "Settings", "timer": "Timer"}


class Size(NamedTuple):
    """What the program takes at one moment."""

    resident_mb: float
    pss_mb: float
    threads: int
    files: int


def run(scope: Scope) -> Iterator[Row]:
    """Use it, measure it once all was done once, and again in the end."""
    from tests.fakes.dbus import open_bus
    from tests.fakes.presence import FakeLogind
    from tests.rig.desktop import open_desktop
    from tests.rig.running import Running

    seconds = QUICK_SECONDS if scope.hours is None else 3600 * scope.hours
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serve(Account()))
        for bucket in (USER, organization(server.account.workspace.organization_id)):
            server.quota.limits[bucket] = PREMIUM
        system = stack.enter_context(open_bus())
        desktop = stack.enter_context(open_desktop("sni"))
        variables = {
            "TOGGL_API_TOKEN": server.account.token,
            "TOGGL_API_URL": server.url,
            "DBUS_SYSTEM_BUS_ADDRESS": system.address,
        }
        logind = FakeLogind(system.address, kind="x11")
        stack.callback(logind.stop)
        home = folder / "home"
        home.mkdir()
        (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        use = Use(Running(desktop, home, variables), server, logind)
        interval = QUICK_INTERVAL
        if scope.hours is not None:
            use.idle_seconds = IDLE_SECONDS
            switches = use.acts.count("start") + use.acts.count("stop")
            interval = 3600 / SWITCHES_AN_HOUR * switches / len(use.acts)
        yield from _soak(scope, use, seconds, interval)


def _soak(scope: Scope, use: "Use", seconds: float, interval: float) -> Iterator[Row]:
    for act in use.acts:  # everything is loaded then
        use.do(act)
    time.sleep(SETTLE_SECONDS)
    before, end = use.size(), time.monotonic() + seconds
    due = time.monotonic()
    for act in cycle(use.acts):
        if time.monotonic() > end:
            break
        use.do(act)
        scope.tell(f"{use.size()}, {sum(use.done.values()):,} acts")
        due += interval
        time.sleep(max(0.0, due - time.monotonic()))
    time.sleep(SETTLE_SECONDS)
    after = use.size()
    awake = use.awake(QUIET_SECONDS)
    apart, bugs = use.leave()
    note = ", ".join(f"{count} {what}" for what, count in use.done.items())
    repeat = "python -m tests.promises soak" + (f" --hours {scope.hours}" if scope.hours else "")
    name = f"soak of {_length(seconds)}: memory grown"
    yield Row(name, after.resident_mb - before.resident_mb, "MB", GROWTH_AT_MOST_MB, repeat, note)
    yield Row("soak: memory in the end", after.pss_mb, "MB of PSS", None, repeat)
    threads = f"from {before.threads}"
    yield Row("soak: threads grown", after.threads - before.threads, "", 0, repeat, threads)
    yield Row(
        "soak: files grown", after.files - before.files, "", 0, repeat, f"from {before.files}"
    )
    name = "soak: awake in a quiet minute, running, polls excepted"
    yield Row(name, awake, "times", AWAKE_AT_MOST, repeat)
    name = "soak: entries lost, doubled or apart from the account"
    yield Row(name, len(apart), "", 0, repeat, ", ".join(apart))
    yield Row("soak: bugs told in the log", bugs, "", 0, repeat)


def _length(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds < 3600 else f"{seconds / 3600:g} hours"


class Use:
    """A user in front of the tray, who comes and goes."""

    def __init__(self, tray: "Running", server: Server, logind: "FakeLogind") -> None:
        from tests.rig.running import started
        from tests.rig.waiting import wait_until

        self._tray, self._server, self._logind = tray, server, logind
        self._program: Program = started(tray)
        # What is started before the tray has signed in stays here, until the user has it sent.
        wait_until(lambda: tray.rows("SELECT 1 FROM account WHERE last_sync IS NOT NULL"))
        self.done: Counter[str] = Counter()
        self.idle_seconds = LOCKED_SECONDS
        self.acts: tuple[str, ...] = (
            *("start", "quick start", "settings", "stop", "lock", "start", "timer"),
            *("sleep", "idle", "stop"),
        )

    def do(self, act: str) -> None:
        """One thing that happens in a working day."""
        self.done[act] += 1
        if act in _TITLES:
            self._look_at(_TITLES[act], self._open(act))
            return
        doing: dict[str, Callable[[], None]] = {
            "start": lambda: self._command("start", f"Work {self.done['start']}"),
            "stop": lambda: self._command("stop"),
            "lock": self._lock,
            "sleep": self._sleep,
            "idle": self._idle,
        }
        doing[act]()

    def _open(self, act: str) -> Callable[[], None]:
        if act == "quick start":
            return lambda: self._tray.desktop.press("ctrl+alt+space")
        if act == "timer":
            return lambda: self._ask(Command.SHOW)
        return self._choose_settings

    def _look_at(self, title: str, show: Callable[[], None]) -> None:
        from tests.rig.waiting import wait_until

        show()
        (window, *_) = wait_until(lambda: self._tray.desktop.windows(title))
        if title == _TITLES["quick start"]:
            maps = Path(f"/proc/{self._program.pid}/maps")
            wait_until(lambda: _SUGGESTS_WITH in maps.read_text(encoding="utf-8"))
        self._tray.desktop.screen.close(window)
        wait_until(lambda: not self._tray.desktop.windows(title))

    def _choose_settings(self) -> None:
        """As a user does, who looks again if the menu has changed below the pointer."""
        from jeepney import DBusErrorResponse

        from tests.rig.waiting import wait_until

        item = self._program.wait_for_icon().item
        assert item

        def has_chosen() -> bool:
            try:
                item.choose("Settings…")
            except DBusErrorResponse as refusal:
                if "no row" not in str(refusal):
                    raise
                return False
            return True

        wait_until(has_chosen)

    def _ask(self, command: Command) -> None:
        variables = {**self._tray.desktop.variables, **self._tray.variables}
        reply = client.send(paths.find(variables), Message(command))
        assert reply
        assert reply.ok, reply.error

    def _command(self, *words: str) -> None:
        done = self._tray.command(*words)
        assert done.returncode == 0, done.stderr

    def _lock(self) -> None:
        self._logind.set(LockedHint=True)
        time.sleep(LOCKED_SECONDS)
        self._logind.set(LockedHint=False)
        self._tray.desktop.press("shift")

    def _sleep(self) -> None:
        self._logind.prepare("Sleep", True)
        time.sleep(LOCKED_SECONDS)
        self._logind.prepare("Sleep", False)
        self._tray.desktop.press("shift")

    def _idle(self) -> None:
        """Touch nothing for a while, come back, and answer what is asked."""
        notifications = self._tray.desktop.notifications
        time.sleep(self.idle_seconds)
        self._tray.desktop.press("shift")
        if self.idle_seconds >= IDLE_SECONDS:
            asked = notifications.wait_for(QUESTION)
            notifications.choose(asked, next(key for key in asked.actions if key != "default"))
            self.done["answer"] += 1

    def size(self) -> Size:
        """What the program takes now."""
        process = Path(f"/proc/{self._program.pid}")
        threads, files = (len([*(process / name).iterdir()]) for name in ("task", "fd"))
        pid = self._program.pid
        return Size(resident_mb(pid), proportional_mb(pid), threads, files)

    def awake(self, seconds: int) -> int:
        """In how many seconds it is awake while an entry runs, but for those in which it asks."""
        self._command("start", "quiet")
        time.sleep(SETTLE_SECONDS)
        self._tray.desktop.press("shift")  # nobody counts as away before it is over
        asked = len(self._server.log)
        awake = wake_ups({"tray": self._program.pid}, seconds)["tray"]
        return max(0, awake - 2 * (len(self._server.log) - asked))

    def leave(self) -> tuple[list[str], int]:
        """Stop, exchange, quit: which entries differ, and how many bugs it has told of."""
        self._command("stop")
        self._command("sync", "--wait")
        there = Counter(e.description for e in self._server.account.entries())
        here = Counter(str(name) for (name,) in self._tray.rows("SELECT description FROM entry"))
        made = Counter(["quiet", *(f"Work {n}" for n in range(1, self.done["start"] + 1))])
        self._command("quit")
        assert self._program.wait() == 0
        bugs = self._program.output.count("Traceback")
        sides = {"made": made, "here": here, "on the server": there}
        return [
            f"“{name}” {', '.join(f'{side[name]} {where}' for where, side in sides.items())}"
            for name in sorted(made.keys() | here.keys() | there.keys())
            if not made[name] == here[name] == there[name]
        ], bugs
