"""Random runs of two and three computers with bad lines, crashes and clocks that differ."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.promises.report import Row, Scope
from tests.sync.two_computers import Result, prepare, simulate
from tests.sync.two_computers_plan import random_plan

COMPUTERS: Final = (2, 3)
_WRONG: Final = Result._fields[1:]
_REPEAT: Final = "python -m tests.sync.two_computers --runs 1 --computers {computers} --seed {seed}"


def run(scope: Scope) -> Iterator[Row]:
    """Half of the runs with two computers, half with three."""
    runs = scope.count(1_000, 100_000) // len(COMPUTERS)
    with tempfile.TemporaryDirectory() as name:
        template = prepare(Path(name))
        for computers in COMPUTERS:
            yield from _runs(scope, template, computers, runs)


def _runs(scope: Scope, template: Path, computers: int, runs: int) -> Iterator[Row]:
    wrong: dict[str, list[int]] = {each: [] for each in _WRONG}
    figures: Counter[str] = Counter()
    for seed in range(runs):
        result = simulate(random_plan(seed, computers), template)
        figures.update({"runs": 1, "listed": result.losers_listed})
        for title, found in zip(_WRONG, result[1:], strict=True):
            wrong[title] += [seed] * len(found)
        scope.tell(f"{computers} computers, {seed + 1:,} of {runs:,} runs, wrong: {wrong}")
        if scope.is_over:
            break
    for title, seeds in wrong.items():
        first = _REPEAT.format(computers=computers, seed=seeds[0] if seeds else 0)
        note = f"of {figures['runs']:,} runs" + (f", seeds {seeds[:9]}" if seeds else "")
        yield Row(f"{computers} computers: {_words(title)}", len(seeds), "", 0, first, note)


def _words(title: str) -> str:
    words = {
        "lost": "entries lost",
        "doubled": "entries doubled",
        "apart": "differences in the end",
    }
    return words.get(title, "values that lost a conflict and are told nowhere")
