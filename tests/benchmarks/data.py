"""Makes databases as ten years of tracking leave them, always the same for a seed and a moment."""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from tray.model.colours import PALETTE
from tray.store.database import Database
from tray.store.opening import open_database

YEARS: Final = 10
DESCRIPTIONS: Final = 20_000
CLIENTS: Final = 40
PROJECTS: Final = 200
TAGS: Final = 30
LONGEST: Final = 7_200
"""Seconds of the longest entry."""

_WORDS: Final = (
    *("review", "call", "meeting", "fix", "report", "plan", "write", "test", "team", "design"),
    *("client", "email", "release", "login", "page", "server", "error", "invoice", "import"),
    *("写", "算法", "文档", "测试", "修改", "登录", "页面", "接口", "会议"),
)

_SLOTS: Final = range(8)
_WHAT: Final = "workspace_id, description, project_id, task_id, tag_ids, billable"
DONE: Final = f"{_WHAT}, uses, last_used, {', '.join(f'slot_{slot}' for slot in _SLOTS)}"
"""The columns of ``done`` that the triggers on entries keep."""
COUNTED: Final = (
    f"SELECT {_WHAT}, count(*), max(start), "
    f"{', '.join(f'sum(start / 10800 % 8 = {slot})' for slot in _SLOTS)} "
    f"FROM entry GROUP BY {_WHAT}"
)
"""What they should hold, worked out from all entries at once."""

Entry = tuple[int, str, int | None, str, int, int, int]
"""Workspace, description, project, tag ids, billable, start, stop."""


def make(
    path: str,
    *,
    entries: int,
    now: int,
    seed: int = 1,
    descriptions: int = DESCRIPTIONS,
    years: int = YEARS,
) -> None:
    """Make a database of that many finished entries in the years before `now`."""
    with open_database(path) as db:
        fill(db, entries=entries, now=now, seed=seed, descriptions=descriptions, years=years)


def fill(
    db: Database,
    *,
    entries: int,
    now: int,
    seed: int = 1,
    descriptions: int = DESCRIPTIONS,
    years: int = YEARS,
) -> None:
    """Add that many finished entries, and what they refer to, to a new database."""
    chance = random.Random(seed)
    with db.writing():
        db.run_many("INSERT INTO client (workspace_id, name) VALUES (1, ?)", _names(CLIENTS, "C"))
        db.run_many(
            "INSERT INTO project (workspace_id, name, client_id, colour) VALUES (1, ?, ?, ?)",
            (
                (f"Project {number}", number % CLIENTS + 1, PALETTE[number % len(PALETTE)])
                for number in range(PROJECTS)
            ),
        )
        db.run_many("INSERT INTO tag (workspace_id, name) VALUES (1, ?)", _names(TAGS, "tag-"))
        (trigger,) = db.row("SELECT sql FROM sqlite_schema WHERE name = 'entry_inserted'")
        db.run("DROP TRIGGER entry_inserted")  # it would take more time than all else together
        db.run_many(
            "INSERT INTO entry (workspace_id, description, project_id, tag_ids, billable, "
            "start, stop) VALUES (?, ?, ?, ?, ?, ?, ?)",
            some(chance, entries, now - years * 365 * 86_400, now, descriptions),
        )
        db.run(f"INSERT INTO past_activity ({DONE}) {COUNTED}")
        db.run(trigger)


def _names(count: int, prefix: str) -> Iterator[tuple[str]]:
    return ((f"{prefix}{number}",) for number in range(1, count + 1))


def some(
    chance: random.Random, count: int, begin: int, end: int, descriptions: int = DESCRIPTIONS
) -> Iterator[Entry]:
    """Entries in order, one after the other; few things are done often, most of them rarely."""
    kinds = [_kind(chance, number) for number in range(descriptions)]
    often = list(accumulate(1 / rank for rank in range(1, descriptions + 1)))
    length = (end - begin) // count
    for number, (description, project, tags, billable) in enumerate(
        chance.choices(kinds, cum_weights=often, k=count)
    ):
        start = begin + number * length
        stop = start + chance.randrange(1, min(length, LONGEST))
        yield 1, description, project, tags, billable, start, stop


def _kind(chance: random.Random, number: int) -> tuple[str, int | None, str, int]:
    words = " ".join(chance.choices(_WORDS, k=chance.randrange(2, 6)))
    project = None if chance.random() < 0.1 else chance.randrange(1, PROJECTS + 1)
    tags = sorted(chance.sample(range(1, TAGS + 1), k=chance.choice((0, 0, 1, 1, 2))))
    return f"{words} {number}", project, f"[{','.join(map(str, tags))}]", number % 3 == 0
