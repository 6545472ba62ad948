"""All that the icon, the menu and the small window show, read at once from the store."""

from collections import Counter

from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple
from tray.model.days import Calendar
from tray.model.entities import Favourite, TimeEntry, What
from tray.store import catalogue, entries, favourites, heartbeat, undoing
from tray.store.catalogue import Names
from tray.store.database import Database
from tray.store.shown_formats import shown_formats
from tray.store.undoing import PastStep
from tray.system_formats import RegionalFormats

if TYPE_CHECKING:
    from tray.sync.status import Status

MOST: Final = 9
"""Favourites and most used projects have the keys 1 to 9."""
RECENT: Final = 6
_KEPT: Final = RECENT + 2 * MOST
"""Recent entries that are read: the menu leaves out what stands above them already."""
_LOOK_BACK: Final = 60
"""Entries among which the recent ones are looked for, the same thing counting once."""


class Goals(NamedTuple):
    """How many seconds a day and a week should hold; 0 for no goal."""

    day: int = 0
    week: int = 0


class Snapshot(NamedTuple):
    """The state of the tracker at one moment."""

    running: TimeEntry | None
    names: Names
    favourites: tuple[Favourite, ...]
    most_used: tuple[What, ...]
    """Projects used most lately, most first: stands in until something is pinned."""
    recent: tuple[TimeEntry, ...]
    """The latest finished entries, newest first, each thing once and none that runs."""
    day: tuple[int, int]
    """From when to when today is, epoch seconds."""
    today_finished_seconds: int
    week_finished_seconds: int
    week_begin: int
    undo: PastStep | None
    redo: PastStep | None
    sync: "Status | None" = None
    """How the exchange with the account stands; None if there is no account."""
    goals: Goals = Goals()
    formats: RegionalFormats = RegionalFormats()
    """How the account shows days and times."""
    last_input: int | None = None
    """The last input before the latest absence, if that began while this entry ran."""

    @property
    def attention(self) -> str:
        """Why the account needs the user; empty if it does not."""
        if self.sync is None or not self.sync.needs_user:
            return ""
        from tray.sync import status_text

        return (
            self.sync.error_text
            if self.sync.state == "trouble"
            else status_text.for_user(self.sync)
        )

    @property
    def pinned(self) -> tuple[What, ...]:
        """What the favourites start, but for those whose project or task is archived."""
        return _startable(self.favourites, self.names)

    @property
    def projects_lately(self) -> list[int]:
        """The ids of the projects of the latest entries, the latest first."""
        latest = ([self.running] if self.running else []) + list(self.recent)
        return [each.project_id for each in latest if each.project_id is not None]

    def today_seconds(self, now: int) -> int:
        """What was done today, up to `now`."""
        return self.today_finished_seconds + self._running_since(self.day[0], now)

    def week_seconds(self, now: int) -> int:
        """What was done this week, up to `now`."""
        return self.week_finished_seconds + self._running_since(self.week_begin, now)

    def _running_since(self, begin: int, now: int) -> int:
        return max(0, now - max(self.running.start, begin)) if self.running else 0


def read(db: Database, calendar: Calendar, goals: Goals, *, now: int) -> Snapshot:
    """Read everything in one unchanging view of the database."""
    day = calendar.day_of(now)
    today, week = calendar.day(day), calendar.week(day)
    with db.reading():
        running = entries.running(db)
        newest = entries.newest(db, _LOOK_BACK)
        names = catalogue.names(db)
        pinned = tuple(favourites.everything(db))
        return Snapshot(
            running,
            names,
            pinned,
            () if _startable(pinned, names) else _most_used(newest, names),
            _recent(newest, running),
            today,
            _finished(db, today, running, now=now),
            _finished(db, week, running, now=now),
            week[0],
            undoing.undoable(db),
            undoing.redoable(db),
            _sync(db, now=now),
            goals,
            shown_formats(db),
            _last_input(db, running),
        )


def _sync(db: Database, *, now: int) -> "Status | None":
    """Without an account, what tells of it is not even imported."""
    if not db.row("SELECT 1 FROM account"):
        return None
    from tray.sync import status

    return status.read(db, now=now)


def _last_input(db: Database, running: TimeEntry | None) -> int | None:
    sign = heartbeat.read(db) if running is not None else None
    if running is None or sign is None or sign.away is None:
        return None
    return sign.away.begin if sign.away.begin > running.start else None


def _finished(db: Database, span: tuple[int, int], running: TimeEntry | None, *, now: int) -> int:
    """The seconds of finished entries in a span."""
    total = entries.seconds_between(db, *span, now=now)
    if running is None:
        return total
    return total - max(0, min(now, span[1]) - max(running.start, span[0]))


def _recent(newest: list[TimeEntry], running: TimeEntry | None) -> tuple[TimeEntry, ...]:
    seen = {running.what} if running else set()
    found: list[TimeEntry] = []
    for entry in newest:
        if entry.what not in seen and not entry.running:
            seen.add(entry.what)
            found.append(entry)
    return tuple(found[:_KEPT])


def _startable(favourites: tuple[Favourite, ...], names: Names) -> tuple[What, ...]:
    return tuple(each.what for each in favourites if not _is_archived(each.what, names))


def _is_archived(what: What, names: Names) -> bool:
    project, task = names.projects.get(what.project_id or 0), names.tasks.get(what.task_id or 0)
    return bool(project and project.archived) or bool(task and task.archived)


def _most_used(newest: list[TimeEntry], names: Names) -> tuple[What, ...]:
    """The projects in use of the latest entries."""
    counts = Counter(
        (entry.workspace_id, entry.project_id)
        for entry in newest
        if entry.project_id is not None and not names.projects[entry.project_id].archived
    )
    return tuple(
        What(workspace_id, "", project_id)
        for (workspace_id, project_id), _ in counts.most_common(MOST)
    )
