from collections.abc import Iterator, Mapping

import pytest
from pytestqt.qtbot import QtBot

from tray.desktop.chord import Chord, parse
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.linux.gnome_keybindings import GnomeKeybindings, Keybinding
from tray.desktop.null import NullHotkeys
from tray.desktop.support import PENDING, WORKS, Support, missing
from tray.model.hotkey_uses import HOTKEY_USES
from tray.settings import Settings
from tray.ui.hotkey_bindings import HotkeyBindings, HotkeyState, Standing, refusals

TAKEN = "ctrl+alt+t"
"""What another program has."""


class Keyboard(Hotkeys):
    """Has every chord to give but one, and notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.taken: str | None = TAKEN
        self.answers = True

    @property
    def support(self) -> Support:
        return WORKS

    def _take(self, name: str, chord: Chord) -> Hotkey:
        self.asked.append(name)
        if not self.answers:
            return Hotkey(name, chord, PENDING)
        if self.taken and chord == parse(self.taken):
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
def bindings(keyboard: Keyboard, told: list[str]) -> Iterator[HotkeyBindings]:
    made = HotkeyBindings(keyboard)
    made.refused.connect(told.append)
    yield made
    made.stop()


def bound(keys: str) -> HotkeyState:
    return HotkeyState(Standing.BOUND, keys)


def states(**named: HotkeyState) -> dict[str, HotkeyState]:
    """What holds of these, while no other keys are chosen."""
    return {name: named.get(name, HotkeyState()) for name in HOTKEY_USES}


def chosen(quick: str, toggle: str) -> Settings:
    return Settings(hotkey_quick_start=quick, hotkey_toggle=toggle)


def test_the_hotkeys_of_the_settings_work_and_are_shown(
    bindings: HotkeyBindings, keyboard: Keyboard, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bindings.changed) as changed:
        bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    assert changed.args == [states(quick=bound("Ctrl+Alt+A"), toggle=bound("Ctrl+Alt+B"))]
    assert bindings.states == changed.args[0]
    with qtbot.waitSignal(bindings.pressed) as pressed:
        keyboard.pressed.emit("toggle")
    assert pressed.args == ["toggle"]


def test_every_use_has_keys_of_its_own_and_none_at_first(
    bindings: HotkeyBindings, keyboard: Keyboard
) -> None:
    wanted = Settings(hotkey_window="f7", hotkey_clipboard="f8", hotkey_mini="f9")
    bindings.use(wanted)
    new = {name: bindings.states[name].keys for name in ("window", "clipboard", "mini")}
    assert new == {"window": "F7", "clipboard": "F8", "mini": "F9"}
    assert [getattr(Settings(), HOTKEY_USES[name].setting) for name in new] == ["", "", ""]


def test_other_settings_leave_the_hotkeys_alone(
    bindings: HotkeyBindings, keyboard: Keyboard, told: list[str]
) -> None:
    settings = chosen("ctrl+alt+a", TAKEN)
    bindings.use(settings)
    bindings.use(settings._replace(icon_style="symbol", day_start_hour=4))
    assert keyboard.asked == ["quick", "toggle"]
    assert told == ["Ctrl+Alt+T is taken."]


def test_two_hotkeys_can_change_places(
    bindings: HotkeyBindings, keyboard: Keyboard, told: list[str]
) -> None:
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    bindings.use(chosen("ctrl+alt+b", "ctrl+alt+a"))
    assert {each.name: each.trigger for each in keyboard.hotkeys} == {
        "quick": "Ctrl+Alt+B",
        "toggle": "Ctrl+Alt+A",
    }
    assert told == []


def test_a_hotkey_is_had_as_soon_as_the_other_gives_it_up(
    bindings: HotkeyBindings, keyboard: Keyboard, told: list[str]
) -> None:
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+a"))
    assert len(told) == 1
    bindings.use(chosen("", "ctrl+alt+a"))
    assert [each.trigger for each in keyboard.hotkeys] == ["Ctrl+Alt+A"]


def test_what_is_no_hotkey_is_said(bindings: HotkeyBindings, told: list[str]) -> None:
    bindings.use(chosen("ctrl+alt+nonsense", "ctrl+alt+b"))
    assert len(told) == 1
    assert "nonsense" in told[0].lower()


def test_what_the_desktop_makes_of_it_later_is_shown(
    bindings: HotkeyBindings, keyboard: Keyboard, qtbot: QtBot
) -> None:
    bindings.use(chosen("ctrl+alt+a", ""))
    with qtbot.waitSignal(bindings.changed) as changed:
        keyboard._became(Hotkey("quick", parse("ctrl+alt+a"), WORKS, "Meta+Q"))
    assert changed.args == [states(quick=bound("Meta+Q"))]


def test_what_is_not_answered_yet_is_told_to_nobody_and_a_refusal_is(
    bindings: HotkeyBindings, keyboard: Keyboard, told: list[str]
) -> None:
    keyboard.answers = False
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    asked = [each.standing for each in bindings.states.values() if each != HotkeyState()]
    assert asked == [Standing.UNANSWERED, Standing.UNANSWERED]
    assert not told
    keyboard._became(Hotkey("quick", parse("ctrl+alt+a"), WORKS, "Ctrl+Alt+A"))
    assert not told
    for _ in range(2):
        keyboard._became(Hotkey("toggle", parse("ctrl+alt+b"), missing("The user declined.")))
    assert told == ["The user declined."]
    assert bindings.states["quick"] == bound("Ctrl+Alt+A")
    assert bindings.states["toggle"] == HotkeyState(Standing.REFUSED, why="The user declined.")


def test_a_hotkey_that_another_program_held_is_had_once_it_is_free(
    bindings: HotkeyBindings, keyboard: Keyboard, told: list[str]
) -> None:
    bindings.use(chosen("ctrl+alt+a", TAKEN))
    assert bindings._retry.isActive()
    bindings._on_retry()
    assert told == ["Ctrl+Alt+T is taken."], "it is said once"
    keyboard.taken = None
    bindings._on_retry()
    assert not refusals(bindings.states)
    assert not bindings._retry.isActive()
    assert {each.trigger for each in keyboard.hotkeys} == {"Ctrl+Alt+A", "Ctrl+Alt+T"}
    assert keyboard.asked.count("quick") == 1, "what is had is left alone"


def test_while_keys_are_recorded_no_hotkey_fires_and_all_are_free(
    bindings: HotkeyBindings, keyboard: Keyboard, qtbot: QtBot
) -> None:
    bindings.use(chosen("ctrl+alt+a", "ctrl+alt+b"))
    bindings.suspend(True)
    assert not keyboard.hotkeys
    with qtbot.assertNotEmitted(bindings.pressed):
        keyboard.pressed.emit("quick")
    bindings.use(chosen("ctrl+alt+c", "ctrl+alt+b"))
    assert not keyboard.hotkeys
    bindings.suspend(False)
    assert [each.trigger for each in keyboard.hotkeys] == ["Ctrl+Alt+C", "Ctrl+Alt+B"]


def test_what_a_desktop_may_ask_the_user_for_is_not_asked_for_again(
    keyboard: Keyboard, bindings: HotkeyBindings, qtbot: QtBot
) -> None:
    keyboard.asks_user = True
    bindings.use(chosen("ctrl+alt+a", TAKEN))
    assert not bindings._retry.isActive()
    bindings.suspend(True)
    with qtbot.assertNotEmitted(bindings.pressed):
        keyboard.pressed.emit("quick")
    bindings.suspend(False)
    assert keyboard.asked == ["quick", "toggle"]


class ByDesktop(GnomeKeybindings):
    """Shortcuts of GNOME that take what they are given."""

    def __init__(self) -> None:
        super().__init__({})
        self.put_so_far: list[dict[str, str]] = []

    def look(self) -> None:
        """Nothing was put there before."""

    def put(self, wanted: Mapping[str, Keybinding]) -> None:
        self.put_so_far.append({name: each.chord.shown() for name, each in wanted.items()})
        self.names = frozenset(wanted)
        self.changed.emit()


def test_what_the_desktop_calls_by_itself_is_bound_and_follows_the_settings(qtbot: QtBot) -> None:
    by_desktop = ByDesktop()
    bindings = HotkeyBindings(NullHotkeys("There are none."), None, by_desktop)
    bindings.use(chosen("ctrl+alt+a", ""))
    assert bindings.states["quick"].standing is Standing.REFUSED
    with qtbot.waitSignal(bindings.changed) as changed:
        by_desktop.put(bindings.keybindings)
    assert changed.args == [states(quick=bound("Ctrl+Alt+A"))]
    bindings.use(chosen("ctrl+alt+b", "f9"))
    assert by_desktop.put_so_far[-1] == {"quick": "Ctrl+Alt+B", "toggle": "F9"}
    assert bindings.states == states(quick=bound("Ctrl+Alt+B"), toggle=bound("F9"))
    bindings.stop()
