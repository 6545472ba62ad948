"""A program that kills rescues at every moment, and judges what the next opening makes of it.

``python -m tests.store.cut_short FOLDER KILLS`` prints a `Report` as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.store import damage


class Report(NamedTuple):
    """What became of all kills."""

    kills: int
    cut_short: int
    """Kills that came before the rescue was complete."""
    in_between: int
    """Of these, those that left no database of that name."""


def kill_one(path: Path, life_s: float) -> bool:
    """Have a process rescue the database and kill it; whether it was still at it."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            damage.rescued(path)
        os._exit(0)
    time.sleep(life_s)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def rescue_takes_s(path: Path, page: int) -> float:
    """How long a process takes for one rescue."""
    damage.destroy(path, page)
    begin = time.monotonic()
    if not os.fork():
        damage.rescued(path)
        os._exit(0)
    os.wait()
    return time.monotonic() - begin


def run(folder: Path, kills: int) -> Report:
    """Damage, kill, open; over and over.

    Raises:
        AssertionError: an entry is lost, or the damaged file.
    """
    chance = random.Random(kills)
    made = damage.make(folder / "made")
    before = damage.everything(made)
    page = damage.root_of(made, "entry")
    longest_s = rescue_takes_s(damage.copy(made, folder / "measured"), page)
    cut_short, in_between = 0, 0
    for number in range(kills):
        path = damage.copy(made, folder / f"{number}")
        damage.destroy(path, page)
        damaged = path.read_bytes()
        was_cut = kill_one(path, chance.uniform(0, longest_s))
        cut_short += was_cut
        in_between += not path.exists()
        damage.rescued(path)
        assert damage.everything(path) == before, number
        assert [file.read_bytes() for file in damage.set_aside(path)] == [damaged], number
        left = {file.name for file in path.parent.iterdir()} - {
            path.name,
            f"{path.name}.lock",
            f"{path.name}.instance",
        }
        assert left == {"backups", damage.set_aside(path)[0].name}, number
    return Report(kills, cut_short, in_between)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))._asdict()))
