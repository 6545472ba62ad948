"""Hooks while the tray runs: told once, whoever did it, and nobody waits for one."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.hook_folder import HookFolder
from tray.hooks import hook_nudge
from tray.model.days import Calendar
from tray.paths import Paths
from tray.session.hook_starter import HookStarter
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")

PATIENCE_MS = 30_000


@pytest.fixture
def places(hooks: HookFolder) -> Paths:
    """Where its files are."""
    return hooks.places


@pytest.fixture
def tracking(
    qtbot: QtBot, places: Paths, hooks: HookFolder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tracking]:
    """The tray's hold on a home with hooks."""
    del qtbot
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(hooks.home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with open_database(places.database) as db:
        owner = QObject()
        made = Tracking(db, Calendar(), owner)
        yield made
        made.release()


@pytest.fixture
def starter(tracking: Tracking, places: Paths, qtbot: QtBot) -> Iterator[HookStarter]:
    """What has hooks told."""
    made = HookStarter(places, tracking, tracking)
    yield made
    qtbot.waitUntil(lambda: not made.is_running, timeout=PATIENCE_MS)


def test_what_the_tray_does_is_told_once_and_in_order(
    starter: HookStarter, tracking: Tracking, hooks: HookFolder, qtbot: QtBot
) -> None:
    hooks.put("start", "sleep 0.2")
    hooks.put("stop")
    starter.use(Settings())
    for name in ("one", "two"):
        tracking.start(Draft(name))
    tracking.stop()
    assert hooks.runs == [], "nobody waits for a hook"
    expected = [("start", "one"), ("stop", "one"), ("start", "two"), ("stop", "two")]
    qtbot.waitUntil(lambda: hooks.runs == expected, timeout=PATIENCE_MS)


def test_what_others_do_is_told_with_where_it_comes_from(
    starter: HookStarter, places: Paths, hooks: HookFolder, qtbot: QtBot
) -> None:
    hooks.put("start")
    starter.use(Settings())
    with open_database(places.database) as other:
        other.writer = "curl"
        timer.start(other, Draft("one"), now=1_795_000_000)
    qtbot.waitUntil(lambda: len(hooks.told) == 1, timeout=PATIENCE_MS)
    ((_, told),) = hooks.told
    assert (told["origin"], told["program"]) == ("program", "curl")


def test_a_hook_counts_from_when_it_is_put_there(
    starter: HookStarter, tracking: Tracking, hooks: HookFolder, qtbot: QtBot
) -> None:
    starter.use(Settings())
    assert starter.events == frozenset()
    hooks.put("start")
    qtbot.waitUntil(lambda: starter.events == {"start"}, timeout=PATIENCE_MS)
    tracking.start(Draft("one"))
    qtbot.waitUntil(lambda: hooks.runs == [("start", "one")], timeout=PATIENCE_MS)
    starter.use(Settings(run_hooks=False))
    assert starter.events == frozenset()


def test_what_waited_when_the_tray_ended_is_told_by_the_next(
    starter: HookStarter, places: Paths, hooks: HookFolder, qtbot: QtBot
) -> None:
    hooks.put("start")
    with open_database(places.database) as earlier:
        hook_nudge.watch(earlier, places, Settings())
        timer.start(earlier, Draft("one"), now=1_795_000_000)
    starter.use(Settings())
    qtbot.waitUntil(lambda: hooks.runs == [("start", "one")], timeout=PATIENCE_MS)


def test_a_failing_hook_is_named_once(
    starter: HookStarter, tracking: Tracking, hooks: HookFolder, qtbot: QtBot
) -> None:
    hooks.put("start", "exit 9")
    said: list[object] = []
    starter.failed.connect(said.append)
    starter.use(Settings())
    for name in ("one", "two"):
        tracking.start(Draft(name))
    qtbot.waitUntil(lambda: len(hooks.runs) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not starter.is_running, timeout=PATIENCE_MS)
    assert said == ["The hook start failed with exit code 9."]
