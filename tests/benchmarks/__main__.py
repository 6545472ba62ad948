"""Runs every benchmark, or those that are named, and fails if a target was missed."""

import argparse
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


def main(words: Sequence[str]) -> int:
    """Run the benchmarks of these names (all if there are none); 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--runs", type=int, help="how many databases “corruption” tries")
    options = parser.parse_args(words)
    wanted: list[str] = options.names
    known = benchmarks()
    if unknown := set(wanted) - set(known):
        print(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 2
    rows: list[Row] = []
    for name in wanted or known:
        with_runs = options.runs is not None and name == "corruption"
        rows += _run(name, runs=options.runs) if with_runs else _run(name)
    return int(any(row.missed for row in rows))


def _run(name: str, **options: int) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"tests.benchmarks.bench_{name}").run(**options)
    print(f"\n{name}\n{table(rows)}", flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
