"""Two or more computers of one user, each with a clock and a line of its own, and what comes of it.

``python -m tests.sync.two_computers --runs 10000 --seed 1`` prints how many entries were lost or
doubled, and how many of the values that lost a conflict are listed where the user can see them;
``--gaps``: on a server that is not as Toggl's, by the seed; ``--more``: all that users may do.
"""

import argparse
import json
import logging
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

from tests.sync.frail import FAULTS, Crash, FrailRig
from tests.sync.rig import NOON, OWN, World, run_together
from tests.sync.two_computers_plan import (
    GAPS_OF_SERVERS,
    KINDS,
    MORE_KINDS,
    Act,
    Plan,
    random_plan,
    with_gaps,
)
from tray.errors import UserError
from tray.store import conflicts, entries, journal, outbox, remote_rows, undoing
from tray.sync import problems
from tray.sync.problems import SyncProblem
from tray.sync.rate import polling
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

WATCHED_SECONDS: Final = 120
"""How often a server with plenty of requests is asked, so that a run has fewer of them."""
HOUR: Final = 3600
QUARTER: Final = HOUR // 4
_MOST_DECISIONS: Final = 40
_WHERE: Final = ("before a request", "after a request", "before a commit", "after a commit")


class Result(NamedTuple):
    """What came of a run; all but the first are what should not be."""

    losers_listed: int
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    losers_hidden: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    """In what computers and server differ."""


@dataclass
class Known:
    """What the user knows of an entry: who made which values of its description from which."""

    parents: dict[str, str | None] = field(default_factory=dict)
    """The description that was seen when each was given; None: it was made with it."""
    dropped: list[str] = field(default_factory=list)
    """The descriptions that it had where it was deleted."""
    made: int = 0
    """How often it was made: by both computers, if the same was added on both."""
    deletions: int = 0
    """How often it was deleted and that not taken back, though another may have edited it since."""
    more: int = 0
    """How many further entries of that key were made of it, as by splitting it."""

    def delete(self) -> None:
        """Somebody does not want it."""
        self.deletions += 1

    def want_again(self) -> None:
        """Somebody has taken a deletion back."""
        self.deletions -= 1

    def leaves(self) -> set[str]:
        """The descriptions that nobody has replaced on purpose."""
        return (
            self.parents.keys() - {each for each in self.parents.values() if each} - {*self.dropped}
        )


class Deed(NamedTuple):
    """What it means for what is known that a step is undone, and that it is done again."""

    back: Callable[[], None] = lambda: None
    again: Callable[[], None] = lambda: None


