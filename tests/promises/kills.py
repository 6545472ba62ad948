"""``kill -9``, over and over: of verbs, of exchanges, of commands and of trays."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.promises.killed_programs import Left, kill_commands, kill_trays
from tests.promises.report import Row, Scope
from tests.sync.killed import ROOT, kill

Killer = Callable[[Path, int, Callable[[str], None], int], Left]
PIECE: Final = 100
"""So many kills hit one database; then comes another, if there is time."""


def run(scope: Scope) -> Iterator[Row]:
    """Most kills hit what is quick to start again."""
    kills = scope.count(200, 10_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _verbs(scope, folder / "verbs", kills * 3 // 10)
        scope.reach(0.4)
        yield from _exchanges(scope, folder, kills * 3 // 10)
        scope.reach(0.7)
        commands = _pieces(kill_commands, scope, folder / "commands", kills * 3 // 10)
        yield from _rows("commands", commands)
        scope.reach(1.0)
        yield from _rows("trays", _pieces(kill_trays, scope, folder / "trays", kills // 10))


def _verbs(scope: Scope, folder: Path, kills: int) -> Iterator[Row]:
    """The verbs of tracking alone, tens of which end in a life; see `tests.store.storm`."""
    scope.tell(f"{kills:,} kills of verbs")
    words = (sys.executable, "-m", "tests.store.storm", str(folder), str(kills))
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["acknowledged"] if not done.returncode else 0
    if done.returncode:
        print(done.stderr)
    repeat = f"python -m tests.store.storm FOLDER {kills}"
    note = f"{kills:,} kills, {told:,} verbs told to be done"
    yield Row(
        "kills of verbs: lost, halved or unsound", int(done.returncode != 0), "", 0, repeat, note
    )


def _exchanges(scope: Scope, folder: Path, kills: int) -> Iterator[Row]:
    """A tracker that exchanges at once; see `tests.sync.kills`."""
    lost, doubled, apart, sending, done = 0, 0, 0, 0, 0
    while not done or (done < kills and not scope.is_over):
        place = folder / f"exchange {done}"
        place.mkdir(parents=True)
        killed = kill(place, min(PIECE, kills - done))
        lost, doubled = lost + len(killed.lost), doubled + len(killed.doubled)
        apart += not killed.in_step
        sending, done = sending + killed.while_sending, done + killed.kills
        scope.tell(f"{done:,} of {kills:,} exchanges killed")
    note, repeat = f"{done:,} kills, {sending:,} while sending", "python -m tests.sync.kills"
    yield Row("kills of exchanges: entries lost", lost, "", 0, repeat, note)
    yield Row("kills of exchanges: entries doubled", doubled, "", 0, repeat)
    yield Row("kills of exchanges: databases apart from the account", apart, "", 0, repeat)


def _pieces(what: Killer, scope: Scope, folder: Path, kills: int) -> Left:
    found: list[Left] = []
    done = 0
    while not done or (done < kills and not scope.is_over):
        place = folder / f"{done}"
        place.mkdir(parents=True)
        found.append(what(place, min(PIECE, kills - done), scope.tell, len(found) + 1))
        done = sum(each.kills for each in found)
    return Left(*map(sum, zip(*found, strict=True)))


def _rows(name: str, left: Left) -> Iterator[Row]:
    repeat = f"python -m tests.promises kills, {name}, seeds from 1"
    late = f", {left.too_late} had ended before" if left.too_late else ""
    yield Row(
        f"kills of {name}: entries lost", left.lost, "", 0, repeat, f"{left.kills:,} kills{late}"
    )
    yield Row(f"kills of {name}: entries doubled", left.doubled, "", 0, repeat)
    yield Row(f"kills of {name}: databases unsound", left.unsound, "", 0, repeat)
    yield Row(f"kills of {name}: entries apart from the account", left.apart, "", 0, repeat)
