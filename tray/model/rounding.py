"""Whole minutes for lengths that stand below each other, so that they add up to their sum."""

from collections.abc import Sequence

from tray.model.durations import MINUTE


def whole_minutes(lengths: Sequence[int]) -> list[int]:
    """Each length in minutes, rounded up or down; together they are the minutes of their sum.

    What is nearest to its next minute is rounded up (the method of the largest remainder), the
    first of those that are as near.

    Args:
        lengths: Seconds, none negative.
    """
    minutes = [length // MINUTE for length in lengths]
    missing = sum(lengths) // MINUTE - sum(minutes)
    by_remainder = sorted(range(len(lengths)), key=lambda at: -(lengths[at] % MINUTE))
    for at in by_remainder[:missing]:
        minutes[at] += 1
    return minutes


def growing_minutes(finished: int, running: int) -> int:
    """The minutes of what runs beside what is finished, both in seconds.

    With those of the finished they add up, which stay as they are while it grows.
    """
    return (finished + running) // MINUTE - finished // MINUTE
