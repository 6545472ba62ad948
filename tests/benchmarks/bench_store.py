"""How long each verb takes as the database grows, apart from waiting for the disk and with it.

Run it with ``python -m tests.benchmarks store``.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks.data import make
from tests.benchmarks.rows import Row, table
from tray.store import entries as stored
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, favourites, timer, undo
from tray.tracker.resolve import Draft

SMALL, MEDIUM, LARGE = SIZES = (1_000, 100_000, 1_000_000)
ROUNDS: Final = 300
NOW: Final = 1_795_000_000
DAY: Final = 86_400

VERB_AT_MOST_MS: Final = 10.0
GROWTH_AT_MOST: Final = 2.0
"""How much longer a verb may take with 100,000 entries than with 1,000."""
TOTAL_AT_MOST_MS: Final = 50.0

Times = dict[str, list[float]]
"""Seconds of each call, by verb."""


def run() -> list[Row]:
    """Measure every verb at each size, then totals and opening."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: str(Path(folder, str(size), "toggl-tray.db")) for size in SIZES}
        for size, path in paths.items():
            make(path, entries=size, now=NOW)
        rows = [_disk(folder)]
        unsynced = _verbs(paths, synchronous="OFF")
        synced = _verbs(paths, synchronous="FULL")
        for size in SIZES:
            rows += _rows(size, unsynced[size], synced[size])
        rows.append(_growth(_verbs(paths, synchronous="OFF", clock=time.thread_time)))
        rows += _totals(paths[LARGE])
        rows += _openings(paths[MEDIUM])
    return rows


def _disk(folder: str) -> Row:
    """The unit of waiting: what one small write to this disk takes."""
    taken = []
    with open(Path(folder, "written"), "wb", buffering=0) as file:
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begin)
    note = f"p99 {_p99(taken):.2f} ms"
    return Row("a bare write of 4 KB with fsync, p50", _p50(taken), "ms", None, note)


def _verbs(
    paths: Mapping[int, str], *, synchronous: str, clock: Callable[[], float] = time.perf_counter
) -> dict[int, Times]:
    """The seconds of each verb at each size, in turns, so that all suffer from other programs."""
    taken: dict[int, Times] = {size: {} for size in paths}
    with ExitStack() as stack:
        databases = [stack.enter_context(open_database(path)) for path in paths.values()]
        for db in databases:
            db.run(f"PRAGMA synchronous = {synchronous}")
        sessions = [_session(db) for db in databases]
        for turn in zip(*sessions, strict=True):
            for size, (verb, call) in zip(paths, turn, strict=True):
                begin = clock()
                call()
                taken[size].setdefault(verb, []).append(clock() - begin)
    return taken


def _session(db: Database) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a user might do, verb by verb; a round leaves two entries more than there were."""
    chance = random.Random(1)
    (begin,) = db.row("SELECT max(start) + ? FROM entry", (10 * DAY,))
    for number in range(ROUNDS):
        now = int(begin) + number * 1_000
        draft = Draft(f"Piece of work {number % 50}", f"Project {number % 199}", tags=("tag-1",))
        yield "start", partial(timer.start, db, draft, now=now)
        yield "stop", partial(timer.stop, db, now=now + 100)
        yield "continue", partial(timer.resume, db, now=now + 100)
        yield "switch", partial(timer.start, db, Draft("Another"), now=now + 200)
        yield "toggle", partial(timer.toggle, db, now=now + 300)
        newest = [entry.id for entry in stored.newest(db, 500)]
        some = chance.choice(newest[10:])
        yield "edit", partial(entries.edit, db, [some], {"description": f"{number}"}, now=now)
        yield "split", partial(entries.split, db, newest[0], now + 250, now=now)
        halves = [entry.id for entry in stored.newest(db, 2)]
        yield "merge", partial(entries.merge, db, halves, now=now)
        yield "duplicate", partial(entries.duplicate, db, some, now=now)
        yield "add", partial(entries.add, db, draft, start=now - 50, stop=now - 1, now=now)
        yield "delete", partial(entries.delete, db, newest[:3], now=now)
        yield "undo", partial(undo.undo, db)
        yield "redo", partial(undo.redo, db)
        yield "pin", partial(favourites.pin, db, Draft(f"Pinned {number}"), now=now)
        (pinned,) = db.row("SELECT max(id) FROM favourite")
        yield "unpin", partial(favourites.unpin, db, pinned, now=now)
        yield "rename", partial(catalogue.rename, db, "project", 200, f"Name {number}", now=now)


def _rows(size: int, unsynced: Times, synced: Times) -> Iterator[Row]:
    target = VERB_AT_MOST_MS if size == MEDIUM else None
    for verb, taken in unsynced.items():
        note = (
            f"p50 {_p50(taken):.2f} ms; with fsync p50 {_p50(synced[verb]):.2f} ms, "
            f"p99 {_p99(synced[verb]):.2f} ms"
        )
        yield Row(f"{verb}, {size:,} entries, p99 without fsync", _p99(taken), "ms", target, note)


def _growth(worked: Mapping[int, Times]) -> Row:
    """The verb that suffers most from a hundred times as many entries.

    The times are of the processor, as what other programs take of it is no growth.
    """
    ratios = {
        verb: _p99(worked[MEDIUM][verb]) / _p99(small) for verb, small in worked[SMALL].items()
    }
    worst = max(ratios, key=ratios.__getitem__)
    name = f"processor time, worst p99 of {MEDIUM:,} to {SMALL:,}"
    return Row(name, ratios[worst], "x", GROWTH_AT_MOST, worst)


def _totals(path: str) -> Iterator[Row]:
    chance = random.Random(1)
    with open_database(path) as db:
        for name, days in (("week", 7), ("month", 31), ("year", 366)):
            taken = []
            for _ in range(30):
                end = NOW - chance.randrange(9 * 365) * DAY
                begin = time.perf_counter()
                stored.seconds_between(db, end - days * DAY, end, now=NOW)
                taken.append(time.perf_counter() - begin)
            note = f"p50 {_p50(taken):.2f} ms"
            name = f"total of a {name}, {LARGE:,} entries, p99"
            yield Row(name, _p99(taken), "ms", TOTAL_AT_MOST_MS, note)


def _openings(path: str) -> Iterator[Row]:
    """What a command does that finds no tray running: it opens, does one thing and closes."""
    things: dict[str, Callable[[Database, int], object]] = {
        "nothing": lambda db, now: None,
        "status": lambda db, now: stored.running(db),
        "start": lambda db, now: timer.start(db, Draft("Piece of work"), now=now),
    }
    with open_database(path) as db:
        (latest,) = db.row("SELECT max(start) FROM entry")
    for name, thing in things.items():
        parts: list[tuple[float, float, float]] = []
        for number in range(ROUNDS):
            begin = time.perf_counter()
            db = open_database(path)
            opened = time.perf_counter()
            thing(db, latest + number)
            done = time.perf_counter()
            db.close()
            parts.append((opened - begin, done - opened, time.perf_counter() - done))
        note = " + ".join(f"{_p50(part):.2f}" for part in zip(*parts, strict=True)) + " ms"
        whole = [sum(part) for part in parts]
        yield Row(f"open, {name}, close, p50", _p50(whole), "ms", None, note)


def _p50(seconds: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return 1000 * statistics.median(seconds)


def _p99(seconds: Sequence[float]) -> float:
    """What all but one in a hundred stay below, in milliseconds."""
    return 1000 * sorted(seconds)[len(seconds) * 99 // 100]


if __name__ == "__main__":
    print(table(run()))
