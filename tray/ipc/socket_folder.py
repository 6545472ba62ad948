"""Keeps a socket where no other user can reach it, and knows another user's for what it is."""

import os
import stat

from tray.errors import StorageError
from tray.language import tr
from tray.paths import make_private
from tray.sentences import reason


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
            tr(
                "The place for the socket, {path}, cannot be used ({reason}). Make its "
                "folder writable for you."
            ).format(path=path, reason=reason(error))
        ) from error


def _keep_to_ourselves(folder: str) -> None:
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise StorageError(
            tr("{folder} has to be a folder and is a link. Move it away.").format(folder=folder)
        )
    if status.st_uid != os.geteuid():
        raise StorageError(
            tr("The folder {folder} belongs to another user. Have it moved away.").format(
                folder=folder
            )
        )
    if stat.S_IMODE(status.st_mode) != 0o700:
        os.chmod(folder, 0o700)


def _remove_socket(path: str) -> None:
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        raise StorageError(
            tr("{path} is where the socket has to be and is none. Move it away.").format(path=path)
        )
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
