"""Which commands there are, and the parser of each, built only for the one that is used."""

import argparse
import importlib
import os
from collections.abc import Sequence
from typing import Final, NamedTuple


class Command(NamedTuple):
    """One word after ``toggl-tray``."""

    module: str
    """The module of this package with ``configure_<name>(parser)`` and ``run_<name>``."""
    help: str


COMMANDS: Final = {
    "start": Command("timer", "start an entry; what runs stops at the same second"),
    "stop": Command("timer", "stop the running entry, now or at an earlier moment"),
    "toggle": Command("timer", "stop what runs, or continue the latest entry"),
    "continue": Command("timer", "start an earlier entry again"),
    "status": Command("status", "what is running, and how much was done today and this week"),
    "list": Command("listing", "the entries of today, of other days, or that contain a text"),
    "add": Command("entries", "add a finished entry"),
    "edit": Command("entries", "change any field of an entry"),
    "split": Command("entries", "split an entry in two at a moment"),
    "merge": Command("entries", "make one entry of several neighbours"),
    "duplicate": Command("entries", "make a copy of an entry, with the same times"),
    "delete": Command("entries", "delete entries"),
    "undo": Command("history", "take back what was done last"),
    "redo": Command("history", "do again what was undone last"),
    "favourites": Command("favourites", "list, pin, unpin, order and start favourites"),
    "projects": Command("catalogue", "list, create, rename, change, archive and restore projects"),
    "clients": Command("catalogue", "the same for clients"),
    "tags": Command("catalogue", "the same for tags"),
    "export": Command("transfer", "write all entries as CSV (Toggl's columns) or JSON"),
    "import": Command("transfer", "read entries from such a file; twice does no harm"),
    "doctor": Command("doctor", "what works on this computer and, if not, why"),
    "completion": Command("completion", "completion for bash, zsh or fish"),
    "guide": Command("guide", "ask what to do (as without any command)"),
}


class _Help(argparse.RawDescriptionHelpFormatter):
    """Lays the help out; asking for the width here spares argparse an import of `shutil`."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, max_help_position=28, width=min(columns, 100) - 2)


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of one command; its ``run`` default is what to call with context and options."""
    parser = argparse.ArgumentParser(
        prog=f"toggl-tray {name}",
        description=f"{COMMANDS[name].help.capitalize()}.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    configure(name, parser)
    return parser


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a command, and what carries it out, on its parser."""
    module = importlib.import_module(f"tray.cli.{COMMANDS[name].module}")
    parser.set_defaults(run=getattr(module, f"run_{name}"))
    getattr(module, f"configure_{name}")(parser)


def guarded(words: Sequence[str]) -> list[str]:
    """The words with times such as ``-15m`` guarded by a space, so that none is an option."""
    return [f" {word}" if word[:1] == "-" and word[1:2].isdigit() else word for word in words]


def unknown(name: str) -> str:
    """A sentence for a command that does not exist."""
    import difflib

    close = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f"Did you mean {close[0]}?" if close else "`toggl-tray --help` lists them all."
    return f"there is no command “{name}”. {hint}"


def overview() -> str:
    """The text of ``toggl-tray --help``."""
    lines = "\n".join(f"  {name:<12}{command.help}" for name, command in COMMANDS.items())
    return f"""usage: toggl-tray COMMAND …      `toggl-tray COMMAND --help` explains each

{lines}

An entry is written on one line, in quotes because of the shell:
  toggl-tray start "Write report @Acme/Chapter 2 #writing $"     @project/task #tag $ = billable
  toggl-tray start "Write report -15m"                           began 15 minutes ago
  toggl-tray add   "Stand-up @Acme yesterday 9:30-9:45"          a finished entry
A backslash makes @ # $ and times plain text; two words take quotes: @"two words".

Exit codes: 0 done, 1 cannot be done, 2 wrong command line, 3 database trouble, 4 our error."""
