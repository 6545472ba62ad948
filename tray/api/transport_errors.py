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
from tray.api.line import lost
from tray.errors import BadAddress, BadReply, NoAnswer, Offline, RemoteError, Untrusted
from tray.sentences import again, together, tr

_E = TypeVar("_E", bound=BaseException)
_TUNNEL: Final = re.compile(r"Tunnel connection failed: (\d{3})")

_PLAIN: Final = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG")
"""What OpenSSL calls an answer in plain text."""

_NOT_CONNECTED: Final = (NewConnectionError, ConnectTimeoutError, requests.ConnectTimeout)


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
            tr(
                "The proxy for {host} cannot be used: its address has to look like "
                "http://proxy.example:8080. Correct it in the settings."
            ).format(host=context.host)
        )
    if context.was_connecting or _first(chain, *_NOT_CONNECTED):
        return _not_reached(chain, context)
    return _no_answer(chain, context)


def _other_side(chain: list[BaseException], context: FailureContext) -> str:
    return tr("the proxy") if _first(chain, ProxyError) else context.host


def _untrusted(error: ssl.SSLCertVerificationError, whose: str) -> Untrusted:
    why = getattr(error, "verify_message", "") or error.reason or tr("it cannot be verified")
    text = _wrong_with_certificate(getattr(error, "verify_code", 0))
    return Untrusted(together(text.format(whose=whose, why=why), tr("Nothing was sent.")))


def _wrong_with_certificate(number: int) -> str:
    """What is wrong with it, by OpenSSL's X509_V_ERR_… number."""
    match number:
        case 9:
            return tr("The certificate of {whose} is not valid yet. Check this computer's clock.")
        case 10:
            return tr(
                "The certificate of {whose} has expired. Check this computer's clock; if it is "
                "right, tell whoever runs the server."
            )
        case 18:
            return tr(
                "The certificate of {whose} is self-signed. If it is your own server, name its "
                "certificate as the CA file."
            )
        case 19 | 20:
            return tr(
                "The certificate of {whose} comes from an authority that is not known here. Name "
                "that authority's file as the CA file."
            )
        case 62 | 64:
            return tr("The certificate of {whose} is for another name. Check the address.")
    return tr("The certificate of {whose} cannot be trusted ({why}).")


def _proxy_refuses(status: int, context: FailureContext) -> RemoteError:
    if status == 407:
        return BadAddress(
            tr(
                "The proxy wants a name and password. Add them to its address in the settings: "
                "http://name:password@proxy.example:8080."
            ),
            status=status,
        )
    if status >= 500:
        return Offline(
            together(
                tr("The proxy cannot reach {host} (status {status}).").format(
                    host=context.host, status=status
                ),
                again(),
            ),
            status=status,
        )
    return BadAddress(
        tr(
            "The proxy does not let us through to {host} (status {status}). Ask "
            "whoever runs it, or name another in the settings."
        ).format(host=context.host, status=status),
        status=status,
    )


def _not_reached(chain: list[BaseException], context: FailureContext) -> RemoteError:
    if _first(chain, ProxyError):
        return Offline(
            tr(
                "The proxy cannot be reached. Check the connection, and its address in the "
                "settings."
            )
        )
    if _first(chain, socket.gaierror):
        return Offline(
            tr("The name {host} cannot be found. Check the connection to the internet.").format(
                host=context.host
            )
        )
    if _first(chain, ConnectionRefusedError):
        text = tr("{host} accepts no connections.")
        if is_near(context.host):
            text = tr(
                "{host} accepts no connections: its server does not run, or listens elsewhere."
            )
        return Offline(together(text.format(host=context.host), again()))
    secure = _first(chain, ssl.SSLError)
    if secure and secure.reason in _PLAIN:
        return Untrusted(
            tr(
                "What answers at {host} speaks http there, not https. Check the port; on "
                "this computer, or in a network of your own, the address may begin with "
                "http://."
            ).format(host=context.host)
        )
    if secure and not isinstance(secure, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Untrusted(
            tr("No secure connection to {host} is possible ({reason}). Check the address.").format(
                host=context.host, reason=_reason(secure)
            )
        )
    if is_near(context.host):
        text = tr("{host} cannot be reached: its server does not run, or listens elsewhere.")
        return Offline(together(text.format(host=context.host), again()))
    return Offline(
        tr("{host} cannot be reached. Check the connection to the internet.").format(
            host=context.host
        )
    )


def _reason(error: ssl.SSLError) -> str:
    return (error.reason or tr("TLS failed")).replace("_", " ").lower()


def _no_answer(chain: list[BaseException], context: FailureContext) -> RemoteError:
    strange = _first(chain, BadStatusLine)
    beginning = "" if isinstance(strange, RemoteDisconnected) else str(strange or "")[:5]
    if beginning.strip("'") and not "HTTP/".startswith(beginning):  # or else it broke off in there
        if context.is_me:
            return BadAddress(
                tr("What answers at {host} is not Toggl. Check the address.").format(
                    host=context.host
                )
            )
        return BadReply(
            tr("{host} answered with something that is not HTTP.").format(host=context.host)
        )
    if context.timed_out or _first(chain, TimeoutError, ReadTimeoutError, requests.Timeout):
        return NoAnswer(
            together(tr("{host} did not answer in time.").format(host=context.host), again())
        )
    return lost(context.host)


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
