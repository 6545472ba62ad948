"""How long a command takes from its start to its end, in times of an empty Python program; and
what listing many entries takes, in time and in memory.

Run it with ``python -m tests.benchmarks cli``.
"""

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks import data
from tests.benchmarks.rows import Row, table
from tray.store import account, quota_rows
from tray.store.account import LinkedAccount
from tray.store.opening import open_database

ROOT: Final = Path(__file__).parents[2]
RUNS: Final = 40
SMALL, MEDIUM, LARGE = SIZES = (1_000, 100_000, 1_000_000)

STATUS_AT_MOST: Final = 2.5
ACCOUNT_AT_MOST: Final = 3.0
"""With an account and settings, in another zone than the computer's, which Python has to read."""
WRITE_AT_MOST: Final = 3.0
LARGE_AT_MOST: Final = 1.25
"""How much longer `status` may take with a million entries than with a thousand."""

YEAR_SIZES: Final = (1_000, 100_000)
YEAR_AT_MOST: Final = 1.25
"""How much more memory it may take to list a year of as many entries."""

LISTS: Final = (("list", "all"), ("list", "all", "--json"))
LIST_RUNS: Final = 5
LIST_AT_MOST: Final = 4.0
"""How much longer it may take to list all entries than to read and print their bare rows."""
BARE: Final = """
import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT id, workspace_id, description, project_id, task_id, tag_ids, billable, start, stop "
    "FROM entry ORDER BY start DESC, id DESC"
)
for row in rows:
    print(json.dumps(row, ensure_ascii=False))
"""

SIGNED_IN: Final = "status, account and settings"
EMPTY: Final = (sys.executable, "-c", "pass")


def run() -> list[Row]:
    """Measure all commands in turns, so that what else the computer does is shared by them."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: str(Path(folder, str(size))) for size in SIZES}
        for size, home in homes.items():
            data.make(str(Path(home, "toggl-tray.db")), entries=size, now=int(time.time()))
        signed_in = str(Path(folder, "account"))
        sign_in(signed_in)
        taken = measured(homes, signed_in)
    empty = taken["empty"]
    rows = [Row("python -c pass", 1000 * empty, "ms", None)]
    for size in SIZES:
        name = f"status, {size:,} entries"
        rows.append(_ratio(name, taken[f"status {size}"], empty, STATUS_AT_MOST))
    flat = taken[f"status {LARGE}"] / taken[f"status {SMALL}"]
    rows.append(Row(f"status, {LARGE:,} to {SMALL:,}", flat, "x", LARGE_AT_MOST))
    rows.append(_ratio(SIGNED_IN, taken[SIGNED_IN], empty, ACCOUNT_AT_MOST))
    for command in ("start", "stop"):
        name = f"{command}, {MEDIUM:,} entries"
        rows.append(_ratio(name, taken[command], empty, WRITE_AT_MOST))
    return [*rows, *list_rows(), *year_rows()]


def list_rows() -> list[Row]:
    """How much longer it takes to list all entries than to read and print their bare rows."""
    with tempfile.TemporaryDirectory() as home:
        path = str(Path(home, "toggl-tray.db"))
        data.make(path, entries=MEDIUM, now=int(time.time()))
        bare_rows = (sys.executable, "-c", BARE, path)
        commands = (bare_rows, *((*program(), *words) for words in LISTS))
        taken: list[list[float]] = [[] for _ in commands]
        for _ in range(LIST_RUNS):
            for command, each in zip(commands, taken, strict=True):
                each.append(seconds_for(command, home))
    bare, *listed = map(statistics.median, taken)
    return [
        _ratio(f"{' '.join(words)}, {MEDIUM:,} entries to bare rows", each, bare, LIST_AT_MOST)
        for words, each in zip(LISTS, listed, strict=True)
    ]


def year_rows() -> list[Row]:
    """How much more memory it takes to list a year of many entries than one of few."""
    few, many = YEAR_SIZES
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: str(Path(folder, str(size))) for size in YEAR_SIZES}
        for size, home in homes.items():
            data.make(str(Path(home, "toggl-tray.db")), entries=size, now=int(time.time()), years=1)
        rows = []
        for words in LISTS:
            taken = {size: most_mb(words, home) for size, home in homes.items()}
            name = f"{' '.join(words)}: memory, {many:,} to {few:,} in a year"
            note = f"{taken[many]:.1f} MB"
            rows.append(Row(name, taken[many] / taken[few], "x", YEAR_AT_MOST, note))
    return rows


def most_mb(words: Sequence[str], home: str) -> float:
    """The most that a command has in memory."""
    script = (
        "import sys, tray.cli.main as cli; cli.main(sys.argv[1:]); "
        "print(open('/proc/self/status').read(), file=sys.stderr)"
    )
    argv = [sys.executable, "-c", script, *words]
    environ = {**os.environ, "TOGGL_TRAY_HOME": home}
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env=environ,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    line = next(line for line in done.stderr.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _ratio(name: str, seconds: float, other: float, target: float) -> Row:
    return Row(name, seconds / other, "x", target, f"{1000 * seconds:.1f} ms")


def sign_in(home: str) -> None:
    """Make a database with an account and a few entries, and settings beside it."""
    path = str(Path(home, "toggl-tray.db"))
    data.make(path, entries=SMALL, now=int(time.time()))
    with open_database(path) as db, db.writing():
        link = LinkedAccount("https://api.track.toggl.com/api/v9", "basic", "", 7, "Cook")
        account.write(db, link._replace(time_zone="Asia/Tokyo", date_format="DD.MM.YYYY"))
        quota_rows.write(db, "user", ("user", 30, 29, 0, 0, 0, 0, 0))
    lines = "day_goal_minutes = 480", 'working_hours = "mon-fri 9:00-17:00"'
    Path(home, "settings.toml").write_text("\n".join(lines), encoding="utf-8")


def measured(homes: Mapping[int, str], signed_in: str) -> dict[str, float]:
    """The seconds that each command takes at least: whatever else the computer does adds to that.

    Args:
        homes: A folder for each number of entries.
        signed_in: The folder of somebody with an account.
    """
    work = homes[MEDIUM]
    commands: dict[str, tuple[Sequence[str], str]] = {"empty": (EMPTY, work)}
    for size, home in homes.items():
        commands[f"status {size}"] = ((*program(), "status"), home)
    commands[SIGNED_IN] = ((*program(), "status"), signed_in)
    commands["start"] = ((*program(), "start", "Piece of work #tag-1 $"), work)
    commands["stop"] = ((*program(), "stop"), work)
    for command, home in commands.values():  # compiles, fills caches, makes the backup of the day
        seconds_for(command, home)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, (command, home) in commands.items():
            taken[name].append(seconds_for(command, home))
    return {name: min(each) for name, each in taken.items()}


def program() -> Sequence[str]:
    """The installed command, or the module of this checkout if there is none."""
    installed = shutil.which("toggl-tray", path=sysconfig.get_path("scripts"))
    return [installed] if installed else [sys.executable, "-m", "tray"]


def seconds_for(command: Sequence[str], home: str) -> float:
    """How long a command takes in a process of its own."""
    environ = {**os.environ, "TOGGL_TRAY_HOME": home}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(table(run()))
