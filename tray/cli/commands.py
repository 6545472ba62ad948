"""Which commands there are, and the options of each, declared only for the one that is used."""

from collections.abc import Callable, Sequence

from tray.cli import plain_words
from tray.language import tr
from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from tray.sentences import together

if TYPE_CHECKING:
    import argparse

    Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Subcommand(NamedTuple):
    """One word after ``toggl-tray``."""

    module: str
    """The module of this package with ``configure_<name>(parser)`` and ``run_<name>``."""
    explanation: Callable[[], str]
    """What it does, in the user's language."""
    is_remote: bool = False
    """Whether it speaks with the server, which is logged."""
    is_about_profiles: bool = False
    """Whether it is about them, so that the one that is named is not made by it."""

    @property
    def help(self) -> str:
        """What it does, in the user's language."""
        return self.explanation()


COMMANDS: Final = {
    "start": Subcommand("timer", lambda: tr("start an entry; what runs stops at the same second")),
    "stop": Subcommand("timer", lambda: tr("stop the running entry, now or at an earlier moment")),
    "toggle": Subcommand("timer", lambda: tr("stop what runs, or continue the latest entry")),
    "continue": Subcommand("timer", lambda: tr("start an earlier entry again")),
    "status": Subcommand(
        "status", lambda: tr("what is running, and how much was done today and this week")
    ),
    "list": Subcommand(
        "listing", lambda: tr("the entries of today, of other days, or that contain a text")
    ),
    "report": Subcommand(
        "report_command", lambda: tr("where the time of some days went, by project or other")
    ),
    "add": Subcommand("entries", lambda: tr("add a finished entry")),
    "edit": Subcommand("entries", lambda: tr("change any field of an entry")),
    "tag": Subcommand("tagging", lambda: tr("put tags on entries, beside those they have")),
    "untag": Subcommand("tagging", lambda: tr("take tags off entries")),
    "split": Subcommand("entries", lambda: tr("split an entry in two at a moment")),
    "merge": Subcommand("entries", lambda: tr("make one entry of several neighbours")),
    "duplicate": Subcommand("entries", lambda: tr("make a copy of an entry, with the same times")),
    "delete": Subcommand("entries", lambda: tr("delete entries")),
    "undo": Subcommand("history", lambda: tr("take back what was done last")),
    "redo": Subcommand("history", lambda: tr("do again what was undone last")),
    "favourites": Subcommand(
        "favourites", lambda: tr("list, pin, unpin, order and start favourites")
    ),
    "projects": Subcommand(
        "projects", lambda: tr("list, show, make, change, archive and delete projects")
    ),
    "clients": Subcommand(
        "clients_and_tags", lambda: tr("list, show, make, change, archive and delete clients")
    ),
    "tags": Subcommand(
        "clients_and_tags", lambda: tr("list, make, rename, merge, archive and delete tags")
    ),
    "tasks": Subcommand(
        "tasks", lambda: tr("list, make, estimate, assign, finish and delete tasks")
    ),
    "show": Subcommand(
        "entry_details", lambda: tr("all that is known of an entry, here and on the server")
    ),
    "share": Subcommand("entry_details", lambda: tr("share an entry with others"), is_remote=True),
    "workspaces": Subcommand("workspaces", lambda: tr("list, show, use and change workspaces")),
    "members": Subcommand("team", lambda: tr("who is in a workspace, and as what"), is_remote=True),
    "invite": Subcommand("team", lambda: tr("invite people to a workspace"), is_remote=True),
    "groups": Subcommand("team", lambda: tr("the groups of a workspace"), is_remote=True),
    "dashboard": Subcommand("team", lambda: tr("what goes on in a workspace"), is_remote=True),
    "profile": Subcommand("profile", lambda: tr("show and change your profile"), is_remote=True),
    "signup": Subcommand(
        "profile", lambda: tr("make an account, where programs may"), is_remote=True
    ),
    "export": Subcommand(
        "transfer", lambda: tr("write all entries as CSV (Toggl's columns) or JSON")
    ),
    "import": Subcommand(
        "transfer", lambda: tr("read entries from a CSV or JSON file; twice does no harm")
    ),
    "profiles": Subcommand(
        "profiles_command",
        lambda: tr("several accounts beside each other: list, make, switch, rename, remove"),
        is_about_profiles=True,
    ),
    "backup": Subcommand("backup", lambda: tr("list, make and restore copies of the database")),
    "login": Subcommand(
        "login", lambda: tr("connect this computer with a Toggl account"), is_remote=True
    ),
    "logout": Subcommand(
        "logout", lambda: tr("part this computer and its account"), is_remote=True
    ),
    "sync": Subcommand(
        "sync", lambda: tr("exchange everything with the account now"), is_remote=True
    ),
    "problems": Subcommand(
        "problems", lambda: tr("what the account refused, or was changed on both sides")
    ),
    "journal": Subcommand("journal", lambda: tr("what was sent, received, merged and refused")),
    "api": Subcommand(
        "api_command", lambda: tr("make any call of the account's server"), is_remote=True
    ),
    "serve": Subcommand(
        "serve_command", lambda: tr("serve the Toggl API to other programs, without a quota")
    ),
    "hooks": Subcommand(
        "hooks_command", lambda: tr("list and try programs of yours that are told what happens")
    ),
    "quota": Subcommand("journal", lambda: tr("how many requests the account has left this hour")),
    "doctor": Subcommand("doctor", lambda: tr("what works on this computer and, if not, why")),
    "install": Subcommand(
        "installation", lambda: tr("a menu entry, an icon and links, for you alone")
    ),
    "uninstall": Subcommand(
        "installation", lambda: tr("take them away again; what you tracked stays")
    ),
    "completion": Subcommand("completion", lambda: tr("completion for bash, zsh or fish")),
    "quick": Subcommand(
        "tray_commands", lambda: tr("open the quick-start dialog of the running tray")
    ),
    "window": Subcommand(
        "tray_commands", lambda: tr("show or hide the window of the running tray")
    ),
    "clipboard": Subcommand(
        "tray_commands", lambda: tr("have the running tray start what is in the clipboard")
    ),
    "mini": Subcommand(
        "tray_commands", lambda: tr("show or hide the small window of the running tray")
    ),
    "quit": Subcommand(
        "tray_commands", lambda: tr("end the running tray; the running entry goes on")
    ),
    "guide": Subcommand(
        "guide",
        lambda: tr(
            "ask in the terminal what to do (as without any command, where there is no desktop)"
        ),
    ),
}


