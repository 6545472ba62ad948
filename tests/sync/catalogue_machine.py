"""Two computers of one user who both edit projects, clients, tags and tasks, and what comes of it.

``python -m tests.sync.catalogue_machine --runs 1000`` prints what went wrong, with its seed.
"""

import argparse
import logging
import random
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from tests.sync.frail import FAULTS, Crash, FrailRig
from tests.sync.rig import World, run_together
from tray.errors import UserError
from tray.store import catalogue, entries, outbox
from tray.store.catalogue import Kind as ThingKind
from tray.sync import problems
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import removal, undo
from tray.tracker.resolve import Draft

Kind = Literal[
    "make",
    "rename",
    "change",
    "archive",
    "delete",
    "delete with entries",
    "merge",
    "use",
    "tag",
    "undo",
    "offline",
    "online",
    "fault",
    "crash",
    "wait",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
THINGS: Final[tuple[ThingKind, ...]] = ("project", "client", "tag", "task")
GAPS: Final = (0, 1, 7, 90, 4_000)
HOUR: Final = 3600


class Act(NamedTuple):
    """Something that happens."""

    computer: int
    """0 or 1."""
    kind: Kind
    thing: ThingKind
    pick: int
    gap: int
    """Seconds until the next."""


class Plan(NamedTuple):
    """A run."""

    version: int
    premium: bool
    acts: tuple[Act, ...]


class Result(NamedTuple):
    """What should not be."""

    apart: tuple[str, ...] = ()
    """In what computers and server differ, or what is still to be sent."""
    doubled: tuple[str, ...] = ()
    """Names that two things have which were made once."""
    lost: tuple[str, ...] = ()
    """Entries that nobody has deleted and that are nowhere."""


def random_plan(seed: int) -> Plan:
    """A plan that only depends on the seed."""
    rng = random.Random(seed)
    acts = [
        Act(
            rng.randrange(2),
            rng.choice(KINDS),
            rng.choice(THINGS),
            rng.randrange(1 << 16),
            rng.choice(GAPS),
        )
        for _ in range(rng.randint(4, 24))
    ]
    return Plan(rng.choice((9, 9, 8)), rng.random() < 0.7, tuple(acts))


class Machine:
    """Carries out a plan."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.world = World(premium=plan.premium)
        self.number = 0
        self.made: list[str] = []
        self.kept_entries: set[str] = set()
        self.rigs = []
        for name in ("here", "there"):
            (folder / name).mkdir()
            rig = FrailRig(folder / name, world=self.world, version=plan.version)
            rig.sign_in()
            self.rigs.append(rig)
        self.run(60)

    def close(self) -> None:
        for rig in self.rigs:
            rig.db.close()

    def run(self, seconds: int) -> None:
        """Let time pass; whoever ends meanwhile is started again."""
        end = self.world.now + seconds
        while True:
            try:
                run_together(self.rigs, max(0, end - self.world.now))
            except Crash as crash:
                next(rig for rig in self.rigs if rig.frail is crash.frail).restart()
                continue
            break

    def act(self, act: Act) -> None:
        rig = self.rigs[act.computer]
        armed, rig.frail.where = rig.frail.where, ""
        with suppress(UserError):
            getattr(self, f"_{act.kind.replace(' ', '_')}")(rig, act)
        rig.frail.where = rig.frail.where or armed
        self.run(act.gap)

    def _new(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def _all(self, rig: FrailRig, kind: ThingKind) -> list[Any]:
        return list(getattr(catalogue, f"{kind}s")(rig.db))

    def _pick(self, rig: FrailRig, act: Act, kind: ThingKind | None = None) -> Any:
        found = self._all(rig, kind or act.thing)
        if not found:
            raise UserError("there is none")
        return found[act.pick % len(found)]

    def _some(self, rig: FrailRig, act: Act) -> list[int]:
        """The ids of what is picked, or of up to three."""
        found = [each.id for each in self._all(rig, act.thing)]
        return [self._pick(rig, act).id] if act.pick % 3 else found[:3]

    def _make(self, rig: FrailRig, act: Act) -> None:
        name = self._new()
        match act.thing:
            case "project":
                changes: things.ProjectChanges = {}
                if act.pick % 2 and self._all(rig, "client"):
                    changes["client_id"] = self._pick(rig, act, "client").id
                things.create_project(rig.db, name, now=rig.now, changes=changes)
            case "client":
                things.create_client(rig.db, name, now=rig.now)
            case "tag":
                things.create_tag(rig.db, name, now=rig.now)
            case "task":
                project = self._pick(rig, act, "project").id
                things.create_task(rig.db, project, name, now=rig.now)
        self.made.append(name)

    def _rename(self, rig: FrailRig, act: Act) -> None:
        thing = self._pick(rig, act)
        things.rename(rig.db, act.thing, thing.id, self._new(), now=rig.now)

    def _change(self, rig: FrailRig, act: Act) -> None:
        thing = self._pick(rig, act)
        match act.thing:
            case "project":
                terms: tuple[things.ProjectChanges, ...] = (
                    {"private": bool(act.pick % 2)},
                    {"billable": bool(act.pick % 2)},
                    {"start_date": f"2026-11-{1 + act.pick % 28:02}"},
                    {"estimated_hours": act.pick % 90},
                    {"rate_cents": act.pick},
                )
                things.edit_project(rig.db, thing.id, terms[act.pick % 5], now=rig.now)
            case "client":
                things.edit_client(rig.db, thing.id, {"notes": self._new()}, now=rig.now)
            case "task":
                estimate = 60 * (act.pick % 90)
                things.edit_tasks(
                    rig.db, [thing.id], {"estimated_seconds": estimate or None}, now=rig.now
                )

    def _archive(self, rig: FrailRig, act: Act) -> None:
        thing, ids = self._pick(rig, act), self._some(rig, act)
        things.archive(rig.db, act.thing, *ids, now=rig.now, archived=not thing.archived)

    def _delete(self, rig: FrailRig, act: Act) -> None:
        removal.delete(rig.db, act.thing, *self._some(rig, act), now=rig.now)

    def _delete_with_entries(self, rig: FrailRig, act: Act) -> None:
        project = self._pick(rig, act, "project").id
        for entry in entries.everything(rig.db):
            if entry.project_id == project:
                self.kept_entries.discard(entry.description)
        removal.delete_with_entries(rig.db, project, now=rig.now)

    def _merge(self, rig: FrailRig, act: Act) -> None:
        one, other = self._pick(rig, act), self._pick(rig, act._replace(pick=act.pick // 7))
        removal.merge(rig.db, act.thing, one.id, other.id, now=rig.now)

    def _use(self, rig: FrailRig, act: Act) -> None:
        project = self._pick(rig, act, "project")
        name, start = self._new(), rig.now - 1_000 - act.pick
        outcome = verbs.add(rig.db, Draft(name), start=start, stop=start + 60, now=rig.now)
        self.kept_entries.add(name)
        entry_id = outcome.entry.id if outcome.entry else 0
        verbs.edit(rig.db, [entry_id], {"project_id": project.id}, now=rig.now)

    def _tag(self, rig: FrailRig, act: Act) -> None:
        tag = self._pick(rig, act, "tag").id
        some = [each.id for each in entries.everything(rig.db)][:3]
        verbs.edit(
            rig.db,
            some,
            lambda each: {"tag_ids": tuple({*each.tag_ids, tag})},
            now=rig.now,
        )

    def _undo(self, rig: FrailRig, act: Act) -> None:
        undo.undo(rig.db)
        self.kept_entries = set()  # what is there then cannot be told from here
        self.made = []

    def _offline(self, rig: FrailRig, act: Act) -> None:
        rig.adapter.online = False

    def _online(self, rig: FrailRig, act: Act) -> None:
        if not rig.adapter.online:
            rig.adapter.online = True
            rig.engine.network_is_back()

    def _fault(self, rig: FrailRig, act: Act) -> None:
        fault = sorted(FAULTS)[act.pick % len(FAULTS)]
        method = ("POST", "PUT", "DELETE", "GET", "PATCH")[act.pick // 16 % 5]
        rig.adapter.faults.next(fault, lambda request: request.method == method)

    def _crash(self, rig: FrailRig, act: Act) -> None:
        where = ("before a request", "after a request", "before a commit", "after a commit")
        rig.frail.arm(where[act.pick % 4], 1 + act.pick // 4 % 4)

    def _wait(self, rig: FrailRig, act: Act) -> None:
        self.run(act.pick % HOUR)

    def settle(self) -> None:
        for rig in self.rigs:
            rig.adapter.faults.clear()
            rig.frail.where = ""
            rig.adapter.online = True
            rig.engine.network_is_back()
        for _ in range(24):
            self.run(HOUR)
            if not any(outbox.count(rig.db).pending for rig in self.rigs):
                break
        for _ in range(2):
            for rig in self.rigs:
                rig.engine.sync_now()
            self.run(HOUR)

    def result(self) -> Result:
        sides = [self._here(rig) for rig in self.rigs]
        there = self._there()
        waiting = [f"waits {rig.path}" for rig in self.rigs if outbox.count(rig.db).pending]
        asked = {each.row_id for rig in self.rigs for each in problems.every(rig.db)}
        sides = [there, *sides]
        apart = [] if asked else sorted(set().union(*sides) - sides[0].intersection(*sides[1:]))
        names = [row[1] for row in there if row[0] != "entry"]
        doubled = [name for name in self.made if names.count(name) > 1]
        found = {row[1] for row in there if row[0] == "entry"}
        lost = [] if asked else sorted(self.kept_entries - found)
        return Result((*map(str, apart), *waiting), tuple(doubled), tuple(lost))

    def _here(self, rig: FrailRig) -> set[tuple[Any, ...]]:
        names = catalogue.names(rig.db)
        local = set(rig.db.rows("SELECT of_table, row_id FROM local_only"))
        rows: set[tuple[Any, ...]] = {
            ("project", each.name, self._client(names, each.client_id), each.archived)
            for each in names.projects.values()
            if ("project", each.id) not in local
        }
        rows |= {("client", each.name) for each in names.clients.values()}
        rows |= {("tag", each.name) for each in names.tags.values()}
        if self.world.account.workspace.premium:
            rows |= {
                ("task", each.name, names.projects[each.project_id].name, each.archived)
                for each in names.tasks.values()
            }
        return rows | {("entry", *row) for row in rig.ours()}

    def _client(self, names: catalogue.Names, client_id: int | None) -> str | None:
        return None if client_id is None else names.clients[client_id].name

    def _there(self) -> set[tuple[Any, ...]]:
        account = self.world.account
        rows: set[tuple[Any, ...]] = {
            ("project", each.name, self._theirs(each.client_id), not each.active)
            for each in account.projects.values()
            if each.deleted_at is None
        }
        for kind in ("client", "tag"):
            table: Any = getattr(account, f"{kind}s")
            rows |= {(kind, each.name) for each in table.values() if each.deleted_at is None}
        rows |= {
            ("task", each.name, account.projects[each.project_id].name, not each.active)
            for each in account.tasks.values()
            if each.deleted_at is None
        }
        return rows | {("entry", *row) for row in self.rigs[0].theirs()}

    def _theirs(self, client_id: int | None) -> str | None:
        return None if client_id is None else self.world.account.clients[client_id].name


def simulate(plan: Plan) -> Result:
    """Carry out a plan, let everything settle, and compare."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        machine = Machine(plan, Path(name))
        try:
            for act in plan.acts:
                machine.act(act)
            machine.settle()
            return machine.result()
        finally:
            machine.close()


def main() -> None:
    """Run many, and print what went wrong with the seed that repeats it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable()
    for seed in range(options.seed, options.seed + options.runs):
        result = simulate(random_plan(seed))
        if result != Result():
            print(seed, result)


if __name__ == "__main__":
    main()
