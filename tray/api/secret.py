"""Keeps what proves who we are out of every text that is shown, logged or raised."""

from base64 import b64encode
from typing import Final
from zlib import crc32

from tray.api.address import Auth
from tray.errors import SignInRefused
from tray.sentences import tr

_HIDDEN: Final = "•••"


class Secret:
    """A credential; only `headers` gives it away."""

    __slots__ = ("_hidden", "header", "name")

    def __init__(self, header: str, *hidden: str, name: str = "Authorization") -> None:
        self.header = header
        """The value of the header that proves it; empty where nothing has to be proved."""
        self.name = name
        """Of that header."""
        encoded = header.partition(" ")[2]
        self._hidden = sorted({encoded, *hidden} - {""}, key=len, reverse=True)

    @property
    def headers(self) -> dict[str, str]:
        """What a request is sent with."""
        return {self.name: self.header} if self.header else {}

    def scrub(self, text: str) -> str:
        """`text`, with a few dots where the secret was."""
        for part in self._hidden:
            text = text.replace(part, _HIDDEN)
        return text

    def mark(self, salt: str) -> str:
        """Two bytes by which another token is noticed, though this one cannot be found out."""
        return f"{crc32(f'{salt} {self.header}'.encode()) % 2**16:04x}"

    def __repr__(self) -> str:
        return "Secret()"

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere")


def token_secret(token: str, auth: Auth) -> Secret:
    """An API token of Toggl (basic), or the key of a gateway (bearer).

    Raises:
        SignInRefused: it is empty, or cannot be a token.
    """
    token = token.strip()
    if not token:
        raise SignInRefused(
            tr("No token was given. Copy it from the bottom of your Toggl profile.")
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SignInRefused(
            tr("That is not a token: it has characters that no token has. Copy it again.")
        )
    if auth is Auth.SESSION:
        return Secret(token, token.partition("=")[2], name="Cookie")
    if auth is Auth.BEARER:
        return Secret(f"Bearer {token}", token)
    return _basic(token, "api_token", token)


def password_secret(email: str, password: str) -> Secret:
    """An e-mail address and its password, for the one request that fetches the token.

    Raises:
        SignInRefused: one of them is missing.
    """
    if not email.strip() or not password:
        raise SignInRefused(tr("E-mail address and password are both needed. Type them again."))
    return _basic(email.strip(), password, password)


def nobody(*hidden: str) -> Secret:
    """What a request is sent with that needs no account; `hidden` is in it and never shown."""
    return Secret("", *hidden)


def _basic(user: str, password: str, hidden: str) -> Secret:
    both = f"{user}:{password}".encode("utf-8", "replace")
    return Secret(f"Basic {b64encode(both).decode()}", hidden)
