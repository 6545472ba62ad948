"""What the tray costs, in times of the smallest PySide6 program with an icon; and how fast it is.

Both run on a virtual desktop, ours with 100,000 entries in its database. It takes four minutes; run
it with ``python -m tests.benchmarks tray``.
"""

import json
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.data import make
from tests.benchmarks.processes import private_mb, proportional_mb, wake_ups
from tests.benchmarks.rows import Row
from tests.fakes.toggl import Account, Server, serve
from tray import paths, settings

if TYPE_CHECKING:  # what it stands on is installed on Linux only
    from tests.benchmarks.on_screen import Watch
    from tests.rig.desktop import Desktop, Program

ENTRIES: Final = 100_000
BARE: Final = (sys.executable, str(Path(__file__).with_name("bare_tray.py")))
TRAY: Final = (sys.executable, "-m", "tray")

STARTS: Final = 21
SETTLE_SECONDS: Final = 35
"""What is only done at the start is over by then, Qt's own work of half a minute later too."""
IDLE_SECONDS: Final = 59
"""What is done once a minute is seen no more than once."""
CLICKS: Final = 1_000
CLICKS_ON_SCREEN: Final = 30
LONGER_THAN_A_DOUBLE_CLICK: Final = 0.5
HOTKEYS: Final = 20
CHANGES: Final = 1_000
OPENINGS: Final = 70
"""Of each of the three windows."""

START_AT_MOST: Final = 1.15
MEMORY_AT_MOST: Final = 1.2
SIGNED_IN_AT_MOST: Final = 1.35
CLICK_AT_MOST_MS: Final = 50.0
HOTKEY_AT_MOST_MS: Final = 100.0
GROWTH_AT_MOST_MB: Final = 5.0


def run() -> list[Row]:
    """Measure on an XEmbed panel, but for the growth: the menu is used over D-Bus there.

    The account is exchanged with over https, and its token lies in the desktop's keyring.
    """
    from tests.benchmarks.on_screen import Watch
    from tests.rig.desktop import open_desktop

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        now = int(time.time())
        for name in ("stopped", "running", "signed in", "clicked"):
            make(str(folder / name / "toggl-tray.db"), entries=ENTRIES, now=now)
        desktop = stack.enter_context(open_desktop("xembed"))
        watch = Watch(desktop)
        stack.callback(watch.close)
        bench = Bench(desktop, watch, folder)
        return [
            *bench.starts(),
            *bench.idle(),
            *bench.hotkeys(),
            *bench.clicks_on_screen(),
            clicks(folder / "clicked" / "toggl-tray.db"),
            *bench.growth(),
        ]


