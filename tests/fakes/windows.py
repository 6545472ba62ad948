"""What Windows offers, without Windows: its hotkeys, and its registry."""

from ctypes import wintypes
from typing import Final

WM_HOTKEY: Final = 0x0312
WM_KEYDOWN: Final = 0x0100
ALREADY_REGISTERED: Final = 1409


class FakeUser32:
    """Hotkeys as the documentation has them, on a keyboard that types `typed`."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        """Modifiers and virtual key by number."""
        self.taken: set[tuple[int, int]] = set()
        """What other programs have."""
        self.typed: dict[str, tuple[int, bool]] = {}
        """The virtual key of each character that needs no other than Shift."""
        self.error = 0
        """What the next registrations fail with."""

    def register(self, number: int, modifiers: int, code: int) -> int:
        """One number and one key each belong to one program."""
        if self.error:
            return self.error
        if (modifiers, code) in {*self.registered.values(), *self.taken}:
            return ALREADY_REGISTERED
        assert number not in self.registered
        self.registered[number] = (modifiers, code)
        return 0

    def unregister(self, number: int) -> None:
        """As often as it was registered."""
        del self.registered[number]

    def code_of(self, character: str) -> tuple[int, bool] | None:
        """What the layout says."""
        return self.typed.get(character)


def message(kind: int, number: int) -> wintypes.MSG:
    """A message of the thread, as GetMessage fills it in."""
    return wintypes.MSG(message=kind, wParam=number)


class FakeRegistryKey:
    """A key of the registry."""

    def __init__(self) -> None:
        self.values: dict[str, str | bytes] = {}
        self.locked = False
        """Whether an administrator has forbidden to change it."""

    def read(self, name: str) -> str | bytes | None:
        """Everybody may."""
        return self.values.get(name)

    def write(self, name: str, value: str) -> None:
        """If it is allowed."""
        self._check()
        self.values[name] = value

    def delete(self, name: str) -> None:
        """If it is allowed."""
        self._check()
        self.values.pop(name, None)

    def remove(self) -> None:
        """If it is allowed."""
        self._check()
        self.values.clear()

    def _check(self) -> None:
        if self.locked:
            raise PermissionError(5, "Access is denied")
