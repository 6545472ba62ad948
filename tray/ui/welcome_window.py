"""The three steps of the first start: the hotkey, an account or none, and the hours of work."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tray import settings
from tray.desktop.autostart import Autostart
from tray.errors import TrayError
from tray.language import tr, tr_marked
from tray.model.panels import PanelKind
from tray.settings import DECLARED
from tray.ui import gesture_text, labels
from tray.ui.hotkey_bindings import HotkeyStates
from tray.ui.labels import ThemedLabel
from tray.ui.settings.autostart_switch import AutostartSwitch
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.hours_edit import HoursEdit
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import WIDE, Control, control_for
from tray.ui.theme import TITLE, UNIT, text_scale
from tray.ui.windows import time_format_of

_WIDTH: Final = 72 * UNIT
_HEIGHT: Final = 60 * UNIT
_KEY: Final = "hotkey_quick_start"


class WelcomeWindow(QWidget):
    """Each step can be skipped, and all of it closed.

    Args:
        path: of the settings file.
        autostart: what starts programs at login.
    """

    changed = Signal(object)
    """The new `Settings`, which are on disk already."""
    recording = Signal(object)
    """Whether keys are pressed to be a hotkey from now on, so that none may fire."""
    account_wanted = Signal()

    def __init__(self, path: str, autostart: Autostart) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Welcome to Toggl Tray"))
        self._path = path
        self._settings = settings.load(path).settings
        self._controls: dict[str, Control] = {}
        self.rows: dict[str, SettingRow] = {}
        self.steps = QStackedWidget(self)
        self.connect_account = QPushButton(tr("Connect…"), self)
        for step in (self._key_step(), self._account_step(), self._hours_step(autostart)):
            self.steps.addWidget(step)
        self.where = ThemedLabel("", self)
        self.back, self.forward = QPushButton(tr("Back"), self), QPushButton(self)
        self.forward.setDefault(True)
        self._lay_out()
        self.connect_account.clicked.connect(self.account_wanted)
        self.back.clicked.connect(lambda: self.go_to(self.steps.currentIndex() - 1))
        self.forward.clicked.connect(self._on_forward)
        self._hotkeys: HotkeyStates = {}
        self.go_to(0)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        line.addWidget(self.where, 1)
        line.addWidget(self.back)
        line.addWidget(self.forward)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * UNIT, 4 * UNIT, 4 * UNIT, 3 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addWidget(self.steps, 1)
        column.addLayout(line)
        scale = text_scale(self.font())
        self.resize(round(_WIDTH * scale), round(_HEIGHT * scale))

    def _step(self, title: str, text: str) -> tuple[QWidget, Section]:
        step = QWidget(self)
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * UNIT)
        words = ThemedLabel(text, step)
        words.setWordWrap(True)
        section = Section("", step)
        column.addWidget(ThemedLabel(title, step, tint=labels.plain, size=TITLE, bold=True))
        column.addWidget(words)
        column.addWidget(section)
        column.addStretch(1)
        return step, section

    def _key_step(self) -> QWidget:
        step, section = self._step(
            tr("Start from anywhere"),
            tr("Press these keys in any program, write what you do, and press Enter. Try it now."),
        )
        self._add(section, _KEY)
        row = self.rows[_KEY]
        row.rename(row.name.text(), tr("Click to choose other keys"))
        self._icon = section.add_text(tr("The icon in the panel"), gesture_text.clicks(PanelKind()))
        return step

    def _account_step(self) -> QWidget:
        step, section = self._step(
            tr("With an account, or without"),
            tr("Everything works on this computer alone. An account can be connected at any time."),
        )
        hint = tr("Toggl, or a server of your own")
        title = tr("Keep an account and this computer the same")
        self._account = section.add(title, hint, self.connect_account)
        self.connect_account.setAccessibleName(tr("Connect an account"))
        return step

    def _hours_step(self, autostart: Autostart) -> QWidget:
        step, section = self._step(
            tr("Your hours"),
            tr("In these hours you are reminded if nothing runs; the goal stands at every total."),
        )
        self._add(section, "working_hours")
        self._add(section, "day_goal_minutes")
        self.login = AutostartSwitch(autostart, section)
        return step

    def _add(self, section: Section, key: str) -> None:
        declared, value = DECLARED[key], getattr(self._settings, key)
        control = control_for(key, declared, value, partial(self._choose, key), section)
        control.use_times(time_format_of(self._settings))
        row = section.add(
            tr_marked(declared.label), tr_marked(declared.hint), control.widget, wide=key in WIDE
        )
        if isinstance(control.widget, HotkeyEdit | HoursEdit):
            control.widget.refused.connect(row.say)
        if isinstance(control.widget, HotkeyEdit):
            control.widget.recording.connect(self.recording)
        self._controls[key], self.rows[key] = control, row

    def show_panel(self, panel: PanelKind) -> None:
        """Say what clicks on the icon do on this panel."""
        self._icon.rename(self._icon.name.text(), gesture_text.clicks(panel))

    def note_hotkey(self) -> None:
        """The keys were pressed: they work."""
        self.rows[_KEY].say(tr("They work."), labels.subdued)

    def show_account(self, *, connected: bool) -> None:
        """Say whether there is an account by now."""
        self._account.say(tr("It is connected.") if connected else "", labels.subdued)
        self.connect_account.setText(tr("Show…") if connected else tr("Connect…"))

    def show_hotkeys(self, states: HotkeyStates) -> None:
        """Say why the keys cannot be had, if so."""
        self._hotkeys = states
        self.rows[_KEY].say(states["quick"].why)

    def _choose(self, key: str, value: object) -> None:
        """Save a value at once, as the settings window does; name a bad one."""
        problem = settings.problem_with(key, value)
        if not problem:
            now = settings.load(self._path).settings
            chosen = now._replace(**{key: value})  # type: ignore[arg-type]  # checked
            try:
                settings.save(self._path, chosen)
            except TrayError as error:
                problem = str(error)
            else:
                self._settings = chosen
                self.changed.emit(chosen)
            self._controls[key].show(getattr(self._settings, key))
        if key == _KEY and not problem and "quick" in self._hotkeys:
            problem = self._hotkeys["quick"].why  # as it was heard while it was saved
        self.rows[key].say(problem)

    def go_to(self, step: int) -> None:
        """Show a step."""
        self.steps.setCurrentIndex(step)
        last = self.steps.count() - 1
        self.where.setText(tr("{step} of {count}").format(step=step + 1, count=last + 1))
        self.back.setVisible(step > 0)
        self.forward.setText(tr("Done") if step == last else tr("Next"))
        self.forward.setFocus()  # not on the keys, which would be recorded rather than work

    @Slot()
    def _on_forward(self) -> None:
        if self.steps.currentIndex() == self.steps.count() - 1:
            self.close()
        else:
            self.go_to(self.steps.currentIndex() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
