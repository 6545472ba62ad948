"""A tray without a tray: becomes the first instance and writes down what it hears, or says that
another is. It refuses to toggle, leaves when told to quit, and shows each command as a line."""

import os
import sys

from tray.errors import Refused
from tray.ipc.first import become_first
from tray.ipc.lock import Lock
from tray.ipc.protocol import Command, Message, Reply
from tray.paths import find


def main() -> int:
    paths = find(os.environ)
    mine = become_first(paths, Message(Command.QUICK, sys.argv[1]))
    if isinstance(mine, Reply):
        print("second", mine.error, flush=True)
        return int(not mine.ok)
    return be_first(mine, paths.socket)


def be_first(lock: Lock, socket: str) -> int:
    from PySide6.QtCore import QCoreApplication, QObject, Slot

    from tray.ipc.server import InstanceServer

    class Ear(QObject):
        @Slot(object)
        def hear(self, message: Message) -> None:
            print(message.command, message.activation, flush=True)
            if message.command is Command.QUIT:
                QCoreApplication.quit()

    def answer(message: Message) -> Reply:
        if message.command is Command.TOGGLE:
            raise Refused("There is nothing to continue.")
        return Reply(True)

    app = QCoreApplication([])
    ear = Ear()
    server = InstanceServer(lock, socket, answer=answer)
    server.received.connect(ear.hear)
    server.listen()
    print("first", flush=True)
    code = app.exec()
    server.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
