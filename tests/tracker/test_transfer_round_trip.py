"""What is exported and imported again is the same, whatever it is."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tray.model import limits
from tray.model.colours import PALETTE
from tray.store import catalogue, entries
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.undo_log import Step, step
from tray.tracker import undo
from tray.tracker.naming import folded
from tray.tracker.transfer.csv_out import export_csv
from tray.tracker.transfer.importing import ImportResult, import_file
from tray.tracker.transfer.json_out import export_json

NOW: Final = int(datetime(2026, 11, 21, 9, 30, tzinfo=UTC).timestamp())
CLOCKS_BACK: Final = int(datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp())
"""When Berlin, Zurich and the like go from 03:00 to 02:00."""

ZONES: Final = [
    None,
    UTC,
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("America/Sao_Paulo"),
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Apia"),
]


class Spec(NamedTuple):
    """An entry or favourite to make; numbers are places in the lists of the world."""

    description: str
    project: int | None
    task: bool
    tags: list[int]
    billable: bool
    start: int
    seconds: int


class World(NamedTuple):
    """What a database is filled with."""

    clients: list[str]
    projects: list[tuple[str, int | None]]
    """Name and client."""
    tasks: list[str]
    """One for each project."""
    tags: list[str]
    entries: list[Spec]
    running: str | None
    seed: int


characters = st.one_of(
    st.sampled_from("aAb ,;\"'#-=@\n\r\t中文🎉é"), st.characters(exclude_categories=["Cs"])
)
texts = st.text(characters, max_size=20)
names = texts.map(limits.one_line).filter(bool)
some_names = st.lists(names, min_size=1, max_size=4, unique_by=folded)
starts = st.one_of(
    st.integers(limits.EARLIEST, limits.LATEST - limits.MAX_SECONDS),
    st.integers(CLOCKS_BACK - 10_800, CLOCKS_BACK + 10_800),
)
lengths = st.one_of(st.integers(0, 10_800), st.integers(0, limits.MAX_SECONDS))
number = st.integers(0, 3)
specs = st.builds(
    Spec,
    texts,
    st.none() | number,
    st.booleans(),
    st.lists(number, max_size=3),
    st.booleans(),
    starts,
    lengths,
)
worlds = st.builds(
    World,
    some_names,
    st.lists(
        st.tuples(names, st.none() | number),
        min_size=1,
        max_size=4,
        unique_by=lambda project: folded(project[0]),
    ),
    st.lists(names, min_size=4, max_size=4),
    some_names,
    st.lists(specs, max_size=8).map(lambda some: some + some[:2]),
    st.none() | texts,
    st.integers(0, 100),
)


def fill(db: Database, world: World) -> None:
    chance = random.Random(world.seed)
    with step(db, "fill", now=NOW) as current:
        clients = [insert(current, "client", name, chance) for name in world.clients]
        projects = []
        for name, client in world.projects:
            more = {"client_id": None if client is None else clients[client % len(clients)]}
            projects.append(insert(current, "project", name, chance, more))
            # The same name again with no client or another is another project.
            other = {"client_id": clients[0] if client is None else None}
            insert(current, "project", name, chance, other)
        tasks = [
            insert(current, "task", name, chance, {"project_id": project})
            for name, project in zip(world.tasks, projects, strict=False)
        ]
        tags = [insert(current, "tag", name, chance) for name in world.tags]
        for position, spec in enumerate(world.entries):
            what = columns(spec, projects, tasks, tags)
            current.insert("favourite", {"position": position, **what})
            stop = spec.start + spec.seconds
            current.insert("entry", {**what, "start": spec.start, "stop": stop})
        if world.running is not None:
            running = {"workspace_id": 1, "description": world.running}
            current.insert("entry", {**running, "start": NOW - 60})


def insert(
    current: Step, table: str, name: str, chance: random.Random, more: dict[str, Any] | None = None
) -> int:
    values: dict[str, Any] = {"name": name, "archived": chance.random() < 0.3, **(more or {})}
    if table != "task":
        values["workspace_id"] = 1
    if table == "project":
        values |= {"colour": chance.choice(PALETTE), "billable": chance.random() < 0.5}
    return current.insert(table, values)


def columns(
    spec: Spec, projects: list[int], tasks: list[int], tags: list[int]
) -> dict[str, object]:
    place = None if spec.project is None else spec.project % len(projects)
    return {
        "workspace_id": 1,
        "description": spec.description,
        "project_id": None if place is None else projects[place],
        "task_id": tasks[place] if place is not None and spec.task else None,
        "tag_ids": entries.ids_to(tags[tag % len(tags)] for tag in spec.tags),
        "billable": spec.billable,
    }


@contextmanager
def two_databases() -> Iterator[tuple[Database, Database, Path]]:
    """One to fill, an empty one, and the path of a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            open_database(str(folder / "one" / "toggl-tray.db")) as one,
            open_database(str(folder / "two" / "toggl-tray.db")) as two,
        ):
            yield one, two, folder / "file"


