"""Opens a session by e-mail and password, ends it, and signs somebody new up."""

import re
from typing import Final

from tray.api.address import Address, Auth, Version
from tray.api.open_line import open_line
from tray.api.response import Request
from tray.api.secret import nobody, password_secret, token_secret
from tray.api.session_options import DIRECT, Setup
from tray.api.transport import Transport
from tray.errors import BadReply, EndpointGone, Gone, ServerRefused, SignInRefused
from tray.sentences import tr

_ACCOUNTS: Final = "https://accounts.toggl.com/api/sessions"
_COOKIE: Final = re.compile(r"(?:^|[,;]\s*)([\w-]*session[\w-]*)=([^;,\s]+)")
CREATED_WITH: Final = "Toggl Tray"


def open_session(address: Address, email: str, password: str, *, setup: Setup = DIRECT) -> str:
    """Sign in, and return the cookie of the session, which is as secret as a token.

    Raises:
        SignInRefused: they are wrong, or there are no sessions there.
        RemoteError: of any other kind.
    """
    secret = password_secret(email, password)
    at_toggl = address.is_toggl and not address.gateway and address.version is Version.V9
    if address.gateway:
        raise SignInRefused(
            tr("{host} has no sessions. Sign in with its key.").format(host=address.host)
        )
    body = {"email": email.strip(), "password": password} if at_toggl else None
    transport = Transport(
        address, nobody(password) if at_toggl else secret, open_line(address, setup)
    )
    try:
        reply = transport.fetch(Request("POST", "/me/sessions"), _url(address), body=body)
        if reply.status in (401, 403):
            raise SignInRefused(
                tr(
                    "{host} does not accept the sign-in. Check the e-mail address and the password."
                ).format(host=address.host),
                status=reply.status,
            )
        if error := transport.error_of(reply):
            raise error
    except (Gone, EndpointGone) as error:
        raise SignInRefused(
            tr("{host} offers no sessions. Sign in with the API token.").format(host=address.host),
            status=error.status,
        ) from None
    finally:
        transport.close()
    found = _COOKIE.search(reply.headers.get("Set-Cookie", ""))
    if found is None:
        raise BadReply(
            tr("{host} opened no session. Sign in with the API token.").format(host=address.host)
        )
    return f"{found[1]}={found[2]}"


def close_session(address: Address, cookie: str, *, setup: Setup = DIRECT) -> None:
    """End a session on the server: its cookie is worth nothing any more.

    Raises:
        RemoteError: it may go on.
    """
    transport = Transport(address, token_secret(cookie, Auth.SESSION), open_line(address, setup))
    try:
        reply = transport.fetch(Request("DELETE", "/me/sessions"), _url(address))
        if reply.status not in (401, 403, 404) and (error := transport.error_of(reply)):
            raise error
    finally:
        transport.close()


def sign_up(
    address: Address, email: str, password: str, time_zone: str, *, setup: Setup = DIRECT
) -> None:
    """Make a new account; the server may want its address confirmed by a letter first.

    Raises:
        ServerRefused: the address is taken, or there is no sign-up there.
        RemoteError: of any other kind.
    """
    user = {
        "email": email.strip(),
        "password": password,
        "timezone": time_zone,
        "created_with": CREATED_WITH,
    }
    is_v8 = address.version is Version.V8
    transport = Transport(address, nobody(password), open_line(address, setup))
    try:
        if is_v8:
            transport.request("POST", "/signups", body={"user": user})
        else:
            transport.request("POST", "/signup", body={**user, "tos_accepted": True})
    except (Gone, EndpointGone) as error:
        raise ServerRefused(
            tr("{host} offers no sign-up to programs. Sign up on its own pages.").format(
                host=address.host
            ),
            status=error.status,
        ) from None
    finally:
        transport.close()


def _url(address: Address) -> str:
    """Where the sessions of a server are."""
    if address.version is Version.V8:
        return f"{address.url}/sessions"
    if address.is_toggl:
        return _ACCOUNTS
    return f"{address.url}/me/sessions"
