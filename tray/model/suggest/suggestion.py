"""What goes into a search for suggestions, and what comes out."""

from enum import IntEnum
from typing import NamedTuple

from tray.model.entities import What


class PastActivity(NamedTuple):
    """One distinct thing ever done, with how often and when."""

    id: int
    what: What
    uses: int
    """How many entries say so; at least 1."""
    last_used: int
    """Start of the latest of them, epoch seconds."""
    slots: tuple[int, ...]
    """Uses in each of the 8 three-hour slots of the UTC day: ``start // 10800 % 8``."""
    keys: str
    """What can be typed for the description beyond itself: its `pinyin.keys`, with blanks
    between, or nothing."""


class Name(NamedTuple):
    """The name of a project, client, task or tag."""

    id: int
    name: str
    keys: str = ""
    """Its `pinyin.keys`, with blanks between."""


class MatchKind(IntEnum):
    """How a text fits what was typed; a greater one is worth more."""

    TYPO = 1
    """As `WORDS`, with one slip in one word of four letters or more."""
    SUBSEQUENCE = 2
    """All that was typed is there in this order, with other letters between."""
    PROJECT = 3
    """Not the description but the name of its project or client fits, in a way from `SUBSTRING`
    upwards."""
    SUBSTRING = 4
    """Each typed word is inside the text, or all of them inside its pinyin."""
    PINYIN = 5
    """What was typed begins the text in pinyin, in full or by initials."""
    WORDS = 6
    """Each typed word begins a word of the text, in any order."""
    PREFIX = 7
    """The text begins with it."""
    WHOLE = 8
    """It is the whole text."""
    EVERYTHING = 9
    """Nothing was typed."""


Ranges = tuple[tuple[int, int], ...]
"""Stretches of a text, each as start and end (not included), ascending and apart."""


class Suggestion(NamedTuple):
    """Something that may be done again."""

    done: PastActivity
    kind: MatchKind
    score: float
    ranges: Ranges
    """What of the description was matched."""


class NameMatch(NamedTuple):
    """A name that fits what was typed."""

    id: int
    name: str
    kind: MatchKind
    ranges: Ranges
    """What of the name was matched."""
