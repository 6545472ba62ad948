"""What an installed program has on a desktop, as far as a user may put it there: menu, icon, links.

Packages bring these themselves; whoever took the program from Python has them put by a command.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Piece(NamedTuple):
    """One thing that is or was put somewhere."""

    name: str
    """``menu entry``, ``icon`` or ``links``."""
    place: str
    """The file, or the key of the registry."""


class Installation(Protocol):
    """The user's own places on one system; `ReadOnly` is raised where they cannot be written."""

    def put(self, command: Sequence[str]) -> list[Piece]:
        """Have the menu, and links, start `command`."""

    def take_away(self) -> list[Piece]:
        """Remove what `put` has put; return what was there."""
