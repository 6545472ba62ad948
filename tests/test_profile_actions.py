"""While a profile is renamed or removed, nothing begins to use what is moved away below it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tray import profile_actions, profiles
from tray.errors import ReadOnly
from tray.ipc import lock
from tray.paths import Paths
from tray.store.opening import open_database

Move = Callable[[dict[str, str], Paths], object]
MOVES: list[Move] = [
    lambda environ, profile: profile_actions.rename(environ, profile, "Job"),
    lambda environ, profile: profile_actions.remove(environ, profile, now=1_700_000_000),
]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"TOGGL_TRAY_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}


@pytest.fixture
def profile(environ: dict[str, str]) -> Paths:
    made = profiles.create(environ, "Work")
    open_database(made.database).close()
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its folder there")
@pytest.mark.parametrize("move", MOVES, ids=["renamed", "removed"])
def test_a_tray_that_starts_meanwhile_does_not_get_what_is_moved(
    environ: dict[str, str], profile: Paths, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, rename = [], os.rename

    def starts_meanwhile(source: str, target: str) -> None:
        if source == profile.data:
            tried.append((lock.acquire(profile.lock), lock.acquire(profile.sync_lock)))
        rename(source, target)

    monkeypatch.setattr(os, "rename", starts_meanwhile)
    move(environ, profile)
    assert tried == [(None, None)]
    assert not os.path.exists(profile.data)


@pytest.mark.parametrize("move", MOVES, ids=["renamed", "removed"])
def test_where_it_cannot_be_moved_it_can_be_used_again(
    environ: dict[str, str], profile: Paths, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(ReadOnly):
        move(environ, profile)
    taken = lock.acquire(profile.lock)
    assert taken
    taken.release()
