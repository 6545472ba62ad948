"""Grabbing keys on X keyboards as they really are: locked, switched, remapped, gone."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.hotkeys import X11Stage, bind
from tests.fakes.qt import eventually, settle
from tests.rig.desktop import Desktop
from tray.desktop.chord import Chord, Modifier, parse
from tray.desktop.hotkeys import Hotkey
from tray.desktop.linux.keyboard import Keyboard, KeyGrab, resolve_chord
from tray.desktop.linux.x11 import Server, ServerLost
from tray.desktop.linux.x11_hotkeys import X11Hotkeys
from tray.desktop.support import Level

NUM_LOCK: Final = 0xFF7F
SCROLL_LOCK: Final = 0xFF14
ALT_L: Final = 0xFFE9
SUPER_L: Final = 0xFFEB


@pytest.fixture
def stage(bare_desktop: Desktop, qapp: object) -> Iterator[X11Stage]:
    stage = X11Stage(bare_desktop)
    yield stage
    stage.close()


@pytest.fixture
def calls(stage: X11Stage) -> list[str]:
    heard: list[str] = []
    stage.hotkeys.pressed.connect(heard.append)
    return heard


def heard(calls: list[str], *names: str) -> None:
    """These have been called, and no others."""
    eventually(lambda: len(calls) >= len(names))
    assert calls == list(names)
    calls.clear()


@pytest.mark.parametrize("lock", ["capslock", "numlock"])
def test_a_lock_does_not_stop_it(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str], lock: str
) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bare_desktop.keyboard.lock(lock, on=True)
    stage.press("ctrl+alt+t")
    heard(calls, "quick")


def test_num_lock_may_sit_anywhere(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    orders = ("remove mod2 = Num_Lock", "add mod3 = Num_Lock", "add mod5 = Scroll_Lock")
    with remapped(bare_desktop, *orders):
        settle()
        for lock in ("numlock", "scrolllock"):
            bare_desktop.press(lock)
            stage.press("ctrl+alt+t")
            heard(calls, "quick")
            bare_desktop.press(lock)


@pytest.mark.parametrize("layouts", ["ru", "gr", "ara", "il", "ru,us", "us,ru", "jp", "de"])
def test_no_layout_stops_it(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str], layouts: str
) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bare_desktop.keyboard.layout(layouts)
    settle()
    stage.press("ctrl+alt+t")
    heard(calls, "quick")
    bind(stage.hotkeys, "toggle", "ctrl+alt+y" if layouts != "de" else "ctrl+alt+u")
    stage.press("ctrl+alt+y" if layouts != "de" else "ctrl+alt+u")
    heard(calls, "toggle")


def test_a_switch_of_layouts_does_not_stop_it(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    bare_desktop.keyboard.layout("us,ru")
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    for _ in range(3):
        bare_desktop.press("scrolllock")  # the rig's key for switching
        stage.press("ctrl+alt+t")
        heard(calls, "quick")


def test_a_letter_that_moves_takes_its_hotkey_along(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+y")
    bind(stage.hotkeys, "toggle", "ctrl+alt+z")
    bare_desktop.keyboard.layout("de")
    settle()
    stage.press("ctrl+alt+z")  # where a German keyboard has the Y
    stage.press("ctrl+alt+y")
    heard(calls, "quick", "toggle")


def test_a_character_above_a_digit_is_pressed_with_shift(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    hotkey = bind(stage.hotkeys, "quick", "ctrl+!")
    assert hotkey.trigger == "Ctrl+Shift+!"
    stage.press("ctrl+shift+1")
    heard(calls, "quick")
    bare_desktop.keyboard.layout("fr")
    settle()
    stage.press("ctrl+/")  # where a French keyboard has a plain !
    heard(calls, "quick")
    assert stage.hotkeys.hotkeys[0].trigger == "Ctrl+!"


@pytest.mark.parametrize("key", ["print", "pause", "menu", "mediaplay", "f11", "volumeup"])
def test_keys_that_type_nothing_can_be_alone(stage: X11Stage, key: str) -> None:
    assert bind(stage.hotkeys, "quick", key).support.works


def test_the_other_program_may_give_it_back(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    """It is tried again whenever the keyboard changes."""
    changes: list[Hotkey] = []
    stage.hotkeys.changed.connect(changes.append)
    with bare_desktop.keyboard.taken("ctrl+alt+t"):
        support = bind(stage.hotkeys, "quick", "ctrl+alt+t").support
        assert "Ctrl+Alt+T is taken by another program. Choose another key, or bind" in support.why
    bare_desktop.keyboard.layout("ru")
    eventually(lambda: changes)
    assert changes == [stage.hotkeys.hotkeys[0]]
    assert changes[0].support.works
    stage.press("ctrl+alt+t")
    heard(calls, "quick")


def test_a_conflict_in_one_state_of_the_locks_is_a_conflict(
    bare_desktop: Desktop, stage: X11Stage
) -> None:
    """And nothing is kept of it, so that the other program may have all of the key."""
    with bare_desktop.keyboard.taken("ctrl+alt+t"):
        assert not bind(stage.hotkeys, "quick", "ctrl+alt+t").support.works
    stage.hotkeys.unbind("quick")
    stage.take("ctrl+alt+t")


def test_what_is_unbound_is_free_for_others(stage: X11Stage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.hotkeys.unbind("quick")
    stage.take("ctrl+alt+t")
    bind(stage.hotkeys, "quick", "ctrl+alt+y")
    stage.hotkeys.stop()
    stage.take("ctrl+alt+y")


def test_two_chords_may_be_the_same_key(stage: X11Stage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+?")
    support = bind(stage.hotkeys, "toggle", "ctrl+shift+/").support
    assert "is already the hotkey of “toggl-tray quick”" in support.why


def test_a_keyboard_without_the_key_says_so(stage: X11Stage) -> None:
    support = bind(stage.hotkeys, "quick", "ctrl+ö").support
    assert "This keyboard has no Ctrl+Ö." in support.why
    assert "“toggl-tray quick”" in support.why


def test_it_sleeps_until_it_is_pressed(
    bare_desktop: Desktop, stage: X11Stage, calls: list[str]
) -> None:
    """Other keys never reach us: not one event for a line typed into another window."""
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    server = Server(bare_desktop.variables["DISPLAY"])
    assert server.grab({KeyGrab(24, 0x44)})
    bare_desktop.type("a line of text\n")
    server.keyboard()  # an answer comes after all events before it
    assert server.events() == []
    server.close()


@pytest.fixture
def mortal() -> Iterator["subprocess.Popen[str]"]:
    """A server that may be ended; it prints its number."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "64x64x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        yield server
        server.terminate()


