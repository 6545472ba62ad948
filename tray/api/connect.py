"""Opens a connection in the protocol that the address asks for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tray.api.address import Address, Auth, Version
from tray.api.open_line import open_line
from tray.api.remote_values import Me, ResponseInfo
from tray.api.secret import Secret, password_secret
from tray.api.session_options import DIRECT, Limits, Setup
from tray.api.toggl_v8 import TogglV8
from tray.api.toggl_v9 import TogglV9
from tray.api.transport import Transport
from tray.errors import SignInRefused
from tray.sentences import tr

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter


def connect(
    address: Address,
    secret: Secret,
    *,
    proxy: str = "",
    ca_file: str = "",
    connection: str = "",
    on_response: Callable[[ResponseInfo], None] = lambda _: None,
    on_request: Callable[[str], None] = lambda _: None,
    limits: Limits = DIRECT.limits,
    adapter: "BaseAdapter | None" = None,
    aside: bool = False,
) -> TogglV8 | TogglV9:
    """A connection, without a request yet.

    Args:
        address: The server.
        secret: What proves who we are.
        proxy: An address, ``none``, or empty for the system's.
        ca_file: Certificates to trust besides those of the system.
        connection: Which connection of a gateway to use, if it has several.
        on_response: Called for each reply, in the thread that asked, before the reply is read.
        on_request: Called before each request, with the bucket that pays; it may raise.
        limits: How long requests may take, and how much they may bring.
        adapter: Sends in place of the network.
        aside: Whether a process of its own sends; what cannot be used is told by its requests then.

    Raises:
        BadAddress: the proxy's address cannot be used.
        Untrusted: the CA file cannot be used.
    """
    setup = Setup(proxy, ca_file, connection, limits, adapter, aside)
    line = open_line(address, setup)
    transport = Transport(address, secret, line, on_response=on_response, on_request=on_request)
    return TogglV8(transport) if address.version is Version.V8 else TogglV9(transport)


def sign_in_with_password(
    address: Address,
    email: str,
    password: str,
    *,
    proxy: str = "",
    ca_file: str = "",
    on_response: Callable[[ResponseInfo], None] = lambda _: None,
    adapter: "BaseAdapter | None" = None,
) -> Me:
    """Fetch the account, and with it the API token, in one request.

    Raises:
        SignInRefused: they are wrong, or the server does not tell a token for them.
        RemoteError: of any other kind.
    """
    if address.auth is Auth.BEARER:
        raise SignInRefused(
            tr("{host} takes no password. Sign in with its key.").format(host=address.host)
        )
    secret = password_secret(email, password)
    toggl = connect(
        address, secret, proxy=proxy, ca_file=ca_file, on_response=on_response, adapter=adapter
    )
    try:
        me = toggl.me()
    finally:
        toggl.close()
    if not me.api_token:
        raise SignInRefused(
            tr("{host} tells no token. Sign in with the token itself.").format(host=address.host)
        )
    return me
