"""Completes commands, options, entries and names in bash, zsh and fish, through `argcomplete`."""

import argparse
from typing import TYPE_CHECKING, Any

from tray.cli import commands
from tray.cli.context import Context
from tray.store import catalogue, entries

if TYPE_CHECKING:
    from tray.store.catalogue import Thing


def configure_completion(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``completion``."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    parser.epilog = (
        "For every new shell:\n"
        "  bash  echo 'eval \"$(toggl-tray completion bash)\"' >> ~/.bashrc\n"
        "  zsh   echo 'eval \"$(toggl-tray completion zsh)\"' >> ~/.zshrc (after compinit)\n"
        "  fish  toggl-tray completion fish > ~/.config/fish/completions/toggl-tray.fish"
    )


def run_completion(_: Context, options: argparse.Namespace) -> None:
    """Carry out ``completion``."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["toggl-tray"], shell=options.shell))


def answer(context: Context) -> None:
    """Tell the shell that asks (through ``_ARGCOMPLETE``) what could come next, and exit."""
    from argcomplete import autocomplete
    from argcomplete.completers import BaseCompleter

    class Completer(BaseCompleter):
        """Our candidates, in the shape that argcomplete asks for."""

        __call__ = Candidates(context).__call__

    root = argparse.ArgumentParser(prog="toggl-tray", allow_abbrev=False)
    actions = root.add_subparsers()
    for name, command in commands.COMMANDS.items():
        commands.configure(name, actions.add_parser(name, help=command.help))
    autocomplete(root, default_completer=Completer(), always_complete_options=False)


class Candidates:
    """What fits where an argument is neither a command nor an option."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __call__(self, prefix: str, action: argparse.Action, **_: Any) -> list[str]:
        """The candidates for one argument, by its name; `prefix` is what stands there already."""
        match action.dest:
            case "line":
                return self._line(prefix)
            case "entry" | "entries":
                newest = [str(entry.id) for entry in entries.newest(self.context.db, 20)]
                return ["last", "running", *newest]
            case "project" | "which":
                return self._names(catalogue.projects(self.context.db))
            case "client":
                return self._names(catalogue.clients(self.context.db))
            case "tag":
                return self._names(catalogue.tags(self.context.db))
            case "day":
                return ["today", "yesterday", "week", "month", "all"]
        return []

    def _line(self, prefix: str) -> list[str]:
        """Descriptions used lately; after ``@`` projects, after ``#`` tags."""
        before, _, word = prefix.rpartition(" ")
        start = f"{before} " if before else ""
        if word.startswith("@"):
            names = self._names(catalogue.projects(self.context.db))
            return [f"{start}@{_quoted(name)}" for name in names]
        if word.startswith("#"):
            names = self._names(catalogue.tags(self.context.db))
            return [f"{start}#{_quoted(name)}" for name in names]
        newest = entries.newest(self.context.db, 200)
        return list(dict.fromkeys(entry.description for entry in newest if entry.description))

    def _names(self, things: "list[Any]") -> list[str]:
        used: list[Thing] = [thing for thing in things if not thing.archived]
        return [thing.name for thing in used]


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
