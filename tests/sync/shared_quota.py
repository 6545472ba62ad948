"""Two computers with one account on a Free plan, both in use, for as long as is wanted."""

from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.fakes.toggl.mounted import MountedAdapter
from tests.sync.rig import Rig
from tray.store import entries
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

HOUR = 3600


class Figures(NamedTuple):
    """What it came to."""

    over_quota: int
    """Requests that were answered with 402."""
    requests: int
    late_seconds: list[int]
    """How long each start made here took until the server had it."""
    in_step: bool


def pair(folder: Path) -> list[Rig]:
    """Two computers with one account, of which each request is given back an hour later."""
    rigs = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        rigs.append(Rig(folder / name, quota=True))
    one, two = rigs
    two.account, two.service = one.account, one.service
    two.adapter = MountedAdapter(one.service)
    one.service.quota.sliding = True
    return rigs


def live(rigs: list[Rig], *, hours: int, an_hour: float, seed: int = 1) -> Figures:
    """Both switch and edit so often an hour, each with a poll now and then as the engine has it."""
    rng = Random(seed)
    begin = rigs[0].now
    for number, rig in enumerate(rigs):
        rig.sign_in()
        rig.start_engine(seed=number)
    due = [begin, begin]
    started: dict[str, int] = {}
    late: list[int] = []
    for now in range(begin, begin + (hours + 1) * HOUR):
        for number, rig in enumerate(rigs):
            for each in rigs:
                each.now = now
            if now < begin + hours * HOUR and rng.random() < an_hour / HOUR:
                _act(rig, rng, started)
                due[number] = now + 1
            if now >= due[number]:
                wait = rig.engine.turn()
                due[number] = (
                    now + max(1, round((wait or 0) + 0.49)) if wait is not None else now + 60
                )
        for row in rigs[0].account.entries():
            if row.description in started:
                late.append(now - started.pop(row.description))
    log = rigs[0].service.log
    over = sum(each.status == 402 for each in log)
    return Figures(over, len(log), late, rigs[0].ours() == rigs[1].ours() == rigs[0].theirs())


def _act(rig: Rig, rng: Random, started: dict[str, int]) -> None:
    latest = entries.newest(rig.db, 5)
    if latest and rng.random() < 0.25:
        entry = rng.choice(latest)
        words = f"{entry.description}, corrected"
        verbs.edit(rig.db, [entry.id], {"description": words}, now=rig.now)
    else:
        name = f"Work {rng.randrange(10**9)}"
        timer.start(rig.db, Draft(name), now=rig.now)
        started[name] = rig.now
    rig.engine.push_soon()
