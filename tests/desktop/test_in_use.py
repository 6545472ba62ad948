"""Every sign that a user who touches nothing is busy all the same."""

import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from tests.fakes.dbus import BusDaemon, Service, open_bus
from tests.fakes.in_use import (
    FakeActivity,
    FakePolicyAgent,
    FakePowerManager,
    FakeQuietService,
    FakeSessionManager,
    Proc,
)
from tests.fakes.presence import FakeLogind
from tests.fakes.qt import eventually, settle
from tests.rig.desktop import Desktop
from tests.rig.waiting import wait_until
from tray.desktop.choose import choose_in_use
from tray.desktop.in_use import (
    ALL,
    BUSY,
    Finder,
    FoundSigns,
    InUse,
    InUseKind,
    InUseMonitor,
    InUseSign,
)
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.devices import Cameras, Microphones
from tray.desktop.linux.inhibitors import LogindInhibitors, SessionInhibitors
from tray.desktop.linux.quiet import QuietService
from tray.desktop.linux.quiet_gnome import QuietGnome
from tray.desktop.linux.shown_windows import ShownWindows
from tray.desktop.linux.x11 import Connection
from tray.desktop.macos.in_use import MacInhibitors
from tray.desktop.support import WORKS, Level, Support, missing
from tray.desktop.windows.in_use import WindowsActivity

Find = Callable[[Finder], FoundSigns]


