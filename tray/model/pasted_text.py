"""What becomes of text that was copied elsewhere when it is to be a description."""

import re
from typing import Final, NamedTuple

from tray.model import limits

_LOOKED_AT: Final = 64 * 1024
"""Characters: a whole book may have been copied."""
_UNSEEN: Final = re.compile("[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs without a width, and those that turn the direction of whatever stands after them."""


class PastedText(NamedTuple):
    """On one line, as long as a description can be."""

    text: str
    is_cut: bool
    """Whether there was more of it."""


def description_from(pasted: str) -> PastedText:
    """The description that `pasted` makes: without lines, controls and signs that are not seen."""
    clean = limits.one_line(_UNSEEN.sub("", pasted[:_LOOKED_AT]))
    most = limits.MAX_DESCRIPTION
    return PastedText(clean[:most].rstrip(), len(pasted) > _LOOKED_AT or len(clean) > most)
