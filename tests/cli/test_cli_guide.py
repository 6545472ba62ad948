"""What the program does without a command, in a terminal and without one."""

import json
import sys
import time
from datetime import datetime

import pytest

from tests.cli.conftest import Program
from tests.cli.terminal import Terminal

COMMAND = [sys.executable, "-m", "tray"]
QUESTION = "What are you working on?"


def test_the_first_entry(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        shown = terminal.shows("> ")
        assert shown.startswith("Nothing is running.\nToday 0:00:00, this week 0:00:00\n")
        assert f"{QUESTION} For example: Write report @Acme #writing\n" in shown
        terminal.types("Write report #writing -15m\n")
        assert terminal.ends() == 0
        assert "Started Write report · #writing at 1" in terminal.text
        assert "`toggl-tray stop` stops it, `toggl-tray list` shows the day." in terminal.text
    assert "Running for 0:15:0" in program("status").stdout


def test_an_entry_starts_when_it_is_named_not_when_it_was_asked_for(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        terminal.shows("> ")
        time.sleep(2)
        named = int(time.time())
        terminal.types("Report\n")
        assert terminal.ends() == 0
    started = json.loads(program("status", "--json").stdout)["running"]["start"]
    assert datetime.fromisoformat(started).timestamp() >= named


def test_what_comes_next(program: Program) -> None:
    program("start", "One")
    with Terminal([*COMMAND, "guide"], program.environ) as terminal:
        shown = terminal.shows("> ")
        assert shown.startswith("One\nRunning for 0:00:0")
        assert "What comes next? It stops the running entry." in shown
        terminal.types("Two\n")
        assert terminal.ends() == 0
        assert "Stopped One after 0:00:0" in terminal.text
        assert "Started Two at 1" in terminal.text


def test_a_project_is_made_if_wanted(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        terminal.shows("> ")
        terminal.types("Report @Acme/Text\n")
        terminal.shows("There is no project “Acme”.")
        terminal.shows("[y/N] ")
        terminal.types("n\n")
        terminal.shows("Then try again, with another project or none.\n")
        terminal.shows("> ")
        terminal.types("Report @Acme/Text\n")
        terminal.shows("[y/N] ")
        terminal.types("y\n")
        assert terminal.ends() == 0
        assert "Started Report · ● Acme / Text at 1" in terminal.text


def test_it_asks_again_until_it_understands(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        for line, answer in (
            ("@A @B", "is one more: take one of them out."),
            ("x 9:00-10:00", "That has an end. `toggl-tray add` adds finished entries."),
            ("x today 23:59", "An entry cannot be started in the future."),
        ):
            terminal.shows("> ")
            terminal.types(f"{line}\n")
            terminal.shows(answer)
        terminal.shows("> ")
        terminal.types("写报告\n")
        assert terminal.ends() == 0
        assert "Started 写报告 at 1" in terminal.text


@pytest.mark.parametrize("leaving", ["\n", "  \n", "\x04"])
def test_leaving(program: Program, leaving: str) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        terminal.shows("> ")
        terminal.types(leaving)
        assert terminal.ends() == 0
    assert program("status").stdout.startswith("Nothing is running.")


def test_leaving_at_the_second_question(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        terminal.shows("> ")
        terminal.types("Report @Acme\n")
        terminal.shows("[y/N] ")
        terminal.types("\x04")
        terminal.shows("Then try again")
        terminal.shows("> ")
        terminal.types("\x04")
        assert terminal.ends() == 0
    assert program("projects").stdout.startswith("No projects yet.")


def test_a_line_can_be_edited(program: Program) -> None:
    with Terminal(COMMAND, program.environ) as terminal:
        terminal.shows("> ")
        terminal.types("econd\x1b[D\x1b[D\x1b[D\x1b[D\x1b[DS\n")
        assert terminal.ends() == 0
    assert program("status").stdout.startswith("Second\n")


def test_without_a_terminal_it_asks_nothing(program: Program) -> None:
    expected = (
        "Nothing is running.\nToday 0:00:00, this week 0:00:00\n"
        '`toggl-tray start "Write report"` starts an entry; `toggl-tray --help` shows more.\n'
    )
    assert program().stdout == program("guide").stdout == expected
