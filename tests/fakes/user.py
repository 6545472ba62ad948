"""Somebody in front of the computer, or not."""

import threading
import time
from collections.abc import Callable


class User:
    """Touches the keyboard when the test says so; time passes as it really does."""

    def __init__(self) -> None:
        self.touched: list[Callable[[], None]] = []
        """Called at each touch."""
        self._last = time.monotonic()
        self._waiting: list[tuple[float, Callable[[], None]]] = []
        self._lock = threading.Lock()
        self._timers: list[threading.Timer] = []
        self._gone = False

    @property
    def idle_ms(self) -> int:
        """Since the last touch."""
        return int((time.monotonic() - self._last) * 1000)

    def idle_for(self, milliseconds: int) -> None:
        """The last touch was so long ago."""
        self._last = time.monotonic() - milliseconds / 1000

    def touch(self) -> None:
        """Press a key, or move the mouse."""
        with self._lock:
            self._last = time.monotonic()
        for each in self.touched:
            each()
        for seconds, then in self._waiting:
            self._arm(seconds, then)

    def when_idle(self, milliseconds: int, then: Callable[[], None]) -> None:
        """Call back, in another thread, whenever there was no touch for so long."""
        self._waiting.append((milliseconds / 1000, then))
        self._arm(milliseconds / 1000, then)

    def leave(self) -> None:
        """The end of the test: nobody is called back any more."""
        with self._lock:
            self._gone = True
            self._waiting.clear()
            timers = tuple(self._timers)
        for timer in timers:
            timer.cancel()
            timer.join()

    def _arm(self, seconds: float, then: Callable[[], None]) -> None:
        last = self._last

        def due() -> None:
            if self._last == last and any(then is each for _, each in self._waiting):
                then()

        timer = threading.Timer(max(0.0, seconds - self.idle_ms / 1000), due)
        with self._lock:
            if not self._gone:
                self._timers.append(timer)
                timer.start()
