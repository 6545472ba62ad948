# mypy: ignore-errors
"""togglCli 4.0.1: its address is a constant of a module, which is read at each call."""

import os
from pathlib import Path

from click.testing import CliRunner
from toggl import toggl
from toggl.cli import commands

base = os.environ["BASE"]
toggl.TOGGL_URL = f"{base}/api/v9"
toggl.REPORTS_URL = f"{base}/reports/api/v2"
os.environ["TOGGL_API_TOKEN"] = os.environ["TOKEN"]
folder = Path(os.environ["HOME"])
(folder / ".togglrc").write_text("[version]\nversion = 4.0.0\n[options]\ntz = utc\n")


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(commands.cli, words, obj={})
    assert done.exit_code == code, (words, done.output, done.exception)
    return done.output


assert "no time entry" in run("now", code=1).lower()
run("start", "写代码", "--project", "Web")
assert "写代码" in run("now")
run("stop")
run("add", "2026-02-13 09:00", "2026-02-13 10:00", "one hour")
assert "one hour" in run("ls", "--start", "2026-02-12", "--stop", "2026-02-14")
run("continue")
run("stop")
assert "Web" in run("projects", "ls")
run("projects", "add", "--name", "Site")
run("clients", "add", "--name", "Acme")
assert "Acme" in run("clients", "ls")
assert "My workspace" in run("workspaces", "ls")
run("start", "tagged", "--tags", "urgent")
assert "urgent" in run("tags", "ls")
run("rm", "one hour")