@pytest.fixture
def bus(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@pytest.fixture
def find(qapp: object) -> Iterator[Find]:
    """What a finder finds now; all are stopped at the end."""
    asked: list[Finder] = []

    def ask(finder: Finder) -> FoundSigns:
        asked.append(finder)
        answers: list[FoundSigns] = []
        finder.find(answers.append)
        eventually(lambda: answers)
        return answers[0]

    yield ask
    for finder in asked:
        finder.stop()


@pytest.mark.parametrize(
    ("service", "counted", "ignored"),
    [
        (FakeSessionManager, 8, 4),
        (FakePolicyAgent, 4, 2),
        (FakePolicyAgent, 1, 2),
        (FakePowerManager, 1, 0),
    ],
)
def test_inhibitors_of_each_desktop_count(
    bus: BusDaemon, find: Find, service: type[Service], counted: int, ignored: int
) -> None:
    made = service(bus.address)
    finder = SessionInhibitors(Bus(bus.address))
    for flags, signs in ((counted, [InUseSign(InUseKind.INHIBITOR)]), (ignored, [])):
        made.inhibited = flags  # type: ignore[attr-defined]
        assert find(finder) == signs
    assert finder.supports[InUseKind.INHIBITOR].works
    made.stop()


def test_without_such_a_desktop_it_is_not_known(bus: BusDaemon, find: Find) -> None:
    finder = SessionInhibitors(Bus(bus.address))
    assert find(finder) is None
    assert finder.supports[InUseKind.INHIBITOR].level is Level.MISSING


def test_logind_names_who_blocks(bus: BusDaemon, find: Find) -> None:
    finder = LogindInhibitors(Bus(bus.address))
    assert find(finder) is None
    logind = FakeLogind(bus.address)
    logind.inhibitors = [
        ("sleep", "UPower", "Pause", "delay", 0, 1),
        ("sleep:idle", "Player", "A film", "block", 1000, 2),
        ("sleep", "Backup", "It runs", "block", 1000, 3),
        ("idle", "Toggl Tray", "Never", "delay", 1000, 4),
    ]
    assert find(finder) == [InUseSign(InUseKind.INHIBITOR, "Player")]
    logind.stop()


@pytest.mark.parametrize(
    "place", [("org.freedesktop.Notifications", "Inhibited"), ("org.dunstproject.cmd0", "paused")]
)
def test_a_quiet_notification_service_says_so(
    bus: BusDaemon, find: Find, place: tuple[str, str]
) -> None:
    service = FakeQuietService(bus.address, *place)
    finder = QuietService(Bus(bus.address))
    assert find(finder) == ()
    service.quiet = True
    assert find(finder) == (InUseSign(InUseKind.QUIET),)
    assert finder.supports[InUseKind.QUIET].works
    service.stop()


def test_one_that_does_not_tell_is_not_known(bus: BusDaemon, find: Find) -> None:
    service = FakeQuietService(bus.address)
    finder = QuietService(Bus(bus.address))
    assert find(finder) is None
    assert finder.supports[InUseKind.QUIET].level is Level.MISSING
    service.stop()


def test_a_real_dunst_tells(bare_desktop: Desktop, find: Find) -> None:
    finder = QuietService(Bus(bare_desktop.variables["DBUS_SESSION_BUS_ADDRESS"]))
    assert find(finder) == ()


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("echo true", ()),
        ("echo false", (InUseSign(InUseKind.QUIET),)),
        ("exit 1", None),
        (None, None),
    ],
)
def test_gnome_keeps_it_in_a_setting(
    tmp_path: Path,
    find: Find,
    monkeypatch: pytest.MonkeyPatch,
    said: str | None,
    seen: Sequence[InUseSign] | None,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if said:
        program = tmp_path / "gsettings"
        program.write_text(f'#!/bin/sh\n[ "$*" = "$WANTED" ] || exit 2\n{said}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    wanted = "get org.gnome.desktop.notifications show-banners"
    assert find(QuietGnome({"WANTED": wanted})) == seen


def test_a_sound_card_that_records_is_a_microphone(tmp_path: Path, find: Find) -> None:
    proc, finder = Proc(tmp_path), Microphones(str(tmp_path))
    assert find(finder) is None
    assert finder.supports[InUseKind.MICROPHONE].level is Level.MISSING
    proc.play()
    assert find(finder) == []
    proc.record(running=False)
    assert find(finder) == []
    proc.record(running=True)
    assert find(finder) == [InUseSign(InUseKind.MICROPHONE)]
    assert finder.supports[InUseKind.MICROPHONE].level is Level.PARTLY


def test_a_process_that_holds_a_camera_is_named(tmp_path: Path, find: Find) -> None:
    proc, finder = Proc(tmp_path), Cameras(str(tmp_path))
    proc.run(1, "editor", "/dev/null", "/home/dev/video0")
    assert find(finder) == []
    proc.run(2, "meeting", "/dev/null", "/dev/video0", "/dev/video1")
    (tmp_path / "3").mkdir()  # one that has just ended
    assert find(finder) == [InUseSign(InUseKind.CAMERA, "meeting")]


def test_this_computer_can_be_looked_at(find: Find) -> None:
    assert find(Cameras()) is not None
    assert find(Microphones()) in (None, [], [InUseSign(InUseKind.MICROPHONE)])


def test_the_window_in_front_may_fill_the_screen(bare_desktop: Desktop, find: Find) -> None:
    finder = ShownWindows(Connection(bare_desktop.variables["DISPLAY"]))
    assert find(finder) == []
    display = Display(bare_desktop.variables["DISPLAY"])
    root, state = display.screen().root, display.intern_atom("_NET_WM_STATE")
    window = root.create_window(0, 0, 200, 100, 0, X.CopyFromParent)
    window.set_wm_class("player", "Player")
    window.map()
    active = display.intern_atom("_NET_ACTIVE_WINDOW")
    wait_until(lambda: root.get_full_property(active, X.AnyPropertyType))
    assert find(finder) == []
    full = display.intern_atom("_NET_WM_STATE_FULLSCREEN")
    added = ClientMessage(window=window, client_type=state, data=(32, [1, full, 0, 1, 0]))
    root.send_event(added, event_mask=X.SubstructureNotifyMask | X.SubstructureRedirectMask)
    display.sync()
    wait_until(lambda: find(finder) == [InUseSign(InUseKind.FULL_SCREEN, "Player")])
    window.destroy()
    display.close()
    wait_until(lambda: find(finder) == [])


@pytest.mark.parametrize(
    ("above", "kind", "seen"),
    [
        ("nothing", "DIALOG", True),
        ("what is not shown", "DIALOG", True),
        ("a window", "DIALOG", False),
        ("nothing", "NORMAL", False),
    ],
)
def test_a_dialog_that_belongs_to_no_window_is_seen_while_it_is_open(
    bare_desktop: Desktop, find: Find, above: str, kind: str, seen: bool
) -> None:
    finder = ShownWindows(Connection(bare_desktop.variables["DISPLAY"]))
    display = Display(bare_desktop.variables["DISPLAY"])
    root = display.screen().root
    clients = display.intern_atom("_NET_CLIENT_LIST")

    def there(window: Any) -> bool:
        found = root.get_full_property(clients, X.AnyPropertyType)
        return found is not None and window.id in found.value

    window = root.create_window(0, 0, 200, 100, 0, X.CopyFromParent)
    window.set_wm_class("wallet", "Wallet")
    of_type = display.intern_atom(f"_NET_WM_WINDOW_TYPE_{kind}")
    window.change_property(display.intern_atom("_NET_WM_WINDOW_TYPE"), Xatom.ATOM, 32, [of_type])
    other = root.create_window(0, 0, 10, 10, 0, X.CopyFromParent)
    if above != "nothing":
        window.set_wm_transient_for(other)
    if above == "a window":
        other.map()
        display.sync()
        wait_until(lambda: there(other))
    window.map()
    display.sync()
    wait_until(lambda: there(window))
    assert find(finder) == ([InUseSign(InUseKind.DIALOG, "Wallet")] if seen else [])
    window.destroy()
    display.close()
    wait_until(lambda: find(finder) == [])


def test_without_a_window_manager_it_is_not_known(find: Find) -> None:
    class Bare:
        root = 1

        def ask(self, wanted: type, **_fields: object) -> object:
            return type("Answer", (), {"atom": 0, "value": None})

        def arrived(self) -> list[object]:
            return []

        def close(self) -> None:
            """Nothing is open."""

    assert find(ShownWindows(Bare())) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (2, InUseKind.FULL_SCREEN),
        (3, InUseKind.FULL_SCREEN),
        (4, InUseKind.PRESENTATION),
        (6, InUseKind.QUIET),
    ],
)
def test_windows_says_what_is_in_front(find: Find, state: int, kind: InUseKind) -> None:
    api = FakeActivity()
    assert find(WindowsActivity(api)) == []
    api.state = state
    assert find(WindowsActivity(api)) == [InUseSign(kind)]


