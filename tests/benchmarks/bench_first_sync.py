"""The first sync of ten years of tracking while the entries window is open, over real HTTP.

The server, a client that keeps nothing and the program are processes of their own. Run it with
``python -m tests.benchmarks first_sync``.
"""

import json
import random
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.benchmarks import data
from tests.benchmarks.first_sync import BEAT_MS, SPAN_SECONDS, Course
from tests.benchmarks.rows import Row, table
from tests.fakes.toggl import Account, serve
from tests.fakes.toggl.rows import Entry
from tray.settings import Settings
from tray.store.entries import ids_from
from tray.sync.sign_in import account_access

ENTRIES: Final = 100_000
CLICK_EVERY_MS: Final = 250
ROUNDS: Final = 3
"""Each of both clients, in turns, so that both suffer from whatever else the computer does."""

STALL_AT_MOST_MS: Final = 50.0
P99_AT_MOST_MS: Final = 16.0
MEMORY_AT_MOST_MB: Final = 60.0
TIME_AT_MOST: Final = 3.0
CLICK_AT_MOST_MS: Final = 50.0


def run() -> list[Row]:
    """Measure both clients in turns; what the least disturbed round shows counts."""
    with _server() as server:
        rounds = [(_fetched(server), *_course(server)) for _ in range(ROUNDS)]
        clicked, _ = _course(server, click_ms=CLICK_EVERY_MS)
    fetched = min(seconds for seconds, _, _ in rounds)
    courses = [course for _, course, _ in rounds]
    seconds = min(course.seconds for course in courses)
    note = f"{seconds:.1f} s, {ENTRIES / seconds:,.0f} entries a second"
    idle = " ".join(f"{late:.0f}" for _, _, late in rounds)
    stalls = [course.stall_ms for course in courses]
    p99s = [course.p99_ms for course in courses]
    grown = max(course.grown_mb for course in courses)
    others = f"{_each(stalls)}; of a program that does nothing, meanwhile: {idle}"
    return [
        Row("pages fetched and decoded, not stored", fetched, "s", None),
        Row("first sync, to that", seconds / fetched, "x", TIME_AT_MOST, note),
        Row("stall of the main thread, longest", min(stalls), "ms", STALL_AT_MOST_MS, others),
        Row("stall of the main thread, p99", min(p99s), "ms", P99_AT_MOST_MS, _each(p99s)),
        Row("memory, growth", grown, "MB", MEMORY_AT_MOST_MB),
        Row("click meanwhile, slowest", clicked.click_ms, "ms", CLICK_AT_MOST_MS),
    ]


def _each(values: list[float]) -> str:
    return "rounds: " + " ".join(f"{value:.0f}" for value in values)


@contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """The address and the token of a server with a long history."""
    with subprocess.Popen(
        _argv("serve"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url, token = json.loads(process.stdout.readline())
        yield url, token
        process.terminate()


def _fetched(server: tuple[str, str]) -> float:
    return float(_printed(*_argv("fetch"), *server))


def _course(server: tuple[str, str], *, click_ms: int = 0) -> tuple[Course, float]:
    """A first sync, and the longest stall of a program that did nothing beside it."""
    argv = (sys.executable, "-m", "tests.benchmarks.first_sync")
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            _argv("idle"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as idle,
    ):
        course = Course(*json.loads(_printed(*argv, *server, folder, str(click_ms))))
        late_ms, _ = idle.communicate("")
    assert course.entries >= ENTRIES
    return course, float(late_ms)


def _printed(*argv: str) -> str:
    return subprocess.run(argv, stdout=subprocess.PIPE, check=True, text=True).stdout


def _argv(name: str) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks.bench_first_sync", name]


def print_server() -> None:
    """Serve until nobody is interested any more."""
    server_account = Account(premium=True)
    server_account.remembers_days = 2 * data.YEARS * 365
    _fill(server_account)
    with serve(server_account) as server:
        server.quota.limits["user"] = 100_000
        print(json.dumps([server.url, server_account.token]), flush=True)
        sys.stdin.read()


def _fill(server_account: Account) -> None:
    """As `data.fill` does, without a request for each."""
    for number in range(1, data.PROJECTS + 1):
        server_account.add_project(f"Project {number}", active=number % 4 > 0)
    for number in range(1, data.TAGS + 1):
        server_account.add_tag(f"tag-{number}")
    projects, tags = list(server_account.projects), list(server_account.tags)
    now = int(time.time())
    begin = now - SPAN_SECONDS + 86_400
    for _, description, project, tag_ids, billable, start, stop in data.some(
        random.Random(1), ENTRIES, begin, now
    ):
        row = Entry(
            server_account.next_id(),
            server_account.workspace_id,
            start,
            stop,
            stop - start,
            server_account.stamp(),
            description,
            None if project is None else projects[project - 1],
            tag_ids=[tags[tag - 1] for tag in ids_from(tag_ids)],
            billable=billable > 0,
        )
        server_account.time_entries[row.id] = row


def print_fetched(url: str, token: str) -> None:
    """Fetch and decode what a first sync does, and print how many seconds that took."""
    toggl = account_access.access_with(token, url, None, settings=Settings()).connect()
    begin = time.perf_counter()
    toggl.me()
    earliest = int(time.time()) - SPAN_SECONDS
    end, complete, count = 2**31, False, 0
    while not complete:
        page = toggl.entries_between(earliest, end)
        end, complete = page.entries[-1].start + 1, page.complete
        count += len(page.entries)
    print(time.perf_counter() - begin)
    assert count >= ENTRIES
    toggl.close()


def print_idle() -> None:
    """Wait until nobody is interested any more, and print by how much a wait was too long."""
    late_ms, ended = 0.0, False
    while not ended:
        begin = time.perf_counter()
        ended = bool(select.select([sys.stdin], [], [], BEAT_MS / 1000)[0])
        late_ms = max(late_ms, 1000 * (time.perf_counter() - begin) - BEAT_MS)
    print(late_ms)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve"]:
            print_server()
        case ["idle"]:
            print_idle()
        case ["fetch", url, token]:
            print_fetched(url, token)
        case _:
            print(table(run()))
