"""The keyring of a real desktop keeps what the user signed in with, and nothing else does."""

import base64
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

import pytest

from tests.fakes.dbus import open_bus
from tests.rig.bus import Bus
from tests.rig.environ import inherited, of_home
from tests.rig.secret_service import SERVICE, secret_service

SECRET: Final = "0123456789abcdef-secret"
PATH: Final = "/org/freedesktop/secrets"
LOGIN: Final = f"{PATH}/collection/login"
PROGRAM: Final = """
import sys
from tray.credentials import SecretStore, Patience

secret_store = SecretStore()
for line in sys.stdin:
    verb, *secret = line.split()
    if verb == "quietly":
        quiet = SecretStore(patience=Patience(20, lambda: None, may_ask=False))
        print(quiet.read("https://api.example.com/api/v9 token"), quiet.problem, flush=True)
        continue
    done = getattr(secret_store, verb)("https://api.example.com/api/v9 token", *secret)
    print(done, secret_store.problem, flush=True)
"""


class Computer:
    """A home, a D-Bus session and a keyring on it that is unlocked."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        self.environ = {
            **inherited(own_home=True),
            **of_home(home),
            "DBUS_SESSION_BUS_ADDRESS": address,
        }
        self.bus = Bus(address)

    @contextmanager
    def program(self, *, at: str | None = None) -> Iterator["Program"]:
        """One that signs in and out, on this session or at another address."""
        environ = self.environ | ({"DBUS_SESSION_BUS_ADDRESS": at} if at else {})
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin
            assert process.stdout
            yield Program(process.stdin, process.stdout)
            process.stdin.close()
            assert process.wait() == 0


class Program:
    """Does what is written to it, and answers with what came of it."""

    def __init__(self, asked: IO[str], answers: IO[str]) -> None:
        self._asked = asked
        self._answers = answers

    def do(self, *words: str) -> str:
        """The result of a method of `SecretStore`, and the problem."""
        self._asked.write(" ".join(words) + "\n")
        self._asked.flush()
        return self._answers.readline().strip()


@contextmanager
def serving(computer: Computer, password: bytes) -> Iterator[Computer]:
    """With a keyring that is unlocked by the password of a login; empty: nobody has logged in."""
    try:
        with secret_service(computer.environ, computer.bus, password):
            yield computer
    finally:
        computer.bus.close()


@pytest.fixture
def computer() -> Iterator[Computer]:
    with (
        TemporaryDirectory(prefix="home-") as home,
        open_bus() as daemon,
        serving(Computer(Path(home), daemon.address), b"password of the login") as computer,
    ):
        yield computer


def test_a_sign_in_outlasts_the_program_until_it_is_forgotten(computer: Computer) -> None:
    with computer.program() as first:
        assert first.do("read") == "None"
        assert first.do("save", SECRET) == "TokenStorage.KEYRING"
    with computer.program() as second:
        assert second.do("read") == SECRET
        assert second.do("save", "newer") == "TokenStorage.KEYRING"
        assert second.do("read") == "newer"
        assert second.do("delete") == "None"
        assert second.do("read") == "None"


def test_the_secret_is_in_no_file_and_no_list_of_processes(computer: Computer) -> None:
    with computer.program() as program:
        assert program.do("save", SECRET) == "TokenStorage.KEYRING"
        files = [path for path in computer.home.rglob("*") if path.is_file()]
        assert any(path.name == "login.keyring" for path in files)
        seen = [path.read_bytes() for path in files] + list(of_processes())
    written = [SECRET.encode(), SECRET.encode().hex().encode(), base64.b64encode(SECRET.encode())]
    assert not any(way in text for text in seen for way in written)


def of_processes() -> Iterator[bytes]:
    """The arguments and the environment of each process that can be looked at."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                yield (process / name).read_bytes()
            except OSError:  # it has ended, or is another user's
                continue
            found += 1
    assert found > 2


def test_a_locked_keyring_is_said_and_the_sign_in_is_for_this_run(computer: Computer) -> None:
    with computer.program() as program:
        program.do("save", SECRET)
        computer.bus.call(SERVICE, PATH, "org.freedesktop.Secret.Service.Lock", "ao", [LOGIN])
        problem = "the keyring is locked; unlock it and try again."
        assert program.do("read") == f"None Your sign-in could not be read: {problem}"
        assert program.do("save", "newer").startswith(
            "TokenStorage.MEMORY Your sign-in is remembered only"
        )
        assert program.do("read").startswith("newer")


def test_without_a_session_the_sign_in_is_for_this_run(computer: Computer) -> None:
    with computer.program(at=f"unix:path={computer.home}/nowhere") as program:
        answer = program.do("save", SECRET)
        assert answer.startswith(
            "TokenStorage.MEMORY Your sign-in is remembered only until this program"
        )
        assert "no keyring that encrypts was found" in answer
        assert program.do("read").startswith(SECRET)
    with computer.program() as program:
        assert program.do("read") == "None"


def test_to_look_unlocks_no_keyring(computer: Computer) -> None:
    with computer.program() as program:
        program.do("save", SECRET)
        computer.bus.call(SERVICE, PATH, "org.freedesktop.Secret.Service.Lock", "ao", [LOGIN])
        problem = "the keyring is locked; unlock it and try again."
        assert program.do("quietly") == f"None Your sign-in could not be read: {problem}"


def test_to_look_where_nothing_was_ever_kept_sets_up_no_keyring() -> None:
    """The desktop would ask for the password of a new one."""
    with (
        TemporaryDirectory(prefix="home-") as home,
        open_bus() as daemon,
        serving(Computer(Path(home), daemon.address), b"") as computer,
        computer.program() as program,
    ):
        for verb in ("read", "quietly", "delete"):
            assert program.do(verb) == "None"
        assert not list(Path(home).rglob("*.keyring"))
