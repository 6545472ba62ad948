"""Listening with pynput: to pynput itself on an X server, and to what it would tell on a Mac."""

import sys
from collections.abc import Iterator
from typing import Final

import pytest

from tests.fakes import pynput_program
from tests.fakes.hotkeys import ListenerStage
from tests.fakes.listener import FakeListener, Key, KeyCode
from tests.fakes.qt import eventually, settle
from tests.rig.desktop import Desktop
from tray.desktop.chord import Chord, Modifier, parse
from tray.desktop.macos.us_layout import PLACES
from tray.desktop.portable.matcher import ChordMatcher
from tray.desktop.portable.pynput_hotkeys import PynputHotkeys
from tray.desktop.support import Level

CTRL_ALT_T: Final = parse("ctrl+alt+t")


def test_pynput_is_understood(bare_desktop: Desktop) -> None:
    hotkeys = {"letter": "ctrl+alt+t", "named": "meta+left", "free": "f9"}
    arguments = [f"{name}={chord}" for name, chord in hotkeys.items()]
    program = bare_desktop.run([sys.executable, "-m", pynput_program.__name__, *arguments])
    program.wait_for("ready")
    bare_desktop.keyboard.lock("capslock", on=True)
    for keys in ("ctrl+alt+shift+t", "ctrl+alt+t", "super+left", "ctrl+F9", "F9"):
        bare_desktop.press(keys)
    program.wait_for("letter\nnamed\nfree\n$")


@pytest.fixture
def stage(qapp: object) -> Iterator[ListenerStage]:
    stage = ListenerStage()
    yield stage
    stage.close()


def test_a_mac_that_does_not_allow_it_is_told_apart(stage: ListenerStage) -> None:
    assert stage.listener
    stage.listener.IS_TRUSTED = False
    support = stage.hotkeys.bind("quick", CTRL_ALT_T)
    assert support.level is Level.MISSING
    assert "System Settings, Privacy & Security, Accessibility" in support.why
    assert stage.hotkeys.hotkeys[0].trigger == ""


def test_keys_without_a_name_are_no_hotkeys(stage: ListenerStage) -> None:
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    stage.hotkeys.bind("quick", parse("f9"))
    assert stage.listener
    for key in (None, KeyCode(), KeyCode("\x14"), KeyCode("й"), Key("f9")):
        stage.listener.press(key)
        stage.listener.release(key)
    eventually(lambda: heard)
    assert heard == ["quick"]


def test_the_command_key_is_meta(stage: ListenerStage) -> None:
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    stage.hotkeys.bind("quick", parse("cmd+t"))
    stage.press("meta+t")
    eventually(lambda: heard)
    assert heard == ["quick"]


def test_a_name_unbound_on_its_way_is_not_announced(stage: ListenerStage) -> None:
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    stage.hotkeys.bind("quick", CTRL_ALT_T)
    stage.press("ctrl+alt+t")
    stage.hotkeys.stop()
    settle()
    assert heard == []


def matcher(*chords: Chord) -> ChordMatcher:
    made = ChordMatcher()
    made.names = {chord: str(chord) for chord in chords}
    return made


@pytest.mark.parametrize("lock", ["caps_lock", "num_lock", "scroll_lock"])
def test_locks_are_not_held_keys(lock: str) -> None:
    match = matcher(CTRL_ALT_T)
    pressed = [match.press(key, 1.0) for key in (lock, "ctrl_l", "alt_l", "t")]
    assert pressed == [None, None, None, "ctrl+alt+t"]


def test_alt_gr_is_a_modifier_too_many() -> None:
    match = matcher(CTRL_ALT_T)
    assert [match.press(key, 1.0) for key in ("ctrl", "alt", "alt_gr", "t")] == [None] * 4


def test_one_of_two_keys_with_the_same_meaning_may_come_up() -> None:
    match = matcher(CTRL_ALT_T)
    for key in ("ctrl_l", "ctrl_r", "alt_l"):
        match.press(key, 1.0)
    match.release("ctrl_r")
    assert match.press("t", 1.0) == "ctrl+alt+t"
    match.release("ctrl_l")
    match.release("t")
    assert match.press("t", 1.0) is None


def test_keys_that_came_up_unseen_are_forgotten() -> None:
    """As Ctrl is when the screen is locked with Ctrl+Cmd+Q."""
    match = matcher(Chord(frozenset({Modifier.ALT}), "t"))
    for key in ("ctrl", "cmd", "q"):
        match.press(key, 1.0)
    assert match.press("alt", 60.0) is None
    assert match.press("t", 60.5) == "alt+t"


def test_a_repeat_is_not_a_press() -> None:
    match = matcher(CTRL_ALT_T)
    pressed = [match.press(key, 1.0) for key in ("ctrl", "alt", "t", "t", "t")]
    match.release("t")
    assert [*pressed, match.press("t", 1.0)].count("ctrl+alt+t") == 2


def test_every_key_of_a_us_keyboard_has_a_place_on_a_mac() -> None:
    assert sorted(PLACES.values()) == sorted("abcdefghijklmnopqrstuvwxyz0123456789-=[]\\;',./`")
    numbers = {character: number for number, character in PLACES.items()}
    # From HIToolbox/Events.h: kVK_ANSI_A, _T, _0, _L, _Grave.
    assert [numbers[each] for each in "at0l`"] == [0x00, 0x11, 0x1D, 0x25, 0x32]


def test_the_listener_is_stopped_with_the_hotkeys(qapp: object) -> None:
    made: list[FakeListener] = []

    def listen(*callbacks: object) -> FakeListener:
        made.append(FakeListener(*callbacks))  # type: ignore[arg-type]  # two callables
        return made[0]

    PynputHotkeys(listen, PLACES).stop()
    assert not made[0].running
