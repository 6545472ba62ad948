"""The colours a project can have without a paid plan, and the choice of one for a new project."""

from collections import Counter
from collections.abc import Iterable

from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import Refused

PALETTE: Final = (
    "#0b83d9",
    "#9e5bd9",
    "#d94182",
    "#e36a00",
    "#bf7000",
    "#2da608",
    "#06a893",
    "#c9806b",
    "#465bb3",
    "#990099",
    "#c7af14",
    "#566614",
    "#d92b2b",
    "#525266",
)
"""Toggl's fourteen default project colours."""

NONE: Final = "#525266"
"""What an entry without a project is drawn in."""


def next_colour(used: Iterable[str]) -> str:
    """The colour of the palette that the fewest projects have, the first of those."""
    return rarest(Counter(used))


def rarest(counts: Counter[str]) -> str:
    """The colour of the palette that was counted least, the first of those."""
    return min(PALETTE, key=counts.__getitem__)


def check(colour: str) -> str:
    """`colour` as ``#rrggbb`` in lower case.

    Raises:
        Refused: it is not written that way.
    """
    clean = colour.strip().lower()
    if len(clean) == 7 and clean[0] == "#" and set(clean[1:]) <= set("0123456789abcdef"):
        return clean
    raise Refused(
        tr("{colour!r} is not a colour. Write it as #rrggbb, such as #0b83d9.").format(
            colour=colour
        ),
        field="colour",
    )
