"""Programs that keep a Mac's screen on (IOPMCopyAssertionsStatus), as films and calls do.

Written from Apple's documentation, with a fake in the tests; never run on macOS so far.
"""

from collections.abc import Callable, Mapping
from ctypes import CDLL, byref, c_int, c_long, c_uint32, c_void_p
from typing import Final

from tray.desktop.in_use import FoundSigns, InUseKind, InUseSign
from tray.desktop.support import WORKS, Support, missing
from tray.language import tr

_IO_KIT: Final = "/System/Library/Frameworks/IOKit.framework/IOKit"
_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_UTF8: Final = 0x08000100
_INT: Final = 9
"""kCFNumberIntType."""


class MacInhibitors:
    """Asks `screen_is_kept_on`, which answers None if it does not know."""

    def __init__(self, screen_is_kept_on: Callable[[], bool | None]) -> None:
        self._screen_is_kept_on = screen_is_kept_on

    @property
    def supports(self) -> Mapping[InUseKind, Support]:
        """The rest is kept from programs."""
        why = tr("macOS does not tell this to programs that have no special permission.")
        unseen = missing(why)
        return dict.fromkeys(InUseKind, unseen) | {InUseKind.INHIBITOR: WORKS}

    def stop(self) -> None:
        """Nothing is held."""

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """It does not say who."""
        kept = self._screen_is_kept_on()
        then(None if kept is None else [InUseSign(InUseKind.INHIBITOR)] if kept else [])


def open_assertions() -> Callable[[], bool | None]:
    """The system's own list.

    Raises:
        OSError: there is none.
    """
    io_kit, foundation = CDLL(_IO_KIT), CDLL(_FOUNDATION)
    foundation.CFStringCreateWithCString.restype = c_void_p
    foundation.CFStringCreateWithCString.argtypes = [c_void_p, c_void_p, c_uint32]
    foundation.CFDictionaryGetValue.restype = c_void_p
    foundation.CFDictionaryGetValue.argtypes = [c_void_p, c_void_p]
    foundation.CFNumberGetValue.argtypes = [c_void_p, c_long, c_void_p]
    foundation.CFRelease.argtypes = [c_void_p]
    io_kit.IOPMCopyAssertionsStatus.argtypes = [c_void_p]
    wanted = foundation.CFStringCreateWithCString(None, b"PreventUserIdleDisplaySleep", _UTF8)

    def screen_is_kept_on() -> bool | None:
        status, count = c_void_p(), c_int()
        if io_kit.IOPMCopyAssertionsStatus(byref(status)) or not status:
            return None
        number = foundation.CFDictionaryGetValue(status, wanted)
        if number:
            foundation.CFNumberGetValue(number, _INT, byref(count))
        foundation.CFRelease(status)
        return count.value > 0

    return screen_is_kept_on
