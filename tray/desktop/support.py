"""How far this computer can do something, and in words why not further."""

from enum import Enum

from tray.lean_typing import Final, NamedTuple


class Level(Enum):
    """How much of it works."""

    WORKS = "works"
    PARTLY = "partly"
    MISSING = "missing"
    PENDING = "pending"
    """Nobody has answered yet; there is nothing to tell the user."""


class Support(NamedTuple):
    """Whether something works here."""

    level: Level
    why: str = ""
    """What does not work and what to do about it, for the user; empty if all works."""

    @property
    def works(self) -> bool:
        """Whether nothing is amiss."""
        return self.level is Level.WORKS


WORKS: Final = Support(Level.WORKS)
PENDING: Final = Support(Level.PENDING)


def partly(why: str) -> Support:
    """It works, with the limit named in `why`."""
    return Support(Level.PARTLY, why)


def missing(why: str) -> Support:
    """It does not work here, and `why` says what to do instead."""
    return Support(Level.MISSING, why)
