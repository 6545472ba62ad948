"""What each command does with a wrong role, a wrong plan, what is gone, no network and no requests.

One that asks the server fails with one sentence and leaves everything here as it was; any other
does its work all the same, and asks for nothing.
"""

import errno
import shlex
import shutil
import socket
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_cli_hostile_names import COMMANDS, ELSEWHERE, actions
from tests.fakes.toggl import Server
from tray.cli import commands
from tray.cli.main import main
from tray.store.columns import COLUMNS

Trouble = Literal["role", "plan", "gone", "network", "quota"]


class Row(NamedTuple):
    """A command that asks the server."""

    words: str
    refused_by: tuple[Trouble, ...] = ()
    """Besides no network and no requests, which stop each of them."""
    typed: str = ""
    is_counted: bool = True
    """Whether its requests are among those of the hour."""


ASKING: Final = (
    Row("sync"),
    Row("login --url {url}", typed="{token}\n"),
    Row("signup new@example.org --url {url} --accept-terms", (), "new secret\n", is_counted=False),
    Row("api /me"),
    Row("api '/workspaces/{{workspace}}/projects'"),
    Row("quota --refresh"),
    Row("status --refresh"),
    Row("show 1", ("gone",)),
    Row("share 1 ann", ("gone",)),
    Row("projects --mine"),
    *(Row(f"{kind}s --refresh") for kind in ("project", "client", "tag", "task")),
    *(Row(f"{kind}s show 1 --refresh", ("gone",)) for kind in ("project", "client", "task")),
    *(Row("projects tasks 1 --refresh", ("gone",)), Row("clients projects 1 --refresh")),
    *(Row("tasks assign 1 ann"), Row("tasks create 1 Paint --assign ann")),
    Row("projects users 1"),
    Row("projects users 1 add ann", ("role", "gone")),
    Row("projects users 1 add ann --rate 5", ("role", "plan", "gone")),
    Row("workspaces --refresh"),
    *(Row("workspaces show"), Row("workspaces users")),
    Row("workspaces change --name Office", ("role",)),
    Row("workspaces change --rate 5", ("role", "plan")),
    Row("members", ("role",)),
    Row("members role ann admin", ("role",)),
    Row("members rate ann 5", ("role", "plan")),
    Row("members deactivate ann", ("role",)),
    Row("members activate ann", ("role",)),
    Row("members remove ann --yes", ("role",)),
    Row("invite carl@example.org", ("role",)),
    Row("groups"),
    Row("add 'Call @Site 9:00-9:30' --for ann", ("role", "gone")),
    Row("dashboard"),
    Row("profile"),
    Row("profile change --name Cook"),
    Row("profile reset-token", typed="y\ny\n"),
)
NOT_TRIED: Final = {
    *("doctor", "logout"),  # they say what does not work, and go on
    *("serve", "guide", "completion"),  # they last
    *("quick", "window", "clipboard", "mini", "quit"),  # they are about the tray
    *("backup", "hooks", "import", "profiles", *ELSEWHERE),  # about files
}


class World:
    """A team with something of each kind, known here; all of it can be put back as it was."""

    def __init__(self, cli: Cli, toggl: Server, folder: Path) -> None:
        self.cli, self.toggl, self._before = cli, toggl, folder / "before"
        account = toggl.account
        account.workspace.premium = True
        toggl.quota.limits["user"] = toggl.quota.limits[f"organization {1}"] = 10_000
        account.add_member("ann@example.org", "Ann")
        client = account.add_client("Acme")
        project = account.add_project("Site", client_id=client)
        account.add_task(project, "Draw")
        account.add_tag("billed")
        account.add(cli.now - 7200, cli.now - 3600, description="Call", project_id=project)
        cli.with_remarks("sync")
        cli.with_remarks("sync")
        shutil.copytree(cli.home, self._before)

    def put_back(self) -> None:
        shutil.rmtree(self.cli.home)
        shutil.copytree(self._before, self.cli.home)

    def here(self) -> dict[str, list[tuple[object, ...]]]:
        """What is the user's, and what is to be sent."""
        connection = sqlite3.connect(self.cli.home / "toggl-tray.db")
        try:
            return {
                table: connection.execute(f"SELECT * FROM {table}").fetchall()
                for table in (*COLUMNS, "outbox", "step")
            }
        finally:
            connection.close()

    def tried(self, words: str, typed: str = "") -> tuple[int, str, str]:
        """How a command leaves, and what it says."""
        url, token = self.toggl.url, self.toggl.account.token
        self.cli.is_typed(typed.format(token=token))
        code = main(shlex.split(words.format(url=url, home=self.cli.home)))
        captured = self.cli._capsys.readouterr()
        return code, captured.out, captured.err