def test_windows_knows_who_uses_what(find: Find) -> None:
    api = FakeActivity()
    api.flags = 0x80000003
    api.users = {"microphone": ["meeting.exe"], "webcam": ["meeting.exe"]}
    assert find(WindowsActivity(api)) == [
        InUseSign(InUseKind.MICROPHONE, "meeting.exe"),
        InUseSign(InUseKind.CAMERA, "meeting.exe"),
        InUseSign(InUseKind.INHIBITOR),
    ]
    api.state = api.flags = api.users = None
    assert find(WindowsActivity(api)) is None


@pytest.mark.parametrize(
    ("kept", "seen"), [(True, [InUseSign(InUseKind.INHIBITOR)]), (False, []), (None, None)]
)
def test_a_mac_knows_whether_the_screen_is_kept_on(
    find: Find, kept: bool | None, seen: Sequence[InUseSign] | None
) -> None:
    finder = MacInhibitors(lambda: kept)
    assert find(finder) == seen
    assert {kind for kind, each in finder.supports.items() if each.works} == {InUseKind.INHIBITOR}


class Slow:
    """A finder that answers when the test wants."""

    def __init__(self, kind: InUseKind, support: Support = WORKS) -> None:
        self.supports = {kind: support}
        self.asked: list[Callable[[FoundSigns], None]] = []
        self.stopped = False

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        self.asked.append(then)

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def slow() -> list[Slow]:
    return [
        Slow(InUseKind.INHIBITOR),
        Slow(InUseKind.CAMERA),
        Slow(InUseKind.QUIET, missing("It is mute.")),
    ]


