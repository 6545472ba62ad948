"""Turns what the desktop tells of its user into the events of the model, in order and measured.

A lock or a sleep means more with the seconds since the last input, so it waits for these, for a
moment; and before somebody who touches nothing is taken for away, it is asked whether there is a
call, a presentation or a film.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray import clock
from tray.desktop.idle import IdleSource
from tray.desktop.in_use import ALL, InUse, InUseKind, InUseMonitor
from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.support import Level, Support
from tray.lean_typing import Final, NamedTuple
from tray.model.durations import MINUTE
from tray.model.presence.effects import State
from tray.model.presence.events import (
    ClockReading,
    Event,
    InputResumed,
    Lengthened,
    Locked,
    Polled,
    Quitting,
    Slept,
    Unlocked,
    Woke,
)
from tray.model.presence.presence_values import IdleMode, Rules
from tray.model.presence.reducer import threshold

IDLE_TIMEOUT_MS: Final = 1_000
"""How long to wait for the idle source; a computer that is about to sleep waits for only five."""
IN_USE_TIMEOUT_MS: Final = 5_000
"""How long to wait for the signs of a call and the like."""
FREE_SECONDS: Final = 30
"""For how long it is believed that there is none."""
BUSY_SECONDS: Final = 5 * MINUTE
"""For how long it is believed that there is one."""
QUIET_SECONDS: Final = 45
"""For how long it is believed that nobody may be disturbed: what waits for the end of that is to
come within a minute of it."""
UNKNOWN: Final = InUse((), ALL)


class PresenceSources(NamedTuple):
    """Who tells."""

    idle: IdleSource
    power: PowerWatcher
    in_use: InUseMonitor


class Watched(NamedTuple):
    """What can be noticed on this computer, and why not more."""

    idle: Support
    idle_text: str
    """Who says how long nobody was there, and why nobody better does: a line for the settings."""
    power: Support
    in_use: tuple[tuple[InUseKind, Support], ...]


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
        choose.choose_in_use(os.environ, parent=parent),
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
        self._idle, self._power, self._in_use = sources
        self._clocks = clocks
        self._state = State()
        self._rules = Rules()
        self._counted: frozenset[InUseKind] = frozenset()
        self._watched_for: tuple[str, int] | None = None
        self._pending: list[_PendingEvent] = []
        self._last_in_use = UNKNOWN
        self._in_use_at: int | None = None
        self._is_checking = False
        self._idle_timeout = self._timer("idle source", IDLE_TIMEOUT_MS, then=self._on_idle_timeout)
        self._in_use_timeout = self._timer(
            "engagement", IN_USE_TIMEOUT_MS, then=self._on_in_use_timeout
        )
        self._idle.polled.connect(self._on_polled)
        self._idle.idle.connect(self._on_idle)
        self._idle.active.connect(self._on_active)
        self._idle.changed.connect(self._on_changed)
        self._power.happened.connect(self._on_happening)
        self._power.changed.connect(self._on_changed)
        self._in_use.polled.connect(self._on_in_use)
        self._power.delay_sleep()

    @property
    def idle_mode(self) -> IdleMode:
        """How idleness can be seen now."""
        if self._idle.support.level is Level.MISSING:
            return IdleMode.NONE
        return IdleMode.SIGNALS if self._idle.signals else IdleMode.POLLED

    @property
    def lacks_idle_time(self) -> bool:
        """Whether nothing shows that somebody is back: the source is asked, but does not know."""
        return self.idle_mode is IdleMode.POLLED and not self._idle.support.works

    @property
    def watched(self) -> Watched:
        """What can be noticed."""
        supports = tuple(self._in_use.supports.items())
        return Watched(self._idle.support, self._idle.describe(), self._power.support, supports)

    @property
    def locked(self) -> bool:
        """Whether somebody else, or nobody, has the screen."""
        return self._power.lasts(Happening.LOCKED) or self._power.lasts(Happening.SWITCHED_AWAY)

    @property
    def do_not_disturb(self) -> bool:
        """Whether nothing is to be said now, as far as it is known."""
        return self._busy or self._last_in_use.disturb_ok is False

    @property
    def known_until(self) -> int | None:
        """How long `do_not_disturb` holds, on the monotonic clock; None: it is not known."""
        if self._in_use_at is None:
            return None
        if not self.do_not_disturb:
            return self._in_use_at + FREE_SECONDS
        return self._in_use_at + (BUSY_SECONDS if self._busy else QUIET_SECONDS)

    @property
    def is_checking(self) -> bool:
        """Whether `check_in_use` has not ended yet."""
        return self._is_checking

    @property
    def in_use_known(self) -> bool:
        """Whether `do_not_disturb` can be believed."""
        until = self.known_until
        return until is not None and self._clocks().mono < until

    def use(self, counted: frozenset[InUseKind]) -> None:
        """Take only these signs for those of a call, a presentation or a film."""
        self._counted = counted
        self._in_use_at = None

    def follow(self, state: State, rules: Rules) -> None:
        """Go by what has become of things: watch out for what can come next."""
        self._state, self._rules = state, rules
        wanted = (self._idle.name, threshold(state, rules))
        if rules.idle_mode is IdleMode.SIGNALS and self._watched_for != wanted:
            self._watched_for = wanted
            self._idle.watch(wanted[1])

    def poll(self) -> None:
        """Have a `Polled` happen."""
        self._queue(Polled, measured=True)

    def check_in_use(self) -> None:
        """Have a `Polled` happen once it is known whether there is a call or the like."""
        if not self._is_checking:
            self._is_checking = True
            self._in_use_timeout.start()
            self._in_use.poll(self._counted | {InUseKind.QUIET, InUseKind.PRESENTATION})

    def flush(self) -> None:
        """Tell at once what waits to be measured."""
        self._emit_pending(None)

    def stop(self) -> None:
        """Let go of everything."""
        self._idle_timeout.stop()
        self._in_use_timeout.stop()
        self._power.release()
        for source in (self._idle, self._power, self._in_use):
            source.stop()

    @property
    def _busy(self) -> bool:
        return self._last_in_use.busy(self._counted)

    def _timer(self, name: str, milliseconds: int, *, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.setObjectName(f"patience with {name}")
        timer.timeout.connect(then)
        return timer

    def _queue(self, make: Callable[[ClockReading], Event], *, measured: bool = False) -> None:
        """Tell of an event, after those that wait."""
        if measured or self._pending:
            self._pending.append(_PendingEvent(make, self._clocks(), measured))
        else:
            self._emit(make(self._clocks()))
        if measured:
            self._idle_timeout.start()
            self._idle.poll()

    def _emit_pending(self, seconds: int | None) -> None:
        """Tell of all that waits; the last input was `seconds` ago, None if that is not known."""
        self._idle_timeout.stop()
        now = self._clocks().mono
        waiting, self._pending = self._pending, []
        for make, when, measured in waiting:
            if measured and seconds is not None:
                when = when._replace(idle_seconds=max(0, seconds - (now - when.mono)))
            event = make(when)
            if isinstance(event, Polled) and self._needs_check(event.when.idle_seconds):
                self.check_in_use()
            else:
                self._emit(event)

    def _emit(self, event: Event) -> None:
        self.happened.emit(event)
        if isinstance(event, Slept | Quitting):
            self._power.release()

    def _needs_check(self, idle_seconds: int | None) -> bool:
        """Whether it has to be known first if there is a call or the like."""
        state = self._state
        if not self._counted or state.away or state.locked or state.asleep or self.in_use_known:
            return False
        long = idle_seconds is not None and idle_seconds >= self._rules.idle_minutes * MINUTE
        return long or state.lengthened

    @Slot(object)
    def _on_polled(self, seconds: int | None) -> None:
        if not self._pending:  # too late for those that waited: a busy computer
            self._pending.append(_PendingEvent(Polled, self._clocks(), True))
        self._emit_pending(seconds)

    @Slot()
    def _on_idle_timeout(self) -> None:
        self._emit_pending(None)

    @Slot(object)
    def _on_idle(self, seconds: int) -> None:
        self._pending.append(_PendingEvent(Polled, self._clocks(), True))
        self._emit_pending(seconds)

    @Slot(object)
    def _on_active(self, _: int) -> None:
        self._queue(InputResumed)

    @Slot(object)
    def _on_changed(self, _: Support) -> None:
        self.changed.emit()

    @Slot()
    def _on_in_use_timeout(self) -> None:
        self._on_in_use(UNKNOWN)

    @Slot(object)
    def _on_in_use(self, found: InUse) -> None:
        self._is_checking = False
        self._in_use_timeout.stop()
        self._last_in_use, self._in_use_at = found, self._clocks().mono
        busy = self._busy
        if busy is not self._state.lengthened:
            self._queue(lambda when: Lengthened(when, busy))
        self.poll()

    @Slot(object)
    def _on_happening(self, happening: Happening) -> None:
        match happening:
            case Happening.LOCKED | Happening.SWITCHED_AWAY:
                self._queue(Locked, measured=True)
            case Happening.UNLOCKED | Happening.SWITCHED_BACK:
                if not self.locked:
                    self._queue(Unlocked)
                    self._assume_input()
            case Happening.SLEEPING:
                self._queue(Slept, measured=True)
            case Happening.WOKE:
                self._power.delay_sleep()
                self._queue(Woke)
                self._assume_input()
            case Happening.ENDING:
                self._queue(Quitting)
            case Happening.NOT_ENDING:
                self._power.delay_sleep()

    def _assume_input(self) -> None:
        """The end of a lock or a sleep has to do where no input is seen."""
        if self.lacks_idle_time:
            self._queue(InputResumed)
