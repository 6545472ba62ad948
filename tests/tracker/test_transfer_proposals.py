"""What ActivityWatch saw is only proposed, as far as nothing was tracked, and taken by choice."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from tests.tracker.test_transfer_sources import bring
from tests.tracker.transfer_files import NOW, Refuses, everything
from tray.errors import BadLine
from tray.store.database import Database
from tray.tracker import entries, undo
from tray.tracker.resolve import Draft
from tray.tracker.transfer.proposals import Take, read_take

DAY: Final = int(datetime(2026, 7, 13, 8, tzinfo=UTC).timestamp())
"""Ten o'clock in Berlin."""
MINUTE: Final = 60

Stretch = tuple[int, int]
"""From which minute after `DAY` up to which."""


def events(*stretches: Stretch, **data: str) -> list[dict[str, Any]]:
    return [
        {
            "timestamp": datetime.fromtimestamp(DAY + begin * MINUTE, UTC).isoformat(),
            "duration": (end - begin) * 60.0,
            "data": data,
        }
        for begin, end in stretches
    ]


def watched(here: list[dict[str, Any]], used: list[dict[str, Any]] | None = None) -> str:
    buckets = {"afk": {"type": "afkstatus", "events": here}}
    if used is not None:
        buckets["window"] = {"type": "currentwindow", "events": used}
    return json.dumps({"buckets": buckets})


def present(*stretches: Stretch) -> list[dict[str, Any]]:
    return events(*stretches, status="not-afk")


def minutes(db: Database, text: str, **options: Any) -> list[list[Stretch]]:
    """What is proposed, in minutes."""
    return [
        [((start - DAY) // MINUTE, (stop - DAY) // MINUTE) for start, stop in proposal.spans]
        for proposal in bring(db, text, **options).proposals
    ]


def test_short_absences_do_not_end_a_stretch_and_long_ones_do(db: Database) -> None:
    away = events((30, 33), (60, 90), status="afk")
    text = watched([*present((0, 30), (33, 60), (90, 100), (200, 200)), *away])
    assert minutes(db, text) == [[(0, 60)], [(90, 100)]]
    assert everything(db) == []


def test_the_program_that_was_used_longest_names_it(db: Database) -> None:
    used = [*events((0, 10), app="Mail"), *events((10, 40), app="Code.exe", title="secret")]
    text = watched(present((0, 60), (90, 95)), [*used, *events((88, 91), app="Mail")])
    assert [each.description for each in bring(db, text).proposals] == ["Code", "Mail"]
    assert "secret" not in repr(bring(db, text))


def test_without_knowing_who_was_there_windows_tell_it(db: Database) -> None:
    used = events((0, 10), (12, 40), app="Code")
    only = json.dumps({"buckets": {"window": {"type": "currentwindow", "events": used}}})
    assert minutes(db, only) == [[(0, 40)]]


@pytest.mark.parametrize(
    ("tracked", "left"),
    [
        ((10, 20), [[(0, 10), (20, 60)]]),
        ((-10, 20), [[(20, 60)]]),
        ((50, 70), [[(0, 50)]]),
        ((0, 60), []),
        ((-5, 65), []),
        ((70, 80), [[(0, 60)]]),
    ],
)
def test_what_is_tracked_is_not_proposed(
    db: Database, tracked: Stretch, left: list[list[Stretch]]
) -> None:
    start, stop = (DAY + each * MINUTE for each in tracked)
    entries.add(db, Draft("x"), start=start, stop=stop, now=NOW)
    assert minutes(db, watched(present((0, 60)))) == left


def test_less_than_a_minute_between_entries_is_not_proposed(db: Database) -> None:
    entries.add(db, Draft("x"), start=DAY, stop=DAY + 59, now=NOW)
    entries.add(db, Draft("y"), start=DAY + 118, stop=DAY + 600, now=NOW)
    assert minutes(db, watched(present((0, 10)))) == []


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("all", [0, 100, 3_000]),
        ("2", [100]),
        ("1,3", [0, 3_000]),
        ("2-9", [100, 3_000]),
        ("2026-07-13", [0, 100]),
        ("2026-07-15,1", [0, 3_000]),
        ("", []),
    ],
)
def test_what_is_wanted_is_said_by_numbers_or_days(
    db: Database, words: str, taken: list[int]
) -> None:
    text = watched(present((0, 60), (100, 160), (3_000, 3_060)))
    result = bring(db, text, take=read_take(words))
    assert [(each.start - DAY) // MINUTE for each in everything(db)] == taken
    assert len(result.proposals) == 3 - len(taken)
    numbers = [proposal.number for proposal in bring(db, text).proposals]
    assert numbers == [proposal.number for proposal in result.proposals]
    again = bring(db, text, take=read_take(words))
    assert (again.added, again.changed) == (0, frozenset())


def test_what_was_taken_is_one_step(db: Database) -> None:
    text = watched(present((0, 60), (100, 160)))
    bring(db, text, take=Take(everything=True))
    undo.undo(db)
    assert everything(db) == []


@pytest.mark.parametrize("words", ["x", "1-", "-1", "1;2", "2026-7-1", "9" * 10, "１"])
def test_what_does_not_say_it_is_a_sentence(refused: Refuses, words: str) -> None:
    with refused("does not say what to take", error=BadLine):
        read_take(words)
