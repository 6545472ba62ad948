"""Opens the exchange with the account that is signed in, or that the environment names."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from tray import credentials
from tray.api import sign_in_session
from tray.api.address import Address, read_address
from tray.api.any_call import AnyCall
from tray.api.connect import connect, sign_in_with_password
from tray.api.online_api import OnlineToggl
from tray.api.open_line import open_line
from tray.api.remote_api import Toggl
from tray.api.remote_values import Me, ResponseInfo
from tray.api.secret import Secret, token_secret
from tray.api.session_options import Setup
from tray.api.transport import Transport
from tray.credentials import EnvironmentAccount, SecretStore
from tray.errors import BadAddress, Refused, RemoteError, SignInRefused, TryLater
from tray.sentences import tr, without_again
from tray.settings import Settings
from tray.store import account
from tray.store.database import Database
from tray.sync.pull import whole_account
from tray.sync.sign_in.identity import ServerLocation, check_server


class Access(NamedTuple):
    """How the server of an account is reached, and the right to do so."""

    address: Address
    secret: Secret
    connection: str
    """Which of a gateway's connections."""
    settings: Settings
    belongs_here: bool = True
    """Whether it is known to be of the account whose data is here; a token of the environment can
    be any, until the server was asked."""
    aside: bool = False
    """Whether a process of its own sends for `connect`, while there is something to send."""

    @property
    def location(self) -> ServerLocation:
        """Where the account is, as it is stored."""
        return ServerLocation(self.address.url, self.address.auth.value, self.connection)

    @property
    def mark(self) -> str:
        """What is stored once the server has said that this is of the account."""
        return self.secret.mark(self.address.url)

    def connect(self, on_response: Callable[[ResponseInfo], None] = lambda _: None) -> Toggl:
        """A connection; see `tray.api.connect.connect`."""
        return connect(
            self.address,
            self.secret,
            proxy=self.settings.proxy,
            ca_file=self.settings.ca_file,
            connection=self.connection,
            on_response=on_response,
            aside=self.aside,
        )

    def online(
        self,
        on_response: Callable[[ResponseInfo], None],
        on_request: Callable[[str], None],
    ) -> OnlineToggl:
        """A connection for what is asked at once; see `tray.api.connect.connect`."""
        return connect(
            self.address,
            self.secret,
            proxy=self.settings.proxy,
            ca_file=self.settings.ca_file,
            connection=self.connection,
            on_response=on_response,
            on_request=on_request,
        )

    def any_call(
        self,
        on_response: Callable[[ResponseInfo], None],
        on_request: Callable[[str], None],
    ) -> AnyCall:
        """A connection for calls that a user types; see `tray.api.transport.Transport`."""
        setup = Setup(self.settings.proxy, self.settings.ca_file, self.connection)
        return AnyCall(
            Transport(
                self.address,
                self.secret,
                open_line(self.address, setup),
                on_response=on_response,
                on_request=on_request,
            )
        )

    def me(self) -> Me:
        """Who this signs in as, with all that belongs to the account."""
        return _signed_in(self.address, lambda at: self._replace(address=at)._read())

    def _read(self) -> Me:
        toggl = self.connect()
        try:
            return whole_account.read(toggl)
        finally:
            toggl.close()


def _signed_in(address: Address, read: Callable[[Address], Me]) -> Me:
    """The account at an address; if only the path is wrong, say so, and not that the secret is.

    Raises:
        RemoteError: of any kind, without a promise to try again: nobody does.
    """
    try:
        return read(address)
    except TryLater as error:
        error.args = (without_again(str(error)),)
        raise
    except (SignInRefused, BadAddress) as error:
        parts = urlsplit(address.url)
        usual = f"{parts.scheme}://{parts.netloc}/api/v9"
        if address.gateway or address.url == usual:
            raise
        try:
            read(address._replace(url=usual))
        except RemoteError:
            raise error from None
        raise BadAddress(
            tr("{host} has its API not at {url}. Sign in at {usual}.").format(
                host=address.host, url=address.url, usual=usual
            ),
            server_message=error.server_message,
            status=error.status,
        ) from None


def access_with(
    token: str, url: str, auth: str | None, *, connection: str = "", settings: Settings
) -> Access:
    """The access that a token, or a gateway's key, gives.

    Raises:
        BadAddress: the address cannot be used.
        SignInRefused: that cannot be a token.
    """
    address = read_address(url, auth or None, unencrypted=settings.unencrypted_server)
    return Access(address, token_secret(token, address.auth), connection, settings)


def access_by_environment(db: Database, given: EnvironmentAccount, *, settings: Settings) -> Access:
    """The access that the environment gives.

    Without an address its token is for the server of the account whose data is here, if any.

    Raises:
        BadAddress: the address cannot be used.
        SignInRefused: that cannot be a token, or is one for another server.
    """
    url, auth, connection = given.url, given.auth, given.connection
    found = account.read(db)
    if found is not None and not url:
        url, auth, connection = found.url, auth or found.auth, connection or found.connection
    access = access_with(given.token, url, auth, connection=connection, settings=settings)
    try:
        check_server(db, access.address.url)
    except Refused as error:
        raise SignInRefused(str(error)) from None
    return access._replace(belongs_here=found is not None and found.token_mark == access.mark)


def find_access(
    db: Database, secret_store: SecretStore, environ: Mapping[str, str], *, settings: Settings
) -> Access | None:
    """The access to the account that is signed in; the environment comes first.

    Reading the keyring may take as long as the user takes to unlock it.

    Returns:
        None if nobody is signed in, or the keyring does not tell the token.

    Raises:
        BadAddress: the address cannot be used.
        SignInRefused: what was found cannot be a token, or is one for another server.
    """
    given = credentials.from_environment(environ)
    if given is not None:
        return access_by_environment(db, given, settings=settings)
    found = account.read(db)
    if found is None or not found.signed_in:
        return None
    token = secret_store.read(found.url)
    if token is None:
        return None
    return access_with(token, found.url, found.auth, connection=found.connection, settings=settings)


def open_session(email: str, password: str, address: Address, *, settings: Settings) -> str:
    """The cookie of a session; see `tray.api.sign_in_session.open_session`."""
    return sign_in_session.open_session(address, email, password, setup=_setup(settings))


def close_session(address: Address, cookie: str, *, settings: Settings) -> None:
    """End a session on the server; see `tray.api.sign_in_session.close_session`."""
    sign_in_session.close_session(address, cookie, setup=_setup(settings))


def sign_up(
    address: Address, email: str, password: str, time_zone: str, *, settings: Settings
) -> None:
    """Make a new account; see `tray.api.sign_in_session.sign_up`."""
    sign_in_session.sign_up(address, email, password, time_zone, setup=_setup(settings))


def _setup(settings: Settings) -> Setup:
    return Setup(settings.proxy, settings.ca_file)


def token_for(email: str, password: str, url: str, *, settings: Settings) -> str:
    """The API token of whoever has this password, which is used once and kept nowhere.

    Raises:
        RemoteError: of any kind.
    """
    address = read_address(url, unencrypted=settings.unencrypted_server)
    try:
        return _signed_in(
            address,
            lambda at: sign_in_with_password(
                at, email, password, proxy=settings.proxy, ca_file=settings.ca_file
            ),
        ).api_token
    except SignInRefused as error:
        if error.status is None:  # not the server's words, but ours, which name the reason
            raise
        raise SignInRefused(
            tr(
                "{host} does not accept the sign-in. Check the e-mail address and the "
                "password, or sign in with the API token."
            ).format(host=address.host),
            server_message=error.server_message,
            status=error.status,
        ) from None
