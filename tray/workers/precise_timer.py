"""Timers that come when they are due, made so without the names of Qt's enumerations."""

from PySide6.QtCore import QTimer

_PRECISE = 0
"""`Qt.TimerType.PreciseTimer`. To name it makes every enumeration of `Qt`, which takes 20 ms."""


def make_precise(timer: QTimer) -> None:
    """Keep it from coming early or late by a twentieth, as Qt's timers may to spare the battery."""
    timer.setProperty("timerType", _PRECISE)


def milliseconds_until(moment: int, now: int, exact: float) -> int:
    """How long until the clock shows `moment`, and a bit over.

    Counted from the rounded `now` alone it would be up to a second later: an awakening of its own
    beside what else was due with the same second.

    Args:
        moment: Epoch seconds.
        now: The same, rounded down.
        exact: What the system's clock shows, of which the part of a second counts.
    """
    return max(0, 1_000 * (moment - now) - int(exact % 1 * 1_000)) + 5
