"""Has the store note what hooks are for, and starts the process that tells them."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from tray import program
from tray.errors import StorageError
from tray.hooks import hook_files
from tray.hooks.hook_files import HOOK_VARIABLE
from tray.ipc import lock
from tray.paths import Paths
from tray.settings import Settings
from tray.store import hook_events
from tray.store.database import Database

_NO_WINDOW: Final = 0x0800_0000
_DETACHED: Final = 0x0000_0008


def watch(db: Database, places: Paths, chosen: Settings) -> None:
    """Have what hooks are for be noted from now on; it costs nothing where there are none."""
    found = hook_files.find(places.hooks) if chosen.run_hooks else []
    wanted = frozenset(each.event for each in found)
    with suppress(StorageError):  # one that cannot be written has no changes either
        if wanted != hook_events.watched(db):
            hook_events.watch(db, wanted)


def name_writer(db: Database, environ: Mapping[str, str], *, tells: bool) -> None:
    """Have the journal know a command that a hook has run, and no hook be told of that."""
    if hook := environ.get(HOOK_VARIABLE):
        db.writer, db.origin = f"hook {hook}", hook_events.HOOK
    elif not tells:
        db.origin = hook_events.SILENT


def start_unless_tray(places: Paths) -> None:
    """Have a process of its own tell what waits; the tray does that by itself."""
    if lock.holder(places.lock) is None:
        _start()


def _start() -> None:
    command = program.hooks_command()
    with suppress(OSError):  # the next one that changes something does it
        if sys.platform == "win32":
            _start_on_windows(command)
        else:
            nowhere = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in range(3)]
            os.posix_spawn(command[0], command, os.environ, file_actions=nowhere, setsid=True)


def _start_on_windows(command: list[str]) -> None:
    import subprocess

    process = subprocess.Popen(command, creationflags=_DETACHED)  # noqa: S603  # our own program
    process.returncode = 0  # or Python complains that nobody has waited for it


def run() -> None:
    """Have a process of its own tell what waits, and wait for its end."""
    import subprocess

    with suppress(OSError):
        subprocess.run(  # noqa: S603  # our own program
            program.hooks_command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
