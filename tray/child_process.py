"""Starts a process that is spoken to over pipes.

`subprocess` does so too, but it brings along 1 MB, names of languages mostly, which a tray would
hold for ever; so it is used on Windows only, which has nothing simpler.
"""

import os
import signal
import sys
from contextlib import ExitStack
from threading import Lock
from typing import IO, TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import subprocess

_NO_WINDOW: Final = 0x0800_0000
"""Windows would show a console for a process."""


class ChildProcess(Protocol):
    """A process, as `subprocess.Popen` has it; its errors go nowhere."""

    pid: int

    @property
    def stdin(self) -> IO[bytes] | None:
        """What it hears."""

    @property
    def stdout(self) -> IO[bytes] | None:
        """What it says."""

    def kill(self) -> None:
        """End it at once; from any thread, and also if it has ended."""

    def wait(self) -> int:
        """Wait until it has ended, and let go of its number."""


def start_child(argv: list[str]) -> ChildProcess:
    """Start it; whoever does has to `wait` for its end.

    Raises:
        OSError: It cannot be started.
    """
    return popen(argv) if sys.platform == "win32" else _Spawned(argv)


def popen(argv: list[str]) -> "subprocess.Popen[bytes]":
    """The same by `subprocess`, which can also give it much to read while it answers."""
    import subprocess

    return subprocess.Popen(  # noqa: S603  # our own program
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
    )


class _Spawned:
    """See `ChildProcess`."""

    def __init__(self, argv: list[str]) -> None:
        with ExitStack() as theirs, ExitStack() as if_it_fails:
            child_stdin, our_stdin = os.pipe()
            theirs.callback(os.close, child_stdin)
            self.stdin: IO[bytes] = if_it_fails.enter_context(open(our_stdin, "wb"))
            our_stdout, child_stdout = os.pipe()
            theirs.callback(os.close, child_stdout)
            self.stdout: IO[bytes] = if_it_fails.enter_context(open(our_stdout, "rb"))
            streams = [
                (os.POSIX_SPAWN_DUP2, child_stdin, 0),
                (os.POSIX_SPAWN_DUP2, child_stdout, 1),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ]
            self.pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=streams)
            if_it_fails.pop_all()
        self._guard = Lock()
        self._code: int | None = None

    def kill(self) -> None:
        with self._guard:  # or the number may be another's
            if self._code is None:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        if self._code is None:
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
            with self._guard:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code
