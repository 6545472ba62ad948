"""The process that serves the local API: what it says, how it ends, and whom it drops."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub.conftest import TOKEN, basic
from tests.hub.served_process import PATIENCE_SECONDS, ROOT, Served
from tray.hub import http_server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("home"))
    yield made
    made.end()


def test_it_serves_both_loopback_addresses(served: Served) -> None:
    assert served.ask("/me")["api_token"] == TOKEN
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        with served.connect(socket.AF_INET6) as line:
            line.sendall(b"GET /api/v9/me HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 401 ")


def test_fifty_requests_at_once_get_their_answer(served: Served) -> None:
    credentials = basic(TOKEN, "api_token")
    head = "GET /api/v9/me/time_entries/current HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Authorization: {credentials}\r\n\r\n"
    lines = [served.connect() for _ in range(50)]
    for line in lines:
        line.sendall(head.encode())
    for line in lines:
        assert line.recv(1000).startswith(b"HTTP/1.1 200 ")
        line.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (
            b"GET /api/v9/me HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
            b"431",
        ),
        (
            b"POST /api/v9/time_entries HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: 2000000\r\n\r\n",
            b"413",
        ),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"40"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_large_or_no_request_is_refused(
    served: Served, sent: bytes, status: bytes
) -> None:
    with served.connect() as line:
        line.sendall(sent)
        assert line.recv(100).split()[1].startswith(status)


def test_it_ends_with_the_tray(tmp_path: Path) -> None:
    made = Served(tmp_path, "--with-tray")
    assert made.ask("/me/time_entries/current") is None
    made.process.communicate(timeout=PATIENCE_SECONDS)  # closes its input
    assert made.process.returncode == 0


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "tray", "--serve", "--port", port],
            env={**os.environ, "TOGGL_TRAY_HOME": str(tmp_path), "TOGGL_TRAY_API_TOKEN": TOKEN},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 1
    assert f"Port {port} cannot be had" in done.stderr
    assert "Traceback" not in done.stderr


class Trickle:
    """As much of a connection as is looked at."""

    def __init__(self, *, begun_ago: float = 0, still_for: float = 0, waits: int = 0) -> None:
        self.begun_at = time.monotonic() - begun_ago if begun_ago else 0.0
        self.last_activity = time.time() - still_for
        self.total_outbufs_len = waits
        self.requests: list[object] = []


@pytest.mark.parametrize(
    ("given", "is_overdue"),
    [
        ({"begun_ago": 5}, False),
        ({"begun_ago": 11}, True),
        ({"still_for": 20}, False),
        ({"still_for": 40}, True),
        ({"still_for": 40, "waits": 1}, True),
    ],
)
def test_slow_callers_are_dropped(given: dict[str, int], *, is_overdue: bool) -> None:
    check: Any = http_server._Channel.is_overdue
    assert check(Trickle(**given), time.monotonic()) is is_overdue
