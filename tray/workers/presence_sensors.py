"""Turns what the desktop tells of its user into the events of the model, in order and measured.

A lock or a sleep means more with the seconds since the last input, so it waits for these, for a
moment; and before somebody who touches nothing is taken for away, it is asked whether there is a
call, a presentation or a film.
"""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray import clock
from tray.desktop.idle import IdleSource
from tray.desktop.in_use import ALL, InUse, InUseKind, InUseMonitor
from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.support import Level, Support
from tray.model.durations import MINUTE
from tray.model.presence.effects import State
from tray.model.presence.events import (
    ClockReading,
    Event,
    InputAgain,
    Lengthened,
    Locked,
    Looked,
    Quitting,
    Slept,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import Rules, Sight
from tray.model.presence.reducer import threshold

LOOK_MS: Final = 1_000
"""How long to wait for the idle source; a computer that is about to sleep waits for only five."""
ENGAGED_MS: Final = 5_000
"""How long to wait for the signs of a call and the like."""
FREE_SECONDS: Final = 30
"""For how long it is believed that there is none."""
BUSY_SECONDS: Final = 5 * MINUTE
"""For how long it is believed that there is one."""
UNKNOWN: Final = InUse((), ALL)


class PresenceSources(NamedTuple):
    """Who tells."""

    idle: IdleSource
    power: PowerWatcher
    engagement: InUseMonitor


class Watched(NamedTuple):
    """What can be noticed on this computer, and why not more."""

    idle: Support
    idle_text: str
    """Who says how long nobody was there, and why nobody better does: a line for the settings."""
    power: Support
    engaged: tuple[tuple[InUseKind, Support], ...]


class _PendingEvent(NamedTuple):
    """An event that has happened, but is not told yet."""

    make: Callable[[ClockReading], Event]
    when: ClockReading
    measured: bool
    """Whether it is to have the seconds since the last input."""


def read_clocks() -> ClockReading:
    """What the clocks show now."""
    awake = time.monotonic()
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return ClockReading(clock.now(), int(awake))
    mono = time.clock_gettime(time.CLOCK_BOOTTIME)
    return ClockReading(clock.now(), int(mono), round(mono - awake))


def choose_sources(parent: QObject) -> PresenceSources:
    """The best that this desktop has; on the thread that is to use them."""
    import os

    from tray.desktop import choose

    return PresenceSources(
        choose.choose_idle(os.environ, parent=parent),
        choose.choose_power(os.environ, parent=parent),
        choose.choose_engagement(os.environ, parent=parent),
    )


class PresenceSensors(QObject):
    """Uses `sources` on the thread on which it was made; `follow` has to be called first."""

    happened = Signal(object)
    """An event of the model. When the slot returns, a computer about to sleep does so."""
    changed = Signal()
    """What can be noticed has become another."""

    def __init__(
        self,
        sources: PresenceSources,
        clocks: Callable[[], ClockReading] = read_clocks,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._idle, self._power, self._engagement = sources
        self._clocks = clocks
        self._state = State()
        self._rules = Rules()
        self._counted: frozenset[InUseKind] = frozenset()
        self._watched_for: tuple[str, int] | None = None
        self._waiting: list[_PendingEvent] = []
        self._engaged = UNKNOWN
        self._engaged_at: int | None = None
        self._asking = False
        self._look_patience = self._timer("idle source", LOOK_MS, then=self._on_no_look)
        self._patience = self._timer("engagement", ENGAGED_MS, then=self._on_nothing_engaged)
        self._idle.looked.connect(self._on_looked)
        self._idle.idle.connect(self._on_idle)
        self._idle.active.connect(self._on_active)
        self._idle.changed.connect(self._on_changed)
        self._power.happened.connect(self._on_happening)
        self._power.changed.connect(self._on_changed)
        self._engagement.looked.connect(self._on_engaged)
        self._power.hold()

    @property
    def sight(self) -> Sight:
        """How idleness can be seen now."""
        if self._idle.support.level is Level.MISSING:
            return Sight.NONE
        return Sight.SIGNALS if self._idle.signals else Sight.ASKED

    @property
    def blind(self) -> bool:
        """Whether nothing shows that somebody is back: the source is asked, but does not know."""
        return self.sight is Sight.ASKED and not self._idle.support.works

    @property
    def watched(self) -> Watched:
        """What can be noticed."""
        supports = tuple(self._engagement.supports.items())
        return Watched(self._idle.support, self._idle.describe(), self._power.support, supports)

    @property
    def locked(self) -> bool:
        """Whether somebody else, or nobody, has the screen."""
        return self._power.lasts(Happening.LOCKED) or self._power.lasts(Happening.SWITCHED_AWAY)

    @property
    def engaged(self) -> bool:
        """Whether nothing is to be said now, as far as it is known."""
        return self._busy or self._engaged.disturb_ok is False

    @property
    def engaged_until(self) -> int | None:
        """How long `engaged` is to be believed, on the monotonic clock; None: it is not known."""
        if self._engaged_at is None:
            return None
        return self._engaged_at + (BUSY_SECONDS if self.engaged else FREE_SECONDS)

    @property
    def asking(self) -> bool:
        """Whether `ask` has not ended yet."""
        return self._asking

    @property
    def knows(self) -> bool:
        """Whether `engaged` can be believed."""
        until = self.engaged_until
        return until is not None and self._clocks().mono < until

    def use(self, counted: frozenset[InUseKind]) -> None:
        """Take only these signs for those of a call, a presentation or a film."""
        self._counted = counted
        self._engaged_at = None

    def follow(self, state: State, rules: Rules) -> None:
        """Go by what has become of things: watch out for what can come next."""
        self._state, self._rules = state, rules
        wanted = (self._idle.name, threshold(state, rules))
        if rules.sight is Sight.SIGNALS and self._watched_for != wanted:
            self._watched_for = wanted
            self._idle.watch(wanted[1])

    def look(self) -> None:
        """Have a `Looked` happen."""
        self._bring(Looked, measured=True)

    def ask(self) -> None:
        """Have a `Looked` happen once it is known whether there is a call or the like."""
        if not self._asking:
            self._asking = True
            self._patience.start()
            self._engagement.look(self._counted | {InUseKind.QUIET, InUseKind.PRESENTATION})

    def flush(self) -> None:
        """Tell at once what waits to be measured."""
        self._tell(None)

    def stop(self) -> None:
        """Let go of everything."""
        self._look_patience.stop()
        self._patience.stop()
        self._power.release()
        for source in (self._idle, self._power, self._engagement):
            source.stop()

    @property
    def _busy(self) -> bool:
        return self._engaged.busy(self._counted)

    def _timer(self, name: str, milliseconds: int, *, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.setObjectName(f"patience with {name}")
        timer.timeout.connect(then)
        return timer

    def _bring(self, make: Callable[[ClockReading], Event], *, measured: bool = False) -> None:
        """Tell of an event, after those that wait."""
        if measured or self._waiting:
            self._waiting.append(_PendingEvent(make, self._clocks(), measured))
        else:
            self._emit(make(self._clocks()))
        if measured:
            self._look_patience.start()
            self._idle.look()

    def _tell(self, seconds: int | None) -> None:
        """Tell of all that waits; the last input was `seconds` ago, None if that is not known."""
        self._look_patience.stop()
        now = self._clocks().mono
        waiting, self._waiting = self._waiting, []
        for make, when, measured in waiting:
            if measured and seconds is not None:
                when = when._replace(idle_seconds=max(0, seconds - (now - when.mono)))
            event = make(when)
            if isinstance(event, Looked) and self._is_to_be_asked(event.when.idle_seconds):
                self.ask()
            else:
                self._emit(event)

    def _emit(self, event: Event) -> None:
        self.happened.emit(event)
        if isinstance(event, Slept | Quitting):
            self._power.release()

    def _is_to_be_asked(self, idle_seconds: int | None) -> bool:
        """Whether it has to be known first if there is a call or the like."""
        state = self._state
        if not self._counted or state.away or state.locked or state.asleep or self.knows:
            return False
        long = idle_seconds is not None and idle_seconds >= self._rules.idle_minutes * MINUTE
        return long or state.lengthened

    @Slot(object)
    def _on_looked(self, seconds: int | None) -> None:
        self._tell(seconds)

    @Slot()
    def _on_no_look(self) -> None:
        self._tell(None)

    @Slot(object)
    def _on_idle(self, _: int) -> None:
        self.look()

    @Slot(object)
    def _on_active(self, _: int) -> None:
        self._bring(InputAgain)

    @Slot(object)
    def _on_changed(self, _: Support) -> None:
        self.changed.emit()

    @Slot()
    def _on_nothing_engaged(self) -> None:
        self._on_engaged(UNKNOWN)

    @Slot(object)
    def _on_engaged(self, found: InUse) -> None:
        self._asking = False
        self._patience.stop()
        self._engaged, self._engaged_at = found, self._clocks().mono
        busy = self._busy
        if busy is not self._state.lengthened:
            self._bring(lambda when: Lengthened(when, busy))
        self.look()

    @Slot(object)
    def _on_happening(self, happening: Happening) -> None:
        match happening:
            case Happening.LOCKED | Happening.SWITCHED_AWAY:
                self._bring(Locked, measured=True)
            case Happening.UNLOCKED | Happening.SWITCHED_BACK:
                if not self.locked:
                    self._bring(Unlocked)
                    self._take_for_input()
            case Happening.SLEEPING:
                self._bring(Slept, measured=True)
            case Happening.WOKE:
                self._power.hold()
                self._bring(Woke)
                self._take_for_input()
            case Happening.ENDING:
                self._bring(Quitting)
            case Happening.NOT_ENDING:
                self._power.hold()

    def _take_for_input(self) -> None:
        """The end of a lock or a sleep has to do where no input is seen."""
        if self.blind:
            self._bring(InputAgain)
