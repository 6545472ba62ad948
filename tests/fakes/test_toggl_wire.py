"""The fake over real HTTP, and the adapter that does without: to `requests` they are the same."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import requests
from requests.exceptions import ChunkedEncodingError, ReadTimeout
from requests.exceptions import ConnectionError as NotConnected

from tests.fakes.toggl import Account, Faults, MountedAdapter, Request, Server, Service, serve
from tests.fakes.toggl.server import LOOPBACK

ROOT: Final = Path(__file__).parents[2]


class Line:
    """A session, and the fake it speaks to."""

    def __init__(self, account: Account, origin: str, faults: Faults) -> None:
        self.account = account
        self.origin = origin
        self.faults = faults
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = (account.token, "api_token")

    def ask(self, path: str = "/api/v9/me", method: str = "GET") -> requests.Response:
        return self.session.request(method, self.origin + path, json={"name": "one"}, timeout=0.2)

    @property
    def tags(self) -> str:
        return f"/api/v9/workspaces/{self.account.workspace_id}/tags"


@pytest.fixture
def server() -> Iterator[Server]:
    """A fake over real HTTP."""
    with serve(Account()) as server:
        yield server


@pytest.fixture(params=["http", "mounted"])
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    """A session to a fake, over real HTTP or without."""
    account = Account()
    if request.param == "mounted":
        adapter = MountedAdapter(Service(account))
        line = Line(account, "http://127.0.0.1", adapter.faults)
        line.session.mount("http://127.0.0.1", adapter)
        with line.session:
            yield line
    else:
        with serve(account) as server:
            line = Line(account, server.origin, server.faults)
            with line.session:
                yield line


def test_a_reply_arrives_whole(line: Line) -> None:
    reply = line.ask()
    assert reply.json()["id"] == line.account.user_id
    assert reply.headers["X-Toggl-Quota-Remaining"] == "29"
    assert reply.headers["Date"].endswith("GMT")
    assert "Connection" not in reply.headers


def test_bodies_and_queries_go_through(line: Line) -> None:
    assert line.ask(line.tags, "POST").json()["name"] == "one"
    assert line.ask("/api/v9/me?with_related_data=true").json()["tags"][0]["name"] == "one"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("drop_before_commit", NotConnected),
        ("drop_after_commit", NotConnected),
        ("reset_before_commit", NotConnected),
        ("reset_after_commit", NotConnected),
        ("late", ReadTimeout),
        ("truncated", ChunkedEncodingError),
    ],
)
def test_a_fault_is_the_error_a_socket_makes(line: Line, kind: str, error: type[Exception]) -> None:
    line.faults.next(kind)
    with pytest.raises(error) as caught:
        line.ask(line.tags, "POST")
    assert type(caught.value) is error
    line.faults.settle()
    assert len(line.account.tags) == (0 if "before" in kind else 1)
    assert line.ask().status_code == 200


@pytest.mark.parametrize(("kind", "cause"), [("drop", "RemoteDisconnected"), ("reset", "Reset")])
def test_a_drop_and_a_reset_are_told_apart(line: Line, kind: str, cause: str) -> None:
    line.faults.next(f"{kind}_before_commit")
    with pytest.raises(NotConnected, match=cause):
        line.ask()


def test_a_page_of_html_arrives_as_one(line: Line) -> None:
    line.faults.next("html_502_before")
    reply = line.ask()
    assert (reply.status_code, reply.headers["Content-Type"]) == (502, "text/html")


def test_a_truncated_body_has_a_head_and_then_breaks_off(line: Line) -> None:
    line.faults.next("truncated")
    reply = line.session.get(f"{line.origin}/api/v9/me", stream=True, timeout=0.2)
    assert reply.headers["X-Toggl-Quota-Remaining"] == "29"
    seen: list[bytes] = []
    with pytest.raises(ChunkedEncodingError):
        seen.extend(reply.iter_content(64))
    assert seen[0].startswith(b'{"id":')


def test_the_adapter_can_be_offline() -> None:
    adapter = MountedAdapter(Service(Account()))
    line = Line(adapter.service.account, "http://127.0.0.1", adapter.faults)
    line.session.mount("http://127.0.0.1", adapter)
    adapter.online = False
    with pytest.raises(NotConnected, match="NewConnectionError"):
        line.ask()
    adapter.online = True
    assert line.ask().status_code == 200
    assert len(adapter.service.log) == 1


def test_a_stopped_server_refuses_and_comes_back_on_its_port(server: Server) -> None:
    line = Line(server.account, server.origin, server.faults)
    with line.session:
        assert line.ask().status_code == 200
        url = server.url
        server.stop()
        with pytest.raises(NotConnected):
            line.ask()
        server.start_again()
        assert server.url == url
        assert line.ask().status_code == 200


def test_stopping_breaks_off_what_is_silent(server: Server) -> None:
    stopping = threading.Timer(0.05, server.stop)

    def is_the_one(_request: Request) -> bool:
        stopping.start()
        return True

    server.faults.next("late", when=is_the_one)
    with pytest.raises(NotConnected):
        requests.get(f"{server.url}/me", timeout=5)
    stopping.join()


def test_v8_and_the_gateway_are_served_beside_v9(server: Server) -> None:
    auth = (server.account.token, "api_token")
    assert requests.get(f"{server.v8_url}/me", auth=auth, timeout=1).json()["data"]["id"]
    key = {"Authorization": f"Bearer {server.service.gateway.key}"}
    reply = requests.get(f"{server.gateway_url}/me", headers=key, timeout=1)
    assert reply.json()["id"] == server.account.user_id
    assert [each.status for each in server.log] == [200, 200]


def test_a_connection_is_kept(server: Server) -> None:
    line = Line(server.account, server.origin, server.faults)
    with line.session:
        before = threading.active_count()
        for _ in range(5):
            line.ask()
        assert threading.active_count() <= before + 1


def test_many_clients_at_once_are_counted_one_by_one(server: Server) -> None:
    server.quota.limits["user"] = 1_000
    lines = [Line(server.account, server.origin, server.faults) for _ in range(4)]
    threads = [threading.Thread(target=ask_often, args=(line, 25)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.quota.totals["user"] == 100


def test_it_can_be_started_by_hand() -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.fakes.toggl"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("TOGGL_API_URL=")
        token = process.stdout.readline().strip().removeprefix("TOGGL_API_TOKEN=")
        query = {"with_related_data": "true"}
        me = requests.get(f"{url}/me", query, auth=(token, "api_token"), timeout=5).json()
        process.terminate()
    assert url.startswith(f"http://{LOOPBACK}:")
    assert len(me["projects"]) == 2
    assert me["time_entries"][0]["stop"] is None


def ask_often(line: Line, times: int) -> None:
    with line.session:
        for _ in range(times):
            assert line.ask().status_code == 200
