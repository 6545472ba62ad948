"""Global hotkeys through the desktop portal (org.freedesktop.portal.GlobalShortcuts), for Wayland.

The desktop decides: it may ask the user, give another key than was asked for, or none. A portal's
session takes its shortcuts once and for all, so every change ends it and begins a new one of the
same name: that name is what Plasma shows the user, and what it keeps the keys by.
"""

from collections.abc import Iterable, MutableMapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from tray.desktop.app_identity import Identity
from tray.desktop.chord import Chord, Modifier
from tray.desktop.hotkeys import Hotkey, Hotkeys
from tray.desktop.linux.bus import Bus, BusFailure, BusInterface, BusReply, BusSignal
from tray.desktop.linux.keysyms import keysym
from tray.desktop.support import PENDING, WORKS, Support, missing
from tray.language import tr

_SERVICE: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_PORTAL: Final = "org.freedesktop.portal"
_SHORTCUTS: Final = BusInterface(_SERVICE, _PATH, f"{_PORTAL}.GlobalShortcuts")
_PROPERTIES: Final = BusInterface(_SERVICE, _PATH, "org.freedesktop.DBus.Properties")
_REGISTRY: Final = BusInterface(_SERVICE, _PATH, "org.freedesktop.host.portal.Registry")
_SESSION: Final = "Toggl_Tray"
_TRIGGER_NAMES: Final = {
    Modifier.CTRL: "CTRL",
    Modifier.ALT: "ALT",
    Modifier.SHIFT: "SHIFT",
    Modifier.META: "LOGO",
}


def trigger(chord: Chord) -> str:
    """`chord` as the shortcuts specification of freedesktop.org has it: ``CTRL+ALT+t``."""
    held = [name for modifier, name in _TRIGGER_NAMES.items() if modifier in chord.modifiers]
    return "+".join([*held, keysym(chord.key).name])


