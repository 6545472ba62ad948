"""RegisterHotKey, as far as its documentation can be tested without Windows."""

from collections.abc import Iterator

import pytest

from tests.fakes.hotkeys import WindowsStage
from tests.fakes.windows import WM_HOTKEY, WM_KEYDOWN
from tray.desktop.chord import FREE, TYPING, parse
from tray.desktop.support import Level
from tray.desktop.us_layout import POSITIONS
from tray.desktop.windows.keys import fixed_code, us_code


@pytest.fixture
def stage(qapp: object) -> Iterator[WindowsStage]:
    stage = WindowsStage()
    yield stage
    stage.close()


@pytest.fixture
def calls(stage: WindowsStage) -> list[str]:
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    return heard


def test_only_messages_of_hotkeys_call(stage: WindowsStage, calls: list[str]) -> None:
    stage.hotkeys.bind("quick", parse("ctrl+alt+t"))
    (number,) = stage.api.registered
    stage.send(WM_KEYDOWN, number)
    stage.send(WM_HOTKEY, number + 1)
    assert calls == []
    stage.send(WM_HOTKEY, number)
    assert calls == ["quick"]


def test_windows_is_asked_in_its_own_numbers(stage: WindowsStage) -> None:
    stage.hotkeys.bind("quick", parse("ctrl+alt+shift+meta+t"))
    # MOD_ALT | MOD_CONTROL | MOD_SHIFT | MOD_WIN | MOD_NOREPEAT, and the T
    assert list(stage.api.registered.values()) == [(0x400F, 0x54)]


@pytest.mark.parametrize(
    ("chord", "modifiers", "code"),
    [
        ("ctrl+alt+7", 3, ord("7")),
        ("f24", 0, 0x87),
        ("mediaplay", 0, 0xB3),
        ("ctrl+ö", 2, 0xC0),  # typed by a German keyboard
        ("ctrl+?", 6, 0xDB),  # on which it takes Shift
        ("ctrl+'", 2, 0xDE),  # which no key of it types: as on a US keyboard
    ],
)
def test_keys_are_found(stage: WindowsStage, chord: str, modifiers: int, code: int) -> None:
    stage.api.typed = {"ö": (0xC0, False), "?": (0xDB, True)}
    assert stage.hotkeys.bind("quick", parse(chord)).works
    assert list(stage.api.registered.values()) == [(modifiers | 0x4000, code)]


def test_a_keyboard_without_the_key_says_so(stage: WindowsStage) -> None:
    support = stage.hotkeys.bind("quick", parse("ctrl+ñ"))
    assert support.level is Level.MISSING
    assert "This keyboard has no Ctrl+Ñ." in support.why


def test_any_other_refusal_is_reported_with_its_number(stage: WindowsStage) -> None:
    stage.api.error = 87
    assert "Windows refuses Ctrl+T (error 87)." in stage.hotkeys.bind("q", parse("ctrl+t")).why


def test_every_key_without_a_layout_has_a_code() -> None:
    named = {key: fixed_code(key) for key in (*TYPING, *FREE)}
    assert all(named.values())
    assert len(set(named.values())) == len(named)
    assert all(fixed_code(each) or us_code(each) for each in POSITIONS)
