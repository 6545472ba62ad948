"""Corrupted databases: nothing lost without a word, none that stays unusable."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.promises.report import Row, Scope
from tests.store.corruption import Verdict, judge, make


def run(scope: Scope) -> Iterator[Row]:
    """Corrupt so many, each in the way that its seed says."""
    runs = scope.count(100, 1_000)
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder, "made"))
        for seed in range(runs):
            verdicts.append(judge(made, Path(folder), seed))
            scope.tell(f"{seed + 1:,} of {runs:,} databases")
            if scope.is_over:
                break
    of = f"of {len(verdicts):,} databases"
    repeat = "python -m tests.benchmarks corruption --runs {}"
    silent = [each.seed for each in verdicts if each.lost_silently]
    rows = sum(each.lost for each in verdicts if each.lost_silently)
    name = "corrupted database: rows lost without a word"
    yield Row(name, rows, "", 0, repeat.format(max(silent, default=-1) + 1 or runs), of)
    unusable = [each.seed for each in verdicts if each.unusable]
    name = "corrupted database: still unusable"
    yield Row(name, len(unusable), "", 0, repeat.format(max(unusable, default=-1) + 1 or runs), of)
