"""Runs every benchmark, or those that are named, and fails if a target was missed."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.rows import Row, table


def benchmarks() -> list[str]:
    """The names of all benchmarks: ``cli`` for ``bench_cli.py``, whose ``run`` returns its rows."""
    return sorted(
        file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py")
    )


def main(wanted: Sequence[str]) -> int:
    """Run the benchmarks of these names (all if there are none); 1 if a target was missed."""
    known = benchmarks()
    if unknown := set(wanted) - set(known):
        print(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 2
    rows: list[Row] = []
    for name in wanted or known:
        rows += _run(name)
    return int(any(row.missed for row in rows))


def _run(name: str) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"tests.benchmarks.bench_{name}").run()
    print(f"\n{name}\n{table(rows)}", flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
