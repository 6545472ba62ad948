"""All sequences of a few steps of two computers and a web page; see `explorer`."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from typing import Final

from tests.promises.explorer import SCENES, Explored, Scene, explore
from tests.promises.report import Row, Scope

QUICK_STEPS: Final = 4
LONG_STEPS: Final = (4, 5, 6)


def run(scope: Scope) -> Iterator[Row]:
    """Exhaust four steps a minute apart; with time also a second apart, and then five and six."""
    if scope.hours is None:
        steps = scope.steps or QUICK_STEPS
        yield _row(steps, _explored(scope, SCENES[::2], steps))
        return
    for steps in (scope.steps,) if scope.steps else LONG_STEPS:
        found = _explored(scope, SCENES, steps)
        yield _row(steps, found)
        if not all(each.is_whole for each in found):
            return


def _explored(scope: Scope, scenes: Sequence[Scene], steps: int) -> list[Explored]:
    """Each scene in a process, as many at once as there are processors."""
    work = [(scene, steps, scope.until) for scene in scenes]
    with multiprocessing.get_context("spawn").Pool(min(os.cpu_count() or 1, len(work))) as pool:
        return pool.starmap(explore, work, chunksize=1)


def _row(steps: int, found: Sequence[Explored]) -> Row:
    broken = sum(len(each.broken) for each in found)
    states, sequences = (sum(getattr(e, name) for e in found) for name in ("states", "sequences"))
    if all(each.is_whole for each in found):
        note = f"all {sequences:,}, which lead to {states:,} states"
    else:
        note = f"not exhausted: {states:,} states in the time"
    name = f"sequences of up to {steps} steps: lost, doubled, hidden or apart"
    repeat = f"python -m tests.promises.explorer --steps {steps}"
    return Row(name, broken, "", 0, repeat, note)
