"""Keeps a socket where no other user can reach it, and knows another user's for what it is."""

import os
import stat

from tray.errors import StorageError
from tray.paths import make_private


def prepare(path: str) -> None:
    """Make the folder of a socket private, and remove what a killed process left in its place.

    Only for who holds the lock: nobody else can be listening there.

    Raises:
        StorageError: the place belongs to another user, or is not what it should be.
    """
    folder = os.path.dirname(path)
    make_private(folder)
    try:
        _keep_to_ourselves(folder)
        if os.path.lexists(path):
            _remove_socket(path)
    except OSError as error:
        raise StorageError(
            f"The place for the socket, {path}, cannot be used ({error.strerror}). "
            "Make its folder writable for you."
        ) from error


def _keep_to_ourselves(folder: str) -> None:
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise StorageError(f"{folder} has to be a folder and is a link. Move it away.")
    if status.st_uid != os.geteuid():
        raise StorageError(f"The folder {folder} belongs to another user. Have it moved away.")
    if stat.S_IMODE(status.st_mode) != 0o700:
        os.chmod(folder, 0o700)


def _remove_socket(path: str) -> None:
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        raise StorageError(f"{path} is where the socket has to be and is none. Move it away.")
    os.unlink(path)


def is_ours(path: str) -> bool:
    """Whether a socket, not a link to one, is there and belongs to our user.

    Raises:
        FileNotFoundError: there is nothing.
    """
    try:
        status = os.lstat(path)
    except PermissionError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_uid == os.geteuid()