@pytest.fixture
def on_mortal(mortal: "subprocess.Popen[str]", qapp: object) -> X11Hotkeys:
    assert mortal.stdout
    return X11Hotkeys(Server(f":{mortal.stdout.readline().strip()}"))


def test_without_the_server_it_says_so(
    mortal: "subprocess.Popen[str]", on_mortal: X11Hotkeys
) -> None:
    changes: list[Hotkey] = []
    on_mortal.changed.connect(changes.append)
    assert on_mortal.bind("quick", parse("ctrl+alt+t")).works
    mortal.terminate()
    eventually(lambda: changes)
    assert on_mortal.support.level is Level.MISSING
    assert on_mortal.support.why.startswith("The X server is gone")
    assert changes[0].support == on_mortal.support
    assert on_mortal.bind("toggle", parse("ctrl+alt+y")).level is Level.MISSING
    on_mortal.stop()


def test_a_server_that_vanishes_unseen_is_survived(
    mortal: "subprocess.Popen[str]", on_mortal: X11Hotkeys
) -> None:
    assert on_mortal.bind("toggle", parse("ctrl+alt+y")).works
    mortal.terminate()
    mortal.wait()
    assert on_mortal.bind("quick", parse("ctrl+alt+t")).level is Level.MISSING
    on_mortal.stop()


