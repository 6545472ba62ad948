import sys
import threading
from collections.abc import Iterator

import pytest

from tests.fakes.keyrings import FakeKeyring
from tray.credentials import SecretStore
from tray.workers.background import KeyringThread

PATIENCE_SECONDS = 30
ROUNDS = 100


@pytest.fixture
def hasty_switches() -> Iterator[None]:
    """Python changes between threads as often as it can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_every_job_has_the_same_thread_and_keeper() -> None:
    seen: list[tuple[int, SecretStore]] = []
    done = threading.Event()
    thread = KeyringThread(lambda: SecretStore(FakeKeyring))
    for _ in range(3):
        thread.do(lambda secret_store: seen.append((threading.get_ident(), secret_store)))
    thread.do(lambda _: done.set())
    assert done.wait(PATIENCE_SECONDS)
    assert len(set(seen)) == 1
    assert seen[0][0] != threading.get_ident()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_a_job_does_not_keep_the_next_from_being_done() -> None:
    thread = KeyringThread(lambda: SecretStore(FakeKeyring))
    failed = threading.Event()
    done = threading.Event()

    def broken(secret_store: SecretStore) -> None:
        secret_store.save("account", "secret")
        failed.set()
        raise ZeroDivisionError

    thread.do(broken)
    assert failed.wait(PATIENCE_SECONDS)
    assert thread._thread is not None
    thread._thread.join(PATIENCE_SECONDS)
    kept: list[str | None] = []

    def read(secret_store: SecretStore) -> None:
        kept.append(secret_store.read("account"))
        done.set()

    thread.do(read)
    assert done.wait(PATIENCE_SECONDS)
    assert kept == ["secret"]


@pytest.mark.usefixtures("hasty_switches")
def test_several_callers_at_once_share_one_thread() -> None:
    callers = 4
    for _ in range(ROUNDS):
        keyring, gate = KeyringThread(lambda: SecretStore(FakeKeyring)), threading.Barrier(callers)
        seen: set[int] = set()
        done = threading.Semaphore(0)

        def note(_: SecretStore, seen: set[int] = seen, done: threading.Semaphore = done) -> None:
            seen.add(threading.get_ident())
            done.release()

        def call(keyring: KeyringThread = keyring, gate: threading.Barrier = gate) -> None:
            gate.wait(PATIENCE_SECONDS)
            keyring.do(note)

        threads = [threading.Thread(target=call) for _ in range(callers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        assert all(done.acquire(timeout=PATIENCE_SECONDS) for _ in range(callers))
        assert len(seen) == 1
