"""What the local API costs: its answers, fifty at once, a million entries, and its process.

Run it with ``python -m tests.benchmarks hub``.
"""

import json
import os
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.data import make
from tests.benchmarks.processes import proportional_mb, wake_ups
from tests.benchmarks.rows import Row
from tests.hub.conftest import TOKEN, basic
from tests.hub.served_process import Served

MEDIUM, LARGE = 100_000, 1_000_000
ROUNDS: Final = 400
AT_ONCE: Final = 50
PAGES: Final = 200
NOW: Final = 1_795_000_000
ANSWER_AT_MOST_MS: Final = 5.0
MEMORY_AT_MOST_MB: Final = 40.0
GROWTH_AT_MOST_MB: Final = 2.0
REST_SECONDS: Final = 20
_SETTLED_SECONDS: Final = 10


class Line:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=60)
        self._heads = {
            "Authorization": basic(TOKEN, "api_token"),
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, body: object = None) -> Any:
        sent = None if body is None else json.dumps(body)
        self._http.request(method, f"/api/v9{path}", sent, self._heads)
        answer = self._http.getresponse()
        content = answer.read()
        assert answer.status == 200, (answer.status, content)
        return json.loads(content) if content else None

    def close(self) -> None:
        self._http.close()


def run() -> list[Row]:
    """Measure at 100,000 entries, then go through a million."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_answers(Path(folder, "medium")), *_million(Path(folder, "large"))]


def _served(home: Path, entries: int) -> Served:
    make(str(home / "toggl-tray.db"), entries=entries, now=NOW)
    return Served(home)


def _answers(home: Path) -> list[Row]:
    served = _served(home, MEDIUM)
    try:
        line = Line(served.port)
        workspace = line.ask("GET", "/me")["default_workspace_id"]
        path = f"/workspaces/{workspace}/time_entries"
        body = {"created_with": "benchmark", "duration": -1, "description": "review"}

        def start() -> None:
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            line.ask("POST", path, {**body, "start": moment})

        start()
        reads = _taken(lambda: line.ask("GET", "/me/time_entries/current"))
        writes, disk = _taken(start), _taken(lambda: _write(home))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answered = [*pool.map(lambda _: _once(served.port), range(AT_ONCE))]
        line.close()
        time.sleep(_SETTLED_SECONDS)
        rest = wake_ups({"api": served.process.pid}, REST_SECONDS)["api"]
        return [
            Row("current, p99", _p99(reads), "ms", ANSWER_AT_MOST_MS, f"p50 {_p50(reads):.1f}"),
            Row(
                "start, p99 beside two writes to the disk",
                max(0.0, _p99(writes) - 2 * _p99(disk)),
                "ms",
                ANSWER_AT_MOST_MS,
                f"p50 {_p50(writes):.1f}, p99 {_p99(writes):.1f}; a write {_p99(disk):.1f}",
            ),
            Row("50 at once, without an answer", AT_ONCE - sum(answered), "", 0, ""),
            Row(f"moments of work in {REST_SECONDS} s at rest", rest, "", 1, ""),
            Row("memory (PSS)", proportional_mb(served.process.pid), "MB", MEMORY_AT_MOST_MB, ""),
        ]
    finally:
        _end(served)


def _million(home: Path) -> list[Row]:
    served = _served(home, LARGE)
    try:
        line = Line(served.port)
        end, seen = "2031-01-01T00:00:00Z", 0
        before = 0.0
        for page in range(PAGES):
            rows = line.ask(
                "GET", f"/me/time_entries?start_date=2006-01-01T00:00:00Z&end_date={end}"
            )
            if not rows:
                break
            seen += len(rows)
            end = rows[-1]["start"]
            if page == PAGES // 10:
                before = proportional_mb(served.process.pid)
        line.close()
        after = proportional_mb(served.process.pid)
        note = f"{seen:,} entries of {LARGE:,}; {after:.1f} MB after"
        return [Row("growth while listing by page", after - before, "MB", GROWTH_AT_MOST_MB, note)]
    finally:
        _end(served)


def _once(port: int) -> bool:
    line = Line(port)
    try:
        line.ask("GET", "/me/time_entries/current")
    except (OSError, AssertionError):
        return False
    finally:
        line.close()
    return True


def _write(home: Path) -> None:
    with open(home / "written", "wb", buffering=0) as file:
        file.write(bytes(4096))
        os.fsync(file.fileno())


def _taken(job: Any) -> list[float]:
    """Milliseconds of each round."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        job()
        found.append(1000 * (time.perf_counter() - begin))
    return sorted(found)


def _p50(taken: list[float]) -> float:
    return taken[len(taken) // 2]


def _p99(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.99)]


def _end(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    served.process.communicate(timeout=60)
