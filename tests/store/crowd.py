"""A program that has ten processes change one database at once, and says what each was told.

``python -m tests.store.crowd PATH`` prints a `Report` as JSON. It is a program of its own because
it forks: the tests may run in a process with threads.
"""

import json
import os
import sys
from typing import Final, NamedTuple

from tests.store.storm import NOW, check
from tray.errors import UserError
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import entries, favourites, timer
from tray.tracker.resolve import Draft

PROCESSES: Final = 10
VERBS: Final = 50


class Report(NamedTuple):
    """What the processes were told, and what is there in the end."""

    told: list[str]
    """The descriptions of entries that a process was told are there."""
    errors: list[str]
    """What else they were told."""
    there: list[str]
    """The descriptions in the database."""
    most_running: int
    """The most entries that any process saw running at once."""


def one(path: str, member: int) -> tuple[list[str], list[str], int]:
    """Open the database and do 50 verbs; what was told, what went wrong, the most running."""
    told, errors, most = [], [], 0
    try:
        with open_database(path) as db:
            for number in range(VERBS):
                name, now = f"{member} {number}", NOW + number
                try:
                    _verb(db, name, now, number=number)
                    told.append(name)
                except UserError as error:
                    errors.append(repr(error))
                (running,) = db.row("SELECT count(*) FROM entry WHERE stop IS NULL")
                most = max(most, running)
    except Exception as error:  # whatever it is, the test is to show it
        errors.append(repr(error))
    return told, errors, most


def _verb(db: Database, name: str, now: int, *, number: int) -> None:
    """One that leaves an entry of that name."""

    def add(text: str) -> int:
        made = entries.add(db, Draft(text), start=now - 50, stop=now, now=now).entry
        assert made is not None
        return made.id

    match number % 4:
        case 0:
            timer.start(db, Draft(name, "shared", tags=("tag",), create_missing=True), now=now)
        case 1:
            add(name)
        case 2:
            entries.delete(db, [add("gone")], now=now)
            timer.start(db, Draft(name), now=now)
        case _:
            entries.edit(db, [add("before")], {"description": name}, now=now)
            favourites.pin(db, Draft(name), now=now)


def run(path: str) -> Report:
    """Fork them, let them begin at the same moment, and gather what they say."""
    wait, begin = os.pipe()
    hearing: list[int] = []
    for member in range(PROCESSES):
        hear, tell = os.pipe()
        if not os.fork():
            os.close(begin)
            os.read(wait, 1)  # until the parent closes its end
            with open(tell, "w", encoding="utf-8") as file:
                json.dump(one(path, member), file)
            os._exit(0)
        os.close(tell)
        hearing.append(hear)
    os.close(begin)
    said = []
    for hear in hearing:
        with open(hear, encoding="utf-8") as file:
            said.append(json.load(file))
        os.wait()
    with open_database(path) as db:
        check(db)
        there = [text for (text,) in db.rows("SELECT description FROM entry")]
    return Report(
        [name for told, _, _ in said for name in told],
        [error for _, errors, _ in said for error in errors],
        there,
        max(most for _, _, most in said),
    )


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1])._asdict()))
