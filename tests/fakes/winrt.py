"""The toasts of Windows, as its pages describe them, called back on a thread of their own."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final
from xml.etree import ElementTree

TIMED_OUT: Final = 2


class FakeDocument:
    """As XmlDocument: it takes well-formed XML only."""

    def load_xml(self, text: str) -> None:
        """Anything else is an error of Windows."""
        try:
            self.root = ElementTree.fromstring(text)
        except ElementTree.ParseError as error:
            raise OSError(-1072894421, str(error)) from error


class FakeToast:
    """As ToastNotification."""

    def __init__(self, document: FakeDocument) -> None:
        root = document.root
        self.tag = self.group = ""
        self.root = root
        self.texts = [each.text or "" for each in root.iter("text")]
        self.buttons = {
            each.attrib["arguments"]: each.attrib["content"] for each in root.iter("action")
        }
        self.events: dict[str, Callable[[Any, Any], None]] = {}
        self.add_activated: Callable[[Any], None] = self._adder("activated")
        self.add_dismissed: Callable[[Any], None] = self._adder("dismissed")
        self.add_failed: Callable[[Any], None] = self._adder("failed")

    def _adder(self, event: str) -> Callable[[Any], None]:
        def add(handler: Any) -> None:
            self.events[event] = handler

        return add


class FakeRuntime:
    """The modules of the Windows Runtime, and what is on the screen or in the centre."""

    def __init__(self, *, setting: int = 0, installed: bool = True) -> None:
        self.shown: dict[str, FakeToast] = {}
        self.setting = setting
        self.installed = installed
        self.refuses = False

    def load(self, name: str) -> Any:
        """A module of the projection."""
        if name == "winrt.windows.data.xml.dom":
            return SimpleNamespace(XmlDocument=FakeDocument)
        assert name == "winrt.windows.ui.notifications"
        manager = SimpleNamespace(
            create_toast_notifier=self._notifier, history=SimpleNamespace(remove=self._remove)
        )
        return SimpleNamespace(
            ToastNotificationManager=manager,
            ToastNotification=FakeToast,
            ToastActivatedEventArgs="ToastActivatedEventArgs",
        )

    def choose(self, toast: FakeToast, action: str) -> None:
        """Press a button, or the toast itself."""
        assert action in toast.buttons or action == toast.root.attrib["launch"]
        chosen = SimpleNamespace(arguments=action)
        about = SimpleNamespace(as_={"ToastActivatedEventArgs": chosen}.__getitem__)
        self.tell(toast, "activated", about)

    def tell(self, toast: FakeToast, event: str, about: Any) -> None:
        """Windows calls back on one of its threads; what has only timed out stays in the centre."""
        stays = event == "activated" or getattr(about, "reason", 0) == TIMED_OUT
        if not stays and self.shown.get(toast.tag) is toast:
            del self.shown[toast.tag]
        thread = threading.Thread(target=toast.events[event], args=(toast, about))
        thread.start()
        thread.join()

    def _notifier(self, app_id: str) -> Any:
        assert app_id == "TogglTray.TogglTray"
        if not self.installed:
            raise OSError(-2147023728, "Element not found")
        return SimpleNamespace(setting=self.setting, show=self._show, hide=self._hide)

    def _show(self, toast: FakeToast) -> None:
        assert 0 < len(toast.tag) <= 64
        if self.refuses:
            raise OSError(-2143420140, "The notification has no notifier")
        self.shown[toast.tag] = toast

    def _hide(self, toast: FakeToast) -> None:
        if self.shown.get(toast.tag) is toast:
            self.tell(toast, "dismissed", SimpleNamespace(reason=1))

    def _remove(self, tag: str, group: str, app_id: str) -> None:
        assert (group, app_id) == ("toggl-tray", "TogglTray.TogglTray")
        if tag not in self.shown:
            raise OSError(-2147023728, "Element not found")
        del self.shown[tag]
