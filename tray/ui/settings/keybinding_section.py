"""The card that has GNOME's own shortcuts call our commands, where it gives programs no hotkeys."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from tray.desktop.linux.gnome_keybindings import Keybinding
from tray.language import tr
from tray.ui.settings.sections import Section


class ByDesktop(Protocol):
    """What the desktop calls by itself, and can be asked to."""

    @property
    def hotkeys_changed(self) -> SignalInstance:
        """It is another than before."""

    @property
    def keybinding_failed(self) -> SignalInstance:
        """Why it could not be asked, as a sentence."""

    @property
    def keybindings(self) -> Mapping[str, Keybinding]:
        """What it would call; nothing where it need not or cannot."""

    @property
    def called_by_desktop(self) -> bool:
        """Whether it calls ours now."""

    def add_keybindings(self) -> None:
        """Have it call them."""

    def remove_keybindings(self) -> None:
        """Have it call none of them."""


class KeybindingSection(Section):
    """Shows the commands, and a button that adds them or takes them back; else it is not there."""

    def __init__(self, desktop: ByDesktop, parent: QWidget) -> None:
        super().__init__(tr("GNOME's own shortcuts"), parent)
        self._desktop = desktop
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_clicked)
        self.row = self.add("", "", self.button)
        desktop.hotkeys_changed.connect(self._show)
        desktop.keybinding_failed.connect(self._on_failed)
        self._show()

    def match(self, words: Sequence[str], about: str) -> bool:
        """As every section, but only where there is something to do."""
        if not self._is_needed():
            self.hide()
            return False
        return super().match(words, about)

    def _is_needed(self) -> bool:
        return bool(self._desktop.keybindings) or self._desktop.called_by_desktop

    @Slot(object)
    def _show(self, _: object = None) -> None:
        called = self._desktop.called_by_desktop
        lines = [
            tr("{keys} calls: {command}").format(
                keys=each.chord.label(), command=each.shown_command
            )
            for each in self._desktop.keybindings.values()
        ]
        name = (
            tr("They do what the hotkeys would")
            if called
            else tr("They can do what the hotkeys would, which this GNOME does not give")
        )
        self.row.rename(name, "\n".join(lines))
        self.row.say("")
        self.button.setText(tr("Take back") if called else tr("Add"))
        self.setVisible(self._is_needed())

    @Slot()
    def _on_clicked(self) -> None:
        if self._desktop.called_by_desktop:
            self._desktop.remove_keybindings()
        else:
            self._desktop.add_keybindings()

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        self.row.say(sentence)
