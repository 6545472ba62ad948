"""Keyrings that keep in memory, fail, or do as if they had done what they were told."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import PasswordDeleteError

KEYRING_FILE = "TEST_KEYRING_FILE"


class FakeKeyring(KeyringBackend):
    """One that works, until told what to raise."""

    viable = False  # so that nobody finds it who looks for the computer's keyring
    priority = 5.0  # as of Secret Service

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.fails: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")

    def _check(self) -> None:
        if self.fails:
            raise self.fails


class ForgetfulKeyring(FakeKeyring):
    """Keeps nothing, without a word."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class StubbornKeyring(FakeKeyring):
    """Removes nothing, without a word."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class PlaintextKeyring(FakeKeyring):
    """Ranks as one that writes to a file what it is given."""

    priority = 0.5


class Chain(ChainerBackend):
    """Keyrings of which one is asked after the other."""

    viable = False
    priority = 10.0
    backends: list[KeyringBackend] = []  # noqa: RUF012  # a property of its base

    def __init__(self, *backends: KeyringBackend) -> None:
        self.backends = list(backends)


class FileKeyring(FakeKeyring):
    """One that processes share: ``PYTHON_KEYRING_BACKEND`` names it, `KEYRING_FILE` its file."""

    def __init__(self) -> None:
        super().__init__()
        self._path = Path(os.environ[KEYRING_FILE])
        if self._path.exists():
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            self.secrets = {(service, name): secret for service, name, secret in kept}

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        self._write()

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        self._write()

    def _write(self) -> None:
        kept = [[*names, secret] for names, secret in self.secrets.items()]
        self._path.write_text(json.dumps(kept), encoding="utf-8")


def keyring_environ(file: Path) -> dict[str, str]:
    """What has a process use a `FileKeyring`."""
    return {
        "PYTHON_KEYRING_BACKEND": f"{FileKeyring.__module__}.{FileKeyring.__name__}",
        KEYRING_FILE: str(file),
    }
