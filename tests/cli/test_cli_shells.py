"""Completion where it is used: Tab is pressed in a real bash, zsh and fish."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

SHELLS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
SET_UP = {
    "bash": 'eval "$(toggl-tray completion bash)"; bind "set bell-style none"; PS1="RE""ADY "',
    "zsh": 'autoload -U compinit; compinit -D; eval "$(toggl-tray completion zsh)"; PS1="RE""ADY "',
    "fish": 'toggl-tray completion fish | source; function fish_prompt; echo "RE""ADY "; end',
}


@pytest.fixture(params=SHELLS)
def terminal(
    program: Program, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Terminal]:
    """An interactive shell with completion set up, in which there are some projects and tags."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "toggl-tray"
    script.write_text(f'#!/bin/sh\nexec {quote(sys.executable)} -m tray "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    for name in ("Big Co Site", "客户"):
        program("projects", "create", name)
    program("tags", "create", "two words")
    program("add", "Write report @客户 8:00-9:00")
    environ = {**program.environ, "PATH": f"{folder}:{program.environ['PATH']}", "TERM": "dumb"}
    with Terminal(SHELLS[request.param], environ) as shell:
        shell.types(f"{SET_UP[request.param]}\n")
        shell.shows("READY ")
        yield shell


def test_one_candidate_is_filled_in(terminal: Terminal) -> None:
    for typed, completed, result in (
        ("toggl-tray stat\t", "status ", "Nothing is running."),
        ('toggl-tray start "Text @B\t', "Site", "Started Text · Big Co Site at"),
        ("toggl-tray start 'Text @B\t", "Site", "Started Text · Big Co Site at"),
        ("toggl-tray start Text @B\t", "Site", "Started Text · Big Co Site at"),
        ('toggl-tray start "Text @客\t', "户", "Started Text · 客户 at"),
        ('toggl-tray start "Text #t\t', "words", "Started Text · #two words at"),
        ('toggl-tray start "Wr\t', "report", "Started Write report · 客户 at"),
        ("toggl-tray projects archive B\t", "Site", "Archived project 1: Big Co Site"),
        ("toggl-tray edit 1 -t t\t", "words", "Changed 1 to Write report · 客户 · #two words"),
    ):
        terminal.types(typed)
        terminal.shows(completed)
        terminal.types("\n")
        terminal.shows(result)
        terminal.shows("READY ")


@pytest.mark.parametrize(
    ("terminal", "shown"),
    [("bash", "start   status"), ("zsh", "status  -- what is running, and how much")],
    indirect=["terminal"],
)
def test_several_candidates_are_shown(terminal: Terminal, shown: str) -> None:
    terminal.types("toggl-tray sta\t\t")
    terminal.shows(shown)
