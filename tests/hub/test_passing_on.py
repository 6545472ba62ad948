"""What only the account's server can answer: passed on if the user wants that, else refused."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from tests.fakes.toggl import Account, Server, serve
from tests.hub.conftest import NOON, Client
from tray.hub.wire_ids import FIRST_LOCAL
from tray.settings import Settings
from tray.store import account, remote_rows
from tray.store.account import LinkedAccount
from tray.store.remote_rows import RemoteRow
from tray.sync.sign_in.account_access import access_with
from tray.tracker import timer
from tray.tracker.resolve import Draft


@pytest.fixture
def toggl() -> Iterator[Server]:
    with serve(Account(clock=lambda: float(NOON))) as server:
        yield server


@pytest.fixture
def passing(client: Client, toggl: Server) -> Client:
    """A program whose calls are passed on where need be."""
    account.write(client.db, LinkedAccount(toggl.url, "basic", "", toggl.account.user_id, "Ann"))
    client.settings = Settings(time_zone="UTC", api_pass_on=True)
    client.access = access_with(toggl.account.token, toggl.url, None, settings=client.settings)
    return client


def test_the_servers_own_answer_comes_back_and_is_counted(passing: Client, toggl: Server) -> None:
    place = f"/workspaces/{toggl.account.workspace_id}"
    assert passing.get(f"{place}/dashboard/most_active") == []
    assert toggl.log[-1].path.endswith("/dashboard/most_active")
    assert passing.db.row("SELECT count(*) FROM quota") == (1,)
    assert passing.refused("GET", f"{place}/nonsense")[0] == 404


def test_what_is_kept_here_asks_nobody(passing: Client, toggl: Server) -> None:
    passing.get("/me/time_entries/current")
    assert not toggl.log


def test_a_method_that_only_the_server_has(passing: Client, toggl: Server) -> None:
    changed = passing.put("/me", {"fullname": "Ann Other"})
    assert changed["fullname"] == "Ann Other"
    assert toggl.account.token not in str(changed)


def test_nothing_changes_how_one_signs_in(passing: Client, toggl: Server) -> None:
    before = toggl.account.token
    assert passing.refused("POST", "/me/reset_token")[0] == 404
    assert passing.refused("PUT", "/me", {"current_password": "x", "password": "y"})[0] == 404
    assert toggl.account.token == before
    assert not toggl.log


@pytest.mark.parametrize("end", [";x", "%3Fx", "%23x", "%2F", "%253Fx", "%2573", "%00"])
def test_no_disguise_of_a_path_changes_how_one_signs_in(
    passing: Client, toggl: Server, end: str
) -> None:
    before = toggl.account.token
    assert passing.refused("POST", unquote(f"/me/reset_token{end}"))[0] == 404
    assert toggl.account.token == before
    assert not toggl.log


@pytest.mark.parametrize(
    "body", [b'{"\\u0070assword": "y"}', b'{"user": {"p\\u0061ssword": "y"}}', b"password=y"]
)
def test_no_disguise_of_a_field_does(passing: Client, toggl: Server, body: bytes) -> None:
    assert passing.ask("PUT", "/me", body).status == 404
    assert not toggl.log


def test_what_is_not_uploaded_yet_cannot_be_asked_for(passing: Client, toggl: Server) -> None:
    timer.start(passing.db, Draft("new"), now=NOON)
    path = f"/workspaces/{toggl.account.workspace_id}/time_entries/{FIRST_LOCAL + 1}/shares"
    assert passing.refused("GET", path)[0] == 404
    assert not toggl.log


def test_it_is_refused_while_the_settings_say_so(passing: Client, toggl: Server) -> None:
    passing.settings = Settings()
    assert "do not pass it on" in passing.refused("GET", "/me/location")[1]
    assert not toggl.log


def test_a_server_that_is_gone_is_said(passing: Client, toggl: Server) -> None:
    toggl.stop()
    assert passing.refused("GET", "/me/location")[0] == 504


def test_who_takes_part_in_a_project_is_asked_of_whoever_knows(
    passing: Client, toggl: Server
) -> None:
    project = passing.post(f"/workspaces/{passing.workspace}/projects", {"name": "Web"})
    of_workspace = f"/workspaces/{toggl.account.workspace_id}/project_users"
    row_id = passing.db.row("SELECT id FROM workspace")[0]
    image = remote_rows.image(passing.db, "workspace", row_id) or {}
    there = toggl.account.workspace_id
    remote_rows.save(passing.db, RemoteRow("workspace", row_id, there, 1, image))
    toggl.log.clear()
    assert passing.get(of_workspace) == []
    assert toggl.log[-1].path.endswith("/project_users")
    passing.settings = Settings()
    assert passing.refused("GET", of_workspace)[0] == 404
    passing.prefix = "/api/v8"
    of_project = f"/projects/{project['id']}/project_users"
    assert passing.refused("GET", of_project)[0] == 404
    passing.db.run("DELETE FROM account")
    assert passing.get(of_project) == [], "without an account nobody else can"
