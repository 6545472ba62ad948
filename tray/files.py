"""Reads a file only if it is one and not too large, and replaces it whole or not at all."""

import errno
import os
import stat
import sys

from tray.language import tr
from tray.lean_typing import Final

_REPLACE_ATTEMPTS: Final = 20
_REPLACE_WAIT_SECONDS: Final = 0.05


def read_regular(path: str, *, max_bytes: int) -> bytes:
    """All of a regular file. A pipe, a device or a folder is refused without waiting for it.

    Raises:
        OSError: it cannot be read, is no regular file, or is longer; ``strerror`` says which.
    """
    with open(path, "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, tr("it is a pipe or a device, not a file"))
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        size = (
            tr("{number} MB").format(number=max_bytes >> 20)
            if max_bytes >> 20
            else tr("{number} KB").format(number=max_bytes >> 10)
        )
        raise OSError(errno.EFBIG, tr("it is larger than {size}").format(size=size))
    return data


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting until somebody writes to a pipe; Windows has none by name of a file."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def replace_whole(path: str, data: bytes) -> None:
    """Give the file other contents, with the permissions it has; only its owner may read a new one.

    Raises:
        OSError: it cannot be written; it is as it was.
    """
    import tempfile

    path = os.path.realpath(path)  # a link stays one
    folder, name = os.path.split(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(".part", f"{name}.", folder)  # with mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(unfinished, stat.S_IMODE(os.stat(path).st_mode))
        replace(unfinished, path)
    except BaseException:
        os.remove(unfinished)
        raise
    _sync_folder(folder)


def replace(source: str, target: str) -> None:
    """As `os.replace`; on Windows that fails while another program has `target` open.

    Raises:
        OSError: it cannot be replaced, or another program does not let go of it.
    """
    import time

    for _ in range(_REPLACE_ATTEMPTS if sys.platform == "win32" else 0):
        try:
            os.replace(source, target)
        except PermissionError:
            time.sleep(_REPLACE_WAIT_SECONDS)
        else:
            return
    try:
        os.replace(source, target)
    except PermissionError as error:
        if sys.platform == "win32" and os.path.exists(target):
            raise PermissionError(
                error.errno, tr("another program has it open; close it there"), target
            ) from error
        raise


def _sync_folder(folder: str) -> None:
    """See that the new name survives a power cut, where a folder can be opened for that."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
