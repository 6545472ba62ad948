"""Tries what a package starts and keeps by itself: what sends its requests, and a long history.

    try_package.py SHARED INSIDE TRAY COMMAND

SHARED is a folder that the package sees as INSIDE. TRAY starts the tray and COMMAND is what
commands begin with, in the words of `inside`, a function of the shell script that has exported it.
Both have the screen of DISPLAY in common, and the loopback interface, on which the stand-in for a
server listens.
"""

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.fakes.toggl import Account, Request, Server, serve
from tests.fakes.toggl.faults import Outcome
from tests.rig.waiting import wait_until

SENDER: Final = b"--send-requests"
PATIENCE_SECONDS: Final = 120
IDLE_SECONDS: Final = 90
"""Thirty without a request end the process that sends them; the last poll may come in between."""
QUIT_SECONDS: Final = 15
HELD_SECONDS: Final = 60


class Watch:
    """Stands between line and server: who sends, and what happens to them in the midst of it."""

    def __init__(self, server: Server) -> None:
        self.strangers: set[bytes] = set()
        """The command lines of who has sent, and should not have."""
        self.strike: Callable[[], None] | None = None
        """What is done with the next entry that is sent, once."""
        self.when = ""
        self._port = server.port
        self._exchange = server.faults.exchange
        vars(server.faults)["exchange"] = self._answer

    def sender(self) -> int | None:
        """The process that sends, while it has a connection."""
        owners = connected(self._port)
        return next((pid for pid, line in owners.items() if SENDER in line), None)

    def _answer(self, request: Request) -> Outcome:
        owners = connected(self._port)
        self.strangers |= {line for line in owners.values() if SENDER not in line}
        if not owners:
            self.strangers.add(b"nobody")
        strike = None
        if self.strike and request.method == "POST" and request.path.endswith("/time_entries"):
            strike, self.strike = self.strike, None
        if strike and self.when == "before":
            strike()
        outcome = self._exchange(request)
        if strike and self.when == "after":
            strike()
        return outcome


