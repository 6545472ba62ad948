"""What is answered to one request, and the refusals on the way there."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

JSON_TYPE: Final = "application/json; charset=utf-8"
TEXT_TYPE: Final = "text/plain; charset=utf-8"
_ROWS_AT_ONCE: Final = 200
"""Of a long list, that are written together."""

encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ApiReply(NamedTuple):
    """Status, body and the heads that only this reply has."""

    status: int
    body: bytes | Iterable[bytes] = b""
    kind: str = JSON_TYPE
    heads: tuple[tuple[str, str], ...] = ()


class ApiError(Exception):
    """Ends a request with a status and words, which each version of the API writes its own way."""

    def __init__(self, status: int, words: str = "", *, wait_seconds: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.wait_seconds = wait_seconds


def answer(value: object, status: int = 200) -> ApiReply:
    """A reply with `value` as JSON."""
    return ApiReply(status, _bytes(encode(value)))


def answer_rows(rows: Iterable[object]) -> ApiReply:
    """A reply with a list, however long, that is written as it is read."""
    return ApiReply(200, _list(rows))


def _list(rows: Iterable[object]) -> Iterator[bytes]:
    begin, some = "[", []
    for row in rows:
        some.append(encode(row))
        if len(some) == _ROWS_AT_ONCE:
            yield _bytes(begin + ",".join(some))
            begin, some = ",", []
    yield _bytes((begin if some or begin == "[" else "") + ",".join(some) + "]")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