def by_name(db: Database, *, running: bool = True) -> Counter[tuple[object, ...]]:
    """How often there is each entry, in names."""
    known = catalogue.names(db)
    found: Counter[tuple[object, ...]] = Counter()
    for entry in entries.everything(db):
        project = known.projects.get(entry.project_id or 0)
        client = known.clients.get((project and project.client_id) or 0)
        task = known.tasks.get(entry.task_id or 0)
        tags = frozenset(known.tags[tag].name for tag in entry.tag_ids)
        if running or not entry.running:
            thing = (project and project.name, client and client.name, task and task.name, tags)
            found[entry.description, *thing, entry.billable, entry.start, entry.stop] += 1
    return found


def write_csv(db: Database, path: Path, zone: tzinfo | None) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        export_csv(db, file, zone=zone)


def write_json(db: Database, path: Path) -> Any:
    with path.open("w", encoding="utf-8") as file:
        export_json(db, file)
    return json.loads(path.read_text(encoding="utf-8"))


def bring_in(db: Database, path: Path, zone: tzinfo | None = None) -> ImportResult:
    return import_file(db, str(path), now=NOW, zone=zone)


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: db.rows(f"SELECT * FROM {table} ORDER BY id")
        for table in (*COLUMNS, "past_activity")
    }


@given(worlds, st.sampled_from(ZONES))
def test_csv_carries_every_finished_entry_over(world: World, zone: tzinfo | None) -> None:
    with two_databases() as (one, two, path):
        fill(one, world)
        write_csv(one, path, zone)
        bring_in(two, path, zone)
        assert by_name(two) == by_name(one, running=False)


@given(worlds)
def test_json_carries_everything_over(world: World) -> None:
    with two_databases() as (one, two, path):
        fill(one, world)
        before = write_json(one, path)
        bring_in(two, path)
        assert by_name(two) == by_name(one)
        # Tags are listed in the order of their ids, which begin anew.
        after = write_json(two, path)
        for thing in (*before["entries"], *after["entries"]):
            thing["tags"].sort()
        # Two favourites that are the same become one.
        before["favourites"] = after["favourites"] = []
        assert after == before


@given(worlds, st.sampled_from(ZONES), st.booleans())
def test_importing_what_was_exported_here_adds_nothing(
    world: World, zone: tzinfo | None, as_json: bool
) -> None:
    with two_databases() as (one, _, path):
        fill(one, world)
        if as_json:
            write_json(one, path)
        else:
            write_csv(one, path, zone)
        before = contents(one)
        result = bring_in(one, path, zone)
        assert (result.added, result.changed, result.backup_path) == (0, frozenset(), None)
        assert contents(one) == before


@given(worlds, st.sampled_from(ZONES), st.booleans())
def test_importing_twice_adds_nothing_and_undoing_it_leaves_no_trace(
    world: World, zone: tzinfo | None, as_json: bool
) -> None:
    with two_databases() as (one, two, path):
        fill(one, world)
        if as_json:
            write_json(one, path)
        else:
            write_csv(one, path, zone)
        empty = contents(two)
        first = bring_in(two, path, zone)
        full = contents(two)
        again = bring_in(two, path, zone)
        assert (again.added, again.already_there) == (0, first.added)
        if first.changed:
            undo.undo(two)
            assert contents(two) == empty
            undo.redo(two)
        assert contents(two) == full
