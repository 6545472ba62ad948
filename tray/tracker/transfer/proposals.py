"""Entries that a file only proposes: what is tracked already is cut out, and the user chooses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from tray.errors import BadLine
from tray.language import tr
from tray.store import entries
from tray.store.database import Database
from tray.tracker.transfer.content import Content, ImportRow, quoted

_SHORTEST_SECONDS: Final = 60
"""What is left of a stretch between entries is proposed if it is no shorter."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBERS: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)

Span = tuple[int, int]


class Proposal(NamedTuple):
    """One entry that is proposed, or several where something was tracked in between."""

    number: int
    """By which it is taken; the same whatever is tracked meanwhile."""
    description: str
    spans: tuple[Span, ...]
    """Start and stop of each."""


class Take(NamedTuple):
    """Which proposals are wanted."""

    everything: bool = False
    numbers: frozenset[int] = frozenset()
    ranges: tuple[Span, ...] = ()
    days: frozenset[str] = frozenset()
    """On which they begin, such as ``2026-11-21``."""

    def wants(self, proposal: Proposal, zone: tzinfo | None) -> bool:
        """Whether this one is among them."""
        if self.everything or proposal.number in self.numbers:
            return True
        if any(first <= proposal.number <= last for first, last in self.ranges):
            return True
        begins = datetime.fromtimestamp(proposal.spans[0][0], zone)
        return begins.date().isoformat() in self.days


NONE: Final = Take()


def read_take(text: str) -> Take:
    """What is wanted, from ``all``, or numbers, ranges of them and days with commas between.

    Raises:
        BadLine: it is none of those.
    """
    numbers: set[int] = set()
    ranges: list[Span] = []
    days: set[str] = set()
    for part in filter(None, map(str.strip, text.split(","))):
        if part.casefold() == "all":
            return Take(everything=True)
        if _DAY.fullmatch(part):
            days.add(part)
        elif found := _NUMBERS.fullmatch(part):
            first = int(found[1])
            if found[2] is None:
                numbers.add(first)
            else:
                ranges.append((first, int(found[2])))
        else:
            raise BadLine(
                tr(
                    "{text} does not say what to take. Write all, numbers such as 1,3-5, or days "
                    "such as 2026-11-21."
                ).format(text=quoted(part))
            )
    return Take(False, frozenset(numbers), tuple(ranges), frozenset(days))


def choose(
    db: Database, content: Content, take: Take, *, zone: tzinfo | None
) -> tuple[Content, tuple[Proposal, ...]]:
    """The content with only those rows that are wanted, and the proposals that are not."""
    taken: list[ImportRow] = []
    left: list[Proposal] = []
    covered = _covered(db, content.rows)
    for number, row in enumerate(content.rows, start=1):
        free = tuple(_free(row, covered))
        proposal = Proposal(number, row.description, free)
        if not free:
            continue
        if take.wants(proposal, zone):
            taken += [row._replace(start=start, stop=stop) for start, stop in free]
        else:
            left.append(proposal)
    return content._replace(rows=taken), tuple(left)


def _covered(db: Database, rows: Sequence[ImportRow]) -> list[Span]:
    """When something was tracked up to the end of the rows: stretches that do not touch."""
    if not rows:
        return []
    last = max(row.stop or row.start for row in rows)
    joined: list[Span] = []
    for entry in entries.started(db, (0, last)):
        stop = last if entry.stop is None else entry.stop
        if joined and entry.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], stop)
        else:
            joined.append((entry.start, stop))
    return joined


def _free(row: ImportRow, covered: list[Span]) -> Iterator[Span]:
    """What nothing was tracked in, but for pieces that are too short."""
    at, end = row.start, row.stop or row.start
    for index in range(bisect_right(covered, at, key=lambda span: span[1]), len(covered)):
        start, stop = covered[index]
        if start >= end:
            break
        if start - at >= _SHORTEST_SECONDS:
            yield at, start
        at = max(at, stop)
    if end - at >= _SHORTEST_SECONDS:
        yield at, end
