"""Chords are read, written, judged and captured from what is pressed."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tray.chosen_language import set_language
from tray.desktop.chord import FREE, TYPING, Chord, Modifier, is_key, parse
from tray.desktop.key_capture import captured
from tray.desktop.linux.keysyms import keysym
from tray.desktop.linux.portal_hotkeys import trigger
from tray.desktop.us_layout import POSITIONS, X_OFFSET
from tray.errors import UserError
from tray.language import LANGUAGES

CHARACTERS = [chr(code) for code in range(0x100) if is_key(chr(code))]
KEYS = st.sampled_from([*CHARACTERS, *TYPING, *FREE])
CHORDS = st.builds(Chord, st.frozensets(st.sampled_from(Modifier)), KEYS)
GOOD = CHORDS.filter(lambda chord: not chord.problem())


@given(GOOD)
def test_what_is_written_is_read_back(chord: Chord) -> None:
    assert parse(str(chord)) == chord


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.usefixtures("english_again")
def test_what_is_shown_in_any_language_can_be_typed_in_every_other(code: str) -> None:
    everything = frozenset(Modifier)
    chords = [Chord(everything, key) for key in ("t", "f9", "print", "menu", "pause", *TYPING)]
    set_language(code)
    shown = [[chord.shown(), chord.label()] for chord in chords]
    set_language("en")
    assert [[*map(parse, each)] for each in shown] == [[chord, chord] for chord in chords]


@given(GOOD)
def test_what_is_shown_in_english_is_read_back(chord: Chord) -> None:
    assert {parse(chord.shown()), parse(chord.label())} == {chord}


@given(GOOD, st.randoms(use_true_random=False))
def test_order_case_and_spaces_do_not_matter(chord: Chord, random: Random) -> None:
    parts = [each.upper() for each in sorted(chord.modifiers)]
    random.shuffle(parts)
    assert parse(" + ".join([*parts, chord.key])) == chord


@given(CHORDS)
def test_a_key_for_typing_takes_more_than_shift(chord: Chord) -> None:
    enough = chord.key in FREE or chord.modifiers - {Modifier.SHIFT}
    assert chord.problem() == (
        "" if enough else f"{chord.label()} is needed for typing. Add Ctrl, Alt or Meta."
    )


@given(CHORDS)
def test_menus_show_every_part(chord: Chord) -> None:
    assert len(chord.shown().split("+")) == len(chord.modifiers) + 1
    assert chord.shown().casefold().replace(" ", "").startswith(str(chord).casefold()[:3])


@pytest.mark.parametrize(
    ("text", "canonical", "shown"),
    [
        ("ctrl+alt+t", "ctrl+alt+t", "Ctrl+Alt+T"),
        ("T+never", "", "“t” in “T+never” is not one of ctrl, alt, shift, meta."),
        ("Super + Space", "meta+space", "Meta+Space"),
        ("Win+Control+Return", "ctrl+meta+enter", "Ctrl+Meta+Enter"),
        ("option+cmd+;", "alt+meta+;", "Alt+Meta+;"),
        ("F9", "f9", "F9"),
        ("printscreen", "print", "Print"),
        ("shift+f9", "shift+f9", "Shift+F9"),
        ("mediaplay", "mediaplay", "Media Play"),
        ("ctrl+pgdn", "ctrl+pagedown", "Ctrl+Page Down"),
        ("ctrl+plus", "ctrl+plus", "Ctrl+Plus"),
        ("ctrl+Ö", "ctrl+ö", "Ctrl+Ö"),
        ("ctrl+ß", "ctrl+ß", "Ctrl+ß"),
        ("ctrl+ctrl+t", "ctrl+t", "Ctrl+T"),
        ("", "", "“” is not a key for a hotkey."),
        ("ctrl+", "", "“” is not a key for a hotkey."),
        ("ctrl++", "", "“” in “ctrl++” is not one of"),
        ("ctrl+tt", "", "“tt” is not a key for a hotkey. Use one such as T, F9 or Space."),
        ("ctrl+f25", "", "“f25” is not a key for a hotkey."),
        ("ctrl+й", "", "“й” is not a key for a hotkey."),
        ("ctrl+capslock", "", "“capslock” is not a key for a hotkey."),
        ("ctrl", "", "“ctrl” is not a key for a hotkey."),
        ("shift+t", "", "Shift+T is needed for typing. Add Ctrl, Alt or Meta."),
        ("space", "", "Space is needed for typing. Add Ctrl, Alt or Meta."),
    ],
)
def test_examples(text: str, canonical: str, shown: str) -> None:
    if canonical:
        assert (str(parse(text)), parse(text).shown()) == (canonical, shown)
    else:
        with pytest.raises(UserError) as refused:
            parse(text)
        assert str(refused.value).startswith(shown)


@pytest.mark.parametrize(
    ("chord", "expected"),
    [
        ("ctrl+alt+t", "CTRL+ALT+t"),
        ("meta+shift+space", "SHIFT+LOGO+space"),
        ("ctrl+;", "CTRL+semicolon"),
        ("f24", "F24"),
        ("mediaplay", "XF86AudioPlay"),
        ("alt+ö", "ALT+U00F6"),
    ],
)
def test_portals_have_their_own_way_of_writing(chord: str, expected: str) -> None:
    assert trigger(parse(chord)) == expected


def test_every_key_has_a_symbol_of_its_own() -> None:
    numbers = [keysym(key).number for key in (*CHARACTERS, *TYPING, *FREE)]
    assert len(numbers) == len(set(numbers))
    assert keysym("f1").number == 0xFFBE
    assert keysym("f24").number == 0xFFD5


def test_positions_are_those_of_the_kernel() -> None:
    # From linux/input-event-codes.h: KEY_1, KEY_Q, KEY_A, KEY_GRAVE, KEY_BACKSLASH, KEY_SLASH.
    assert [POSITIONS[each] for each in "1qa`\\/"] == [2, 16, 30, 41, 43, 53]


class Pressed:
    """A key press as a widget gets it, on Linux unless said otherwise."""

    def __init__(self, key: int, held: str = "", *, on: str = "", system: str = "linux") -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for name in held.split():
            modifiers |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        position = POSITIONS.get(on, 0) + (X_OFFSET if system == "linux" else 0)
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, position, 0, 0)
        self.chord = captured(event, system)


CTRL_ALT = "Control Alt"


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        (Pressed(Qt.Key.Key_T, CTRL_ALT, on="t"), "ctrl+alt+t"),
        (Pressed(Qt.Key.Key_T, CTRL_ALT, on="k"), "ctrl+alt+t"),  # Dvorak
        (Pressed(ord("Е"), CTRL_ALT, on="t"), "ctrl+alt+t"),  # Russian
        (Pressed(ord("Ε"), CTRL_ALT, on="e"), "ctrl+alt+e"),  # Greek
        (Pressed(ord("ف"), CTRL_ALT, on="t"), "ctrl+alt+t"),  # Arabic
        (Pressed(ord("Е"), CTRL_ALT, on="t", system="win32"), "ctrl+alt+t"),
        (Pressed(ord("Ö"), "Control", on=";"), "ctrl+ö"),
        (Pressed(Qt.Key.Key_Exclam, "Control Shift", on="1"), "ctrl+shift+1"),
        (Pressed(Qt.Key.Key_1, "Control Shift", on="1"), "ctrl+shift+1"),  # French
        (Pressed(Qt.Key.Key_Ampersand, "Control", on="1"), "ctrl+&"),  # French
        (Pressed(Qt.Key.Key_Underscore, "Control Shift", on="/"), "ctrl+shift+_"),  # German
        (Pressed(Qt.Key.Key_Plus, "Control"), "ctrl+plus"),
        (Pressed(Qt.Key.Key_Space, "Meta", on=" "), "meta+space"),
        (Pressed(Qt.Key.Key_Backtab, "Control Shift"), "ctrl+shift+tab"),
        (Pressed(Qt.Key.Key_F12), "f12"),
        (Pressed(Qt.Key.Key_Print), "print"),
        (Pressed(Qt.Key.Key_MediaPlay), "mediaplay"),
        (Pressed(Qt.Key.Key_Left, "Control Keypad", system="darwin"), "meta+left"),
        (Pressed(Qt.Key.Key_T, "Meta Alt", system="darwin"), "ctrl+alt+t"),
        (Pressed(Qt.Key.Key_Dead_Acute, "Control", on="'"), "ctrl+'"),
        (Pressed(Qt.Key.Key_T), "t"),  # which has a problem
    ],
)
def test_what_is_pressed_is_captured(pressed: Pressed, expected: str) -> None:
    assert str(pressed.chord) == expected


@pytest.mark.parametrize(
    "pressed",
    [
        Pressed(Qt.Key.Key_Control, "Control"),
        Pressed(Qt.Key.Key_Super_L, "Meta"),
        Pressed(Qt.Key.Key_AltGr),
        Pressed(Qt.Key.Key_CapsLock),
        Pressed(Qt.Key.Key_NumLock),
        Pressed(Qt.Key.Key_7, "Control Keypad"),
        Pressed(Qt.Key.Key_Enter, "Control Keypad"),
        Pressed(Qt.Key.Key_unknown, "Control"),
        Pressed(ord("字"), "Control"),
    ],
)
def test_what_cannot_be_a_key_of_a_chord_is_not_captured(pressed: Pressed) -> None:
    assert pressed.chord is None
