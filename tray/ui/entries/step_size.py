"""How many entries one step may change."""

from collections.abc import Sequence
from typing import Final

from tray.errors import Refused
from tray.language import tr
from tray.model import formats

MOST_AT_ONCE: Final = 1_000
"""It takes about a second."""


def few_enough(ids: Sequence[int]) -> Sequence[int]:
    """The ids, if one step may change so many.

    Raises:
        Refused: it may not.
    """
    if len(ids) > MOST_AT_ONCE:
        raise Refused(
            tr("{count} entries are too many for one step. Select at most {most}.").format(
                count=formats.number(len(ids)), most=formats.number(MOST_AT_ONCE)
            )
        )
    return ids
