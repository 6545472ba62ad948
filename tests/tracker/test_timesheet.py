"""A cell's length is one entry and one step; a copied week is one step, too."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Final

import pytest

from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.entities import TimeEntry
from tray.model.presence.hours import Hours
from tray.model.sheet_rows import SheetKey
from tray.store import account, entries, outbox
from tray.store.account import LinkedAccount, PullPosition
from tray.store.database import Database
from tray.tracker import catalogue, timesheet, undo
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft
from tray.tracker.timesheet import SheetRules

MONDAY: Final = date(2026, 3, 2)
BEFORE: Final = date(2026, 2, 23)
ZERO: Final = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
NOW: Final = ZERO + 20 * DAY
RULES: Final = SheetRules(Calendar(UTC), Hours())
Check = Callable[..., AbstractContextManager[None]]


def put(db: Database, draft: Draft, begin: float, end: float) -> None:
    start, stop = (ZERO + int(hours * HOUR) for hours in (begin, end))
    verbs.add(db, draft._replace(create_missing=True), start=start, stop=stop, now=NOW)


def found(db: Database) -> list[tuple[int | None, float, float]]:
    """Project, and hours from and to of Monday's midnight, of all entries."""
    return [
        (each.project_id, (each.start - ZERO) / HOUR, ((each.stop or 0) - ZERO) / HOUR)
        for each in entries.everything(db)
    ]


@pytest.fixture
def acme(db: Database) -> SheetKey:
    return SheetKey(catalogue.create_project(db, "Acme", now=0).created_id)


def test_a_typed_length_is_one_entry_and_one_step(db: Database, acme: SheetKey) -> None:
    outcome = timesheet.set_length(db, acme, MONDAY, 90 * MINUTE, rules=RULES, now=NOW)
    assert found(db) == [(1, 9, 10.5)]
    assert outcome.entry == next(iter(entries.everything(db)))
    timesheet.set_length(db, acme, MONDAY, 2 * HOUR, rules=RULES, now=NOW)
    timesheet.set_length(db, acme, MONDAY, 0, rules=RULES, now=NOW)
    assert found(db) == []
    for expected in ([(1, 9, 11)], [(1, 9, 10.5)], []):
        undo.undo(db)
        assert found(db) == expected


def test_a_new_entry_is_billable_as_its_project(db: Database) -> None:
    project = catalogue.create_project(db, "Paid", now=0).created_id
    catalogue.edit_project(db, project, {"billable": True}, now=0)
    timesheet.set_length(db, SheetKey(project), MONDAY, HOUR, rules=RULES, now=NOW)
    (made,) = entries.everything(db)
    assert (made.billable, made.project_id, made.task_id) == (True, project, None)


def test_a_task_has_a_row_of_its_own_if_wanted(db: Database) -> None:
    put(db, Draft("", "Acme", "Design"), 9, 10)
    by_task = RULES._replace(by_task=True)
    timesheet.set_length(db, SheetKey(1), MONDAY, HOUR, rules=by_task, now=NOW)
    timesheet.set_length(db, SheetKey(1, 1), MONDAY, HOUR // 2, rules=by_task, now=NOW)
    assert [(each.task_id, each.seconds(NOW)) for each in entries.everything(db)] == [
        (1, HOUR // 2),
        (None, HOUR),
    ]


def test_what_is_not_possible_is_refused(db: Database, refused: Check) -> None:
    put(db, Draft("Call", "Acme"), 9, 10)
    put(db, Draft("", "Other"), 0, 9)
    put(db, Draft("", "Other"), 10, 24)
    with refused("“Call” cannot be longer", field="stop"):
        timesheet.set_length(db, SheetKey(1), MONDAY, 2 * HOUR, rules=RULES, now=NOW)


def test_a_week_is_copied_with_its_lengths_in_one_step(db: Database) -> None:
    put(db, Draft("Call", "Acme", None, ("a",)), -7 * 24 + 13, -7 * 24 + 14)
    put(db, Draft("Write", "Acme"), -7 * 24 + 8, -7 * 24 + 9.51)
    put(db, Draft("Mail", "Office", None, ("a",)), -7 * 24 + 10, -7 * 24 + 11)
    put(db, Draft("", "Acme"), -6 * 24 + 10, -6 * 24 + 12)
    put(db, Draft("", "Acme"), 24 + 10, 24 + 11)
    outcome = timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)
    assert outcome.remarks == ("2 entries were made.",)
    made = list(entries.everything(db))[-3:]
    assert [(each.description, each.project_id, each.tag_ids) for each in made] == [
        ("", 1, ()),
        ("Mail", 2, (1,)),
        ("", 1, ()),
    ]
    assert found(db)[-3:] == [(1, 9, 11.5), (2, 11.5, 12.5), (1, 34, 35)]
    undo.undo(db)
    assert len(found(db)) == 5


def test_archived_projects_and_full_days_are_left_out(db: Database) -> None:
    put(db, Draft("", "Gone"), -7 * 24 + 9, -7 * 24 + 10)
    put(db, Draft("", "Acme"), -7 * 24 + 10, -7 * 24 + 13)
    put(db, Draft("", "Acme"), -6 * 24 + 10, -6 * 24 + 13)
    put(db, Draft("", "Other"), 1, 23)
    catalogue.archive(db, "project", 1, now=NOW)
    outcome = timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)
    assert outcome.remarks == (
        "1 entry was made.",
        "1 cell was left out, as those days have no room.",
    )


def test_nothing_to_copy_is_said(db: Database, refused: Check) -> None:
    with refused("nothing to copy"):
        timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)
    put(db, Draft("", "Acme"), -7 * 24 + 9, -7 * 24 + 10)
    timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)
    with refused("in this one already"):
        timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)


def test_what_is_in_the_week_already_stays_as_it_is(db: Database) -> None:
    put(db, Draft("", "Acme"), -7 * 24 + 9, -7 * 24 + 10)
    put(db, Draft("", "Acme"), 15, 20)
    before: list[TimeEntry] = list(entries.everything(db))
    with pytest.raises(Exception, match="already"):
        timesheet.copy_week(db, BEFORE, MONDAY, rules=RULES, now=NOW)
    assert list(entries.everything(db)) == before


def test_however_often_a_cell_is_typed_over_it_is_sent_once(db: Database, acme: SheetKey) -> None:
    url = "https://example.org/api/v9"
    account.write(db, LinkedAccount(url, "basic", "", 7, "Kim", pull=PullPosition()))
    for hours in (1, 3, 2):
        timesheet.set_length(db, acme, MONDAY, hours * HOUR, rules=RULES, now=NOW)
    waiting = [each for each in outbox.items(db, "waiting") if each.table == "entry"]
    assert [each.row_id for each in waiting] == [1]
