"""Files with the account's own entries, imported, taken back and done again on a bad line."""

import json
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Final, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.frail import FAULTS, Crash, FrailRig
from tests.sync.rig import NOON
from tests.sync.test_import_signed_in import exported
from tray.errors import UserError
from tray.store import outbox
from tray.tracker import entries as verbs
from tray.tracker import undo
from tray.tracker.resolve import Draft
from tray.tracker.transfer import import_file

HOUR: Final = 3600
DAY: Final = 24 * HOUR
DAYS_AGO: Final = (700, 500, 200, 150, 100, 60, 20, 5, 1)
"""Some beyond what a plan reports, some in the reports, some in what the server gives by itself."""
ACTS: Final = (
    *("import csv", "import json", "undo", "redo", "undo", "redo", "add", "wait", "wait", "wait"),
    *("offline", "online", "bad line", "crash"),
)
_WHERE: Final = ("before a request", "after a request", "before a commit", "after a commit")


class Act(NamedTuple):
    """Something that happens."""

    kind: str
    pick: int


acts = st.builds(Act, kind=st.sampled_from(ACTS), pick=st.integers(0, 511))


class Machine:
    """One computer, and an account in which another program has tracked for years."""

    def __init__(self, folder: Path, version: int, premium: bool) -> None:
        self.rig = FrailRig(folder, version=version, premium=premium)
        self.there = [self._make(number, days) for number, days in enumerate(DAYS_AGO)]
        self.files = {kind: Path(exported(self.rig, kind)) for kind in ("csv", "json")}
        self.texts = {kind: path.read_text("utf-8") for kind, path in self.files.items()}
        self.number = 0
        self.rig.sign_in()
        self.rig.run(HOUR)

    def _make(self, number: int, days: int) -> int:
        start = NOON - days * DAY
        made = self.rig.account.add(start, start + HOUR, description=f"there {number}")
        self.rig.account.time_entries[made].at = (start + 2 * HOUR) * 1_000_000
        return made

    def act(self, act: Act) -> None:
        kind, _, what = act.kind.partition(" ")
        with suppress(UserError):
            self._do(kind, what, act.pick)

    def _do(self, kind: str, what: str, pick: int) -> None:
        rig = self.rig
        match kind:
            case "import":
                self._import(what, pick)
            case "undo":
                undo.undo(rig.db)
            case "redo":
                undo.redo(rig.db)
            case "add":
                self.number += 1
                start = rig.now - HOUR
                draft = Draft(f"here {self.number}")
                verbs.add(rig.db, draft, start=start, stop=start + 60, now=rig.now)
            case "wait":
                self.run((2, 60, 900, 3 * HOUR)[pick % 4])
            case "offline" | "online":
                rig.adapter.online = kind == "online"
                rig.engine.network_is_back()
            case "bad":
                rig.adapter.faults.by_chance(pick, FAULTS if pick % 2 else {})
            case "crash":
                rig.frail.arm(_WHERE[pick % 4], 1 + pick // 4 % 4)

    def _import(self, kind: str, pick: int) -> None:
        """A part of the file: those of its rows that the bits of `pick` name."""
        path = self.files[kind]
        path.write_text(_part(kind, self.texts[kind], pick), encoding="utf-8")
        import_file(self.rig.db, str(path), now=self.rig.now, zone=UTC)

    def run(self, seconds: int) -> None:
        end = self.rig.now + seconds
        while self.rig.now < end:
            try:
                self.rig.run(end - self.rig.now)
            except Crash:
                self.rig.restart()

    def settle(self) -> None:
        self.rig.adapter.faults.clear()
        self.rig.frail.where = ""
        self.rig.adapter.online = True
        self.rig.engine.network_is_back()
        for _ in range(24):
            self.run(HOUR)
            if not outbox.count(self.rig.db).pending:
                return

    def check(self) -> None:
        account, db = self.rig.account, self.rig.db
        assert {*self.there} <= {each.id for each in account.entries()}, "one was deleted"
        doubled = [row for row, count in Counter(self.rig.theirs()).items() if count > 1]
        assert doubled == []
        apart = {row for (row,) in db.rows("SELECT row_id FROM local_only")}
        ours = self.rig.ours(apart)
        assert {*ours} <= {*self.rig.theirs()}
        assert len({*ours}) == len(ours)
        assert outbox.count(db) == (0, 0)


def _part(kind: str, text: str, pick: int) -> str:
    if kind == "json":
        content = json.loads(text)
        rows = content["entries"]
        content["entries"] = [row for place, row in enumerate(rows) if pick >> place & 1]
        return json.dumps(content)
    header, *lines = text.splitlines()
    return "\n".join([header, *(line for place, line in enumerate(lines) if pick >> place & 1)])


def simulate(version: int, premium: bool, plan: list[Act]) -> None:
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shm if shm.is_dir() else None) as folder:
        machine = Machine(Path(folder), version, premium)
        try:
            for act in plan:
                try:
                    machine.act(act)
                except Crash:
                    machine.rig.restart()
            machine.settle()
            machine.check()
        finally:
            machine.rig.db.close()


@given(version=st.sampled_from([9, 9, 8]), premium=st.booleans(), plan=st.lists(acts, max_size=14))
@settings(
    max_examples=(settings.default or settings()).max_examples // 4,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_the_accounts_own_entries_are_neither_doubled_nor_deleted(
    version: int, premium: bool, plan: list[Act]
) -> None:
    simulate(version, premium, plan)
