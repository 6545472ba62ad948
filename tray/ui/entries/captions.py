"""What stands in a row of the list, in words: for the eye in parts, for a screen reader in one."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from tray.model import formats
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.store.catalogue import Names
from tray.ui import wording
from tray.ui.wording import tr


def day_name(day: date, *, today: date) -> str:
    """``Today``, ``Yesterday`` or the weekday."""
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return QLocale().toString(_qdate(day), "dddd")


def day_date(day: date, *, today: date) -> str:
    """``2 November``; with the weekday where the name lacks it, and the year if not this one."""
    form = "d MMMM" if day.year == today.year else "d MMMM yyyy"
    if day in (today, today - timedelta(days=1)):
        form = f"dddd, {form}"
    return QLocale().toString(_qdate(day), form)


def times(entry: TimeEntry, clock: TimeFormat) -> str:
    """``9:30 – 10:15``."""
    begun = clock.time_of_day(entry.start)
    if entry.stop is None:
        return tr("{start} – now").format(start=begun)
    return f"{begun} – {clock.time_of_day(entry.stop)}"


def days_later(entry: TimeEntry, clock: TimeFormat) -> int:
    """How many days after its start it stopped, by the calendar."""
    if entry.stop is None:
        return 0
    first, last = (datetime.fromtimestamp(each, clock.zone) for each in (entry.start, entry.stop))
    return (last.date() - first.date()).days


def length(entry: TimeEntry, *, now: int) -> str:
    """How long it is: to the second while it runs, and where it would say nothing otherwise."""
    return length_of(entry.seconds(now), entry)


def length_of(seconds: int, entry: TimeEntry) -> str:
    """The same for the share of an entry that lies in one day."""
    exact = entry.running or 0 < seconds < MINUTE
    return formats.h_mm_ss(seconds) if exact else formats.h_mm(seconds)


def part(entry: TimeEntry, *, now: int) -> str:
    """What is said of an entry that stands below several days, each time with its share."""
    return tr("part of {length}").format(length=length(entry, now=now))


def tags(entry: TimeEntry, names: Names) -> list[str]:
    """The names of its tags, in order."""
    found = (names.tags.get(tag_id) for tag_id in entry.tag_ids)
    return sorted((tag.name for tag in found if tag is not None), key=str.casefold)


def sentence(
    entry: TimeEntry, names: Names, clock: TimeFormat, *, now: int, share_seconds: int | None = None
) -> str:
    """All that a row shows; `share_seconds` of it belong to the day, where that is a part."""
    how_long = length(entry, now=now)
    if share_seconds is not None:
        how_long = f"{length_of(share_seconds, entry)}, {part(entry, now=now)}"
    parts = [
        entry.description or tr("(no description)"),
        wording.project(entry, names),
        ", ".join(f"#{tag}" for tag in tags(entry, names)),
        tr("billable") if entry.billable else "",
        times(entry, clock),
        how_long,
        tr("running") if entry.running else "",
    ]
    return ", ".join(part for part in parts if part)


def heading(day: date, seconds: int, *, today: date) -> str:
    """A day and its total."""
    name, when = day_name(day, today=today), day_date(day, today=today)
    return f"{name}, {when}, {formats.h_mm_ss(seconds)}"


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
