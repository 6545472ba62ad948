"""What most tests start from: a database in a folder of its own, and how hard Hypothesis tries."""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.fakes.hook_folder import HookFolder
from tray import regional_formats
from tray.errors import Refused, UserError
from tray.model.locales.chosen import Style, use_style
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.opening import open_database
from tray.system_formats import RegionalFormats

os.environ["LC_ALL"] = "C.UTF-8"
"""Tests read English, whatever the language of who runs them."""

pytest_plugins = ["tests.rig.fixtures"]

# "ci" tries the same examples each time, so that a red run is the fault of the change it is about.
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", settings.get_profile("ci"), derandomize=False, max_examples=2_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


PATIENCE_MS: Final = 30_000
"""How long tests wait for something in Qt, which mostly is there at once."""


MANY_WATCHES: Final = 20
"""Of the 128 inotify instances that a user has; real desktops that are tested take the others."""


@pytest.fixture(scope="module", autouse=True)
def watches_given_back() -> Iterator[None]:
    """Give back what trackers that are no more watched their folders with, once it is much."""
    yield
    if sys.platform == "linux" and _watches() > MANY_WATCHES:
        gc.unfreeze()
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _watches() -> int:
    """How many inotify instances this process has."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the folder itself has gone
            found += os.readlink(each) == "anon_inode:inotify"
    return found


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """More than there are processors: half of the time goes by waiting, most of it for desktops."""
    processors = os.cpu_count() or 1
    return processors + max(1, processors // 2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """What an account's controller does with a bug of a thread ends with its test."""
    usual = threading.excepthook
    try:
        return (yield)
    finally:
        threading.excepthook = usual


@pytest.fixture(autouse=True)
def no_formats_of_others() -> Iterator[None]:
    """Days and times look as usual, whatever this computer has, or a test before had."""
    regional_formats.use_system(RegionalFormats())
    regional_formats.use_account(RegionalFormats())
    yield
    use_style(Style())


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits for as long as a busy machine may need, and no longer than until what it waits for."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitCallback", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new database."""
    with open_database(str(tmp_path / "toggl-tray.db")) as database:
        yield database


@pytest.fixture
def hooks(tmp_path: Path) -> HookFolder:
    """The folder of the hooks of a home in `tmp_path`."""
    return HookFolder(tmp_path / "home")


@pytest.fixture
def refused(db: Database) -> Callable[..., AbstractContextManager[None]]:
    """``with refused("some words", field="start"):`` a verb says so, and has changed nothing."""

    @contextmanager
    def check(
        *words: str, field: str | None = None, error: type[UserError] = Refused
    ) -> Iterator[None]:
        before = _contents(db)
        with pytest.raises(error) as caught:
            yield
        assert all(word in str(caught.value) for word in words), str(caught.value)
        assert str(caught.value)[-1] in ".?", "a sentence"
        assert getattr(caught.value, "field", None) == field
        assert _contents(db) == before

    return check


@pytest.fixture
def computer_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the computer's own zone, until the test is over."""

    if not hasattr(time, "tzset"):
        pytest.skip("no process has a zone of its own here")

    def go(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield go
    monkeypatch.undo()
    time.tzset()


def _contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that a user could miss, steps included."""
    return {table: db.rows(f"SELECT * FROM {table}") for table in (*COLUMNS, "step", "change")}
