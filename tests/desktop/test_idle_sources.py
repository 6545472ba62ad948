"""Each idle source where it differs from the others: units, hints, wrapping counts, refusals."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.idle import FakeInput, Finding, ServiceStage
from tests.fakes.presence import FakeLogind, FakeMutter, FakeScreenSaver
from tests.fakes.qt import eventually
from tests.fakes.user import User
from tests.rig.desktop import Desktop
from tray.desktop.idle import IdleSource
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.logind_idle import find_logind
from tray.desktop.linux.mutter_idle import find_mutter
from tray.desktop.linux.screensaver_idle import find_screensaver
from tray.desktop.linux.x11 import ServerLost
from tray.desktop.linux.x11_idle import open_x11
from tray.desktop.macos.idle import MacIdle
from tray.desktop.support import Level
from tray.desktop.windows.idle import WindowsIdle

HOUR_MS: Final = 3_600_000
TICKS: Final = 1 << 32


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def logind(daemon: BusDaemon) -> Iterator[FakeLogind]:
    service = FakeLogind(daemon.address)
    yield service
    service.stop()


@pytest.fixture
def polled(qapp: object) -> Iterator[Callable[[IdleSource], int | None]]:
    """Asks a source once; all are stopped at the end."""
    asked: list[IdleSource] = []

    def poll(source: IdleSource) -> int | None:
        asked.append(source)
        answers: list[int | None] = []
        source.polled.connect(answers.append)
        source.poll()
        eventually(lambda: answers)
        return answers[0]

    yield poll
    for source in asked:
        source.stop()


Looked = Callable[[IdleSource], int | None]


@pytest.mark.parametrize(
    "find",
    [
        find_mutter,
        lambda bus, then: find_screensaver(bus, {}, then=then),
        lambda bus, then: find_logind(bus, {}, then=then),
    ],
)
def test_without_the_service_there_is_a_reason(
    daemon: BusDaemon, find: Callable[[Bus, Finding], None]
) -> None:
    found = Finding()
    find(Bus(daemon.address, found.owner), found)
    assert isinstance(found.wait(), str)


@pytest.mark.parametrize(
    ("desktop", "unit_ms"), [("KDE", 1), ("LXQt", 1), ("XFCE", 1000), ("", 1000)]
)
def test_a_screen_saver_counts_in_units_of_its_own(
    daemon: BusDaemon, polled: Looked, desktop: str, unit_ms: int
) -> None:
    user = User()
    user.idle_for(HOUR_MS)
    saver = FakeScreenSaver(daemon.address, user, unit_ms=unit_ms)
    found = Finding()
    find_screensaver(Bus(daemon.address, found.owner), {"XDG_CURRENT_DESKTOP": desktop}, then=found)
    assert polled(found.source()) == 3600
    assert found.source().support.works
    saver.stop()


def test_one_that_never_counts_is_not_believed(daemon: BusDaemon, polled: Looked) -> None:
    saver = FakeScreenSaver(daemon.address, User(), unit_ms=0)
    found = Finding()
    find_screensaver(Bus(daemon.address, found.owner), {}, then=found)
    assert polled(found.source()) is None
    assert found.source().support.level is Level.PARTLY
    saver.stop()


def test_one_that_refuses_says_why(daemon: BusDaemon, polled: Looked) -> None:
    saver = FakeScreenSaver(daemon.address, User(), unit_ms=1)
    found = Finding()
    find_screensaver(Bus(daemon.address, found.owner), {}, then=found)
    source = found.source()
    saver.refuses = True
    assert polled(source) is None
    assert "not supported on this platform" in source.support.why
    again = Finding()
    find_screensaver(Bus(daemon.address, again.owner), {}, then=again)
    assert again.wait() == "GetSessionIdleTime is not supported on this platform"
    saver.stop()


def test_logind_is_asked_by_the_name_of_our_session(daemon: BusDaemon, logind: FakeLogind) -> None:
    for names, known in (({"2"}, True), ({"auto"}, True), (set(), False)):
        logind.ids = names
        found = Finding()
        find_logind(Bus(daemon.address, found.owner), {"XDG_SESSION_ID": "2"}, then=found)
        answer = found.wait()
        assert isinstance(answer, IdleSource) is known
        if isinstance(answer, IdleSource):
            answer.stop()


def test_logind_knows_since_when(daemon: BusDaemon, logind: FakeLogind, polled: Looked) -> None:
    logind.idle(since_ms=HOUR_MS)
    found = Finding()
    find_logind(Bus(daemon.address, found.owner), {}, then=found)
    assert polled(found.source()) == 3600
    logind.set(IdleHint=False)
    eventually(lambda: polled(found.source()) is None)


def test_a_terminal_is_no_desktop(daemon: BusDaemon) -> None:
    logind = FakeLogind(daemon.address, kind="tty")
    found = Finding()
    find_logind(Bus(daemon.address, found.owner), {}, then=found)
    assert found.wait() == "logind does not know the session as a graphical one"
    logind.stop()


@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({}, "no desktop session"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "the session is one of Wayland"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "the session is one of Wayland"),
    ],
)
def test_a_guest_of_wayland_is_not_asked(environ: dict[str, str], why: str) -> None:
    with pytest.raises(ServerLost, match=why):
        open_x11(environ)


def test_the_x_server_of_the_session_is_asked(
    bare_desktop: Desktop, polled: Looked, qapp: object
) -> None:
    bare_desktop.press("shift")
    assert polled(open_x11(bare_desktop.variables)) == 0


@pytest.mark.parametrize(
    ("last", "ticks", "seconds"),
    [
        (0, 5_000, 5),
        (TICKS - 2_000, 3_000, 5),
        (TICKS - 1, TICKS - 1, 0),
        (10, 5, 0),  # the input came between the two calls
        (0, HOUR_MS * 24 * 20, 3600 * 24 * 20),
    ],
)
def test_windows_counts_wrap(last: int, ticks: int, seconds: int, polled: Looked) -> None:
    class Counts:
        def last_input(self) -> int | None:
            return last

        def ticks(self) -> int:
            return ticks

    assert polled(WindowsIdle(Counts())) == seconds


def test_windows_may_not_say(polled: Looked) -> None:
    api = FakeInput(User())
    api.silent = True
    assert polled(WindowsIdle(api)) is None


def test_a_mac_may_not_say(polled: Looked) -> None:
    assert polled(MacIdle(lambda: -1.0)) is None
    assert polled(MacIdle(lambda: 61.5)) == 61


def test_mutter_gets_its_watches_back(daemon: BusDaemon) -> None:
    stage = ServiceStage("mutter", daemon.address)
    assert isinstance(stage.service, FakeMutter)
    for seconds in (60, 120, 180):
        stage.source.watch(seconds)
    eventually(lambda: list(stage.service.watches.values()) == [180_000])  # type: ignore[union-attr]
    stage.close()


def test_a_mutter_that_is_restarted_is_asked_again(daemon: BusDaemon) -> None:
    stage = ServiceStage("mutter", daemon.address)
    assert isinstance(stage.service, FakeMutter)
    stage.source.watch(60)
    eventually(lambda: stage.service.watches)  # type: ignore[union-attr]
    stage.service.stop()
    told: list[int] = []
    stage.source.idle.connect(told.append)
    stage.source.watch(0.3)
    eventually(lambda: stage.source.support.level is Level.MISSING)
    stage.service = FakeMutter(daemon.address, stage.user)
    eventually(lambda: told)
    assert stage.source.support.works
    stage.close()
