"""What every way of hearing of lock, sleep and the end promises."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, Final

import pytest
from PySide6.QtCore import QThread

from tests.fakes.dbus import open_bus
from tests.fakes.power import LogindStage, MacStage, SaverStage, Stage, WindowsStage
from tests.fakes.qt import eventually, settle
from tray.desktop.choose import choose_power
from tray.desktop.power import Happening, NullPower
from tray.desktop.support import Level

EVERYWHERE: Final = ("logind", "saver", "windows", "macos")
PAIRS: Final = (
    (Happening.LOCKED, Happening.UNLOCKED),
    (Happening.SLEEPING, Happening.WOKE),
    (Happening.SWITCHED_AWAY, Happening.SWITCHED_BACK),
    (Happening.ENDING, Happening.NOT_ENDING),
)
TOLD: Final = [
    (name, pair)
    for name in EVERYWHERE
    for pair in PAIRS
    if (name != "saver" or pair == PAIRS[0]) and (name != "macos" or pair != PAIRS[3])
]
"""Which watcher tells of which pair."""


@pytest.fixture(params=EVERYWHERE)
def stage(request: pytest.FixtureRequest, qapp: object) -> Iterator[Stage]:
    with ExitStack() as closed:
        made: Any
        match request.param:
            case "logind":
                made = LogindStage(closed.enter_context(open_bus()).address)
            case "saver":
                made = SaverStage(closed.enter_context(open_bus()).address)
            case "windows":
                made = WindowsStage()
            case _:
                made = MacStage()
        yield closed.enter_context(closing(made))


@pytest.fixture
def told(stage: Stage) -> list[Happening]:
    heard: list[Happening] = []
    stage.power.happened.connect(heard.append)
    return heard


@pytest.mark.parametrize(("stage", "pair"), TOLD, indirect=["stage"])
def test_each_pair_alternates_however_often_it_is_said(
    stage: Stage, told: list[Happening], pair: tuple[Happening, Happening]
) -> None:
    away, back = pair
    stage.happen(back)
    for happening in (away, away, back, back, away):
        stage.happen(happening)
    eventually(lambda: len(told) >= 3)
    settle()
    assert told == [away, back, away]
    assert stage.power.lasts(away)


def test_what_lasts_is_known(stage: Stage) -> None:
    assert not any(stage.power.lasts(happening) for happening in Happening)
    stage.happen(Happening.LOCKED)
    eventually(lambda: stage.power.lasts(Happening.LOCKED))
    stage.happen(Happening.UNLOCKED)
    eventually(lambda: not stage.power.lasts(Happening.LOCKED))


def test_sleep_may_be_held_where_it_cannot(stage: Stage) -> None:
    for _ in range(2):
        stage.power.delay_sleep()
    for _ in range(2):
        stage.power.release()
    assert stage.power.support.level is not Level.MISSING


def test_what_is_not_told_is_said(stage: Stage) -> None:
    assert bool(stage.power.support.why) is not stage.power.support.works


def test_all_is_told_on_the_thread_that_made_it(stage: Stage) -> None:
    threads: list[QThread] = []
    stage.power.happened.connect(lambda _: threads.append(QThread.currentThread()))
    stage.happen(Happening.LOCKED)
    eventually(lambda: threads)
    assert threads == [stage.power.thread()]


def test_after_stop_no_signal_comes(stage: Stage, told: list[Happening]) -> None:
    stage.happen(Happening.LOCKED)
    stage.power.stop()
    told.clear()
    stage.happen(Happening.UNLOCKED)
    settle()
    assert told == []


def test_where_nobody_tells_it_is_said(qapp: object) -> None:
    power = NullPower("Nobody tells.")
    assert power.support.level is Level.MISSING
    assert power.support.why.startswith("Nobody tells. That the computer has slept shows when")
    power.delay_sleep()
    power.release()
    power.stop()


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_system_that_is_not_what_it_says_is_survived(platform: str, qapp: object) -> None:
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}
    power = choose_power(nowhere, platform=platform)
    assert power.support.level is Level.MISSING
    assert "Nobody here tells of lock and sleep" in power.support.why
    power.stop()
