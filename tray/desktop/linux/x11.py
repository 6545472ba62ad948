"""A connection to the X server, for few requests, and the ones that grabbing keys takes.

It uses the wire protocol of python-xlib and not its `Xlib.display.Display`, which at its start
loads every extension: that is 50 ms and 1.2 MB more, and twelve round trips.
"""

from collections.abc import Iterable

from tray.desktop.linux import x_requests as request
from tray.desktop.linux import xkb
from tray.desktop.linux.keyboard import Keyboard, KeyGrab
from tray.desktop.linux.lean_xlib import X, display, error, event
from tray.language import tr
from tray.lean_typing import Any, Final, NamedTuple

_MODIFIER_BITS: Final = 0xFF
"""The others in an event's state are mouse buttons and the layout in use."""


class ServerLost(Exception):
    """There is no X server, or not any more; the message says why."""


class Pressed(NamedTuple):
    """A grabbed key went down, or repeats."""

    key: KeyGrab
    time_ms: int


class Released(NamedTuple):
    """A grabbed key came up; its modifiers may have done so before."""

    code: int


class Remapped(NamedTuple):
    """The keyboard's map became another."""


Event = Pressed | Released | Remapped


class _Wire(display.Display):  # type: ignore[misc]
    resource_classes: Final[dict[str, type]] = {}  # windows are plain numbers to us


class Connection:
    """A connection to the X server at `name`, such as ``:0``.

    Raises:
        ServerLost: from every method and the constructor, once there is no connection.
    """

    def __init__(self, name: str) -> None:
        if not name:
            raise ServerLost(tr("no desktop session"))
        try:
            self._wire = _Wire(name)
        except (error.DisplayError, OSError) as failure:
            raise ServerLost(str(failure)) from failure
        self._wire.set_error_handler(_ignore)
        self.screen = int(self._wire.default_screen)
        for screen in self._wire.info.roots:
            screen.allowed_depths = ()  # what windows are drawn in: here 0.2 MB, in many numbers
        self.root = int(self._wire.info.roots[self._wire.default_screen].root)

    def fileno(self) -> int:
        """The socket, which becomes readable when there may be events."""
        return int(self._wire.fileno())

    def ask(self, wanted: Any, **fields: Any) -> Any:
        """Make a request. One with an answer waits for it, and sends all before it on the way."""
        try:
            return wanted(display=self._wire, **fields)
        except (error.ConnectionClosedError, OSError) as failure:
            raise ServerLost(str(failure)) from failure

    def arrived(self) -> list[Any]:
        """The events since the last call, without waiting for more."""
        try:
            return [self._wire.next_event() for _ in range(self._wire.pending_events())]
        except (error.ConnectionClosedError, OSError) as failure:
            raise ServerLost(str(failure)) from failure

    def close(self) -> None:
        """Leave; the server takes back every grab."""
        try:
            self._wire.close()
        except (error.ConnectionClosedError, OSError):
            return  # it left first


class Server(Connection):
    """A connection that grabs keys."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._xkb_event = self._use_xkb()

    def _use_xkb(self) -> int:
        """Ask for what the core protocol cannot say; the number of the events that answer."""
        found = self.ask(request.QueryExtension, name=xkb.NAME)
        if not found.present:
            return 0
        extension, device = found.major_opcode, xkb.CORE_KEYBOARD
        self.ask(xkb.UseExtension, extension=extension, major=1, minor=0)
        events, parts = xkb.MAP_EVENTS, xkb.MAP_PARTS
        self.ask(
            xkb.SelectEvents,
            extension=extension,
            device=device,
            which=events,
            clear=0,
            all=events,
            affected_parts=parts,
            parts=parts,
        )
        repeat = xkb.DETECTABLE_REPEAT
        self.ask(
            xkb.PerClientFlags, extension=extension, device=device, change=repeat, value=repeat
        )
        return int(found.first_event)

    def keyboard(self) -> Keyboard:
        """The map of the keyboard as it is now."""
        first = self._wire.info.min_keycode
        count = self._wire.info.max_keycode - first + 1
        symbols = self.ask(request.GetKeyboardMapping, first_keycode=first, count=count).keysyms
        modifiers = self.ask(request.GetModifierMapping).keycodes
        return Keyboard(first, tuple(map(tuple, symbols)), tuple(map(tuple, modifiers)))

    def grab(self, keys: Iterable[KeyGrab]) -> bool:
        """Have all of `keys` to ourselves from now on, or none if another program has one."""
        keys = tuple(keys)
        taken = error.CatchError(error.BadAccess)
        for key in keys:
            self.ask(
                request.GrabKey,
                onerror=taken,
                owner_events=False,
                grab_window=self.root,
                modifiers=key.modifiers,
                key=key.code,
                pointer_mode=X.GrabModeAsync,
                keyboard_mode=X.GrabModeAsync,
            )
        self.ask(request.GetInputFocus)
        if taken.get_error() is None:
            return True
        self.ungrab(keys)
        return False

    def ungrab(self, keys: Iterable[KeyGrab]) -> None:
        """Let other programs have `keys`."""
        for key in keys:
            self.ask(
                request.UngrabKey,
                grab_window=self.root,
                modifiers=key.modifiers,
                key=key.code,
            )
        self.ask(request.GetInputFocus)

    def events(self) -> list[Event]:
        """What has happened since the last call, without waiting for more."""
        return [known for each in self.arrived() if (known := self._known(each)) is not None]

    def _known(self, seen: Any) -> Event | None:
        match seen:
            case event.KeyPress():
                return Pressed(KeyGrab(seen.detail, seen.state & _MODIFIER_BITS), seen.time)
            case event.KeyRelease():
                return Released(seen.detail)
            case event.MappingNotify():
                return Remapped()
        return Remapped() if seen.type == self._xkb_event else None


def _ignore(failure: Any, _request: Any) -> None:
    """Instead of printing them: the only errors that matter are caught where they can happen."""
