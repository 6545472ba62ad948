"""Which commands there are, and the parser of each, built only for the one that is used."""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Subcommand(NamedTuple):
    """One word after ``toggl-tray``."""

    module: str
    """The module of this package with ``configure_<name>(parser)`` and ``run_<name>``."""
    help: str
    is_remote: bool = False
    """Whether it speaks with the server, which is logged."""


COMMANDS: Final = {
    "start": Subcommand("timer", "start an entry; what runs stops at the same second"),
    "stop": Subcommand("timer", "stop the running entry, now or at an earlier moment"),
    "toggle": Subcommand("timer", "stop what runs, or continue the latest entry"),
    "continue": Subcommand("timer", "start an earlier entry again"),
    "status": Subcommand("status", "what is running, and how much was done today and this week"),
    "list": Subcommand("listing", "the entries of today, of other days, or that contain a text"),
    "report": Subcommand("report_command", "where the time of some days went, by project or other"),
    "add": Subcommand("entries", "add a finished entry"),
    "edit": Subcommand("entries", "change any field of an entry"),
    "tag": Subcommand("tagging", "put tags on entries, beside those they have"),
    "untag": Subcommand("tagging", "take tags off entries"),
    "split": Subcommand("entries", "split an entry in two at a moment"),
    "merge": Subcommand("entries", "make one entry of several neighbours"),
    "duplicate": Subcommand("entries", "make a copy of an entry, with the same times"),
    "delete": Subcommand("entries", "delete entries"),
    "undo": Subcommand("history", "take back what was done last"),
    "redo": Subcommand("history", "do again what was undone last"),
    "favourites": Subcommand("favourites", "list, pin, unpin, order and start favourites"),
    "projects": Subcommand("projects", "list, show, make, change, archive and delete projects"),
    "clients": Subcommand(
        "clients_and_tags", "list, show, make, change, archive and delete clients"
    ),
    "tags": Subcommand("clients_and_tags", "list, make, rename, merge, archive and delete tags"),
    "tasks": Subcommand("tasks", "list, make, estimate, assign, finish and delete tasks"),
    "show": Subcommand("entry_details", "all that is known of an entry, here and on the server"),
    "share": Subcommand("entry_details", "share an entry with others", is_remote=True),
    "workspaces": Subcommand("workspaces", "list, show, use and change workspaces"),
    "members": Subcommand("team", "who is in a workspace, and as what", is_remote=True),
    "invite": Subcommand("team", "invite people to a workspace", is_remote=True),
    "groups": Subcommand("team", "the groups of a workspace", is_remote=True),
    "dashboard": Subcommand("team", "what goes on in a workspace", is_remote=True),
    "profile": Subcommand("profile", "show and change your profile", is_remote=True),
    "signup": Subcommand("profile", "make an account, where programs may", is_remote=True),
    "export": Subcommand("transfer", "write all entries as CSV (Toggl's columns) or JSON"),
    "import": Subcommand("transfer", "read entries from a CSV or JSON file; twice does no harm"),
    "backup": Subcommand("backup", "list, make and restore copies of the database"),
    "login": Subcommand("login", "connect this computer with a Toggl account", is_remote=True),
    "logout": Subcommand("logout", "part this computer and its account", is_remote=True),
    "sync": Subcommand("sync", "exchange everything with the account now", is_remote=True),
    "problems": Subcommand("problems", "what the account refused, or was changed on both sides"),
    "journal": Subcommand("journal", "what was sent, received, merged and refused"),
    "api": Subcommand("api_command", "make any call of the account's server", is_remote=True),
    "serve": Subcommand("serve_command", "serve the Toggl API to other programs, without a quota"),
    "quota": Subcommand("journal", "how many requests the account has left this hour"),
    "doctor": Subcommand("doctor", "what works on this computer and, if not, why"),
    "install": Subcommand("installation", "a menu entry, an icon and links, for you alone"),
    "uninstall": Subcommand("installation", "take them away again; what you tracked stays"),
    "completion": Subcommand("completion", "completion for bash, zsh or fish"),
    "quick": Subcommand("tray_commands", "open the quick-start dialog of the running tray"),
    "quit": Subcommand("tray_commands", "end the running tray; the running entry goes on"),
    "guide": Subcommand(
        "guide",
        "ask in the terminal what to do (as without any command, where there is no desktop)",
    ),
}


class _Help(argparse.RawDescriptionHelpFormatter):
    """Lays the help out; asking for the width here spares argparse an import of `shutil`."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, max_help_position=28, width=min(columns, 100) - 2)


class Parser(argparse.ArgumentParser):
    """Reads the words of a command, or of one of its actions."""

    def __init__(self, *, description: str, **options: Any) -> None:
        sentence = f"{description[0].upper()}{description[1:]}."
        super().__init__(description=sentence, formatter_class=_Help, allow_abbrev=False, **options)
        # What argparse does for numbers: -15m is no option, here where no option is a digit.
        self._negative_number_matcher = re.compile(r"-\d")

    def _print_message(self, message: str, file: Any = None) -> None:
        """As later Pythons do: that nobody can be told is no reason to fail otherwise."""
        with suppress(OSError):
            super()._print_message(message, file)
            (file or sys.stdout).flush()


def parse(name: str, words: Sequence[str]) -> argparse.Namespace:
    """The options of a command; ``run`` among them is what to call with the context and them.

    Raises:
        SystemExit: the words were wrong, or asked for help; the user has been told.
    """
    parser = Parser(prog=f"toggl-tray {name}", description=COMMANDS[name].help)
    configure(name, parser)
    options, left_over = parser.parse_known_args(words)
    if left_over and not hasattr(options, "actions"):
        return parser.parse_intermixed_args(words)  # a line that goes on behind an option
    if left_over:
        parser.error(f"unrecognized arguments: {' '.join(left_over)}")
    return options


def configure(name: str, parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of a command, and what carries it out, on its parser."""
    module = importlib.import_module(f"tray.cli.{COMMANDS[name].module}")
    parser.set_defaults(run=getattr(module, f"run_{name}"))
    getattr(module, f"configure_{name}")(parser)


def add_actions(parser: argparse.ArgumentParser) -> "Actions":
    """Where the actions of a command such as ``projects`` are declared."""
    parser.set_defaults(actions=True)
    return parser.add_subparsers(metavar="ACTION", title="actions (none: list them)")


def add_action(
    actions: "Actions", name: str, *, explanation: str, run: Callable[..., None]
) -> argparse.ArgumentParser:
    """Declare one action, and what carries it out."""
    parser = actions.add_parser(name, help=explanation, description=explanation)
    parser.set_defaults(run=run)
    return parser


def unknown(name: str) -> str:
    """A sentence for a command that does not exist."""
    import difflib

    close = difflib.get_close_matches(name, COMMANDS, n=1)
    hint = f"Did you mean {close[0]}?" if close else "`toggl-tray --help` lists them all."
    return f"There is no command “{name}”. {hint}"


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

`toggl-tray --debug …` logs every step, with a command on the screen as well.
`toggl-tray --home FOLDER …` keeps everything in that folder, as TOGGL_TRAY_HOME does.
`toggl-tray LINK` opens a link such as toggl-tray:stop in the tray.

Exit codes: 0 done, 1 cannot be done, 2 wrong command line, 3 database trouble, 4 our error,
5 server trouble."""
