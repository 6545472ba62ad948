"""One measured number beside its target, and the table of many."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a benchmark's report."""

    name: str
    """What was measured."""
    value: float
    unit: str
    """``ms``, ``MB``, ``x`` for a ratio …"""
    target: float | None
    """What the value may be at most; None if it is only for information."""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the value is above its target."""
        return self.target is not None and self.value > self.target


def table(rows: Sequence[Row]) -> str:
    """The rows in aligned columns: name, value, target, verdict, note."""
    cells = [_cells(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {target:>{widths[2]}}  "
        f"{verdict:<{widths[3]}}  {note}".rstrip()
        for name, value, target, verdict, note in cells
    )


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    value = f"{_number(row.value)} {row.unit}"
    if row.target is None:
        return row.name, value, "", "", row.note
    verdict = "MISSED" if row.missed else "ok"
    return row.name, value, f"<= {_number(row.target)} {row.unit}", verdict, row.note


def _number(value: float) -> str:
    """A number to three digits, without needless zeros behind the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