# python-xlib leaves the socket of a connection that was refused to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("display", [":987", "nonsense", "localhost:987"])
def test_without_a_server_there_is_a_reason(display: str) -> None:
    with pytest.raises(ServerLost, match=r"\w"):
        Server(display)


US: Final = {24: "qQ", 28: "tT", 10: "1!", 61: "/?"}


def keyboard(
    symbols: dict[int, tuple[int, ...]] | None = None, modifiers: dict[int, int] | None = None
) -> Keyboard:
    """A small US keyboard; of modifiers the bit is given for each key."""
    columns = {code: tuple(map(ord, characters)) for code, characters in US.items()}
    columns |= {64: (ALT_L,), 133: (SUPER_L,), 77: (NUM_LOCK,), 78: (SCROLL_LOCK,)}
    columns |= symbols or {}
    keys = {64: 3, 133: 6, 77: 4} if modifiers is None else modifiers
    rows = [[code for code, bit in keys.items() if bit == row] or [0] for row in range(8)]
    last = max(columns)
    return Keyboard(
        8, tuple(columns.get(code, ()) for code in range(8, last + 1)), tuple(map(tuple, rows))
    )


def bits(chord: str, on: Keyboard) -> set[int]:
    found = resolve_chord(parse(chord), on)
    assert found
    return {key.modifiers for key in found.keys}


def test_all_states_of_the_locks_are_meant() -> None:
    assert bits("ctrl+t", keyboard()) == {0x04, 0x06, 0x14, 0x16}
    assert bits("ctrl+t", keyboard(modifiers={64: 3})) == {0x04, 0x06}
    both = keyboard(modifiers={77: 5, 78: 7})
    assert bits("ctrl+t", both) == {
        4 | a | b | c for a in (0, 2) for b in (0, 32) for c in (0, 128)
    }


def test_modifiers_are_where_the_map_says() -> None:
    moved = keyboard(modifiers={64: 5, 133: 4})
    assert bits("alt+t", moved) == {0x20, 0x22}
    assert bits("meta+t", moved) == {0x10, 0x12}
    assert resolve_chord(parse("meta+t"), keyboard(modifiers={64: 3})) is None


def test_the_second_layout_serves_if_the_first_has_no_such_letter() -> None:
    cyrillic = (0x6C5, 0x6E5)
    found = resolve_chord(
        parse("ctrl+t"),
        keyboard({28: (*cyrillic, ord("q"), ord("Q")), 24: (*cyrillic, *map(ord, "tT"))}),
    )
    assert found
    assert {key.code for key in found.keys} == {24}


def test_every_key_with_the_symbol_counts() -> None:
    play = 0x1008FF14
    found = resolve_chord(parse("mediaplay"), keyboard({172: (play,), 208: (play,)}))
    assert found
    assert {key.code for key in found.keys} == {172, 208}


@given(
    st.frozensets(st.sampled_from(Modifier), min_size=1),
    st.sampled_from("tq1/?!"),
    st.dictionaries(st.sampled_from([77, 78]), st.integers(3, 7)),
)
def test_no_chord_means_the_keys_of_another(
    held: frozenset[Modifier], key: str, locks: dict[int, int]
) -> None:
    free = [bit for bit in range(3, 8) if bit not in locks.values()]
    on = keyboard(modifiers={64: free[0], 133: free[1], **locks})
    mine = resolve_chord(Chord(held, key), on)
    assert mine
    assert len(mine.keys) == 2 ** (1 + len(set(locks.values())))
    for other in Modifier:
        theirs = resolve_chord(Chord(held ^ {other}, key), on)
        assert theirs
        assert theirs.chord == mine.chord or mine.keys.isdisjoint(theirs.keys)


@contextmanager
def remapped(desktop: Desktop, *orders: str) -> Iterator[None]:
    """While this lasts the keyboard has another map, made as xmodmap makes it."""
    try:
        for order in orders:
            subprocess.run(["xmodmap", "-e", order], env=desktop.variables, check=True)
        yield
    finally:
        desktop.keyboard.layout("us")
