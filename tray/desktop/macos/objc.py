"""Notification centres of macOS through the Objective-C runtime, without PyObjC.

Written from Apple's documentation of objc_allocateClassPair, class_addMethod, objc_msgSend and
NSNotificationCenter; never run on macOS so far. Notifications come on the main thread.
"""

from collections.abc import Callable, Iterable
from ctypes import CDLL, CFUNCTYPE, c_bool, c_char_p, c_size_t, c_void_p
from typing import Any, Final

_RUNTIME: Final = "/usr/lib/libobjc.A.dylib"
_APP_KIT: Final = "/System/Library/Frameworks/AppKit.framework/AppKit"
_TAKES_AN_OBJECT: Final = b"v@:@"
_METHOD: Final = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)


class NotificationCentres:
    """An observer of the workspace's notifications and of those that programs send each other."""

    def __init__(self) -> None:
        self._objc = CDLL(_RUNTIME)
        CDLL(_APP_KIT)
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._objc, name).restype = c_void_p
        self._objc.objc_getClass.argtypes = [c_char_p]
        self._objc.sel_registerName.argtypes = [c_char_p]
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
        shared = self._send(self._class("NSWorkspace"), "sharedWorkspace")
        of_workspace = self._send(shared, "notificationCenter")
        of_programs = self._send(self._class("NSDistributedNotificationCenter"), "defaultCenter")
        self._centres = [of_workspace, of_programs]
        for centre, names in ((of_workspace, workspace), (of_programs, distributed)):
            for name in names:
                self._send(
                    centre,
                    "addObserver:selector:name:object:",
                    self._observer,
                    self._selector("tray:"),
                    self._text(name),
                    None,
                )

    def close(self) -> None:
        """Hear nothing any more."""
        self._on_message = None
        for centre in self._centres:
            self._send(centre, "removeObserver:", self._observer)
        self._centres.clear()

    def _new_observer(self) -> int:
        parent = self._class("NSObject")
        # A name of its own: the runtime keeps classes, and has none twice.
        made = self._objc.objc_allocateClassPair(parent, b"TogglTray%d" % id(self), 0)
        if not made:
            raise OSError("the Objective-C runtime refuses a new class")
        self._objc.class_addMethod(made, self._selector("tray:"), self._method, _TAKES_AN_OBJECT)
        self._objc.objc_registerClassPair(made)
        return self._send(made, "new")

    def _take(self, _observer: int, _selector: int, notification: int) -> None:
        name = self._send(notification, "name")
        data = c_char_p(self._send(name, "UTF8String")).value
        if self._on_message and data:
            self._on_message(data.decode())

    def _text(self, value: str) -> int:
        made = self._class("NSString")
        return self._send(made, "stringWithUTF8String:", c_char_p(value.encode()))

    def _class(self, name: str) -> int:
        return int(self._objc.objc_getClass(name.encode()))

    def _selector(self, name: str) -> int:
        return int(self._objc.sel_registerName(name.encode()))

    def _send(self, receiver: int | None, selector: str, *arguments: Any) -> int:
        """Every method used here takes and returns pointers."""
        kinds = [c_void_p] * (2 + len(arguments))
        function = CFUNCTYPE(c_void_p, *kinds)(("objc_msgSend", self._objc))
        return int(function(receiver, self._selector(selector), *arguments) or 0)
