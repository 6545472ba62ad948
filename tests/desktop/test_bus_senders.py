"""Signals count only from the owner of the service, and one out of shape is dropped."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Final, NamedTuple

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.fakes.dbus import BusDaemon, Service, open_bus
from tests.fakes.notifications import IDENTITY, FakeNotificationService
from tests.fakes.portal import PORTAL, FakePortal
from tests.fakes.presence import SESSION, FakeLogind, FakeMutter, FakeScreenSaver
from tests.fakes.qt import eventually, settle
from tests.fakes.user import User
from tray.desktop import chord
from tray.desktop.linux.bus import Bus, BusInterface, BusSignal
from tray.desktop.linux.logind_idle import LogindIdle
from tray.desktop.linux.mutter_idle import MutterIdle
from tray.desktop.linux.notifications import BusNotifier
from tray.desktop.linux.portal_hotkeys import PortalHotkeys
from tray.desktop.linux.power import LinuxPower
from tray.desktop.notifier import Action, Notification
from tray.desktop.power import Happening

LOGIN: Final = "org.freedesktop.login1"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SAVER: Final = "org.freedesktop.ScreenSaver"
NOTIFICATIONS: Final = "org.freedesktop.Notifications"
MUTTER: Final = "org.gnome.Mutter.IdleMonitor"
DAEMON: Final = "org.freedesktop.DBus"


class Sent(NamedTuple):
    """A signal as anybody on the bus can send it."""

    path: str
    interface: str
    member: str
    signature: str = ""
    body: tuple[Any, ...] = ()


FORGED: Final = (
    Sent(f"/{LOGIN.replace('.', '/')}", f"{LOGIN}.Manager", "PrepareForSleep", "b", (True,)),
    Sent(f"/{LOGIN.replace('.', '/')}", f"{LOGIN}.Manager", "PrepareForShutdown", "b", (True,)),
    Sent(SESSION, f"{LOGIN}.Session", "Lock"),
    Sent(
        SESSION,
        PROPERTIES,
        "PropertiesChanged",
        "sa{sv}as",
        (f"{LOGIN}.Session", {"LockedHint": ("b", True), "Active": ("b", False)}, []),
    ),
    Sent("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", "b", (True,)),
    Sent("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", "b", (True,)),
)

SHAPES: Final[tuple[tuple[str, tuple[Any, ...]], ...]] = (
    ("", ()),
    ("b", (True,)),
    ("s", ("text",)),
    ("us", (1, "text")),
    ("ss", ("one", "two")),
    ("asas", (["a"], [])),
    ("sa{ss}as", (f"{LOGIN}.Session", {"LockedHint": "yes"}, [])),
    ("sa{sv}as", (f"{LOGIN}.Session", {"LockedHint": ("s", "yes"), "Active": ("i", 1)}, [])),
    ("sa{s(i)}as", (f"{LOGIN}.Session", {"LockedHint": (1,)}, [])),
    ("sa{sv}as", (f"{LOGIN}.Session", {"IdleHint": ("s", ""), "IdleSinceHint": ("s", "")}, [])),
    ("ass", (["a list"], "where a path is due")),
    ("asstas", (["a list"], "quick-start", 1, [])),
    ("ssta{sv}", ("session", "quick-start", 1, {"activation_token": ("i", 7)})),
    ("sas", ("session", ["no pair"])),
    ("sa(s)", ("session", [("alone",)])),
    ("sa(sa{sv})", ("session", [("quick-start", {"trigger_description": ("i", 7)})])),
    ("ua{sv}", (0, {"session_handle": ("i", 7)})),
    ("ua{sv}", (0, {"shortcuts": ("as", ["no pair"])})),
    ("ua{sv}", (9, {})),
    ("vv", (("s", "x"), ("i", 1))),
)

MEMBERS: Final = (
    ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep"),
    ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForShutdown"),
    (SESSION, PROPERTIES, "PropertiesChanged"),
    ("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged"),
    ("/org/freedesktop/Notifications", NOTIFICATIONS, "ActionInvoked"),
    ("/org/freedesktop/Notifications", NOTIFICATIONS, "NotificationClosed"),
    ("/org/freedesktop/Notifications", NOTIFICATIONS, "ActivationToken"),
    ("/org/gnome/Mutter/IdleMonitor/Core", MUTTER, "WatchFired"),
    ("/org/freedesktop/portal/desktop", f"{PORTAL}.GlobalShortcuts", "Activated"),
    ("/org/freedesktop/portal/desktop", f"{PORTAL}.GlobalShortcuts", "ShortcutsChanged"),
    ("/org/freedesktop/portal/desktop/request/x/bind1", f"{PORTAL}.Request", "Response"),
    ("/org/freedesktop/portal/desktop/session/x", f"{PORTAL}.Session", "Closed"),
)


class Stranger:
    """Another connection, which owns no name."""

    def __init__(self, address: str) -> None:
        self._connection: DBusConnection = open_dbus_connection(address)

    def send(self, sent: Sent, *, to: str = "") -> None:
        """To everybody, or past all match rules to one connection."""
        emitter = DBusAddress(sent.path, interface=sent.interface)
        signal = new_signal(emitter, sent.member, sent.signature or None, sent.body)
        if to:
            signal.header.fields[HeaderFields.destination] = to
        self._connection.send(signal)

    def connections(self) -> list[str]:
        """All but the stranger's own."""
        (names,) = self._connection.send_and_get_reply(message_bus.ListNames()).body
        own = self._connection.unique_name
        return [name for name in names if name.startswith(":") and name != own]

    def stop(self) -> None:
        """Leave the bus."""
        self._connection.close()


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def stranger(daemon: BusDaemon) -> Iterator[Stranger]:
    made = Stranger(daemon.address)
    yield made
    made.stop()


