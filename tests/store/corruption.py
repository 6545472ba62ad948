"""Corrupts databases as a disk, a copy or a bug could, and judges what a user is left with.

One run: a copy of a database with an account, a backup and, every other time, a log that a crash
has left; one corruption; then the commands that a user would give.
"""

import io
import json
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest import mock

from tests.benchmarks.data import fill
from tests.sync.rig import NOON, Rig
from tray.cli.main import main
from tray.store import backup, instance_mark
from tray.store.database import Database
from tray.store.instance_mark import Mark
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, favourites, timer
from tray.tracker.resolve import Draft

PAGE: Final = 4096
_FRAME: Final = 24 + PAGE
_LOG_HEADER: Final = 32
BACKED_UP: Final = 300
LATER: Final = 20
"""Entries that are younger than the backup."""
IN_LOG: Final = 6
"""Of these, those that only the log of the crashed database has."""
TABLES: Final = ("workspace", "client", "project", "task", "tag", "entry", "favourite")

Rows = dict[tuple[str, int], tuple[object, ...]]
"""By table and id."""


class Made(NamedTuple):
    """What corruptions are tried on."""

    closed: Path
    """A folder with a database that was closed in order."""
    crashed: Path
    """The same whose latest changes are in its log."""
    rows: Rows
    mark: Mark
    usual: frozenset[str]
    """What the commands say beside results when all is well."""


class Verdict(NamedTuple):
    """What became of one corruption."""

    kind: str
    seed: int
    unusable: str
    """A command that failed twice, or by a bug of ours, with what it said."""
    lost: int
    """Rows that are gone."""
    altered: int
    """Rows that are there and differ."""
    words: str
    """What the user was told beside results."""

    @property
    def lost_silently(self) -> bool:
        """Whether rows are gone and nobody said so."""
        return self.lost > 0 and not self.words


def make(folder: Path) -> Made:
    """Make both databases."""
    home = folder / "closed"
    home.mkdir(parents=True)
    rig = Rig(home)
    fill(rig.db, entries=BACKED_UP, now=NOON)
    doomed = [row_id for (row_id,) in rig.db.rows("SELECT id FROM entry WHERE id % 9 = 0")]
    favourites.pin(rig.db, Draft("pinned", "Project 8"), now=NOON)
    backup.daily(rig.db, NOON - 86_400)
    rig.sign_in("keep")
    entries.delete(rig.db, doomed, now=NOON)
    crashed = folder / "crashed"
    for number in range(LATER):
        draft = Draft(f"later {number}", "new project", tags=("new tag",), create_missing=True)
        timer.start(rig.db, draft, now=rig.now)
        if number < LATER // 2:
            rig.run(60)
        rig.now += 60
        if number == LATER - IN_LOG:
            rig.restart()  # moves the log into the database
    catalogue.rename(rig.db, "project", 7, "Another name", now=NOON)
    timer.stop(rig.db, now=rig.now)
    shutil.copytree(home, crashed)
    rows = _rows(rig.db)
    mark = instance_mark.read(rig.path)
    assert mark is not None
    rig.db.close()
    shutil.copytree(home, folder / "whole")
    session = _Session(folder / "whole")
    session.use()
    assert not session.unusable
    return Made(home, crashed, rows, mark, frozenset(session.words.splitlines()))


def _rows(db: Database) -> Rows:
    return {(table, row[0]): row for table in TABLES for row in db.rows(f"SELECT * FROM {table}")}


def judge(made: Made, folder: Path, seed: int, kind: str = "") -> Verdict:
    """Corrupt a copy in the way that `seed` says, and see what a user can do with it."""
    chance = random.Random(seed)
    kind = kind or chance.choice(list(KINDS))
    crashed = kind in _OF_LOGS or chance.random() < 0.3
    home = folder / f"{seed}"
    shutil.copytree(made.crashed if crashed else made.closed, home)
    path = home / "toggl-tray.db"
    instance_mark.write(str(path), made.mark)  # it is the same for them, and no copy
    KINDS[kind](path, chance)
    session = _Session(home)
    session.use()
    words = "\n".join(each for each in session.words.splitlines() if each not in made.usual)
    with suppress(Exception):
        with open_database(str(path)) as db:
            after = _rows(db)
        lost = made.rows.keys() - after.keys()
        altered = {key for key in made.rows.keys() & after.keys() if made.rows[key] != after[key]}
        altered -= {key for key in altered if key[0] == "entry" and made.rows[key][-1] is None}
        shutil.rmtree(home)
        return Verdict(kind, seed, session.unusable, len(lost), len(altered), words)
    return Verdict(kind, seed, session.unusable or "the database cannot be opened", 0, 0, "")


