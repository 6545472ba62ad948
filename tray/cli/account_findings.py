"""What `doctor` finds of the account, its server, the requests left and the keyring."""

from collections.abc import Iterator

from tray import credentials
from tray.api.address import DEFAULT_URL, Address, Version, read_address
from tray.cli import formatting
from tray.cli.account import waits_for_keyring
from tray.cli.context import Context
from tray.credentials import Patience
from tray.errors import RemoteError, TrayError
from tray.language import listed, tr
from tray.store import account
from tray.store.account import LinkedAccount
from tray.sync import status, status_text

_KEYRING_SECONDS = 5
_Found = tuple[str, bool | None, str]


def findings(context: Context) -> Iterator[_Found]:
    """Topic, whether it works or None if it need not, and the detail of each; no request."""
    try:
        found = account.read(context.db)
        yield _account(context, found)
        left = _left(context)
    except TrayError:
        found = None
        yield "account", False, tr("not known, as the database cannot be used")
        left = tr("not known")
    yield _server(context, found)
    yield "requests left", True, left


def keyring_finding(context: Context) -> _Found:
    """The keyring; it may ask the user something first, and is not waited for long."""
    try:
        return _keyring(context, account.read(context.db))
    except TrayError:
        return _keyring(context, None)


def _account(context: Context, found: LinkedAccount | None) -> _Found:
    if found is None:
        return "account", True, tr("none; `toggl-tray login` connects one")
    now = status.read(context.db, now=context.now)
    line = status_text.line(
        now, now=context.now, time_of_day=lambda when: formatting.moment(context, when)
    )
    works = now.state not in ("trouble", "offline", "attention") and not now.clock_skew
    clock = status_text.wrong_clock(now)
    return "account", works, " ".join(filter(None, (f"{found.name}:", line, clock)))


def _left(context: Context) -> str:
    buckets = status.read(context.db, now=context.now).buckets
    left = [
        tr("{remaining} of {total} for {purpose}").format(
            remaining=each.remaining, total=each.total, purpose=status_text.purpose(each, buckets)
        )
        for each in buckets
    ]
    return listed(left) or tr("no request has been made yet")


def _keyring(context: Context, found: LinkedAccount | None) -> _Found:
    if credentials.from_environment(context.environ) is not None:
        return "keyring", True, tr("not needed, as TOGGL_API_TOKEN is set")
    secret_store = context.secret_store(
        Patience(_KEYRING_SECONDS, waits_for_keyring, may_ask=False)
    )
    token = secret_store.read(found.url if found else DEFAULT_URL)
    if found is None or not found.signed_in:
        if secret_store.reason:
            return (
                "keyring",
                None,
                tr("needed only to sign in: {reason}.").format(reason=secret_store.reason),
            )
        return "keyring", True, tr("can be used")
    if token is None:
        return (
            "keyring",
            False,
            secret_store.problem or tr("has no token; `toggl-tray login` signs in again"),
        )
    return "keyring", True, tr("keeps the token")


def _server(context: Context, found: LinkedAccount | None) -> _Found:
    given = credentials.from_environment(context.environ)
    url, auth = (found.url, found.auth) if found else ("", "")
    if given is not None:
        url, auth = given.url or url, given.auth or ("" if given.url else auth)
    try:
        allowed = context.settings.unencrypted_server
        address = read_address(url, auth or None, unencrypted=allowed)
        return "server", True, _described(address)
    except RemoteError as error:
        return "server", False, str(error)


def _described(address: Address) -> str:
    """The address, and what is spoken there."""
    version = "v8" if address.version is Version.V8 else "v9"
    if address.gateway:
        text = tr("{url}, API {version} through a gateway")
    else:
        text = tr("{url}, API {version}")
    return text.format(url=address.url, version=version)
