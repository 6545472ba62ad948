"""What a report shows: which days and entries, by what they are grouped, and how lengths round."""

from enum import StrEnum
from typing import Final, NamedTuple

from tray.model.durations import MINUTE
from tray.model.filters import Criterion, FilterKind

STEPS: Final = (1, 5, 6, 10, 12, 15, 30, 60, 240)
"""Minutes to which lengths can be rounded, as Toggl has them."""
MOST_LEVELS: Final = 2


class Grouping(StrEnum):
    """By what entries stand together."""

    PROJECT = "project"
    CLIENT = "client"
    TAG = "tag"
    """A group for each tag; an entry is in the group of each of its tags."""
    TAGS = "tags"
    """A group for each combination of tags; an entry is in one."""
    TASK = "task"
    DESCRIPTION = "description"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    WEEKDAY = "weekday"
    HOUR = "hour"


OF_TIME: Final = frozenset(
    {
        Grouping.DAY,
        Grouping.WEEK,
        Grouping.MONTH,
        Grouping.YEAR,
        Grouping.WEEKDAY,
        Grouping.HOUR,
    }
)
"""Groups that follow from when an entry was."""


class MidnightRule(StrEnum):
    """Where the time of an entry over midnight counts."""

    SPLIT = "split"
    """In each day what lies in it."""
    FIRST_DAY = "first day"
    """All in the day in which it began, as Toggl has it; what runs does not count yet."""


class Direction(StrEnum):
    """To which step a length is rounded."""

    UP = "up"
    NEAREST = "nearest"
    DOWN = "down"


class RoundedThing(StrEnum):
    """What is rounded."""

    ENTRY = "entry"
    """Each entry, or what of it stands in a row."""
    GROUP = "group"
    """The sum of each row."""


class LengthRounding(NamedTuple):
    """How lengths are rounded."""

    minutes: int
    """One of `STEPS`."""
    direction: Direction = Direction.UP
    thing: RoundedThing = RoundedThing.ENTRY

    def of(self, seconds: int) -> int:
        """A length in seconds, rounded; nothing stays nothing."""
        step = self.minutes * MINUTE
        more = {Direction.UP: step - 1, Direction.NEAREST: step // 2, Direction.DOWN: 0}
        return (seconds + more[self.direction]) // step * step


class ReportDefinition(NamedTuple):
    """A report, whatever is in it."""

    range_text: str = "week"
    """Which days, as `read_range` reads them."""
    search: str = ""
    """Words of which an entry must fit each."""
    criteria: tuple[Criterion, ...] = ()
    by: tuple[Grouping, ...] = (Grouping.PROJECT,)
    """One or two; groups of the second stand below each of the first."""
    rounding: LengthRounding | None = None


def to_json(definition: ReportDefinition) -> dict[str, object]:
    """The definition as it is stored."""
    rounding = definition.rounding
    return {
        "range": definition.range_text,
        "search": definition.search,
        "criteria": [[each.kind.value, each.id] for each in definition.criteria],
        "by": [each.value for each in definition.by],
        "rounding": rounding and [rounding.minutes, rounding.direction, rounding.thing],
    }


def from_json(stored: object) -> ReportDefinition:
    """What was stored; whatever of it a later version has written another way is left out."""
    values = stored if isinstance(stored, dict) else {}
    plain = ReportDefinition()
    return ReportDefinition(
        str(values.get("range", plain.range_text)),
        str(values.get("search", "")),
        tuple(_criteria(values.get("criteria"))),
        tuple(_groupings(values.get("by")))[:MOST_LEVELS] or plain.by,
        _rounding(values.get("rounding")),
    )


def _criteria(stored: object) -> list[Criterion]:
    found = []
    for each in stored if isinstance(stored, list) else []:
        match each:
            case [str(kind), int(thing)] if kind in [known.value for known in FilterKind]:
                found.append(Criterion(FilterKind(kind), thing))
    return found


def _groupings(stored: object) -> list[Grouping]:
    names = stored if isinstance(stored, list) else []
    return [Grouping(each) for each in dict.fromkeys(names) if each in list(Grouping)]


def _rounding(stored: object) -> LengthRounding | None:
    match stored:
        case [int(minutes), str(direction), str(thing)] if minutes in STEPS:
            if direction in list(Direction) and thing in list(RoundedThing):
                return LengthRounding(minutes, Direction(direction), RoundedThing(thing))
    return None
