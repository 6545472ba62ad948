from threading import Timer

from tray.ipc.first import become_first
from tray.ipc.lock import Lock, acquire
from tray.ipc.protocol import Command, Message
from tray.paths import Paths

SHOW = Message(Command.SHOW)


def test_alone_one_is_first(paths: Paths) -> None:
    first = become_first(paths, SHOW)
    assert isinstance(first, Lock)
    first.release()


def test_one_that_leaves_is_succeeded(paths: Paths) -> None:
    leaver = acquire(paths.lock)
    assert leaver
    leaving = Timer(0.2, leaver.release)
    leaving.start()
    first = become_first(paths, SHOW)
    leaving.join()
    assert isinstance(first, Lock)
    first.release()
