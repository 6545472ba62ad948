"""One row below an entry line, as it is shown and taken."""

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from tray.model.entities import What

if TYPE_CHECKING:
    from tray.model.suggest.suggestion import Ranges

MOST: Final = 8
"""Rows below the line."""


class CandidateKind(Enum):
    """What a candidate is."""

    ENTRY = "entry"
    MEETING = "meeting"
    """What is on now in a calendar of the user's own."""
    PROJECT = "project"
    NEW_PROJECT = "new project"
    TASK = "task"
    NEW_TASK = "new task"
    TAG = "tag"


NEW: Final = frozenset({CandidateKind.NEW_PROJECT, CandidateKind.NEW_TASK})
"""What is not there yet, and is only made if the user asks for it."""


class CandidateRow(NamedTuple):
    """One row below the line."""

    offer: CandidateKind
    text: str
    ranges: "Ranges" = ()
    """What of `text` was matched, to be shown bold."""
    beside: str = ""
    """What else there is to say: tags and project of an entry, client of a project."""
    colour: str = ""
    """Of the project; empty without one."""
    what: What | None = None
    """What it starts, for an entry."""
    completed: str = ""
    """The line after taking a name."""
    caret: int = 0
    """Where the caret stands in `completed`, in characters."""
