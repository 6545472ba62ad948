"""Decides, before anything else is built, whether this process is the first instance."""

from tray.ipc import client, lock
from tray.ipc.lock import Lock
from tray.ipc.protocol import Message, Reply
from tray.paths import Paths


def become_first(paths: Paths, message: Message) -> Lock | Reply:
    """Become the first instance, or else give it the message.

    Of several that start at once, one gets the lock; the others wait until it listens. One that
    leaves in the meantime is succeeded.

    Raises:
        StorageError: the lock file cannot be used.
    """
    while (mine := lock.acquire(paths.lock)) is None:
        reply = client.send(paths, message)
        if reply is not None:
            return reply
    return mine
