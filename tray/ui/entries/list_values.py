"""What the list of entries is asked and tells about itself."""

from typing import NamedTuple


class Hits(NamedTuple):
    """How much is listed."""

    number: int
    """Of entries, each once."""
    seconds: int
    """Of them in the days that are listed, up to when they were read."""


class EmptyTime(NamedTuple):
    """A time between two entries of a day in which nothing was done."""

    begin: int
    """Epoch seconds."""
    end: int
    before_id: int
    """The entry that ends where it begins."""
    after_id: int


class PinnedEntry(NamedTuple):
    """An entry that stays in its row whatever becomes of it, because it is being edited there."""

    moment: int
    entry_id: int
