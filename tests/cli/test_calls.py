"""The table of all calls: each row has its command, and the command causes the call."""

import json
import re
import shlex
from collections.abc import Callable, Sequence

import pytest

from tests.cli.calls import DOCUMENTS, GATEWAY, PAGE, V8, V8_LINES, V9_POST, Row, page
from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server
from tests.fakes.toggl.service import Logged


def test_every_row_has_a_command() -> None:
    assert [row for rows in DOCUMENTS.values() for row in rows if not row.command] == []
    assert len(V8) >= 55
    assert len(GATEWAY) >= 22
    assert len(V9_POST) == 22


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text("utf-8") == page()  # python -m tests.cli.calls


@pytest.fixture
def world(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Cli]:
    """The command line, signed in at an address, with a team, a project, a task and a tag."""

    def sign_in(url: str) -> Cli:
        account = toggl.account
        toggl.quota.limits["user"] = 1_000
        account.workspace.premium = True
        account.add_member("ann@example.org", "Ann")
        account.add_member("bob@example.org", "Bob")
        project = account.add_project("Website")
        for name in ("Draw", "Write", "Read"):
            account.add_task(project, name)
        account.add_tag("billed")
        monkeypatch.setenv("TOGGL_API_URL", url)
        key = toggl.service.gateway.key if "/toggl-track/" in url else account.token
        cli.is_typed(key)
        cli.with_remarks("login")
        cli.with_remarks("sync")
        assert keyring.secrets
        return cli

    return sign_in


def numbers(toggl: Server) -> dict[str, int]:
    """The server's number of everything, by its name; the latest of a name."""
    account = toggl.account
    named = {account.workspace.name: account.workspace_id}
    for table in (account.clients, account.projects, account.tasks, account.tags):
        named |= {row.name: row.id for row in table.values() if row.deleted_at is None}
    named |= {row.name: row.user_id for row in account.memberships.values() if row.name}
    return named | {each.description: each.id for each in account.entries() if each.description}


def words(row: Row, toggl: Server) -> list[str]:
    known = numbers(toggl)
    filled = re.sub(r"<([^<>]+)>", lambda found: str(known[found[1]]), row.command)
    return shlex.split(filled.replace("{user}", str(toggl.account.user_id)))


def made(log: Sequence[Logged], call: str) -> list[Logged]:
    method, path = call.split(" ")
    wanted = re.escape(path).replace(r"\*", r"\d+")
    return [
        each
        for each in log
        if each.method == method and re.search(rf"/api/v[89]{wanted}$", each.path)
    ]


def cause(cli: Cli, toggl: Server, row: Row) -> list[Logged]:
    """The requests of a row's call that its command leads to, with the exchange that follows."""
    if row.typed:
        secrets = {"PASSWORD": toggl.account.password, "TOKEN": toggl.account.token}
        cli.is_typed(f"{secrets.get(row.typed, row.typed)}\n")
    before = len(toggl.log)
    cli.with_remarks(*words(row, toggl))
    if not made(toggl.log[before:], row.call):
        cli.with_remarks("sync")
    return made(toggl.log[before:], row.call)


def check(cli: Cli, toggl: Server, rows: Sequence[Row]) -> None:
    missing = []
    for row in rows:
        cli.now += 2
        if not cause(cli, toggl, row):
            missing.append((row.call, row.command))
    assert missing == []


def test_each_call_of_v8(world: Callable[[str], Cli], toggl: Server) -> None:
    cli = world(toggl.v8_url)
    toggl.account.add(cli.now - 7200, cli.now - 7100, description="Call")
    check(cli, toggl, V8_LINES)
    check(cli, toggl, V8)


@pytest.mark.parametrize("address", ["url", "gateway_url"])
def test_each_route_of_v9(world: Callable[[str], Cli], toggl: Server, address: str) -> None:
    check(world(getattr(toggl, address)), toggl, GATEWAY)


def test_each_field_of_a_new_entry(world: Callable[[str], Cli], toggl: Server) -> None:
    cli = world(toggl.url)
    missing = []
    for row in V9_POST:
        sent = cause(cli, toggl, row)
        bodies = [json.loads(each.request.body) for each in sent]
        asked = [each.request.query for each in sent]
        if not any(row.what in each for each in [*bodies, *asked]):
            missing.append((row.what, row.command))
    assert missing == []
