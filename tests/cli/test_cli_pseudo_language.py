"""Whatever a command says has come through the catalogue: nothing of it is plain English."""

import argparse
import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_cli_troubles import ASKING, World, world
from tests.fakes.pseudo_language import plain_words, speaking_pseudo
from tray.cli import commands
from tray.cli.parser import Parser
from tray.model.reports.report_definition import Grouping

__all__ = ["world"]

_KEPT: Final = re.compile(
    r"\{\w+\}|echo '.*'|`[^`]*`|--?[a-zA-Z][\w-]*|/\S+|\S+\.(?:db|toml|csv|json)\b|\S+://\S+"
)
"""Commands, options, paths and addresses are the same in every language."""
_TYPED: Final = {"URL", "YYYY", "RRGGBB", "nearest", "down", "entry", "group", "none"}
"""In the place of what can be typed, as it is to be typed."""
_NAMES: Final = {"Acme", "Bolt", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Feb", "UTC"} | {
    "February"
}
_SAME: Final = {
    "toggl",
    "tray",
    "UTF",
    "JSON",
    "CSV",
    "SQLite",
    "Python",
    "Linux",
    "USD",
    "EUR",
} | {*("Toggl", "Tray")}


@pytest.fixture(autouse=True)
def _pseudo() -> Iterator[None]:
    with speaking_pseudo():
        yield


def untranslated(text: str, known: set[str]) -> set[str]:
    return plain_words(_KEPT.sub(" ", text)) - known - _NAMES - _SAME


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its actions."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


def words_of(parser: argparse.ArgumentParser) -> set[str]:
    """What is typed, which no language changes."""
    found = plain_words(parser.prog) | set(Grouping) | _TYPED
    for action in parser._actions:
        for choice in action.choices or ():
            found |= plain_words(str(choice))
    return found


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_help(name: str) -> None:
    root = Parser(
        prog=f"toggl-tray {name}", description=commands.COMMANDS[name].help, add_help=True
    )
    commands.configure(name, root)
    for parser in parsers(root):
        known = words_of(parser) | set(commands.COMMANDS)
        assert untranslated(parser.format_help(), known) == set(), parser.prog


def test_overview(cli: Cli) -> None:
    known = set(commands.COMMANDS) | {"COMMAND", "FOLDER", "LINK", "Write", "report", "Chapter"}
    known |= {"writing", "Stand", "yesterday"}
    assert untranslated(cli("--help"), known) == set()


DAY: Final = (
    ("start", "写算法 @Acme #深", "--new"),
    ("status",),
    ("stop",),
    ("stop",),
    ("add", "休息 9:00-9:30"),
    ("add", "读书 8:00-9:10"),
    ("list",),
    ("list", "week"),
    ("list", "-s", "没有"),
    ("edit", "2", "早饭", "--trim"),
    ("split", "2", "9:10"),
    ("merge", "2", "4"),
    ("tag", "2", "3", "深"),
    ("report",),
    ("report", "week", "--by", "project,day"),
    ("report", "--saved"),
    ("favourites",),
    ("favourites", "pin", "--entry", "last"),
    ("projects",),
    ("projects", "show", "Acme"),
    ("projects", "create", "Acme"),
    ("projects", "rename", "没", "有"),
    ("clients",),
    ("tasks", "create", "Acme", "一"),
    ("tasks",),
    ("tags", "show", "深"),
    ("workspaces",),
    ("delete", "3"),
    ("undo",),
    ("redo",),
    ("undo",),
    ("continue",),
    ("delete", "99"),
    ("start", "没有 @没有"),
    ("add", "没有"),
    ("add", "将来 13:00-15:00"),
    ("edit", "1", "--start", "没有"),
    ("list", "没有"),
    ("export", "out.json"),
    ("import", "out.json"),
    ("import", "没有.csv"),
    ("backup", "make"),
    ("backup",),
    ("backup", "restore", "没有"),
    ("profiles",),
    ("profiles", "create", "一"),
    ("profiles", "create", "a/b"),
    ("profiles", "timer", "one"),
    ("profiles", "use", "没有"),
    ("profiles", "remove", "一", "--yes"),
    ("sync",),
    ("problems",),
    ("journal",),
    ("quota",),
    ("hooks",),
    ("hooks", "run", "stop"),
    ("quit",),
    ("logout",),
    ("没有",),
)


