"""The day that the README shows can be lived."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import Cli

README = Path(__file__).parents[2] / "README.md"
MOMENTS = (902, 1012, 1050, 1052, 1105, 1117, 1118, 1119, 1120, 1121)
"""When each command is given, as hhmm."""


def test_every_command_of_the_day_does_its_work(cli: Cli) -> None:
    commands = re.findall(r"^\$ toggl-tray (.*?)(?:\s{2,}#.*)?$", README.read_text(), re.M)
    assert len(commands) == len(MOMENTS)
    said = []
    for command, moment in zip(commands, MOMENTS, strict=True):
        hour, minute = divmod(moment, 100)
        cli.now = int(datetime(2026, 2, 13, hour, minute, tzinfo=UTC).timestamp())
        said.append(cli(*shlex.split(command)))
    assert said[0] == "Started Write report · Acme · #writing at 09:02\n"
    assert said[1].splitlines()[1] == "Started Call Ann · Acme / Support · $ at 10:12"
    assert said[5].startswith("Write report · Acme · #writing\nRunning for 0:12:00, since 11:05\n")
