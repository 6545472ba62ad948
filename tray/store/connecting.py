"""What every connection to SQLite goes by: how long it waits, how it names a file, and its locks.

SQLite's locks belong to the process, and go when that closes any file descriptor of the database
(https://www.sqlite.org/howtocorrupt.html, 2.2). The next one to leave the database would then take
itself for the last, and delete the log that this one still writes to.
"""

import os
import sqlite3
import sys
from _thread import allocate_lock  # without “threading”, which a command need not load

from tray.lean_typing import Final

PATIENCE_MS: Final = 5_000
"""How long to wait for another process, which needs milliseconds."""

_in_use: Final[dict[int, tuple[int, int] | None]] = {}
"""The file of each connection that `connect` made."""
_in_use_lock: Final = allocate_lock()


def connect(path: str, *, immutable: bool) -> sqlite3.Connection:
    """A connection for `disconnect` to close.

    Raises:
        sqlite3.Error: the file cannot be opened.
    """
    with _in_use_lock:
        connection = sqlite3.connect(
            f"{uri_of(path)}?immutable=1" if immutable else path,
            timeout=PATIENCE_MS / 1000,
            isolation_level=None,  # else Python begins transactions when it sees fit
            cached_statements=256,
            uri=immutable,
        )
        _in_use[id(connection)] = identity(path)
    return connection


def disconnect(connection: sqlite3.Connection) -> None:
    """Release the file."""
    connection.close()
    with _in_use_lock:
        _in_use.pop(id(connection), None)


def first_bytes(path: str, count: int) -> bytes:
    """What the file of a database begins with; nothing while this process is connected to it.

    Raises:
        OSError: it cannot be read.
    """
    with _in_use_lock:
        if identity(path) in _in_use.values():
            return b""
        with open(path, "rb") as file:
            return file.read(count)


def identity(path: str) -> tuple[int, int] | None:
    """What tells the file at `path` from another that takes its name; None if there is none."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def uri_of(path: str) -> str:
    """The address of a file, as SQLite wants it to go with options."""
    if sys.platform == "win32":
        from pathlib import Path

        return Path(path).absolute().as_uri()
    # As `pathlib` has it, which would bring along much that a tray need not hold.
    whole = os.fsencode(path if os.path.isabs(path) else os.path.join(os.getcwd(), path))
    return "file://" + "".join(map(_in_address, whole))


def _in_address(byte: int) -> str:
    is_plain = byte < 128 and (chr(byte).isalnum() or chr(byte) in "/-._~")
    return chr(byte) if is_plain else f"%{byte:02X}"
