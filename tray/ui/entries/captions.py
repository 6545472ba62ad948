"""What stands in a row of the list, in words: for the eye in parts, for a screen reader in one."""

from datetime import date, datetime, timedelta

from tray.language import described, ntr, tr
from tray.model import day_names, formats
from tray.model.durations import MINUTE
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.store.catalogue import Names
from tray.store.uploads import Upload
from tray.ui import wording
from tray.ui.entries.day_content import DayContent, RowContent


def day_name(day: date, *, today: date) -> str:
    """``Today``, ``Yesterday`` or the weekday."""
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return day_names.weekday(day)


def day_date(day: date, *, today: date) -> str:
    """``2 November``, with the year if it is not this one."""
    if today - day in (timedelta(0), timedelta(days=1)):
        return day_names.beside_today(day)
    return (day_names.day_month if day.year == today.year else day_names.day_month_year)(day)


def times(entry: TimeEntry | RowContent, clock: TimeFormat) -> str:
    """``9:30 – 10:15``."""
    begun = clock.time_of_day(entry.start)
    if entry.stop is None:
        return tr("{start} – now").format(start=begun)
    return f"{begun} – {clock.time_of_day(entry.stop)}"


def days_later(entry: TimeEntry | RowContent, clock: TimeFormat) -> int:
    """How many days after its start it stopped, by the calendar."""
    if entry.stop is None:
        return 0
    first, last = (datetime.fromtimestamp(each, clock.zone) for each in (entry.start, entry.stop))
    return (last.date() - first.date()).days


def length(entry: TimeEntry, *, now: int) -> str:
    """How long it is: to the second while it runs, and where it would say nothing otherwise."""
    seconds = entry.seconds(now)
    exact = entry.running or 0 < seconds < MINUTE
    return formats.exact_length(seconds) if exact else formats.length(seconds)


def part(whole_seconds: int, clock: TimeFormat) -> str:
    """What is said of an entry that stands below several days, each time with its share."""
    return tr("part of {length}").format(length=clock.length(whole_seconds))


def upload(state: Upload) -> str:
    """How far an entry has come on its way to the account; empty if it is there."""
    return {
        Upload.DONE: "",
        Upload.LOCAL: tr("Stays on this computer"),
        Upload.WAITING: tr("Waits to be uploaded"),
        Upload.REFUSED: tr("Was not uploaded"),
    }[state]


def tags(entry: TimeEntry, names: Names) -> list[str]:
    """The names of its tags, in order."""
    found = (names.tags.get(tag_id) for tag_id in entry.tag_ids)
    return sorted((tag.name for tag in found if tag is not None), key=str.casefold)


def sentence(row: RowContent, names: Names, clock: TimeFormat) -> str:
    """All that a row shows."""
    entry, whole = row.entry, row.whole_seconds
    parts = [
        entry.description or tr("(no description)"),
        _number(row.number) if row.number > 1 else "",
        wording.project(entry, names),
        ", ".join(f"#{tag}" for tag in tags(entry, names)),
        tr("billable") if entry.billable else "",
        times(row, clock),
        clock.length(row.seconds, row.minutes),
        part(whole, clock) if whole is not None else "",
        tr("running") if row.running else "",
        upload(row.upload),
    ]
    return described(parts)


def _number(count: int) -> str:
    return ntr("1 entry", "{count} entries", count).format(count=formats.number(count))


def heading(day: DayContent, clock: TimeFormat, *, today: date) -> str:
    """A day and its total."""
    name, when = day_name(day.date, today=today), day_date(day.date, today=today)
    return described((name, when, clock.length(day.seconds)))


def between(begin: int, end: int, clock: TimeFormat) -> str:
    """``9:30 – 10:15``."""
    return f"{clock.time_of_day(begin)} – {clock.time_of_day(end)}"


def nothing() -> str:
    """What is said where nothing was done."""
    return tr("Nothing tracked")


def gap_choices() -> tuple[str, str, str]:
    """What a gap can be filled with."""
    return tr("Continue before"), tr("Continue after"), tr("Something else…")


def gap(begin: int, end: int, clock: TimeFormat) -> str:
    """A time in which nothing was done."""
    return described((nothing(), between(begin, end, clock), clock.length(end - begin)))