class Bench:
    """The measurements on `desktop`; `folder` has a data folder for each program."""

    def __init__(self, desktop: "Desktop", watch: "Watch", folder: Path) -> None:
        self._desktop = desktop
        self._watch = watch
        self._folder = folder

    def starts(self) -> list[Row]:
        """Start both in turns, so that both suffer from whatever else the computer does."""
        taken: dict[Sequence[str], list[float]] = {BARE: [], TRAY: []}
        for _ in range(1 + STARTS):  # the first ones compile, and fill caches
            for argv, each in taken.items():
                program, seconds = self._watch.start(argv, self._home("stopped"))
                each.append(seconds)
                time.sleep(0.5)
                program.terminate()
        bare, tray = (1000 * statistics.median(each[1:]) for each in taken.values())
        return [
            Row("bare program: start to painted icon", bare, "ms", None),
            Row("start to painted icon", tray / bare, "x", START_AT_MOST, f"{tray:.0f} ms"),
        ]

    def idle(self) -> list[Row]:
        """Leave them alone, none of them seen but for its icon."""
        self._command("running", "start", "Piece of work")
        tls, ca_file = _certificate(self._folder)
        with self._desktop.keyring(), serve(Account(), tls=tls) as server:
            self._sign_in(server, ca_file)
            return self._idle()

    def _sign_in(self, server: Server, ca_file: str) -> None:
        """As a user does: the token goes to the keyring of the desktop."""
        file = paths.find({**self._desktop.variables, **self._home("signed in")}).settings_file
        settings.save(file, settings.load(file).settings._replace(ca_file=ca_file))
        options = ("--url", server.url, "--before", "later")
        self._command("signed in", "login", *options, given=server.account.token)

    def _idle(self) -> list[Row]:
        programs = {
            "bare": self._desktop.run(BARE),
            "stopped": self._desktop.run(TRAY, self._home("stopped")),
            "running": self._desktop.run(TRAY, self._home("running")),
            "signed in": self._desktop.run(TRAY, self._home("signed in")),
        }
        time.sleep(SETTLE_SECONDS)
        pids = {name: program.pid for name, program in programs.items()}
        awake = wake_ups(pids, IDLE_SECONDS)
        bare, stopped, running, signed_in = (proportional_mb(pid) for pid in pids.values())
        for program in programs.values():
            program.terminate()
        return [
            Row("bare program: PSS after a minute", bare, "MB", None),
            Row("PSS after a minute", stopped / bare, "x", MEMORY_AT_MOST, f"{stopped:.1f} MB"),
            Row("the same while an entry runs", running / bare, "x", None, f"{running:.1f} MB"),
            Row(
                "the same with an account, idle",
                signed_in / bare,
                "x",
                SIGNED_IN_AT_MOST,
                f"{signed_in:.1f} MB",
            ),
            Row("bare program: wake-ups", awake["bare"], "a minute", None),
            Row("wake-ups, stopped", awake["stopped"], "a minute", 0),
            Row("wake-ups, running", awake["running"], "a minute", 1),
        ]

    def hotkeys(self) -> list[Row]:
        """Open the dialog by its hotkey, for the first time since the start and then again."""
        program = self._started("stopped")
        taken = []
        for _ in range(HOTKEYS):
            seconds = self._watch.seconds_to_focus("Quick start", self._press_hotkey)
            taken.append(1000 * seconds)
            time.sleep(0.5)
            self._desktop.press("esc")
            time.sleep(0.5)
        program.terminate()
        first, *others = taken
        note = f"median {statistics.median(others):.0f} ms"
        return [
            Row("hotkey to focused dialog, first", first, "ms", HOTKEY_AT_MOST_MS),
            Row("hotkey to focused dialog, slowest", max(others), "ms", HOTKEY_AT_MOST_MS, note),
        ]

    def clicks_on_screen(self) -> list[Row]:
        """Click on the icon until the panel shows another, which it does after the commit."""
        program = self._started("clicked")
        icon = program.wait_for_icon()
        assert icon.place
        taken = []
        for _ in range(CLICKS_ON_SCREEN):
            taken.append(1000 * self._watch.seconds_to_change(icon.place, icon.click))
            time.sleep(LONGER_THAN_A_DOUBLE_CLICK)
        program.terminate()
        note = f"the slowest of {CLICKS_ON_SCREEN}: {max(taken):.0f} ms"
        name = "click to another picture on the panel, p50"
        return [Row(name, statistics.median(taken), "ms", CLICK_AT_MOST_MS, note)]

    def growth(self) -> list[Row]:
        """Use the tray for a month, as far as memory can tell."""
        from tests.rig.waiting import wait_until
        from tray.ipc import client
        from tray.ipc.protocol import Command, Message

        self._desktop.panel.use("sni")
        program = self._started("clicked")
        item = program.wait_for_icon().item
        assert item
        places = paths.find({**self._desktop.variables, **self._home("clicked")})

        def ask(command: Command) -> None:
            reply = client.send(places, Message(command))
            assert reply
            assert reply.ok, reply.error

        def open_and_close(title: str, show: Callable[[], None], seconds: float) -> None:
            show()
            (window, *_) = wait_until(lambda: self._desktop.windows(title))
            time.sleep(seconds)
            self._desktop.screen.close(window)
            wait_until(lambda: not self._desktop.windows(title))

        windows: dict[str, Callable[[], None]] = {
            "Quick start": lambda: ask(Command.QUICK),
            "Settings": lambda: item.choose("Settings…"),
            "Timer": lambda: ask(Command.SHOW),
        }

        def use(changes: int, openings: int, seconds: float) -> float:
            for _ in range(changes):
                ask(Command.TOGGLE)
            for title, show in windows.items():
                for _ in range(openings):
                    open_and_close(title, show, seconds)
            time.sleep(1)
            return private_mb(program.pid)

        before = use(CHANGES // 10, 3, 1.0)  # everything is loaded, the history too
        grown = use(CHANGES, OPENINGS, 0.1) - before
        name = f"growth by {CHANGES:,} starts and stops, {3 * OPENINGS} windows opened"
        program.terminate()
        return [Row(name, grown, "MB", GROWTH_AT_MOST_MB, f"from {before:.1f} MB private")]

    def _home(self, name: str) -> dict[str, str]:
        return {"TOGGL_TRAY_HOME": str(self._folder / name)}

    def _started(self, name: str) -> "Program":
        """The tray, with everything up."""
        program = self._desktop.run(TRAY, self._home(name))
        program.wait_for_icon()
        time.sleep(2)
        return program

    def _command(self, name: str, *words: str, given: str = "") -> None:
        environ = {**self._desktop.variables, **self._home(name)}
        quiet = subprocess.DEVNULL
        subprocess.run([*TRAY, *words], env=environ, input=given.encode(), stdout=quiet, check=True)

    def _press_hotkey(self) -> None:
        self._desktop.press("ctrl+alt+space")


def _certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """What a server on this computer speaks TLS with, and the file of whom to trust for that."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    options = (
        *("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", "2", "-subj", "/CN=Server", "-addext", "subjectAltName=IP:127.0.0.1"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    subprocess.run(["openssl", "req", *options], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    return tls, str(certificate)


def clicks(database: Path) -> Row:
    """The work behind a click, see `tests.benchmarks.clicks`."""
    argv = [sys.executable, "-m", "tests.benchmarks.clicks", str(database), str(CLICKS)]
    printed = subprocess.run(argv, stdout=subprocess.PIPE, check=True).stdout
    taken = sorted(1000 * seconds for seconds in json.loads(printed))
    note = f"in the process alone; p50 {statistics.median(taken):.1f} ms, max {taken[-1]:.0f} ms"
    p99 = taken[CLICKS * 99 // 100]
    return Row("click to committed and shown, p99", p99, "ms", CLICK_AT_MOST_MS, note)
