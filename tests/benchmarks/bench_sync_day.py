"""What a working day costs on a Free account, beside a client that polls and reads back.

Both live through the same days by a clock that is made up. Run it with
``python -m tests.benchmarks sync_day``.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Final

from tests.benchmarks.rows import Row, table
from tests.fakes.toggl.quota import USER
from tests.sync.day import MINUTE, WHOLE, Figures, Step, hours, live, script, spent
from tests.sync.rig import NOON, Rig
from tray.api.remote_values import EntryFields
from tray.errors import RemoteError

DAYS: Final = 10
"""Of each figure the worst of them counts."""
ORGANIZATION: Final = "organization"

SENT_AT_MOST_SECONDS: Final = 5
SEEN_AT_MOST_SECONDS: Final = 300
PER_ENTRY_AT_MOST: Final = 2
PER_OFFLINE_ENTRY_AT_MOST: Final = 1
QUIET_HOUR_AT_MOST: Final = 12


def run() -> list[Row]:
    """Live through some days, and then through the first one naively."""
    with ExitStack() as stack:
        rigs = [_new_rig(stack) for _ in range(DAYS)]
        days = [live(rig, WHOLE, seed) for seed, rig in enumerate(rigs)]
        naive = _new_rig(stack)
        Naive(naive).live(script(WHOLE, Random(0)))
        return [*_promises(days), *_by_hour(rigs[0], naive)]


def _new_rig(stack: ExitStack) -> Rig:
    rig = Rig(Path(stack.enter_context(tempfile.TemporaryDirectory())), quota=True)
    stack.callback(rig.db.close)
    return rig


def _promises(days: list[Figures]) -> Iterator[Row]:
    worst = Figures(*map(max, zip(*days, strict=True)))
    out_of_step = sum(not figures.in_step for figures in days)
    yield Row("days that end out of step", out_of_step, "days", 0, f"of {DAYS}")
    yield Row("requests over the quota", worst.over_quota, "a day", 0)
    yield Row("change here to server", worst.sent_seconds, "s", SENT_AT_MOST_SECONDS)
    yield Row("change elsewhere to here", worst.seen_seconds, "s", SEEN_AT_MOST_SECONDS)
    name = "the same, from when line, request or user are back"
    yield Row(name, worst.caught_up_seconds, "s", None)
    yield Row("entry started and stopped", worst.per_entry, "requests", PER_ENTRY_AT_MOST)
    name = "entry made offline"
    yield Row(name, worst.per_offline_entry, "requests", PER_OFFLINE_ENTRY_AT_MOST)
    yield Row("quiet hour", worst.quiet_hour, "requests", QUIET_HOUR_AT_MOST)


def _by_hour(ours: Rig, naive: Rig) -> Iterator[Row]:
    """The requests of one day, bucket by bucket."""
    for number, hour in enumerate(hours(NOON, WHOLE.hours), 1):
        for bucket in (USER, ORGANIZATION):
            note = f"naive client: {spent(naive, bucket, hour)}"
            refused = sum(
                each.status == 402 and each.bucket.startswith(bucket)
                for each in naive.service.log
                if hour[0] <= each.time < hour[1]
            )
            note += f", {refused} of them refused" if refused else ""
            yield Row(f"hour {number}, {bucket}", spent(ours, bucket, hour), "requests", None, note)


class Naive:
    """A client that reads back after each action, and looks for changes every minute."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._toggl = rig.connection()
        self._made: list[int] = []
        self._awake = True

    def live(self, steps: list[Step]) -> None:
        """Live through a day; what another device does is seen by the polls or not at all."""
        begin = self._rig.now
        minutes = (Step(at, "poll") for at in range(0, WHOLE.hours * 60 * MINUTE, MINUTE))
        for step in sorted([*steps, *minutes]):
            self._rig.now = begin + step.at
            self._do(step)

    def _do(self, step: Step) -> None:
        match step.act:
            case "off" | "on":
                self._rig.adapter.online = step.act == "on"
            case "sleep" | "wake":
                self._awake = step.act == "wake"
            case "switch":
                self._act(self._start)
            case "edit":
                self._act(self._edit)
            case "poll" if self._awake:
                self._try(self._toggl.current)

    def _act(self, action: Callable[[], object]) -> None:
        self._try(action)
        self._try(self._toggl.current)

    def _try(self, request: Callable[[], object]) -> None:
        try:
            request()
        except RemoteError:
            return

    def _start(self) -> None:
        fields = EntryFields(description="Work", start=self._rig.now, stop=None)
        workspace = self._rig.account.workspace_id
        self._made.append(self._toggl.create_entry(workspace, fields).id)

    def _edit(self) -> None:
        if self._made:
            fields = EntryFields(description="Work, corrected")
            self._toggl.update_entry(self._rig.account.workspace_id, self._made[-1], fields)


if __name__ == "__main__":
    print(table(run()))
