"""logind's delay of the sleep, and who is believed about the lock."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.power import LogindStage
from tests.fakes.presence import FakeLogind, FakeScreenSaver
from tests.fakes.qt import eventually, settle
from tests.fakes.user import User
from tray.desktop.choose import choose_power
from tray.desktop.linux import power
from tray.desktop.linux.power import LinuxPower
from tray.desktop.power import Happening
from tray.desktop.support import Level


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def stage(daemon: BusDaemon) -> Iterator[LogindStage]:
    with closing(LogindStage(daemon.address)) as made:
        yield made


@pytest.fixture
def told(stage: LogindStage) -> list[Happening]:
    heard: list[Happening] = []
    stage.power.happened.connect(heard.append)
    return heard


def test_the_computer_waits_until_it_is_released(stage: LogindStage) -> None:
    stage.power.delay_sleep()
    eventually(stage.logind.held)
    what, who, _, mode = stage.logind.delays[-1][1]
    assert (what, who, mode) == ("sleep:shutdown", "Toggl Tray", "delay")
    stage.power.delay_sleep()
    settle()
    assert stage.logind.held() == 1
    stage.power.release()
    eventually(lambda: not stage.logind.held())


def test_what_is_done_on_sleep_is_done_before_it(stage: LogindStage) -> None:
    held: list[int] = []

    def write(happening: Happening) -> None:
        if happening is Happening.SLEEPING:
            held.append(stage.logind.held())
            stage.power.release()
        else:
            stage.power.delay_sleep()

    stage.power.happened.connect(write)
    stage.power.delay_sleep()
    eventually(stage.logind.held)
    for _ in range(2):
        stage.happen(Happening.SLEEPING)
        eventually(lambda: held and not stage.logind.held())
        stage.happen(Happening.WOKE)
        eventually(stage.logind.held)
    assert held == [1, 1]


def test_a_delay_that_comes_too_late_is_given_back(stage: LogindStage) -> None:
    asked = len(stage.logind.delays)
    stage.power.delay_sleep()
    stage.power.release()
    eventually(lambda: len(stage.logind.delays) > asked and not stage.logind.held())


def test_with_the_program_ends_the_delay(stage: LogindStage) -> None:
    stage.power.delay_sleep()
    eventually(stage.logind.held)
    stage.power.stop()
    eventually(lambda: not stage.logind.held())


def test_a_delay_that_is_refused_is_said(stage: LogindStage) -> None:
    stage.logind.refuses = True
    stage.power.delay_sleep()
    eventually(lambda: stage.power.support.level is Level.PARTLY)
    assert stage.power.support.why == (
        "The computer may sleep before a timer is stopped (Permission denied)."
    )


def test_the_lock_lasts_until_all_have_taken_it_back(
    stage: LogindStage, told: list[Happening]
) -> None:
    stage.saver.turn(on=True)
    eventually(lambda: told)
    stage.logind.set(LockedHint=True)
    stage.happen(Happening.SWITCHED_AWAY)
    eventually(lambda: Happening.SWITCHED_AWAY in told)
    stage.saver.turn(on=False)
    eventually(lambda: stage.power._locked_by == {"hint"})
    assert told == [Happening.LOCKED, Happening.SWITCHED_AWAY]
    stage.logind.set(LockedHint=False)
    eventually(lambda: told[2:] == [Happening.UNLOCKED])


def test_a_screen_saver_that_crashes_covers_nothing(
    daemon: BusDaemon, stage: LogindStage, told: list[Happening]
) -> None:
    stage.saver.turn(on=True)
    eventually(lambda: told)
    stage.saver.stop()
    eventually(lambda: told == [Happening.LOCKED, Happening.UNLOCKED])
    stage.saver = FakeScreenSaver(daemon.address, User(), unit_ms=1)


def test_a_wish_to_lock_counts_and_is_taken_back(stage: LogindStage, told: list[Happening]) -> None:
    stage.logind.say("Lock")
    eventually(lambda: told == [Happening.LOCKED])
    stage.logind.say("Unlock")
    eventually(lambda: told == [Happening.LOCKED, Happening.UNLOCKED])


def test_a_wish_that_nobody_confirms_is_forgotten(
    stage: LogindStage, told: list[Happening]
) -> None:
    stage.power._confirmed.setInterval(50)
    stage.logind.say("Lock")
    eventually(lambda: told == [Happening.LOCKED, Happening.UNLOCKED])


def test_one_that_is_confirmed_lasts(stage: LogindStage, told: list[Happening]) -> None:
    stage.power._confirmed.setInterval(50)
    stage.logind.say("Lock")
    stage.logind.set(LockedHint=True)
    eventually(lambda: told)
    eventually(lambda: not stage.power._confirmed.isActive())
    assert told == [Happening.LOCKED]


def test_what_lasts_since_before_the_start_is_told(daemon: BusDaemon, stage: LogindStage) -> None:
    stage.logind.set(LockedHint=True, Active=False)
    environ = {
        "DBUS_SESSION_BUS_ADDRESS": daemon.address,
        "DBUS_SYSTEM_BUS_ADDRESS": daemon.address,
    }
    power = choose_power(environ)
    assert isinstance(power, LinuxPower)
    eventually(lambda: power.lasts(Happening.LOCKED) and power.lasts(Happening.SWITCHED_AWAY))
    power.stop()


def test_without_a_session_of_ours_sleep_is_told_all_the_same(
    daemon: BusDaemon, stage: LogindStage
) -> None:
    stage.logind.ids = set()
    power = choose_power(
        {"DBUS_SESSION_BUS_ADDRESS": daemon.address, "DBUS_SYSTEM_BUS_ADDRESS": daemon.address}
    )
    eventually(lambda: "No session" in power.support.why)
    told: list[Happening] = []
    power.happened.connect(told.append)
    stage.happen(Happening.SLEEPING)
    eventually(lambda: told == [Happening.SLEEPING])
    power.stop()


def test_the_end_of_the_bus_is_told(
    daemon: BusDaemon, stage: LogindStage, told: list[Happening]
) -> None:
    gone = (Happening.LOCKED, Happening.SWITCHED_AWAY, Happening.SLEEPING)
    for happening in gone:
        stage.happen(happening)
    eventually(lambda: len(told) == len(gone))
    daemon.stop()
    eventually(lambda: stage.power.support.level is Level.MISSING)
    assert set(told[3:]) == {Happening.UNLOCKED, Happening.SWITCHED_BACK, Happening.WOKE}


@pytest.mark.parametrize("late", [False, True], ids=["at once", "logind later"])
def test_a_bus_that_was_lost_is_found_again(
    daemon: BusDaemon,
    stage: LogindStage,
    told: list[Happening],
    monkeypatch: pytest.MonkeyPatch,
    late: bool,
) -> None:
    monkeypatch.setattr(power, "FIRST_AGAIN_MS", 200)
    stage.power._again_ms = 200
    stage.power.delay_sleep()
    eventually(stage.logind.held)
    stage.happen(Happening.LOCKED)
    eventually(lambda: told == [Happening.LOCKED])
    daemon.stop()
    eventually(lambda: told == [Happening.LOCKED, Happening.UNLOCKED])
    assert not stage.power.support.works
    for service in (stage.saver, stage.logind):
        service.stop()
    daemon.start()
    if late:
        eventually(lambda: stage.power._system is not None)
    stage.logind = FakeLogind(daemon.address)
    stage.saver = FakeScreenSaver(daemon.address, User(), unit_ms=1)
    eventually(lambda: stage.power.support.works)
    eventually(stage.logind.held)
    stage.happen(Happening.SLEEPING)
    eventually(lambda: told[2:] == [Happening.SLEEPING])
    stage.happen(Happening.WOKE)
    stage.saver.turn(on=True)
    eventually(lambda: set(told[3:]) == {Happening.WOKE, Happening.LOCKED})
