"""What every way of telling that nobody is there promises."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from PySide6.QtCore import QThread

from tests.fakes.dbus import open_bus
from tests.fakes.idle import (
    AskedStage,
    ChosenStage,
    GnomeStage,
    KwinStage,
    ServiceStage,
    Stage,
    WaylandStage,
    X11Stage,
)
from tests.fakes.qt import eventually, settle
from tests.rig.compositors import Kwin, Mutter, open_kwin, open_mutter
from tray.desktop.idle import NullIdle
from tray.desktop.support import Level

SERVICES: Final = ("mutter", "kde", "seconds", "logind")
REAL: Final = ("x11", "kwin", "gnome")
EVERYWHERE: Final = (*SERVICES, "wayland 1", "wayland 2", *REAL, "windows", "macos", "chosen")
EXACT: Final = ("mutter", "kde", "x11", "gnome", "windows", "macos", "chosen")
"""Those that know the last input at any time."""
SOON: Final = 0.3
"""A threshold in seconds that is over soon."""


@pytest.fixture(scope="module")
def kwin(qapp: object) -> Iterator[Kwin]:
    with (
        TemporaryDirectory(prefix="kwin-") as folder,
        open_kwin(Path(folder)) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def mutter() -> Iterator[Mutter]:
    with TemporaryDirectory(prefix="gnome-") as folder, open_mutter(Path(folder)) as opened:
        yield opened


@pytest.fixture(params=EVERYWHERE)
def stage(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Iterator[Stage]:
    with ExitStack() as closed:
        made: Any
        match request.param.split():
            case ["wayland", version]:
                made = WaylandStage(tmp_path, int(version))
            case ["x11"]:
                made = X11Stage(request.getfixturevalue("bare_desktop"))
            case ["kwin"]:
                made = KwinStage(request.getfixturevalue("kwin"))
            case ["gnome"]:
                made = GnomeStage(request.getfixturevalue("mutter"))
            case ["chosen"]:
                made = ChosenStage()
            case [kind] if kind in SERVICES:
                made = ServiceStage(kind, closed.enter_context(open_bus()).address)
            case [kind]:
                made = AskedStage(kind)
        yield closed.enter_context(closing(made))


@pytest.fixture
def told(stage: Stage) -> list[tuple[str, int]]:
    """What was said, in order."""
    heard: list[tuple[str, int]] = []
    stage.source.idle.connect(lambda seconds: heard.append(("idle", seconds)))
    stage.source.active.connect(lambda seconds: heard.append(("active", seconds)))
    return heard


def names(told: list[tuple[str, int]]) -> list[str]:
    return [name for name, _ in told]


def polled(stage: Stage) -> int | None:
    answers: list[int | None] = []
    stage.source.polled.connect(answers.append)
    stage.source.poll()
    assert answers == []
    eventually(lambda: answers)
    assert len(answers) == 1
    return answers[0]


def test_going_and_coming_back_is_told_once_each(stage: Stage, told: list[tuple[str, int]]) -> None:
    stage.source.watch(SOON)
    assert told == []
    eventually(lambda: names(told) == ["idle"])
    stage.touch()
    eventually(lambda: names(told) == ["idle", "active"])
    eventually(lambda: names(told) == ["idle", "active", "idle"])


def test_who_is_there_is_not_told_of(stage: Stage, told: list[tuple[str, int]]) -> None:
    stage.source.watch(60)
    stage.touch()
    settle()
    assert told == []


def test_another_threshold_takes_the_place_of_the_first(
    stage: Stage, told: list[tuple[str, int]]
) -> None:
    stage.source.watch(SOON)
    stage.source.watch(60)
    settle()
    stage.source.watch(1)
    eventually(lambda: told)
    assert names(told) == ["idle"]
    assert told[0][1] >= 1


def test_who_has_gone_is_told_of_anew_for_a_longer_threshold(
    stage: Stage, told: list[tuple[str, int]]
) -> None:
    stage.source.watch(SOON)
    eventually(lambda: told)
    stage.source.watch(2 * SOON)
    eventually(lambda: len(told) == 2)
    assert names(told) == ["idle", "idle"]


def test_the_time_can_be_asked_for(stage: Stage) -> None:
    stage.source.watch(1)
    heard: list[int] = []
    stage.source.idle.connect(heard.append)
    eventually(lambda: heard)
    assert polled(stage) in (1, 2)


@pytest.mark.parametrize("stage", EXACT, indirect=True)
def test_after_a_touch_the_time_is_none(stage: Stage) -> None:
    if stage.source.support.level is Level.PARTLY:
        eventually(lambda: polled(stage) is not None)
    stage.touch()
    assert polled(stage) == 0


def test_what_cannot_be_known_is_not_said(stage: Stage) -> None:
    if not stage.source.support.works:
        assert stage.source.support.why
        assert polled(stage) in (None, 0)


def test_it_says_who_is_asked(stage: Stage) -> None:
    assert stage.source.name
    assert stage.source.describe().startswith(stage.source.name)
    assert stage.source.support.level is not Level.MISSING


def test_all_is_told_on_the_thread_that_made_it(stage: Stage) -> None:
    threads: list[QThread] = []
    stage.source.idle.connect(lambda _: threads.append(QThread.currentThread()))
    stage.source.watch(SOON)
    eventually(lambda: threads)
    assert threads == [stage.source.thread()]


def test_after_stop_no_signal_comes(stage: Stage, told: list[tuple[str, int]]) -> None:
    stage.source.polled.connect(lambda _: told.append(("looked", 0)))
    stage.source.watch(0)
    stage.source.poll()
    stage.source.stop()
    settle()
    assert told == []


def test_without_any_source_nobody_is_said_to_be_there(qapp: object) -> None:
    source = NullIdle("There is none.")
    answers: list[int | None] = []
    for signal in (source.polled, source.idle, source.active):
        signal.connect(answers.append)
    source.watch(0)
    source.poll()
    eventually(lambda: answers)
    assert answers == [None]
    assert source.support.level is Level.MISSING
    assert source.support.why.startswith("There is none. Absences are noticed when the screen is")
