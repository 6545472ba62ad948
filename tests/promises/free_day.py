"""A day of two computers with one Free account, which has thirty requests an hour."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.fakes.toggl.quota import FREE
from tests.fakes.toggl.service import Logged
from tests.promises.report import Row, Scope
from tests.sync.rig import Rig
from tests.sync.shared_quota import HOUR, Figures, live, pair

AN_HOUR: Final = 4
"""How often each computer switches or edits."""


def run(scope: Scope) -> Iterator[Row]:
    """Live through days that differ by their seed; of each figure the worst counts."""
    days, length = scope.count(1, 10), 8 if scope.hours is None else 24
    worst: Counter[str] = Counter()
    for seed in range(1, days + 1):
        with tempfile.TemporaryDirectory() as folder:
            rigs = pair(Path(folder))
            figures = live(rigs, hours=length, an_hour=AN_HOUR, seed=seed)
            for rig in rigs:
                rig.db.close()
        for name, value in _figures(figures, rigs[0]).items():
            worst[name] = max(worst[name], value)
        scope.tell(f"{seed} of {days} days")
        if scope.is_over:
            break
    repeat = f"tests.sync.shared_quota.live, seeds 1 to {seed}"
    note = f"{seed} days of {length} hours"
    name = "Free account, two computers: requests in an hour"
    yield Row(name, worst["an hour"], "", FREE, repeat, note)
    name = "Free account, two computers: refused with 402 a day, though less was done than that"
    yield Row(name, worst["refused"], "", 0, repeat)
    name = "Free account, two computers: refused a day, as more was done in an hour"
    yield Row(name, worst["overdone"], "", None, repeat)
    yield Row("Free account, two computers: days out of step", worst["apart"], "", 0, repeat)
    name = "Free account, two computers: a start reaches the server within"
    yield Row(name, worst["late"], "s", None, repeat)


def _figures(figures: Figures, rig: Rig) -> dict[str, int]:
    """With the most requests to one bucket in any sixty minutes."""
    asked: dict[str, list[float]] = {}
    for each in rig.service.log:
        if each.status != 402:
            asked.setdefault(each.bucket, []).append(each.time)
    most = max(
        sum(begin <= moment < begin + HOUR for moment in times)
        for times in asked.values()
        for begin in times
    )
    late = max(figures.late_seconds, default=0)
    log = rig.service.log
    overdone = sum(is_overdone(log, each) for each in log if each.status == 402)
    return {
        "an hour": most,
        "refused": figures.over_quota - overdone,
        "overdone": overdone,
        "apart": int(not figures.in_step),
        "late": late,
    }


def is_overdone(log: Sequence[Logged], refused: Logged) -> bool:
    """Whether all requests of the hour before went for changes of the user: a switch takes two.

    What the other computer has sent since the server last told how many are left, none can know.
    """
    before = [
        each
        for each in log
        if each.bucket == refused.bucket
        and each.status != 402
        and refused.time - HOUR < each.time <= refused.time
    ]
    return len(before) >= FREE and all(each.method != "GET" for each in before)
