"""Two computers and a web page on one account, all in memory, and put back to any moment.

The engine, the store and the verbs are the program's own; a computer exchanges as the command
``sync`` does, with an engine that is made for it, so that nothing is remembered but in the store.
"""

import hashlib
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import requests

from tests.fakes.toggl.mounted import MountedAdapter
from tests.fakes.toggl.quota import USER, organization
from tests.promises.deeds import PROJECT, Deed, Deeds, Side, Verb, key_of
from tests.promises.nested_database import NestedDatabase, Written
from tests.sync.rig import NOON, Rig, World
from tray.api.remote_api import Toggl
from tray.api.remote_values import ResponseInfo
from tray.errors import UserError
from tray.store import catalogue, entries, journal, outbox, undoing
from tray.store.database import Database
from tray.sync.engine import Engine
from tray.sync.reconcile.own_changes import STOP_SECONDS
from tray.tracker import catalogue as catalogue_verbs
from tray.tracker import entries as verbs
from tray.tracker import removal, timer, undo
from tray.tracker.resolve import Draft

SIDES: Final[tuple[Side, ...]] = ("A", "B", "web")
COMPUTERS: Final[tuple[Side, ...]] = ("A", "B")
MOST_TURNS: Final = 60
_SAT_OUT_SECONDS: Final = 5
"""So long a wait ``sync`` sits out."""
_PLENTY: Final = 1_000_000
"""Requests an hour: what is held back for want of them is another promise."""
_NEVER: Final = 1 << 30
_EXCHANGES_KEPT: Final = 10_000
"""Each takes some 20 KB."""
_WAL_VERSIONS: Final = slice(18, 20)
"""Where the header of a database says that it has a write-ahead log."""
_TABLES: Final[dict[str, str]] = {
    "account": "cursor, history_from, find_deleted, clock_skew, not_before, "
    "(SELECT count(*) FROM step WHERE at >= changes_read_at)",
    "change": "*",
    "conflict": "of_table, row_id, field, ours, theirs, kept",
    "entry": "*",
    "entry_change": "*",
    "local_only": "*",
    "outbox": "*",
    "project": "id, name",
    "remote": "*",
    "sent_create": "*",
    "step": "*",
    "unanswered_request": "*",
}
"""What of a store the future depends on: not its lines for the user, counts and totals."""
_SERVER: Final = ("projects", "tags", "time_entries", "running_id", "_last_at", "_last_id")
"""Of the server; the last is only for ids to come."""
FAULTS: Final = {
    "sync, request dropped": "drop_before_commit",
    "sync, reply dropped": "drop_after_commit",
    "sync, request late": "late",
}


class Step(NamedTuple):
    """Something that happens next."""

    side: Side | None
    """None: to the line."""
    what: str

    def __str__(self) -> str:
        return f"{self.side} {self.what}" if self.side else self.what


ARRIVES: Final = Step(None, "what is late arrives")
_ACTS: Final = ("start", "stop", "edit", "delete", "rename project", "delete project")
ALPHABET: Final = (
    *(Step(side, what) for side in SIDES for what in _ACTS),
    *(Step(side, what) for side in COMPUTERS for what in ("undo", "sync", *FAULTS)),
    ARRIVES,
)


class Moment(NamedTuple):
    """What the future depends on, and what has to come of it."""

    stores: tuple[bytes, ...]
    server: str
    late: str
    deeds: str
    told: tuple[str, ...]
    """The texts that a user can read of."""
    clocks: tuple[int, ...]

    @property
    def digest(self) -> bytes:
        """The same for moments of which the same comes."""
        return hashlib.blake2b(repr(self).encode(), digest_size=16).digest()


class Exchanged(NamedTuple):
    """What came of an exchange."""

    written: list[Written]
    server: bytes
    late: list[Any]
    now: int
    met: bool
    """Whether the fault was met."""


class DirectSession:
    """What `requests` does for a connection, as far as a line needs it that is a function."""

    def __init__(self, adapter: MountedAdapter) -> None:
        self._adapter = adapter

    def request(
        self, method: str, url: str, *, params: Any, data: Any, headers: Any, **_: Any
    ) -> requests.Response:
        whole = f"{url}?{urlencode(params)}" if params else url
        sent: Any = SimpleNamespace(method=method, url=whole, headers=headers, body=data)
        return self._adapter.send(sent, stream=True)

    def close(self) -> None:
        """Nothing is open."""


