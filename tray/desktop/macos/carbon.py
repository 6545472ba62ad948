"""The functions of Carbon that hotkeys take, through ctypes. Never run on macOS so far.

Written from HIToolbox/CarbonEvents.h (RegisterEventHotKey, InstallEventHandler, GetEventParameter),
HIToolbox/TextInputSources.h and CarbonCore/UnicodeUtilities.h (UCKeyTranslate). The hotkey belongs
to the program, so macOS asks the user for no permission, as it does for listening to the keyboard.
"""

from collections.abc import Callable, Mapping
from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_int32,
    c_ubyte,
    c_uint16,
    c_uint32,
    c_ulong,
    c_void_p,
    sizeof,
)
from typing import Any, Final, Protocol

from tray.desktop.macos.us_layout import PLACES

_CARBON: Final = "/System/Library/Frameworks/Carbon.framework/Carbon"
_CORE_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_HANDLER: Final = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)
_ISO_SECTION: Final = 0x0A
"""The key beside the left Shift that only European keyboards have."""
_DISPLAYED: Final = 3
_NO_DEAD_KEYS: Final = 1


def four(name: bytes) -> int:
    """A code of four characters, as headers of Apple write it: ``'keyb'``."""
    return int.from_bytes(name, "big")


SIGNATURE: Final = four(b"TgTr")
_KEYBOARD: Final = four(b"keyb")
_HOTKEY_PRESSED: Final = 5
_DIRECT_OBJECT: Final = four(b"----")
_HOTKEY_ID: Final = four(b"hkid")
NOT_HANDLED: Final = -9874


class HotkeyId(Structure):
    """EventHotKeyID: whose hotkey, and which."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))


class _EventType(Structure):
    _fields_ = (("event_class", c_uint32), ("kind", c_uint32))


class CarbonApi(Protocol):
    """What macOS offers to the program."""

    def open(self, on_pressed: Callable[[int], bool]) -> None:
        """Have it called on the main thread with a hotkey's number; it says whether that is ours.

        Raises:
            OSError: macOS refuses.
        """

    def register(self, number: int, modifiers: int, code: int) -> int:
        """Have a key reported under `number`; 0 or the code of the error."""

    def unregister(self, number: int) -> None:
        """Give the key of `number` back."""

    def typed(self) -> Mapping[str, int]:
        """The key that types each character, in the layout in use; empty if that has no Latin."""

    def close(self) -> None:
        """Report nothing any more."""


class Carbon:
    """The real one."""

    def __init__(self) -> None:
        self._carbon, self._core = _declared(CDLL(_CARBON)), CDLL(_CORE_FOUNDATION)
        self._core.CFDataGetBytePtr.argtypes = [c_void_p]
        self._core.CFDataGetBytePtr.restype = c_void_p
        self._core.CFRelease.argtypes = [c_void_p]
        self._core.CFRelease.restype = None
        self._handler: Any = None  # kept as long as Carbon may call it
        self._installed = c_void_p()
        self._hotkeys: dict[int, c_void_p] = {}

    def open(self, on_pressed: Callable[[int], bool]) -> None:
        """Events go to the dispatcher, which Qt's loop runs on the main thread."""
        self._handler = _HANDLER(lambda _next, event, _data: self._take(event, on_pressed))
        kinds = (_EventType * 1)(_EventType(_KEYBOARD, _HOTKEY_PRESSED))
        target = self._carbon.GetEventDispatcherTarget()
        error = self._carbon.InstallEventHandler(
            target, self._handler, 1, kinds, None, byref(self._installed)
        )
        if error:
            raise OSError(error, f"macOS hears no hotkeys, error {error}")

    def register(self, number: int, modifiers: int, code: int) -> int:
        """Not exclusively: then a program that was there first would lose its own."""
        made = c_void_p()
        error = self._carbon.RegisterEventHotKey(
            code,
            modifiers,
            HotkeyId(SIGNATURE, number),
            self._carbon.GetEventDispatcherTarget(),
            0,
            byref(made),
        )
        if not error:
            self._hotkeys[number] = made
        return int(error)

    def unregister(self, number: int) -> None:
        """Nothing to be done if it fails."""
        self._carbon.UnregisterEventHotKey(self._hotkeys.pop(number))

    def typed(self) -> Mapping[str, int]:
        """The first key that types a character counts, so that none of the number pad does."""
        source = self._carbon.TISCopyCurrentASCIICapableKeyboardLayoutInputSource()
        if not source:
            return {}
        try:
            wanted = c_void_p.in_dll(self._carbon, "kTISPropertyUnicodeKeyLayoutData")
            data = self._carbon.TISGetInputSourceProperty(source, wanted)
            layout = self._core.CFDataGetBytePtr(data) if data else None
            found: dict[str, int] = {}
            for code in (*PLACES, _ISO_SECTION) if layout else ():
                found.setdefault(self._translated(layout, code), code)
            return found
        finally:
            self._core.CFRelease(source)

    def close(self) -> None:
        """After the last hotkey."""
        if self._installed:
            self._carbon.RemoveEventHandler(self._installed)
            self._installed = c_void_p()

    def _translated(self, layout: Any, code: int) -> str:
        """What a key types without any other."""
        dead, length, typed = c_uint32(), c_ulong(), (c_uint16 * 4)()
        error = self._carbon.UCKeyTranslate(
            *(layout, code, _DISPLAYED, 0, self._carbon.LMGetKbdType(), _NO_DEAD_KEYS),
            *(byref(dead), len(typed), byref(length), typed),
        )
        return "" if error else bytes(typed)[: 2 * length.value].decode("utf-16", "replace")

    def _take(self, event: int, on_pressed: Callable[[int], bool]) -> int:
        """Carbon's own result: 0, or that others are to be asked."""
        pressed = HotkeyId()
        error = self._carbon.GetEventParameter(
            *(event, _DIRECT_OBJECT, _HOTKEY_ID, None),
            *(sizeof(pressed), None, byref(pressed)),
        )
        ours = not error and pressed.signature == SIGNATURE and on_pressed(pressed.number)
        return 0 if ours else NOT_HANDLED


