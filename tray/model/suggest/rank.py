"""How much a suggestion is worth: a score that more of anything never lowers.

What was done is weighed in bits, a bit being twice as often, or a half-life later:

    frequency     log2 of the uses
    recency       minus one bit for each half-life since the latest use
    habit         up to one bit: the share of its uses at this time of day
    context       two bits for the same project, two for the same workspace

The passing of time takes the same from everything, so it never changes the order of matches of
a kind; only what the user does, where and at what hour does. The score is the weight of the kind
plus these bits squeezed into `SPREAD`, so a good habit can lift a match above one of a kind that
is a little better, but never above one that is better by `SPREAD`.
"""

from collections.abc import Mapping, Sequence
from math import log2
from typing import Final, NamedTuple

from tray.model.durations import DAY, HOUR
from tray.model.suggest.suggestion import MatchKind

HALF_LIFE: Final = 14 * DAY
"""In seconds: two weeks without use weigh as much as half the uses."""

HABIT_BITS: Final = 1.0
"""At most 1 / ln 2 (1.44): beyond that, one more use at another hour would lower the score."""

PROJECT_BITS: Final = 2.0
WORKSPACE_BITS: Final = 2.0

SPREAD: Final = 2.0
"""How far habits move a match, against the weights below."""

MIDDLE_BITS: Final = 4.0
"""So many bits from zero use up half of either side of the spread."""

WEIGHTS: Final[Mapping[MatchKind, float]] = {
    MatchKind.EVERYTHING: 9.5,
    MatchKind.WHOLE: 9.5,  # what is typed in full comes first, whatever the habits
    MatchKind.PREFIX: 7.5,
    MatchKind.WORDS: 6.5,
    MatchKind.PINYIN: 6.0,
    MatchKind.SUBSTRING: 5.0,
    MatchKind.PROJECT: 3.0,  # after all whose descriptions fit
    MatchKind.SUBSEQUENCE: 1.0,  # guesses come after all that fits
    MatchKind.TYPO: 0.0,
}

_SLOT: Final = 3 * HOUR
_SLOTS: Final = 8


class RankContext(NamedTuple):
    """When and where a suggestion is asked for."""

    now: int
    """Epoch seconds."""
    project_id: int | None = None
    workspace_id: int | None = None

    @property
    def most_bits(self) -> float:
        """What habit and context can add at most."""
        return (
            HABIT_BITS
            + (PROJECT_BITS if self.project_id is not None else 0.0)
            + (WORKSPACE_BITS if self.workspace_id is not None else 0.0)
        )


def frecency(uses: int, last_used: int) -> float:
    """Frequency and recency in bits, counted from the epoch: the same whenever it is asked."""
    return log2(max(1, uses)) + last_used / HALF_LIFE


def habits(
    moment: RankContext,
    *,
    uses: int,
    last_used: int,
    slots: Sequence[int],
    project_id: int | None,
    workspace_id: int,
) -> float:
    """What the habits of the user say for something done, in bits; the rest is as in `Done`."""
    total = frecency(uses, min(last_used, moment.now)) - moment.now / HALF_LIFE
    total += HABIT_BITS * share_of_uses(slots, moment.now)
    if project_id is not None and project_id == moment.project_id:
        total += PROJECT_BITS
    if workspace_id == moment.workspace_id:
        total += WORKSPACE_BITS
    return total


def share_of_uses(slots: Sequence[int], now: int) -> float:
    """Which part of the uses is at this time of day, those in the slots next to it by half."""
    slot = now // _SLOT % _SLOTS
    near = slots[slot] + (slots[slot - 1] + slots[(slot + 1) % _SLOTS]) / 2
    return near / max(1, sum(slots))


def score(kind: MatchKind, bits: float) -> float:
    """The worth of a match of `kind` by something that has `bits` of habit to it."""
    return WEIGHTS[kind] + SPREAD / 2 * (1 + bits / (MIDDLE_BITS + abs(bits)))