class SmallRig(Rig):
    """A computer whose store is in memory."""

    db: NestedDatabase

    def __init__(self, image: bytes, world: World) -> None:
        self.image = image
        super().__init__(Path("/nowhere"), world=world)
        self.adapter.faults.late_by = _NEVER
        self._seen: Callable[[ResponseInfo], None] = lambda _: None
        self._connected = super().connection(lambda seen: self._seen(seen))
        line = vars(vars(self._connected)["_transport"])["_line"]
        assert "_session" in vars(line)
        line._session = DirectSession(self.adapter)
        self._digest: tuple[int, bytes] = (-1, b"")

    def open(self) -> Database:
        db = NestedDatabase(":memory:")
        db._connection.deserialize(self.image)
        db.run("PRAGMA foreign_keys = ON")
        self.set_clock_of(db)
        return db

    def connection(self, on_response: Callable[[ResponseInfo], None] = lambda _: None) -> Toggl:
        """The same each time: it remembers nothing, and to make one takes as long as requests."""
        self._seen = on_response
        return self._connected

    def exchange(self) -> None:
        """As the command ``sync`` does."""
        engine = Engine(self.db, self.connection, clock=lambda: self.now, rng=Random(1))
        engine.sync_now()
        for _ in range(MOST_TURNS):
            wait = engine.turn()
            if wait is None or wait > _SAT_OUT_SECONDS:
                return
            self.world.now += -int(-wait // 1)
        raise AssertionError("the exchange does not come to an end")

    @property
    def digest(self) -> bytes:
        """The same for stores with the same future."""
        if self._digest[0] != self.db.writes:
            self._digest = (self.db.writes, self._make_digest())
        return self._digest[1]

    @contextmanager
    def branch(self) -> Iterator[None]:
        """What happens to this computer in this block is taken back."""
        digest, late = self.digest, self.adapter.faults._late
        with self.db.branch():
            yield
        self.adapter.faults._late = late
        self._digest = (self.db.writes, digest)

    def _make_digest(self) -> bytes:
        found = hashlib.blake2b(digest_size=16)
        for table, columns in _TABLES.items():
            found.update(repr(self.db.rows(f"SELECT {columns} FROM {table}")).encode())
        return found.digest()


class SmallWorld:
    """The two computers, the web page, the line, and what was done.

    Args:
        running: Whether the one entry that there is runs; else it has ended.
        gap: Seconds from one step to the next.
    """

    def __init__(self, *, running: bool, gap: int) -> None:
        self.world = World()
        self.account = self.world.account
        for bucket in (USER, organization(self.account.workspace.organization_id)):
            self.world.service.quota.limits[bucket] = _PLENTY
        self.gap = gap
        self.deeds = Deeds()
        project = self.account.add_project(PROJECT)
        self.deeds.know(PROJECT)
        if running:
            self.account.start("E", start=NOON - 600, project_id=project)
        else:
            self.account.add(NOON - 600, NOON - 300, description="E", project_id=project)
        self.deeds.know("E")
        image = _in_step(self.world)
        self.rigs = {side: SmallRig(image, self.world) for side in COMPUTERS}
        self._exchanged: dict[object, Exchanged] = {}
        self.clocks: dict[Side, int] = {
            side: self.world.now + place for place, side in enumerate(SIDES)
        }

    def close(self) -> None:
        for rig in self.rigs.values():
            rig.db.close()

    @contextmanager
    def branch(self) -> Iterator[None]:
        """Whatever happens in this block has not happened after it."""
        clocks, server, deeds = {**self.clocks}, self._server(), pickle.dumps(self.deeds)
        with ExitStack() as stack:
            for rig in self.rigs.values():
                stack.enter_context(rig.branch())
            yield
        self.clocks, self.deeds = clocks, pickle.loads(deeds)
        self._put_back(server)
        self.world.service.log.clear()

    def moment(self) -> Moment:
        """What there is now."""
        return Moment(
            tuple(rig.digest for rig in self.rigs.values()),
            repr([getattr(self.account, name) for name in _SERVER[:-1]]),
            repr([[each for _, each in rig.adapter.faults._late] for rig in self.rigs.values()]),
            self.deeds.canonical(),
            tuple(sorted(text for text in self.deeds.texts() if self.is_told(text))),
            tuple(self.clocks.values()),
        )

    def _server(self) -> bytes:
        return pickle.dumps([getattr(self.account, name) for name in _SERVER])

    def _put_back(self, server: bytes) -> None:
        for name, value in zip(_SERVER, pickle.loads(server), strict=True):
            setattr(self.account, name, value)

    def is_told(self, text: str) -> bool:
        """Whether a user can read of it, in the past of a computer."""
        return any(text in line for rig in self.rigs.values() for line in told(rig))

    # Steps

    def take(self, step: Step) -> bool:
        """Have a step happen; False if it cannot, or nothing comes of it.

        Each side has a time of its own, which only its steps move: so what two sides do before
        they next exchange is the same in either order.
        """
        if step.side is None:
            return self._arrive()
        self.clocks[step.side] += self.gap
        if step.what.startswith("sync"):
            return self.exchange(step.side, FAULTS.get(step.what))
        self.world.now = self.clocks[step.side]
        if step.side == "web":
            return self._on_the_web(step.what)
        return self._here(step.side, step.what)

    def _arrive(self) -> bool:
        self.clocks["web"] += self.gap
        self.world.now = self.clocks["web"]
        late = [rig for rig in self.rigs.values() if rig.adapter.faults._late]
        before, stops = self._texts_there(), self._stops_there()
        for key, stop in stops:
            if self.world.now - stop <= STOP_SECONDS and _starts(key, late):
                # the server may have stopped it itself, as this came: it sets no other moment
                self.deeds.things[key].stopped_by.clear()
        for rig in late:
            rig.adapter.faults.settle()
        texts = self._texts_there()
        # of an entry that is deleted the server still tells, of a project it does not
        left = {PROJECT, *map(key_of, texts)}
        self.deeds.overwritten |= {
            text
            for text in before - texts
            if key_of(text) in left and not _was_read(f'"{text}"', late)
        }
        for key, stop in stops - self._stops_there():
            if key in left and not _was_read(f'"stop":{stop}', late):
                self.deeds.things[key].stopped_by.clear()
        return bool(late)

    def _texts_there(self) -> set[str]:
        things = [*self.account.projects.values()]
        live = {each.name for each in things if each.deleted_at is None}
        return live | {each.description for each in self.account.entries()}

    def _stops_there(self) -> set[tuple[str, int]]:
        found = self.account.entries()
        return {(key_of(each.description), each.stop) for each in found if each.stop is not None}

    def exchange(self, side: Side, fault: str | None = None) -> bool:
        """A computer exchanges; its time and the server's are the same then."""
        rig = self.rigs[side]
        if fault is not None and not outbox.count(rig.db).pending:
            return False
        self.world.now = max(self.clocks[side], self.clocks["web"] + 1)
        met = self._exchange(rig, fault)
        self.clocks[side] = self.world.now
        self.clocks["web"] = self.world.now + 1
        return met

    def _exchange(self, rig: SmallRig, fault: str | None) -> bool:
        """As it went before, if it has between the same two; whether a fault was met."""
        faults = rig.adapter.faults
        server = repr([getattr(self.account, name) for name in _SERVER])
        late = repr([each for _, each in faults._late])
        key = rig.digest, server, self.world.now, fault, late
        before = self._exchanged.get(key)
        if before is not None:
            rig.db.write_again(before.written)
            self._put_back(before.server)
            faults._late, self.world.now = [*before.late], before.now
            return before.met
        if fault is not None:
            faults.next(fault, lambda request: request.method != "GET")
        written = rig.db.recorded(rig.exchange)
        met = not faults._scripted
        faults._scripted.clear()
        if written is not None:
            self._exchanged[key] = Exchanged(
                written, self._server(), [*faults._late], self.world.now, met
            )
            if len(self._exchanged) > _EXCHANGES_KEPT:
                del self._exchanged[next(iter(self._exchanged))]
        return met

    def _here(self, side: Side, what: str) -> bool:
        rig = self.rigs[side]
        try:
            if what == "undo":
                step = undoing.undoable(rig.db)
                undo.undo(rig.db)
                assert step is not None
                self.deeds.note_undone(side, step.id)
                return True
            return self._do_here(side, rig, what)
        except UserError:
            return False

    def _do_here(self, side: Side, rig: SmallRig, what: str) -> bool:
        found = entries.newest(rig.db, 1)
        project = next(iter(catalogue.projects(rig.db)), None)
        match what:
            case "start":
                if self.deeds.made_by(side):
                    return False
                draft = Draft(side, project.name if project else None)
                timer.start(rig.db, draft, now=rig.now)
                self._noted(side, "start", "", side)
                self.deeds.things[side].began = rig.now
                return True
            case "stop":
                running = entries.running(rig.db)
                timer.stop(rig.db, now=rig.now)
                assert running is not None
                return self._noted(side, "stop", running.description)
            case "edit" if found:
                text = self.deeds.new_text(side, key_of(found[0].description))
                verbs.edit(rig.db, [found[0].id], {"description": text}, now=rig.now)
                return self._noted(side, "edit", found[0].description, text)
            case "delete" if found:
                verbs.delete(rig.db, [found[0].id], now=rig.now)
                return self._noted(side, "delete", found[0].description)
            case "rename project" if project:
                text = self.deeds.new_text(side, PROJECT)
                catalogue_verbs.rename(rig.db, "project", project.id, text, now=rig.now)
                return self._noted(side, "edit", project.name, text)
            case "delete project" if project:
                removal.delete(rig.db, "project", project.id, now=rig.now)
                return self._noted(side, "delete", project.name)
        return False

    def _noted(self, side: Side, verb: Verb, seen: str, text: str = "") -> bool:
        step = undoing.undoable(self.rigs[side].db) if side != "web" else None
        deed = Deed(step.id if step else 0, verb, key_of(seen or text), text)
        self.deeds.note(side, deed, seen)
        return True

    def _on_the_web(self, what: str) -> bool:
        account = self.account
        rows, projects = account.entries(), [*account.projects.values()]
        project = next((each for each in projects if each.deleted_at is None), None)
        last = rows[-1] if rows else None
        running = account.running()
        match what:
            case "start" if not self.deeds.made_by("web"):
                account.start("web", project_id=project.id if project else None)
                return self._noted("web", "start", "", "web")
            case "stop" if running:
                account.stop()
                return self._noted("web", "stop", running.description or "")
            case "edit" if last:
                text = self.deeds.new_text("web", key_of(last.description))
                account.edit(last.id, description=text)
                return self._noted("web", "edit", last.description, text)
            case "delete" if last:
                account.delete(last.id)
                return self._noted("web", "delete", last.description)
            case "rename project" if project:
                text, before = self.deeds.new_text("web", PROJECT), project.name
                account.edit_project(project.id, name=text)
                return self._noted("web", "edit", before, text)
            case "delete project" if project:
                account.delete_project(project.id)
                return self._noted("web", "delete", project.name)
        return False


def _starts(key: str, rigs: Iterable[Rig]) -> bool:
    """Whether a request of these computers that is late starts an entry."""
    late = [each for rig in rigs for _, each in rig.adapter.faults._late]
    return any(each.method == "POST" and f'"{key}'.encode() in each.body for each in late)


def _was_read(value: str, rigs: Iterable[Rig]) -> bool:
    """Whether one of these computers knows that the server had that once, as JSON has it."""
    bases = (rig.db.rows("SELECT base FROM remote") for rig in rigs)
    return any(value in base for rows in bases for (base,) in rows)


def told(rig: Rig) -> list[str]:
    """The lines of the journal, and what is asked of the user."""
    found = [line.text for line in journal.latest(rig.db, 1_000)]
    return found + [str(row) for row in rig.db.rows("SELECT ours, theirs FROM conflict")]


def _in_step(world: World) -> bytes:
    """The store of a computer that is in step with the account."""
    with tempfile.TemporaryDirectory() as name:
        rig = Rig(Path(name), world=world)
        rig.sign_in()
        rig.run(60)
        with rig.db.writing():
            rig.db.run("DELETE FROM journal")
        image = bytearray(rig.db._connection.serialize())
        rig.db.close()
    image[_WAL_VERSIONS] = b"\1\1"  # in memory there is no log
    return bytes(image)
