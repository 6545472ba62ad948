"""What GNOME Shell and Plasma have in common: a bus that starts services, a user, and programs."""

import ctypes
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

from tests.rig import environ
from tests.rig.appearance import Scheme
from tests.rig.bus import Bus
from tests.rig.notifications import Overheard
from tests.rig.process import Process
from tests.rig.waiting import wait_until

SIZE: Final = (1280, 800)
LIBEXEC: Final = ("/usr/libexec", "/usr/lib/x86_64-linux-gnu/libexec", "/usr/libexec/kf5")
"""Where the parts of a desktop lie that nobody starts by hand."""


SERVICES: Final = Path("/usr/share/dbus-1/services")
UNWANTED: Final = ("org.knopwob.dunst", "org.freedesktop.secrets", "org.gnome.keyring")
"""Another notification service, and a keyring, which would ask for a password."""
BUS: Final = """<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/{name}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
WATCHES: Final = 40
"""More inotify instances than any shell takes; 128 is what Linux gives a user in all."""
ROOM_SECONDS: Final = 300.0


class NotHere(Exception):
    """A part of this desktop is not installed."""


class Shown(NamedTuple):
    """A notification as it can be read on the screen."""

    title: str
    body: str
    buttons: tuple[str, ...]


class Shell:
    """A desktop's own programs, in a session that begins here; `folder` has a short path."""

    others: str
    """How the services of the other desktop begin, which this bus does not start."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.address = f"unix:path={folder}/bus"
        self.programs: list[Process] = []
        self._ends = ExitStack()
        self.variables = {
            **environ.inherited(own_home=True),
            **environ.of_home(self.home),
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/system-bus",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            **variables,
        }
        """The environment of programs, which the desktop's own parts add to."""

    def start(self) -> None:
        """Begin the session; a desktop starts its own parts after that."""
        wait_until(is_there_room, ROOM_SECONDS)
        services = self.folder / "services"
        services.mkdir()
        for file in SERVICES.glob("*.service"):
            if not file.name.startswith((*UNWANTED, self.others)):
                (services / file.name).symlink_to(file)
        for name, starts in (("system-bus", self.folder / "none"), ("bus", services)):
            configuration = self.folder / f"{name}.conf"
            configuration.write_text(BUS.format(folder=self.folder, name=name, services=starts))
            daemon = self.launch(
                *("dbus-daemon", "--nofork", "--print-address", f"--config-file={configuration}")
            )
            daemon.wait_for("unix:")
        self.bus = Bus(self.address)
        self._ends.callback(self.bus.close)
        self.notifications = Overheard(self.address)
        self._ends.callback(self.notifications.close)

    def close(self) -> None:
        """End everything."""
        try:
            self.end_programs()
        finally:
            self._ends.close()

    def launch(self, program: str, *arguments: str, **variables: str) -> Process:
        """Start a part of the desktop."""
        name = program.rpartition("/")[2]
        process = Process(
            [program, *arguments], {**self.variables, **variables}, log=self.folder / f"{name}.log"
        )
        self._ends.callback(process.kill)
        return process

    def run(self, argv: Sequence[str], variables: Mapping[str, str] | None = None) -> Process:
        """Start a program under test, with more environment variables."""
        log = self.folder / f"program-{len(self.programs)}.log"
        program = Process(argv, {**self.variables, **(variables or {})}, log=log)
        self.programs.append(program)
        return program

    def end_programs(self) -> None:
        """End what `run` started."""
        programs, self.programs = self.programs, []
        with ExitStack() as ends:
            for program in programs:
                ends.callback(program.terminate)

    def reset(self) -> None:
        """As at the start."""
        self.end_programs()
        self.look("light")
        self.notifications.forget()

    def look(self, scheme: Scheme) -> None:
        """Be light or dark from now on."""
        raise NotImplementedError

    def tell_activated(self) -> None:
        """Give what the bus starts from now on the environment of programs."""
        self.bus.call(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.UpdateActivationEnvironment",
            "a{ss}",
            self.variables,
        )

    def wait_for_name(self, name: str) -> None:
        """Return as soon as somebody has this name on the bus."""
        wait_until(lambda: self.bus.has(name))


def is_there_room() -> bool:
    """Whether other desktops leave what this one watches files with.

    Without, a part of it says nothing, and never reads a menu entry that was changed.
    """
    begin: Callable[[], int] = ctypes.CDLL(None).inotify_init
    opened = [begin() for _ in range(WATCHES)]
    for each in opened:
        if each >= 0:
            os.close(each)
    return min(opened) >= 0


def known(program: str, version: str) -> None:
    """See to it that the desktop is the one that this rig knows.

    Raises:
        NotHere: It is another one, or not installed.
    """
    argv = [part(program), "--version"]
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(argv, env=offscreen, capture_output=True, text=True, check=False).stdout
    if f" {version}." not in said:
        raise NotHere(f"{program} is not of version {version}, but {said.strip() or 'silent'}")


def part(name: str) -> str:
    """The path of a part of a desktop.

    Raises:
        NotHere: It is not installed.
    """
    for folder in ("/usr/bin", *LIBEXEC):
        if (path := Path(folder) / name).exists():
            return str(path)
    raise NotHere(f"{name} is not installed")