def parse(name: str, words: Sequence[str]) -> "argparse.Namespace":
    """The options of a command; ``run`` among them is what to call with the context and them.

    Raises:
        SystemExit: the words were wrong, or asked for help; the user has been told.
    """
    plain = plain_words.read(words, lambda parser: configure(name, parser))
    if plain is not None:
        return plain
    from tray.cli.parser import Parser

    parser = Parser(prog=f"toggl-tray {name}", description=COMMANDS[name].help)
    configure(name, parser)
    return parser.options(words)


def configure(name: str, parser: "argparse.ArgumentParser") -> None:
    """Declare the arguments of a command, and what carries it out, on its parser."""
    file = COMMANDS[name].module
    module = getattr(__import__("tray.cli", fromlist=[file]), file)
    parser.set_defaults(run=getattr(module, f"run_{name}"))
    getattr(module, f"configure_{name}")(parser)


def add_actions(parser: "argparse.ArgumentParser") -> "Actions":
    """Where the actions of a command such as ``projects`` are declared."""
    parser.set_defaults(actions=True)
    return parser.add_subparsers(metavar="ACTION", title=tr("actions (none: list them)"))


def add_action(
    actions: "Actions", name: str, *, explanation: str, run: Callable[..., None]
) -> "argparse.ArgumentParser":
    """Declare one action, and what carries it out."""
    parser = actions.add_parser(name, help=explanation, description=explanation)
    parser.set_defaults(run=run)
    return parser


def unknown(name: str) -> str:
    """A sentence for a command that does not exist."""
    import difflib

    close = difflib.get_close_matches(name, COMMANDS, n=1)
    there_is_none = tr("There is no command “{name}”.").format(name=name)
    if close:
        return together(there_is_none, tr("Did you mean {name}?").format(name=close[0]))
    return together(there_is_none, tr("`toggl-tray --help` lists them all."))


def overview() -> str:
    """The text of ``toggl-tray --help``."""
    usage = tr("usage: toggl-tray COMMAND …      `toggl-tray COMMAND --help` explains each")
    lines = "\n".join(f"  {name:<12}{command.help}" for name, command in COMMANDS.items())
    line = tr("An entry is written on one line, in quotes because of the shell:")
    examples = (
        ('start "Write report @Acme/Chapter 2 #writing $"', tr("@project/task #tag $ = billable")),
        ('start "Write report -15m"', tr("began 15 minutes ago")),
        ('add   "Stand-up @Acme yesterday 9:30-9:45"', tr("a finished entry")),
    )
    shown = "\n".join(f"  toggl-tray {words:<52}{about}" for words, about in examples)
    rest = tr(
        'A backslash makes @ # $ and times plain text; two words take quotes: @"two words".\n\n'
        "`toggl-tray --debug …` logs every step, with a command on the screen as well.\n"
        "`toggl-tray --home FOLDER …` keeps everything in that folder, as TOGGL_TRAY_HOME does.\n"
        "`--profile NAME`, before or after any command, is about another account's files.\n"
        "`toggl-tray --no-hooks …` tells no hook of what the command does.\n"
        "`toggl-tray LINK` opens a link such as toggl-tray:stop in the tray.\n\n"
        "Exit codes: 0 done, 1 cannot be done, 2 wrong command line, 3 database trouble, 4 our "
        "error,\n5 server trouble."
    )
    return f"{usage}\n\n{lines}\n\n{line}\n{shown}\n{rest}"
