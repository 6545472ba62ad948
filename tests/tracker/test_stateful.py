"""All verbs in any order against a plain model of what they should do, over a real file."""

import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.tracker.world import NAMES, No, World
from tray.errors import UserError
from tray.model.entities import What
from tray.model.limits import MAX_SECONDS
from tray.store import catalogue, entries, favourites
from tray.store.catalogue import Kind
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue as catalogue_verbs
from tray.tracker import entries as entry_verbs
from tray.tracker import favourites as favourite_verbs
from tray.tracker import removal, timer, undo
from tray.tracker.resolve import Draft

T0: Final = 1_760_000_000
Dump = dict[str, list[tuple[Any, ...]]]


def dump(db: Database) -> Dump:
    return {table: db.rows(f"SELECT * FROM {table} ORDER BY id") for table in COLUMNS}


class Moment(NamedTuple):
    """One state that undo and redo lead to."""

    dump: Dump
    world: World


names = st.sampled_from(sorted(NAMES))
descriptions = st.sampled_from(["a", "a", "", "b"])
drafts = st.builds(
    Draft,
    description=descriptions,
    project=st.none() | names,
    task=st.just(None) | st.just(None) | names,
    tags=st.lists(names, max_size=2).map(tuple),
    billable=st.none() | st.booleans(),
    create_missing=st.sampled_from([True, True, True, False]),
)
lengths = st.integers(0, 900) | st.sampled_from([MAX_SECONDS, MAX_SECONDS + 1])
agos = st.none() | st.integers(0, 900) | st.just(-1)
kinds: Final = st.sampled_from(["client", "project", "task", "tag"])
picks = st.integers(0, 30)
"""Which of the things there are, counted round and round."""
changes_of_entries = st.fixed_dictionaries(
    {},
    optional={
        "description": descriptions,
        "start": st.integers(-300, 300),
        "stop": st.integers(0, 900),
        "project": st.none() | names,
        "task_id": st.none() | picks,
        "tags": st.lists(names, max_size=2),
        "billable": st.booleans(),
    },
)


