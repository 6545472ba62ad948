"""What every format that can be imported is to the import: a name, a guess and a reader."""

from collections.abc import Callable, Collection
from datetime import tzinfo
from typing import NamedTuple

from tray.errors import BadFile
from tray.language import tr
from tray.tracker.transfer.content import Content
from tray.tracker.transfer.import_progress import Tell, silent
from tray.tracker.transfer.people import Person
from tray.tracker.transfer.sources.given_file import GivenFile

NO: int = 0
MAYBE: int = 30
"""It fits, as other things do."""
LIKELY: int = 60
SURE: int = 90
"""How sure a source can be that a file is its own."""


class ReadOptions(NamedTuple):
    """What a reader has to know besides the file."""

    zone: tzinfo | None
    """Of times that are written without one; None is the computer's."""
    zone_named: bool = False
    """Whether the user named it, so that it counts more than what the file says."""
    date_format: str | None = None
    users: Collection[str] = ()
    own: Person | None = None
    now: int = 0
    projects: frozenset[str] = frozenset()
    """The names of the projects here, folded."""
    tell: Tell = silent


class Source(NamedTuple):
    """One format, as the registry lists it."""

    name: str
    """What ``--from`` takes; `SOURCE_NAMES` has what people call it."""
    recognise: Callable[[GivenFile], int]
    """How sure it is that a file is its own, from `NO` to a hundred; it never raises."""
    read: Callable[[GivenFile, ReadOptions], Content]
    """What the file holds; it raises `BadFile` if that is nothing of its own."""


def not_of(title: str, given: GivenFile) -> BadFile:
    """The error of a file in which a reader finds nothing of its own."""
    return BadFile(
        tr("{path} holds nothing that {title} writes. Look whether it is the right file.").format(
            path=given.path, title=title
        )
    )
