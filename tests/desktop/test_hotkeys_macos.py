"""RegisterEventHotKey, as far as Apple's headers can be tested without macOS."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.fakes.hotkeys import MacStage
from tray.desktop.chord import parse
from tray.desktop.macos import carbon
from tray.desktop.macos.carbon import Carbon, four
from tray.desktop.support import Level


@pytest.fixture
def stage(qapp: object) -> Iterator[MacStage]:
    stage = MacStage()
    yield stage
    stage.close()


@pytest.mark.parametrize(
    ("chord", "modifiers", "code"),
    [
        ("ctrl+shift+space", 0x1200, 0x31),  # controlKey | shiftKey, kVK_Space
        ("cmd+alt+t", 0x0900, 0x11),  # cmdKey | optionKey, kVK_ANSI_T
        ("f5", 0, 0x60),
        ("f20", 0, 0x5A),
        ("volumeup", 0, 0x48),
    ],
)
def test_macos_is_asked_in_its_own_numbers(
    stage: MacStage, chord: str, modifiers: int, code: int
) -> None:
    assert stage.hotkeys.bind("quick", parse(chord)).works
    assert list(stage.api.registered.values()) == [(modifiers, code)]


def test_a_letter_is_where_the_layout_has_it(stage: MacStage) -> None:
    stage.api.layout = {"a": 0x0C, "ö": 0x29, "+": 0x1E}  # French, German
    for name, chord in (("a", "ctrl+a"), ("b", "ctrl+ö"), ("c", "ctrl+plus"), ("d", "ctrl+t")):
        assert stage.hotkeys.bind(name, parse(chord)).works
    assert [code for _, code in stage.api.registered.values()] == [0x0C, 0x29, 0x1E, 0x11]


@pytest.mark.parametrize(("chord", "shown"), [("print", "Print"), ("ctrl+ñ", "Ctrl+Ñ")])
def test_a_keyboard_without_the_key_says_so(stage: MacStage, chord: str, shown: str) -> None:
    support = stage.hotkeys.bind("quick", parse(chord))
    assert support.level is Level.MISSING
    assert f"This keyboard has no {shown}." in support.why


def test_any_other_refusal_is_reported_with_its_number(stage: MacStage) -> None:
    stage.api.error = -50
    assert "macOS refuses Ctrl+T (error -50)." in stage.hotkeys.bind("q", parse("ctrl+t")).why


def test_what_is_not_ours_is_left_to_others(stage: MacStage) -> None:
    stage.hotkeys.bind("quick", parse("ctrl+t"))
    (number,) = stage.api.registered
    assert stage.api.press(number)
    assert not stage.api.press(number + 1)


class Library:
    """Carbon's functions in Python: those of `does`, and others that only succeed."""

    def __init__(self, *, signature: int, error: int = 0) -> None:
        self.calls: list[str] = []
        self.handler: Any = None
        self._signature, self._error = signature, error
        self._does: dict[str, Callable[..., int]] = {
            "InstallEventHandler": self._install,
            "GetEventParameter": self._parameter,
        }

    def __getattr__(self, name: str) -> Any:
        does: Callable[..., int] = self._does.get(name, self._succeed)

        def function(*arguments: Any) -> int:
            self.calls.append(name)
            return int(does(*arguments))

        setattr(self, name, function)
        return function

    @staticmethod
    def _succeed(*_: Any) -> int:
        return 0

    def _install(self, _target: int, handler: Any, *_: Any) -> int:
        self.handler = handler
        return self._error

    def _parameter(self, *arguments: Any) -> int:
        assert arguments[1:5] == (four(b"----"), four(b"hkid"), None, 8)
        pressed = arguments[6]._obj
        pressed.signature, pressed.number = self._signature, 7
        return 0


def opened(library: Library, monkeypatch: pytest.MonkeyPatch, heard: list[int]) -> Carbon:
    monkeypatch.setattr(carbon, "CDLL", lambda _: library)
    made = Carbon()

    def note(number: int) -> bool:
        heard.append(number)
        return True

    made.open(note)
    return made


@pytest.mark.parametrize(("signature", "heard"), [(carbon.SIGNATURE, [7]), (four(b"QMHK"), [])])
def test_an_event_names_the_hotkey_of_the_program(
    signature: int, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[int] = []
    library = Library(signature=signature)
    made = opened(library, monkeypatch, numbers)
    assert library.handler(None, 1, None) == (0 if heard else carbon.NOT_HANDLED)
    assert numbers == heard
    assert made.register(7, 0x1000, 0x31) == 0
    made.unregister(7)
    assert library.calls[-3:] == [
        "GetEventDispatcherTarget",
        "RegisterEventHotKey",
        "UnregisterEventHotKey",
    ]


def test_a_refused_handler_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="hears no hotkeys"):
        opened(Library(signature=0, error=-9866), monkeypatch, [])
