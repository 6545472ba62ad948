"""Waits until something holds, instead of sleeping and hoping."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE_SECONDS: Final = 30.0
"""Many times what anything takes here, so that a busy machine fails no test."""
PAUSE_SECONDS: Final = 0.01
BUSY: Final = 5
"""So many times longer may take here what is promised in seconds, as other tests run beside it;
the benchmarks take its time on a machine of its own."""


def wait_until(predicate: Callable[[], T | None], seconds: float = PATIENCE_SECONDS) -> T:
    """The first true value of `predicate`.

    Raises:
        TimeoutError: There was none for `seconds`.
    """
    end = time.monotonic() + seconds
    while not (value := predicate()):
        if time.monotonic() > end:
            raise TimeoutError(f"Nothing came of {predicate} in {seconds:g} s: {value!r}")
        time.sleep(PAUSE_SECONDS)
    return value
