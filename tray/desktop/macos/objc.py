"""What AppKit does for us, through the Objective-C runtime, without PyObjC.

Written from Apple's documentation of objc_allocateClassPair, class_addMethod, objc_msgSend,
NSNotificationCenter and NSApplication; never run on macOS so far.
"""

from collections.abc import Callable, Iterable
from ctypes import CDLL, CFUNCTYPE, c_bool, c_char_p, c_size_t, c_void_p
from typing import Any, Final

_RUNTIME: Final = "/usr/lib/libobjc.A.dylib"
_APP_KIT: Final = "/System/Library/Frameworks/AppKit.framework/AppKit"
_TAKES_AN_OBJECT: Final = b"v@:@"
_METHOD: Final = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)


_DELIVER_IMMEDIATELY: Final = 4
"""NSNotificationSuspensionBehaviorDeliverImmediately"""
_ACCESSORY: Final = 1
"""NSApplicationActivationPolicyAccessory"""


def leave_dock() -> None:
    """Have no icon in the Dock, which a bundle says by LSUIElement and a Python has to ask for.

    Raises:
        OSError: this is no macOS.
    """
    app_kit = AppKit()
    program = app_kit.send(app_kit.find("NSApplication"), "sharedApplication")
    app_kit.send(program, "setActivationPolicy:", _ACCESSORY)


class AppKit:
    """Sends messages; every one that is sent takes and returns pointers, or numbers as large."""

    def __init__(self) -> None:
        self._objc = CDLL(_RUNTIME)
        CDLL(_APP_KIT)
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._objc, name).restype = c_void_p
        self._objc.objc_getClass.argtypes = [c_char_p]
        self._objc.sel_registerName.argtypes = [c_char_p]

    def find(self, name: str) -> int:
        """A class."""
        return int(self._objc.objc_getClass(name.encode()))

    def selector(self, name: str) -> int:
        """The name of a message."""
        return int(self._objc.sel_registerName(name.encode()))

    def send(self, receiver: int | None, selector: str, *arguments: Any) -> int:
        """Call a method; what it returns, 0 for nil."""
        kinds = [c_void_p] * (2 + len(arguments))
        function = CFUNCTYPE(c_void_p, *kinds)(("objc_msgSend", self._objc))
        return int(function(receiver, self.selector(selector), *arguments) or 0)


class NotificationCentres(AppKit):
    """An observer of the workspace's notifications and of those that programs send each other.

    They come on the main thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._objc.objc_allocateClassPair.argtypes = [c_void_p, c_char_p, c_size_t]
        self._objc.objc_registerClassPair.argtypes = [c_void_p]
        self._objc.class_addMethod.argtypes = [c_void_p, c_void_p, _METHOD, c_char_p]
        self._objc.class_addMethod.restype = c_bool
        self._on_message: Callable[[str], None] | None = None
        self._method = _METHOD(self._take)  # kept as long as the class that calls it
        self._observer: int | None = None
        self._centres: list[int] = []

    def open(
        self,
        workspace: Iterable[str],
        distributed: Iterable[str],
        *,
        on_message: Callable[[str], None],
    ) -> None:
        """Have `on_message` called on the main thread with each notification's name."""
        self._on_message = on_message
        self._observer = self._new_observer()
        shared = self.send(self.find("NSWorkspace"), "sharedWorkspace")
        of_workspace = self.send(shared, "notificationCenter")
        of_programs = self.send(self.find("NSDistributedNotificationCenter"), "defaultCenter")
        self._centres = [of_workspace, of_programs]
        for name in workspace:
            self._observe(of_workspace, name, "")
        for name in distributed:
            # Otherwise they wait until the program is the active one, long after the lock.
            self._observe(of_programs, name, "suspensionBehavior:", _DELIVER_IMMEDIATELY)

    def close(self) -> None:
        """Hear nothing any more."""
        self._on_message = None
        for centre in self._centres:
            self.send(centre, "removeObserver:", self._observer)
        self._centres.clear()

    def _observe(self, centre: int, name: str, more: str, *values: int) -> None:
        selector = f"addObserver:selector:name:object:{more}"
        observer, called = self._observer, self.selector("tray:")
        self.send(centre, selector, observer, called, self._text(name), None, *values)

    def _new_observer(self) -> int:
        parent = self.find("NSObject")
        # A name of its own: the runtime keeps classes, and has none twice.
        made = self._objc.objc_allocateClassPair(parent, b"TogglTray%d" % id(self), 0)
        if not made:
            raise OSError("the Objective-C runtime refuses a new class")
        self._objc.class_addMethod(made, self.selector("tray:"), self._method, _TAKES_AN_OBJECT)
        self._objc.objc_registerClassPair(made)
        return self.send(made, "new")

    def _take(self, _observer: int, _selector: int, notification: int) -> None:
        name = self.send(notification, "name")
        data = c_char_p(self.send(name, "UTF8String")).value
        if self._on_message and data:
            self._on_message(data.decode())

    def _text(self, value: str) -> int:
        made = self.find("NSString")
        return self.send(made, "stringWithUTF8String:", c_char_p(value.encode()))
