"""The verbs of the timesheet: a cell gets another length, or a week the lengths of another."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tray.errors import Refused
from tray.language import grouped, ntr, tr
from tray.model import limits
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry, What
from tray.model.presence.hours import Hours
from tray.model.sheet_plan import (
    CellPlan,
    NewEntry,
    NewTimes,
    Removal,
    SheetDay,
    plan_length,
    sheet_day,
)
from tray.model.sheet_rows import SheetKey, days_of, key_of, sheet_rows
from tray.store import catalogue, entries
from tray.store.database import Database
from tray.store.undo_log import Step, step
from tray.tracker.outcome import Outcome, outcome
from tray.tracker.resolve import checked, own_workspace


class SheetRules(NamedTuple):
    """How the timesheet is read."""

    calendar: Calendar
    hours: Hours
    """When the user works: where the first entry of a day is put."""
    by_task: bool = False


def day_of_sheet(db: Database, day: date, rules: SheetRules) -> SheetDay:
    """A day as it is stored."""
    found = entries.overlapping(db, *rules.calendar.day(day))
    return sheet_day(day, found, rules.calendar, rules.hours)


def set_length(
    db: Database, key: SheetKey, day: date, seconds: int, *, rules: SheetRules, now: int
) -> Outcome:
    """Have a cell hold so many seconds, by one entry made, changed or deleted.

    Raises:
        Refused: the day has no room for that, or the last entry cannot be changed so.
        NotFound: no such project or task any more.
    """
    with step(db, "set length", now=now) as current:
        planned = plan_length(
            key, seconds, day_of_sheet(db, day, rules), by_task=rules.by_task, now=now
        )
        entry = _carry_out(current, planned, _what(current, key))
        current.subject = _title(db, key)
        return outcome("set length", current, entry)


def _title(db: Database, key: SheetKey) -> str:
    return catalogue.get(db, "project", key.project_id).name if key.project_id else ""


def _what(current: Step, key: SheetKey) -> What:
    """What is done in a row that has nothing yet."""
    billable = False
    if key.project_id is not None:
        billable = catalogue.get(current.db, "project", key.project_id).billable
    what = What(own_workspace(current.db), "", key.project_id, key.task_id, (), billable)
    return checked(current, what)


def _carry_out(current: Step, planned: CellPlan, what: What) -> TimeEntry | None:
    match planned:
        case NewEntry(start, stop):
            limits.check_times(start, stop)
            values = {**entries.values_of(what), "start": start, "stop": stop}
            return entries.get(current.db, current.insert("entry", values))
        case NewTimes(entry, start, stop):
            limits.check_times(start, stop)
            new = {"start": start, "stop": stop}
            old = entry._asdict()
            current.update(
                "entry", entry.id, {name: at for name, at in new.items() if at != old[name]}
            )
            return entries.get(current.db, entry.id)
        case Removal(entry):
            current.delete("entry", entry.id)
    return None


class _Copied(NamedTuple):
    """What is to be in a cell as it was in that of another week."""

    key: SheetKey
    seconds: int
    what: What


def copy_week(db: Database, source: date, target: date, *, rules: SheetRules, now: int) -> Outcome:
    """Give the empty cells of a week the lengths that another week has there, an entry each.

    Args:
        db: The store.
        source: The first day of the week that has them.
        target: The first day of the week that gets them.
        rules: How the timesheet is read.
        now: Epoch seconds.

    Raises:
        Refused: there is nothing to copy, or it is there already.
    """
    made, full, had = 0, 0, False
    with step(db, "copy week", now=now) as current:
        for day, other in zip(days_of(source), days_of(target), strict=True):
            for copied in _cells(db, day, rules, now=now):
                had = True
                there = day_of_sheet(db, other, rules)
                if _entries_of(copied.key, there, rules):
                    continue
                try:
                    planned = plan_length(
                        copied.key, copied.seconds, there, by_task=rules.by_task, now=now
                    )
                except Refused:
                    full += 1
                else:
                    _carry_out(current, planned, checked(current, copied.what))
                    made += 1
        if not made:
            raise Refused(_nothing_copied(had=had, full=full))
        return outcome("copy week", current, remarks=_remarks(made, full))


def _nothing_copied(*, had: bool, full: int) -> str:
    if not had:
        return tr("The week before has nothing to copy.")
    if full:
        return tr("These days have no room for what the week before has.")
    return tr("What the week before has is in this one already.")


def _remarks(made: int, full: int) -> tuple[str, ...]:
    made_words = ntr("{count} entry was made.", "{count} entries were made.", made)
    remarks = [made_words.format(count=grouped(made))]
    if full:
        left_out = ntr(
            "{count} cell was left out, as those days have no room.",
            "{count} cells were left out, as those days have no room.",
            full,
        )
        remarks.append(left_out.format(count=grouped(full)))
    return tuple(remarks)


def _cells(db: Database, day: date, rules: SheetRules, *, now: int) -> list[_Copied]:
    """What a day holds, what began first first; of projects that are in use."""
    there, known = day_of_sheet(db, day, rules), catalogue.names(db).projects
    found = []
    for row in sheet_rows(there.entries, day, rules.calendar, by_task=rules.by_task, now=now):
        project, minutes = known.get(row.key.project_id or 0), row.seconds[0] // MINUTE
        if minutes and not (project and project.archived):
            what = _common(_entries_of(row.key, there, rules))
            found.append(_Copied(row.key, minutes * MINUTE, what))
    return found


def _entries_of(key: SheetKey, day: SheetDay, rules: SheetRules) -> list[TimeEntry]:
    return [each for each in day.entries if key_of(each, by_task=rules.by_task) == key]


def _common(own: Sequence[TimeEntry]) -> What:
    """What entries have in common: description, tags and task only where they agree."""
    first = own[0].what
    whats = [each.what for each in own]
    return first._replace(
        description=first.description if len({each.description for each in whats}) == 1 else "",
        task_id=first.task_id if len({each.task_id for each in whats}) == 1 else None,
        tag_ids=first.tag_ids if len({each.tag_ids for each in whats}) == 1 else (),
        billable=all(each.billable for each in whats),
    )
