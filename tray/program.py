"""How this very copy of the program is started again, from a checkout, a wheel or a package."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from tray.launch_options import AT_LOGIN, PROFILE
from tray.paths import APP, HOME_VARIABLE, PROFILE_VARIABLE, find_default
from tray.profile_names import DEFAULT, listed

if TYPE_CHECKING:
    import subprocess

    from tray.child_process import ChildProcess

PROBE: Final = "--probe"
"""What has the program look at the desktop and end, for ``doctor``."""
ASK_KEYRING: Final = "--ask-keyring"
"""What has the program ask the keyring something for the one that started it."""
READ_CALENDAR: Final = "--read-calendar"
"""What has the program read a calendar and end."""

RUN_HOOKS: Final = "--run-hooks"
"""What has the program tell hooks what waits to be told, and end."""

SEND_REQUESTS: Final = "--send-requests"
"""What has the program send requests to a server for the one that started it."""

SERVE: Final = "--serve"
"""What has the program serve the local API until it is told to end."""


def tray_command(environ: Mapping[str, str]) -> list[str]:
    """What starts the tray with the data that this process uses, without a console window.

    It is of no profile in particular: the menu, links and hotkeys open what was switched to last.
    """
    home = environ.get(HOME_VARIABLE)
    folder = ["--home", os.path.abspath(os.path.expanduser(home))] if home else []
    return [*_launcher(environ), *folder]


def command(*words: str) -> list[str]:
    """What runs a command, or does what one of the words above says."""
    return [sys.executable, *([] if is_frozen() else ["-m", "tray"]), *words]


def profile_command(environ: Mapping[str, str], profile: str) -> list[str]:
    """What starts the tray of a profile, and so switches to it."""
    return [*tray_command(environ), PROFILE, profile]


def autostart_command(environ: Mapping[str, str]) -> list[str]:
    """What starts the tray of the profile that this process is about at every login."""
    profile = environ.get(PROFILE_VARIABLE) or DEFAULT
    if profile == DEFAULT and not listed(find_default(environ).profiles_folder):
        return tray_command(environ)
    return [*profile_command(environ, profile), AT_LOGIN]


def probe_command() -> list[str]:
    """What looks at the desktop, its output in a pipe."""
    return command(PROBE)


def calendar_reader_command() -> list[str]:
    """What reads a calendar from its input, in a process that can be stopped."""
    return command(READ_CALENDAR)


@contextmanager
def calendar_reader() -> "Iterator[subprocess.Popen[bytes]]":
    """The process of that, with pipes to both its ends, which ends with this block."""
    from tray.child_process import popen

    process = popen(calendar_reader_command())
    try:
        yield process
    finally:
        end(process)


def request_sender() -> "ChildProcess":
    """What sends requests for us, with pipes to both its ends; for `end` to end.

    Raises:
        OSError: It cannot be started.
    """
    from tray.child_process import start_child

    return start_child(command(SEND_REQUESTS))


@contextmanager
def keyring_asker() -> "Iterator[ChildProcess]":
    """What asks the keyring for us, with pipes to both its ends, which ends with this block.

    Raises:
        OSError: It cannot be started.
    """
    from tray.child_process import start_child

    process = start_child(command(ASK_KEYRING))
    try:
        yield process
    finally:
        end(process)


def end(process: "ChildProcess") -> None:
    """Have a process of ours end at once, and wait for that."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what it has not read
                pipe.close()
    process.wait()


def serve_command(*options: str) -> list[str]:
    """What serves the local API, with the data that this process uses."""
    return command(SERVE, *options)


def hooks_command() -> list[str]:
    """What tells hooks what happened, with the data that this process uses."""
    return command(RUN_HOOKS)


def is_frozen() -> bool:
    """Whether Python and all libraries are part of the program."""
    return bool(getattr(sys, "frozen", False))


def _launcher(environ: Mapping[str, str]) -> list[str]:
    image = environ.get("APPIMAGE", "")
    if is_frozen() and os.path.isabs(image):
        return [image]  # what it holds is mounted elsewhere each time
    name = f"{APP}w.exe" if sys.platform == "win32" else APP
    script = os.path.join(os.path.dirname(sys.executable), name)
    return [script] if os.path.exists(script) else [sys.executable, "-m", "tray"]
