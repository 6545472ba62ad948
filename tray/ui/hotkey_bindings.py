"""The hotkeys that the settings name, bound with the desktop and bound anew when they change."""

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop import chord
from tray.desktop.hotkeys import Hotkeys
from tray.errors import UserError
from tray.settings import Settings
from tray.ui.menu import HotkeyLabels


class HotkeyBindings(QObject):
    """Leads from the settings to `hotkeys`, which `stop` stops."""

    pressed = Signal(object)
    """The name of a hotkey: ``quick`` or ``toggle``."""
    changed = Signal(object)
    """The `HotkeyLabels` that work now, as they are shown."""
    refused = Signal(object)
    """A sentence: which hotkey cannot be had, and what to do instead."""

    def __init__(self, hotkeys: Hotkeys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hotkeys = hotkeys
        self._hotkeys.pressed.connect(self.pressed)
        self._hotkeys.changed.connect(self._on_hotkey_changed)
        self._wanted: dict[str, str] = {}

    def use(self, settings: Settings) -> None:
        """Bind what these settings name, unless it is what those before did."""
        wanted = {"quick": settings.hotkey_quick_start, "toggle": settings.hotkey_toggle}
        if wanted == self._wanted:
            return
        self._wanted = wanted
        for name in wanted:  # all of them first, as one may get the keys of the other
            self._hotkeys.unbind(name)
        for name, written in wanted.items():
            if written:
                self._bind(name, written)
        self._show()

    def stop(self) -> None:
        """Give all keys back."""
        self._hotkeys.stop()

    def _bind(self, name: str, written: str) -> None:
        try:
            support = self._hotkeys.bind(name, chord.parse(written))
        except UserError as error:
            self.refused.emit(str(error))
            return
        if support.why:
            self.refused.emit(support.why)

    def _show(self) -> None:
        shown = {hotkey.name: hotkey.trigger for hotkey in self._hotkeys.hotkeys}
        self.changed.emit(HotkeyLabels(shown.get("quick", ""), shown.get("toggle", "")))

    @Slot(object)
    def _on_hotkey_changed(self, _: object) -> None:
        self._show()
