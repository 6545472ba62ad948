"""The D-Bus session is spoken to without waiting, whatever the other side does."""

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from tests.fakes.dbus import BusDaemon, Caller, Refusal, Service, open_bus
from tests.fakes.qt import eventually, settle
from tray.desktop.linux.bus import (
    Bus,
    BusFailure,
    BusInterface,
    BusReply,
    BusSignal,
    NoBus,
    address,
    system_address,
)

ECHO: Final = BusInterface("org.example.Echo", "/org/example/Echo", "org.example.Echo")


class Echo(Service):
    """Gives back what it gets, or nothing."""

    name, path, interface = ECHO

    def on_echo(self, _caller: Caller, text: str) -> tuple[Any, ...]:
        return "s", text

    def on_refuse(self, _caller: Caller) -> tuple[Any, ...]:
        raise Refusal("Not today")

    def on_ignore(self, _caller: Caller) -> None:
        return None


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def echo(daemon: BusDaemon) -> Iterator[Echo]:
    service = Echo(daemon.address)
    yield service
    service.stop()


@pytest.fixture
def bus(daemon: BusDaemon) -> Iterator[Bus]:
    opened = Bus(daemon.address)
    yield opened
    opened.close()


def answered(bus: Bus) -> None:
    """Wait until the bus has seen all that was sent so far."""
    replies: list[BusReply] = []
    bus.call(ECHO, "Unheard", then=replies.append)
    eventually(lambda: replies)


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_a_call_is_answered_however_long_it_is(bus: Bus, size: int) -> None:
    replies: list[BusReply] = []
    bus.call(ECHO, "Echo", signature="s", body=("x" * size,), then=replies.append)
    assert replies == []
    eventually(lambda: replies)
    assert replies == [("x" * size,)]


@pytest.mark.usefixtures("echo")
def test_calls_are_answered_in_order(bus: Bus) -> None:
    replies: list[BusReply] = []
    for number in range(50):
        bus.call(ECHO, "Echo", signature="s", body=(str(number),), then=replies.append)
    eventually(lambda: len(replies) == 50)
    assert replies == [(str(number),) for number in range(50)]


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("Refuse", BusFailure("org.example.Echo.Error", "Not today")),
        ("Unheard", BusFailure("org.freedesktop.DBus.Error.UnknownMethod", "")),
    ],
)
def test_a_call_that_comes_to_nothing_says_why(bus: Bus, member: str, expected: BusFailure) -> None:
    replies: list[BusReply] = []
    bus.call(ECHO, member, then=replies.append)
    bus.call(ECHO, member)
    eventually(lambda: replies == [expected])


@pytest.mark.usefixtures("echo")
def test_nobody_is_waited_for_for_ever(daemon: BusDaemon) -> None:
    bus = Bus(daemon.address, timeout_ms=50)
    replies: list[BusReply] = []
    for _ in range(2):
        bus.call(ECHO, "Ignore", then=replies.append)
    eventually(lambda: replies == [BusFailure("", "no answer")] * 2)
    bus.close()


def test_without_the_service_the_bus_answers(bus: Bus) -> None:
    replies: list[Any] = []
    bus.call(ECHO, "Echo", then=replies.append)
    eventually(lambda: replies)
    assert replies[0].error == "org.freedesktop.DBus.Error.ServiceUnknown"


def test_signals_of_one_interface_are_heard(bus: Bus, echo: Echo) -> None:
    heard: list[BusSignal] = []
    bus.listen(ECHO.service, ECHO.interface, heard.append)
    answered(bus)
    echo.emit("Other", "s", "text", interface="org.example.Other")
    echo.emit("Rang", "us", 7, "text")
    eventually(lambda: heard)
    assert heard == [BusSignal(ECHO.path, "Rang", (7, "text"))]


