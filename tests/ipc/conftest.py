"""Folders with short names, as sockets need them, and processes that are gone after the test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tray.paths import Paths, find

ROOT: Final = Path(__file__).parents[2]

Process = subprocess.Popen[str]
Start = Callable[..., Process]


@pytest.fixture
def home() -> Iterator[str]:
    with TemporaryDirectory(prefix="tray-") as folder:
        yield folder


@pytest.fixture
def paths(home: str) -> Paths:
    return find({"TOGGL_TRAY_HOME": home})


@pytest.fixture
def start(home: str) -> Iterator[Start]:
    """Start an instance with a name, and more variables in its environment."""
    started: list[Process] = []

    def begin(name: str = "", **environ: str) -> Process:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.ipc.instance", name],
                cwd=ROOT,
                env={**os.environ, "TOGGL_TRAY_HOME": home, **environ},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def first(start: Start) -> Process:
    """An instance that listens."""
    process = start()
    assert said(process) == "first"
    return process


def said(process: Process) -> str:
    """The next line that a process has to say."""
    assert process.stdout
    return process.stdout.readline().rstrip("\n")
