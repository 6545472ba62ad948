"""Sessions, in which a cookie stands for the token until they end or the process does."""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Final

_NAME: Final = "toggl_api_session_new"
_MOST: Final = 100


class CookieSessions:
    """The sessions that go on; the oldest ends where there are too many."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def begin(self) -> str:
        """Begin one; the value of its ``Set-Cookie``."""
        cookie = secrets.token_urlsafe(24)
        with self._lock:
            self._open[cookie] = None
            if len(self._open) > _MOST:
                self._open.popitem(last=False)
        return f"{_NAME}={cookie}; Path=/; HttpOnly; SameSite=Strict"

    def is_open(self, headers: Mapping[str, str]) -> bool:
        """Whether a request carries the cookie of one."""
        return _cookie(headers) in self._open

    def end(self, headers: Mapping[str, str]) -> None:
        """End the one of a request."""
        with self._lock:
            self._open.pop(_cookie(headers), None)


def _cookie(headers: Mapping[str, str]) -> str:
    sent = headers.get("HTTP_COOKIE", "")
    if _NAME not in sent:
        return ""
    try:
        found = SimpleCookie(sent).get(_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