@pytest.fixture
def world(signed_in: Cli, toggl: Server, tmp_path: Path) -> World:
    return World(signed_in, toggl, tmp_path)


def of(trouble: Trouble) -> Iterable[Row]:
    if trouble == "network":
        return ASKING
    by_count = trouble == "quota"
    return [row for row in ASKING if (by_count and row.is_counted) or trouble in row.refused_by]


def begin(trouble: Trouble, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    account, now = world.toggl.account, float(world.cli.now)
    match trouble:
        case "role":
            account.workspace.admin = False
        case "plan":
            account.workspace.premium = False
            world.cli.now += 4_000
            world.cli.with_remarks("sync")  # a plan is known here, and said before the request
            shutil.rmtree(world._before)
            shutil.copytree(world.cli.home, world._before)
        case "gone":
            for entry in account.entries():
                account.delete(entry.id)
            for delete, table in (
                (account.delete_task, account.tasks),
                (account.delete_project, account.projects),
                (account.delete_client, account.clients),
            ):
                delete(next(iter(table)))
        case "network":
            monkeypatch.setattr(socket.socket, "connect", _unreachable)
        case "quota":
            for name in ("user", *world.toggl.quota._buckets):
                world.toggl.quota.spend(name, now)
            world.cli.now += 5


def _unreachable(made: socket.socket, place: object) -> None:
    if made.family == socket.AF_INET:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")
    raise FileNotFoundError(errno.ENOENT, "No such file", place)  # no tray runs


def is_one_sentence(said: str) -> bool:
    """Whether it is, after lines that remark on what was done, which say so."""
    *_, last = said.splitlines() or [""]
    return last.startswith("toggl-tray: ") and last[-1] in ".?" and "Traceback" not in said


@pytest.mark.parametrize("trouble", ["role", "plan", "gone", "network", "quota"])
def test_what_asks_the_server_says_so_and_changes_nothing_here(
    trouble: Trouble, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(trouble, world, monkeypatch)
    wrong = []
    for row in of(trouble):
        world.put_back()
        before = world.here()
        code, _, said = world.tried(row.words, row.typed)
        if code not in (1, 5) or not is_one_sentence(said) or world.here() != before:
            wrong.append((row.words, code, said))
    assert wrong == [], "\n".join(map(str, wrong))


def test_what_does_not_ask_the_server_works_without_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin("network", world, monkeypatch)
    wrong, asked = [], len(world.toggl.log)
    for words in of_here():
        world.put_back()
        code, _, said = world.tried(words)
        if code not in (0, 1, 2) or (code == 1 and not is_one_sentence(said)):
            wrong.append((words, code, said))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(world.toggl.log) == asked


def of_here() -> list[str]:
    """The commands that do all their work here, each tried as with names of any kind."""
    asking = {_action(row.words) for row in ASKING if not _may_do_without(row.words)}
    return [
        each
        for each in COMMANDS
        if each.split()[0] not in NOT_TRIED and _action(each) not in asking
    ]


def _may_do_without(words: str) -> bool:
    """Whether it asks only if an option, or a name that is not known here, has it do so."""
    options = ("--refresh", "--mine", "--rate 5", "tasks ", "--for")
    return any(each in words for each in options) and not words.startswith("workspaces change")


_ACTIONS: Final = set(actions())


def _action(words: str) -> tuple[str, ...]:
    """The command, and its action if it has one."""
    name, *rest = words.split()
    return (name, rest[0]) if rest and (name, rest[0]) in _ACTIONS else (name,)


def test_each_command_has_a_row() -> None:
    tried = {_action(row.words) for row in ASKING} | {_action(each) for each in of_here()}
    assert commands.COMMANDS.keys() - {each[0] for each in tried} <= NOT_TRIED
    assert {each for each in _ACTIONS if each[0] not in NOT_TRIED} <= tried
