"""Finds what a server says in a reply, however it is wrapped: JSON, plain text or a web page."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from tray.api.codec import msgspec

MOST_CHARACTERS: Final = 300
_LOOK_AT_BYTES: Final = 64 * 1024
_KEYS: Final = ("error_message", "message", "error", "detail", "errors")
"""Where objects carry their message, the likeliest first."""
_PAGE: Final = re.compile(r"\s*<", re.ASCII)
_TITLE: Final = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


def message_in(body: bytes, scrub: Callable[[str], str] = str) -> str:
    """What the server says, on one line of at most 300 characters; empty if nothing.

    Args:
        body: Of the reply.
        scrub: Takes out what nobody shall see, before anything is cut in the middle.
    """
    text = body[:_LOOK_AT_BYTES].decode("utf-8", "replace")
    if is_page(body):
        import html  # a table of two thousand names

        found = _TITLE.search(text)
        text = html.unescape(_TAG.sub(" ", found.group(2))) if found else ""
    else:
        with suppress(ValueError, RecursionError):  # then it is plain text
            text = _text_in(msgspec.json.decode(body))
    text = scrub(text)
    text = "".join(char if char.isprintable() else " " for char in text)
    text = " ".join(text.split())
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def is_page(body: bytes) -> bool:
    """Whether this is HTML or XML rather than an answer of the API."""
    return _PAGE.match(body[:100].decode("utf-8", "replace")) is not None


def _text_in(value: object, depth: int = 0) -> str:
    """The text in a JSON value; of an object, the message it carries."""
    if depth > 4:
        return ""
    match value:
        case str():
            return value
        case list():
            return "; ".join(filter(None, (_text_in(each, depth + 1) for each in value)))
        case dict():
            texts = (_text_in(value[key], depth + 1) for key in _KEYS if key in value)
            return next(filter(None, texts), "")
    return ""
