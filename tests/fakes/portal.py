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
        self.names: list[str] = []
        """What each session was called, which is what the user sees."""
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
        self.names.append(options["session_handle_token"][1])
        session = f"{self.path}/session/{_escaped(caller.sender)}/{self.names[-1]}"
        if session in self.sessions:
            raise Refusal("There is a session of this name")
        results = {}
        if not self.code:
            self.sessions[session] = {}
            results = self._began(session, options)
        return "o", self._respond(caller, options, results)

    def _began(self, session: str, _options: dict[str, Any]) -> dict[str, Any]:
        """What is told of a session that has begun."""
        return {"session_handle": ("s", session)}

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
        self._give(session, shortcuts)
        results = {"shortcuts": ("a(sa{sv})", _packed(self.sessions[session]))}
        return "o", self._respond(caller, options, results)

    def _give(self, session: str, shortcuts: list[tuple[str, dict[str, tuple[str, str]]]]) -> None:
        for name, details in shortcuts:
            trigger = self.other_triggers.get(name, details["preferred_trigger"][1])
            self.sessions[session][name] = {
                "description": details["description"][1],
                "trigger_description": trigger,
            }

    def on_close(self, caller: Caller) -> tuple[Any, ...]:
        del self.sessions[caller.path]
        return ("",)

    def _respond(self, caller: Caller, options: dict[str, Any], results: dict[str, Any]) -> str:
        path = f"{self.path}/request/{_escaped(caller.sender)}/{options['handle_token'][1]}"
        body = (self.code, {} if self.code else results)
        self._response = (body, path, caller.sender)
        if self.answers:
            self.answer()
        return path

    def answer(self) -> None:
        """Answer the latest request, which may have waited for the user."""
        body, path, sender = self._response
        request = f"{PORTAL}.Request"
        self.emit("Response", "ua{sv}", *body, path=path, interface=request, to=sender)


class FakeSettingsPortal(Service):
    """What the desktop tells programs of its settings; unset ones are refused."""

    name = f"{PORTAL}.Desktop"
    path = "/org/freedesktop/portal/desktop"
    interface = f"{PORTAL}.Settings"

    def __init__(self, address: str, settings: dict[tuple[str, str], tuple[str, Any]]) -> None:
        self._settings = settings
        super().__init__(address)

    def set(self, namespace: str, key: str, value: tuple[str, Any]) -> None:
        """What the user does in the settings of the desktop."""
        self._settings[namespace, key] = value
        self.emit("SettingChanged", "ssv", namespace, key, value)

    def on_read(self, _caller: Caller, namespace: str, key: str) -> tuple[Any, ...]:
        """In a variant within a variant, as the first version of the portal has it."""
        if (namespace, key) not in self._settings:
            raise Refusal("Requested setting not found")
        return "v", ("v", self._settings[namespace, key])


class FakePlasmaPortal(FakePortal):
    """That of Plasma 5.27: a session begins with its shortcuts, and binding them opens a window."""

    def _began(self, session: str, options: dict[str, Any]) -> dict[str, Any]:
        _, shortcuts = options.get("shortcuts", ("a(sa{sv})", []))
        self._give(session, shortcuts)
        packed = _packed(self.sessions[session])
        return {"session_handle": ("s", session), "shortcuts": ("a(sa{sv})", packed)}

    def on_bindshortcuts(
        self,
        caller: Caller,
        _session: str,
        _shortcuts: list[tuple[str, dict[str, tuple[str, str]]]],
        _parent: str,
        options: dict[str, Any],
    ) -> tuple[Any, ...]:
        """Its settings come up, whatever is asked for, and nothing is bound."""
        self.binds += 1
        return "o", self._respond(caller, options, {"shortcuts": ("a(sa{sv})", [])})


def _escaped(sender: str) -> str:
    return sender.removeprefix(":").replace(".", "_")


def _packed(shortcuts: dict[str, dict[str, str]]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, {key: ("s", value) for key, value in details.items()})
        for name, details in shortcuts.items()
    ]
