"""What every way of having global hotkeys promises."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any, Final

import pytest
from PySide6.QtCore import QThread

from tests.fakes.dbus import open_bus
from tests.fakes.hotkeys import (
    ListenerStage,
    MacStage,
    PortalStage,
    Stage,
    WindowsStage,
    X11Stage,
    bind,
)
from tests.fakes.qt import eventually, settle
from tray.desktop.chord import parse
from tray.desktop.support import Level

EVERYWHERE: Final = ("x11", "portal", "windows", "macos", "pynput")
WHERE_OTHERS_HAVE_KEYS: Final = ("x11", "portal", "windows", "macos")


@pytest.fixture(params=EVERYWHERE)
def stage(request: pytest.FixtureRequest, qapp: object) -> Iterator[Stage]:
    with ExitStack() as closed:
        match request.param:
            case "x11":
                made: Any = X11Stage(request.getfixturevalue("bare_desktop"))
            case "portal":
                made = PortalStage(closed.enter_context(open_bus()).address)
            case "windows":
                made = WindowsStage()
            case "macos":
                made = MacStage()
            case _:
                made = ListenerStage()
        yield closed.enter_context(closing(made))


@pytest.fixture
def calls(stage: Stage) -> list[str]:
    """Every name that was called, in order."""
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    return heard


@pytest.fixture
def called(stage: Stage, calls: list[str]) -> Callable[..., bool]:
    """Whether exactly these were called; a last press tells when all before it have been heard."""

    def check(*names: str) -> bool:
        bind(stage.hotkeys, "end", "ctrl+alt+shift+f12")
        stage.press("ctrl+alt+shift+f12")
        eventually(lambda: "end" in calls)
        stage.hotkeys.unbind("end")
        return calls == [*names, "end"]

    return check


@pytest.mark.parametrize("chord", ["ctrl+alt+t", "meta+shift+7", "f9", "alt+space", "ctrl+alt+;"])
def test_a_press_calls_the_name_once(stage: Stage, called: Callable[..., bool], chord: str) -> None:
    hotkey = bind(stage.hotkeys, "quick", chord)
    assert hotkey.support.works
    assert hotkey.trigger
    stage.press(chord)
    assert called("quick")


def test_a_held_key_calls_once(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.hold("ctrl+alt+t")
    assert called("quick")


def test_two_presses_call_twice(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.press("ctrl+alt+t")
    stage.press("ctrl+alt+t")
    assert called("quick", "quick")


@pytest.mark.parametrize(
    "other", ["ctrl+alt+shift+t", "ctrl+alt+meta+t", "ctrl+t", "alt+t", "ctrl+alt+y"]
)
def test_more_or_fewer_keys_are_another_hotkey(
    stage: Stage, called: Callable[..., bool], other: str
) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.press(other)
    assert called()


def test_each_hotkey_calls_its_own_name(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bind(stage.hotkeys, "toggle", "ctrl+alt+shift+t")
    stage.press("ctrl+alt+shift+t")
    stage.press("ctrl+alt+t")
    assert called("toggle", "quick")
    assert {each.name for each in stage.hotkeys.hotkeys} == {"quick", "toggle"}


def test_a_new_chord_takes_the_place_of_the_old(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bind(stage.hotkeys, "quick", "ctrl+alt+y")
    bind(stage.hotkeys, "toggle", "ctrl+alt+t")
    stage.press("ctrl+alt+t")
    stage.press("ctrl+alt+y")
    assert called("toggle", "quick")


def test_the_same_chord_can_be_bound_again(stage: Stage, called: Callable[..., bool]) -> None:
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").support.works
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").support.works
    stage.press("ctrl+alt+t")
    assert called("quick")


def test_what_is_unbound_calls_nothing(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.hotkeys.unbind("quick")
    stage.hotkeys.unbind("never bound")
    settle()
    stage.press("ctrl+alt+t")
    assert called()
    assert stage.hotkeys.hotkeys == ()


def test_one_chord_cannot_call_two_names(stage: Stage, called: Callable[..., bool]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    support = bind(stage.hotkeys, "toggle", "alt+ctrl+t").support
    assert support.level is Level.MISSING
    assert "Ctrl+Alt+T is already the hotkey of “toggl-tray quick”" in support.why
    stage.press("ctrl+alt+t")
    assert called("quick")


@pytest.mark.parametrize("chord", ["t", "shift+t", "space", "shift+left", "7"])
def test_a_key_for_typing_is_left_alone(stage: Stage, chord: str) -> None:
    *held, key = chord.split("+")
    plain = parse(f"ctrl+{key}")
    support = stage.hotkeys.bind(
        "quick", plain._replace(modifiers=parse(f"ctrl+{chord}").modifiers - plain.modifiers)
    )
    assert support.level is Level.MISSING
    assert "is needed for typing. Add Ctrl, Alt or Meta." in support.why
    assert held in ([], ["shift"])


def test_names_come_to_the_thread_of_the_program(stage: Stage, called: Callable[..., bool]) -> None:
    threads: list[QThread] = []
    stage.hotkeys.pressed.connect(lambda _: threads.append(QThread.currentThread()))
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.press("ctrl+alt+t")
    assert called("quick")
    assert {thread is stage.hotkeys.thread() for thread in threads} == {True}


def test_a_handler_may_bind_and_unbind(stage: Stage, called: Callable[..., bool]) -> None:
    def swap(name: str) -> None:
        if name == "quick":
            stage.hotkeys.unbind("quick")
            stage.hotkeys.bind("toggle", parse("ctrl+alt+y"))

    stage.hotkeys.pressed.connect(swap)
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.press("ctrl+alt+t")
    assert called("quick")
    assert [each.name for each in stage.hotkeys.hotkeys] == ["toggle"]


def test_after_stop_nothing_is_held(stage: Stage, calls: list[str]) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.hotkeys.stop()
    assert stage.hotkeys.hotkeys == ()
    stage.press("ctrl+alt+t")
    settle()
    assert calls == []


@pytest.mark.parametrize("stage", WHERE_OTHERS_HAVE_KEYS, indirect=True)
def test_what_cannot_be_had_is_named_with_what_to_do(stage: Any) -> None:
    stage.take("ctrl+alt+t")
    hotkey = bind(stage.hotkeys, "quick", "ctrl+alt+t")
    assert hotkey.support.level is Level.MISSING
    assert hotkey.trigger == ""
    assert "Choose another key" in hotkey.support.why
    binds_commands = not isinstance(stage, WindowsStage | MacStage)
    assert ("“toggl-tray quick”" in hotkey.support.why) is binds_commands


@pytest.mark.parametrize("stage", ["x11", "windows", "macos"], indirect=True)
def test_a_conflict_is_no_one_elses_loss(stage: Any, called: Callable[..., bool]) -> None:
    stage.take("ctrl+alt+t")
    assert (
        "Ctrl+Alt+T is taken by another program."
        in stage.hotkeys.bind("quick", parse("ctrl+alt+t")).why
    )
    assert bind(stage.hotkeys, "quick", "ctrl+alt+y").support.works
    stage.press("ctrl+alt+t")
    stage.press("ctrl+alt+y")
    assert called("quick")
