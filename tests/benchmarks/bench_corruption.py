"""What becomes of corrupted databases: nothing may be lost without a word, none may stay unusable.

Run it with ``python -m tests.benchmarks corruption [--runs N]``.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.rows import Row
from tests.store.corruption import Verdict, judge, make

FIRST_SEED: Final = 0


def run(runs: int = 1_000) -> list[Row]:
    """Corrupt that many databases, the same for the same number."""
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder, "made"))
        begin = time.perf_counter()
        verdicts = [judge(made, Path(folder), seed) for seed in range(FIRST_SEED, runs)]
        each_ms = 1000 * (time.perf_counter() - begin) / runs
    for verdict in verdicts:
        if verdict.unusable or verdict.lost_silently:
            print(f"seed {verdict.seed}: {verdict}")
    return [*_rows(verdicts), Row("each", each_ms, "ms", None)]


def _rows(verdicts: Sequence[Verdict]) -> Iterator[Row]:
    usable = [verdict for verdict in verdicts if not verdict.unusable]
    seeds = f"seeds {FIRST_SEED} to {len(verdicts) - 1}"
    yield Row("readable after", len(usable), "runs", None, f"of {len(verdicts):,}, {seeds}")
    whole = sum(not (verdict.lost or verdict.altered) for verdict in usable)
    yield Row("of these, with every row as it was", whole, "runs", None)
    told = [verdict for verdict in usable if verdict.lost and verdict.words]
    kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(v.kind for v in told).items())
    rows_told = sum(verdict.lost for verdict in told)
    yield Row("rows lost with a word", rows_told, "rows", None, f"{len(told)} runs: {kinds}")
    silent = sum(verdict.lost for verdict in usable if verdict.lost_silently)
    yield Row("rows lost silently", silent, "rows", 0)
    altered = sum(verdict.altered for verdict in usable if not verdict.words)
    yield Row("rows altered silently", altered, "rows", None, "bits of values no index repeats")
    yield Row("unusable", len(verdicts) - len(usable), "runs", 0)
