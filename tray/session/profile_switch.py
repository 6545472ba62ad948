"""Leads from a profile to another: each has a tray of its own, and one of them has the hotkeys."""

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray import profiles
from tray.common_settings import CommonSettings, common_settings
from tray.errors import TrayError
from tray.ipc import lock
from tray.ipc.client import send
from tray.ipc.protocol import Command, Message
from tray.language import tr
from tray.paths import Paths, current, find_default
from tray.program import profile_command
from tray.workers.background import run_aside

if TYPE_CHECKING:
    from tray.profile_actions import ProfileState

LOOK_MS: Final = 100
"""How often to look whether the other tray is there, while it starts."""
PATIENCE_SECONDS: Final = 30
"""For the other tray to come up, on a busy machine."""
_ANSWER_SECONDS: Final = 1.0
"""For a tray that is told who has the hotkeys: it may be about to leave."""


class ProfileSwitch(QObject):
    """What this tray does with the other profiles; it costs nothing while there are none.

    Args:
        places: of the profile of this tray.
        parent: ends it.
    """

    changed = Signal()
    """There are other profiles now, or they are called otherwise."""
    leaving = Signal()
    """The tray of another profile is there, and this one is to go."""
    resting = Signal(object)
    """Whether the hotkeys are another tray's now."""
    failed = Signal(object)
    """A sentence: what was not done."""
    removed = Signal(object)
    """The name of a profile that is there no more."""

    def __init__(self, places: Paths, parent: QObject) -> None:
        super().__init__(parent)
        self._places = places
        self._target: Paths | None = None
        self._until = 0.0
        self._look = QTimer(self)
        self._look.setObjectName("tray of another profile")
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._has_hotkeys = False
        self.names: tuple[str, ...] = (places.profile,)
        """All profiles, the default one first."""
        self.refresh()

    @property
    def name(self) -> str:
        """Of the profile that this tray is about."""
        return self._places.profile

    @property
    def label(self) -> str:
        """Its name, as it is shown where it has to be told from others; empty if it is alone."""
        return profiles.shown(self.name) if len(self.names) > 1 else ""

    @property
    def common(self) -> CommonSettings:
        """What holds for all profiles."""
        return common_settings(self._places.profiles_folder)

    def refresh(self) -> None:
        """Look which profiles there are."""
        names = tuple(each.profile for each in profiles.everything(os.environ))
        if names != self.names:
            self.names = names
            self.changed.emit()

    def states(self) -> "list[ProfileState]":
        """All profiles, with what is in them."""
        from tray import profile_actions

        self.refresh()
        return profile_actions.states(os.environ)

    def take_hotkeys(self) -> bool:
        """At the start: whether the hotkeys are ours, the other trays having been told so."""
        others = self._others_with_tray()
        latest = current(find_default(os.environ))
        self._has_hotkeys = latest == self.name or latest not in {each.profile for each in others}
        if self._has_hotkeys:
            _tell(others, Command.REST)
        return self._has_hotkeys

    def pass_hotkeys_on(self) -> None:
        """At the end: let another tray have them, if there is one; the one of the switch first."""
        if not self._has_hotkeys:
            return
        latest = current(find_default(os.environ))
        others = sorted(self._others_with_tray(), key=lambda each: each.profile != latest)
        _tell(others[:1], Command.ACTIVE)

    def hear(self, command: Command) -> None:
        """Another tray has the hotkeys from now on, or leaves them to us."""
        self._has_hotkeys = command is Command.ACTIVE
        self.resting.emit(not self._has_hotkeys)

    def _others_with_tray(self) -> list[Paths]:
        if len(self.names) == 1:
            return []
        return [
            each
            for each in profiles.everything(os.environ)
            if each.profile != self.name and lock.holder(each.lock) is not None
        ]

    @Slot(str)
    def choose(self, name: str) -> None:
        """Switch to another profile: its tray takes over, or comes beside this one."""
        if name == self.name or self._look.isActive():
            return
        from tray import profile_actions

        try:
            self._target = target = profiles.existing(os.environ, name)
            profile_actions.switch(os.environ, target)
        except TrayError as error:
            self.failed.emit(str(error))
            self.refresh()
            return
        if lock.holder(target.lock) is None:
            from PySide6.QtCore import QProcess

            command = profile_command(os.environ, target.profile)
            if not QProcess.startDetached(command[0], command[1:])[0]:
                self._give_up(target)
                return
        self._until = time.monotonic() + PATIENCE_SECONDS
        self._look.start()

    @Slot()
    def _on_look(self) -> None:
        target = self._target
        if target is None:
            self._look.stop()
            return
        holder = lock.holder(target.lock)
        if holder is not None and holder.address:
            self._look.stop()
            self._hand_over(target)
        elif time.monotonic() > self._until:
            self._look.stop()
            self._give_up(target)

    def _hand_over(self, target: Paths) -> None:
        """It listens, so it has its icon: the hotkeys are its, and this tray may go."""
        if self._has_hotkeys:
            self.hear(Command.REST)
            _tell([target], Command.ACTIVE)
        if not self.common.side_by_side:
            self.leaving.emit()

    def _give_up(self, target: Paths) -> None:
        """This tray stays what is switched to."""
        from tray import profile_actions

        try:
            profile_actions.switch(os.environ, self._places)
        except TrayError as error:
            self.failed.emit(str(error))
        self.failed.emit(
            tr(
                "The tray of the profile “{name}” does not come up, so this one stays. Start it "
                "from a terminal to see why."
            ).format(name=profiles.shown(target.profile))
        )

    def removed_profiles(self) -> list[tuple[str, str]]:
        """Those that can be brought back: name and folder."""
        return profiles.removed(os.environ)

    def create(self, name: str) -> None:
        """Make a profile.

        Raises:
            TrayError: it cannot be made.
        """
        from tray import profile_actions

        profiles.create(os.environ, name)
        profile_actions.tell_login_apart(os.environ)
        self.refresh()

    def rename(self, name: str, new: str) -> None:
        """Call a profile something else.

        Raises:
            TrayError: it cannot be called so, or is in use.
        """
        from tray import profile_actions

        profile_actions.rename(os.environ, profiles.existing(os.environ, name), new)
        self.refresh()

    def bring_back(self, name: str) -> None:
        """Have a removed profile again.

        Raises:
            TrayError: there is another one of that name by now.
        """
        profiles.bring_back(os.environ, name)
        self.refresh()

    def remove(self, name: str, *, now: int) -> None:
        """Remove a profile after a backup; the keyring may take its time, so on another thread."""

        def job() -> None:
            from tray import profile_actions

            try:
                found = profiles.existing(os.environ, name)
                profile_actions.remove(os.environ, found, now=now)
            except TrayError as error:
                self.failed.emit(str(error))
            self.removed.emit(name)

        run_aside(job, name="profile")

    def set_common(self, change: Callable[[CommonSettings], CommonSettings]) -> None:
        """Change what holds for all profiles.

        Raises:
            TrayError: it cannot be kept.
        """
        profiles.set_common(os.environ, change(self.common))


def _tell(trays: list[Paths], command: Command) -> None:
    for each in trays:
        send(each, Message(command), timeout_seconds=_ANSWER_SECONDS)
