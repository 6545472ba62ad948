"""A command line with a folder of its own: in this process, with a clock to set, or in another."""

import io
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import keyring as keyring_library
import pytest

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Account, Server, serve
from tray.cli.main import main

ROOT: Final = Path(__file__).parents[2]
NOON: Final = 1_770_984_000
"""Friday 2026-02-13 12:00:00 UTC."""


class Cli:
    """Runs commands in this process, at a time that stands still."""

    def __init__(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.home = home
        self._monkeypatch = monkeypatch
        self.now = NOON
        """Epoch seconds; whoever lets time pass adds to it."""
        self._capsys = capsys

    def __call__(self, *words: str) -> str:
        """What a command prints that does its work and has nothing to remark."""
        said, remarks = self.with_remarks(*words)
        assert remarks == ""
        return said

    def with_remarks(self, *words: str) -> tuple[str, str]:
        """What a command prints that does its work, and what it says beside it."""
        assert main(words) == 0, self._capsys.readouterr().err
        captured = self._capsys.readouterr()
        return captured.out, captured.err

    def fails(self, code: int, *words: str) -> str:
        """The one sentence with which a command fails."""
        assert main(words) == code, self._capsys.readouterr()
        captured = self._capsys.readouterr()
        assert captured.out == ""
        sentence = captured.err.removeprefix("toggl-tray: ").removesuffix("\n")
        assert sentence != captured.err
        assert "\n" not in sentence
        assert sentence[-1] in ".?"
        return sentence

    def whatever_comes(self, *words: str) -> str:
        """All that a command prints, whether it does its work or not."""
        main(words)
        captured = self._capsys.readouterr()
        return captured.out + captured.err

    def half_done(self, code: int, *words: str) -> tuple[str, str]:
        """What a command prints before it fails, and what it says then."""
        assert main(words) == code, self._capsys.readouterr()
        captured = self._capsys.readouterr()
        return captured.out, captured.err.removeprefix("toggl-tray: ").removesuffix("\n")

    def misused(self, *words: str) -> str:
        """What is said of a wrong command line, below how to use the command."""
        assert main(words) == 2
        captured = self._capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith(f"usage: toggl-tray {words[0]} ")
        return captured.err.splitlines()[-1].partition(": error: ")[2]

    def is_typed(self, text: str) -> None:
        """What is piped to the commands that follow."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    def json(self, *words: str) -> Any:
        """What a command prints as JSON."""
        return json.loads(self(*words))

    def settings(self, *lines: str) -> None:
        """Write the settings file."""
        text = "\n".join(["time_zone = 'UTC'", *lines])
        (self.home / "settings.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def cli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Cli]:
    """The command line at noon of a Friday, with nothing in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(home))
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(screen, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    read_zone = getattr(time, "tzset", lambda: None)  # Windows: the settings name UTC as well
    read_zone()
    made = Cli(home, capsys, monkeypatch)
    made.settings()
    monkeypatch.setattr(time, "time", lambda: made.now + 0.9)
    yield made
    monkeypatch.undo()
    read_zone()


class Program:
    """Runs commands in processes of their own, as a shell does."""

    command: Final = (sys.executable, "-m", "tray")

    def __init__(self, folder: Path) -> None:
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TOGGL_TRAY_HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
        }

    def __call__(
        self,
        *words: str | bytes,
        code: int = 0,
        environ: Mapping[str, str] = MappingProxyType({}),
        typed: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """The result of a command that leaves with `code`; in UTF-8, whatever `environ` says."""
        return self.run([*self.command, *words], code=code, environ=environ, typed=typed)

    def run(
        self,
        command: Sequence[str | bytes],
        *,
        code: int = 0,
        environ: Mapping[str, str] = MappingProxyType({}),
        encoding: str = "utf-8",
        typed: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """The result of any command that leaves with `code`; `typed` is its input."""
        done = subprocess.run(
            command,
            env={**self.environ, **environ},
            input=typed,
            capture_output=True,
            encoding=encoding,
            errors="surrogateescape",
            timeout=60,
        )
        assert done.returncode == code, (done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program as a process; it is about noon, so that no test meets midnight."""
    made = Program(tmp_path)
    home = Path(made.environ["TOGGL_TRAY_HOME"])
    home.mkdir()
    ahead = 12 - time.gmtime().tm_hour
    # These zones are named the other way round: Etc/GMT+3 is three hours behind.
    (home / "settings.toml").write_text(f"time_zone = 'Etc/GMT{-ahead:+}'", encoding="utf-8")
    return made


@pytest.fixture
def keyring() -> Iterator[FakeKeyring]:
    """The computer's keyring, for this process."""
    before, fake = keyring_library.get_keyring(), FakeKeyring()
    keyring_library.set_keyring(fake)
    yield fake
    keyring_library.set_keyring(before)


@pytest.fixture
def toggl(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose clock is that of `cli`, and which `cli` takes for Toggl's.

    Whoever sleeps lets the time of `cli` pass, and hardly any other.
    """
    really_sleep = time.sleep

    def sleep(seconds: float) -> None:
        really_sleep(min(seconds, 0.05))
        cli.now += math.ceil(seconds)

    monkeypatch.setattr(time, "sleep", sleep)
    with serve(Account(clock=lambda: float(cli.now))) as server:
        monkeypatch.setenv("TOGGL_API_URL", server.url)
        yield server


@pytest.fixture
def signed_in(cli: Cli, toggl: Server, keyring: FakeKeyring) -> Cli:
    """A command line that is signed in there."""
    cli.is_typed(toggl.account.token)
    cli("login")
    assert list(keyring.secrets.values()) == [toggl.account.token]
    return cli


@pytest.fixture
def shell(program: Program) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs a line of bash in which ``toggl-tray`` is the program."""
    line_before = f'toggl-tray() {{ "{sys.executable}" -m tray "$@"; }}; '
    return lambda line: program.run(["bash", "-c", line_before + line])
