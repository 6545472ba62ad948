"""The ground of a desktop: its folder, its D-Bus session and its X server."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.rig import environ
from tests.rig.process import Process

CONFIGURATION: Final = Path(__file__).with_name("configuration")
XFCONF: Final = Path("/usr/share/dbus-1/services/org.xfce.Xfconf.service")
"""What xfce4-panel reads its settings through; the only thing the bus starts by itself."""


class Session:
    """Where programs are launched into; see `open_session`."""

    def __init__(self, folder: Path, ends: ExitStack) -> None:
        self.folder = folder
        self._ends = ends
        self.address = f"unix:path={folder}/bus"
        self.display = ""

    def start(self, size: tuple[int, int]) -> None:
        """Return as soon as the bus and the X server take connections."""
        _configure(self.folder)
        bus = self.launch(
            "bus",
            *("dbus-daemon", f"--config-file={self.folder}/session.conf"),
            *("--nofork", "--nopidfile", "--print-address"),
        )
        server = self.launch(
            "Xvfb",
            *("Xvfb", "-displayfd", "1", "-screen", "0", f"{size[0]}x{size[1]}x24"),
            *("-nolisten", "tcp", "-noreset"),
        )
        self._ends.callback(server.terminate)  # when killed, it leaves its lock file
        self.display = ":" + server.wait_for(r"^(\d+)\n")[1]
        bus.wait_for("unix:")

    def launch(self, name: str, *argv: str) -> Process:
        """Start a part of the desktop, with a log of this name."""
        variables = {
            **environ.inherited(own_home=True),
            **environ.of_desktop(self.folder, address=self.address, display=self.display),
            **environ.of_home(self.folder / "home"),
        }
        process = Process(argv, variables, log=self.folder / f"{name}.log")
        self._ends.callback(process.kill)
        return process


@contextmanager
def open_session(size: tuple[int, int]) -> Iterator[Session]:
    """A session with a screen of this many pixels, and a temporary folder.

    Raises:
        FileNotFoundError: A program that this takes is not installed.
    """
    # Not in TMPDIR: the path of a socket may have 107 bytes.
    with (
        TemporaryDirectory(prefix="rig-", dir="/tmp", ignore_cleanup_errors=True) as folder,
        ExitStack() as ends,
    ):
        session = Session(Path(folder), ends)
        session.start(size)
        yield session


def _configure(folder: Path) -> None:
    """Copy what the parts of the desktop read; ``@FOLDER@`` in it is `folder`."""
    shutil.copytree(CONFIGURATION, folder, dirs_exist_ok=True)
    for file in (path for path in folder.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("@FOLDER@", str(folder)), encoding="utf-8")
    services = folder / "services"
    services.mkdir()
    if XFCONF.exists():
        shutil.copy(XFCONF, services)
