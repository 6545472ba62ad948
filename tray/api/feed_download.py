"""Fetches a calendar from its address, which is a secret: no sentence and no log has it."""

import re
from http.client import HTTPException
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from tray.api.cancellable import CancellableAdapter, CancellableSocket
from tray.api.http_session import session_for, trust_for
from tray.api.session_options import DIRECT, Setup, manual_proxies
from tray.api.transport_errors import FailureContext, failure
from tray.errors import BadAddress, BadReply, NoAccess, Offline, RemoteError, ServerFailed
from tray.sentences import again, together, tr

MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_REDIRECTS: Final = 4
_PIECE: Final = 64 * 1024
_BROKEN: Final = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError)
_HERE: Final = ("localhost", "127.0.0.1", "::1")
"""What is sent there leaves this computer by no line."""
_SCHEME: Final = re.compile(r"^(webcals?|feed)://", re.IGNORECASE)


class FeedReply(NamedTuple):
    """What came of a request."""

    data: bytes | None
    """The calendar; None: it is as it was."""
    etag: str = ""
    """What the server calls this copy; empty if it has no name for it."""


def calendar_address(text: str) -> str:
    """An address as a user gives it, made ready.

    Raises:
        BadAddress: it cannot be one.
    """
    url = _SCHEME.sub("https://", text.strip())
    try:
        parts = urlsplit(url)
        is_one = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or not url.isprintable() or " " in url:
        raise BadAddress(
            tr("That is no address of a calendar. It has to look like https://example.com/my.ics.")
        )
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise BadAddress(
            tr(
                "The address of a calendar has to begin with https://: anybody in between "
                "could read "
                "it otherwise."
            )
        )
    return url


class FeedDownload:
    """One request at a time; `close` may be called from any thread."""

    def __init__(self, setup: Setup = DIRECT) -> None:
        """Prepare it.

        Args:
            setup: What it goes through.

        Raises:
            BadAddress: the proxy's address cannot be used.
        """
        self._setup = setup
        self._proxies = manual_proxies(setup.proxy)
        self._socket = CancellableSocket()

    def close(self) -> None:
        """Break off what is under way, for ever."""
        self._socket.close()

    def fetch(self, address: str, etag: str = "") -> FeedReply:
        """Ask for a calendar.

        Args:
            address: Its address.
            etag: What the copy that is here already is called; empty: there is none.

        Raises:
            RemoteError: it could not be had; the sentence says why.
        """
        url = address
        with self._socket.deadline(self._setup.limits.whole_seconds):
            for _ in range(_MOST_REDIRECTS):
                found = self._once(url, etag)
                if isinstance(found, FeedReply):
                    return found
                url = found
        raise BadReply(
            tr("{host} sends us round in circles. Look at the address.").format(host=_host(address))
        )

    def _once(self, url: str, etag: str) -> "FeedReply | str":
        """The calendar, or where it is instead."""
        if self._socket.is_closed:
            raise Offline(tr("The connection was closed."))
        session = session_for("")
        for prefix in ("https://", "http://"):
            session.mount(prefix, self._adapter(url))
        session.headers.update({"Accept": "text/calendar, */*;q=0.1", "Connection": "close"})
        if etag:
            session.headers["If-None-Match"] = etag
        limits = self._setup.limits
        try:
            with (
                session,
                session.get(
                    url,
                    timeout=(limits.connect_seconds, limits.read_seconds),
                    proxies=self._proxies_for(url),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                return self._reply(url, response)
        except _BROKEN as error:
            raise failure(error, self._context(url)) from None  # which would name the address

    def _adapter(self, url: str) -> requests.adapters.BaseAdapter:
        trust = trust_for(url, self._setup.ca_file)
        return self._setup.adapter or CancellableAdapter(self._socket, trust)

    def _proxies_for(self, url: str) -> dict[str, str]:
        if _host(url) in _HERE:
            return {}
        return get_environ_proxies(url, no_proxy=None) if self._proxies is None else self._proxies

    def _context(self, url: str) -> FailureContext:
        return FailureContext(
            host=_host(url),
            is_me=False,
            was_connecting=self._socket.is_connecting,
            timed_out=self._socket.timed_out,
        )

    def _reply(self, url: str, response: requests.Response) -> "FeedReply | str":
        if response.status_code == 304:
            return FeedReply(None)
        if response.is_redirect:
            return calendar_address(urljoin(url, response.headers["Location"]))
        if error := _refusal(_host(url), response.status_code):
            raise error
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise BadReply(
                    tr(
                        "The calendar of {host} has more than {number} MB, which is not read."
                    ).format(host=_host(url), number=MOST_BYTES // 1024 // 1024)
                )
        if self._socket.timed_out or self._socket.is_closed:
            raise failure(OSError(), self._context(url))
        return FeedReply(bytes(body), response.headers.get("ETag", ""))


def _refusal(host: str, status: int) -> RemoteError | None:
    """Why a status is no calendar; None if it is one."""
    if 200 <= status < 300:
        return None
    if status in (401, 403, 407):
        return NoAccess(
            tr(
                "{host} asks for a password. Take the secret address that the calendar "
                "offers in its own settings."
            ).format(host=host)
        )
    if status in (404, 410):
        return BadAddress(
            tr("{host} has no such calendar any more. Look at its address.").format(host=host)
        )
    if status == 429 or status >= 500:
        return ServerFailed(
            together(
                tr("{host} cannot give the calendar now ({status}).").format(
                    host=host, status=status
                ),
                again(),
            )
        )
    return BadReply(
        tr("{host} answered with {status} instead of a calendar. Look at its address.").format(
            host=host, status=status
        )
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