class Tracker(RuleBasedStateMachine):
    """One database file behind two connections, beside a `World` that should be the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = str(Path(self.folder.name) / "toggl-tray.db")
        self.connections = [self.connect(), self.connect()]
        self.world = World()
        self.now = T0
        self.past: list[Moment] = []
        self.future: list[Moment] = []

    @property
    def db(self) -> Database:
        return self.connections[0]

    def connect(self) -> Database:
        db = open_database(self.path)
        db.run("PRAGMA synchronous = OFF")  # a power cut is not among the rules, and this is faster
        return db

    def check(self, verb: Callable[[], object], modelled: Callable[[World], None]) -> None:
        """Do a verb; it has to do or to refuse what the model does or refuses, and undo exactly."""
        before, expected = Moment(dump(self.db), self.world), self.world.copy()
        try:
            modelled(expected)
        except No:
            try:
                verb()
            except UserError:
                assert dump(self.db) == before.dump
                return
            raise AssertionError("should have been refused") from None
        verb()
        after = dump(self.db)
        if after == before.dump:
            assert self.world.same(expected)
            return
        self.world = expected
        undo.undo(self.db)
        assert dump(self.db) == before.dump
        undo.redo(self.db)
        assert dump(self.db) == after
        self.past.append(before)
        self.future.clear()

    def pick(self, number: int, ids: Collection[int]) -> int:
        """One of `ids`; one that does not exist if there are none."""
        return sorted(ids)[number % len(ids)] if ids else 99

    def pick_several(self, numbers: Collection[int]) -> list[int]:
        return list(dict.fromkeys(self.pick(number, self.world.entries) for number in numbers))

    def ago(self, seconds: int | None) -> int | None:
        return None if seconds is None else self.now - seconds

    @initialize(
        first=drafts, second=drafts, third=drafts, lengths=st.lists(lengths, min_size=2, max_size=2)
    )
    def a_day_so_far(self, first: Draft, second: Draft, third: Draft, lengths: list[int]) -> None:
        for what, length in zip((first, second), lengths, strict=True):
            self.add(what, -length, length, False)
        self.start(third, 0, False)
        self.pin(first)
        self.pin(second)

    # The world around

    @rule(seconds=st.integers(-2_000, 4_000) | st.sampled_from([-(10**6), MAX_SECONDS + 7]))
    def clock(self, seconds: int) -> None:
        self.now = max(T0 - 10**7, self.now + seconds)

    @rule()
    def other_connection(self) -> None:
        self.connections.reverse()

    @rule()
    def reopen(self) -> None:
        self.connections[0].close()
        self.connections[0] = self.connect()

    # The timer

    @rule(what=drafts, ago=agos, trim=st.booleans())
    def start(self, what: Draft, ago: int | None, trim: bool) -> None:
        now, at = self.now, self.ago(ago)
        self.check(
            lambda: timer.start(self.db, what, now=now, at=at, trim=trim),
            lambda world: world.start(what, now, at, trim),
        )

    @precondition(lambda self: self.world.running())
    @rule(ago=agos)
    def stop(self, ago: int | None) -> None:
        now, at = self.now, self.ago(ago)
        self.check(lambda: timer.stop(self.db, now=now, at=at), lambda world: world.stop(now, at))

    @rule(number=st.none() | picks, ago=agos)
    def resume(self, number: int | None, ago: int | None) -> None:
        now, at = self.now, self.ago(ago)
        chosen = None if number is None else self.pick(number, self.world.entries)
        self.check(
            lambda: timer.resume(self.db, chosen, now=now, at=at),
            lambda world: world.resume(chosen, now, at),
        )

    @rule()
    def toggle(self) -> None:
        now = self.now
        self.check(
            lambda: timer.toggle(self.db, now=now),
            lambda world: (
                world.stop(now, None) if world.running() else world.resume(None, now, None)
            ),
        )

    # Entries

    @rule(what=drafts, start=st.integers(-900, 60), length=lengths, trim=st.booleans())
    def add(self, what: Draft, start: int, length: int, trim: bool) -> None:
        now, begin = self.now, self.now + start
        end = begin + length
        self.check(
            lambda: entry_verbs.add(self.db, what, start=begin, stop=end, now=now, trim=trim),
            lambda world: world.add(what, begin, end, now, trim),
        )

    @precondition(lambda self: self.world.entries)
    @rule(
        numbers=st.lists(picks, min_size=1, max_size=3),
        change=changes_of_entries,
        trim=st.booleans(),
    )
    def edit(self, numbers: list[int], change: dict[str, Any], trim: bool) -> None:
        ids, now = self.pick_several(numbers), self.now
        changes: Any = {**change, "create_missing": True}
        for key in ("start", "stop"):
            if key in change:
                changes[key] = self.world.entries[ids[0]].start + change[key]
        if change.get("task_id") is not None:
            changes["task_id"] = self.pick(change["task_id"], self.world.things["task"])
        self.check(
            lambda: entry_verbs.edit(self.db, ids, changes, now=now, trim=trim),
            lambda world: world.edit(ids, changes, now, trim),
        )

    @precondition(lambda self: self.world.entries)
    @rule(number=picks, percent=st.integers(-5, 105))
    def split(self, number: int, percent: int) -> None:
        entry = self.world.entries[self.pick(number, self.world.entries)]
        moment = entry.start + entry.seconds(self.now) * percent // 100
        now = self.now
        self.check(
            lambda: entry_verbs.split(self.db, entry.id, moment, now=now),
            lambda world: world.split(entry.id, moment, now),
        )

    @precondition(lambda self: self.world.entries)
    @rule(number=picks, count=st.integers(2, 4), alike=st.booleans())
    def merge(self, number: int, count: int, alike: bool) -> None:
        first, now = self.world.entries[self.pick(number, self.world.entries)], self.now
        ids = [
            entry.id
            for entry in self.world.by_start()
            if entry.start >= first.start and (entry.what == first.what or not alike)
        ][:count]
        self.check(
            lambda: entry_verbs.merge(self.db, ids, now=now), lambda world: world.merge(ids, now)
        )

    @precondition(lambda self: self.world.entries)
    @rule(number=picks)
    def duplicate(self, number: int) -> None:
        chosen, now = self.pick(number, self.world.entries), self.now
        self.check(
            lambda: entry_verbs.duplicate(self.db, chosen, now=now),
            lambda world: world.duplicate(chosen),
        )

    @precondition(lambda self: self.world.entries)
    @rule(numbers=st.lists(picks, min_size=1, max_size=2))
    def delete(self, numbers: list[int]) -> None:
        ids, now = self.pick_several(numbers), self.now
        self.check(
            lambda: entry_verbs.delete(self.db, ids, now=now), lambda world: world.delete(ids)
        )

    # Favourites

    @rule(what=drafts)
    def pin(self, what: Draft) -> None:
        self.check(
            lambda: favourite_verbs.pin(self.db, what, now=self.now), lambda world: world.pin(what)
        )

    @precondition(lambda self: self.world.entries)
    @rule(number=picks)
    def pin_entry(self, number: int) -> None:
        what: What = self.world.entries[self.pick(number, self.world.entries)].what
        self.check(
            lambda: favourite_verbs.pin(self.db, what, now=self.now), lambda world: world.pin(what)
        )

    @precondition(lambda self: self.world.favourites)
    @rule(number=picks)
    def unpin(self, number: int) -> None:
        chosen = self.pick(number, [each for each, _ in self.world.favourites])
        self.check(
            lambda: favourite_verbs.unpin(self.db, chosen, now=self.now),
            lambda world: world.unpin(chosen),
        )

    @precondition(lambda self: self.world.favourites)
    @rule(number=picks, place=st.integers(0, 5))
    def move(self, number: int, place: int) -> None:
        chosen = self.pick(number, [each for each, _ in self.world.favourites])
        self.check(
            lambda: favourite_verbs.move(self.db, chosen, place, now=self.now),
            lambda world: world.move(chosen, place),
        )

    # The catalogue

    @rule(verb=st.sampled_from(["client", "project", "tag"]), name=names)
    def create(self, verb: Kind, name: str) -> None:
        create: Callable[..., object] = getattr(catalogue_verbs, f"create_{verb}")
        self.check(
            lambda: create(self.db, name, now=self.now), lambda world: world.make(verb, name)
        )

    @rule(number=picks, name=names)
    def create_task(self, number: int, name: str) -> None:
        project = self.pick(number, self.world.things["project"])
        self.check(
            lambda: catalogue_verbs.create_task(self.db, project, name, now=self.now),
            lambda world: world.make("task", name, project_id=project),
        )

    @rule(number=picks, client=st.none() | picks, billable=st.booleans())
    def edit_project(self, number: int, client: int | None, billable: bool) -> None:
        project = self.pick(number, self.world.things["project"])
        client_id = None if client is None else self.pick(client, self.world.things["client"])
        changes = catalogue_verbs.ProjectChanges(client_id=client_id, billable=billable)
        self.check(
            lambda: catalogue_verbs.edit_project(self.db, project, changes, now=self.now),
            lambda world: world.change("project", project, **changes),
        )

    @rule(kind=kinds, number=picks, name=names)
    def rename(self, kind: Kind, number: int, name: str) -> None:
        chosen = self.pick(number, self.world.things[kind])
        self.check(
            lambda: catalogue_verbs.rename(self.db, kind, chosen, name, now=self.now),
            lambda world: world.change(kind, chosen, name=name),
        )

    @rule(kind=kinds, number=picks, archived=st.booleans())
    def archive(self, kind: Kind, number: int, archived: bool) -> None:
        chosen = self.pick(number, self.world.things[kind])
        self.check(
            lambda: catalogue_verbs.archive(self.db, kind, chosen, now=self.now, archived=archived),
            lambda world: world.change(kind, chosen, archived=archived),
        )

    @rule(kind=kinds, number=picks, into=st.none() | picks)
    def remove(self, kind: Kind, number: int, into: int | None) -> None:
        chosen = self.pick(number, self.world.things[kind])
        to = None if into is None else self.pick(into, self.world.things[kind])
        self.check(
            lambda: removal.delete(self.db, kind, chosen, now=self.now, move_to=to),
            lambda world: world.remove(kind, chosen, to),
        )

    # Back and forth

    @rule(back=st.integers(1, 6), forth=st.integers(0, 6))
    def undo_and_redo(self, back: int, forth: int) -> None:
        for _ in range(min(back, len(self.past))):
            self.walk(undo.undo, self.past, self.future)
        for _ in range(min(forth, len(self.future))):
            self.walk(undo.redo, self.future, self.past)

    def walk(
        self, verb: Callable[[Database], object], source: list[Moment], target: list[Moment]
    ) -> None:
        target.append(Moment(dump(self.db), self.world))
        verb(self.db)
        expected = source.pop()
        assert dump(self.db) == expected.dump
        self.world, ids = expected.world.copy(), self.world.last_id
        self.world.last_id = dict(ids)

    # What is always so

    @invariant()
    def all_is_as_modelled(self) -> None:
        found = {entry.id: entry for entry in entries.everything(self.db)}
        assert found == self.world.entries
        assert [(each.id, each.what) for each in favourites.everything(self.db)] == (
            self.world.favourites
        )
        names = catalogue.names(self.db)
        assert self.world.things == {
            "client": names.clients,
            "project": names.projects,
            "task": names.tasks,
            "tag": names.tags,
        }

    @invariant()
    def at_most_one_runs_and_no_time_is_negative(self) -> None:
        ((count,),) = self.db.rows("SELECT count(*) FROM entry WHERE stop IS NULL")
        assert count <= 1
        assert entries.running(self.db) == self.world.running()
        assert not self.db.rows(
            "SELECT * FROM entry WHERE stop < start OR stop - start > ?", (MAX_SECONDS,)
        )

    @invariant()
    def what_was_done_is_counted_right(self) -> None:
        what = "workspace_id, description, project_id, task_id, tag_ids, billable"
        slots = ", ".join(f"slot_{number}" for number in range(8))
        sums = ", ".join(f"sum(start / 10800 % 8 = {number})" for number in range(8))
        assert set(
            self.db.rows(f"SELECT {what}, uses, last_used, {slots} FROM past_activity")
        ) == set(
            self.db.rows(f"SELECT {what}, count(*), max(start), {sums} FROM entry GROUP BY {what}")
        )

    @invariant()
    def totals_are_right(self) -> None:
        for begin, end in (
            (self.now - 600, self.now),
            (self.now - 3_600, self.now + 3_600),
            (T0 - 10**8, T0 + 10**8),
        ):
            total = sum(
                max(
                    0,
                    min(self.now if each.stop is None else each.stop, end) - max(each.start, begin),
                )
                for each in self.world.entries.values()
            )
            assert entries.seconds_between(self.db, begin, end, now=self.now) == total

    def teardown(self) -> None:
        assert self.db.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.db.rows("PRAGMA foreign_key_check") == []
        for connection in self.connections:
            connection.close()
        self.folder.cleanup()


TestAnyVerbsInAnyOrder = Tracker.TestCase
TestAnyVerbsInAnyOrder.settings = settings(stateful_step_count=40)
