"""Every way of showing notifications, each with a user who can answer them."""

import threading
from typing import Any, Final, NamedTuple, Protocol

from tests.fakes.dbus import Caller, Refusal, Service
from tests.fakes.qt import settle
from tests.fakes.winrt import FakeRuntime
from tests.rig.desktop import Desktop
from tray.desktop.app_identity import Identity
from tray.desktop.balloon import BalloonNotifier
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.notifications import BusNotifier
from tray.desktop.notifier import Notifier
from tray.desktop.windows.toasts import ToastNotifier
from tray.desktop.windows.winrt_toasts import WinrtToasts

IDENTITY: Final = Identity("Toggl Tray", "toggl-tray", "toggl-tray", {})
EXPIRED: Final = 1
DISMISSED: Final = 2
WITHDRAWN: Final = 3


class Shown(NamedTuple):
    """What the service was last told of a notification."""

    app: str
    icon: str
    title: str
    body: str
    actions: list[str]
    """Keys and labels in turn."""
    hints: dict[str, tuple[str, Any]]
    lasts_ms: int


class FakeNotificationService(Service):
    """The service as its specification has it; by default it can do everything."""

    name = "org.freedesktop.Notifications"
    path = "/org/freedesktop/Notifications"
    interface = "org.freedesktop.Notifications"

    def __init__(self, address: str, *capabilities: str) -> None:
        self.capabilities = list(capabilities or ("actions", "body", "body-markup"))
        self.shown: dict[int, Shown] = {}
        self.numbers = 0
        self.refuses = False
        """Whether Notify is answered with an error."""
        self.too_many = 0
        """How many more calls of Notify are answered as Plasma does the same one in a second."""
        self.may_answer = threading.Event()
        """Cleared, Notify takes as long as the test wants."""
        self.may_answer.set()
        self.forgets_to_say = False
        """Whether it closes without a signal."""
        super().__init__(address)

    def on_getcapabilities(self, _caller: Caller) -> tuple[Any, ...]:
        return "as", self.capabilities

    def on_notify(
        self,
        _caller: Caller,
        app: str,
        replaces: int,
        icon: str,
        *rest: Any,
    ) -> tuple[Any, ...]:
        self.may_answer.wait(10)
        if self.refuses:
            raise Refusal("No notifications today")
        if self.too_many:
            self.too_many -= 1
            raise Refusal("Created too many", "Error.ExcessNotificationGeneration")
        if replaces not in self.shown:
            self.numbers += 1
            replaces = self.numbers
        self.shown[replaces] = Shown(app, icon, *rest)
        return "u", replaces

    def on_closenotification(self, _caller: Caller, number: int) -> tuple[Any, ...]:
        if number not in self.shown:
            raise Refusal("No such notification")
        self.close(number, WITHDRAWN)
        return ("",)

    def close(self, number: int, reason: int) -> None:
        """It goes from the screen."""
        del self.shown[number]
        if not self.forgets_to_say:
            self.emit("NotificationClosed", "uu", number, reason)

    def choose(self, number: int, action: str, token: str = "") -> None:
        """The user presses a button."""
        if token:
            self.emit("ActivationToken", "us", number, token)
        self.emit("ActionInvoked", "us", number, action)


class Stage(Protocol):
    """Notifications, and the screen they are shown on."""

    @property
    def notifier(self) -> Notifier:
        """What is tested."""

    def titles(self) -> list[str]:
        """What is to be seen now."""

    def choose(self, title: str, action: str) -> None:
        """Press a button; ``default`` is the notification itself."""

    def close(self) -> None:
        """Let go of everything."""


class ServiceStage:
    """The fake service."""

    def __init__(self, address: str, *capabilities: str) -> None:
        self.service = FakeNotificationService(address, *capabilities)
        self.environ: dict[str, str] = {}
        self.notifier = BusNotifier(Bus(address), IDENTITY, environ=self.environ)

    def titles(self) -> list[str]:
        """What the service has."""
        return [each.title for each in self.service.shown.values()]

    def known(self, number: int) -> bool:
        """Whether the notifier has heard which number its notification has."""
        self.service.emit("ActivationToken", "us", number, "known")
        settle()
        return self.environ.get("XDG_ACTIVATION_TOKEN") == "known"

    def choose(self, title: str, action: str) -> None:
        """If there is such a button."""
        (number,) = (number for number, each in self.service.shown.items() if each.title == title)
        assert action in self.service.shown[number].actions[::2]
        self.service.choose(number, action)

    def close(self) -> None:
        """Leave the bus."""
        self.notifier.stop()
        self.service.stop()


class DunstStage:
    """The dunst of the rig."""

    def __init__(self, desktop: Desktop) -> None:
        self._notifications = desktop.notifications
        self.notifier = BusNotifier(
            Bus(desktop.variables["DBUS_SESSION_BUS_ADDRESS"]), IDENTITY, environ={}
        )

    def titles(self) -> list[str]:
        """What dunst has taken and not closed."""
        return [each.title for each in self._notifications.shown()]

    def choose(self, title: str, action: str) -> None:
        """Through dunst's own menu."""
        self._notifications.choose(self._notifications.wait_for(title), action)

    def close(self) -> None:
        """Leave the bus."""
        self.notifier.stop()


class ToastStage:
    """Windows, where the program is installed."""

    def __init__(self) -> None:
        self.runtime = FakeRuntime()
        self.notifier = ToastNotifier(WinrtToasts(self.runtime.load))

    def titles(self) -> list[str]:
        """What is on the screen or in the notification centre."""
        return [each.texts[0] for each in self.runtime.shown.values()]

    def choose(self, title: str, action: str) -> None:
        """If there is such a button."""
        (toast,) = (each for each in self.runtime.shown.values() if each.texts[0] == title)
        self.runtime.choose(toast, action)

    def close(self) -> None:
        """Which leaves nothing behind."""
        self.notifier.stop()
        assert self.titles() == []


class BalloonStage:
    """The tray icon's balloon."""

    def __init__(self) -> None:
        self.balloons: list[tuple[str, str, int]] = []
        self.notifier = BalloonNotifier(self._show)

    def _show(self, *balloon: Any) -> None:
        self.balloons.append(balloon)

    def titles(self) -> list[str]:
        """A new balloon takes the place of the old."""
        return [title for title, *_ in self.balloons[-1:]]

    def choose(self, title: str, action: str) -> None:
        """Which is to click on the balloon."""
        assert (self.titles(), action) == ([title], "default")
        self.notifier.click()

    def close(self) -> None:
        """Forget it."""
        self.notifier.stop()