class _Session:
    """The commands a user gives, in this process."""

    def __init__(self, home: Path) -> None:
        self._commands = (
            ("status",),
            ("list", "all", "--json"),
            ("export", str(home / "all.json")),
            ("start", "after all"),
            ("list", "today"),
            ("stop",),
            ("export", str(home / "all.csv")),
            ("problems",),
        )
        self._environ = {"TOGGL_TRAY_HOME": str(home), "TZ": "UTC", "PATH": os.environ["PATH"]}
        self.unusable = ""
        self.words = ""

    def use(self) -> None:
        """Give every command, twice if it asks for that."""
        with mock.patch.dict(os.environ, self._environ, clear=True), _at(NOON + 86_400):
            for words in self._commands:
                code, said = self._give(*words)
                if code == 3:
                    self.words += said
                    code, said = self._give(*words)
                self.words += said
                if code:
                    self.unusable = f"{' '.join(words)}: {code} {said}"
                    return

    def _give(self, *words: str) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(words)
        return int(code), err.getvalue()


@contextmanager
def _at(now: int) -> Iterator[None]:
    with mock.patch.object(time, "time", return_value=now + 0.5):
        yield


Corrupt = Callable[[Path, random.Random], None]


def _change(path: Path, at: int, new: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(new)


def _flip(path: Path, at: int, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1) or b"\0"
        file.seek(at)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def _pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def _some_page(path: Path, chance: random.Random) -> int:
    """Where a page begins."""
    return PAGE * chance.randrange(_pages(path))


def _header(path: Path, chance: random.Random) -> None:
    page = _some_page(path, chance)
    _flip(path, page + chance.randrange(12) + (0 if page else 100), chance)


def _cell_pointer(path: Path, chance: random.Random) -> None:
    page = _some_page(path, chance)
    _flip(path, page + 8 + chance.randrange(100) + (0 if page else 100), chance)


def _file_header(path: Path, chance: random.Random) -> None:
    _flip(path, chance.randrange(100), chance)


def _schema_pages(path: Path) -> list[int]:
    """Where the pages that hold the list of tables begin."""
    opened = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    with closing(opened) as connection, suppress(sqlite3.Error):
        found = connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
        return [(number - 1) * PAGE for (number,) in found]
    first = path.read_bytes()[:PAGE]
    count = int.from_bytes(first[103:105], "big") if first[100] == 5 else 0
    cells = [int.from_bytes(first[112 + 2 * n : 114 + 2 * n], "big") for n in range(count)]
    numbers = [int.from_bytes(first[at : at + 4], "big") for at in (108, *cells)] if count else []
    return [0, *((number - 1) * PAGE for number in numbers)]


def _schema_flip(path: Path, chance: random.Random) -> None:
    _flip(path, chance.choice(_schema_pages(path)) + chance.randrange(PAGE), chance)


def _schema_garbage(path: Path, chance: random.Random) -> None:
    at = chance.choice(_schema_pages(path)) + chance.randrange(100, PAGE - 64)
    _change(path, at, chance.randbytes(chance.randrange(1, 64)))


def _schema_zeros(path: Path, chance: random.Random) -> None:
    _change(path, chance.choice(_schema_pages(path)), bytes(PAGE))


def _freelist(path: Path, chance: random.Random) -> None:
    with path.open("rb") as file:
        file.seek(32)
        trunk = int.from_bytes(file.read(4), "big")
    if not trunk or chance.random() < 0.4:
        _flip(path, 32 + chance.randrange(8), chance)
    else:
        _flip(path, (trunk - 1) * PAGE + chance.randrange(40), chance)


def _truncated(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def _zeroed(path: Path, chance: random.Random) -> None:
    _change(path, _some_page(path, chance), bytes(PAGE))


def _zeroed_part(path: Path, chance: random.Random) -> None:
    at = _some_page(path, chance) + 512 * chance.randrange(8)
    _change(path, at, bytes(512))


def _garbage_page(path: Path, chance: random.Random) -> None:
    _change(path, _some_page(path, chance), chance.randbytes(PAGE))


def _garbage(path: Path, chance: random.Random) -> None:
    length = chance.randrange(1, 200)
    _change(path, chance.randrange(path.stat().st_size - length), chance.randbytes(length))


def _bit(path: Path, chance: random.Random) -> None:
    _flip(path, chance.randrange(path.stat().st_size), chance)


def _swapped(path: Path, chance: random.Random) -> None:
    one, other = PAGE * chance.randrange(_pages(path)), PAGE * chance.randrange(_pages(path))
    whole = path.read_bytes()
    _change(path, one, whole[other : other + PAGE])
    _change(path, other, whole[one : one + PAGE])


def _copied(path: Path, chance: random.Random) -> None:
    one, other = PAGE * chance.randrange(_pages(path)), PAGE * chance.randrange(_pages(path))
    _change(path, one, path.read_bytes()[other : other + PAGE])


def _stale(path: Path, chance: random.Random) -> None:
    """A page as it was when the backup was made, as when a write was lost."""
    (old,) = (path.parent / "backups").glob("*.db")
    page = PAGE * chance.randrange(min(_pages(path), _pages(old)))
    _change(path, page, old.read_bytes()[page : page + PAGE])


def _emptied(path: Path, chance: random.Random) -> None:
    """A page without rows where a table begins: a sound one, so only what else knows them tells."""
    table = chance.choice(["client", "project", "task", "tag", "favourite"])
    opened = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    with closing(opened) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (number,) = connection.execute(sql, (table,)).fetchone()
    _change(path, (number - 1) * PAGE, b"\x0d\0\0\0\0\x10\0\0")


def _log(path: Path) -> Path:
    return Path(f"{path}-wal")


def _log_bit(path: Path, chance: random.Random) -> None:
    _flip(_log(path), chance.randrange(_log(path).stat().st_size), chance)


def _log_frame(path: Path, chance: random.Random) -> None:
    frames = (_log(path).stat().st_size - _LOG_HEADER) // _FRAME
    _flip(
        _log(path), _LOG_HEADER + _FRAME * chance.randrange(frames) + chance.randrange(24), chance
    )


def _log_header(path: Path, chance: random.Random) -> None:
    _flip(_log(path), chance.randrange(_LOG_HEADER), chance)


def _log_garbage(path: Path, chance: random.Random) -> None:
    _garbage(_log(path), chance)


def _log_cut(path: Path, chance: random.Random) -> None:
    _truncated(_log(path), chance)


def _log_gone(path: Path, chance: random.Random) -> None:
    _log(path).unlink()


def changed_by(*statements: str) -> Corrupt:
    """What a bug could do past all rules."""

    def corrupt(path: Path, chance: random.Random) -> None:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(chance.choice(statements))
        connection.commit()
        connection.close()

    return corrupt


_OF_LOGS: Final = ("log bit", "log frame", "log header", "log garbage", "log cut", "log gone")
KINDS: Final[Mapping[str, Corrupt]] = {
    "page header bit": _header,
    "cell pointer bit": _cell_pointer,
    "file header bit": _file_header,
    "schema bit": _schema_flip,
    "schema garbage": _schema_garbage,
    "schema zeros": _schema_zeros,
    "free list": _freelist,
    "truncation": _truncated,
    "page of zeros": _zeroed,
    "sector of zeros": _zeroed_part,
    "page of garbage": _garbage_page,
    "garbage": _garbage,
    "bit": _bit,
    "pages swapped": _swapped,
    "page copied": _copied,
    "page of the day before": _stale,
    "page without rows": _emptied,
    "log bit": _log_bit,
    "log frame": _log_frame,
    "log header": _log_header,
    "log garbage": _log_garbage,
    "log cut": _log_cut,
    "log gone": _log_gone,
    "row against the rules": changed_by(
        "UPDATE entry SET tag_ids = 'no list' WHERE id = 7",
        "UPDATE entry SET tag_ids = '{\"a\": 1}' WHERE id = 7",
        "UPDATE entry SET tag_ids = '[999]' WHERE id = 315",
        "UPDATE entry SET tag_ids = '[1.5,null]' WHERE id = 315",
        "UPDATE entry SET project_id = 9999 WHERE id = 315",
        "UPDATE entry SET task_id = 9999 WHERE id = 315",
        "UPDATE entry SET workspace_id = 9999 WHERE id = 315",
        "UPDATE entry SET start = 253402300800, stop = 253402300900 WHERE id = 315",
        "UPDATE entry SET start = -99999999999, stop = start + 5 WHERE id = 315",
        "UPDATE entry SET stop = start - 60 WHERE id = 7",
        "UPDATE entry SET billable = 7 WHERE id = 7",
        "UPDATE entry SET description = CAST(x'ff00ff' AS TEXT) WHERE id = 315",
        "UPDATE project SET name = CAST(x'ff00ff' AS TEXT)",
        "UPDATE project SET colour = 'red'",
        "UPDATE project SET client_id = 9999",
        "UPDATE favourite SET tag_ids = 'x'",
        "UPDATE favourite SET project_id = 9999",
        "DELETE FROM project WHERE id = 8",
    ),
    "schema against the rules": changed_by(
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 1000000",
        "PRAGMA user_version = -1",
        "UPDATE sqlite_schema SET sql = replace(sql, 'uses + 1', 'uses + x') "
        "WHERE name = 'count_in'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'BEGIN', 'BEGEN') "
        "WHERE name = 'entry_inserted'",
        "DELETE FROM sqlite_schema WHERE name = 'entry_updated'",
        "DELETE FROM sqlite_schema WHERE name = 'entry_by_time'",
        "UPDATE sqlite_schema SET name = 'entri', tbl_name = 'entri' WHERE name = 'entry'",
        "UPDATE sqlite_schema SET sql = CAST(x'ff' AS TEXT) WHERE name = 'tag'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'description', 'descriptiom') "
        "WHERE name = 'entry'",
        "UPDATE sqlite_schema SET sql = replace(sql, 'entry_id I', CAST(x'e4' AS TEXT) || ' I') "
        "WHERE name = 'owed_stop'",
        "DROP TABLE favourite",
        "DROP TABLE outbox",
        "DROP INDEX entry_running",
        "DELETE FROM sqlite_sequence",
    ),
}


def shown(verdict: Verdict) -> dict[str, Any]:
    """A verdict for a report."""
    return json.loads(json.dumps(verdict._asdict()))  # type: ignore[no-any-return]
