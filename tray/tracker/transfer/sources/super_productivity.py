"""Super Productivity's backup: how long each task took on each day, without times of day.

The tasks of a day become entries one after the other, from when work began on that day, as far as
the backup knows that, else from nine in the morning.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from itertools import chain
from typing import Any, Final, NamedTuple

from tray.errors import Refused
from tray.language import tr
from tray.tracker.transfer.content import (
    Content,
    EntryLabel,
    ImportRow,
    make_label,
    quoted,
    storable,
)
from tray.tracker.transfer.sources.collecting import (
    collect,
    number_of,
    parts_of,
    row_of,
    text_of,
    texts_of,
    things_of,
)
from tray.tracker.transfer.sources.given_file import GivenFile
from tray.tracker.transfer.sources.source import NO, SURE, ReadOptions, not_of

TITLE: Final = "Super Productivity"
_BEGIN_HOUR: Final = 9
_EARLIEST_MS: Final = 0
_INBOX: Final = "INBOX_PROJECT"
"""Where tasks are that are in no project."""
_TODAY: Final = "TODAY"
"""The tag of what is planned for the day."""
_ARCHIVES: Final = ("archiveYoung", "archiveOld")


class TimeSpent(NamedTuple):
    """What a task took on a day."""

    day: str
    milliseconds: float
    task: dict[str, Any]


def _data(given: GivenFile) -> dict[str, Any]:
    """The parts of the backup, which newer ones have one level deeper."""
    parts = parts_of(given.json)
    return parts_of(parts["data"]) if isinstance(parts.get("data"), dict) else parts


def recognise(given: GivenFile) -> int:
    """By its lists of tasks and projects."""
    data = _data(given)
    lists = (parts_of(data.get(name)).get("entities") for name in ("task", "project"))
    return SURE if all(isinstance(each, dict) for each in lists) else NO


def read(given: GivenFile, options: ReadOptions) -> Content:
    """What was done, each day's in a row."""
    if not recognise(given):
        raise not_of(TITLE, given)
    reader = _Reader(_data(given), options.zone)
    spent = sorted(reader.spent(), key=reader.order)
    things = [(_place(each), each) for each in spent]
    content = collect(things, reader.row, options.tell)
    remark = tr(
        "The backup says how long things took on a day, not when: they are put one after the "
        "other, from when work began on it, or from {hour}:00."
    ).format(hour=_BEGIN_HOUR)
    return content._replace(in_zone=True, remarks=(remark,) if content.rows else ())


def _place(spent: TimeSpent) -> str:
    return tr("{name} on {day}").format(
        name=quoted(storable(text_of(spent.task.get("title")))), day=storable(spent.day)[:20]
    )


class _Reader:
    """Knows the projects, tags and tasks of a backup, and how far each day is filled."""

    def __init__(self, data: dict[str, Any], zone: tzinfo | None) -> None:
        archives = [parts_of(data.get(name)) for name in _ARCHIVES]
        stores = [
            data.get("task"),
            data.get("taskArchive"),
            *(each.get("task") for each in archives),
        ]
        self._tasks = {name: task for store in stores for name, task in _entities(store).items()}
        self._projects = {
            name: text_of(each.get("title"))
            for name, each in _entities(data.get("project")).items()
            if name != _INBOX
        }
        self._tags = {
            name: text_of(each.get("title"))
            for name, each in _entities(data.get("tag")).items()
            if name != _TODAY
        }
        self._zone = zone
        tracked = [data.get("timeTracking"), *(each.get("timeTracking") for each in archives)]
        self._began = _beginnings(tracked, [*things_of(_entities(data.get("project")))])
        self._filled: dict[str, float] = {}
        """Up to when each day is full, in milliseconds since 1970."""

    def spent(self) -> Iterator[TimeSpent]:
        """What was spent on tasks; that of a task with parts is the sum of theirs."""
        for task in self._tasks.values():
            if not texts_of(task.get("subTaskIds")):
                for day, took in parts_of(task.get("timeSpentOnDay")).items():
                    if took:
                        yield TimeSpent(day, number_of(took) or 0, task)

    def order(self, spent: TimeSpent) -> tuple[str, float, str]:
        """By day, then by when the task was made, which does not change any more."""
        created = number_of(spent.task.get("created")) or 0
        return spent.day, created, text_of(spent.task.get("id"))

    def row(self, spent: TimeSpent) -> ImportRow:
        """The next entry of its day."""
        if spent.milliseconds <= 0:
            raise Refused(tr("It took no time that can be read."))
        begin = self._filled.get(spent.day)
        if begin is None:
            begin = self._began.get(spent.day) or self._morning(spent.day)
        end = begin + spent.milliseconds
        row = row_of(
            storable(text_of(spent.task.get("title"))),
            self._label(spent.task),
            int(begin // 1000),
            int(end // 1000),
        )
        self._filled[spent.day] = end
        return row

    def _morning(self, day: str) -> float:
        try:
            there = date.fromisoformat(day)
            nine = datetime(there.year, there.month, there.day, _BEGIN_HOUR, tzinfo=self._zone)
            return nine.timestamp() * 1000
        except (ValueError, OverflowError, OSError) as error:
            sentence = tr("{text} is not a date. Write it like 2026-11-21.")
            raise Refused(sentence.format(text=quoted(storable(day)))) from error

    def _label(self, task: dict[str, Any]) -> EntryLabel:
        whole = self._tasks.get(text_of(task.get("parentId")), {})
        project = self._projects.get(text_of(task.get("projectId") or whole.get("projectId")), "")
        tag_ids = texts_of(task.get("tagIds")) or texts_of(whole.get("tagIds"))
        tags = (self._tags.get(each, "") for each in tag_ids)
        return make_label(storable(project), None, tags=map(storable, tags))


def _entities(store: object) -> dict[str, dict[str, Any]]:
    found = parts_of(parts_of(store).get("entities"))
    return {name: each for name, each in found.items() if isinstance(each, dict)}


def _beginnings(tracked: Iterable[object], projects: Iterable[dict[str, Any]]) -> dict[str, float]:
    """When work began on each day, in milliseconds since 1970: the earliest that anything says."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for part in map(parts_of, tracked):
        for context in chain(things_of(part.get("project")), things_of(part.get("tag"))):
            for day, session in context.items():
                found[day].append(number_of(parts_of(session).get("s")) or _EARLIEST_MS)
    for project in projects:
        for day, moment in parts_of(project.get("workStart")).items():
            found[day].append(number_of(moment) or _EARLIEST_MS)
    positive = {day: [each for each in moments if each > 0] for day, moments in found.items()}
    return {day: min(moments) for day, moments in positive.items() if moments}
