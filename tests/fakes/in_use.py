"""What shows that somebody is busy: services, files of the kernel, and what Windows knows."""

from pathlib import Path
from typing import Any

from tests.fakes.dbus import Caller, Refusal, Service


class FakeSessionManager(Service):
    """GNOME's."""

    name = "org.gnome.SessionManager"
    path = "/org/gnome/SessionManager"
    interface = "org.gnome.SessionManager"
    inhibited = 0
    """The flags of all inhibitors together."""

    def on_isinhibited(self, _caller: Caller, flags: int) -> tuple[Any, ...]:
        return "b", bool(self.inhibited & flags)


class FakePolicyAgent(Service):
    """KDE's."""

    name = "org.kde.Solid.PowerManagement"
    path = "/org/kde/Solid/PowerManagement/PolicyAgent"
    interface = "org.kde.Solid.PowerManagement.PolicyAgent"
    inhibited = 0

    def on_hasinhibition(self, _caller: Caller, types: int) -> tuple[Any, ...]:
        return "b", bool(self.inhibited & types)


class FakePowerManager(Service):
    """Xfce's."""

    name = "org.freedesktop.PowerManagement"
    path = "/org/freedesktop/PowerManagement/Inhibit"
    interface = "org.freedesktop.PowerManagement.Inhibit"
    inhibited = 0

    def on_hasinhibit(self, _caller: Caller) -> tuple[Any, ...]:
        return "b", bool(self.inhibited)


class FakeQuietService(Service):
    """A notification service with one property that tells whether it is quiet, or with none."""

    name = "org.freedesktop.Notifications"
    path = "/org/freedesktop/Notifications"
    interface = "org.freedesktop.DBus.Properties"

    def __init__(self, address: str, *property_of: str) -> None:
        self._property = property_of
        self.quiet = False
        super().__init__(address)

    def on_get(self, _caller: Caller, *wanted: str) -> tuple[Any, ...]:
        if wanted != self._property:
            raise Refusal("No such property")
        return "v", ("b", self.quiet)


class Proc:
    """A folder like /proc."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = folder / "asound/card0/pcm0c/sub0/status"

    def record(self, *, running: bool) -> None:
        """A sound card records, or nobody has it open."""
        self._state.parent.mkdir(parents=True, exist_ok=True)
        self._state.write_text("state: RUNNING\nowner_pid   : 7\n" if running else "closed\n")

    def play(self) -> None:
        """Another stream plays, which is no sign."""
        status = self.folder / "asound/card0/pcm0p/sub0/status"
        status.parent.mkdir(parents=True, exist_ok=True)
        status.write_text("state: RUNNING\n")

    def run(self, number: int, name: str, *files: str) -> None:
        """A process has files open."""
        opened = self.folder / str(number) / "fd"
        opened.mkdir(parents=True)
        (opened.parent / "comm").write_text(f"{name}\n")
        for place, file in enumerate(files):
            (opened / str(place)).symlink_to(file)


class FakeActivity:
    """What Windows knows; at first nobody does anything."""

    def __init__(self) -> None:
        self.state: int | None = 5
        self.flags: int | None = 0
        self.users: dict[str, list[str]] | None = {}

    def notification_state(self) -> int | None:
        """QUNS_ACCEPTS_NOTIFICATIONS is 5."""
        return self.state

    def execution_state(self) -> int | None:
        """Together."""
        return self.flags

    def users_of(self, capability: str) -> list[str] | None:
        """By name."""
        return None if self.users is None else self.users.get(capability, [])
