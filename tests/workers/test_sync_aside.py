"""The worker whose requests another process sends, and what is left when either ends."""

import os
import signal

import pytest

from tests.rig.waiting import BUSY, wait_until
from tests.workers.conftest import Works
from tests.workers.test_sync_worker import start_entry
from tray.api.child_line import ChildLine
from tray.settings import Settings


@pytest.fixture
def lines(works: Works, monkeypatch: pytest.MonkeyPatch) -> list[ChildLine]:
    """The lines that the worker has made."""
    made: list[ChildLine] = []
    carry = ChildLine.carry

    def noted(line: ChildLine, *arguments: object) -> bytes:
        if line not in made:
            made.append(line)
        return carry(line, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ChildLine, "carry", noted)
    works.aside = True
    return made


def pids(lines: list[ChildLine]) -> list[int]:
    return [pid for line in lines if (pid := line.pid) is not None]


def test_another_process_sends_what_is_changed_here(works: Works, lines: list[ChildLine]) -> None:
    works.start()
    works.wait_for_sign_in()
    start_entry(works, "Email")
    works.qtbot.waitUntil(lambda: works.descriptions() == ["Email"], timeout=5_000 * BUSY)
    (pid,) = pids(lines)
    os.kill(pid, signal.SIGKILL)
    start_entry(works, "Call")
    works.qtbot.waitUntil(lambda: "Call" in works.descriptions(), timeout=5_000 * BUSY)
    assert sorted(works.descriptions()) == ["Call", "Email"]
    assert works.stop()
    assert pids(lines) == []


def test_a_request_that_hangs_does_not_keep_the_worker_from_ending(
    works: Works, lines: list[ChildLine]
) -> None:
    works.start()
    works.wait_for_sign_in()
    works.server.faults.next("late")  # it is never answered
    works.commands.sync_now.emit()
    works.qtbot.waitUntil(lambda: works.server.faults.done != [])
    assert works.stop()
    assert pids(lines) == []


def test_another_network_has_another_process(works: Works, lines: list[ChildLine]) -> None:
    works.start()
    works.wait_for_sign_in()
    before = pids(lines)
    works.worker.cancel_request()
    works.commands.reload.emit(Settings(proxy="none"))
    wait_until(lambda: len(lines) > 2 or pids(lines) not in ([], before))
    assert not set(before) & set(pids(lines))
