"""The moments at which the computer or the session is taken away from the user, and given back."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QObject, Signal

from tray.desktop.support import WORKS, Support, missing
from tray.language import tr


class Happening(Enum):
    """What the desktop has told."""

    LOCKED = "locked"
    """The screen is locked, or covered by a screen saver."""
    UNLOCKED = "unlocked"
    SLEEPING = "sleeping"
    """The computer is about to sleep; see `PowerWatcher.delay_sleep`."""
    WOKE = "woke"
    SWITCHED_AWAY = "switched away"
    """Another user's session is on the screen."""
    SWITCHED_BACK = "switched back"
    ENDING = "ending"
    """The session is about to end, or the computer to be switched off."""
    NOT_ENDING = "not ending"
    """It does not end after all."""


_BACK_FROM: Final = {
    Happening.LOCKED: Happening.UNLOCKED,
    Happening.SLEEPING: Happening.WOKE,
    Happening.SWITCHED_AWAY: Happening.SWITCHED_BACK,
    Happening.ENDING: Happening.NOT_ENDING,
}


class PowerWatcher(QObject):
    """Tells of lock, sleep, another user, and the end.

    Everything, signals included, happens on the thread that made the object, and nothing waits.
    However many parts of a desktop tell the same, it is told on once: each of the four pairs of
    `Happening` alternates, beginning with the one that takes away. (A state that lasts since
    before the start is told as if it began then.)
    """

    happened = Signal(object)
    """Carries a `Happening`."""
    changed = Signal(object)
    """Carries the `Support` that has become another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._support = WORKS
        self._lasting: set[Happening] = set()

    @property
    def support(self) -> Support:
        """What of this is noticed here, and what is not."""
        return self._support

    def lasts(self, happening: Happening) -> bool:
        """Whether something that was taken away has not come back, such as ``LOCKED``."""
        return happening in self._lasting

    def delay_sleep(self) -> None:
        """From now on have the computer wait with its sleep and its end, until `release`.

        The desktop allows only seconds. After waking up it has to be called again.
        """

    def release(self) -> None:
        """What had to be done before the sleep is done; the computer need not wait any more."""

    def stop(self) -> None:
        """Let go of everything. The object is not used any more, and no signal comes."""
        self.blockSignals(True)

    def _set(self, happening: Happening, lasts: bool) -> None:
        """Something was taken away or is there again, which may have been told before."""
        if lasts and happening not in self._lasting:
            self._lasting.add(happening)
            self.happened.emit(happening)
        elif not lasts and happening in self._lasting:
            self._lasting.discard(happening)
            self.happened.emit(_BACK_FROM[happening])

    def _set_support(self, support: Support) -> None:
        if support != self._support:
            self._support = support
            self.changed.emit(support)


class NullPower(PowerWatcher):
    """Nothing is told; `why` is the sentence that says so."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._support = missing(
            f"{why} " + tr("That the computer has slept shows when it wakes up.")
        )