class Machine:
    """Carries out a plan, and remembers what the user did."""

    def __init__(self, plan: Plan, folder: Path, template: Path | None = None) -> None:
        self.world = World()
        for name in plan.gaps:
            setattr(self.world.account, name, GAPS_OF_SERVERS[name])
        self.world.service.quota.told = "not_offered" not in plan.gaps
        self.calm = HOUR if plan.gaps else QUARTER  # some deletions are only told by the history
        self.known: dict[str, Known] = {}
        self.number = 0
        self.answers = random.Random(sum(act.pick for act in plan.acts))
        self.undoable: list[list[Deed]] = [[] for _ in plan.ahead]
        self.redoable: list[list[Deed]] = [[] for _ in plan.ahead]
        self.same: list[tuple[Draft, int]] = []
        self.ended_here: list[tuple[FrailRig, int]] = []
        self.rigs = [
            self._computer(plan, folder / str(number), number, template)
            for number in range(len(plan.ahead))
        ]

    def _computer(self, plan: Plan, folder: Path, number: int, template: Path | None) -> FrailRig:
        folder.mkdir()
        if plan.gaps:
            template = None  # what the server lacks shows when signing in
        if template is not None:
            shutil.copy(template / f"{plan.version}.db", folder / "toggl-tray.db")
        rig = FrailRig(folder, world=self.world, version=plan.version, ahead=plan.ahead[number])
        rig.adapter.faults.late_by = plan.late_by
        if plan.gaps:
            rig.url = OWN
        if template is None:
            rig.sign_in()
        else:
            rig.start_engine(number)
        return rig

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

    # What the user does

    def act(self, act: Act) -> None:
        rig = self.rigs[act.computer]
        armed, rig.frail.where = rig.frail.where, ""  # what is exchanged is cut off, not the user
        before, done = undoing.undoable(rig.db), self.undoable[act.computer]
        count = len(done)
        with suppress(UserError):
            getattr(self, f"_{act.kind.replace(' ', '_')}")(rig, act)
        if len(done) > count and undoing.undoable(rig.db) == before:
            done.pop()  # it has changed nothing
        elif len(done) > count and act.kind != "redo":
            self.redoable[act.computer].clear()
        rig.frail.where = rig.frail.where or armed
        self.run(act.gap)

    def _new(self) -> str:
        self.number += 1
        return f"k{self.number}"

    def _made(self, act: Act, text: str) -> None:
        known = self.known.setdefault(text.split()[0], Known())
        known.parents.setdefault(text, None)
        known.made += 1
        self.undoable[act.computer].append(Deed(known.delete, known.want_again))

    def _pick(self, rig: FrailRig, act: Act) -> Any:
        found = list(entries.everything(rig.db))
        if not found:
            raise UserError("nothing here")
        return found[act.pick % len(found)]

    def _start(self, rig: FrailRig, act: Act) -> None:
        text, tags = self._new(), (f"t{self.number}",) if act.pick % 5 == 0 else ()
        timer.start(rig.db, Draft(text, tags=tags), now=rig.now)
        self._made(act, text)

    def _stop(self, rig: FrailRig, act: Act) -> None:
        timer.stop(rig.db, now=rig.now)
        self.undoable[act.computer].append(Deed())

    def _stop_at(self, rig: FrailRig, act: Act) -> None:
        timer.stop(rig.db, now=rig.now, at=rig.now - act.pick % 300)
        self.undoable[act.computer].append(Deed())

    def _add(self, rig: FrailRig, act: Act) -> None:
        start = rig.now - 1_000 - act.pick % 10_000
        self._add_one(rig, act, Draft(self._new()), start)

    def _add_one(self, rig: FrailRig, act: Act, draft: Draft, start: int) -> None:
        verbs.add(rig.db, draft, start=start, stop=start + 600, now=rig.now)
        self.same.append((draft, start))
        self._made(act, draft.description)

    def _add_the_same(self, rig: FrailRig, act: Act) -> None:
        """What was added on one computer is added on the other, which has not seen it."""
        if not self.same:
            return
        draft, start = self.same[act.pick % len(self.same)]
        key = draft.description
        here = any(each.description.split()[0] == key for each in entries.everything(rig.db))
        if not here and not self.known[key].deletions and len(self.known[key].parents) == 1:
            self._add_one(rig, act, draft, start)

    def _describe(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        key = entry.description.split()[0]
        text = f"{key} {self._new()}"
        verbs.edit(rig.db, [entry.id], {"description": text}, now=rig.now)
        known = self.known[key]

        def name() -> None:
            known.parents[text] = entry.description

        def take_back() -> None:
            del known.parents[text]

        name()
        self.undoable[act.computer].append(Deed(take_back, name))

    def _move(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        verbs.edit(rig.db, [entry.id], {"start": entry.start - 1 - act.pick % 50}, now=rig.now)
        self.undoable[act.computer].append(Deed())

    def _tag(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        verbs.edit(rig.db, [entry.id], {"tags": [f"t{act.pick % 4}"]}, now=rig.now)
        self.undoable[act.computer].append(Deed())

    def _delete(self, rig: FrailRig, act: Act) -> None:
        entry = self._pick(rig, act)
        verbs.delete(rig.db, [entry.id], now=rig.now)
        known = self.known[entry.description.split()[0]]

        def drop() -> None:
            known.delete()
            known.dropped.append(entry.description)

        def take_back() -> None:
            known.want_again()
            known.dropped.remove(entry.description)

        drop()
        self.undoable[act.computer].append(Deed(take_back, drop))

    def _undo(self, rig: FrailRig, act: Act) -> None:
        self._step_back(act, self.undoable, self.redoable, lambda: undo.undo(rig.db)).back()

    def _step_back(
        self,
        act: Act,
        taken: list[list[Deed]],
        given: list[list[Deed]],
        do: Callable[[], object],
    ) -> Deed:
        """Undo, or do again what was undone; which deed that was."""
        if not taken[act.computer]:
            raise UserError("nothing here")
        deed = taken[act.computer].pop()
        try:
            do()
        except UserError:
            for each in (taken, given):
                each[act.computer].clear()  # which comes next cannot be told from here
            raise
        given[act.computer].append(deed)
        return deed

    # What happens to both

    def _offline(self, rig: FrailRig, act: Act) -> None:
        rig.adapter.online = False

    def _online(self, rig: FrailRig, act: Act) -> None:
        if not rig.adapter.online:
            rig.adapter.online = True
            rig.engine.network_is_back()

    def _fault(self, rig: FrailRig, act: Act) -> None:
        fault = sorted(FAULTS)[act.pick % len(FAULTS)]
        method = ("POST", "POST", "PUT", "DELETE", "GET", "PATCH")[act.pick // 16 % 6]
        rig.adapter.faults.next(fault, lambda request: request.method == method)

    def _bad_line(self, rig: FrailRig, act: Act) -> None:
        rig.adapter.faults.by_chance(act.pick, FAULTS if act.pick % 2 else {})

    def _crash(self, rig: FrailRig, act: Act) -> None:
        rig.frail.arm(_WHERE[act.pick % 4], 1 + act.pick // 4 % 4)

    def _wait(self, rig: FrailRig, act: Act) -> None:
        self.run(act.pick % (2 * HOUR))

    # In the end

    def settle(self) -> None:
        for rig in self.rigs:
            rig.adapter.faults.clear()
            rig.frail.where = ""
            rig.adapter.online = True
            rig.engine.network_is_back()
        for _ in range(24 * HOUR // QUARTER):
            self.run(QUARTER)
            if not any(outbox.count(rig.db).pending for rig in self.rigs):
                break
        for rig in self.rigs:
            rig.engine.sync_now()
        self.run(self.calm)

    def result(self) -> Result:
        """What the exchange has told by itself, and how things stand once all is decided."""
        listed, hidden = self._losers()
        self.decide()
        found = (self._lost(), self._doubled(), hidden, self._apart())
        return Result(listed, *(tuple(each) for each in found))

    def _count(self) -> Counter[str]:
        """How many entries of each key the server has."""
        return Counter(row[0].split()[0] for row in self.rigs[0].theirs())

    def _lost(self) -> list[str]:
        there = self._count()
        return sorted(
            key
            for key, known in self.known.items()
            if there[key] < 1 + known.more - known.deletions
        )

    def _losers(self) -> tuple[int, list[str]]:
        """How many values that another has replaced unseen are told, and those that are not."""
        texts = {row[0] for row in self.rigs[0].theirs()}
        there = {text.split()[0] for text in texts}
        listed = "\n".join(self._listed(rig) for rig in self.rigs)
        losers = [
            text
            for key in self.known.keys() & there
            if not (self.known[key].more and self.known[key].deletions)
            for text in self.known[key].leaves() - texts
        ]
        hidden = [text for text in losers if f"“{text}”" not in listed]
        return len(losers) - len(hidden), hidden

    def decide(self) -> None:
        """Have the user decide all that waits, on one computer after the other."""
        for decisions in range(_MOST_DECISIONS):
            asked = [(rig, each) for rig in self.rigs for each in problems.every(rig.db)]
            if not asked:
                return
            rig, problem = asked[self.answers.randrange(len(asked))]
            with suppress(UserError):
                self._decide(rig, problem, afresh=decisions < _MOST_DECISIONS // 2)
            self.settle()

    def _decide(self, rig: FrailRig, problem: SyncProblem, *, afresh: bool) -> None:
        """Answer one question, in the end so that nothing is asked again."""
        known = self.known.get(key_in(problem.name), Known())
        wants, db, now = afresh and self.answers.random() < 0.5, rig.db, rig.now
        match problem.kind, problem.action:
            case "copy", _ if self._are_one(problem):
                problems.remove_one(db, problem, copy=wants, now=now)
            case "copy", _:
                problems.keep(db, problem)
            case "conflict", _ if wants:
                problems.take_other(db, problem, now=now)
            case "conflict", _:
                problems.keep(db, problem)
            case "gone", _ if wants:
                problems.recreate(db, problem)
                known.made += 1
            case "gone", _:
                problems.let_go(db, problem, now=now)
                known.delete()
            case _, "create":
                problems.retry(db, problem, now=now)
            case _ if wants:
                problems.retry(db, problem, now=now)
            case _ if problems.give_up(db, problem, now=now):
                # What ran was deleted here, and the user is told that it runs on in the account:
                # here it stays ended on purpose, however it goes on there.
                self.ended_here.append((rig, problem.row_id))

    def _are_one(self, problem: SyncProblem) -> bool:
        """Whether the two entries that a question is about are one, as the user knows."""
        return key_in(problem.kept) == key_in(problem.other)

    def _doubled(self) -> list[str]:
        """Those that are there more than once; the same that was added twice, and then changed on
        one computer before they met, may be."""
        rows = Counter(self.rigs[0].theirs())
        equal = {row[0].split()[0] for row, count in rows.items() if count > 1}
        return [
            key
            for key, count in self._count().items()
            if key in equal or count > max(1, self.known[key].made)
        ]

    def _listed(self, rig: FrailRig) -> str:
        """All that a user can read of the past on a computer."""
        found = [each.sentence for each in problems.every(rig.db)]
        found += [json.dumps(each, ensure_ascii=False) for each in conflicts.every(rig.db)]
        return "\n".join([*found, *(line.text for line in journal.latest(rig.db, 10_000))])

    def _apart(self) -> list[str]:
        found = sorted({each for rig in self.rigs for each in self._differences(rig)})
        waiting = [str(rig.path) for rig in self.rigs if outbox.count(rig.db).pending]
        asked = [each.sentence for rig in self.rigs for each in problems.every(rig.db)]
        return [*found, *waiting, *asked]

    def _differences(self, rig: FrailRig) -> Counter[str]:
        """What a computer has otherwise than the server, but what the user has ended here alone."""
        ended = [row_id for other, row_id in self.ended_here if other is rig]
        there = {each.id for each in self.world.account.entries()}
        there -= {remote_rows.remote_id(rig.db, "entry", row_id) for row_id in ended}
        ours, theirs = (
            Counter(map(str, side)) for side in (rig.ours(but=ended), rig.theirs(only=there))
        )
        return (ours - theirs) + (theirs - ours)


def key_in(name: str) -> str:
    """The key of an entry, from what it is called in a sentence."""
    return name.split()[0].strip("“”")


def simulate(plan: Plan, template: Path | None = None, kind: type[Machine] = Machine) -> Result:
    """Carry out a plan, let everything settle, and compare."""
    with (
        patch.object(polling, "WATCHED_SECONDS", WATCHED_SECONDS),
        tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name,
    ):
        machine = kind(plan, Path(name), template)
        try:
            for act in plan.acts:
                machine.act(act)
            machine.settle()
            return machine.result()
        finally:
            machine.close()


def prepare(folder: Path) -> Path:
    """Databases that are signed in, one for each version, from which each run starts."""
    for version in (8, 9):
        (folder / str(version)).mkdir()
        rig = FrailRig(folder / str(version), version=version)
        rig.sign_in()
        rig.run(1)
        assert rig.now == NOON + 1
        rig.db.close()
        shutil.copy(rig.path, folder / f"{version}.db")
    return folder


def main() -> None:
    """Run many, print what went wrong with the seed that repeats it, and the figures."""
    from tests.sync.two_computers_more import MoreMachine  # which is made of what is here

    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--computers", type=int, default=2)
    parser.add_argument("--gaps", action="store_true", help="on a server that is not Toggl's")
    parser.add_argument("--more", action="store_true", help="with what users do less often")
    options = parser.parse_args()
    logging.disable()
    figures: Counter[str] = Counter(dict.fromkeys(("runs", *Result._fields), 0))
    began = time.monotonic()
    kinds, machine = (MORE_KINDS, MoreMachine) if options.more else (KINDS, Machine)
    with tempfile.TemporaryDirectory() as name:
        template = prepare(Path(name))
        for seed in range(options.seed, options.seed + options.runs):
            plan = random_plan(seed, options.computers, kinds)
            result = simulate(with_gaps(plan, seed) if options.gaps else plan, template, machine)
            figures.update({"runs": 1, "losers_listed": result.losers_listed})
            for title, found in zip(result._fields[1:], result[1:], strict=True):
                figures[title] += len(found)
                if found:
                    print(f"seed {seed}: {title}: {', '.join(found)}", flush=True)
            if figures["runs"] % 100 == 0:
                print(_summary(figures, began), flush=True)
    print(f"Done. {_summary(figures, began)}")


def _summary(figures: Counter[str], began: float) -> str:
    words = ", ".join(f"{count} {title.replace('_', ' ')}" for title, count in figures.items())
    return f"{words}; {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    main()
