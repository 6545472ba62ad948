"""How the time of a run is divided among what is killed."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.promises import kills
from tests.promises.killed_programs import Left
from tests.promises.report import Scope
from tests.sync.killed import Killed


def test_where_time_is_short_some_of_each_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(_folder: Path, count: int, _tell: Callable[[str], None], _seed: int) -> Left:
        return Left(count, 0, 0, 0, 0, 0)

    told = subprocess.CompletedProcess((), 0, stdout='{"acknowledged": 7}')
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: told)
    monkeypatch.setattr(kills, "kill", lambda _, count: Killed(count, 0, 0, [], [], True))
    monkeypatch.setattr(kills, "kill_commands", some)
    monkeypatch.setattr(kills, "kill_trays", some)
    scope = Scope(1e-9)
    scope.begin("kills")
    notes = [row.note for row in kills.run(scope) if row.note]
    assert notes == [
        "3,000 kills, 7 verbs told to be done",
        "100 kills, 0 while sending",
        "100 kills",
        "100 kills",
    ]
