"""The chips for what a line means: its project, times, billable and tags."""

from tray.errors import Refused
from tray.language import tr
from tray.model import formats, limits
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.store.catalogue import Names
from tray.tracker.default_project import NO_DEFAULT, DefaultProject
from tray.ui import wording
from tray.ui.entry_line.chips import Chip
from tray.ui.entry_line.line_names import projects_named


def examples() -> list[Chip]:
    """What can be typed besides the description."""
    texts = (tr("@project"), tr("#tag"), tr("$ billable"), "-15m", "9:30-10:15")
    return [Chip(text, example=True) for text in texts]


def preview_chips(
    entry: QuickEntry,
    names: Names,
    calendar: Calendar,
    times: TimeFormat,
    *,
    now: int,
    default: DefaultProject = NO_DEFAULT,
) -> list[Chip]:
    """The chips; the times come before the tags, of which there may be more than fit."""
    chips: list[Chip] = []
    if entry.project is not None:
        chips.append(_project(entry.project, entry.task, names))
    elif entry.no_project:
        chips.append(Chip(tr("No project")))
    elif default.name is not None:
        chips.append(Chip(default.name, default.colour, removable=True))
    if entry.start is not None:
        chips.append(_times(entry.start, entry.stop, calendar, times, now=now))
    if entry.billable:
        chips.append(Chip(tr("$ billable")))
    return [*chips, *(Chip(f"#{tag}") for tag in entry.tags)]


def _project(name: str, task: str | None, names: Names) -> Chip:
    found = projects_named(name, names)
    behind = f" / {task}" if task else ""
    if not found:
        return Chip(tr("New project: {name}").format(name=name + behind))
    if len(found) > 1:
        return Chip(tr("Which “{name}”?").format(name=name), warning=True)
    project = found[0]
    if project.archived:
        return Chip(tr("Archived: {name}").format(name=names.project(project)), warning=True)
    return Chip(names.project(project) + behind, project.colour)


def _times(
    start: int, stop: int | None, calendar: Calendar, times: TimeFormat, *, now: int
) -> Chip:
    """A start, or a start and a stop with the length, and the day if that is not today."""
    try:
        limits.check_times(start, stop)
    except Refused:  # calendars end somewhere too
        return Chip(tr("Not a possible time"), warning=True)
    begun = times.time_of_day(start)
    day, today = calendar.day_of(start), calendar.day_of(now)
    if day != today:
        begun = f"{wording.day_name(day, today)} {begun}"
    if stop is None:
        return Chip(tr("since {time}").format(time=begun))
    return Chip(f"{begun} – {times.time_of_day(stop)} ({formats.length(stop - start)})")
