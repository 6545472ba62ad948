"""``kill -9`` of the process that sends the requests, over and over while changes are exchanged."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tests.fakes.toggl import Account, Request, Server, serve
from tests.fakes.toggl.faults import Outcome
from tests.sync.kills import Program, act
from tray.api.child_line import ChildLine
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.store import entries, outbox
from tray.store.database import Database
from tray.store.opening import open_database
from tray.sync.engine import Engine

KILLS: Final = int(os.environ.get("TOGGL_TRAY_KILLS", "12"))
ACTS_AT_MOST: Final = 4_000
TURNS_AT_MOST: Final = 400


class Killer:
    """Kills the process of a line: before the server has done something, after it, or between."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.line: ChildLine | None = None
        self.kills: Counter[str] = Counter()
        self.is_over = False
        self._chance = chance
        self._exchange = server.faults.exchange
        vars(server.faults)["exchange"] = self._answer

    @property
    def has_seen_enough(self) -> bool:
        """Whether it has killed so often as it should, and some of each kind."""
        rarest = min(self.kills[when] for when in ("before", "after", "between"))
        return self.kills.total() >= KILLS and rarest >= KILLS // 6

    def strike(self, when: str) -> None:
        """Perhaps kill it now."""
        pid = self.line.pid if self.line else None
        if pid is not None and not self.is_over and not self._chance.randrange(6):
            self.kills[when] += 1
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _answer(self, request: Request) -> Outcome:
        self.strike("before")
        outcome = self._exchange(request)
        self.strike("after")
        return outcome


def exchange(engine: Engine, db: Database, *, until: Callable[[], bool]) -> None:
    """Exchange all that can be, however often it breaks off."""
    for _ in range(TURNS_AT_MOST):
        if engine.turn() != 0:
            if until():
                return
            engine.sync_now()  # as the user may say who does not want to wait
    raise AssertionError(f"there is no end of it: {outbox.items(db)}")


def test_no_kill_of_the_sender_loses_or_doubles_an_entry(tmp_path: Path) -> None:
    with serve(Account()) as server:
        for bucket in ("user", f"organization {server.account.workspace.organization_id}"):
            server.quota.limits[bucket] = 1_000_000
        program = Program(str(tmp_path / "toggl-tray.db"), server.url, server.account.token)
        program.sign_in()
        chance = random.Random(KILLS)
        killer = Killer(server, chance)

        def connection(seen: Any) -> Toggl:
            made = connect(program.address, program.secret, on_response=seen, aside=True)
            line = made._transport._line
            assert isinstance(line, ChildLine)
            killer.line = line
            return made

        hear, tell = os.pipe()
        with open_database(program.path) as db:
            engine = Engine(db, connection, clock=lambda: int(time.time()))
            try:
                for number in range(ACTS_AT_MOST):
                    act(db, chance, f"{number}", tell)
                    engine.sync_now()
                    for _ in range(chance.randrange(1, 4)):
                        engine.turn()
                    killer.strike("between")
                    if killer.has_seen_enough:
                        break
            finally:
                os.close(tell)
            killer.is_over = True
            exchange(engine, db, until=lambda: not outbox.count(db).pending)
            engine.close()
            here = [(each.description, each.start, each.stop) for each in entries.everything(db)]
            counted = outbox.count(db)
        with open(hear, "rb") as pipe:
            told = pipe.read()
        there = [(each.description, each.start, each.stop) for each in server.account.entries()]
    assert killer.has_seen_enough
    assert (counted.pending, counted.refused) == (0, 0)
    assert Counter(here) == Counter(there)
    names = Counter(name for name, *_ in here)
    assert [name for name, count in names.items() if count > 1] == []
    lines = told.decode().splitlines()
    made = {line[1:] for line in lines if line[0] == "+"}
    perhaps_gone = {line[1:] for line in lines if line[0] == "-"}
    assert made - names.keys() - perhaps_gone == set()
