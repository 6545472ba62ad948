"""How far an import is, told every thousand rows; whoever is told can end it there."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

Tell = Callable[[int], None]
"""Is given a percentage, and raises `ImportCancelled` if the import is no longer wanted."""
Item = TypeVar("Item")

READ: Final = 40
"""How many percent of the time a file takes to be read."""
WRITTEN: Final = 90
"""The same once its entries are in the database; a backup and the record for undo follow."""
_EACH: Final = 1_000


class ImportCancelled(Exception):  # nothing went wrong
    """Nothing is imported, as the user has changed their mind."""


def silent(_: int) -> None:
    """Nobody wants to know."""


def counted(items: Sequence[Item], tell: Tell, *, begin: int, end: int) -> Iterator[Item]:
    """Each of the items, telling how far between two percentages they are."""
    for number, item in enumerate(items):
        if number % _EACH == 0:
            tell(begin + (end - begin) * number // len(items))
        yield item
