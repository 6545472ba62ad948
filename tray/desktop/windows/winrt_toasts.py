"""The toasts of Windows as the Windows Runtime has them. Never run on Windows so far."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from tray.desktop.notifier import Reason
from tray.desktop.windows.shell import APP_ID

_GROUP: Final = "toggl-tray"
_DISMISSED: Final = {0: Reason.DISMISSED, 1: Reason.WITHDRAWN, 2: Reason.EXPIRED}
"""ToastDismissalReason: UserCanceled, ApplicationHidden, TimedOut."""


class WinrtToasts:
    """Toasts in the name under which the program is installed.

    Args:
        load: Imports a module of the projection of the Windows Runtime.

    Raises:
        ImportError: There is none for this Python.
        OSError: The program is not installed, the user has switched its notifications off, or this
            is no Windows.
    """

    def __init__(self, load: Callable[[str], Any] = import_module) -> None:
        self._notifications = load("winrt.windows.ui.notifications")
        self._xml = load("winrt.windows.data.xml.dom")
        self._manager = self._notifications.ToastNotificationManager
        self._notifier = self._manager.create_toast_notifier(APP_ID)
        setting = self._notifier.setting
        if int(setting):
            raise OSError(f"Windows shows none of ours, setting {int(setting)}")
        self._shown: dict[str, Any] = {}

    def show(
        self,
        tag: str,
        content: str,
        *,
        answered: Callable[[str], None],
        gone: Callable[[Reason], None],
    ) -> None:
        """Kept while it is shown, as its events come from the object."""
        document = self._xml.XmlDocument()
        document.load_xml(content)
        toast = self._notifications.ToastNotification(document)
        toast.tag, toast.group = tag, _GROUP
        chosen = self._notifications.ToastActivatedEventArgs
        toast.add_activated(lambda _, about: answered(about.as_(chosen).arguments))
        toast.add_dismissed(lambda _, about: gone(_DISMISSED.get(int(about.reason), Reason.LOST)))
        toast.add_failed(lambda _, _about: gone(Reason.NOT_SHOWN))
        self._notifier.show(toast)
        self._shown[tag] = toast

    def hide(self, tag: str) -> None:
        """Nothing to be done if it has gone already."""
        toast = self._shown.pop(tag, None)
        if toast is None:
            return
        try:
            self._notifier.hide(toast)
            self._manager.history.remove(tag, _GROUP, APP_ID)
        except OSError:
            return
