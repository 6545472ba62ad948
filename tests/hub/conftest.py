"""The local API without sockets: requests as the server hands them over, at a time that is set."""

import base64
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import pytest

from tray import clock
from tray.hub.admission import TokenCheck
from tray.hub.dispatch import Dispatch
from tray.hub.passing_on import PassingOn
from tray.hub.thread_databases import ThreadDatabases
from tray.settings import Settings
from tray.store import entry_changes
from tray.store.database import Database
from tray.sync.sign_in.account_access import Access

TOKEN: Final = "0123456789abcdef0123456789abcdef"
NOON: Final = 1_770_984_000
"""Friday 2026-02-13 12:00:00 UTC."""


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Answered(NamedTuple):
    """One answer."""

    status: int
    heads: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """A program that knows the token, unless `heads` say otherwise."""

    def __init__(self, db: Database, settings: Settings | None = None) -> None:
        self.db = db
        self.tokens = TokenCheck(lambda: TOKEN)
        self.settings = settings or Settings(time_zone="UTC")
        self.heads = {"HTTP_AUTHORIZATION": basic(TOKEN, "api_token"), "HTTP_USER_AGENT": "tests"}
        self.prefix = "/api/v9"
        self.databases = ThreadDatabases(db.path)
        self.dispatch = Dispatch(
            self.databases, self.tokens, lambda: self.settings, PassingOn(lambda _: self.access)
        )
        self.access: Access | None = None

    def ask(
        self, method: str, path: str, body: object = None, *, heads: Mapping[str, str] | None = None
    ) -> Answered:
        """Make one request below the prefix; a path with a host is taken as it is."""
        target, _, query = (self.prefix + path).partition("?")
        sent = body if isinstance(body, bytes) else b"" if body is None else _json(body)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": target,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/json",
            "HTTP_HOST": "localhost:17887",
            "wsgi.input": io.BytesIO(sent),
            **(self.heads if heads is None else heads),
        }
        began: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.dispatch(environ, lambda *head: began.append(head))
        content = b"".join(answer)
        ((status, heads_back),) = began
        return Answered(int(status.split()[0]), dict(heads_back), content)

    def get(self, path: str) -> Any:
        return self.done("GET", path)

    def post(self, path: str, body: object = None) -> Any:
        return self.done("POST", path, body)

    def put(self, path: str, body: object = None) -> Any:
        return self.done("PUT", path, body)

    def done(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of an answer that is no refusal; None for an empty one."""
        answer = self.ask(method, path, body)
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json() if answer.body else None

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Status and words of a refusal."""
        answer = self.ask(method, path, body)
        assert answer.status >= 400, (answer.status, answer.body)
        return answer.status, answer.json() if answer.body else ""

    @property
    def workspace(self) -> int:
        """The id of the workspace."""
        return int(self.get("/me")["default_workspace_id"])

    def create(self, **fields: Any) -> Any:
        """A time entry that is made; it runs, unless the fields say otherwise."""
        body = {"created_with": "tests", "start": "2026-02-13T12:00:00Z", "duration": -1, **fields}
        return self.post(f"/workspaces/{self.workspace}/time_entries", body)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def client(db: Database, at_noon: None) -> Iterator[Client]:
    """A program that asks at noon of a Friday."""
    entry_changes.keep(db)  # as the process does that serves
    made = Client(db)
    yield made
    made.databases.forget()
