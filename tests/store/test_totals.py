"""How much time went into each thing."""

from typing import Final

from tray.store import totals
from tray.store.database import Database
from tray.store.totals import Counted, Total
from tray.tracker import entries, timer
from tray.tracker.resolve import Draft

NOW: Final = 1_760_000_000
MONTH: Final = (NOW - 1_000, NOW + 100_000)


def worked(db: Database) -> None:
    web = Draft("a", "Web", "Plan", ("deep", "early"), create_missing=True)
    entries.add(db, web, start=NOW - 5_000, stop=NOW - 4_000, now=NOW)
    entries.add(db, web._replace(task=None), start=NOW - 1_500, stop=NOW - 700, now=NOW)
    entries.add(db, Draft("b"), start=NOW - 600, stop=NOW - 500, now=NOW)
    timer.start(db, Draft("c", "Shop", tags=("deep",), create_missing=True), now=NOW - 60)


def counted(db: Database, kind: Counted) -> dict[int, Total]:
    return totals.of_ids(db, kind, 1, totals.last_id(db), MONTH, now=NOW)


def test_the_month_counts_by_overlap_and_what_runs_up_to_now(db: Database) -> None:
    worked(db)
    assert counted(db, "project") == {1: Total(2, 1_800, 300), 2: Total(1, 60, 60)}
    assert counted(db, "task") == {1: Total(1, 1_000, 0)}


def test_an_entry_counts_for_each_of_its_tags(db: Database) -> None:
    worked(db)
    assert counted(db, "tag") == {1: Total(3, 1_860, 360), 2: Total(2, 1_800, 300)}


def test_pieces_add_up(db: Database) -> None:
    worked(db)
    for kind in ("project", "tag"):
        found: dict[int, Total] = {}
        for entry in range(1, totals.last_id(db) + 1):
            for thing, some in totals.of_ids(db, kind, entry, entry, MONTH, now=NOW).items():
                found[thing] = found.get(thing, Total()).plus(some)
        assert found == counted(db, kind)


def test_one_thing_alone(db: Database) -> None:
    worked(db)
    assert totals.of_one(db, "project", 1, now=NOW) == Total(2, 1_800)
    assert totals.of_one(db, "tag", 1, now=NOW) == Total(3, 1_860)
    assert totals.of_one(db, "task", 9, now=NOW) == Total()


def test_of_nothing_there_is_nothing(db: Database) -> None:
    assert totals.last_id(db) == 0
    assert counted(db, "tag") == {}
