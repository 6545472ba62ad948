"""What is called over the bus goes wrong by a bug: nobody waits, and nothing else is lost."""

import socket
from collections.abc import Iterator
from typing import Final

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.dbus import open_bus
from tests.fakes.qt import eventually
from tray.desktop.linux.bus import Bus, BusAnswer, BusCall, BusFailure, BusInterface, BusReply

PATH: Final = "/Thing"
THING: Final = "test.Thing"


class Bug(Exception):
    pass


def waiting(bus: Bus) -> bytes:
    """What has arrived and is not read."""
    try:
        return bus._socket.recv(1 << 16, socket.MSG_PEEK)
    except BlockingIOError:
        return b""


@pytest.fixture
def ends(qapp: object) -> Iterator[tuple[Bus, Bus]]:
    """One that has an object and one that calls it."""
    with open_bus() as daemon:
        ours, theirs = Bus(daemon.address), Bus(daemon.address)
        eventually(lambda: bool(ours.name))
        yield ours, theirs
        ours.close()
        theirs.close()


def test_each_call_is_answered_and_the_bug_is_told(ends: tuple[Bus, Bus], qtbot: QtBot) -> None:
    ours, theirs = ends

    def answer(call: BusCall) -> BusAnswer:
        if call.member == "Fail":
            raise Bug
        return BusAnswer("s", (call.member,))

    ours.serve(PATH, answer)
    answers: list[BusReply] = []
    calls = ["Fail", "Work", "Fail", "Work"]
    with qtbot.capture_exceptions() as bugs:
        for member in calls:
            theirs.call(BusInterface(ours.name, PATH, THING), member, then=answers.append)
        eventually(lambda: len(answers) == len(calls))
    assert [kind for kind, _, _ in bugs] == [Bug, Bug]
    assert answers[1::2] == [("Work",), ("Work",)]
    for refused in answers[::2]:
        assert isinstance(refused, BusFailure)
        assert refused.error.endswith(".Failed")


def test_a_bug_of_who_gets_an_answer_keeps_back_none_of_the_others(
    ends: tuple[Bus, Bus], qtbot: QtBot
) -> None:
    ours, theirs = ends
    ours.serve(PATH, lambda call: BusAnswer("s", (call.member,)))
    answers: list[BusReply] = []

    def fail(_: BusReply) -> None:
        raise Bug

    for then in (fail, answers.append, fail, answers.append):
        theirs.call(BusInterface(ours.name, PATH, THING), "Work", then=then)
    theirs._write()
    theirs._reader.setEnabled(False)
    eventually(lambda: waiting(theirs).count(b"Work") == 4)
    with qtbot.capture_exceptions() as bugs:
        theirs._reader.setEnabled(True)
        eventually(lambda: len(answers) == 2)
    assert answers == [("Work",), ("Work",)]
    assert [kind for kind, _, _ in bugs] == [Bug, Bug]
