"""A process that is spoken to over pipes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tray import program
from tray.child_process import ChildProcess, popen, start_child

ECHO: Final = """
import sys
print("nobody hears this", file=sys.stderr)
for line in sys.stdin:
    print(line.strip().upper(), flush=True)
sys.exit(3)
"""


@pytest.fixture(params=[start_child, popen])
def start(request: pytest.FixtureRequest) -> Callable[[str], ChildProcess]:
    """Starts a program; in both ways, as the second is that of Windows."""
    return lambda code: request.param([sys.executable, "-c", code])


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_it_hears_and_answers(
    start: Callable[[str], ChildProcess], capfd: pytest.CaptureFixture[str]
) -> None:
    process = start(ECHO)
    assert process.stdin
    assert process.stdout
    for word in (b"one", b"two"):
        process.stdin.write(word + b"\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == word.upper()
    process.stdin.close()
    assert process.wait() == 3
    process.stdout.close()
    assert capfd.readouterr() == ("", "")


def test_it_can_be_ended_more_than_once(start: Callable[[str], ChildProcess]) -> None:
    process = start(ECHO)
    program.end(process)
    process.kill()
    assert process.wait() == -9
    assert not Path(f"/proc/{process.pid}").exists()


@pytest.mark.parametrize("way", [start_child, popen])
def test_what_cannot_be_started_leaves_nothing(way: Callable[[list[str]], ChildProcess]) -> None:
    before = descriptors()
    with pytest.raises(FileNotFoundError):
        way(["/nowhere/at/all"])
    assert descriptors() == before


def test_it_holds_no_end_of_a_pipe_but_its_own(start: Callable[[str], ChildProcess]) -> None:
    """Or another would not end when whoever started both does."""
    first = start(ECHO)
    second = start(ECHO)
    assert first.stdin
    assert first.stdout
    first.stdin.close()
    assert first.wait() == 3
    first.stdout.close()
    program.end(second)


def test_the_tray_does_without_subprocess(tmp_path: Path) -> None:
    code = """
import sys
from tray import program
from tray.child_process import start_child
program.end(start_child([sys.executable, "-c", ""]))
assert not {"subprocess", "locale"} & set(sys.modules)
"""
    process = popen([sys.executable, "-c", code])
    assert process.wait() == 0
    program.end(process)
