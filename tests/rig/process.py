"""Starts a process with a log and ends exactly it and what it started."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.rig.waiting import PATIENCE_SECONDS, wait_until

GRACE_SECONDS: Final = 5.0
"""For leaving after SIGTERM."""


class Process:
    """A running command in a process group of its own, which ends when this process dies.

    Args:
        argv: The command.
        environ: All of its environment.
        log: Where what it prints goes.

    Raises:
        FileNotFoundError: The command is not installed.
    """

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], *, log: Path) -> None:
        if not shutil.which(argv[0], path=environ.get("PATH")):
            raise FileNotFoundError(f"{argv[0]} is not installed.")
        self.argv: Final = tuple(argv)
        self._log = log
        with log.open("wb") as written:
            self._popen = subprocess.Popen(
                [*_dies_with_us(), *argv],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid: Final = self._popen.pid

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative is the number of the signal that ended it."""
        if self._popen.returncode is not None:
            return self._popen.returncode
        # Not waited for, it keeps its number and its group's from others, until `_end`.
        ended = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        if ended is None:
            return None
        return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.exit_code is None

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first match of a regular expression in what it prints, as soon as there is one.

        Raises:
            AssertionError: It ended without.
        """

        def found() -> re.Match[str] | None:
            gone = not self.running
            match = re.search(pattern, self.output, re.MULTILINE)
            assert match or not gone, f"It ended without saying {pattern!r}, but:\n{self.output}"
            return match

        return wait_until(found)

    def wait(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Its exit code, as soon as it has ended by itself."""
        wait_until(lambda: not self.running, seconds)
        code = self.exit_code
        assert code is not None
        return code

    def terminate(self) -> int:
        """Ask it to leave, as a session does at its end, and return its exit code.

        Raises:
            TimeoutError: It did not; it has been killed.
        """
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        if self._popen.returncode is None:
            os.kill(self.pid, how)
            try:
                wait_until(lambda: not self.running, GRACE_SECONDS)
            finally:
                os.killpg(self.pid, signal.SIGKILL)
                self._popen.wait()
        return self._popen.returncode


def _dies_with_us() -> Sequence[str]:
    """What to write before a command so that it cannot outlive a worker that crashed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []
