"""An object of ours on the bus: its methods and properties by name, and what it says of itself."""

from collections.abc import Callable, Mapping

from tray.desktop.linux.bus import Bus, BusAnswer, BusCall, BusInterface, Unknown
from tray.lean_typing import Any, Final, NamedTuple

_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"
_PEER: Final = "org.freedesktop.DBus.Peer"
_HEAD: Final = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN" '
    '"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">'
)

Variant = tuple[str, Any]
"""The type of a value as D-Bus writes it, and the value."""


class Method(NamedTuple):
    """What can be called."""

    takes: tuple[str, ...]
    """The types of its arguments."""
    gives: tuple[str, ...]
    do: Callable[..., tuple[Any, ...] | None]
    """Takes the arguments; its values have the types of `gives`. May raise `Unknown`."""


class BusObject:
    """One object with one interface.

    Args:
        bus: where it is.
        at: its path and its interface.
        methods: by name.
        properties: what tells each one's value, by name.
        signals: the types of what they carry, by name.
    """

    def __init__(
        self,
        bus: Bus,
        at: BusInterface,
        methods: Mapping[str, Method],
        properties: Mapping[str, Callable[[], Variant]],
        signals: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._bus, self._at = bus, at
        self._methods, self._properties, self._signals = methods, properties, signals
        bus.serve(at.path, self._answer)

    def emit(self, signal: str, *values: Any) -> None:
        """Tell of something."""
        self._bus.send_signal(self._at, signal, BusAnswer("".join(self._signals[signal]), values))

    def _answer(self, call: BusCall) -> BusAnswer:
        match call:
            case (self._at.interface | "", member, body) if member in self._methods:
                return self._call(self._methods[member], body)
            case (interface, "Get", (str(of), str(name))) if interface in ("", _PROPERTIES):
                return BusAnswer("v", (self._get(of, name),))
            case (interface, "GetAll", (str(of),)) if interface in ("", _PROPERTIES):
                return BusAnswer("a{sv}", (self._get_all(of),))
            case (_, "Introspect", ()):
                return BusAnswer("s", (self._described(),))
            case (_, "Ping", ()):
                return BusAnswer()
        raise Unknown(call.member)

    def _call(self, method: Method, body: tuple[Any, ...]) -> BusAnswer:
        if len(body) != len(method.takes):
            raise Unknown("method that takes that")
        return BusAnswer("".join(method.gives), method.do(*body) or ())

    def _get(self, interface: str, name: str) -> Variant:
        if interface not in ("", self._at.interface) or name not in self._properties:
            raise Unknown(name)
        return self._properties[name]()

    def _get_all(self, interface: str) -> dict[str, Variant]:
        if interface not in ("", self._at.interface):
            return {}
        return {name: tell() for name, tell in self._properties.items()}

    def _described(self) -> str:
        ours = [
            *(_method(name, each) for name, each in self._methods.items()),
            *(
                f'<property name="{name}" type="{tell()[0]}" access="read"/>'
                for name, tell in self._properties.items()
            ),
            *(_signal(name, types) for name, types in self._signals.items()),
        ]
        return (
            f'{_HEAD}<node><interface name="{self._at.interface}">{"".join(ours)}</interface>'
            f'<interface name="{_PROPERTIES}"/><interface name="{_INTROSPECTABLE}"/>'
            f'<interface name="{_PEER}"/></node>'
        )


def _method(name: str, method: Method) -> str:
    arguments = [
        *(f'<arg type="{each}" direction="in"/>' for each in method.takes),
        *(f'<arg type="{each}" direction="out"/>' for each in method.gives),
    ]
    return f'<method name="{name}">{"".join(arguments)}</method>'


def _signal(name: str, types: tuple[str, ...]) -> str:
    arguments = [f'<arg type="{each}"/>' for each in types]
    return f'<signal name="{name}">{"".join(arguments)}</signal>'
