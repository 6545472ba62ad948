"""A program that changes a database, is killed over and over, and judges what each kill left.

``python -m tests.store.storm FOLDER KILLS`` prints a `Report` as JSON. It is a program of its own
because it forks: the tests may run in a process with threads.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tests.benchmarks.data import COUNTED, DONE
from tray.errors import UserError
from tray.store import backup
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, favourites, timer, undo
from tray.tracker.resolve import Draft

NOW: Final = 1_795_000_000
KILLS_PER_DATABASE: Final = 40
MOST_VERBS: Final = 10
LONGEST_BIRTH_S: Final = 0.01
"""Until a first verb was done, kills come so early that they hit the making of the database."""
LONGEST_VERB_S: Final = 0.005

Contents = dict[str, list[tuple[object, ...]]]
"""The rows of every table."""


class Report(NamedTuple):
    """What became of all kills."""

    kills: int
    acknowledged: int
    """Verbs whose end the killed process could still tell."""
    one_more: int
    """Kills after which one more verb was on disk, whose end it could not tell any more."""
    before_any: int
    """Kills before the first verb had ended: while opening, mostly."""


def act(db: Database, number: int, seed: str) -> None:
    """Do the verb of this number, the same for the same seed and contents; it may be refused."""
    chance = random.Random(f"{seed} {number}")
    now = NOW + number * 60
    ids = [row_id for (row_id,) in db.rows("SELECT id FROM entry ORDER BY id")] or [0]
    some = chance.choice(ids)
    projects = [row_id for (row_id,) in db.rows("SELECT id FROM project ORDER BY id")] or [0]
    pins = [row_id for (row_id,) in db.rows("SELECT id FROM favourite ORDER BY id")] or [0]
    words = f"work {chance.randrange(30)}"
    draft = Draft(
        words, f"project {chance.randrange(9)}", tags=("one", words[-1]), create_missing=True
    )
    start = now - chance.randrange(86_400)
    verbs: list[Callable[[], object]] = [
        *[lambda: timer.start(db, draft, now=now, trim=chance.random() < 0.3)] * 3,
        *[lambda: timer.start(db, draft, now=now, at=now - 30)] * 2,
        lambda: timer.stop(db, now=now),
        lambda: timer.resume(db, some, now=now),
        lambda: timer.toggle(db, now=now),
        lambda: entries.add(db, draft, start=start, stop=start + 600, now=now),
        lambda: entries.edit(db, [some], {"description": words, "tags": ["two"]}, now=now),
        lambda: entries.edit(db, [some], {"start": start, "project": None}, now=now),
        lambda: entries.split(db, some, start, now=now),
        lambda: entries.merge(db, ids[-2:], now=now),
        lambda: entries.duplicate(db, some, now=now),
        lambda: entries.delete(db, chance.sample(ids, min(3, len(ids))), now=now),
        lambda: favourites.pin(db, draft, now=now),
        lambda: favourites.unpin(db, chance.choice(pins), now=now),
        lambda: favourites.move(db, chance.choice(pins), 1, now=now),
        lambda: catalogue.create_client(db, words, now=now),
        lambda: catalogue.rename(db, "project", chance.choice(projects), words, now=now),
        lambda: catalogue.archive(db, "project", chance.choice(projects), now=now),
        *[lambda: undo.undo(db)] * 3,
        *[lambda: undo.redo(db)] * 2,
    ]
    with suppress(UserError):
        chance.choice(verbs)()


def live(path: str, number: int, seed: str, *, tell: int) -> None:
    """Do one verb after the other and tell the end of each, until killed."""
    db = open_database(path)
    while True:
        act(db, number, seed)
        os.write(tell, b".")
        number += 1
        if number % 40 == 0:  # the last to close moves the log into the database
            db.close()
            db = open_database(path)
        if number % 90 == 0:
            backup.daily(db, NOW + number * 86_400)


def kill_one(path: str, number: int, seed: str, *, verbs: int, then_s: float) -> int:
    """Have a process live for so many verbs and some time; how many it told to be done."""
    hear, tell = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            live(path, number, seed, tell=tell)
        os._exit(1)
    os.close(tell)
    with open(hear, "rb") as told:
        heard = told.read(verbs)
        time.sleep(then_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "it ended by itself"
        return len(heard + told.read())


def contents(db: Database) -> Contents:
    """Everything in the database: entries, steps, what is derived, the highest ids.

    But for the moments that the database itself takes from the clock.
    """
    tables = db.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    found = {table: db.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for (table,) in tables}
    changed = "SELECT entry_id, deleted FROM entry_change ORDER BY 1"
    return {**found, "entry_change": db.rows(changed)}


def check(db: Database) -> None:
    """Raise if the database contradicts itself."""
    assert db.rows("PRAGMA integrity_check") == [("ok",)]
    assert db.rows("PRAGMA foreign_key_check") == []
    assert sorted(db.rows(f"SELECT {DONE} FROM past_activity"), key=repr) == sorted(
        db.rows(COUNTED), key=repr
    )


def storm(folder: str, kills: int, seed: str) -> Report:
    """Kill that many processes that work on one database, and look at it after each.

    Raises:
        AssertionError: a verb that was told is lost, or half of one is there.
    """
    chance = random.Random(seed)
    path = str(Path(folder, seed, "toggl-tray.db"))
    total, one_more, before_any = 0, 0, 0
    with open_database(str(Path(folder, seed, "replayed", "toggl-tray.db"))) as replayed:
        replayed.run("PRAGMA synchronous = OFF")
        reached = 0
        for _ in range(kills):
            verbs = chance.randint(0, MOST_VERBS) if reached else 0
            then_s = chance.uniform(0, LONGEST_VERB_S if reached else LONGEST_BIRTH_S)
            told = kill_one(path, reached, seed, verbs=verbs, then_s=then_s)
            for number in range(reached, reached + told):
                act(replayed, number, seed)
            reached += told
            with open_database(path) as left:
                check(left)
                if contents(left) != contents(replayed):
                    act(replayed, reached, seed)
                    reached += 1
                    one_more += 1
                assert contents(left) == contents(replayed), f"seed {seed}, verb {reached}"
            total += told
            before_any += told == 0
    return Report(kills, total, one_more, before_any)


def run(folder: str, kills: int) -> Report:
    """Spread the kills over several databases."""
    reports: list[Report] = []
    while kills > 0:
        reports.append(storm(folder, min(kills, KILLS_PER_DATABASE), f"{len(reports)}"))
        kills -= KILLS_PER_DATABASE
    return Report(*map(sum, zip(*reports, strict=True)))


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]))._asdict()))
