"""The settings window: each choice is checked, saved and in force at once.

The file is the truth: it is read again when the window gets the focus and before each save, so that
what was edited by hand meanwhile shows, counts, and is never overwritten.
"""

import os
from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tray import settings
from tray.desktop.autostart import Autostart
from tray.desktop.choose import choose_autostart
from tray.errors import TrayError
from tray.language import tr, tr_marked
from tray.model.hotkey_uses import HOTKEY_USES
from tray.model.panels import PanelKind
from tray.paths import hooks_folder
from tray.settings import DECLARED, Settings
from tray.ui import gesture_text, labels, plain_text
from tray.ui.hotkey_bindings import HotkeyState, HotkeyStates
from tray.ui.labels import ThemedLabel
from tray.ui.settings.autostart_switch import AutostartSwitch
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.hours_edit import HoursEdit
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import WIDE, Control, control_for
from tray.ui.settings.settings_pages import (
    PAGES,
    MakeSections,
    PageOfSettings,
    SettingsPage,
    page_of,
)
from tray.ui.settings.settings_rail import SettingsRail
from tray.ui.theme import UNIT, text_scale
from tray.ui.windows import time_format_of

_WIDTH: Final = 95 * UNIT
_HEIGHT: Final = 70 * UNIT
_NARROW: Final = 88 * UNIT
"""In a narrower window the rail shows icons only."""
_STARTING: Final = "Starting"
"""The group of settings that the switch for login stands with."""
_AWAY: Final = "What counts as away"
"""The group below which it is said what cannot be noticed here."""
_DIAGNOSTICS: Final = "Diagnostics"
"""The group below which it is said what can be noticed here."""
_HOTKEYS: Final = {use.setting: name for name, use in HOTKEY_USES.items()}
"""The settings that name hotkeys, and their commands."""
_OF_PANELS: Final = ("icon_label", "left_click", "double_click", "scroll_toggles")
"""Those that count otherwise on some panels."""


