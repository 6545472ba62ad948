"""The settings window: each choice is checked, saved and in force at once.

The file is the truth: it is read again when the window gets the focus and before each save, so that
what was edited by hand meanwhile shows, counts, and is never overwritten.
"""

import os
from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tray import settings
from tray.desktop.autostart import Autostart
from tray.desktop.choose import choose_autostart
from tray.errors import TrayError
from tray.settings import DECLARED, Declared, Settings
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.settings.autostart_switch import AutostartSwitch
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import Control, control_for
from tray.ui.theme import UNIT
from tray.ui.wording import tr

_WIDTH: Final = 80 * UNIT
_HEIGHT: Final = 84 * UNIT
_BEHAVIOUR: Final = "Behaviour"
"""The group of settings that the switch for login stands with."""
_AWAY: Final = "Away"
"""The group below which it is said what can be noticed here."""


class SettingsWindow(QWidget):
    """One page with all settings, grouped as they are declared.

    Args:
        path: of the settings file.
        autostart: what starts programs at login; this system's own if none is given.
        account: makes the section above all others, given its parent.
    """

    changed = Signal(object)
    """The new `Settings`, which are on disk already."""
    recording = Signal(object)
    """Whether keys are pressed to be a hotkey from now on, so that none may fire."""

    def __init__(
        self,
        path: str,
        autostart: Autostart | None = None,
        *,
        account: Callable[[QWidget], QWidget] | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Settings"))
        self._path = path
        self._settings = settings.load(path).settings
        self._controls: dict[str, Control] = {}
        self._rows: dict[str, SettingRow] = {}
        self._build(autostart or choose_autostart(os.environ), account)
        self._reload()

    def _build(self, autostart: Autostart, account: Callable[[QWidget], QWidget] | None) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(3 * UNIT)
        self._problems = ThemedLabel("", page, tint=labels.warning)
        self._problems.setWordWrap(True)
        column.addWidget(self._problems)
        if account is not None:
            column.addWidget(account(page))
        for title, group in groupby(DECLARED.items(), key=lambda item: item[1].group):
            section = Section(tr(title), page)
            column.addWidget(section)
            if title == _BEHAVIOUR:
                self._login = AutostartSwitch(autostart, section)
            if title == _AWAY:
                self._away = section
            for key, declared in group:
                self._add(section, key, declared)
        column.addWidget(self._footnote(page))
        column.addStretch()
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height() - 6 * UNIT))

    def show_top(self) -> None:
        """Scroll to the first section, which is the account's."""
        self._area.verticalScrollBar().setValue(0)

    def show_support(self, sentence: str) -> None:
        """Say what of an absence can be noticed on this computer."""
        self._away.say(sentence)

    def show_hotkey_problems(self, problems: Mapping[str, str]) -> None:
        """Say why a hotkey cannot be had, by the name of its command."""
        for key, name in (("hotkey_quick_start", "quick"), ("hotkey_toggle", "toggle")):
            self._rows[key].say(problems.get(name, ""))

    def _add(self, section: Section, key: str, declared: Declared) -> None:
        value = getattr(self._settings, key)
        control = control_for(key, declared, value, partial(self._choose, key), section)
        row = section.add(tr(declared.label), tr(declared.hint), control.widget)
        if isinstance(control.widget, HotkeyEdit):
            control.widget.refused.connect(row.say)
            control.widget.recording.connect(self.recording)
        self._controls[key], self._rows[key] = control, row

    def _footnote(self, page: QWidget) -> ThemedLabel:
        text = tr("Kept in {path}, one line each, to be edited by hand as well.")
        note = ThemedLabel(text.format(path=self._path), page, size=0.9)
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return note

    def _reload(self) -> None:
        """Read the file anew, and put in force what was changed in it by hand."""
        loaded = settings.load(self._path)
        problems = "\n".join(filter(None, (*loaded.problems, loaded.unknown)))
        self._problems.setText(problems)
        self._problems.setVisible(bool(problems))
        if loaded.readable:
            self._use(loaded.settings)

    def _use(self, chosen: Settings) -> None:
        before, self._settings = self._settings, chosen
        for key, control in self._controls.items():
            if getattr(chosen, key) != getattr(before, key):
                control.show(getattr(chosen, key))
                self._rows[key].say("")
        self._say_what_never_reminds()
        if chosen != before:
            self.changed.emit(chosen)

    def _say_what_never_reminds(self) -> None:
        idle = self._settings.remind_nothing_running and not self._settings.working_hours
        never = tr("There are no working hours yet, so it never does.") if idle else ""
        self._rows["remind_nothing_running"].say(never)

    def _choose(self, key: str, value: object) -> None:
        """Check a value, save it and tell; a bad one is named and changes nothing."""
        self._reload()
        problem = settings.problem_with(key, value) or self._clash(key, value)
        if not problem:
            problem = self._save(key, value)
            self._controls[key].show(getattr(self._settings, key))
        self._rows[key].say(problem)

    def _clash(self, key: str, value: object) -> str:
        """Which other hotkey has the same keys, as a sentence; empty if none."""
        for other, declared in DECLARED.items():
            taken = other.startswith("hotkey_") and getattr(self._settings, other) == value
            if value and taken and key.startswith("hotkey_") and other != key:
                sentence = tr("These keys are the hotkey for “{other}” already. Choose others.")
                return sentence.format(other=tr(declared.label))
        return ""

    def _save(self, key: str, value: object) -> str:
        """Save one value; return why that was not possible, or nothing."""
        chosen = self._settings._replace(**{key: value})  # type: ignore[arg-type]  # checked
        try:
            settings.save(self._path, chosen)
        except TrayError as error:
            return str(error)
        self._use(chosen)
        return ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._reload()
            self._login.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
