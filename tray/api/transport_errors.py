"""Turns what requests, urllib3 and the sockets raise into errors that say who has to act."""

import re
import socket
import ssl
from collections.abc import Iterator
from http.client import BadStatusLine, RemoteDisconnected
from typing import Final, NamedTuple, TypeVar

import requests
from requests.exceptions import InvalidProxyURL, InvalidSchema
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationValueError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)

from tray.api.address import is_near
from tray.errors import AGAIN, BadAddress, BadReply, NoAnswer, Offline, RemoteError, Untrusted

_E = TypeVar("_E", bound=BaseException)
_TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})")

_PLAIN: Final = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG")
"""What OpenSSL calls an answer in plain text."""

_NOT_CONNECTED: Final = (NewConnectionError, ConnectTimeoutError, requests.ConnectTimeout)

_CERTIFICATE: Final = {
    9: "is not valid yet. Check this computer's clock",
    10: "has expired. Check this computer's clock; if it is right, tell whoever runs the server",
    18: "is self-signed. If it is your own server, name its certificate as the CA file",
    19: "comes from an authority that is not known here. Name that authority's file as the CA file",
    20: "comes from an authority that is not known here. Name that authority's file as the CA file",
    62: "is for another name. Check the address",
    64: "is for another name. Check the address",
}
"""What is wrong with a certificate, by OpenSSL's X509_V_ERR_… number."""


class FailureContext(NamedTuple):
    """How far a request had come when it failed."""

    host: str
    is_me: bool
    was_connecting: bool
    """Nothing was sent yet, for certain."""
    timed_out: bool
    """It was broken off because it took too long as a whole."""


def failure(error: Exception, context: FailureContext) -> RemoteError:
    """The error of ours for one that was raised while a request was sent or its head awaited."""
    chain = list(_chain(error))
    if found := _first(chain, ssl.SSLCertVerificationError):
        return _untrusted(found, _other_side(chain, context))
    if tunnel := next(filter(None, (_TUNNEL.search(str(each)) for each in chain)), None):
        return _proxy_refuses(int(tunnel.group(1)), context)
    if _first(chain, InvalidProxyURL, InvalidSchema, LocationValueError):
        return BadAddress(
            f"The proxy for {context.host} cannot be used: its address has to look like "
            "http://proxy.example:8080. Correct it in the settings."
        )
    if context.was_connecting or _first(chain, *_NOT_CONNECTED):
        return _not_reached(chain, context)
    return _no_answer(chain, context)


def broken_off(context: FailureContext) -> NoAnswer:
    """The error for an answer that began, but did not end."""
    reason = "took too long to answer" if context.timed_out else "broke its answer off"
    return NoAnswer(f"{context.host} {reason}. {AGAIN}")


def _other_side(chain: list[BaseException], context: FailureContext) -> str:
    return "the proxy" if _first(chain, ProxyError) else context.host


def _untrusted(error: ssl.SSLCertVerificationError, whose: str) -> Untrusted:
    why = getattr(error, "verify_message", "") or error.reason or "it cannot be verified"
    what = _CERTIFICATE.get(getattr(error, "verify_code", 0), f"cannot be trusted ({why})")
    return Untrusted(f"The certificate of {whose} {what}. Nothing was sent.")


def _proxy_refuses(status: int, context: FailureContext) -> RemoteError:
    if status == 407:
        return BadAddress(
            "The proxy wants a name and password. Add them to its address in the settings: "
            "http://name:password@proxy.example:8080.",
            status=status,
        )
    if status >= 500:
        return Offline(
            f"The proxy cannot reach {context.host} (status {status}). {AGAIN}",
            status=status,
        )
    return BadAddress(
        f"The proxy does not let us through to {context.host} (status {status}). "
        "Ask whoever runs it, or name another in the settings.",
        status=status,
    )


def _not_reached(chain: list[BaseException], context: FailureContext) -> RemoteError:
    if _first(chain, ProxyError):
        return Offline(
            "The proxy cannot be reached. Check the connection, and its address in the settings."
        )
    if _first(chain, socket.gaierror):
        return Offline(
            f"The name {context.host} cannot be found. Check the connection to the internet."
        )
    if _first(chain, ConnectionRefusedError):
        return Offline(f"{context.host} accepts no connections{_own(context.host)}. {AGAIN}")
    secure = _first(chain, ssl.SSLError)
    if secure and secure.reason in _PLAIN:
        return Untrusted(
            f"What answers at {context.host} speaks http there, not https. Check the port; on this "
            "computer, or in a network of your own, the address may begin with http://."
        )
    if secure and not isinstance(secure, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Untrusted(
            f"No secure connection to {context.host} is possible ({_reason(secure)}). "
            "Check the address."
        )
    if _own(context.host):
        return Offline(f"{context.host} cannot be reached{_own(context.host)}. {AGAIN}")
    return Offline(f"{context.host} cannot be reached. Check the connection to the internet.")


def _own(host: str) -> str:
    """What to look at first, if the server is one's own and not somewhere on the internet."""
    return ": its server does not run, or listens elsewhere" if is_near(host) else ""


def _reason(error: ssl.SSLError) -> str:
    return (error.reason or "TLS failed").replace("_", " ").lower()


def _no_answer(chain: list[BaseException], context: FailureContext) -> RemoteError:
    strange = _first(chain, BadStatusLine)
    beginning = "" if isinstance(strange, RemoteDisconnected) else str(strange or "")[:5]
    if beginning.strip("'") and not "HTTP/".startswith(beginning):  # or else it broke off in there
        if context.is_me:
            return BadAddress(f"What answers at {context.host} is not Toggl. Check the address.")
        return BadReply(f"{context.host} answered with something that is not HTTP.")
    if context.timed_out or _first(chain, TimeoutError, ReadTimeoutError, requests.Timeout):
        return NoAnswer(f"{context.host} did not answer in time. {AGAIN}")
    return NoAnswer(f"The connection to {context.host} broke. {AGAIN}")


def _first(chain: list[BaseException], *kinds: type[_E]) -> _E | None:
    return next((each for each in chain if isinstance(each, kinds)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it was made of; requests and urllib3 put it in different places.

    Not what was being handled when it came up: that may be the failure of another request.
    """
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [*each.args, getattr(each, "reason", None), each.__cause__]