def test_all_are_asked_and_answered_together(slow: list[Slow], qapp: object) -> None:
    engagement = InUseMonitor(slow)
    polled: list[InUse] = []
    engagement.polled.connect(polled.append)
    for _ in range(2):
        engagement.poll(ALL)
    settle()
    assert [len(each.asked) for each in slow] == [1, 1, 1]
    slow[0].asked[0](
        [InUseSign(InUseKind.INHIBITOR, "Player"), InUseSign(InUseKind.INHIBITOR, "Player")]
    )
    slow[1].asked[0]([])
    assert polled == []
    slow[2].asked[0](None)
    signs = (InUseSign(InUseKind.INHIBITOR, "Player"),)
    assert polled == [InUse(signs, ALL - {InUseKind.INHIBITOR, InUseKind.CAMERA})]
    assert polled[0].busy()
    assert not polled[0].busy({InUseKind.CAMERA})
    assert polled[0].disturb_ok is None
    engagement.stop()
    assert all(each.stopped for each in slow)


def test_only_what_counts_is_asked_for(slow: list[Slow], qapp: object) -> None:
    engagement = InUseMonitor(slow)
    polled: list[InUse] = []
    engagement.polled.connect(polled.append)
    engagement.poll({InUseKind.CAMERA})
    settle()
    assert [len(each.asked) for each in slow] == [0, 1, 0]
    slow[1].asked[0]([InUseSign(InUseKind.CAMERA), InUseSign(InUseKind.MICROPHONE)])
    assert polled == [InUse((InUseSign(InUseKind.CAMERA),), frozenset())]
    engagement.poll({InUseKind.FULL_SCREEN})
    eventually(lambda: len(polled) == 2)
    assert polled[1] == InUse((), frozenset({InUseKind.FULL_SCREEN}))


def test_after_stop_nobody_is_told(slow: list[Slow], qapp: object) -> None:
    engagement = InUseMonitor(slow)
    polled: list[InUse] = []
    engagement.polled.connect(polled.append)
    engagement.poll()
    engagement.stop()
    settle()
    assert polled == []
    assert slow[0].asked == []


@pytest.mark.parametrize(
    ("signs", "unknown", "ok"),
    [
        ((), (), True),
        ((InUseKind.CAMERA,), (), True),
        ((InUseKind.QUIET,), (), False),
        ((InUseKind.PRESENTATION,), (InUseKind.QUIET,), False),
        ((), (InUseKind.QUIET,), None),
    ],
)
def test_who_may_be_disturbed(
    signs: tuple[InUseKind, ...], unknown: tuple[InUseKind, ...], ok: bool | None
) -> None:
    engaged = InUse(tuple(map(InUseSign, signs)), frozenset(unknown))
    assert engaged.disturb_ok is ok
    assert engaged.busy() is any(kind in BUSY for kind in signs)


def test_each_kind_says_how_far_it_is_seen_here(bare_desktop: Desktop, qapp: object) -> None:
    engagement = choose_in_use(bare_desktop.variables)
    assert engagement.supports.keys() == ALL
    assert engagement.supports[InUseKind.FULL_SCREEN].works
    assert engagement.supports[InUseKind.PRESENTATION] == missing("This system does not tell.")
    polled: list[InUse] = []
    engagement.polled.connect(polled.append)
    engagement.poll()
    eventually(lambda: polled)
    assert not polled[0].busy({InUseKind.FULL_SCREEN})
    assert polled[0].disturb_ok
    engagement.stop()


def test_wayland_tells_nothing_of_windows(qapp: object) -> None:
    engagement = choose_in_use({"WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": "GNOME"})
    why = "Wayland tells no program about the windows of others."
    assert engagement.supports[InUseKind.FULL_SCREEN] == missing(why)
    engagement.stop()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_system_that_is_not_what_it_says_is_survived(platform: str, qapp: object) -> None:
    engagement = choose_in_use({}, platform=platform)
    assert {each.level for each in engagement.supports.values()} == {Level.MISSING}
    engagement.stop()
