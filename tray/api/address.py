"""Reads the address of a server, and what follows from it: protocol, sign-in, gateway, reports."""

import re
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from tray.errors import BadAddress, Unencrypted
from tray.lean_typing import Final, NamedTuple
from tray.sentences import tr

DEFAULT_URL: Final = "https://api.track.toggl.com/api/v9"
_PRIVATE: Final = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "fe80::/10",
            "fc00::/7",
        ),
    )
)
_PLAIN_HOST: Final = re.compile(r"(?=.{1,200}$)[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60})*")
"""What is as it is in any name."""
_GATEWAY: Final = "/toggl-track"
"""The first part of every path on a gateway."""


class Version(StrEnum):
    """The protocol that a server speaks."""

    V9 = "v9"
    V8 = "v8"


class Auth(StrEnum):
    """How a token is shown to a server."""

    BASIC = "basic"
    BEARER = "bearer"
    SESSION = "session"


class Address(NamedTuple):
    """Where a server is, and how it wants to be spoken to."""

    url: str
    """What the paths of the API are appended to, such as ``https://api.track.toggl.com/api/v9``."""
    version: Version
    auth: Auth
    gateway: bool
    """Whether somebody else's server stands between us and Toggl."""

    @property
    def host(self) -> str:
        """The name of the server, for sentences."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether it runs on this computer."""
        return _is_loopback(self.host)

    @property
    def is_toggl(self) -> bool:
        """Whether Toggl itself answers there, perhaps through a gateway."""
        return self.gateway or f".{self.host}".endswith(".toggl.com")

    @property
    def reports(self) -> str:
        """What the paths of the Reports API v3 are appended to; empty if there is none."""
        base, found, _ = self.url.rpartition("/api/v9")
        return f"{base}/reports/api/v3" if found else ""


def read_address(url: str, auth: str | None = None, *, unencrypted: str = "") -> Address:
    """The address that a user, or ``TOGGL_API_URL``, has given; empty means Toggl's own.

    Args:
        url: With the path of the API in it; a bare host gets Toggl's path.
        auth: ``basic`` or ``bearer``, where it is not what the path suggests.
        unencrypted: The one host in a private network that may be spoken to by plain HTTP.

    Raises:
        BadAddress: it cannot be used; with the reason.
    """
    parts = _split(url.strip() or DEFAULT_URL, unencrypted)
    path = parts.path.rstrip("/")
    gateway = f"{path}/".startswith(f"{_GATEWAY}/")
    if path in ("", _GATEWAY):
        path += "/api/v9"
    return Address(
        url=f"{parts.scheme}://{parts.netloc.lower()}{path}",
        version=Version.V8 if path.endswith("/api/v8") else Version.V9,
        auth=_auth(auth) or (Auth.BEARER if gateway else Auth.BASIC),
        gateway=gateway,
    )


def token_page(address: Address) -> str:
    """Where in a browser somebody finds the token, or a gateway's key; as far as it is known."""
    parts = urlsplit(address.url)
    if address.gateway:
        return f"{parts.scheme}://{parts.netloc}/"
    if address.is_toggl:
        return "https://track.toggl.com/profile"
    return f"{parts.scheme}://{parts.netloc}/profile"


@lru_cache(maxsize=8)
def stored_address(url: str) -> Address:
    """An address that is stored, as its account was signed in there; the line was allowed then."""
    return read_address(url, unencrypted=urlsplit(url).hostname or "")


def _auth(name: str | None) -> Auth | None:
    if not name:
        return None
    try:
        return Auth(name.strip().lower())
    except ValueError as error:
        raise BadAddress(
            tr("TOGGL_API_AUTH is “{name}”. It can be “basic” or “bearer”.").format(name=name)
        ) from error


def _split(url: str, unencrypted: str) -> SplitResult:
    if not url.isprintable() or any(char.isspace() or char == "\\" for char in url):
        raise BadAddress(
            tr("The address has spaces or other characters that no address has. Copy it again.")
        )
    is_bare = "://" not in url
    if is_bare:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        if is_bare and _is_loopback(parts.hostname or ""):  # where hardly anybody has certificates
            parts = parts._replace(scheme="http")
        port = parts.port
        host = parts.hostname or ""
        if not _PLAIN_HOST.fullmatch(host):  # or its tables need not be loaded
            host.encode("idna" if "[" not in parts.netloc else "ascii")
    except ValueError as error:
        raise BadAddress(
            tr("The address cannot be read. It has to look like {example}.").format(
                example=DEFAULT_URL
            )
        ) from error
    if not host or port == 0:
        raise BadAddress(
            tr("The address names no server. It has to look like {example}.").format(
                example=DEFAULT_URL
            )
        )
    _refuse_secrets(parts)
    _refuse_open_line(parts, unencrypted)
    return parts


def _refuse_secrets(parts: SplitResult) -> None:
    """Say what must not be in an address without repeating it: it may be a password."""
    if parts.username is not None or parts.password is not None:
        raise BadAddress(
            tr(
                "The address has a name or password in it. Leave it out, and sign in with your "
                "token."
            )
        )
    if parts.query or parts.fragment:
        raise BadAddress(tr("The address has a “?” or “#” in it. Leave that and what follows out."))


def _refuse_open_line(parts: SplitResult, unencrypted: str) -> None:
    host = parts.hostname or ""
    if parts.scheme == "http" and is_private(host):
        if host == unencrypted.strip().strip("[]").lower():
            return
        raise Unencrypted(
            tr(
                "By plain http:// everyone in the network of {host} can read your token "
                "and what you track, and act as you. Begin the address with https://, or "
                "allow it for this one server in the settings of the network."
            ).format(host=host),
            host=host,
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise BadAddress(
            tr(
                "The address begins with http://, which would show your token to "
                "everyone on the way to {host}. Begin it with https://."
            ).format(host=host)
        )
    if parts.scheme not in ("http", "https"):
        raise BadAddress(
            tr("The address begins with {scheme}://. It has to begin with https://.").format(
                scheme=parts.scheme
            )
        )


def is_private(host: str) -> bool:
    """Whether a host is the address of a computer in a network that nobody outside reaches."""
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return any(found in each for each in _PRIVATE if each.version == found.version)


def is_near(host: str) -> bool:
    """Whether a host is this computer, or one in a private network."""
    return _is_loopback(host) or is_private(host)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
