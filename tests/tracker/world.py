"""What the tracker should hold, as plain values, and what each verb should make of it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from tray.model import colours
from tray.model.entities import Client, Project, Tag, Task, TimeEntry, What
from tray.model.limits import EARLIEST, LATEST, MAX_SECONDS
from tray.store.catalogue import Kind
from tray.store.columns import COLUMNS
from tray.tracker.entries import Changes
from tray.tracker.resolve import Draft

NAMES: Final = {
    "Web": "web",
    "WEB": "web",
    "Caf\N{LATIN SMALL LETTER E WITH ACUTE}": "cafe'",
    "cafe\N{COMBINING ACUTE ACCENT}": "cafe'",
    "Straße": "strasse",
    "STRASSE": "strasse",
}
"""Names, and which of them are the same."""


class No(Exception):
    """The verb has to refuse this."""


def allow(condition: bool) -> None:
    if not condition:
        raise No


class World:
    """What there is, as plain values, and what each verb makes of it."""

    def __init__(self) -> None:
        self.entries: dict[int, TimeEntry] = {}
        self.things: dict[Kind, dict[int, Any]] = {
            "client": {},
            "project": {},
            "task": {},
            "tag": {},
        }
        self.favourites: list[tuple[int, What]] = []
        self.last_id: dict[str, int] = dict.fromkeys(COLUMNS, 0)

    def copy(self) -> "World":
        other = World()
        other.entries = dict(self.entries)
        other.things = {kind: dict(things) for kind, things in self.things.items()}
        other.favourites = list(self.favourites)
        other.last_id = dict(self.last_id)
        return other

    def same(self, other: "World") -> bool:
        return (self.entries, self.things, self.favourites) == (
            other.entries,
            other.things,
            other.favourites,
        )

    # What there is

    def new_id(self, table: str) -> int:
        self.last_id[table] += 1
        return self.last_id[table]

    def running(self) -> TimeEntry | None:
        return next((entry for entry in self.entries.values() if entry.stop is None), None)

    def by_start(self) -> list[TimeEntry]:
        return sorted(self.entries.values(), key=lambda entry: (entry.start, entry.id))

    def put(self, what: What, start: int, stop: int | None) -> None:
        entry_id = self.new_id("entry")
        self.entries[entry_id] = TimeEntry(entry_id, *what, start, stop)

    def check_times(self, start: int, stop: int | None) -> None:
        allow(EARLIEST <= start <= LATEST)
        if stop is not None:
            allow(EARLIEST <= stop <= LATEST)
            allow(0 <= stop - start <= MAX_SECONDS)

    def resolve(self, what: Draft | What) -> What:
        if isinstance(what, What):
            return what
        project = self.find_project(what.project, what.create_missing) if what.project else None
        task = self.find_task(project, what.task, what.create_missing) if what.task else None
        billable = bool(project and project.billable) if what.billable is None else what.billable
        return What(
            1, what.description, project and project.id, task, self.find_tags(what.tags), billable
        )

    def find_project(self, name: str, create_missing: bool) -> Project:
        same = [each for each in self.things["project"].values() if is_same(each.name, name)]
        active: list[Project] = [each for each in same if not each.archived]
        allow(len(active) == 1 or (not same and create_missing))
        if active:
            return active[0]
        made: Project = self.make("project", name)
        return made

    def find_task(self, project: Project | None, name: str, create_missing: bool) -> int:
        if project is None:
            raise No
        for task in self.things["task"].values():
            if task.project_id == project.id and is_same(task.name, name):
                allow(not task.archived)
                return int(task.id)
        allow(create_missing)
        return int(self.make("task", name, project_id=project.id).id)

    def find_tags(self, names: Sequence[str]) -> tuple[int, ...]:
        found = set()
        for name in names:
            same = [each.id for each in self.things["tag"].values() if is_same(each.name, name)]
            found.add(same[0] if same else self.make("tag", name).id)
        return tuple(sorted(found))

    def make_room(self, begin: int, end: int | None, now: int, but: Collection[int]) -> None:
        for entry in self.by_start():
            before_end = entry.start < (now if end is None else end)
            after_begin = entry.stop is None or entry.stop > begin
            if entry.id in but or not before_end or not after_begin:
                continue
            left = [(entry.start, begin)] if entry.start < begin else []
            right = end is not None and (entry.stop is None or entry.stop > end)
            pieces = [*left, *([(end, entry.stop)] if right else [])]
            allow(bool(pieces))
            for start, stop in pieces:
                assert start is not None
                self.check_times(start, stop)
                allow(stop is not None or start <= now)
            (start, stop), *rest = pieces
            assert start is not None
            self.entries[entry.id] = entry._replace(start=start, stop=stop)
            for start, stop in rest:
                assert start is not None
                self.put(entry.what, start, stop)

    # The verbs of the timer

    def start(self, what: Draft | What, now: int, at: int | None, trim: bool = False) -> None:
        found, begin = self.resolve(what), now if at is None else at
        if found.project_id and self.things["project"][found.project_id].archived:
            found = found._replace(project_id=None, task_id=None)
        self.check_times(begin, None)
        allow(begin <= now)
        running = self.running()
        if running:
            allow(at is None or at >= running.start)
            self.stop_at(running, begin)
        if trim:
            self.make_room(begin, None, now, {running.id} if running else ())
        self.put(found, begin, None)

    def stop_at(self, running: TimeEntry, moment: int) -> None:
        stop = min(max(moment, running.start), running.start + MAX_SECONDS)
        self.entries[running.id] = running._replace(stop=stop)

    def stop(self, now: int, at: int | None) -> None:
        running = self.running()
        if running is None:
            raise No
        allow(at is None or running.start <= at <= now)
        self.stop_at(running, now if at is None else at)

    def resume(self, entry_id: int | None, now: int, at: int | None) -> None:
        by_start = self.by_start()
        begun = [entry for entry in by_start if entry.start <= now]
        if entry_id is None:
            allow(bool(by_start))
            entry_id = (self.running() or (begun or by_start)[-1]).id
        allow(entry_id in self.entries)
        allow(self.entries[entry_id].stop is not None)
        self.start(self.entries[entry_id].what, now, at)

    # The verbs of entries

    def add(self, what: Draft | What, start: int, stop: int, now: int, trim: bool) -> None:
        self.check_times(start, stop)
        found = self.resolve(what)
        if trim:
            self.make_room(start, stop, now, ())
        self.put(found, start, stop)

    def edit(self, ids: Sequence[int], changes: Changes, now: int, trim: bool) -> None:
        for entry_id in ids:
            entry = self.edited(self.entries[entry_id], changes, now)
            self.entries[entry_id] = entry
            if trim:
                self.make_room(entry.start, entry.stop, now, ids)

    def edited(self, old: TimeEntry, changes: Changes, now: int) -> TimeEntry:
        allow(old.stop is not None or "stop" not in changes)
        new = old._replace(
            description=changes.get("description", old.description),
            billable=changes.get("billable", old.billable),
            start=changes.get("start", old.start),
            stop=changes.get("stop", old.stop),
        )
        if (new.start, new.stop) != (old.start, old.stop):
            self.check_times(new.start, new.stop)
            allow(new.stop is not None or new.start <= now)
        if "tags" in changes:
            new = new._replace(tag_ids=self.find_tags(changes["tags"]))
        if "project" in changes:
            name = changes["project"]
            project = self.find_project(name, True) if name else None
            if (project and project.id) != old.project_id:
                new = new._replace(project_id=project and project.id, task_id=None)
        if "task_id" in changes:
            new = new._replace(task_id=changes["task_id"])
        of_project = {
            task.id for task in self.things["task"].values() if task.project_id == new.project_id
        }
        allow(new.task_id in (None, *of_project))
        return new

    def split(self, entry_id: int, moment: int, now: int) -> None:
        entry = self.entries[entry_id]
        allow(entry.start < moment < (now if entry.stop is None else entry.stop))
        self.check_times(entry.start, moment)
        self.entries[entry_id] = entry._replace(stop=moment)
        self.put(entry.what, moment, entry.stop)

    def merge(self, ids: Sequence[int], now: int) -> None:
        parts = [entry for entry in self.by_start() if entry.id in ids]
        allow(len(parts) >= 2)
        for field in ("description", "project_id", "task_id"):
            allow(len({getattr(part, field) for part in parts} - {None, ""}) <= 1)
        reached = parts[0].start
        for part in parts:
            for other in self.entries.values():
                beside = other.start >= part.start or (other.stop or LATEST) <= reached
                allow(reached >= part.start or other in parts or beside)
            reached = max(reached, now if part.stop is None else part.stop)
        stops = [part.stop for part in parts if part.stop is not None]
        stop = max(stops) if len(stops) == len(parts) else None
        self.check_times(parts[0].start, stop)
        for part in parts[1:]:
            del self.entries[part.id]
        self.entries[parts[0].id] = parts[0]._replace(
            description=next((part.description for part in parts if part.description), ""),
            project_id=next((part.project_id for part in parts if part.project_id), None),
            task_id=next((part.task_id for part in parts if part.task_id), None),
            tag_ids=tuple(sorted({tag for part in parts for tag in part.tag_ids})),
            billable=any(part.billable for part in parts),
            stop=stop,
        )

    def duplicate(self, entry_id: int) -> None:
        entry = self.entries[entry_id]
        allow(entry.stop is not None)
        self.put(entry.what, entry.start, entry.stop)

    def delete(self, ids: Sequence[int]) -> None:
        for entry_id in set(ids):
            del self.entries[entry_id]

    # The verbs of favourites

    def pin(self, what: Draft | What) -> None:
        found = self.resolve(what)
        allow(bool(found.description or found.project_id))
        allow(found not in [pinned for _, pinned in self.favourites])
        self.favourites.append((self.new_id("favourite"), found))

    def unpin(self, favourite_id: int) -> None:
        self.favourites = [each for each in self.favourites if each[0] != favourite_id]

    def move(self, favourite_id: int, place: int) -> None:
        allow(place >= 1)
        moving = next(each for each in self.favourites if each[0] == favourite_id)
        self.favourites.remove(moving)
        self.favourites.insert(place - 1, moving)

    # The verbs of the catalogue

    def make(self, kind: Kind, name: str, **columns: Any) -> Any:
        thing_id = self.new_id(kind)
        make: Callable[..., Any] = {
            "client": Client,
            "project": Project,
            "task": Task,
            "tag": Tag,
        }[kind]
        if kind == "project":
            columns.setdefault("colour", self.next_colour())
        if kind == "task":
            allow(columns["project_id"] in self.things["project"])
        else:
            columns["workspace_id"] = 1
        thing = make(id=thing_id, name=name, **columns)
        self.check_free(kind, thing)
        self.things[kind][thing_id] = thing
        return thing

    def next_colour(self) -> str:
        projects = self.things["project"].values()
        return colours.next_colour(each.colour for each in projects if not each.archived)

    def check_free(self, kind: Kind, thing: Any) -> None:
        scope = {"project": "client_id", "task": "project_id"}.get(kind, "workspace_id")
        for other in self.things[kind].values():
            allow(
                other.id == thing.id
                or not is_same(other.name, thing.name)
                or getattr(other, scope) != getattr(thing, scope)
            )

    def change(self, kind: Kind, thing_id: int, **columns: Any) -> None:
        allow(columns.get("client_id") in (None, *self.things["client"]))
        allow(thing_id in self.things[kind])
        thing = self.things[kind][thing_id]._replace(**columns)
        if "archived" not in columns:
            self.check_free(kind, thing)
        self.things[kind][thing_id] = thing

    def remove(self, kind: Kind, thing_id: int, into: int | None) -> None:
        things = self.things[kind]
        allow(thing_id in things)
        allow(into is None or (into in things and into != thing_id))
        match kind:
            case "client":
                self.remove_client(thing_id, into)
            case "project":
                self.remove_project(thing_id, into)
            case "task":
                project = {} if into is None else {"project_id": things[into].project_id}
                self.replace({"task_id": thing_id}, task_id=into, **project)
            case "tag":
                self.replace_tag(thing_id, into)
        self.drop_useless_favourites()
        del things[thing_id]

    def remove_client(self, client: int, into: int | None) -> None:
        projects = self.things["project"]
        for project in list(projects.values()):
            if project.client_id == client:
                self.check_free("project", project._replace(client_id=into))
        for project in list(projects.values()):
            if project.client_id == client:
                projects[project.id] = project._replace(client_id=into)

    def remove_project(self, project: int, into: int | None) -> None:
        tasks = [each for each in self.things["task"].values() if each.project_id == project]
        for task in sorted(tasks, key=lambda each: (each.name.encode().lower(), each.id)):
            used = any(what.task_id == task.id for what in self.whats())
            other = self.task_like(into, task.name) if used and into is not None else None
            self.replace({"task_id": task.id}, project_id=into, task_id=other)
            self.drop_useless_favourites()
        self.replace({"project_id": project}, project_id=into)
        for task in tasks:
            del self.things["task"][task.id]

    def task_like(self, project: int, name: str) -> int:
        tasks = sorted(
            self.things["task"].values(), key=lambda each: (each.name.encode().lower(), each.id)
        )
        for task in tasks:
            if task.project_id == project and is_same(task.name, name):
                return int(task.id)
        return int(self.make("task", name, project_id=project).id)

    def whats(self) -> list[What]:
        return [
            *(each.what for each in self.entries.values()),
            *(what for _, what in self.favourites),
        ]

    def replace(self, where: dict[str, int], **columns: Any) -> None:
        ((column, value),) = where.items()
        for entry_id, entry in self.entries.items():
            if getattr(entry, column) == value:
                self.entries[entry_id] = entry._replace(**columns)
        self.favourites = [
            (each, what._replace(**columns) if getattr(what, column) == value else what)
            for each, what in self.favourites
        ]

    def replace_tag(self, tag: int, into: int | None) -> None:
        def without(tags: tuple[int, ...]) -> tuple[int, ...]:
            if tag not in tags:
                return tags
            left = set(tags) - {tag}
            return tuple(sorted(left if into is None else left | {into}))

        for entry_id, entry in self.entries.items():
            self.entries[entry_id] = entry._replace(tag_ids=without(entry.tag_ids))
        self.favourites = [
            (each, what._replace(tag_ids=without(what.tag_ids))) for each, what in self.favourites
        ]

    def drop_useless_favourites(self) -> None:
        seen: list[What] = []
        kept = []
        for each, what in self.favourites:
            if (what.description or what.project_id is not None) and what not in seen:
                kept.append((each, what))
            seen.append(what)
        self.favourites = kept


def is_same(one: str, other: str) -> bool:
    return NAMES[one] == NAMES[other]
