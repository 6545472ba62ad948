"""One request as the function that answers it sees it."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from tray.errors import NotFound
from tray.hub.api_reply import ApiError
from tray.hub.copy_owner import CopyOwner, copy_owner
from tray.hub.wire_ids import WireIds
from tray.hub.wire_moments import DAY, parse_moment
from tray.settings import Settings
from tray.store import account, catalogue
from tray.store.catalogue import Kind, Thing
from tray.store.database import Database

_YES: Final = ("true", "1")
_MOST_NAME: Final = 60


class NotKeptHere(Exception):
    """Only the account's server knows the answer."""


class ApiRequest(NamedTuple):
    """What was sent, without the credentials."""

    method: str
    path: str
    """Below the version of the API."""
    query: Mapping[str, list[str]]
    body: bytes
    kind: str
    """Of the body, as it calls itself."""
    agent: str
    """What the program calls itself; empty if it does not."""


class ServedCopy(NamedTuple):
    """What is the same for all requests."""

    settings: Settings
    token: str


class ApiCall:
    """One request, with what it takes to answer it."""

    def __init__(
        self,
        db: Database,
        request: ApiRequest,
        served: ServedCopy,
        *,
        now: int,
        is_gateway: bool = False,
    ) -> None:
        self.db = db
        self.request = request
        self.served = served
        self.now = now
        self.is_gateway = is_gateway
        self.numbers: Mapping[str, Any] = {}
        """What the path has, by name."""
        self.ids = WireIds(db)

    @cached_property
    def owner(self) -> CopyOwner:
        """Whose copy it is."""
        return copy_owner(self.db, self.served.settings)

    def text(self, name: str, default: str = "") -> str:
        """A parameter of the query, the last of its name."""
        return self.request.query.get(name, [default])[-1]

    def asks(self, name: str) -> bool:
        """Whether a parameter says yes."""
        return self.text(name).lower() in _YES

    def whole(self, name: str, words: str, default: int | None = None) -> int | None:
        """A parameter that is a whole number; 400 with `words` if it is something else."""
        text = self.text(name)
        if not text:
            return default
        try:
            found = int(text)
        except ValueError:
            raise ApiError(400, words) from None
        if abs(found) >= 2**63:
            raise ApiError(400, words)
        return found

    def moment(self, name: str) -> int | None:
        """A parameter that is a moment or a day, which begins in the user's zone; epoch seconds."""
        text = self.text(name)
        if not text:
            return None
        found = parse_moment(text, zone=self.owner.time_zone if len(text) <= DAY else None)
        if found is None:
            raise ApiError(400, f"Invalid {name}")
        return found // 1_000_000

    @cached_property
    def content(self) -> Any:
        """The body as JSON; None if it is empty.

        Raises:
            ApiError: it is not JSON, or is what a form of a web page could send.
        """
        if not self.request.body.strip():
            return None
        kind = self.request.kind.partition(";")[0].strip().lower()
        if kind in _FORMS:
            raise ApiError(400, "The body has to be JSON, with Content-Type: application/json")
        try:
            found = json.loads(self.request.body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise ApiError(400, "JSON is not valid") from None
        if b"\\u" in self.request.body:  # halves of characters can be written, and not be stored
            found = json.loads(json.dumps(found, ensure_ascii=False).encode(errors="replace"))
        return found

    def object(self) -> dict[str, Any]:
        """The object in the body."""
        found = self.content
        if not isinstance(found, dict):
            raise ApiError(400, "JSON is not valid")
        return found

    def workspace(self, number: int | None = None) -> int:
        """Our id of the workspace of the path, or of another number."""
        wanted = self.numbers["workspace"] if number is None else number
        found = self.ids.row("workspace", wanted)
        if not any(each.id == found for each in catalogue.workspaces(self.db)):
            raise ApiError(404, "Workspace not found")
        return found

    def thing(self, kind: Kind, number: int, words: str = "Resource can not be found") -> Thing:
        """A client, project, task or tag by the id that was sent; 404 if there is none."""
        try:
            found: Thing = catalogue.get(self.db, kind, self.ids.row(kind, number))
        except NotFound:
            raise ApiError(404, words) from None
        return found

    def named(self, kind: Kind, number: int | None, words: str) -> int | None:
        """Our id of what a body names; 400 with `words` if there is no such thing."""
        if not number:
            return None
        try:
            return self.thing(kind, number).id
        except ApiError:
            raise ApiError(400, words) from None

    def names_writer(self, created_with: str = "") -> None:
        """Have the journal say which program writes from now on."""
        name = created_with or self.request.agent or "a program without a name"
        self.db.writer = " ".join(name.split())[:_MOST_NAME]


def check_known(call: ApiCall) -> None:
    """Raise `NotKeptHere` if there is an account, whose server alone knows."""
    if account.read(call.db) is not None:
        raise NotKeptHere


_FORMS: Final = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
"""The types that a web page can send without leave; curl's own is among them."""


def _no_constant(name: str) -> None:
    raise ValueError(name)
