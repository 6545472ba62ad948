"""The totals of days, which triggers keep: they agree with the entries, come what may."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.test_time_report import add, histories, make_names
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.filters import DayRange
from tray.store import catalogue, day_totals
from tray.store.database import Database
from tray.store.report_reading import day_begins

CALENDAR: Final = Calendar(ZoneInfo("Europe/Berlin"))
DAYS: Final = DayRange(date(2026, 3, 20), date(2026, 4, 25))
BEGINS: Final = day_begins(DAYS, CALENDAR)


def kept(db: Database) -> list[tuple[object, ...]]:
    return db.rows("SELECT * FROM day_total WHERE seconds OR begun_seconds ORDER BY 1, 2, 3, 4")


def made_anew(db: Database, begins: list[int]) -> list[tuple[object, ...]]:
    """What is kept once nothing was kept before."""
    db.run("DELETE FROM day_total")
    db.run("DELETE FROM totalled_day")
    day_totals.keep(db, begins, lambda _: None)
    return kept(db)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(histories(), histories(), st.lists(st.integers(0, 11)))
def test_they_follow_the_entries(
    db: Database, first: list[TimeEntry], then: list[TimeEntry], gone: list[int]
) -> None:
    if not catalogue.projects(db):
        make_names(db)
    day_totals.keep(db, BEGINS, lambda _: None)
    add(db, first)
    assert kept(db) == made_anew(db, BEGINS)
    for number, entry in enumerate(then):
        db.run(
            "UPDATE entry SET project_id = ?, billable = ?, start = ?, stop = ? "
            "WHERE id = (SELECT id FROM entry ORDER BY id LIMIT 1 OFFSET ?)",
            (entry.project_id, entry.billable, entry.start, entry.stop, number),
        )
    assert kept(db) == made_anew(db, BEGINS)
    for number in gone:
        db.run("DELETE FROM entry WHERE id % 12 = ?", (number,))
    assert kept(db) == made_anew(db, BEGINS)


def test_another_zone_has_other_days(db: Database) -> None:
    make_names(db)
    start = BEGINS[10] + 1_000
    add(db, [TimeEntry(1, 1, "", 1, None, (), False, start, start + 200_000)])
    elsewhere = day_begins(DAYS, Calendar(ZoneInfo("Asia/Tokyo")))
    day_totals.keep(db, BEGINS, lambda _: None)
    here = kept(db)
    assert day_totals.covers(db, BEGINS)
    day_totals.keep(db, elsewhere, lambda _: None)
    assert not day_totals.covers(db, BEGINS)
    assert day_totals.covers(db, elsewhere)
    day_totals.keep(db, BEGINS, lambda _: None)
    assert kept(db) == here


class _Stop(Exception):
    pass


def test_what_was_broken_off_goes_on_where_it_was(db: Database) -> None:
    make_names(db)
    start = BEGINS[20] + 1_000
    add(db, [TimeEntry(1, 1, "", 1, None, (), False, start, start + 3_500_000)])

    def once(share: float) -> None:
        if share:
            raise _Stop

    with pytest.raises(_Stop):
        day_totals.keep(db, BEGINS, once)
    assert day_totals.covers(db, BEGINS[:15])
    assert not day_totals.covers(db, BEGINS)
    day_totals.keep(db, BEGINS, lambda _: None)
    assert kept(db) == made_anew(db, BEGINS)
