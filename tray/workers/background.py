"""Runs what may hang without any limit on threads that nobody waits for, not even to quit.

A `QThread` that runs at the end aborts the process; a daemon thread of Python's is just left.
"""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from tray.paths import Paths
from tray.profiles import keyring_scope

if TYPE_CHECKING:
    from tray.credentials import SecretStore

KeyringJob = Callable[["SecretStore"], None]
"""Uses the secrets; it does not raise, and tells what came of it by a signal."""


def run_aside(job: Callable[[], None], *, name: str) -> Thread:
    """Do `job` on a thread of its own; it does not raise, and tells by a signal."""
    thread = Thread(target=job, name=name, daemon=True)
    thread.start()
    return thread


class KeyringThread:
    """The one thread that speaks with the computer's keyring, from the first job on.

    Args:
        make: Makes the store of the secrets, on that thread; `of_computer` makes the usual one.
    """

    def __init__(self, make: "Callable[[], SecretStore]") -> None:
        self._make = make
        self._keeper: SecretStore | None = None
        self._jobs: SimpleQueue[KeyringJob] = SimpleQueue()
        self._thread: Thread | None = None
        self._starting = Lock()

    def do(self, job: KeyringJob) -> None:
        """Do `job` when those before are done; from any thread."""
        self._jobs.put(job)
        with self._starting:  # or each of several callers at once would start a thread
            if self._thread is None or not self._thread.is_alive():  # which a bug has ended
                self._thread = run_aside(self._work, name="keyring")

    def _work(self) -> None:
        if self._keeper is None:
            self._keeper = self._make()
        while True:
            self._jobs.get()(self._keeper)


def of_computer(profile: Paths) -> KeyringThread:
    """The thread for the secrets of a profile, as this computer keeps them."""

    def make() -> "SecretStore":
        from tray.keyring_process import SecretsAside

        return SecretsAside(scope=keyring_scope(profile))

    return KeyringThread(make)
