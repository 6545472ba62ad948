"""A desktop portal with global shortcuts, and the user and the keyboard behind it."""

from typing import Any, Final

from tests.fakes.dbus import Caller, Refusal, Service

PORTAL: Final = "org.freedesktop.portal"


class FakePortal(Service):
    """Signatures and order as xdg-desktop-portal has them."""

    name = f"{PORTAL}.Desktop"
    path = "/org/freedesktop/portal/desktop"
    interface = f"{PORTAL}.GlobalShortcuts"

    def __init__(self, address: str) -> None:
        self.code = 0
        """What the next requests end with: 0 is well, 1 declined by the user, 2 anything else."""
        self.other_triggers: dict[str, str] = {}
        """What the user chooses instead of the preferred trigger; empty for no key at all."""
        self.refuses = ""
        """Why the next calls are refused at once, if they are."""
        self.has_shortcuts = True
        self.has_registry = True
        self.answers = True
        """Whether requests are answered, or the user is still looking at the dialog."""
        self.registered = ""
        self.sessions: dict[str, dict[str, dict[str, str]]] = {}
        """What each session that is open has bound: description and trigger, by name."""
        self.binds = 0
        super().__init__(address)

    @property
    def bound(self) -> dict[str, dict[str, str]]:
        """What the sessions have bound, all together."""
        return {name: each for session in self.sessions.values() for name, each in session.items()}

    def press(self, trigger: str, options: dict[str, tuple[str, Any]] | None = None) -> None:
        """Press a key; whoever has bound it is told."""
        for session, shortcuts in self.sessions.items():
            for name, details in shortcuts.items():
                if details["trigger_description"] == trigger:
                    self.emit("Activated", "osta{sv}", session, name, 1, options or {})
                    self.emit("Deactivated", "osta{sv}", session, name, 2, {})

    def change_trigger(self, name: str, trigger: str) -> None:
        """What the user does in the settings of the desktop."""
        for session, shortcuts in self.sessions.items():
            shortcuts[name]["trigger_description"] = trigger
            self.emit("ShortcutsChanged", "oa(sa{sv})", session, _packed(shortcuts))

    def close_sessions(self) -> None:
        """What a desktop may do at any time."""
        for session in tuple(self.sessions):
            self.sessions.pop(session)
            self.emit("Closed", "a{sv}", {}, path=session, interface=f"{PORTAL}.Session")

    def on_get(self, _caller: Caller, interface: str, _name: str) -> tuple[Any, ...]:
        if interface != self.interface or not self.has_shortcuts:
            raise Refusal("No such interface")
        return "v", ("u", 1)

    def on_register(self, _caller: Caller, app_id: str, _options: Any) -> tuple[Any, ...]:
        if not self.has_registry:
            raise Refusal("No such interface")
        self.registered = app_id
        return ("",)

    def on_createsession(self, caller: Caller, options: dict[str, Any]) -> tuple[Any, ...]:
        if self.refuses:
            raise Refusal(self.refuses)
        token = options["session_handle_token"][1]
        session = f"{self.path}/session/{_escaped(caller.sender)}/{token}"
        results = {}
        if not self.code:
            self.sessions[session] = {}
            results = {"session_handle": ("s", session)}
        return "o", self._respond(caller, options, results)

    def on_bindshortcuts(
        self,
        caller: Caller,
        session: str,
        shortcuts: list[tuple[str, dict[str, tuple[str, str]]]],
        _parent: str,
        options: dict[str, Any],
    ) -> tuple[Any, ...]:
        if self.sessions[session]:
            raise Refusal("Already bound")
        self.binds += 1
        for name, details in shortcuts:
            trigger = self.other_triggers.get(name, details["preferred_trigger"][1])
            self.sessions[session][name] = {
                "description": details["description"][1],
                "trigger_description": trigger,
            }
        results = {"shortcuts": ("a(sa{sv})", _packed(self.sessions[session]))}
        return "o", self._respond(caller, options, results)

    def on_close(self, caller: Caller) -> tuple[Any, ...]:
        del self.sessions[caller.path]
        return ("",)

    def _respond(self, caller: Caller, options: dict[str, Any], results: dict[str, Any]) -> str:
        path = f"{self.path}/request/{_escaped(caller.sender)}/{options['handle_token'][1]}"
        body = (self.code, {} if self.code else results)
        request = f"{PORTAL}.Request"
        if self.answers:
            self.emit("Response", "ua{sv}", *body, path=path, interface=request, to=caller.sender)
        return path


def _escaped(sender: str) -> str:
    return sender.removeprefix(":").replace(".", "_")


def _packed(shortcuts: dict[str, dict[str, str]]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, {key: ("s", value) for key, value in details.items()})
        for name, details in shortcuts.items()
    ]
