"""Who may call: programs of this computer that know the token, and no web page."""

import base64
import binascii
import hmac
import time
from collections import deque
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from tray.hub.api_reply import ApiError

PASSWORD: Final = "api_token"  # noqa: S105  # what stands where a password would, as Toggl has it
WRONG: Final = "Incorrect username and/or password"
_HOSTS: Final = {"127.0.0.1", "localhost", "::1"}
_BY_USER: Final = {"", "none"}
"""What `Sec-Fetch-Site` says of what a person typed; other programs do not send it."""
_MOST_WRONG: Final = 20
"""Wrong tokens in a minute, after which callers with another are sent away for the rest of it."""
_MINUTE: Final = 60.0


def check_caller(headers: Mapping[str, str]) -> None:
    """Raise `ApiError` unless a program of this computer asks, by a name of this computer.

    A page on the web can have a browser ask here, under a name of its own that it has led to this
    address. It cannot hide that it is one.
    """
    if _host_name(headers.get("HTTP_HOST", "")) not in _HOSTS:
        raise ApiError(403, "Ask this computer by the name localhost or 127.0.0.1")
    from_page = headers.get("HTTP_SEC_FETCH_SITE", "") not in _BY_USER
    if from_page or "HTTP_ORIGIN" in headers:
        raise ApiError(403, "Web pages are not answered")


def _host_name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.username or parts.path else parts.hostname or ""
    except ValueError:
        return ""


def basic(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """User and password of Basic authentication; None if there are none."""
    scheme, _, encoded = headers.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise ApiError(403, WRONG) from None
    return user, password


def bearer(headers: Mapping[str, str]) -> str | None:
    """The token of Bearer authentication; None if there is none."""
    scheme, _, token = headers.get("HTTP_AUTHORIZATION", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


class TokenCheck:
    """Compares tokens with ours; called from several threads.

    A right one is never sent away: the guesses of one program must not lock out the others, and
    there are 2^128 tokens to guess from.

    Args:
        read: Tells the token; it may wait for the keyring.
    """

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._token = read()
        self._lock = Lock()
        self._wrong: deque[float] = deque(maxlen=_MOST_WRONG)
        self._read_at = time.monotonic()

    @property
    def token(self) -> str:
        """The token."""
        return self._token

    def check(self, token: str) -> None:
        """Raise `ApiError` unless this is the token."""
        if self._fits(token):
            return
        with self._lock:
            self._read_again()
            if self._fits(token):
                return
            now = time.monotonic()
            crowd = len(self._wrong) == _MOST_WRONG and now - self._wrong[0] < _MINUTE
            if crowd:
                wait = int(_MINUTE - (now - self._wrong[0])) + 1
                raise ApiError(429, "Too many wrong tokens", wait_seconds=wait)
            self._wrong.append(now)
        raise ApiError(403, WRONG)

    def _fits(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token.encode())

    def _read_again(self) -> None:
        """It may have been replaced; that is looked for now and then."""
        if time.monotonic() - self._read_at > _LOOK_SECONDS:
            self._token = self._read() or self._token
            self._read_at = time.monotonic()


_LOOK_SECONDS: Final = 5.0
