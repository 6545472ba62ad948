"""A program in a terminal of its own: types what a person would, and sees what they would see."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final, Self

import pytest

PATIENCE_SECONDS: Final = 30
_CODES: Final = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|[()>=].?)|[\r\a\x0f]")
"""What moves the cursor or sets a colour, as far as these programs send it."""


class Terminal:
    """Runs `command`; a context manager, at whose end it is no more."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        if sys.platform != "linux":
            pytest.skip("only Linux has setsid")
        import pty  # which Windows does not have

        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            ["setsid", "--ctty", *command], stdin=theirs, stdout=theirs, stderr=theirs, env=environ
        )
        os.close(theirs)
        self.raw = ""
        """All that the program has sent since the last `types`."""

    def types(self, text: str) -> None:
        """Type it; Enter is ``\\n``, Ctrl-C ``\\x03``, Ctrl-D ``\\x04``."""
        self.raw = ""
        os.write(self._ours, text.encode())

    def shows(self, text: str) -> str:
        """Wait until `text` has been shown since the last `types`; return all that has."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in self.text:
            assert self._reads(deadline - time.monotonic()), f"{text!r} is not in {self.text!r}"
        return self.text

    def ends(self) -> int:
        """Wait for the end; the exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._reads(deadline - time.monotonic()):
            pass
        return self._process.wait(PATIENCE_SECONDS)

    @property
    def text(self) -> str:
        """What was shown since the last `types`, colours aside."""
        return _CODES.sub("", self.raw)

    def _reads(self, seconds: float) -> bool:
        """Whether something came in time."""
        if not select.select([self._ours], [], [], max(0, seconds))[0]:
            return False
        try:
            came = os.read(self._ours, 65_536)
        except OSError:  # the other side has left
            return False
        self.raw += came.decode(errors="replace")
        return bool(came)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._ours)
