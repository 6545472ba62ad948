"""All sequences of a few steps in a small world, equal states explored once, and their ends.

``python -m tests.promises.explorer --steps 4`` prints what was exhausted and what went wrong.
"""

import argparse
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from unittest.mock import patch

from tests.promises.deeds import PROJECT, Known, key_of
from tests.promises.small_world import ALPHABET, ARRIVES, COMPUTERS, Moment, SmallWorld, Step
from tests.sync.rig import run_together
from tray.store import catalogue, outbox
from tray.store.database import Database
from tray.sync import problems
from tray.sync.rate import polling

_CALM_SECONDS: Final = 60
_ROUNDS: Final = 4
_LONG_SECONDS: Final = 2 * 3600
_TELL_SECONDS: Final = 20


class Scene(NamedTuple):
    """How a world begins, and how its steps follow each other."""

    running: bool
    gap: int

    def __str__(self) -> str:
        return f"{'running' if self.running else 'ended'}, a step each {self.gap} s"


SCENES: Final = tuple(Scene(running, gap) for running in (True, False) for gap in (40, 1))


class Broken(NamedTuple):
    """A sequence after which something is not as it should be."""

    scene: Scene
    steps: tuple[Step, ...]
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.scene}: {'; '.join(map(str, self.steps))} -> {', '.join(self.wrong)}"


@dataclass
class Explored:
    """What was looked at."""

    sequences: int = 0
    """Sequences of steps that are all possible and all change something."""
    states: int = 0
    """Different states among those they lead to; from each, all was settled and compared."""
    broken: list[Broken] = field(default_factory=list)
    is_whole: bool = False
    """Whether nothing was left out for want of time."""


class Explorer:
    """Explores one scene.

    Args:
        scene: Which.
        tell: Called now and then with what was looked at so far.
        until: A moment of `time.monotonic` at which to give up.
    """

    def __init__(
        self,
        scene: Scene,
        tell: Callable[[Explored], None] = lambda _: None,
        until: float = float("inf"),
    ) -> None:
        self.scene = scene
        self.world = SmallWorld(running=scene.running, gap=scene.gap)
        self.explored = Explored()
        self._tell = tell
        self._until = until
        self._below: dict[tuple[int, bytes], int] = {}
        """Of each state, how many sequences go on from it."""

    def run(self, length: int) -> bool:
        """Explore every sequence of up to so many steps; False if the time was over before."""
        with suppress(TimeoutError):
            self.explored.sequences += self._from((), length)
            return True
        return False

    def _from(self, done: tuple[Step, ...], left: int) -> int:
        """Explore what follows; how many sequences that are."""
        count, before = 0, self.world.moment()
        for step in self._possible(done):
            with self.world.branch():
                if self.world.take(step):
                    after = self.world.moment()
                    # Where only time has passed, it is the sequence without the step.
                    if after._replace(clocks=before.clocks) != before:
                        count += 1 + self._at(after, (*done, step), left - 1)
        return count

    def _at(self, moment: Moment, done: tuple[Step, ...], left: int) -> int:
        """Explore a state unless it was seen already; how many sequences go on from it."""
        key = len(done), moment.digest
        below = self._below.get(key)
        if below is None:
            if time.monotonic() > self._until:
                raise TimeoutError
            self.explored.states += 1
            wrong = self._judge(moment)
            if wrong:
                self.explored.broken.append(Broken(self.scene, done, wrong))
            below = self._below[key] = self._from(done, left) if left else 0
            if self.explored.states % 100 == 0:
                self._tell(self.explored)
        return below

    def _possible(self, done: Sequence[Step]) -> Iterator[Step]:
        """All steps; both computers are alike, so that A is the one that does something first."""
        only_b = {step for step in ALPHABET if step.side == "B"}
        began = any(step.side in COMPUTERS for step in done)
        yield from (step for step in ALPHABET if began or step not in only_b)

    def _judge(self, moment: Moment) -> tuple[str, ...]:
        """What is wrong once all has been exchanged."""
        with self.world.branch():
            wrong = settle_and_judge(self.world)
        if any(rig.adapter.faults._late for rig in self.world.rigs.values()) and not wrong:
            with self.world.branch():
                wrong = settle_and_judge(self.world, late=True)
        return wrong


