"""What happens to two or more computers of one user, and on which server: drawn from a seed."""

import random
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

Kind = Literal[
    "start",
    "stop",
    "stop at",
    "add",
    "add the same",
    "describe",
    "move",
    "tag",
    "delete",
    "undo",
    "offline",
    "online",
    "fault",
    "bad line",
    "crash",
    "wait",
    "continue",
    "split",
    "merge",
    "tag many",
    "redo",
    "clock",
    "import",
    "import the same",
    "copy",
    "put back",
]
KINDS: Final[tuple[Kind, ...]] = (
    *("start", "start", "stop", "stop at", "add", "add the same"),
    *("describe", "describe", "describe", "move", "tag", "delete", "undo"),
    *("offline", "online", "online", "fault", "bad line", "crash", "wait"),
)
MORE_KINDS: Final[tuple[Kind, ...]] = (
    *KINDS,
    *("continue", "continue", "split", "merge", "merge", "tag many", "undo", "redo", "redo"),
    *("clock", "import", "import the same", "copy", "put back", "put back"),
)
"""With what users do less often."""
AHEAD: Final = (0, 0, 0, 1, -40, 200, -7_200)
"""How far the clock of a computer may be ahead, seconds."""
GAPS: Final = (0, 1, 2, 7, 20, 90, 400, 4_000)
GAPS_OF_SERVERS: Final[dict[str, Any]] = {
    "me_leaves_out": {"workspaces", "clients", "projects", "tasks", "tags", "time_entries"},
    "since_marks_deleted": False,
    "since_lists_deleted": False,
    "vague_refusals": True,
    "keeps_references": True,
    "project_names_are_unique": True,
    "reopens": False,
    "later_made_first": False,
    "stamps_whole_seconds": True,
    "stops_at_new_start": True,
    "not_offered": {"/me/quota"},
}
"""What servers of other hands do otherwise than Toggl's, as attributes of the fake."""


class Act(NamedTuple):
    """Something that happens."""

    computer: int
    """From 0."""
    kind: Kind
    pick: int
    gap: int
    """Seconds until the next."""


class Plan(NamedTuple):
    """A run."""

    version: int
    ahead: tuple[int, ...]
    """By how much the clock of each computer is ahead, seconds."""
    late_by: int
    acts: tuple[Act, ...]
    gaps: tuple[str, ...] = ()
    """In what the server is not as Toggl's: names among `GAPS_OF_SERVERS`."""


def random_plan(seed: int, computers: int = 2, kinds: Sequence[Kind] = KINDS) -> Plan:
    """A plan that only depends on the seed, how many computers there are, and what may happen."""
    rng = random.Random(seed)
    acts = [
        Act(rng.randrange(computers), rng.choice(kinds), rng.randrange(1 << 16), rng.choice(GAPS))
        for _ in range(rng.randint(5, 30))
    ]
    ahead = tuple(rng.choice(AHEAD) for _ in range(computers))
    return Plan(rng.choice((9, 9, 9, 8)), ahead, rng.randrange(4), tuple(acts))


def with_gaps(plan: Plan, seed: int) -> Plan:
    """The same on a server of its user's own, which has gaps that only depend on the seed."""
    rng = random.Random(seed)
    names = sorted(GAPS_OF_SERVERS)
    return plan._replace(version=9, gaps=tuple(rng.sample(names, rng.randint(1, len(names)))))