def _declared(carbon: Any) -> Any:
    """The library with the types of what is called."""
    pointer = c_void_p
    carbon.GetEventDispatcherTarget.restype = pointer
    carbon.GetEventDispatcherTarget.argtypes = []
    carbon.InstallEventHandler.argtypes = [
        *(pointer, _HANDLER, c_ulong, POINTER(_EventType), pointer, POINTER(c_void_p)),
    ]
    carbon.RemoveEventHandler.argtypes = [pointer]
    carbon.RegisterEventHotKey.argtypes = [
        *(c_uint32, c_uint32, HotkeyId, pointer, c_uint32, POINTER(c_void_p)),
    ]
    carbon.UnregisterEventHotKey.argtypes = [pointer]
    carbon.GetEventParameter.argtypes = [
        *(pointer, c_uint32, c_uint32, POINTER(c_uint32), c_ulong, POINTER(c_ulong), pointer),
    ]
    carbon.TISCopyCurrentASCIICapableKeyboardLayoutInputSource.argtypes = []
    carbon.TISCopyCurrentASCIICapableKeyboardLayoutInputSource.restype = pointer
    carbon.TISGetInputSourceProperty.argtypes = [pointer, pointer]
    carbon.TISGetInputSourceProperty.restype = pointer
    carbon.LMGetKbdType.argtypes = []
    carbon.LMGetKbdType.restype = c_ubyte
    carbon.UCKeyTranslate.argtypes = [
        *(pointer, c_uint16, c_uint16, c_uint32, c_uint32, c_uint32),
        *(POINTER(c_uint32), c_ulong, POINTER(c_ulong), POINTER(c_uint16)),
    ]
    return carbon
