"""What names and descriptions contain moves no cursor, rings no bell and turns no text around."""

import argparse
import csv
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest

from tests.cli.conftest import NOON, Cli, Program
from tests.cli.terminal import Terminal
from tests.fakes.keyrings import FakeKeyring
from tray.cli import commands, streams
from tray.cli.formatting import bold, table, width
from tray.cli.parser import Parser
from tray.store import journal
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, favourites
from tray.tracker.resolve import Draft

EVIL: Final = (
    "\x1b[31m\x1b]0;title\x07\x1b[2J bell\a nul\0 return\roverwritten back\b\b\b "
    "csi\x9b31m nel\x85 del\x7f turned\u202etxt.exe\u202c isolate\u2066x\u2069 "
    "line\u2028separator\u2029paragraph\ntwo\n\nlines\ttab"
)
UNSAFE: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
TEXTS: Final = {
    *("name", "description", "subject", "said", "text", "message", "error"),
    *("notes", "external_reference"),
}
"""The columns, in whichever table, that hold what people and servers wrote."""
COMMANDS: Final = (
    "status",
    "list all",
    "list all -s bell",
    "favourites",
    "projects --all",
    "clients --all",
    "tags --all",
    "problems",
    "journal",
    "api /me",
    "continue 1",
    "stop",
    "duplicate 1",
    "edit 1 --billable",
    "tag 1 bell",
    "untag 1 bell",
    "split 1 --at 11:20",
    "undo",
    "redo",
    *(f"{kind}s show 1" for kind in ("project", "client", "tag", "task")),
    "projects tasks 1",
    "clients projects 1",
    "clients change 1 --name another",
    *("tasks --all", "tasks create 1 another", "tasks rename 1 other", "tasks estimate 1 2h"),
    *("tasks assign 1 7", "tasks done 1", "tasks reopen 1", "tasks merge 1 2", "tasks delete 1"),
    *(f"{kind}s merge 1 2" for kind in ("project", "client", "tag")),
    *(f"{kind}s delete 1" for kind in ("project", "client", "tag")),
    "projects delete 1 --entries delete",
    "projects archive 1",
    "projects restore 1",
    "projects create another",
    "projects rename 1 another",
    "projects change 1 --colour #0b83d9",
    "projects add-task 1 another",
    "clients archive 1",
    "clients restore 1",
    "clients create another",
    "clients rename 1 another",
    "tags archive 1",
    "tags restore 1",
    "tags create another",
    "tags rename 1 another",
    "start @bell",
    "start another",
    "toggle",
    "add another 9:00-9:30",
    "merge 1 2",
    "favourites start 1",
    "favourites pin --entry 1",
    "favourites move 1 1",
    "favourites unpin 1",
    "delete 2 -y",
    "delete 2",
    "problems retry 1",
    "problems drop 1",
    "problems recreate 1",
    "problems take 1",
    "problems keep 1",
    "import {home}/evil.csv",
    "import {home}/evil.csv --dry-run",
    "login --url http://127.0.0.1:9/api/v9",
    "logout",
    "sync",
    "quota",
    "backup list",
    "backup make",
    "backup restore 1",
    *(
        "profiles",
        "profiles list",
        "profiles create another",
        "profiles use another",
        "profiles timer one",
    ),
    *("profiles use default", "profiles rename another other", "profiles remove other --yes"),
    "profiles restore other",
    "completion bash",
    "quick",
    "window",
    "clipboard",
    "mini",
    "quit",
    "doctor",
    "hooks",
    "hooks run start",
    "hooks run start --show",
    "guide",
    *("report", "report all --by description,tag", "show 1", "share 1 7", "dashboard"),
    *("workspaces", "workspaces show 1", "workspaces use 1", "workspaces users"),
    "workspaces change 1 --name another",
    *("members", "members role 7 admin", "members rate 7 80", "members deactivate 7"),
    *("members activate 7", "members remove 7", "invite somebody@example.com", "groups"),
    *("profile", "profile change --name another", "profile reset-token"),
    "signup somebody@example.com --url http://127.0.0.1:9/api/v9 --accept-terms",
    *("projects users 1", "serve --token"),
)
ELSEWHERE: Final = {"export", "install", "uninstall"}
"""What gives all as it was written, but to a terminal (that has tests of its own below), and what
shows nothing that was written by anybody."""
JSON: Final = (
    "status --json",
    "list all --json",
    "favourites --json",
    "projects --all --json",
    "clients --json",
    "clients show 1 --json",
    "tasks --all --json",
    "tags --json",
    "problems --json",
    "journal --json",
)


