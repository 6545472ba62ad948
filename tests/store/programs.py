"""Starts the programs of this folder, where need be in a namespace in which they may mount."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]

NAMESPACES: Final = (
    ("unshare", "--mount"),  # for root
    ("unshare", "--user", "--map-root-user", "--mount"),  # where users may have their own
    ("sudo", "-n", "unshare", "--mount"),  # on a hosted runner
)


def run(module: str, *arguments: str, within: Sequence[str] = ()) -> dict[str, Any]:
    """Run a program of this folder, by way of the command `within`; return what it reports."""
    program = (*within, sys.executable, "-W", "error", "-m", f"tests.store.{module}", *arguments)
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    reported: dict[str, Any] = json.loads(done.stdout)
    return reported


def namespace() -> Sequence[str]:
    """The command that runs another where it may mount; empty if nothing here allows that."""
    for command in NAMESPACES:
        try:
            done = subprocess.run((*command, "true"), capture_output=True, check=False)
        except FileNotFoundError:
            continue
        if done.returncode == 0:
            return command
    return ()


def mounting(namespace: Sequence[str], script: str, *arguments: str) -> Sequence[str]:
    """The command that mounts as `script` says, with `arguments` as $1 and so on, then runs."""
    shift = f'{script} && shift {len(arguments)} && exec "$@"'
    return (*namespace, "sh", "-c", shift, "sh", *arguments)


def is_root() -> bool:
    """Whether permissions mean nothing to this process."""
    return os.name == "posix" and os.geteuid() == 0
