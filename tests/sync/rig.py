"""Our store and engine beside a fake server, with one clock that tests move."""

import math
import random
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from tests.fakes.toggl.account import Account
from tests.fakes.toggl.mounted import MountedAdapter
from tests.fakes.toggl.service import Service
from tray.api.address import read_address
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.api.remote_values import ResponseInfo
from tray.api.secret import token_secret
from tray.api.session_options import Limits
from tray.store import entries, outbox
from tray.store.database import Database
from tray.store.opening import open_database
from tray.sync.engine import Engine
from tray.sync.pull import whole_account
from tray.sync.sign_in import linking
from tray.sync.sign_in.identity import ServerLocation
from tray.sync.sign_in.linking import Choice

NOON = 1_795_003_200
"""2026-11-18 12:00 UTC."""


TOGGL = "https://api.track.toggl.com/api/v9"
OWN = "http://127.0.0.1/api/v9"
"""A server of one's own, which nothing is known of."""


class World:
    """What all computers of one user share: time, and the server."""

    def __init__(self, *, premium: bool = False, quota: bool = False) -> None:
        self.now = NOON
        self.account = Account(lambda: float(self.now), premium=premium)
        self.service = Service(self.account)
        self.service.quota.enforced = quota


class Rig:
    """A computer with Toggl Tray on it, and an account."""

    limits = Limits(whole_seconds=math.inf)  # the fake answers at once, and a watch costs a thread

    def __init__(
        self,
        folder: Path,
        *,
        premium: bool = False,
        quota: bool = False,
        version: int = 9,
        world: World | None = None,
        ahead: int = 0,
    ) -> None:
        self.world = world or World(premium=premium, quota=quota)
        self.ahead = ahead
        self.path = str(folder / "toggl-tray.db")
        self.version = version
        self.url = TOGGL if version == 9 else OWN.replace("v9", f"v{version}")
        self.account = self.world.account
        self.service = self.world.service
        self.adapter = MountedAdapter(self.service)
        self.db = self.open()
        self.waits: list[float | None] = []
        self.engine: Engine

    @property
    def now(self) -> int:
        """This computer's clock; to set it lets time pass for everybody."""
        return self.world.now + self.ahead

    @now.setter
    def now(self, moment: int) -> None:
        self.world.now = moment - self.ahead

    def open(self) -> Database:
        """The database, with our clock in it."""
        db = open_database(self.path)
        self.set_clock_of(db)
        return db

    def set_clock_of(self, db: Database) -> None:
        """Have what SQLite notes by itself be noted with our clock."""
        db._connection.create_function("unixepoch", 0, lambda: self.now)

    def connection(self, on_response: Callable[[ResponseInfo], None] = lambda _: None) -> Toggl:
        """A connection."""
        address = read_address(self.url)
        secret = token_secret(self.account.token, address.auth)
        return connect(
            address,
            secret,
            proxy="none",
            on_response=on_response,
            adapter=self.adapter,
            limits=self.limits,
        )

    def sign_in(self, choice: Choice = "upload") -> None:
        """Sign in and start an engine."""
        me = whole_account.read(self.connection())
        linking.sign_in(self.db, me, ServerLocation(self.url, "basic"), choice=choice, now=self.now)
        self.start_engine()

    def start_engine(self, seed: int = 1) -> None:
        """As after a start of the program."""
        self.engine = Engine(
            self.db, self.connection, clock=lambda: self.now, rng=random.Random(seed)
        )

    def restart(self) -> None:
        """The program ends, however, and is started again."""
        self.db.close()
        self.db = self.open()
        self.start_engine()

    def run(self, seconds: int) -> None:
        """Let time pass, with the engine at work."""
        end = self.now + seconds
        while True:
            wait = self.engine.turn()
            self.waits.append(wait)
            if wait is None or self.now + wait > end:
                break
            self.now += max(1, round(wait)) if wait else 0
        self.now = max(self.now, end)

    def settle(self) -> None:
        """Let time pass until nothing is left to be told, an hour at most."""
        for _ in range(60):
            self.run(60)
            if not sum(outbox.count(self.db)[:1]):
                return

    def ours(self, but: Collection[int] = ()) -> list[tuple[Any, ...]]:
        """(description, start, stop, project, tags) of every entry here, in order."""
        projects: dict[int, str] = dict(self.db.rows("SELECT id, name FROM project"))
        tags: dict[int, str] = dict(self.db.rows("SELECT id, name FROM tag"))
        found = [
            (
                entry.description,
                entry.start,
                entry.stop,
                projects.get(entry.project_id or 0),
                tuple(sorted(tags[tag] for tag in entry.tag_ids)),
            )
            for entry in entries.everything(self.db)
            if entry.id not in but
        ]
        return sorted(found, key=str)

    def theirs(self, only: Collection[int] | None = None) -> list[tuple[Any, ...]]:
        """The same of the server."""
        found = [
            (
                entry.description or "",
                entry.start,
                entry.stop,
                self.account.projects[entry.project_id].name if entry.project_id else None,
                tuple(sorted(entry.tags)),
            )
            for entry in self.account.entries()
            if only is None or entry.id in only
        ]
        return sorted(found, key=str)


def run_together(rigs: Sequence[Rig], seconds: int) -> None:
    """Let time pass for several computers of one world, with the engine of each at work."""
    world = rigs[0].world
    end = world.now + seconds
    due = dict.fromkeys(range(len(rigs)), float(world.now))
    while due and min(due.values()) <= end:
        number = min(due, key=lambda each: due[each])
        world.now = max(world.now, int(due[number]))
        wait = rigs[number].engine.turn()
        if wait is None:
            del due[number]
        else:
            due[number] = world.now + (max(1, round(wait)) if wait else 0)
    world.now = max(world.now, end)
