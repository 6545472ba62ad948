"""Anything may happen, in any order; once the line is good, both sides have the same entries."""

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.fakes.toggl.exchange import Refusal
from tests.sync.frail import FAULTS, FrailRig
from tray.errors import UserError
from tray.store import catalogue, entries, outbox, remote_rows
from tray.store.database import Database
from tray.sync.reconcile.own_changes import STOP_SECONDS
from tray.sync.sign_in.linking import Choice
from tray.tracker import catalogue as catalogue_verbs
from tray.tracker import entries as verbs
from tray.tracker import removal, timer, undo
from tray.tracker.resolve import Draft
from tray.tracker.transfer.importing import import_file

HOUR: Final = 3600

picks = st.integers(0, 30)
gaps = st.integers(1, 90)
tag_lists = st.lists(st.sampled_from(["red", "blue", "green"]), max_size=2, unique=True)


class Machine(RuleBasedStateMachine):
    """This computer, another device, and a bad line between them and the server."""

    others = True
    """Whether another device changes anything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.number = 0
        self.actions = 0
        self.touched: set[int] = set()
        self.rig: FrailRig

    @initialize(
        version=st.sampled_from([9, 9, 8]),
        premium=st.booleans(),
        quota=st.booleans(),
        late_by=st.integers(0, 3),
        choice=st.sampled_from(["upload", "keep"]),
        before=st.integers(0, 2),
    )
    def begin(
        self,
        version: int,
        premium: bool,
        quota: bool,
        late_by: int,
        choice: Choice,
        before: int,
    ) -> None:
        folder = Path(self.folder.name)
        self.rig = FrailRig(folder, version=version, premium=premium, quota=quota)
        for _ in range(before):
            self.add(3, [], 0)
        self.rig.sign_in(choice)
        self.rig.adapter.faults.late_by = late_by
        self.began = self.server_now
        self.snapshot()

    @property
    def db(self) -> Database:
        return self.rig.db

    @property
    def server_now(self) -> float:
        return self.rig.account.now

    def name(self, kind: str) -> str:
        self.number += 1
        return f"{kind} {self.number}"

    def snapshot(self) -> None:
        """What the user has seen last."""
        self.seen = self.rig.ours()

    def act(self, verb: Callable[[], object], gap: int) -> None:
        """Do a verb here, unless it is refused."""
        with suppress(UserError):
            verb()
        self.actions += 1
        self.snapshot()
        self.rig.now += gap
        result = {start for (start,) in self.db.rows("SELECT start FROM entry")}
        while self.rig.now in result:
            self.rig.now += 1

    def pick(self, number: int) -> int:
        ids = [entry.id for entry in entries.everything(self.db)]
        return ids[number % len(ids)] if ids else 0

    # What is done here

    @rule(number=picks, tags=tag_lists, gap=gaps)
    def start(self, number: int, tags: list[str], gap: int) -> None:
        draft = Draft(
            self.name("here"), self.project(number), tags=tuple(tags), create_missing=True
        )
        self.act(lambda: timer.start(self.db, draft, now=self.rig.now), gap)

    def project(self, number: int) -> str | None:
        names = [each.name for each in catalogue.projects(self.db) if not each.archived]
        return [None, self.name("project"), *names][number % (len(names) + 2)]

    @rule(gap=gaps)
    def stop(self, gap: int) -> None:
        self.act(lambda: timer.stop(self.db, now=self.rig.now), gap)

    @rule(number=picks, gap=gaps)
    def resume(self, number: int, gap: int) -> None:
        self.act(lambda: timer.resume(self.db, self.pick(number), now=self.rig.now), gap)

    @rule(number=picks, tags=tag_lists, gap=gaps)
    def add(self, number: int, tags: list[str], gap: int) -> None:
        start = self.rig.now - 100 * (number + 1) - 1
        draft = Draft(self.name("added"), tags=tuple(tags))
        verb = verbs.add
        self.act(lambda: verb(self.db, draft, start=start, stop=start + 60, now=self.rig.now), gap)

    @rule(numbers=st.lists(picks, min_size=1, max_size=4), field=picks, tags=tag_lists, gap=gaps)
    def edit(self, numbers: list[int], field: int, tags: list[str], gap: int) -> None:
        ids = list(dict.fromkeys(map(self.pick, numbers)))
        old = next((each for each in entries.everything(self.db) if each.id == ids[0]), None)
        if old is None:
            return
        changes: list[verbs.Changes] = [
            {"description": self.name("edited")},
            {"project": self.project(field // 5), "create_missing": True},
            {"tags": tags},
            {"start": old.start - 7},
            {"stop": (old.stop or 0) + 11},
        ]
        change = changes[field % 5]
        if "start" in change or "stop" in change:
            ids = ids[:1]
        self.act(lambda: verbs.edit(self.db, ids, change, now=self.rig.now), gap)

    @rule(number=picks, gap=gaps)
    def delete(self, number: int, gap: int) -> None:
        self.act(lambda: verbs.delete(self.db, [self.pick(number)], now=self.rig.now), gap)

    @rule(gap=gaps)
    def undo(self, gap: int) -> None:
        self.act(lambda: undo.undo(self.db), gap)

    @rule(gap=gaps)
    def redo(self, gap: int) -> None:
        self.act(lambda: undo.redo(self.db), gap)

    @rule(number=picks, gap=gaps)
    def split(self, number: int, gap: int) -> None:
        entry_id = self.pick(number)
        found = next((each for each in entries.everything(self.db) if each.id == entry_id), None)
        if found is not None:
            moment = (found.start + (found.stop or self.rig.now)) // 2
            self.act(lambda: verbs.split(self.db, entry_id, moment, now=self.rig.now), gap)

    @rule(number=picks, gap=gaps)
    def merge(self, number: int, gap: int) -> None:
        ids = [self.pick(number), self.pick(number + 1)]
        verbs_ids = list(dict.fromkeys(ids))
        self.act(lambda: verbs.merge(self.db, verbs_ids, now=self.rig.now), gap)

    @rule(kind=st.sampled_from(["client", "project", "tag"]), gap=gaps)
    def make(self, kind: str, gap: int) -> None:
        make = getattr(catalogue_verbs, f"create_{kind}")
        self.act(lambda: make(self.db, self.name(kind), now=self.rig.now), gap)

    @rule(kind=st.sampled_from(["client", "project", "tag"]), number=picks, gap=gaps)
    def rename(self, kind: catalogue.Kind, number: int, gap: int) -> None:
        things = getattr(catalogue, f"{kind}s")(self.db)
        # A new tag is made with an entry, by name: without an answer it goes by no other.
        doubtful = kind == "tag" and outbox.next_lookup_at(self.db, self.rig.now) is not None
        if things and not doubtful:
            thing = things[number % len(things)].id
            name = self.name(kind)
            verb = catalogue_verbs.rename
            self.act(lambda: verb(self.db, kind, thing, name, now=self.rig.now), gap)

    @rule(number=picks, archived=st.booleans(), gap=gaps)
    def archive(self, number: int, archived: bool, gap: int) -> None:
        projects = catalogue.projects(self.db)
        if projects:
            project = projects[number % len(projects)].id
            verb = catalogue_verbs.archive
            now = self.rig.now
            self.act(lambda: verb(self.db, "project", project, now=now, archived=archived), gap)

    @rule(
        kind=st.sampled_from(["client", "project", "tag"]),
        number=picks,
        into=st.none() | picks,
        gap=gaps,
    )
    def remove(self, kind: catalogue.Kind, number: int, into: int | None, gap: int) -> None:
        things = getattr(catalogue, f"{kind}s")(self.db)
        # A new tag is made with an entry, by name: without an answer it goes by no other.
        doubtful = kind == "tag" and outbox.next_lookup_at(self.db, self.rig.now) is not None
        if things and not doubtful:
            thing = things[number % len(things)].id
            to = None if into is None else things[into % len(things)].id
            now, verb = self.rig.now, removal.delete
            self.act(lambda: verb(self.db, kind, thing, now=now, move_to=to), gap)

    @rule(count=st.integers(1, 4), day=st.integers(1, 27), gap=gaps)
    def import_some(self, count: int, day: int, gap: int) -> None:
        lines = ["Description,Start date,Start time,End date,End time"]
        for minute in range(count):
            self.number += 1
            times = [f"2026-10-{day:02},{self.number % 24:02}:{minute:02}:{each}" for each in "59"]
            lines.append(f"imported {self.number},{times[0]},{times[1]}".replace(":5,", ":05,"))
        path = Path(self.folder.name, "some.csv")
        path.write_text("\n".join(lines).replace(":5", ":05").replace(":9", ":09"))
        self.act(lambda: import_file(self.db, str(path), now=self.rig.now, zone=None), gap)

    # What another device does

    @precondition(lambda self: self.others)
    @rule(number=picks, tags=tag_lists, gap=gaps)
    def start_elsewhere(self, number: int, tags: list[str], gap: int) -> None:
        projects = [each.id for each in self.rig.account.projects.values() if not each.deleted_at]
        some = [None, None, *projects]
        project = some[number % len(some)]
        name = self.name("there")
        self.elsewhere(
            lambda: self.rig.account.start(name, tags=list(tags), project_id=project), gap
        )

    def elsewhere(self, verb: Callable[[], object], gap: int) -> None:
        with suppress(Refusal):
            verb()
        self.actions += 1
        self.rig.now += gap

    @precondition(lambda self: self.others)
    @rule(number=picks, field=st.integers(0, 7), tags=tag_lists, gap=gaps)
    def edit_elsewhere(self, number: int, field: int, tags: list[str], gap: int) -> None:
        account = self.rig.account
        there = account.entries()
        if self.rig.version == 8:  # it only shows the last days again
            there = [entry for entry in there if entry.start > self.server_now - 8 * 24 * HOUR]
        if not there:
            return
        entry = there[number % len(there)]
        heard = remote_rows.of_remote(self.db, "entry", entry.id) is not None
        if not heard:
            # Of what is not known here yet, one thing may be changed and no more: there would be
            # nothing left to know it by.
            alike = Counter(each[0] for each in self.rig.ours())
            if entry.id in self.touched or alike[entry.description] > 1:
                return
            self.touched.add(entry.id)
        stop = (entry.stop or 0) + 13
        edits: list[Callable[[], object]] = [
            lambda: account.edit(entry.id, description=self.name("edited there")),
            lambda: account.edit(entry.id, tags=list(tags)),
            lambda: account.edit(entry.id, start=entry.start - 5),
            lambda: account.edit(entry.id, project_id=None),
            lambda: account.edit(entry.id, stop=stop) if entry.stop else None,
            lambda: account.stop(entry.id),
            lambda: account.delete(entry.id),
            lambda: account.delete(entry.id),
        ]
        self.elsewhere(edits[field], gap)

    @precondition(lambda self: self.others)
    @rule(kind=st.sampled_from(["tag", "project"]), field=st.integers(0, 2), number=picks, gap=gaps)
    def change_things_elsewhere(self, kind: str, field: int, number: int, gap: int) -> None:
        account = self.rig.account
        table = account.tags if kind == "tag" else account.projects
        live = [each.id for each in table.values() if not each.deleted_at]
        heard = remote_rows.row_ids(self.db, "entry")
        if not live or any(entry.id not in heard for entry in account.entries()):
            return
        thing = live[number % len(live)]
        edits: dict[str, list[Callable[[], object]]] = {
            "tag": [
                lambda: account.rename_tag(thing, self.name("tag there")),
                lambda: account.delete_tag(thing),
                lambda: account.add_tag(self.name("tag there")),
            ],
            "project": [
                lambda: account.edit_project(thing, name=self.name("project there")),
                lambda: account.delete_project(thing),
                lambda: account.edit_project(thing, active=bool(number % 2)),
            ],
        }
        self.elsewhere(edits[kind][field], gap)

    # What happens to both

    @rule(seconds=st.sampled_from([1, 5, 30, 300, 1_000, 4_000]))
    def time_passes(self, seconds: int) -> None:
        self.rig.run(seconds)

    @rule(seed=st.integers(0, 2**32), seconds=st.sampled_from([5, 60, 600]))
    def line_is_bad(self, seed: int, seconds: int) -> None:
        self.rig.adapter.faults.by_chance(seed, FAULTS)
        self.rig.run(seconds)
        self.rig.adapter.faults.by_chance(seed, {})

    @rule(
        fault=st.sampled_from(sorted(FAULTS)),
        method=st.sampled_from(["POST", "POST", "PUT", "DELETE", "GET"]),
        crash=st.booleans(),
    )
    def one_goes_wrong(self, fault: str, method: str, crash: bool) -> None:
        self.rig.adapter.faults.next(fault, lambda request: request.method == method)
        if crash:
            self.rig.frail.arm("after a request", 1)
        self.rig.run(5)

    @rule(
        where=st.sampled_from(
            ["before a request", "after a request", "before a commit", "after a commit"]
        ),
        left=st.integers(1, 4),
        seconds=st.sampled_from([5, 400]),
    )
    def crash(self, where: str, left: int, seconds: int) -> None:
        self.rig.frail.arm(where, left)
        self.rig.run(seconds)

    @rule(online=st.booleans())
    def go(self, online: bool) -> None:
        back = online and not self.rig.adapter.online
        self.rig.adapter.online = online
        if back:
            self.rig.engine.network_is_back()

    @rule()
    def spend(self) -> None:
        quota = self.rig.service.quota
        for bucket in ("user", *self.organizations()):
            quota.spend(bucket, self.server_now)

    def organizations(self) -> list[str]:
        rows = self.rig.account.workspaces.values()
        return [f"organization {row.organization_id}" for row in rows]

    @rule(seconds=st.sampled_from([-30 * HOUR, -3 * HOUR, -60, 45, 2 * HOUR, 26 * HOUR]))
    def set_the_clock(self, seconds: int) -> None:
        self.rig.now += seconds
        self.rig.account.skew -= seconds

    # In the end

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            try:
                self.settle()
                self.check()
            finally:
                self.rig.db.close()
        self.folder.cleanup()

    def settle(self) -> None:
        rig = self.rig
        rig.adapter.faults.clear()
        rig.adapter.online = True
        rig.service.quota.enforced = False
        rig.engine.network_is_back()
        for _ in range(48):
            rig.run(1_800)
            if not outbox.count(rig.db).pending:
                break
        rig.engine.sync_now()
        rig.run(2 * HOUR)

    def check(self) -> None:
        db, rig = self.db, self.rig
        assert db.rows("PRAGMA integrity_check") == [("ok",)]
        assert db.rows("PRAGMA foreign_key_check") == []
        assert outbox.count(db).pending == 0, outbox.items(db, "waiting", "unknown", "sending")
        excused = [item.row_id for item in outbox.items(db, "refused", "gone")]
        ids = remote_rows.row_ids(db, "entry")
        mine = Counter(self.ours(set(excused)))
        there = {entry.id for entry in rig.account.entries() if ids.get(entry.id) not in excused}
        yours = Counter(rig.theirs(there))
        assert mine == yours, (mine - yours, yours - mine)
        if not self.others:
            assert self.with_equal_stops(rig.ours()) == self.seen
            assert not excused, outbox.items(db, "refused", "gone")
            assert db.row("SELECT count(*) FROM conflict") == (0,)
        self.check_requests()

    def with_equal_stops(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """With each stop as it was seen, if the server's present was a moment later."""
        seen = {row[:2]: row[2] for row in self.seen}
        return [
            (*row[:2], seen[row[:2]], *row[3:])
            if row[2] and 0 <= row[2] - (seen.get(row[:2]) or row[2] + 1) <= STOP_SECONDS
            else row
            for row in rows
        ]

    def ours(self, excused: set[int]) -> list[tuple[Any, ...]]:
        apart = {row for (row,) in self.db.rows("SELECT row_id FROM local_only")}
        return self.rig.ours(excused | apart)

    def check_requests(self) -> None:
        """No storm: some for what was done, some for what went wrong, some by the hour."""
        hours = (self.server_now - self.began) / HOUR
        faults = len(self.rig.adapter.faults.done)
        an_hour = 40 if self.rig.version == 9 else 260  # a v8 server keeps no count: every 15 s
        most = 30 + 6 * self.actions + 4 * faults + an_hour * hours
        assert len(self.rig.service.log) <= most, (len(self.rig.service.log), most)


class Alone(Machine):
    """Without another device, nothing that the user has seen may change."""

    others = False


_EFFORT: Final = settings(
    max_examples=(settings.default or settings()).max_examples // 4, stateful_step_count=30
)
TestMachine = Machine.TestCase
TestMachine.settings = _EFFORT
TestAlone = Alone.TestCase
TestAlone.settings = _EFFORT
