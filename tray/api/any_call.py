"""Any call of the account's own server, as a user types it, and the answer as it came."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tray.api.address import Address
from tray.api.codec import msgspec
from tray.api.remote_values import ResponseInfo
from tray.api.response import Request, Response
from tray.api.transport import Transport
from tray.errors import BadLine, RemoteError
from tray.sentences import tr

PER_PAGE: Final = 200
_MOST_PAGES: Final = 500
_REPORTS: Final = "/reports/api/v3"
_API: Final = re.compile(r"(?:/toggl-track)?/api/(v\d+)(?=/|$)")
_TOKEN: Final = re.compile(rb'("(?:api_token|intercom_hash)"\s*:\s*")(?:[^"\\]|\\.)+(?=")')
_HIDDEN: Final = "•••"
_RESET: Final = re.compile(r"(?:/me)?/reset_token")


class Target(NamedTuple):
    """What a typed path means."""

    url: str
    """Whole, without the query."""
    path: str
    """Below the address."""
    query: dict[str, str]


class Answer(NamedTuple):
    """What came back for one call."""

    status: int
    body: bytes
    """As it came, but for credentials."""
    info: ResponseInfo
    error: RemoteError | None
    """What to say of it, if it is no success."""
    token: str = ""
    """The new API token, if that was what was asked for; `body` does not show it."""


def read_target(typed: str, address: Address) -> Target:
    """The URL that a path means: below the address, or with its prefix, or a whole URL.

    Raises:
        BadLine: it is none of this server, or of another version of the API.
    """
    parts = urlsplit(typed if "://" in typed else f"//x/{typed.lstrip('/')}")
    if "://" in typed and (parts.scheme, parts.netloc.lower()) != urlsplit(address.url)[:2]:
        raise BadLine(
            tr(
                "{what} is not the server of this account, which is {host}; the "
                "credential goes nowhere else."
            ).format(what=parts.hostname or typed, host=address.host)
        )
    path = parts.path.rstrip("/") or "/"
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if ".." in path.split("/"):
        raise BadLine(
            tr("The path {path} leads out of the API. Write it without “..”.").format(path=path)
        )
    if path.startswith(f"{_REPORTS}/") and address.reports:
        return Target(
            address.reports + path.removeprefix(_REPORTS), path.removeprefix(_REPORTS), query
        )
    found = _API.match(path)
    if found and found[1] != address.version.value:
        raise BadLine(
            tr(
                "The account is reached by {value} of the API, and the path is one of "
                "{found}. Sign in at an address that ends in /api/{found} to use it."
            ).format(value=address.version.value, found=found[1])
        )
    path = path[found.end() :] if found else path
    return Target(address.url + path, path, query)


class AnyCall:
    """Makes calls over one connection."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def call(self, method: str, target: Target, body: bytes | None = None) -> Answer:
        """Make one call.

        Raises:
            RemoteError: there was no answer.
        """
        call = Request(method, target.path)
        raw = None if body is None else msgspec.Raw(body)
        reply = self._transport.fetch(call, target.url, query=target.query, body=raw)
        return self._answer(call, reply)

    def pages(self, target: Target) -> Iterator[Answer]:
        """Get a list page by page, until one is not full or is the same again."""
        size = int(target.query.get("per_page") or PER_PAGE)
        before: list[msgspec.Raw] = []
        for number in range(1, _MOST_PAGES + 1):
            query = {**target.query, "page": f"{number}", "per_page": f"{size}"}
            answer = self.call("GET", target._replace(query=query))
            rows = rows_in(answer.body)
            if answer.error is not None or rows is None:
                yield answer
                return
            if rows and rows == before:  # a server that knows no pages
                return
            yield answer
            if len(rows) < size:
                return
            before = rows

    def close(self) -> None:
        """Give the connection back."""
        self._transport.close()

    def _answer(self, call: Request, reply: Response) -> Answer:
        body = self._transport.without_secret(reply.body)
        body = _TOKEN.sub(rb"\1" + _HIDDEN.encode(), body)
        token = ""
        if call.method == "POST" and _RESET.fullmatch(call.path) and 200 <= reply.status < 300:
            token = _text(reply.body)
            body = msgspec.json.encode(_HIDDEN) if token else body
        info = reply.info(call.bucket)
        return Answer(reply.status, body, info, self._transport.error_of(reply), token)


def rows_in(body: bytes) -> list[msgspec.Raw] | None:
    """The list in a body, or under its ``data``; None if there is none."""
    for kind in (list[msgspec.Raw] | None, _DataList):
        try:
            found = msgspec.json.decode(body, type=kind)
        except (ValueError, RecursionError):
            continue
        return found.data if isinstance(found, _DataList) else found or []
    return None


def joined(rows: list[msgspec.Raw]) -> bytes:
    """A list of things as they came."""
    return b"[" + b",".join(bytes(each) for each in rows) + b"]"


class _DataList(msgspec.Struct):
    data: list[msgspec.Raw]


def _text(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=str)
    except (ValueError, RecursionError):
        return ""
