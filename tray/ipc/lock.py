"""The lock file: who has it locked is the first instance, and says in it where it listens.

The lock is the kernel's, and goes with its process however that ends: nothing has to be judged
stale. (QLockFile does judge, by the process number and the program's name. After kill -9 it takes
another Python program that got the number for the holder, which is the rule in a container.) The
file itself stays: to delete it would let two processes lock two files of the same name.

It holds one line of JSON, ``{"v":1,"pid":4711,"address":"/run/user/1000/…"}``, with an empty
address while the holder does not listen yet.
"""

import errno
import json
import os
import sys
import time
from contextlib import suppress

from tray.errors import ReadOnly, StorageError
from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.paths import make_private
from tray.sentences import reason

_FLAGS: Final = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FAR: Final = 1 << 20
"""On Windows nobody else can read a locked byte, so the locked one lies far behind the text."""
_MOST_BYTES: Final = 4_096
PAUSE_SECONDS: Final = 0.02
"""Between two looks at a lock that somebody has."""


class Holder(NamedTuple):
    """The process that has the lock."""

    pid: int
    """0 in the instant before it has said so."""
    address: str
    """Of its socket, or pipe; empty while it does not listen."""


class Lock:
    """The lock, held until it is released or the process ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def announce(self, address: str) -> None:
        """Say where the holder listens.

        Raises:
            OSError: it cannot be written.
        """
        line = {"v": 1, "pid": os.getpid(), "address": address}
        text = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text)  # in one piece, and only then what is left of the last
        os.ftruncate(self._descriptor, len(text))

    def release(self) -> None:
        """Let others have it."""
        os.close(self._descriptor)


def acquire(path: str) -> Lock | None:
    """Lock the file at `path`; None if another process has.

    Raises:
        StorageError: it cannot be made or locked.
    """
    descriptor = _opened(path)
    try:
        is_first = _locked(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise StorageError(
            tr(
                "The file {path} cannot be locked ({reason}). Its folder has to be on "
                "a file system that has locks."
            ).format(path=path, reason=reason(error)),
            elsewhere=True,
        ) from error
    if not is_first:
        os.close(descriptor)
        return None
    if not _is_at(path, descriptor):  # its profile was renamed or removed in this moment
        os.close(descriptor)
        return acquire(path)
    lock = Lock(descriptor)
    with suppress(OSError):  # a full disk: then others cannot reach us, but know that we are here
        lock.announce("")
    return lock


def _opened(path: str) -> int:
    make_private(os.path.dirname(path))
    try:
        return os.open(path, _FLAGS | os.O_CREAT, 0o600)
    except OSError as error:
        raise ReadOnly(
            tr(
                "The file {path} cannot be opened ({reason}). Make it and its folder "
                "writable for you."
            ).format(path=path, reason=reason(error)),
            elsewhere=True,
        ) from error


def _is_at(path: str, descriptor: int) -> bool:
    """Whether an open file is still the one of that name; on Windows it stays so."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def holder(path: str) -> Holder | None:
    """Who has locked the file at `path`; None if nobody has."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return None
    try:
        if _locked(descriptor):
            return None
        os.lseek(descriptor, 0, os.SEEK_SET)
        return _read(os.read(descriptor, _MOST_BYTES))
    except OSError:
        return None
    finally:
        os.close(descriptor)


def wait_until_released(path: str, *, timeout_seconds: float) -> bool:
    """Whether who has the lock now gives it up in that time, be it to another."""
    deadline = time.monotonic() + timeout_seconds
    leaving = now = holder(path)
    while leaving and now and now.pid == leaving.pid:
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE_SECONDS)
        now = holder(path)
    return True


def _read(text: bytes) -> Holder:
    try:
        line = json.loads(text.partition(b"\n")[0])
        return Holder(int(line["pid"]), str(line["address"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Holder(0, "")


def _locked(descriptor: int) -> bool:
    """Lock an open file; whether that worked. Closing it unlocks it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:  # EACCES, says its documentation; Wine leaves what was there
            if error.errno in (errno.EBADF, errno.EINVAL):
                raise
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