class SettingsWindow(QWidget):
    """A rail of pages, each made when it is first shown, and a search through all of them.

    Args:
        path: of the settings file.
        autostart: what starts programs at login; this system's own if none is given.
        extra: makes what else stands on a page, by its key; a page with nothing on it is left out.
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
        extra: Mapping[str, MakeSections] | None = None,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Settings"))
        self._path = path
        self._autostart = autostart
        self._extra = extra or {}
        self._settings = settings.load(path).settings
        self._controls: dict[str, Control] = {}
        self._rows: dict[str, SettingRow] = {}
        self._hints: dict[str, str] = {}
        self._pages: dict[str, SettingsPage] = {}
        self._login: AutostartSwitch | None = None
        self._support = self._limits = ""
        self._away: Section | None = None
        self._support_row: SettingRow | None = None
        self._hotkeys: HotkeyStates = {}
        offered = [page for page in PAGES if page.groups or page.key in self._extra]
        self._offered = {page.key: page for page in offered}
        self._build()
        self._reload()
        self.show_page(offered[0].key)

    def _build(self) -> None:
        self.rail = SettingsRail(list(self._offered.values()), self)
        self.rail.chosen.connect(self.show_page)
        self.rail.searched.connect(self._on_searched)
        self._content = page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        self._column.setSpacing(4 * UNIT)
        self._problems = self._note(page, labels.warning)
        self._nothing = self._note(page, labels.subdued)
        self._column.addStretch(1)  # all that a short page leaves
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rail)
        outer.addWidget(area, 1)
        scale = text_scale(self.font())
        self.resize(round(_WIDTH * scale), round(_HEIGHT * scale))
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.rail.search.setFocus)

    def _note(self, page: QWidget, tint: labels.Tint) -> ThemedLabel:
        note = ThemedLabel("", page, tint=tint)
        note.setWordWrap(True)
        note.hide()
        self._column.addWidget(note)
        return note

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page, from its top."""
        self.rail.show_page(key)
        self._nothing.hide()
        shown = self._page(self._offered[key])
        shown.match(())
        for other in self._pages.values():
            other.setVisible(other is shown)
        self._area.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        """Show the rows of all pages that have these words; the page that was shown for none."""
        words = text.casefold().split()
        if not words:
            self.show_page(self.rail.current)
            return
        self.rail.mark_none()
        found = [self._page(page).match(words) for page in self._offered.values()]
        self._nothing.setText(tr("Nothing here has “{text}” in it.").format(text=text.strip()))
        self._nothing.setVisible(not any(found))
        self._area.verticalScrollBar().setValue(0)

    def row(self, key: str) -> SettingRow:
        """The row of a setting, its page made if it was not yet."""
        self._page(page_of(DECLARED[key].group))
        return self._rows[key]

    def _page(self, page: PageOfSettings) -> SettingsPage:
        """A page, made if it was not yet."""
        if page.key not in self._pages:
            made = SettingsPage(tr_marked(page.title), self._content)
            self._pages[page.key] = made
            made.hide()
            self._column.insertWidget(self._column.count() - 1, made)
            make = self._extra.get(page.key)
            for part in make(made) if make is not None else ():
                made.add(part)
            for group in page.groups:
                made.add(self._section(group, made))
            self._settle(page)
        return self._pages[page.key]

    def _section(self, group: str, page: SettingsPage) -> Section:
        section = Section(tr_marked(group), page)
        for key, declared in DECLARED.items():
            if declared.group == group:
                self._add(section, key)
        if group == _STARTING:
            self._login = AutostartSwitch(self._autostart or choose_autostart(os.environ), section)
        if group == _AWAY:
            self._away = section
            section.say(self._limits)
        if group == _DIAGNOSTICS:
            self._add_diagnostics(section)
        return section

    def _settle(self, page: PageOfSettings) -> None:
        """Say on a new page what was to be said before there was one."""
        if page.key == "icon":
            self.show_hotkeys(self._hotkeys)
        if page.key == "reminders":
            self._say_what_never_reminds()

    def _add_diagnostics(self, section: Section) -> None:
        """What is noticed here, and where the settings are."""
        path = tr("{path}, one line each, to be edited by hand as well").format(path=self._path)
        section.add_text(tr("Settings file"), path)
        self._support_row = section.add_text(tr("What can be noticed here"), "")
        self.show_support(self._support, self._limits)

    def show_support(self, sentence: str, limits: str = "") -> None:
        """Say what of an absence can be noticed on this computer.

        Args:
            sentence: by what, for whoever looks after this computer.
            limits: what cannot be noticed, for everybody; empty if nothing is missing.
        """
        self._support, self._limits = sentence, limits
        if self._away is not None:
            self._away.say(limits)
        if self._support_row is not None:
            self._support_row.rename(self._support_row.name.text(), sentence)
            self._support_row.setVisible(bool(sentence))

    def show_hotkeys(self, states: HotkeyStates) -> None:
        """Say why a hotkey cannot be had, for as long as that is so."""
        self._hotkeys = states
        for key in _HOTKEYS.keys() & self._rows.keys():
            self._rows[key].say(self._refusal(key))

    def show_panel(self, panel: PanelKind) -> None:
        """Say what clicks on the icon do on this panel."""
        self._hints = gesture_text.hints(panel)
        for key in self._rows.keys() & set(_OF_PANELS):
            self._rows[key].rename(self._rows[key].name.text(), self._hint(key))

    def _hint(self, key: str) -> str:
        if key == "run_hooks":
            folder = hooks_folder(os.path.dirname(self._path))
            hint = tr("Programs of yours in {folder}, at each start, stop and change")
            return hint.format(folder=plain_text.breakable(folder))
        return self._hints.get(key) or tr_marked(DECLARED[key].hint)

    def _refusal(self, key: str) -> str:
        """Why the desktop refuses what a setting names; empty for other settings."""
        return self._hotkeys.get(_HOTKEYS.get(key, ""), HotkeyState()).why

    def _add(self, section: Section, key: str) -> None:
        declared, value = DECLARED[key], getattr(self._settings, key)
        control = control_for(key, declared, value, partial(self._choose, key), section)
        control.use_times(time_format_of(self._settings))
        label, hint = tr_marked(declared.label), self._hint(key)
        row = section.add(label, hint, control.widget, wide=key in WIDE)
        if isinstance(control.widget, HotkeyEdit | HoursEdit):
            control.widget.refused.connect(row.say)
        if isinstance(control.widget, HotkeyEdit):
            control.widget.recording.connect(self.recording)
        self._controls[key], self._rows[key] = control, row

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
            if chosen.time_format != before.time_format:
                control.use_times(time_format_of(chosen))
        self._say_what_never_reminds()
        if chosen != before:
            self.changed.emit(chosen)

    def _say_what_never_reminds(self) -> None:
        idle = self._settings.remind_nothing_running and not self._settings.working_hours
        never = tr("There are no working hours yet, so it never does.") if idle else ""
        if "remind_nothing_running" in self._rows:
            self._rows["remind_nothing_running"].say(never)

    def _choose(self, key: str, value: object) -> None:
        """Check a value, save it and tell; a bad one is named and changes nothing."""
        self._reload()
        problem = settings.problem_with(key, value) or self._clash(key, value)
        if not problem:
            problem = self._save(key, value)
            self._controls[key].show(getattr(self._settings, key))
        self._rows[key].say(problem or self._refusal(key))

    def _clash(self, key: str, value: object) -> str:
        """Which other hotkey has the same keys, as a sentence; empty if none."""
        for other, declared in DECLARED.items():
            taken = other.startswith("hotkey_") and getattr(self._settings, other) == value
            if value and taken and key.startswith("hotkey_") and other != key:
                sentence = tr("These keys are the hotkey for “{other}” already. Choose others.")
                return sentence.format(other=tr_marked(declared.label))
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
            if self._login is not None:
                self._login.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < _NARROW * text_scale(self.font()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.rail.clear_search():
                self.close()
            return
        super().keyPressEvent(event)