def test_a_day(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cli.home)
    known = {"default"}
    wrong = []
    for words in (*DAY, *(each.split() for each in LASTING)):
        said = cli.whatever_comes(*words)
        if found := untranslated(said, known):
            wrong.append((words, found))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize(
    "words",
    [
        ("start", "--no-such"),
        ("list", "-n", "x"),
        ("report", "--midnight", "x"),
        ("split",),
        ("edit", "1", "-p", "x", "--no-project"),
        ("favourites", "x"),
    ],
)
def test_a_wrong_command_line(cli: Cli, words: tuple[str, ...]) -> None:
    said = cli.whatever_comes(*words)
    used, wrong = said.split("toggl-tray ")[1:]
    assert used
    typed = {*words, "entry", "moment", "project", "split", "first", "ACTION"}
    assert untranslated(wrong, typed | {"pin", "move", "unpin", "start"}) == set()


LASTING: Final = ("stop", "toggle", "continue 2", "duplicate 2", "untag 2 深", "clients show Acme")
FAR: Final = (
    *(row.words for row in ASKING if not row.words.startswith(("api", "signup"))),
    *("sync", "journal", "problems", "quota --refresh", "workspaces use Workspace"),
    *("tasks show Draw", "projects show Site", "clients show Acme", "tags show billed"),
    *("show 1 --json", "invite carl@example.org", "share 1 ann", "login", "tasks show 1 --refresh"),
)
NEAR: Final = (
    *("serve --token", "doctor", "install", "uninstall", "quick", "quit", "guide"),
    *("window", "clipboard", "mini"),
)
UNTRANSLATED: Final = {"api", "completion", "signup"}
"""What prints the server's reply, a script, or what was asked for by a name that is free."""


def test_what_the_server_is_asked_for(world: World) -> None:
    """Every command that asks it, each in the world as it was before."""
    theirs = {"Site", "Draw", "Call", "Ann", "ann", "example", "org", "billed", "Carl", "carl"}
    theirs |= {"Workspace", "Test", "User", "Paint", "Office", "Cook", "organization", "default"}
    theirs |= {
        "Europe",
        "YYYY",
        "user",
        "already",
        "this",
        "workspace",
    }  # typed so, or of the server
    wrong = []
    for words in FAR:
        world.put_back()
        typed = next((row.typed for row in ASKING if row.words == words), "")
        _, out, said = world.tried(words, typed)
        text = "" if out.startswith("{") else re.sub("“[^”]*”", " ", out + said)
        if found := untranslated(text, theirs):
            wrong.append((words, found))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("words", NEAR)
def test_what_is_about_this_computer(cli: Cli, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(cli.home))
    cli.with_remarks("add", "写算法 9:00-9:30")
    assert untranslated(cli.whatever_comes(*words.split()), set()) == set(), words


def test_every_command_is_among_them() -> None:
    run = {words[0] for words in DAY} | {words.split()[0] for words in (*LASTING, *FAR, *NEAR)}
    assert set(commands.COMMANDS) - run == UNTRANSLATED


def test_the_exchange(signed_in: Cli) -> None:
    signed_in("add", "写算法 @Acme 9:00-9:30", "--new")
    for words in (("sync",), ("status",), ("journal",), ("quota",), ("problems",), ("logout",)):
        said = signed_in.whatever_comes(*words)
        assert untranslated(said, {"Test", "User", "organization"}) == set(), said
