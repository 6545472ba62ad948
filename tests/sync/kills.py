"""A program that tracks and exchanges with a server, and is killed over and over.

``python -m tests.sync.kills FOLDER URL TOKEN KILLS`` prints a `Report` as JSON. It is a program of
its own because it forks: the tests, and the server in them, have threads.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from tray.api.address import read_address
from tray.api.connect import connect
from tray.api.secret import token_secret
from tray.errors import UserError
from tray.store import entries, outbox, undoing
from tray.store.database import Database
from tray.store.opening import open_database
from tray.sync.engine import Engine
from tray.sync.sign_in import linking
from tray.sync.sign_in.identity import ServerLocation
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

LONGEST_LIFE_S: Final = 0.12
_BEGINS: Final = 30
"""How often the program is started in the end: each time it may send some changes at once."""


class Report(NamedTuple):
    """What became of all kills."""

    kills: int
    waiting: int
    """Changes of which a kill left more than one state behind: they were being sent."""
    made: list[str]
    """Descriptions of entries whose making was told to be done."""
    perhaps_gone: list[str]
    """Those that were to be deleted, or to be taken back."""
    here: list[tuple[str, int, int | None]]
    pending: int
    refused: int


class Program:
    """What is killed: a tracker with an account.

    Args:
        path: Of the database.
        url: Of the server.
        token: For it.
    """

    def __init__(self, path: str, url: str, token: str) -> None:
        self.path = path
        self.address = read_address(url)
        self.secret = token_secret(token, self.address.auth)
        self.url = url

    def connection(self, *seen: Any) -> Any:
        return connect(self.address, self.secret, on_response=seen[0] if seen else lambda _: None)

    def sign_in(self) -> None:
        now = int(time.time())
        with open_database(self.path) as db:
            me = self.connection().me()
            linking.sign_in(db, me, ServerLocation(self.url, "basic"), choice="upload", now=now)

    def live(self, seed: str, tell: int) -> None:
        """Work and exchange, and tell what was done, until killed."""
        chance = random.Random(seed)
        db = open_database(self.path)
        engine = self.engine(db)
        for number in range(10_000):
            act(db, chance, f"{seed}.{number}", tell)
            for _ in range(chance.randrange(4)):
                if engine.turn() == 0:
                    os.write(tell, b"=\n")

    def engine(self, db: Database) -> Engine:
        return Engine(db, self.connection, clock=lambda: int(time.time()))

    def recover(self) -> int:
        """Start once more, and exchange what can be at once; how much is left."""
        with open_database(self.path) as db:
            engine = self.engine(db)
            for _ in range(40):
                if engine.turn() != 0:
                    break
            engine.close()
            return outbox.count(db).pending


def act(db: Database, chance: random.Random, name: str, tell: int) -> None:
    """Do a verb, and tell it."""
    now = int(time.time())
    ids = [entry.id for entry in entries.everything(db)]
    match chance.randrange(8):
        case 0 | 1 | 2:
            timer.start(db, Draft(name, tags=("tag",) * chance.randrange(2)), now=now)
            os.write(tell, f"+{name}\n".encode())
        case 3:
            start = now - 1000 - chance.randrange(80_000)
            verbs.add(db, Draft(name), start=start, stop=start + 60, now=now)
            os.write(tell, f"+{name}\n".encode())
        case 4:
            with suppress(UserError):
                timer.stop(db, now=now)
        case 5 if ids:
            some = entries.get(db, chance.choice(ids))
            verbs.edit(db, [some.id], {"tags": ["tag", name]}, now=now)
        case 6 if ids:
            some = entries.get(db, chance.choice(ids))
            os.write(tell, f"-{some.description}\n".encode())
            verbs.delete(db, [some.id], now=now)
        case 7 if ids and not chance.randrange(3):
            step = undoing.undoable(db)
            os.write(tell, f"-{step.subject if step else ''}\n".encode())
            with suppress(UserError):
                undo.undo(db)


def kill_one(program: Program, seed: str, *, life_s: float) -> list[str]:
    """Have a program live for some time; what it told."""
    hear, tell = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            program.live(seed, tell)
        os._exit(1)
    os.close(tell)
    time.sleep(life_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it ended by itself"
    with open(hear, encoding="utf-8") as told:
        return told.read().splitlines()


def run(folder: str, url: str, token: str, *, kills: int) -> Report:
    """Kill that many programs that work on one database, and exchange the rest."""
    chance = random.Random(kills)
    program = Program(str(Path(folder, "toggl-tray.db")), url, token)
    program.sign_in()
    told: list[str] = []
    waiting = 0
    for number in range(kills):
        # On a busy machine they get little done in that time: then they live for longer.
        longest_s = LONGEST_LIFE_S * min(20, max(1, 3 * number // (told.count("=") + 1)))
        told += kill_one(program, f"{number}", life_s=chance.uniform(0.01, longest_s))
        with open_database(program.path) as db:
            waiting += bool(outbox.items(db, "sending"))
    for _ in range(_BEGINS + 2 * kills):
        if not program.recover():
            break
        time.sleep(0.02)
    with open_database(program.path) as db:
        left = outbox.count(db)
        here = [(each.description, each.start, each.stop) for each in entries.everything(db)]
        assert db.rows("PRAGMA integrity_check") == [("ok",)]
    made = [line[1:] for line in told if line[0] == "+"]
    gone = [line[1:] for line in told if line[0] == "-"]
    return Report(kills, waiting, made, gone, sorted(here, key=repr), *left)


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:4], kills=int(sys.argv[4]))._asdict()))