class Trial:
    """A tray in its package, with data of its own.

    Args:
        words: As `main` gets them.
        settings: The text of the file of settings.
        variables: What it finds around it.
    """

    def __init__(self, words: list[str], settings: str = "", **variables: str) -> None:
        folder, inside, self.tray, self._command = words
        self.home = Path(folder) / "trial"
        self.home_inside = f"{inside}/trial"
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir()
        (self.home / "settings.toml").write_text(settings, encoding="utf-8")
        given = {"TOGGL_TRAY_HOME": self.home_inside, **variables}
        self._given = " ".join(f"{name}={value}" for name, value in given.items())
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def run(self, words: str) -> str:
        """What a command says."""
        done = subprocess.run(
            self._argv(f"{self._command} {words}"), capture_output=True, check=False
        )
        return (done.stdout + done.stderr).decode(errors="replace").replace("\r", "")

    def start(self) -> None:
        """Start the tray."""
        self._processes.append(subprocess.Popen(self._argv(f"{self.tray} >/dev/null 2>&1")))

    def quit(self) -> None:
        """End the tray as its user does."""
        begun = time.monotonic()
        self.run("quit")
        self.has_ended()
        say(f"it quits within {time.monotonic() - begun:.1f} s")

    def has_ended(self) -> None:
        """Wait for the end of the tray."""
        self._processes[-1].wait(timeout=QUIT_SECONDS)

    def kill(self) -> None:
        """End the tray without a word, but not what sends for it."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)

    def pids(self) -> list[int]:
        """The processes of the tray: who has its lock, Wine's server aside."""
        held = str(self.home / "tray.lock")
        found = [pid for pid in every_pid() if any(each.endswith(held) for each in open_files(pid))]
        return [pid for pid in found if not program_of(pid).startswith("wineserver")]

    def until(
        self, what: str, happens: Callable[[], object], seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Wait for something, and say that it came."""
        try:
            wait_until(happens, seconds)
        except TimeoutError:
            print(self.run("journal"), self.run("status --json"), flush=True)
            raise SystemExit(f"FAILED: {what}") from None
        say(what)

    def _argv(self, words: str) -> list[str]:
        return ["bash", "-c", 'inside "$1"', "inside", f"export {self._given}; {words}"]


class SignedIn(Trial):
    """One that is signed in to the account of a server."""

    def __init__(self, server: Server, words: list[str], settings: str = "") -> None:
        token, url = server.account.token, server.url
        super().__init__(words, settings, TOGGL_API_TOKEN=token, TOGGL_API_URL=url)
        self.server = server
        self.watch = Watch(server)

    def start(self) -> None:
        """Start it, and wait until it has asked for something."""
        self.server.log.clear()
        super().start()
        self.until("it asks the server", lambda: bool(self.server.log))

    def has_ended(self) -> None:
        """Wait for the end of what sends for it, too."""
        super().has_ended()
        self.until("nothing sends any more", lambda: not connected(self.server.port), QUIT_SECONDS)

    def running(self) -> str | None:
        """What runs in the account."""
        found = [each.description for each in self.server.account.entries() if each.stop is None]
        return found[0] if found else None

    def is_there_once(self, description: str) -> bool:
        """Whether the account has exactly one entry of that description."""
        names = [each.description for each in self.server.account.entries()]
        if names.count(description) > 1:
            raise SystemExit(f"FAILED: “{description}” is there twice")
        return description in names


def exchange(trial: SignedIn) -> None:
    """Start and stop, there and here."""
    trial.start()
    trial.run("start '去交换 Exchanged'")
    trial.until("a start arrives", lambda: trial.running() == "去交换 Exchanged")
    trial.run("stop")
    trial.until("a stop arrives", lambda: trial.running() is None)


def kill_the_sender(trial: SignedIn, when: str) -> None:
    """Kill what sends while it does: nothing is lost, and nothing comes twice."""
    description, killed = f"Killed {when} it was done", list[int]()

    def kill() -> None:
        pid = trial.watch.sender()
        if pid:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    trial.watch.when, trial.watch.strike = when, kill
    trial.run(f"start '{description}'")
    trial.until(f"what sends was killed {when} a start was done", lambda: killed)
    trial.run("sync")
    trial.until("its entry arrives", lambda: trial.running() == description)
    trial.run("stop")
    trial.until("a stop arrives", lambda: trial.running() is None)
    check(trial.is_there_once(description), "it is there once")


def rest(trial: SignedIn) -> None:
    """Without anything to send, what sends ends by itself."""
    trial.until("what sends is there", lambda: senders_of(trial))
    trial.until("it ends without anything to send", lambda: not senders_of(trial), IDLE_SECONDS)


def break_off(trial: SignedIn, how: str) -> None:
    """Quit or kill the tray while the server keeps it waiting."""
    description, is_held, let_go = f"Held, to {how}", threading.Event(), threading.Event()

    def hold() -> None:
        is_held.set()
        let_go.wait(HELD_SECONDS)

    trial.watch.when, trial.watch.strike = "before", hold
    trial.run(f"start '{description}'")
    trial.until(f"the server keeps it waiting, to {how} it", is_held.is_set)
    senders = senders_of(trial)
    check(bool(senders), "a process sends")
    if how == "quit":
        trial.run("quit")
    else:
        trial.kill()
    trial.has_ended()
    trial.until(
        "what sends goes with it",
        lambda: all(SENDER not in command_line(pid) for pid in senders),
        QUIT_SECONDS,
    )
    let_go.set()  # the server does it all the same, and nobody hears of it
    trial.until("the server does it", lambda: trial.is_there_once(description))
    trial.start()
    trial.run("sync")
    trial.until("its entry arrives", lambda: trial.running() == description)
    check(trial.is_there_once(description), "it is there once")


def senders_of(trial: SignedIn) -> list[int]:
    """The processes that send for this tray, with or without a connection."""
    url = f"TOGGL_API_URL={trial.server.url}\0".encode()
    found = [pid for pid in every_pid() if SENDER in command_line(pid)]
    return [pid for pid in found if url in environment(pid)]


def in_step(trial: SignedIn) -> None:
    """All is exchanged at last, and nobody else has sent anything."""
    trial.run("sync")
    trial.until(
        "all is in step",
        lambda: json.loads(trial.run("status --json"))["sync"]["state"] == "in step",
    )
    if trial.watch.strangers:
        raise SystemExit(f"FAILED: others have sent: {trial.watch.strangers}")
    say("only the process for it has sent")


def connected(port: int) -> dict[int, bytes]:
    """Who has a connection to a port of this computer, with their command lines."""
    sockets = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[2] == f"0100007F:{port:04X}" and fields[3] == "01":
            sockets.add(f"socket:[{fields[9]}]")
    found = {}
    for pid in every_pid():
        if not program_of(pid).startswith("wineserver") and sockets & open_files(pid):
            found[pid] = command_line(pid)
    return found


def every_pid() -> list[int]:
    """All processes there are."""
    return [int(each) for each in os.listdir("/proc") if each.isdigit()]


def open_files(pid: int) -> set[str]:
    """What a process has open."""
    found = set()
    with suppress(OSError):
        for each in os.listdir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                found.add(os.readlink(f"/proc/{pid}/fd/{each}"))
    return found


def program_of(pid: int) -> str:
    """The file name of a process's program, or of what interprets it."""
    try:
        return os.path.basename(os.readlink(f"/proc/{pid}/exe"))
    except OSError:
        return ""


def command_line(pid: int) -> bytes:
    """What a process was started by; empty once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def environment(pid: int) -> bytes:
    """What a process has around it."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def check(holds: bool, what: str) -> None:
    """Say that something is as it should be, or leave."""
    if not holds:
        raise SystemExit(f"FAILED: {what}")
    say(what)


def say(what: str) -> None:
    """Tell what went well."""
    print(f"ok  {what}", flush=True)


def certificate(folder: Path) -> ssl.SSLContext:
    """What serves by a new certificate for the loopback address, which is ``ca.pem`` there."""
    key, made = folder / "key.pem", folder / "ca.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


@contextmanager
def signed_in(words: list[str], *, tls: bool) -> Iterator[SignedIn]:
    """A trial with a server of its own, whose tray is gone in the end."""
    folder, inside, *_ = words
    context = certificate(Path(folder)) if tls else None
    settings = f'ca_file = "{inside}/ca.pem"\n' if tls else ""
    with serve(Account(), tls=context) as server, SignedIn(server, words, settings) as trial:
        yield trial


def remember(words: list[str]) -> None:
    """Have a history so long that not all of it stays in memory, and find the oldest of it."""
    oldest = "The oldest of all"
    with Trial(words) as trial:
        write_history(trial.home / "long.csv", oldest)
        trial.run(f"import {trial.home_inside}/long.csv")
        trial.start()
        trial.until("the tray listens", lambda: listens(trial))
        trial.run("quick")
        trial.until("what does not stay in memory has a file", lambda: shelves(trial))
        if "wine" not in trial.tray:  # which gives the dialog no keyboard without a window manager
            choose(oldest.split()[1])
            trial.until("the oldest is suggested", lambda: trial.run("status").startswith(oldest))
        trial.quit()
        check(not shelves(trial), "the file has gone")


def write_history(path: Path, oldest: str) -> None:
    """A table of entries that all differ; of 25,000, quick start keeps the texts in memory."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    lines = ["Description,Start date,Start time,End date,End time"]
    for number in range(30_000):
        begin, end = (start + timedelta(minutes=60 * number + more) for more in (0, 20))
        name = f"Work number {number}" if number else oldest
        lines.append(f"{name},{begin:%Y-%m-%d,%H:%M:%S},{end:%Y-%m-%d,%H:%M:%S}")
    path.write_text("\n".join(lines), encoding="utf-8")


def listens(trial: Trial) -> bool:
    """Whether the tray says where it hears commands."""
    try:
        return bool(json.loads((trial.home / "tray.lock").read_text())["address"])
    except (OSError, ValueError):
        return False


def choose(word: str) -> None:
    """Type a word into quick start, and start the first that is found."""
    for pause_seconds, *keys in ((5, "type", word), (1, "key", "Down"), (0, "key", "Return")):
        subprocess.run(["xdotool", *keys], check=True)
        time.sleep(pause_seconds)  # what is found comes by itself


def shelves(trial: Trial) -> list[str]:
    """Files beside the database that have no name, or on Windows one of their own."""
    opened = set[str]().union(*map(open_files, trial.pids()))
    nameless = [each for each in opened if f"{trial.home.name}/#" in each and "(deleted)" in each]
    return [*nameless, *map(str, trial.home.glob("tmp*"))]


def main() -> None:
    """Try it over http, with all that may happen, and over https."""
    words = sys.argv[1:]
    with signed_in(words, tls=False) as trial:
        exchange(trial)
        kill_the_sender(trial, "before")
        kill_the_sender(trial, "after")
        rest(trial)
        break_off(trial, "quit")
        break_off(trial, "kill")
        in_step(trial)
        trial.quit()
    say("signed in and exchanged over http")
    with signed_in(words, tls=True) as trial:
        exchange(trial)
        in_step(trial)
        trial.quit()
    say("signed in and exchanged over https")
    remember(words)


if __name__ == "__main__":
    main()
