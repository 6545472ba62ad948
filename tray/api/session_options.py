"""Prepares what a connection goes through: limits, proxy, trust, and headers of its own."""

import os
import ssl
from http.cookiejar import DefaultCookiePolicy
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

import tray
from tray.errors import BadAddress, Untrusted
from tray.sentences import tr

USER_AGENT: Final = f"TogglTray/{tray.__version__}"


class Limits(NamedTuple):
    """How long a request may take and how much it may bring."""

    connect_seconds: float = 5.0
    """For each address of the server."""
    read_seconds: float = 20.0
    """Without a single byte from the server."""
    whole_seconds: float = 60.0
    """``math.inf``: as long as it takes."""
    idle_seconds: float = 30.0
    """A connection that was silent for longer is not used again: the server may be about to close
    it, and nobody knows of a request that meets the closing whether it was carried out."""
    body_bytes: int = 8 * 1024 * 1024


class Setup(NamedTuple):
    """What a connection goes through, besides the server's address."""

    proxy: str = ""
    """An address such as ``http://proxy.example:8080``, ``none``, or empty for the system's."""
    ca_file: str = ""
    """Certificates to trust besides those of the system."""
    connection: str = ""
    """Which connection of a gateway to use, if it has several (``Maton-Connection``)."""
    limits: Limits = Limits()
    adapter: BaseAdapter | None = None
    """Sends in place of the network."""


DIRECT: Final = Setup()


class _Session(requests.Session):
    """One that does not even look where a redirect leads."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


def session_for(connection: str) -> requests.Session:
    """A session that brings and keeps nothing of its own; `connection` is for a gateway."""
    session = _Session()
    session.trust_env = False  # or it would sign in with what it finds in .netrc
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers.update(
        {
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }
    )
    if connection:
        if not connection.isascii() or not connection.isprintable():
            raise BadAddress(tr("The name of the gateway's connection is not one. Copy it again."))
        session.headers["Maton-Connection"] = connection.strip()
    return session


def manual_proxies(proxy: str) -> dict[str, str] | None:
    """The proxies to use, or None for those of the system."""
    proxy = proxy.strip()
    if not proxy:
        return None
    if proxy.lower() == "none":
        return {}
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not proxy.isprintable() or " " in proxy:
        raise BadAddress(
            tr(
                "The proxy's address cannot be used. It has to look like "
                "http://proxy.example:8080; "
                "“none” means no proxy, and nothing the one of the system."
            )
        )
    return {"https": proxy}


def trust_for(url: str, ca_file: str) -> ssl.SSLContext:
    """Whose certificates are believed: the system's and certifi's authorities, and `ca_file`."""
    if url.startswith("http://"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used
    context = ssl.create_default_context()
    # On by default from Python 3.13 on; authorities of companies often fail it.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if ca_file:
        try:
            context.load_verify_locations(os.path.expanduser(ca_file))
        except (OSError, ValueError) as error:
            raise Untrusted(
                tr(
                    "The CA file {ca_file} cannot be read as certificates. Name another one "
                    "in the settings; it has to be in PEM format."
                ).format(ca_file=ca_file)
            ) from error
    return context
