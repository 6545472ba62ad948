"""What one promise came to, how far a run goes, and the table of all."""

import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

_EVERY_SECONDS: Final = 10.0
"""How often progress is told."""
_HEAD: Final = ("promise", "bound", "measured", "to repeat it")


@dataclass(frozen=True)
class Row:
    """One promise, or a figure beside it."""

    promise: str
    measured: float
    unit: str
    at_most: float | None
    """None: it is only for information."""
    repeat: str = ""
    """What repeats it: a seed, or a command."""
    note: str = ""

    @property
    def is_broken(self) -> bool:
        return self.at_most is not None and self.measured > self.at_most


class Scope:
    """How far a run goes.

    Args:
        hours: How long the soak, and each part that takes long, may take; None: all is quick.
        share: Of what is tried, where a machine is slow or busy.
        steps: How long the sequences are that are exhausted; None: as long as is usual.
    """

    def __init__(
        self, hours: float | None = None, *, share: float = 1.0, steps: int | None = None
    ) -> None:
        self.hours = hours
        self.steps = steps
        self._share = share
        self._part = ""
        self._began = self._told_at = 0.0
        self._stage = 1.0

    def begin(self, part: str) -> None:
        """A part of the run begins."""
        self._part = part
        self._stage = 1.0
        self._began = self._told_at = time.monotonic()
        print(f"{part}: begins", flush=True)

    def reach(self, stage: float) -> None:
        """Have what comes now be over when so much of the part's time is."""
        self._stage = stage

    def end(self, words: str) -> None:
        """It is over."""
        print(f"{self._part}: {words}; {time.monotonic() - self._began:,.0f} s", flush=True)

    def count(self, quick: int, long: int) -> int:
        """How often something is tried."""
        return max(1, round(self._share * (quick if self.hours is None else long)))

    @property
    def until(self) -> float:
        """When, by `time.monotonic`, a long part gives up; a quick one does not."""
        if self.hours is None:
            return float("inf")
        return self._began + 3600 * self.hours * self._stage

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.until

    def tell(self, words: str) -> None:
        """How far it is, now and then."""
        if time.monotonic() - self._told_at >= _EVERY_SECONDS:
            self._told_at = time.monotonic()
            print(f"{self._part}: {words}; {self._told_at - self._began:,.0f} s", flush=True)


def machine() -> str:
    """On what it was measured, and when."""
    processors = os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}, {processors} CPUs"
    return f"{datetime.now(UTC):%Y-%m-%d}, {system}, Python {platform.python_version()}"


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown, which a terminal shows aligned too."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(row: Row) -> tuple[str, str, str, str]:
    bound = "" if row.at_most is None else f"≤ {_number(row.at_most)} {row.unit}"
    verdict = " **BROKEN**" if row.is_broken else ""
    note = f" ({row.note})" if row.note else ""
    measured = f"{_number(row.measured)} {row.unit}".strip() + note + verdict
    return row.promise, bound.strip(), measured, row.repeat


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def write_json(path: Path, rows: Sequence[Row], scope: Scope) -> None:
    """The same for programs."""
    content: dict[str, Any] = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "cpus": os.cpu_count(),
            "python": sys.version.split()[0],
        },
        "hours": scope.hours,
        "promises": [{**asdict(row), "broken": row.is_broken} for row in rows],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
