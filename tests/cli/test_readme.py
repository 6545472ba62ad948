"""The day that the README shows can be lived, and its account be signed in to."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server

README = Path(__file__).parents[2] / "README.md"
MOMENTS = (902, 1012, 1050, 1052, 1105, 1117, 1118, 1119, 1120, 1120, 1121)
"""When each command of the day is given, as hhmm."""


def commands(number: int) -> list[list[str]]:
    """The commands of one of the examples."""
    examples = re.findall(r"^```console\n(.*?)^```", README.read_text(), re.M | re.S)
    found = re.findall(r"^\$ toggl-tray (.*?)(?:\s{2,}#.*)?$", examples[number], re.M)
    return [shlex.split(each) for each in found]


def test_every_command_of_the_day_does_its_work(cli: Cli) -> None:
    day = commands(0)
    assert len(day) == len(MOMENTS)
    said = []
    for command, moment in zip(day, MOMENTS, strict=True):
        hour, minute = divmod(moment, 100)
        cli.now = int(datetime(2026, 2, 13, hour, minute, tzinfo=UTC).timestamp())
        said.append(cli(*command))
    assert said[0] == "Started Write report · Acme · #writing at 09:02\n"
    assert said[1].splitlines()[1] == "Started Call Ann · Acme / Support · $ at 10:12"
    assert said[5].startswith("Write report · Acme · #writing\nRunning for 0:12:00, since 11:05\n")


def test_every_command_of_the_account_does_its_work(
    cli: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    cli.is_typed(toggl.account.token)
    said = [cli(*command) for command in commands(1)]
    assert said[0].startswith("Signed in as Test User, at 127.0.0.1.\n")
    assert said[1] == "Synced with the account of Test User; 0 entries here.\n"
    assert said[2].startswith("looking for changes")
    assert said[3].endswith("Signed in as Test User.\n")
    assert said[4] == "Nothing waits for you.\n"
    assert keyring.secrets