def settle_and_judge(world: SmallWorld, *, late: bool = False) -> tuple[str, ...]:
    """Have both exchange until nothing changes any more, and compare.

    Args:
        world: In any state.
        late: Whether what is late arrives between the first exchanges of A and B, not before.
    """
    if not late:
        world.take(ARRIVES)
    changed_at = None
    for number in range(2 * _ROUNDS):
        side = COMPUTERS[number % len(COMPUTERS)]
        world.clocks[side] += _CALM_SECONDS
        world.exchange(side)
        if late and not number:
            world.take(ARRIVES)
        if changed_at == world.account._last_at and not judge(world):
            return ()  # the last one had nothing to add to what all have seen
        changed_at = world.account._last_at
    for rig in world.rigs.values():  # what is looked for later may mend it
        rig.start_engine()
    with patch.object(polling, "WATCHED_SECONDS", 600):
        run_together([*world.rigs.values()], _LONG_SECONDS)
    return judge(world)


def judge(world: SmallWorld) -> tuple[str, ...]:
    """What is wrong: lost, doubled, runs on, hidden, apart or still waiting."""
    rows = next(iter(world.rigs.values())).theirs()
    excused = {key for rig in world.rigs.values() for key in _asked(rig.db)}
    there = Counter(key_of(row[0]) for row in rows)
    live = [each for each in world.account.projects.values() if each.deleted_at is None]
    there.update(key_of(each.name) for each in live)
    running = {key_of(row[0]) for row in rows if row[2] is None}
    texts = {row[0] for row in rows} | {each.name for each in live}
    found: list[str] = []
    for key, known in world.deeds.things.items():
        if key not in excused:
            is_told = world.deeds.has_twin(key) and world.is_told(f"“{key}”")
            found += _wrong_with(key, known, there[key], running, is_told=is_told)
        if there[key]:
            gone = known.last_words() - texts - world.deeds.overwritten
            hidden = [text for text in sorted(gone) if not world.is_told(text)]
            found += [f"{text} is hidden" for text in hidden]
    return (*found, *_apart(world, excused), *_pending(world))


def _wrong_with(
    key: str, known: Known, count: int, running: set[str], *, is_told: bool
) -> Iterator[str]:
    if count > 1:
        yield f"{key} is doubled"
    elif not count and not known.deleted_by and not is_told:
        yield f"{key} is lost"
    if known.stopped_by and key in running:
        yield f"{key} runs on"


def _apart(world: SmallWorld, excused: set[str]) -> Iterator[str]:
    there = next(iter(world.rigs.values())).theirs()
    projects = {each.name for each in world.account.projects.values() if each.deleted_at is None}
    is_asked = PROJECT in excused  # then entries may differ in that, too
    for side, rig in world.rigs.items():
        difference = _shown(rig.ours(), excused, is_asked) ^ _shown(there, excused, is_asked)
        if not is_asked:
            difference |= {each.name for each in catalogue.projects(rig.db)} ^ projects
        if difference:
            yield f"{side} is apart: {', '.join(sorted(difference))}"


def _shown(rows: Sequence[tuple[object, ...]], excused: set[str], is_asked: bool) -> set[str]:
    """The entries that nobody is asked about, without their project if somebody is about that."""
    return {
        str((*row[:3], *row[4:]) if is_asked else row)
        for row in rows
        if key_of(str(row[0])) not in excused
    }


def _asked(db: Database) -> Iterator[str]:
    """The keys of what the user is asked about on a computer."""
    for each in problems.every(db):
        if each.kind != "conflict":
            yield key_of(each.name.strip("“”"))


def _pending(world: SmallWorld) -> list[str]:
    return [
        f"{side} still waits" for side, rig in world.rigs.items() if outbox.count(rig.db).pending
    ]


def explore(scene: Scene, length: int, until: float = float("inf")) -> Explored:
    """Explore a scene, and tell how far it is now and then."""
    logging.disable()
    began = told_at = time.monotonic()
    told = 0

    def tell(explored: Explored) -> None:
        nonlocal told, told_at
        for each in explored.broken[told:]:
            print(each, flush=True)
        told = len(explored.broken)
        if time.monotonic() - told_at >= _TELL_SECONDS:
            told_at = time.monotonic()
            words = f"{explored.states:,} states, {len(explored.broken)} broken"
            print(f"{scene}: {words}; {told_at - began:,.0f} s", flush=True)

    explorer = Explorer(scene, tell, until)
    explorer.explored.is_whole = explorer.run(length)
    tell(explorer.explored)
    explorer.world.close()
    return explorer.explored


def main() -> None:
    """Explore, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--scene", type=int, help="only this one, from 0")
    options = parser.parse_args()
    for scene in SCENES if options.scene is None else (SCENES[options.scene],):
        found = explore(scene, options.steps)
        print(
            f"{scene}: all {found.sequences:,} sequences of up to {options.steps} steps, "
            f"{found.states:,} states, {len(found.broken)} broken",
            flush=True,
        )


if __name__ == "__main__":
    main()
