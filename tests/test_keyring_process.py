"""The keyring asked by a process that ends with the answer, as if this one had asked."""

import json
import sys
import time
from pathlib import Path
from typing import Final

import keyring.core
import pytest

from tests.fakes.keyrings import FakeKeyring, keyring_environ
from tests.rig.waiting import BUSY, wait_until
from tray import language, program
from tray.child_process import popen, start_child
from tray.chosen_language import set_language
from tray.credentials import SERVICE, SecretStore, TokenStorage
from tray.keyring_process import SecretsAside

URL: Final = "https://api.example.com/api/v9"
SECRET: Final = "0123456789abcdef-secret"
LOCKED: Final = f"{__name__}.LockedKeyring"


class LockedKeyring(FakeKeyring):
    """One that the user does not unlock."""

    def _check(self) -> None:
        from keyring.errors import KeyringLocked

        raise KeyringLocked(SECRET)


class HangingKeyring(FakeKeyring):
    """One that waits for its user."""

    def _check(self) -> None:
        time.sleep(60)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the keyring of all processes is."""
    path = tmp_path / "keyring.json"
    for name, value in keyring_environ(path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)  # found once in each process
    return path


@pytest.fixture(params=["aside", "not to be started", "ends at once", "talks nonsense"])
def secret_store(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, file: Path
) -> SecretStore:
    del file
    broken = {
        "not to be started": ["/nowhere"],
        "ends at once": [sys.executable, "-c", ""],
        "talks nonsense": [sys.executable, "-c", "print('[]')"],
    }
    if request.param in broken:
        monkeypatch.setattr(program, "command", lambda *_: broken[request.param])
    return SecretsAside(scope="")


def test_what_is_kept_is_read_until_it_is_forgotten(secret_store: SecretStore, file: Path) -> None:
    assert secret_store.read(URL) is None
    assert secret_store.problem == ""
    assert secret_store.save(URL, SECRET) is TokenStorage.KEYRING
    assert SECRET in file.read_text(encoding="utf-8")
    assert SecretsAside(scope="").read(URL) == SECRET
    secret_store.delete(URL)
    assert SecretsAside(scope="").read(URL) is None
    assert secret_store.problem == ""


def test_each_profile_has_its_own(file: Path) -> None:
    SecretsAside(scope="profile 1").save(URL, SECRET)
    assert SecretsAside(scope="").read(URL) is None
    assert SERVICE in file.read_text(encoding="utf-8")
    assert SecretsAside(scope="profile 1").read(URL) == SECRET


def test_what_cannot_be_kept_is_kept_for_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", LOCKED)
    secret_store = SecretsAside(scope="")
    assert secret_store.save(URL, SECRET) is TokenStorage.MEMORY
    assert "until this program ends" in secret_store.problem
    assert secret_store.reason == "the keyring is locked; unlock it and try again"
    assert secret_store.read(URL) == SECRET
    secret_store.delete(URL)
    assert secret_store.read(URL) is None
    assert SECRET not in secret_store.problem


def test_a_problem_is_said_in_the_language_of_the_one_that_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", LOCKED)
    before = language.language()
    try:
        set_language("de")
        here = SecretStore(LockedKeyring, scope="")
        aside = SecretsAside(scope="")
        assert (aside.read(URL), here.read(URL)) == (None, None)
        assert aside.problem == here.problem
    finally:
        set_language(before)


def test_the_one_that_asked_loads_no_keyring(file: Path) -> None:
    del file
    SecretsAside(scope="").save(URL, SECRET)
    code = f"""
import sys
from tray.keyring_process import SecretsAside
assert SecretsAside(scope="").read({URL!r}) == {SECRET!r}
assert not {{"keyring", "subprocess"}} & set(sys.modules)
"""
    process = popen([sys.executable, "-c", code])
    assert process.wait() == 0
    program.end(process)


def test_it_ends_with_the_one_that_asked_and_nobody_has_seen_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While it waits for the user, too."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{__name__}.HangingKeyring")
    process = start_child(program.command(program.ASK_KEYRING))
    assert process.stdin
    assert process.stdout
    question = {"language": "en", "scope": "", "verb": "save", "words": [URL, SECRET]}
    process.stdin.write(json.dumps(question).encode() + b"\n")
    process.stdin.flush()
    folder = Path(f"/proc/{process.pid}")
    wait_until(lambda: b"ask-keyring" in (folder / "cmdline").read_bytes())
    seen = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
    assert SECRET.encode() not in seen
    begun = time.monotonic()
    process.stdin.close()
    assert process.wait() == 0
    assert time.monotonic() - begun < 20 * BUSY
    process.stdout.close()