def test_a_service_is_seen_to_come_and_go(bus: Bus, daemon: BusDaemon) -> None:
    seen: list[bool] = []
    bus.watch(ECHO.service, seen.append)
    answered(bus)
    for _ in range(2):
        service = Echo(daemon.address)
        eventually(lambda: seen == [True])
        service.stop()
        eventually(lambda: seen == [True, False])
        seen.clear()


@pytest.mark.usefixtures("echo")
def test_the_end_of_the_bus_is_told_after_all_calls_have_failed(
    bus: Bus, daemon: BusDaemon
) -> None:
    told: list[object] = []
    bus.lost.connect(lambda why: told.append(why))
    bus.call(ECHO, "Ignore", then=told.append)
    settle()
    daemon.stop()
    eventually(lambda: len(told) == 2)
    assert told[0] == BusFailure("", "the connection is gone")
    assert isinstance(told[1], str)
    bus.call(ECHO, "Echo", then=told.append)
    assert len(told) == 2
    eventually(lambda: told[2:] == [BusFailure("", "the connection is gone")])


@pytest.mark.usefixtures("echo")
def test_after_close_nobody_is_called(bus: Bus) -> None:
    replies: list[BusReply] = []
    bus.call(ECHO, "Echo", signature="s", body=("",), then=replies.append)
    bus.close()
    bus.close()
    settle()
    assert replies == []


@pytest.mark.parametrize("said", [b"REJECTED KERBEROS\r\n", b"nonsense" * 2000, b""])
def test_who_does_not_let_us_in_is_left(said: bytes, qapp: object) -> None:
    with TemporaryDirectory(prefix="bus-") as folder, socket.socket(socket.AF_UNIX) as listening:
        path = Path(folder) / "bus"
        listening.bind(str(path))
        listening.listen()
        bus = Bus(f"unix:path={path}")
        told: list[str] = []
        bus.lost.connect(told.append)
        replies: list[BusReply] = []
        bus.call(ECHO, "Echo", then=replies.append)
        settle()
        with listening.accept()[0] as connection:
            connection.sendall(said)
        eventually(lambda: told)
        assert replies == [BusFailure("", "the connection is gone")]
        bus.close()


@pytest.mark.parametrize("place", ["", "nonsense", "unix:path=/nowhere/bus", "tcp:host=a,port=1"])
def test_an_address_with_nobody_there_is_refused(place: str, qapp: object) -> None:
    with pytest.raises(NoBus):
        Bus(place)


def test_the_usual_place_counts_only_if_there_is_something(tmp_path: Path) -> None:
    assert address({}) == ""
    assert address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    named = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert address(named) == "unix:path=/x"


def test_what_is_not_running_need_not_be_started(bus: Bus) -> None:
    replies: list[Any] = []
    bus.call(ECHO, "Echo", then=replies.append, may_start=False)
    eventually(lambda: replies)
    assert replies[0].error == "org.freedesktop.DBus.Error.NameHasNoOwner"


def test_signals_of_one_object_are_heard_alone(bus: Bus, echo: Echo) -> None:
    heard: list[BusSignal] = []
    bus.listen(ECHO.service, ECHO.interface, heard.append, path="/org/example/Other")
    answered(bus)
    echo.emit("Rang", "u", 1)
    echo.emit("Rang", "u", 2, path="/org/example/Other")
    eventually(lambda: heard)
    assert heard == [BusSignal("/org/example/Other", "Rang", (2,))]


@pytest.mark.usefixtures("echo")
def test_where_answers_may_bring_files_those_without_are_read_too(daemon: BusDaemon) -> None:
    bus = Bus(daemon.address, files=True)
    replies: list[BusReply] = []
    texts = ("", "x" * 1_000_000, "y")
    for text in texts:
        bus.call(ECHO, "Echo", signature="s", body=(text,), then=replies.append)
    eventually(lambda: len(replies) == len(texts))
    assert replies == [(text,) for text in texts]
    bus.close()


def test_the_bus_of_the_computer_is_where_it_says() -> None:
    assert system_address({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
    assert system_address({}) in ("", "unix:path=/run/dbus/system_bus_socket")
