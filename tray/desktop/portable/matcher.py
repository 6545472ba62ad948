"""Which hotkey a stream of keys going down and coming up amounts to."""

from collections.abc import Mapping
from typing import Final

from tray.desktop.chord import Chord, Modifier

_FORGOTTEN_SECONDS: Final = 10.0
"""A key that nothing was heard of for so long came up unseen, behind a lock screen for instance."""
_MODIFIERS: Final = {
    "ctrl": Modifier.CTRL,
    "alt": Modifier.ALT,
    "shift": Modifier.SHIFT,
    "cmd": Modifier.META,
}
_LOCKS: Final = frozenset({"caps_lock", "num_lock", "scroll_lock"})
_NAMES: Final = {
    "esc": "escape",
    "page_up": "pageup",
    "page_down": "pagedown",
    "print_screen": "print",
    "media_play_pause": "mediaplay",
    "media_next": "medianext",
    "media_previous": "mediaprevious",
    "media_volume_up": "volumeup",
    "media_volume_down": "volumedown",
    "media_volume_mute": "volumemute",
}
"""What pynput calls differently."""


class ChordMatcher:
    """Remembers what is held; a key is named as pynput names it, ``ctrl_l`` for instance."""

    def __init__(self) -> None:
        self.names: Mapping[Chord, str] = {}
        """What each chord calls; replaced as a whole, because another thread reads it."""
        self._held: dict[str, str] = {}
        """The modifier each held key stands for."""
        self._down: set[str] = set()
        self._last_event = 0.0

    def press(self, key: str, now: float) -> str | None:
        """A key went down, or repeats; the name it calls, if it does.

        Args:
            key: its name or character.
            now: seconds of a clock that never goes back.
        """
        if now - self._last_event > _FORGOTTEN_SECONDS:
            self._held.clear()
            self._down.clear()
        self._last_event = now
        if key in _LOCKS:
            return None
        if modifier := _modifier(key):
            self._held[key] = modifier
            return None
        repeats = key in self._down
        self._down.add(key)
        if repeats:
            return None
        held = frozenset(self._held.values())
        wanted = (
            name
            for chord, name in self.names.items()
            if chord.key == _NAMES.get(key, key) and chord.modifiers == held
        )
        return next(wanted, None)

    def release(self, key: str) -> None:
        """A key came up."""
        self._held.pop(key, None)
        self._down.discard(key)


def _modifier(key: str) -> str | None:
    """What a key modifies; AltGr is one too, but none that a chord can have."""
    return "altgr" if key == "alt_gr" else _MODIFIERS.get(key.removesuffix("_l").removesuffix("_r"))
