"""Keeps output that nobody can take (a closed, full or broken stream) from becoming a traceback."""

import io
import os
import sys
from contextlib import suppress


def prepare() -> None:
    """Have all three streams there, whatever the shell passed on, and able to take any text."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, as with `>&-`
            mode = "r" if name == "stdin" else "w"
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(nowhere, mode, closefd=False))  # noqa: SIM115  # for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show “ is no error


def tell(sentence: str) -> None:
    """Say something beside the command's result, after what has been printed so far."""
    show_result()
    with suppress(OSError):  # with nobody to tell, there is still the exit code
        print(f"toggl-tray: {sentence}", file=sys.stderr)


def show_result() -> None:
    """Let the user see now what has been printed; if that fails, `main` is the one to notice."""
    with suppress(OSError):
        sys.stdout.flush()


def release() -> None:
    """Drop what could not be written, lest Python try once more on its way out, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
