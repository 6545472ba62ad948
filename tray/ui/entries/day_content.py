"""What the rows of one day say: read from the store when the day comes into sight."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.ribbon import RibbonPart, Stretch, ribbon_parts
from tray.model.rounding import growing_minutes, whole_minutes
from tray.store import entries
from tray.store.catalogue import Names
from tray.store.database import Database
from tray.store.uploads import Upload, uploads_of
from tray.ui import wording


class DayEntry(NamedTuple):
    """An entry as it stands in one day."""

    entry: TimeEntry
    seconds: int
    """How much of it lies in the day."""
    minutes: int
    """The same, so that the minutes of the day add up."""
    is_part: bool
    """Whether the rest of it stands below other days."""
    upload: Upload


class DayContent(NamedTuple):
    """What stands below the heading of one day, and in it."""

    date: date
    listed: Mapping[int, DayEntry]
    """By the id of the entry."""
    ribbon: tuple[RibbonPart, ...]

    @property
    def seconds(self) -> int:
        """How long it is together."""
        return sum(each.seconds for each in self.listed.values())


class RowContent(NamedTuple):
    """What a row says: of one entry, or of several as of one."""

    entry: TimeEntry
    """The latest of them."""
    number: int
    start: int
    stop: int | None
    """None while one of them runs."""
    seconds: int
    minutes: int
    whole_seconds: int | None
    """How long it is with its parts in other days; None if it has none."""
    upload: Upload

    @property
    def running(self) -> bool:
        """Whether one of them runs."""
        return self.stop is None


def read(
    db: Database, ids: Sequence[int], day: date, calendar: Calendar, names: Names, *, now: int
) -> DayContent:
    """Read the entries with these ids, which stand below that day."""
    found = entries.by_ids(db, ids)
    uploads = uploads_of(db, ids)
    begin, end = calendar.day(day)
    shares = {each.id: _share(each, begin, end, now=now) for each in found}
    minutes = _minutes(found, shares)
    listed = {
        each.id: DayEntry(
            each,
            max(0, last - first),
            minutes[each.id],
            (first, last) != (each.start, each.start + each.seconds(now)),
            uploads.get(each.id, Upload.DONE),
        )
        for each in found
        for first, last in [shares[each.id]]
    }
    stretches = (
        Stretch(*shares[each.id], wording.colour(each, names))
        for each in found
        if shares[each.id][1] > shares[each.id][0]
    )
    midnight = int(datetime.combine(day, time(), calendar.zone).timestamp())
    return DayContent(day, listed, ribbon_parts(stretches, midnight))


def _share(entry: TimeEntry, begin: int, end: int, *, now: int) -> tuple[int, int]:
    return max(entry.start, begin), min(entry.start + entry.seconds(now), end)


def _minutes(found: Sequence[TimeEntry], shares: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """The minutes of each, which add up; those that are finished do not change meanwhile."""
    lengths = {entry_id: max(0, last - first) for entry_id, (first, last) in shares.items()}
    finished = sorted((each for each in found if not each.running), key=lambda each: each.start)
    seconds = [lengths[each.id] for each in finished]
    minutes = dict(zip((each.id for each in finished), whole_minutes(seconds), strict=True))
    running = (each for each in found if each.running)
    return minutes | {each.id: growing_minutes(sum(seconds), lengths[each.id]) for each in running}


def row_of(found: Iterable[DayEntry], *, now: int) -> RowContent | None:
    """What a row says that stands for these, the latest first; None if there are none."""
    listed = list(found)
    if not listed:
        return None
    entries_in_it = [each.entry for each in listed]
    stops = [each.stop for each in entries_in_it if each.stop is not None]
    whole = sum(each.seconds(now) for each in entries_in_it)
    return RowContent(
        entries_in_it[0],
        len(listed),
        min(each.start for each in entries_in_it),
        max(stops) if len(stops) == len(listed) else None,
        sum(each.seconds for each in listed),
        sum(each.minutes for each in listed),
        whole if any(each.is_part for each in listed) else None,
        max(each.upload for each in listed),
    )