class PortalHotkeys(Hotkeys):
    """Hotkeys of the desktop behind `bus`, which `stop` closes.

    Args:
        bus: the session's bus, for this object alone.
        identity: how the portal shows us to the user.
        environ: where Qt looks for the permission to come to the front that goes with a press.
        parent: as Qt has it.
    """

    asks_user = True

    def __init__(
        self,
        bus: Bus,
        identity: Identity,
        *,
        environ: MutableMapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._identity = identity
        self._environ = environ
        self._session = ""
        """The one that holds our shortcuts now."""
        self._sessions: set[str] = set()
        """All that ever did: a press may still be on its way when one is closed."""
        self._round = 0
        """Tells answers to the latest request from those to one that has been overtaken."""
        self._beginning = False
        """Whether a session is being closed or begun, which cannot be taken back."""
        self._outdated = False
        """Whether something was bound or unbound since."""
        self._support = PENDING
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.setObjectName("portal-ask")  # once for all that is bound and unbound in one go
        self._soon.timeout.connect(self._ask)
        bus.lost.connect(self._lose)
        bus.listen(_SERVICE, _SHORTCUTS.interface, self._on_signal)
        bus.listen(_SERVICE, f"{_PORTAL}.Request", self._on_response)
        bus.listen(_SERVICE, f"{_PORTAL}.Session", self._on_session_closed)
        bus.watch(_SERVICE, self._on_owner_changed)
        self._look()

    @property
    def support(self) -> Support:
        """Whether the desktop has this portal."""
        return self._support

    def stop(self) -> None:
        """Leave the bus, with which the portal takes everything back."""
        super().stop()
        self._bus.close()

    def _take(self, name: str, chord: Chord) -> Hotkey:
        self._soon.start()
        support = PENDING if self._support.works else self._support
        return Hotkey(name, chord, support)

    def _release(self, name: str) -> None:
        self._soon.start()

    def _look(self) -> None:
        """Say who we are, as newer portals want, and ask whether there is this portal at all."""
        us: tuple[Any, ...] = (self._identity.app_id, {})
        self._bus.call(_REGISTRY, "Register", signature="sa{sv}", body=us)
        self._bus.call(
            _PROPERTIES,
            "Get",
            signature="ss",
            body=(_SHORTCUTS.interface, "version"),
            then=self._found,
        )

    def _found(self, reply: BusReply) -> None:
        if isinstance(reply, BusFailure):
            self._fail(tr("This desktop offers no global hotkeys to programs (no portal)."))
        elif not self._support.works:
            self._support = WORKS
            self._soon.start()

    def _on_owner_changed(self, there: bool) -> None:
        self._session = ""
        self._beginning = False
        if there:
            self._support = PENDING
            self._look()
        else:
            self._fail(tr("The desktop's service for global hotkeys has gone."))

    def _fail(self, why: str) -> None:
        """There are no hotkeys to be had from this desktop, at least for now."""
        self._session = ""
        self._support = missing(f"{why} {self.by_hand()}")
        for hotkey in tuple(self._hotkeys.values()):
            self._became(Hotkey(hotkey.name, hotkey.chord, self._support))

    @Slot(object)
    def _lose(self, why: str) -> None:
        self._fail(tr("The connection to the desktop is gone ({why}).").format(why=why))

    def _refuse(self, hotkey: Hotkey, why: str) -> None:
        support = missing(f"{why} {self.instead(hotkey.name)}")
        self._became(Hotkey(hotkey.name, hotkey.chord, support))

    @Slot()
    def _ask(self) -> None:
        """Begin a session for what is bound by now, once there is none of its name."""
        if not self._support.works:
            return
        self._outdated = self._beginning
        if self._beginning:
            return
        session, self._session = self._session, ""
        self._round += 1
        self._beginning = bool(session or self._hotkeys)
        if session:
            place = BusInterface(_SERVICE, session, f"{_PORTAL}.Session")
            self._bus.call(place, "Close", then=self._create)
        else:
            self._create()

    def _create(self, _closed: BusReply = ()) -> None:
        if not self._hotkeys:
            self._begun()
            return
        options = {
            "handle_token": ("s", f"create{self._round}"),
            "session_handle_token": ("s", _SESSION),
            # Plasma 5.27 takes them from here only; a newer portal from BindShortcuts
            "shortcuts": ("a(sa{sv})", self._shortcuts()),
        }
        self._bus.call(
            _SHORTCUTS, "CreateSession", signature="a{sv}", body=(options,), then=self._created
        )

    def _created(self, reply: BusReply) -> None:
        if isinstance(reply, BusFailure):
            self._begun()
            self._refuse_all(reply.text)

    def _begun(self) -> None:
        """Nothing is being begun any more; if it was too late, do it again."""
        self._beginning = False
        if self._outdated:
            self._soon.start()

    def _bound(self, reply: BusReply) -> None:
        """Without an error the real answer comes as a signal, when the user has decided."""
        if isinstance(reply, BusFailure):
            self._refuse_all(reply.text)

    def _label(self, name: str) -> str:
        return self._identity.labels.get(name, name)

    def _refuse_all(self, why: str) -> None:
        text = tr("The desktop refused the hotkey ({why}).").format(why=why)
        for hotkey in tuple(self._hotkeys.values()):
            self._refuse(hotkey, text)

    def _on_response(self, signal: BusSignal) -> None:
        token = signal.path.rpartition("/")[2]
        created, bound = token == f"create{self._round}", token == f"bind{self._round}"
        if created:
            self._begun()
        match signal.body:
            case (0, {"session_handle": (_, str(session)), **more}) if created:
                self._session = session
                self._sessions.add(session)
                self._take_in(_listed(more))
            case (0, {"shortcuts": (_, list(given))}) if bound:
                self._note(_pairs(given))
                for hotkey in self._hotkeys.keys() - dict(_pairs(given)).keys():
                    self._refuse(self._hotkeys[hotkey], self._without_key(hotkey))
            case (1, _) if created or bound:
                self._refuse_all(tr("you declined"))
            case (int(), _) if created or bound:
                self._refuse_all(tr("it does not say why"))

    def _take_in(self, given: list[tuple[str, dict[str, Any]]]) -> None:
        """Be content with what a session began with, else bind what is wanted.

        Plasma 5.27 opens its settings at each binding, and gives nothing by it.
        """
        if self._outdated:
            return  # another session is about to take its place
        if self._hotkeys.keys() <= dict(given).keys():
            self._note(given)
            return
        options = {"handle_token": ("s", f"bind{self._round}")}
        self._bus.call(
            _SHORTCUTS,
            "BindShortcuts",
            signature="oa(sa{sv})sa{sv}",
            body=(self._session, self._shortcuts(), "", options),
            then=self._bound,
        )

    def _shortcuts(self) -> list[tuple[str, dict[str, tuple[str, str]]]]:
        return [
            (
                each.name,
                {
                    "description": ("s", self._label(each.name)),
                    "preferred_trigger": ("s", trigger(each.chord)),
                },
            )
            for each in self._hotkeys.values()
        ]

    def _note(self, given: list[tuple[str, dict[str, Any]]]) -> None:
        """Take over which keys the desktop has really given."""
        for name, details in given:
            hotkey = self._hotkeys.get(name)
            text = _trigger_text(details)
            if hotkey and text:
                self._became(hotkey._replace(support=WORKS, trigger=text))
            elif hotkey:
                self._refuse(hotkey, self._without_key(name))

    def _without_key(self, name: str) -> str:
        return tr("The desktop gave “{name}” no key.").format(name=self._label(name))

    def _on_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "Activated", (str(session), str(name), _, dict(details)):
                if session in self._sessions and name in self._hotkeys:
                    self._press(name, details)
            case "ShortcutsChanged", (self._session, list(given)):
                self._note(_pairs(given))

    def _press(self, name: str, details: dict[str, Any]) -> None:
        match details:
            case {"activation_token": (_, str(token))}:
                self._environ["XDG_ACTIVATION_TOKEN"] = token
        self.pressed.emit(name)

    def _on_session_closed(self, signal: BusSignal) -> None:
        if signal.path == self._session:
            self._session = ""
            self._refuse_all(tr("it took all of them back"))


def _pairs(given: Iterable[Any]) -> list[tuple[str, dict[str, Any]]]:
    """The shortcuts among what the desktop lists."""
    found: list[tuple[str, dict[str, Any]]] = []
    for each in given:
        match each:
            case (str(name), dict(details)):
                found.append((name, details))
    return found


def _listed(results: dict[object, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What an answer says of shortcuts, if it does."""
    match results:
        case {"shortcuts": (_, list(given))}:
            return _pairs(given)
    return []


def _trigger_text(details: dict[str, Any]) -> str:
    match details.get("trigger_description"):
        case (_, str(text)):
            return text
    return ""
