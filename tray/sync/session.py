"""Opens the exchange with the account that is signed in, or that the environment names."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tray import credentials
from tray.api.address import Address, read_address
from tray.api.connect import connect, sign_in_with_password
from tray.api.secret import Secret, token_secret
from tray.api.toggl import Toggl
from tray.api.values import Me, Seen
from tray.credentials import Keeper
from tray.settings import Settings
from tray.store import account
from tray.store.database import Database
from tray.sync import join
from tray.sync.engine import Engine
from tray.sync.join import Choice


class Access(NamedTuple):
    """How the server of an account is reached, and the right to do so."""

    address: Address
    secret: Secret
    connection: str
    """Which of a gateway's connections."""
    settings: Settings
    belongs_here: bool = True
    """Whether it is known to be of the account whose data is here; a token of the environment can
    be any."""

    def connect(self, on_seen: Callable[[Seen], None] = lambda _: None) -> Toggl:
        """A connection; see `tray.api.connect.connect`."""
        return connect(
            self.address,
            self.secret,
            proxy=self.settings.proxy,
            ca_file=self.settings.ca_file,
            connection=self.connection,
            on_seen=on_seen,
        )

    def me(self) -> Me:
        """Who this signs in as, with all that belongs to the account; one request."""
        toggl = self.connect()
        try:
            return toggl.me()
        finally:
            toggl.close()


def access_with(
    token: str, url: str, auth: str | None, *, connection: str = "", settings: Settings
) -> Access:
    """The access that a token, or a gateway's key, gives.

    Raises:
        BadAddress: the address cannot be used.
        SignInRefused: that cannot be a token.
    """
    address = read_address(url, auth or None)
    return Access(address, token_secret(token, address.auth), connection, settings)


def find_access(
    db: Database, keeper: Keeper, environ: Mapping[str, str], *, settings: Settings
) -> Access | None:
    """The access to the account that is signed in; the environment comes first.

    Reading the keyring may take as long as the user takes to unlock it.

    Returns:
        None if nobody is signed in, or the keyring does not tell the token.

    Raises:
        BadAddress: the address cannot be used.
        SignInRefused: what was found cannot be a token.
    """
    given = credentials.from_environment(environ)
    if given is not None:
        return access_with(
            given.token, given.url, given.auth, connection=given.connection, settings=settings
        )._replace(belongs_here=False)
    found = account.read(db)
    if found is None or not found.signed_in:
        return None
    token = keeper.read(found.url)
    if token is None:
        return None
    return access_with(token, found.url, found.auth, connection=found.connection, settings=settings)


def token_for(email: str, password: str, url: str, *, settings: Settings) -> str:
    """The API token of whoever has this password, which is used once and kept nowhere.

    Raises:
        RemoteError: of any kind.
    """
    address = read_address(url)
    return sign_in_with_password(
        address, email, password, proxy=settings.proxy, ca_file=settings.ca_file
    ).api_token


def sign_in(db: Database, access: Access, me: Me, choice: Choice, *, now: int) -> None:
    """Connect the local copy with the account that `me` was read from.

    Raises:
        Refused: the data here belongs to another account.
    """
    join.sign_in(
        db,
        me,
        url=access.address.url,
        auth=access.address.auth.value,
        connection=access.connection,
        choice=choice,
        now=now,
    )


def open_engine(db: Database, access: Access, *, clock: Callable[[], int]) -> Engine:
    """The engine that keeps `db` and the account in step.

    It begins by asking whose account that is, if this is not known.

    Raises:
        RemoteError: the settings of the network cannot be used.
    """
    return Engine(db, access.connect, clock=clock, belongs_here=access.belongs_here)
