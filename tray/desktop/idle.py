"""For how long nobody has touched the computer, in one shape whoever can tell it here.

A desktop that tells by itself is not asked (`SignalledIdle`, or a source of its own kind); the
others are asked next when the threshold could first be reached (`PolledIdle`). No source counts
input.
"""

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray.desktop.support import WORKS, Level, Support, missing
from tray.language import tr
from tray.lean_typing import NamedTuple


class PassedOver(NamedTuple):
    """A source that would have been better, but could not be had."""

    name: str
    why: str
    """A phrase: what was missing."""


class IdleSource(QObject):
    """Tells for how long nobody has touched the computer.

    Everything, signals included, happens on the thread that made the object; nothing waits, and no
    signal comes from within a call. Where the time is not known it is None, which means neither
    present nor away.
    """

    polled = Signal(object)
    """The answer to `poll`: the whole seconds since the last input, or None if it cannot be said.
    Several calls that wait for an answer get one together."""
    idle = Signal(object)
    """Nobody has touched anything for as long as `watch` said; carries the seconds by now."""
    active = Signal(object)
    """Somebody is back after `idle`; carries the seconds since their latest input."""
    changed = Signal(object)
    """Carries the `Support` that has become another."""

    name: str = ""
    """Who is asked, for the settings and ``doctor``."""
    signals: bool = False
    """Whether the desktop tells by itself; if not, it is asked, which wakes the program up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._support = WORKS
        self._threshold_ms: int | None = None
        self._away = False
        self._polling = False

    @property
    def support(self) -> Support:
        """Whether the time can be told, and if not, what is noticed instead."""
        return self._support

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """What was tried before this source, in order."""
        return ()

    def describe(self) -> str:
        """Who is asked, what is amiss, and why no better source is in use: a line for `doctor`."""
        text = ": ".join(filter(None, (self.name, self.support.why)))
        others = "; ".join(f"{name}: {why}" for name, why in self.passed_over)
        return f"{text} ({tr('not used: {others}').format(others=others)})" if others else text

    def poll(self) -> None:
        """Have `polled` say the seconds since the last input."""
        if not self._polling:
            self._polling = True
            QTimer.singleShot(0, self, self._poll)

    def watch(self, threshold_seconds: float) -> None:
        """From now on `idle` tells once when there was no input for so long, and `active` the end.

        What was watched for before is forgotten; somebody who has been away for longer already is
        told of anew, without an `active` in between.
        """
        self._threshold_ms = round(threshold_seconds * 1000)
        self._away = False
        self._begin()

    def stop(self) -> None:
        """Let go of everything. The object is not used any more, and no signal comes."""
        self._threshold_ms = None
        self.blockSignals(True)

    def _begin(self) -> None:
        """Begin to watch for `_threshold_ms`."""
        raise NotImplementedError

    def _ask(self) -> None:
        """Find out the time since the last input, and have `_answer` told."""
        raise NotImplementedError

    @Slot()
    def _poll(self) -> None:
        if not self.signalsBlocked():
            self._ask()

    def _answer(self, idle_ms: int | None) -> None:
        """The last input was so long ago; None if that cannot be said."""
        self._learn(idle_ms)
        if self._polling:
            self._polling = False
            self.polled.emit(None if idle_ms is None else idle_ms // 1000)

    def _learn(self, idle_ms: int | None) -> None:
        """Announce what follows for the threshold, if it does."""
        if idle_ms is None or self._threshold_ms is None:
            return
        away = idle_ms >= self._threshold_ms
        if away is not self._away:
            self._away = away
            (self.idle if away else self.active).emit(idle_ms // 1000)

    def _set_support(self, support: Support) -> None:
        if support != self._support:
            self._support = support
            self.changed.emit(support)


class PolledIdle(IdleSource):
    """A source that has to be asked. A subclass says in `_ask` how."""

    return_ms: int = 15_000
    """How often it is asked whether somebody has come back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next = QTimer(self, singleShot=True)
        self._next.setObjectName("idle-poll")
        self._next.timeout.connect(self._poll)

    def stop(self) -> None:
        """Ask no more."""
        super().stop()
        self._next.stop()

    def _begin(self) -> None:
        self._next.start(0)

    def _answer(self, idle_ms: int | None) -> None:
        super()._answer(idle_ms)
        if self._threshold_ms is None or self._support.level is Level.MISSING:
            return
        if self._away:
            self._next.start(self.return_ms)
        else:
            self._next.start(self._threshold_ms - (idle_ms or 0))


class SignalledIdle(IdleSource):
    """A source that says by itself when somebody has gone and come back, after a time of its own.

    A subclass calls `_gone` and `_back`; what is left until the threshold is waited for here.
    """

    signals = True

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since: float | None = None
        """When the last input was, on the monotonic clock, while nobody is there."""
        self._due = QTimer(self, singleShot=True)
        self._due.setObjectName("idle-due")
        self._due.timeout.connect(self._poll)

    def stop(self) -> None:
        """Wait no more."""
        super().stop()
        self._due.stop()

    def _begin(self) -> None:
        self._due.start(0)

    def _ask(self) -> None:
        idle_ms = self._idle_ms()
        if self._since is not None and self._threshold_ms is not None:
            left_ms = self._threshold_ms - (idle_ms or 0)
            if left_ms > 0:
                self._due.start(left_ms)
        self._answer(idle_ms)

    def _idle_ms(self) -> int | None:
        """What is known now; a subclass may know something while somebody is there, too."""
        return None if self._since is None else round((time.monotonic() - self._since) * 1000)

    def _gone(self, idle_ms: int) -> None:
        """The last input was so long ago, and nobody has come since."""
        self._since = time.monotonic() - idle_ms / 1000
        self._due.start(0)

    def _back(self) -> None:
        """There was input just now."""
        self._since = None
        self._due.stop()
        self._learn(0)


class NullIdle(IdleSource):
    """No source: it never says that somebody is there or away; `why` is the sentence for that."""

    def __init__(self, why: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = tr("none")
        self._support = missing(
            f"{why} " + tr("Absences are noticed when the screen is locked or the computer sleeps.")
        )

    def _begin(self) -> None:
        """There is nothing to watch."""

    def _ask(self) -> None:
        self._answer(None)
