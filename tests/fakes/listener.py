"""pynput's listener without a keyboard: a thread to which a test says what was pressed."""

import queue
import threading
from collections.abc import Callable
from typing import Any, NamedTuple


class Key(NamedTuple):
    """As one of `pynput.keyboard.Key`."""

    name: str


class KeyCode(NamedTuple):
    """As `pynput.keyboard.KeyCode`."""

    char: str | None = None
    vk: int | None = None


class FakeListener:
    """Calls back from a thread of its own, as the real one does."""

    IS_TRUSTED = False

    def __init__(self, pressed: Callable[[Any], None], released: Callable[[Any], None]) -> None:
        self._ready = threading.Event()
        self._callbacks = {True: pressed, False: released}
        self._events: queue.SimpleQueue[tuple[bool, Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        """Begin to call back."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until its thread has looked whether it may listen."""
        self._ready.wait()

    def stop(self) -> None:
        """Ask it to end."""
        self._events.put(None)

    def join(self, timeout: float) -> None:
        """Wait until it has."""
        self._thread.join(timeout)

    @property
    def running(self) -> bool:
        """Whether it may still call back."""
        return self._thread.is_alive()

    def press(self, key: Any) -> None:
        """A key goes down, or repeats."""
        self._events.put((True, key))

    def release(self, key: Any) -> None:
        """A key comes up."""
        self._events.put((False, key))

    def _run(self) -> None:
        self.IS_TRUSTED = True
        self._ready.set()
        while event := self._events.get():
            down, key = event
            self._callbacks[down](key)
