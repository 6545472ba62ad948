"""The switch that has the program started at login."""

import os

from PySide6.QtCore import QObject

from tray.desktop.autostart import Autostart
from tray.errors import TrayError
from tray.language import tr
from tray.program import autostart_command
from tray.ui import labels
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import switch


class AutostartSwitch(QObject):
    """Shows whether the desktop will start the program, and has it do so or not.

    The desktop keeps this, not our settings file, so it is asked whenever the page is looked at.
    """

    def __init__(self, autostart: Autostart, section: Section) -> None:
        super().__init__(section)
        self._autostart = autostart
        self._control = switch(self._choose, section)
        label, hint = tr("Start at login"), tr("Have Toggl Tray there whenever you are")
        self._control.widget.setAccessibleName(label)
        self._control.widget.setAccessibleDescription(hint)
        self.row: SettingRow = section.add(label, hint, self._control.widget)
        self.refresh()

    def refresh(self) -> None:
        """Ask the desktop anew."""
        try:
            self._control.show(self._autostart.enabled())
            self.row.say(self._limits(), labels.plain)
        except TrayError as error:
            self.row.say(str(error))

    def _limits(self) -> str:
        """What the user should know of it, as a sentence or none."""
        if self._autostart.enabled() and not self._autostart.matches(autostart_command(os.environ)):
            return tr(
                "Another copy of Toggl Tray starts at login. Switch this off and on to start "
                "this one instead."
            )
        return self._autostart.support.why

    def _choose(self, wanted: object) -> None:
        try:
            if wanted:
                self._autostart.enable(autostart_command(os.environ))
            else:
                self._autostart.disable()
        except TrayError as error:
            self._control.show(not wanted)
            self.row.say(str(error))
            return
        self.refresh()
