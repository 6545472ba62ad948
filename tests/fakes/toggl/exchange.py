"""A request and a reply as values, so that the fake can be asked without a socket."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

JSON_TYPE = "application/json; charset=utf-8"


class Request(NamedTuple):
    """What a client sent."""

    method: str
    path: str
    """Without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes = b""

    def json(self) -> Any:
        """The body read as JSON, or None if it is none."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None


class Reply(NamedTuple):
    """What the fake answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)

    def with_headers(self, headers: Mapping[str, str]) -> "Reply":
        """The same reply with more headers."""
        return self._replace(headers={**self.headers, **headers})


class Refusal(Exception):
    """A request that is against a rule of the server: `words` is what it says."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def request_of(
    method: str, target: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Request:
    """A request for `target`: a path with its query, or a whole URL."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    return Request(method.upper(), parts.path, query, lowered, body)


def answer(value: object, status: int = 200) -> Reply:
    """A reply of JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, {"Content-Type": JSON_TYPE}, body)


def nothing(status: int = 200) -> Reply:
    """A reply without a body."""
    return Reply(status, {}, b"")


def text(status: int, words: str) -> Reply:
    """A reply of plain text."""
    return Reply(status, {"Content-Type": "text/plain; charset=utf-8"}, words.encode())


def html(status: int, heading: str) -> Reply:
    """A page as proxies in front of the server answer it."""
    page = (
        f"<html>\r\n<head><title>{heading}</title></head>\r\n<body>\r\n"
        f"<center><h1>{heading}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>"
    )
    return Reply(status, {"Content-Type": "text/html"}, page.encode())
