from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tray.app.bindings import Bindings
from tray.desktop.chord import Chord, parse
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.support import WORKS, Support, missing
from tray.settings import Settings
from tray.ui.menu import Hotkeys as Shown

TAKEN = "ctrl+alt+t"
"""What another program has."""


class Keyboard(Hotkeys):
    """Has every chord to give but one, and notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @property
    def support(self) -> Support:
        return WORKS

    def _take(self, name: str, chord: Chord) -> Hotkey:
        self.asked.append(name)
        if chord == parse(TAKEN):
            return Hotkey(name, chord, missing(f"{chord.shown()} is taken."))
        return Hotkey(name, chord, WORKS, chord.shown())

    def _release(self, name: str) -> None:
        del name


@pytest.fixture
def keyboard(qtbot: QtBot) -> Keyboard:
    del qtbot
    return Keyboard()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def bindings(keyboard: Keyboard, told: list[str]) -> Iterator[Bindings]:
    made = Bindings(keyboard)
    made.refused.connect(told.append)
    yield made
    made.stop()


def chosen(quick: str, toggle: str) -> Settings:
    return Settings(hotkey_quick_start=quick, hotkey_toggle=toggle)


def test_the_hotkeys_of_the_settings_work_and_are_shown(
    bindings: Bindings, keyboard: Keyboard, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bindings.changed) as changed:
        bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    assert changed.args == [Shown("Ctrl+Alt+A", "Ctrl+Alt+B")]
    with qtbot.waitSignal(bindings.pressed) as pressed:
        keyboard.pressed.emit("toggle")
    assert pressed.args == ["toggle"]


def test_other_settings_leave_the_hotkeys_alone(
    bindings: Bindings, keyboard: Keyboard, told: list[str]
) -> None:
    settings = chosen("ctrl+alt+a", TAKEN)
    bindings.use(settings)
    bindings.use(settings._replace(icon_style="symbol", day_start_hour=4))
    assert keyboard.asked == ["quick", "toggle"]
    assert told == ["Ctrl+Alt+T is taken."]


def test_two_hotkeys_can_change_places(
    bindings: Bindings, keyboard: Keyboard, told: list[str]
) -> None:
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    bindings.use(chosen("ctrl+alt+b", "ctrl+alt+a"))
    assert {each.name: each.trigger for each in keyboard.hotkeys} == {
        "quick": "Ctrl+Alt+B",
        "toggle": "Ctrl+Alt+A",
    }
    assert told == []


def test_a_hotkey_is_had_as_soon_as_the_other_gives_it_up(
    bindings: Bindings, keyboard: Keyboard, told: list[str]
) -> None:
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+a"))
    assert len(told) == 1
    bindings.use(chosen("", "ctrl+alt+a"))
    assert [each.trigger for each in keyboard.hotkeys] == ["Ctrl+Alt+A"]


def test_what_is_no_hotkey_is_said(bindings: Bindings, told: list[str]) -> None:
    bindings.use(chosen("ctrl+alt+nonsense", "ctrl+alt+b"))
    assert len(told) == 1
    assert "nonsense" in told[0].lower()


def test_what_the_desktop_makes_of_it_later_is_shown(
    bindings: Bindings, keyboard: Keyboard, qtbot: QtBot
) -> None:
    bindings.use(chosen("ctrl+alt+a", ""))
    with qtbot.waitSignal(bindings.changed) as changed:
        keyboard._became(Hotkey("quick", parse("ctrl+alt+a"), WORKS, "Meta+Q"))
    assert changed.args == [Shown("Meta+Q", "")]
