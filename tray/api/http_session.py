"""Prepares what `requests` sends with: headers of its own, and whose certificates are believed."""

import os
import ssl
from http.cookiejar import DefaultCookiePolicy
from typing import Final

import requests

import tray
from tray.errors import BadAddress, Untrusted
from tray.sentences import tr

USER_AGENT: Final = f"TogglTray/{tray.__version__}"


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
