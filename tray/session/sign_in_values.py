"""What a window gives and gets to sign in and out, apart from who carries it out."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class SignInData(NamedTuple):
    """What somebody signs in with: a token or key, or else an e-mail address and password."""

    token: str = ""
    email: str = ""
    password: str = ""
    url: str = ""
    """Of the server; empty for Toggl's own."""
    connection: str = ""
    """Which of a gateway's connections."""

    def __repr__(self) -> str:
        """Nothing of it: it holds secrets."""
        return f"{type(self).__name__}(...)"


class FoundAccount(NamedTuple):
    """The account that answered, before anything is linked."""

    name: str
    host: str
    entries_here: int
    """Made on this computer, and not in the account as far as is known."""
    is_known: bool
    """Whether the data here is this account's already, so that there is nothing to choose."""


class SignInActions(Protocol):
    """Carries out what a window wants of an account; its signals come on the main thread."""

    @property
    def met(self) -> "SignalInstance":
        """Who answered, as `FoundAccount`; `join` goes on."""

    @property
    def failed(self) -> "SignalInstance":
        """A sentence: why it did not work."""

    @property
    def joined(self) -> "SignalInstance":
        """It is signed in; a sentence if something is to be known of it."""

    @property
    def parted(self) -> "SignalInstance":
        """It is signed out; a sentence if something is to be known of it."""

    @property
    def environ(self) -> MutableMapping[str, str]:
        """What may name an account."""

    def ask(self, form: SignInData) -> None:
        """Ask the server who that is."""

    def cancel(self) -> None:
        """Let it be."""

    def join(self, choice: Literal["upload", "keep", "later"]) -> None:
        """Sign in with what was asked for last."""

    def sign_out(self, parting: Literal["keep", "forget", "remove"]) -> None:
        """Part with the account."""

    def upload(self) -> None:
        """Have the entries sent that were to stay on this computer."""

    def fetch_older(self, begin: int | None) -> None:
        """Have history from `begin` on fetched, epoch seconds; None: no more of it."""
