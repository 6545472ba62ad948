"""What is left of a program that was killed over and over while it exchanged; see `kills`."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.fakes.toggl import Account, serve

ROOT = Path(__file__).parents[2]


class Killed(NamedTuple):
    """What became of all kills."""

    kills: int
    while_sending: int
    """Kills that left a change behind which was being sent."""
    posts: int
    """Requests that made or stopped something."""
    lost: list[str]
    doubled: list[str]
    in_step: bool
    """Whether both sides have the same, and nothing waits."""


def kill(folder: Path, kills: int) -> Killed:
    """Kill that many programs that work on one database, with a server on loopback."""
    with serve(Account()) as server:
        for bucket in ("user", f"organization {server.account.workspace.organization_id}"):
            server.quota.limits[bucket] = 1_000_000
        program = (sys.executable, "-W", "error", "-m", "tests.sync.kills")
        arguments = (str(folder), server.url, server.account.token, str(kills))
        done = subprocess.run(
            (*program, *arguments), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        there = [(each.description, each.start, each.stop) for each in server.account.entries()]
        posts = sum(each.method == "POST" for each in server.log)
    report = json.loads(done.stdout)
    here = [(name, start, stop) for name, start, stop in report["here"]]
    names = Counter(name for name, *_ in here)
    gone = set(report["perhaps_gone"])
    return Killed(
        kills,
        report["waiting"],
        posts,
        sorted(set(report["made"]) - names.keys() - gone),
        sorted(name for name, count in names.items() if count > 1),
        (report["pending"], report["refused"]) == (0, 0) and Counter(here) == Counter(there),
    )
