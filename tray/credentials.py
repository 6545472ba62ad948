"""What the user signed in with: kept in the computer's keyring, or else for this run only.

A secret is never written to a file, and never part of a sentence, a repr or an exception of ours.
Only a keyring that calls itself recommended (a priority of 1 or more, in the words of `keyring`)
is used: those that write plain text to a file, and those that keep nothing, are all below.
"""

from collections.abc import Callable, Mapping, MutableMapping
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "Toggl Tray"
"""Under which name the user finds the secrets in the keyring."""
_RECOMMENDED: Final = 1
"""The least priority of a keyring that is one for us."""

_NONE: Final = (
    "no keyring that encrypts was found; set one up, such as GNOME Keyring or KWallet,"
    " or use TOGGL_API_TOKEN"
)
_LOCKED: Final = "the keyring is locked; unlock it and try again"
_FORGETFUL: Final = "the keyring did not do as it was told; look at it, then try again"

_STILL_SET: Final = (
    "TOGGL_API_TOKEN is still set; `toggl-tray sync`, and the tray once it starts anew, sign in by"
    " it again."
)

_Answer = TypeVar("_Answer")


class EnvironmentAccount(NamedTuple):
    """An account as environment variables tell of it, unchecked; what is unset is empty."""

    token: str
    """Of ``TOGGL_API_TOKEN``; secret."""
    url: str
    """Of ``TOGGL_API_URL``."""
    auth: str
    """Of ``TOGGL_API_AUTH``."""
    connection: str
    """Of ``TOGGL_API_CONNECTION``: which of the gateway's connections to use."""

    def __repr__(self) -> str:
        """Nothing of it: an address can hold a password, too."""
        return f"{type(self).__name__}(...)"


def from_environment(environ: Mapping[str, str]) -> EnvironmentAccount | None:
    """The account that the environment names; None if there is no token in it."""
    names = ("TOKEN", "URL", "AUTH", "CONNECTION")
    account = EnvironmentAccount(*(environ.get(f"TOGGL_API_{name}", "").strip() for name in names))
    return account if account.token else None


def leave_environment(environ: MutableMapping[str, str]) -> str:
    """Have the environment name no account for the rest of this run, as the user signed out of it.

    Returns:
        What to tell the user of it; empty if it named none.
    """
    if from_environment(environ) is None:
        return ""
    del environ["TOGGL_API_TOKEN"]
    return _STILL_SET


class TokenStorage(Enum):
    """Where a secret was put."""

    KEYRING = "keyring"
    MEMORY = "memory"
    """Of this process only; `SecretStore.problem` says why."""


class SecretStore:
    """The secrets of all accounts, each under the URL of the API and what kind of secret it is.

    Every method may take as long as the user takes to unlock the keyring, without any limit. So
    they are for a thread that nobody waits for, always the same one. None of them raises.

    Args:
        find: Looks for the computer's keyring, when it is first needed; it may fail.
    """

    def __init__(self, find: "Callable[[], KeyringBackend] | None" = None) -> None:
        self._find = find or _computers_keyring
        self._keyring: KeyringBackend | None = None
        self._is_there = True
        self._memory: dict[str, str] = {}
        self.problem = ""
        """What came of a keyring that could not be used, as a sentence; empty if it last could, or
        if there was nothing for it to do."""
        self.reason = ""
        """Why it could not be used, the last part of `problem`."""

    def read(self, account: str) -> str | None:
        """The secret of the account; None if there is none, or `problem` says why it is not had."""
        if account in self._memory:
            return self._memory[account]
        return self._ask(
            "Your sign-in could not be read",
            lambda keyring: keyring.get_password(SERVICE, account),
        )

    def save(self, account: str, secret: str) -> TokenStorage:
        """Remember the secret of the account, instead of the one before."""

        def put(keyring: "KeyringBackend") -> TokenStorage:
            keyring.set_password(SERVICE, account, secret)
            if keyring.get_password(SERVICE, account) != secret:
                raise _Unusable(_FORGETFUL)
            return TokenStorage.KEYRING

        self._memory[account] = secret
        kept = self._ask("Your sign-in is remembered only until this program ends", put)
        if kept is None:
            return TokenStorage.MEMORY
        del self._memory[account]
        return kept

    def delete(self, account: str) -> None:
        """Remove the secret of the account; `problem` says if it may still be in the keyring."""

        def remove(keyring: "KeyringBackend") -> None:
            if keyring.get_password(SERVICE, account) is None:
                return
            keyring.delete_password(SERVICE, account)
            if keyring.get_password(SERVICE, account) is not None:
                raise _Unusable(_FORGETFUL)

        self._memory.pop(account, None)
        self._ask(f"Your sign-in may still be in the keyring, under {SERVICE!r}", remove)
        if not self._is_there:
            self.problem = self.reason = ""  # nothing was ever put there

    def _ask(self, outcome: str, question: "Callable[[KeyringBackend], _Answer]") -> _Answer | None:
        """What the keyring answers; None if it cannot be used, with the `outcome` as problem."""
        from keyring.errors import KeyringLocked  # 100 ms, when first needed

        try:
            if self._keyring is None:
                self._keyring = _usable(self._find())
            self._is_there = True
            answer = question(self._keyring)
        except _Missing:
            self._is_there, why = False, _NONE
        except _Unusable as error:
            why = str(error)
        except KeyringLocked:
            why = _LOCKED
        except Exception as error:  # a keyring may raise anything, its words may hold the secret
            why = f"the keyring failed ({type(error).__name__}); see that it works, then try again"
        else:
            self.problem = self.reason = ""
            return answer
        self.problem, self.reason = f"{outcome}: {why}.", why
        return None


class _Unusable(Exception):
    """The keyring failed us; says why, in part of a sentence."""


class _Missing(Exception):
    """There is no keyring that is one for us."""


def _computers_keyring() -> "KeyringBackend":
    """The one that the user chose or the system has."""
    import keyring

    return keyring.get_keyring()


def _usable(found: "KeyringBackend") -> "KeyringBackend":
    """The keyring, or the first of a chain, that is one for us.

    Raises:
        _Missing: None is.
    """
    from keyring.backends.chainer import ChainerBackend

    # A chain itself would fall back on the plain text further down.
    for each in found.backends if isinstance(found, ChainerBackend) else [found]:
        if each.priority >= _RECOMMENDED:
            return each
    raise _Missing