@pytest.fixture
def serve(daemon: BusDaemon) -> Iterator[Callable[[Service], Service]]:
    """Keeps services until the end of the test."""
    with ExitStack() as stack:

        def keep(service: Service) -> Service:
            stack.callback(service.stop)
            return service

        yield keep


def heard_all(bus: Bus) -> None:
    """Wait until `bus` has read what was sent before."""
    replies: list[object] = []
    bus.call(BusInterface(DAEMON, "/org/freedesktop/DBus", DAEMON), "GetId", then=replies.append)
    eventually(lambda: replies)


def test_nobody_but_logind_and_the_screen_saver_locks_or_ends_anything(
    daemon: BusDaemon, stranger: Stranger, serve: Callable[[Service], Service]
) -> None:
    serve(FakeLogind(daemon.address))
    serve(FakeScreenSaver(daemon.address, User(), unit_ms=1))
    session, system = Bus(daemon.address), Bus(daemon.address, files=True)
    power = LinuxPower(lambda: session, lambda: system, environ={})
    eventually(lambda: power.support.works)
    happened: list[Happening] = []
    power.happened.connect(happened.append)
    for sent in FORGED:
        stranger.send(sent)
        for name in stranger.connections():
            stranger.send(sent, to=name)
    stranger.connections()  # the daemon has passed all of them on
    heard_all(session)
    heard_all(system)
    assert happened == []
    power.stop()


def test_a_stranger_cannot_give_a_service_another_owner(
    daemon: BusDaemon, stranger: Stranger, serve: Callable[[Service], Service]
) -> None:
    serve(FakeScreenSaver(daemon.address, User(), unit_ms=1))
    bus = Bus(daemon.address)
    heard: list[BusSignal] = []
    bus.listen(SAVER, SAVER, heard.append)
    heard_all(bus)
    forged = (SAVER, "", stranger._connection.unique_name)
    for name in stranger.connections():
        stranger.send(
            Sent("/org/freedesktop/DBus", DAEMON, "NameOwnerChanged", "sss", forged), to=name
        )
        stranger.send(Sent("/any", SAVER, "ActiveChanged", "b", (True,)), to=name)
        stranger.send(Sent("/any", DAEMON, "NameOwnerChanged", "b", (True,)), to=name)
    stranger.connections()
    heard_all(bus)
    assert heard == []
    bus.close()


def test_the_next_owner_of_a_service_is_believed(daemon: BusDaemon) -> None:
    bus = Bus(daemon.address)
    heard: list[BusSignal] = []
    bus.listen(SAVER, SAVER, heard.append)
    heard_all(bus)
    for number in range(1, 3):
        saver = FakeScreenSaver(daemon.address, User(), unit_ms=1)
        saver.turn(on=True)
        eventually(lambda: len(heard) == number)  # noqa: B023  # called at once
        saver.stop()
    bus.close()


def test_a_button_counts_only_where_the_service_says_that_it_was_pressed(
    daemon: BusDaemon, stranger: Stranger, serve: Callable[[Service], Service]
) -> None:
    service = FakeNotificationService(daemon.address)
    serve(service)
    environ: dict[str, str] = {}
    bus = Bus(daemon.address)
    notifier = BusNotifier(bus, IDENTITY, environ=environ)
    answers: list[object] = []
    ended: list[object] = []
    notifier.answered.connect(answers.append)
    notifier.closed.connect(ended.append)
    notifier.show(Notification("away", "You were away", "", (Action("discard", "Discard"),)))
    eventually(lambda: service.shown)
    path = "/org/freedesktop/Notifications"
    for name in stranger.connections():
        stranger.send(Sent(path, NOTIFICATIONS, "ActivationToken", "us", (1, "forged")), to=name)
        stranger.send(Sent(path, NOTIFICATIONS, "NotificationClosed", "uu", (1, 2)), to=name)
        stranger.send(Sent(path, NOTIFICATIONS, "ActionInvoked", "us", (1, "discard")), to=name)
    stranger.connections()
    heard_all(bus)
    assert (answers, ended, environ) == ([], [], {})
    service.choose(1, "discard")
    eventually(lambda: answers)
    notifier.stop()


def test_signals_out_of_shape_are_dropped(
    daemon: BusDaemon, serve: Callable[[Service], Service]
) -> None:
    """Even from the owners themselves; what goes wrong in a slot fails the test."""
    where = daemon.address
    services = [
        serve(FakeLogind(where)),
        serve(FakeScreenSaver(where, User(), unit_ms=1)),
        serve(FakeNotificationService(where)),
        serve(FakeMutter(where, User())),
        serve(FakePortal(where)),
    ]
    buses = [Bus(where, files=number == 1) for number in range(6)]
    power = LinuxPower(lambda: buses[0], lambda: buses[1], environ={})
    eventually(lambda: power.support.works)
    notifier = BusNotifier(buses[2], IDENTITY, environ={})
    notifier.show(Notification("one", "Title", ""))
    mutter, hint = MutterIdle(buses[3]), LogindIdle(buses[4], SESSION)
    hotkeys = PortalHotkeys(buses[5], IDENTITY, environ={})
    hotkeys.bind("quick-start", chord.parse("Ctrl+Alt+T"))
    settle()
    for service in services:
        for path, interface, member in MEMBERS:
            for signature, body in SHAPES:
                service.emit(member, signature, *body, path=path, interface=interface)
    for bus in buses:
        heard_all(bus)
    settle()
    for used in (power, notifier, mutter, hint, hotkeys):
        used.stop()