def fill(home: str) -> None:
    """What an account may bring: the check of what is typed here has never seen it."""
    with open_database(f"{home}/toggl-tray.db") as db:
        catalogue.create_project(db, "project", now=NOON)
        catalogue.create_client(db, "client", now=NOON)
        catalogue.create_tag(db, "tag", now=NOON)
        catalogue.create_task(db, 1, "task", now=NOON)
        draft = Draft("entry", "project", "task", ("tag",))
        for hours in (1, 3):
            entries.add(
                db, draft, start=NOON - hours * 3600, stop=NOON - hours * 3600 + 60, now=NOON
            )
        favourites.pin(db, draft, now=NOON)
        db.run("INSERT INTO outbox (of_table, row_id, state) VALUES ('entry', 1, 'refused')")
        journal.add(db, journal.JournalEntry(NOON, "sent", ""))
    with closing(sqlite3.connect(f"{home}/toggl-tray.db")) as raw, raw:
        for (table_name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            columns = {row[1] for row in raw.execute(f"PRAGMA table_info({table_name})")}
            for column in columns & TEXTS:
                raw.execute(f"UPDATE OR IGNORE {table_name} SET {column} = ?", (EVIL,))
    row = ("a@b.c", EVIL, EVIL, "2026-02-12", "9:00:00", "1:00:00")
    with open(f"{home}/evil.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("Email", "Project", "Description", "Start date", "Start time", "Duration"), row]
        )


@pytest.fixture
def hostile(cli: Cli, keyring: FakeKeyring) -> Cli:
    del keyring  # it is asked by those that sign in
    fill(str(cli.home))
    cli.is_typed("")
    return cli


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_them(
    hostile: Cli, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from tray.cli.main import main

    assert main(command.format(home=hostile.home).split()) in (0, 1, 2, 3, 5), (
        "4 is a fault of ours"
    )
    captured = capsys.readouterr()
    assert not UNSAFE.search(captured.out + captured.err)


def test_each_command_and_each_action_of_one_is_among_these() -> None:
    """So that a new one is, too."""
    words = [command.split() for command in COMMANDS]
    tried = {tuple(each[:2]) for each in words} | {tuple(each[:1]) for each in words}
    there = {(name,) for name in commands.COMMANDS.keys() - ELSEWHERE}
    assert there | set(actions()) <= tried


def actions() -> Iterator[tuple[str, str]]:
    """Each command that has actions, with each of these."""
    for name in commands.COMMANDS:
        parser = Parser(prog=name, description=name)
        commands.configure(name, parser)
        for declared in parser._actions:
            if isinstance(declared, argparse._SubParsersAction):
                yield from ((name, action) for action in declared.choices)


@pytest.mark.parametrize("command", JSON)
def test_json_has_them_as_escapes_and_means_the_same(hostile: Cli, command: str) -> None:
    said = hostile(*command.split())
    assert not UNSAFE.search(said)
    if not command.startswith("status"):
        assert any(EVIL in text for text in _texts(json.loads(said)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_a_table_keeps_one_line_for_each_row(hostile: Cli) -> None:
    assert hostile("list", "all").count("\n") == 3
    assert hostile("projects", "--all").count("\n") == 1
    assert hostile("journal").count("\n") == 1


@pytest.mark.parametrize(
    "typed", ["edit ", "start ", "start @", "projects archive ", "problems drop "]
)
def test_a_shell_is_offered_none(program: Program, typed: str) -> None:
    fill(program.environ["TOGGL_TRAY_HOME"])
    line = f"toggl-tray {typed}"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\x1d",
        "_ARGCOMPLETE_SHELL": "zsh",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    command = [*program.command]
    done = program.run(["bash", "-c", '"$@" 8>&1 9>/dev/null', "-", *command], environ=asked)
    assert not UNSAFE.search(done.stdout.replace("\x1d", ""))


def test_a_terminal_gets_only_our_own_codes(program: Program) -> None:
    fill(program.environ["TOGGL_TRAY_HOME"])
    own = re.compile(r"\x1b\[(0|1|2|38;2;\d+;\d+;\d+)m|\r(?=\n)")
    for words in (("list", "all"), ("export",), ("export", "--format", "json"), ("duplicate", "1")):
        with Terminal([sys.executable, "-m", "tray", *words], program.environ) as terminal:
            assert terminal.ends() == 0
            assert not UNSAFE.search(own.sub("", terminal.raw)), words
            assert "\x1b[31m" not in terminal.raw


def test_a_name_cannot_pass_for_a_code_of_ours() -> None:
    assert streams.clean(streams.code("\x1b[1m") + "\x1b[1m") == "\x1b[1m\ufffd[1m"
    assert width(bold("\x1b[1m")) == width("\x1b[1m")
    assert table([["a\nb", "c"]]) == "a b  c"


def test_an_export_into_a_pipe_is_as_it_was_written(program: Program) -> None:
    fill(program.environ["TOGGL_TRAY_HOME"])
    exported = json.loads(program("export", "--format", "json").stdout)
    assert EVIL in _texts(exported)
