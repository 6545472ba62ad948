"""Turns a reply whose status is not success into the error that says who has to act."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from tray.api.address import Address, Version
from tray.api.codec import msgspec
from tray.api.error_text import is_page
from tray.api.response import Response
from tray.errors import (
    AlreadyStopped,
    BadAddress,
    BadReply,
    EndpointGone,
    GatewayRefused,
    Gone,
    Intercepted,
    NoAccess,
    NoAnswer,
    PremiumNeeded,
    QuotaSpent,
    RemoteError,
    ServerFailed,
    ServerRefused,
    SignInRefused,
    TooFast,
)
from tray.model.durations import HOUR
from tray.sentences import again, together, tr

LONGEST_WAIT: Final = HOUR
"""Seconds. The window of the quota; whoever asks for more is asked again after it."""
_PREMIUM: Final = re.compile(r"premium|paid|\bplans?\b|subscription|upgrade|feature", re.I)
_QUOTA: Final = re.compile(r"hourly limit|quota|limit for api calls", re.I)
_RESETS: Final = re.compile(r"reset in (\d+) (second|minute)", re.I)
_BAD_TOKEN: Final = re.compile(r"incorrect username|password", re.I)

_NEED_OWN_WORDS: Final = (401, 403, 410, 418)
"""What would end the exchange if the server itself said it."""
_NO_PAGES: Final = (402, 404, 405, 406, 451)
"""What a server says of one thing, but never with a page."""
_API_HEADERS: Final = (
    "X-Toggl-Request-Id",
    "X-Request-Id",
    "X-Service-Level",
    "X-We-Are-Hiring",
    "X-Authorization-Missing",
    "X-Remaining-Login-Attempts",
    "X-Toggl-Quota-Remaining",
)

_FIELDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), field)
    for pattern, field in (
        (r"start_date must not be earlier|invalid start_date", "start_date"),
        (r"'since'|\bsince is expected|invalid since", "since"),
        (r"created_with", "created_with"),
        (r"billable|billing", "billable"),
        (r"colou?r", "colour"),
        (r"name\b.*(taken|blank|empty|exists|maximum|long)|already exists", "name"),
        (r"stop time|duration|stop can't|invalid stop|999 hours|\"stop\"", "stop"),
        (r"in this period|start time|start can't|invalid start|\"start\"", "start"),
        (r"\btask|\btid\b", "task_id"),
        (r"\bproject|\bpid\b", "project_id"),
        (r"\bclient|\bcid\b", "client_id"),
        (r"\btags?\b|\btag_", "tags"),
        (r"description", "description"),
        (r"workspace|\bwid\b", "workspace_id"),
    )
)
"""The first that is found counts. Sources: toggl-api notes on the official desktop client's list
of messages, and the messages in the swagger of v9."""


_WANTS_TLS: Final = re.compile(r"\bHTTP request (was sent )?to (an )?HTTPS", re.IGNORECASE)
"""What servers in Go and nginx say to plain http on a port for https."""


def refusal(reply: Response, message: str, address: Address) -> RemoteError:
    """The error for a reply that is not a success.

    Args:
        reply: With its body.
        message: What the server says in it, without any secret.
        address: Where it comes from.
    """
    if address.url.startswith("http://") and _WANTS_TLS.search(message):
        return BadAddress(
            tr(
                "What answers at {host} speaks https there, not http. Begin the address "
                "with https://."
            ).format(host=address.host),
            server_message=message,
            status=reply.status,
        )
    if _is_intercepted(reply, message, address):
        return _intercepted(reply, message, address)
    by_status = _BY_STATUS.get(reply.status)
    if by_status:
        return by_status(reply, message, address)
    if 500 <= reply.status < 600:
        return _server_failed(reply, message, address)
    if 400 <= reply.status < 500:
        return _refused(reply, message, address)
    if 300 <= reply.status < 400:
        return _moved(reply, message, address)
    return BadReply(
        tr("{host} answered with the unknown status {status}.").format(
            host=address.host, status=reply.status
        ),
        server_message=message,
        status=reply.status,
    )


def _is_intercepted(reply: Response, message: str, address: Address) -> bool:
    """Whether something on the way answered, and not the server: what it refuses is no verdict."""
    if is_page(reply.body):
        by_me = _NEED_OWN_WORDS if reply.call.is_me else (*_NEED_OWN_WORDS, *_NO_PAGES)
        return reply.status in by_me
    if reply.status not in _NEED_OWN_WORDS:
        return False
    if any(name in reply.headers for name in _API_HEADERS):
        return False
    if not reply.body.strip():
        return address.is_toggl and address.version is Version.V9
    is_json = reply.body.lstrip()[:1] in (b'"', b"{", b"[")
    known = is_json or _BAD_TOKEN.search(message) or field_in(message)
    return address.is_toggl and not known


def _intercepted(reply: Response, message: str, address: Address) -> RemoteError:
    return Intercepted(
        together(
            tr(
                "Something answered in place of {host} (status {status}), as a firewall or the "
                "sign-in page of a network does."
            ).format(host=address.host, status=reply.status),
            again(),
        ),
        server_message=message,
        status=reply.status,
    )


def not_toggl(address: Address, message: str = "", status: int | None = None) -> BadAddress:
    """The error for an answer to “who am I” that no server of this API would give."""
    return BadAddress(
        (
            tr("What answers at {url} is not Toggl. Check the address.")
            if address.is_toggl
            else tr("What answers at {url} is not a server of Toggl's API. Check the address.")
        ).format(url=address.url),
        server_message=message,
        status=status,
    )


def field_in(message: str) -> str | None:
    """The field that a refusal is about, if its words betray it.

    Named as in `EntryFields` and `ProjectFields`; ``since`` and ``start_date`` are bounds of a
    question, ``workspace_id`` and ``created_with`` what else is sent.
    """
    return next((field for pattern, field in _FIELDS if pattern.search(message)), None)


def _what_to_do(field: str | None) -> str:
    """What helps where a field is at fault; empty if that is not known."""
    return {
        "billable": tr("Take the billable mark off."),
        "colour": tr("Choose one of the standard colours."),
        "description": tr("Correct the description."),
        "start": tr("Correct the start."),
        "stop": tr("Correct the end."),
        "project_id": tr("Choose another project."),
        "task_id": tr("Choose another task."),
        "client_id": tr("Choose another client."),
        "tags": tr("Correct the tags."),
        "name": tr("Choose another name."),
    }.get(field or "", "")


def _quoting(statement: str, message: str) -> str:
    """A statement as a sentence, with the words of the server if there are any."""
    if not message:
        return tr("{statement}.").format(statement=statement)
    return tr("{statement}: “{message}”.").format(statement=statement, message=message)


def _refused(reply: Response, message: str, address: Address) -> RemoteError:
    if address.gateway and reply.status == 400 and "connection" in message.lower():
        return GatewayRefused(
            together(
                _quoting(tr("The gateway has no connection to your Toggl account"), message),
                tr("Make one on the gateway's own pages."),
            ),
            server_message=message,
            status=reply.status,
        )
    field = field_in(message) or reply.call.default_field
    return ServerRefused(
        together(
            _quoting(tr("{host} did not accept this").format(host=address.host), message),
            _what_to_do(field) or tr("Correct it, or give it up."),
        ),
        server_message=message,
        status=reply.status,
        field=field,
    )


def _not_allowed(reply: Response, message: str, address: Address) -> RemoteError:
    """401 and 403; a token is only wrong where it is asked whose it is."""
    if reply.call.is_me:
        return _sign_in(reply, message, address)
    return NoAccess(
        together(
            _quoting(tr("This is not allowed to your account"), message),
            tr("Ask whoever runs the workspace, or choose something else."),
        ),
        server_message=message,
        status=reply.status,
        field=field_in(message),
    )


def _sign_in(reply: Response, message: str, address: Address) -> RemoteError:
    from_toggl = _BAD_TOKEN.search(message) or "X-Authorization-Missing" in reply.headers
    if address.gateway and reply.status == 401 and not from_toggl:
        return GatewayRefused(
            tr("The gateway does not accept its key. Sign in with a key from its own pages."),
            server_message=message,
            status=reply.status,
        )
    if address.gateway:
        return GatewayRefused(
            tr(
                "Toggl does not accept the gateway any more. Renew its connection to your "
                "account on "
                "the gateway's own pages."
            ),
            server_message=message,
            status=reply.status,
        )
    return SignInRefused(
        (
            tr(
                "{host} does not accept the sign-in. Sign in with the token from the bottom of "
                "your Toggl profile."
            )
            if address.is_toggl
            else tr(
                "{host} does not accept the sign-in. Sign in with the token from your profile "
                "there."
            )
        ).format(host=address.host),
        server_message=message,
        status=reply.status,
    )


def _payment(reply: Response, message: str, address: Address) -> RemoteError:
    left = reply.number("X-Toggl-Quota-Remaining")
    asks_for_plan = _PREMIUM.search(message) and not _QUOTA.search(message)
    if not asks_for_plan and (
        _QUOTA.search(message) or not message or (left is not None and left <= 0)
    ):
        return QuotaSpent(
            tr(
                "The requests that your plan allows for this hour are used up. "
                "Tracking goes on; the rest is sent when they are renewed."
            ),
            server_message=message,
            status=reply.status,
            wait_seconds=_until_reset(reply, message),
        )
    field = field_in(message)
    needed = (
        tr("This needs a paid plan of Toggl")
        if address.is_toggl
        else tr("{host} wants a paid plan for this").format(host=address.host)
    )
    return PremiumNeeded(
        together(_quoting(needed, message), _what_to_do(field)),
        server_message=message,
        status=reply.status,
        field=field,
    )


def _until_reset(reply: Response, message: str) -> int | None:
    seconds = reply.number("X-Toggl-Quota-Resets-In")
    if seconds is None and (found := _RESETS.search(message)):
        seconds = int(found.group(1)[:9]) * (60 if found.group(2).lower() == "minute" else 1)
    return _bounded(seconds)


def _bounded(seconds: int | None) -> int | None:
    return None if seconds is None else min(max(seconds, 0), LONGEST_WAIT)


def _gone(reply: Response, message: str, address: Address) -> RemoteError:
    if reply.call.is_me:
        return not_toggl(address, message, reply.status)
    if address.version is Version.V8 and _is_list(reply.body):
        return _refused(reply, message, address)  # the documents of v8: 404 and a list of reasons
    return Gone(
        _quoting(tr("It does not exist on {host} any more").format(host=address.host), message),
        server_message=message,
        status=reply.status,
    )


def _is_list(body: bytes) -> bool:
    try:
        return bool(msgspec.json.decode(body, type=list[str]))
    except (ValueError, RecursionError):
        return False


def _proxy(reply: Response, message: str, address: Address) -> RemoteError:
    return BadAddress(
        tr(
            "The proxy wants a name and password. Add them to its address in the settings: "
            "http://name:password@proxy.example:8080."
        ),
        server_message=message,
        status=reply.status,
    )


def _timed_out(reply: Response, message: str, address: Address) -> RemoteError:
    return NoAnswer(
        tr("{host} did not receive the request in time. It will be sent again.").format(
            host=address.host
        ),
        server_message=message,
        status=reply.status,
    )


def _conflict(reply: Response, message: str, address: Address) -> RemoteError:
    if reply.call.path.endswith("/stop") or "already stopped" in message.lower():
        return AlreadyStopped(
            tr("The entry had been stopped already."), server_message=message, status=reply.status
        )
    return _refused(reply, message, address)


def _endpoint_gone(reply: Response, message: str, address: Address) -> RemoteError:
    off = tr("Version {version} of the API is switched off at {host}").format(
        version=address.version[1:], host=address.host
    )
    is_newest = address.version is Version.V9
    hint = "" if is_newest else tr("Use an address that ends in /api/v9.")
    return EndpointGone(
        together(_quoting(off, message), hint),
        server_message=message,
        status=reply.status,
    )


def _too_fast(reply: Response, message: str, address: Address) -> RemoteError:
    if address.gateway and not is_page(reply.body):  # the gateway's are JSON
        sentence = tr(
            "The gateway got too many requests at once. It will be asked again in some minutes."
        )
    elif address.is_toggl:
        sentence = tr(
            "Toggl got too many requests at once. It will be asked again in some minutes."
        )
    else:
        sentence = tr(
            "{host} got too many requests at once. It will be asked again in some minutes."
        ).format(host=address.host)
    return TooFast(
        sentence,
        server_message=message,
        status=reply.status,
        wait_seconds=_bounded(reply.number("Retry-After")),
    )


def _server_failed(reply: Response, message: str, address: Address) -> RemoteError:
    fault = tr("{host} has a fault of its own (status {status})").format(
        host=address.host, status=reply.status
    )
    return ServerFailed(
        together(_quoting(fault, "" if is_page(reply.body) else message), again()),
        server_message=message,
        status=reply.status,
        wait_seconds=_bounded(reply.number("Retry-After")),
    )


def _moved(reply: Response, message: str, address: Address) -> RemoteError:
    try:
        to = urlsplit(reply.headers.get("Location", ""))
        place = f"{to.scheme}://{to.hostname}{to.path}" if to.hostname else to.path
    except ValueError:
        place = ""
    return BadAddress(
        tr(
            "{host} sends us to {place}, which we do not follow with your token. If "
            "that is the right place, make it the address."
        ).format(host=address.host, place=place or tr("another place")),
        server_message=message,
        status=reply.status,
    )


_BY_STATUS: Final[dict[int, Callable[[Response, str, Address], RemoteError]]] = {
    401: _not_allowed,
    402: _payment,
    403: _not_allowed,
    404: _gone,
    407: _proxy,
    408: _timed_out,
    409: _conflict,
    410: _endpoint_gone,
    418: _endpoint_gone,
    429: _too_fast,
}
