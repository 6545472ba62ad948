"""How amounts of entries, of names and of bytes are put."""

from collections.abc import Sequence
from typing import Final

from tray.language import listed, ntr, tr
from tray.model import formats

_MOST_NAMES: Final = 6


def counted_entries(count: int) -> str:
    """Such as ``24 entries``."""
    return ntr("1 entry", "{count} entries", count).format(count=formats.number(count))


def some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - _MOST_NAMES
    first = listed(names[:_MOST_NAMES])
    if more <= 0:
        return first
    return tr("{names} and {count} more").format(names=first, count=formats.number(more))


def size(size_bytes: int) -> str:
    """Such as ``1.2 MB``."""
    return f"{max(size_bytes, 100_000) / 1e6:.1f} MB"
