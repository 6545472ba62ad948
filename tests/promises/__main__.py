"""Measures every promise, or those that are named, and leaves with 1 if one is broken."""

import argparse
import importlib
import logging
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tests.promises.report import Row, Scope, machine, table, write_json

PROMISES: Final = ("kills", "interleavings", "sequences", "corruption", "free_day", "soak")
"""The modules here whose ``run`` measures something, in their order."""


def main(words: Sequence[str]) -> int:
    """Measure those of these names (all if there are none)."""
    parser = argparse.ArgumentParser(prog="sh packaging/test.sh --promises")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(PROMISES)}; all, if none is named")
    parser.add_argument(
        "--hours",
        type=float,
        help="try as much as the table of a release: the soak takes so long, the others at most",
    )
    parser.add_argument(
        "--share", type=float, default=1.0, help="try only this part of it, such as 0.1"
    )
    parser.add_argument("--steps", type=int, help="exhaust sequences of so many steps")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(words)
    if unknown := {*options.names} - {*PROMISES}:
        print(f"No such promise: {', '.join(sorted(unknown))}. There are: {', '.join(PROMISES)}.")
        return 2
    logging.disable()
    scope = Scope(options.hours, share=options.share, steps=options.steps)
    rows: list[Row] = []
    for name in options.names or PROMISES:
        scope.begin(name)
        found: Iterable[Row] = importlib.import_module(f"tests.promises.{name}").run(scope)
        rows += found
        scope.end("done")
    print(f"\nMeasured {machine()}.\n\n{table(rows)}")
    if options.json:
        write_json(options.json, rows, scope)
    return int(any(row.is_broken for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
