"""What the user signed in with: kept in the computer's keyring, or else for this run only.

A secret is never written to a file, and never part of a sentence, a repr or an exception of ours.
Only a keyring that calls itself recommended (a priority of 1 or more, in the words of `keyring`)
is used: those that write plain text to a file, and those that keep nothing, are all below.
"""

import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import closing
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tray.language import mark, tr, tr_marked

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "Toggl Tray"
"""Under which name the user finds the secrets in the keyring."""
_RECOMMENDED: Final = 1
"""The least priority of a keyring that is one for us."""

_NONE: Final = mark(
    "no keyring that encrypts was found; set one up, such as GNOME Keyring or KWallet,"
    " or use TOGGL_API_TOKEN"
)
_LOCKED: Final = mark("the keyring is locked; unlock it and try again")
_SILENT: Final = mark(
    "the keyring does not answer; see whether it asks for something, then try again"
)
_FORGETFUL: Final = mark("the keyring did not do as it was told; look at it, then try again")

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
    return tr(
        "TOGGL_API_TOKEN is still set: once the program starts anew, it signs in by that again."
    )


LOCAL_API: Final = "local API"
"""In the place of the URL of an account."""
_LEAST_TOKEN: Final = 32
"""Characters; programs take a shorter one for a mistake."""


def local_api_token(
    secrets_kept: "SecretStore", environ: Mapping[str, str], *, anew: bool = False
) -> "tuple[str, TokenStorage]":
    """The token of the local API, and where it is kept: the keyring's, made if there is none.

    One of ``TOGGL_TRAY_API_TOKEN`` is used as it is, where there is no keyring, say.
    """
    given = environ.get("TOGGL_TRAY_API_TOKEN", "").strip()
    if len(given) >= _LEAST_TOKEN:
        return given, TokenStorage.KEYRING
    found = None if anew else secrets_kept.read(LOCAL_API)
    if found or secrets_kept.problem:
        return found or os.urandom(16).hex(), TokenStorage.KEYRING if found else TokenStorage.MEMORY
    made = os.urandom(16).hex()
    return made, secrets_kept.save(LOCAL_API, made)


class TokenStorage(Enum):
    """Where a secret was put."""

    KEYRING = "keyring"
    MEMORY = "memory"
    """Of this process only; `SecretStore.problem` says why."""


class Patience(NamedTuple):
    """How long a keyring may take that somebody waits for."""

    seconds: float
    """After these it counts as one that does not answer."""
    waiting: Callable[[], None]
    """Called once, if it takes longer than a moment."""
    may_ask: bool = True
    """Whether it may ask the user to unlock it."""


_MOMENT_SECONDS: Final = 1
_LONG: Final = re.compile(r"[0-9A-Za-z]{20}")
"""What may be a token, and is no word."""
_MOST_WORDS: Final = 200
"""Characters."""


class SecretStore:
    """The secrets of all accounts, each under the URL of the API and what kind of secret it is.

    Without `patience`, every method may take as long as the user takes to unlock the keyring. So
    they are for a thread that nobody waits for, always the same one. None of them raises.

    Args:
        find: Looks for the computer's keyring, when it is first needed; it may fail.
        scope: Tells the secrets of one profile from those of all others; empty for the default one.
        patience: How long to wait for it; None is without end.
    """

    def __init__(
        self,
        find: "Callable[[], KeyringBackend] | None" = None,
        *,
        scope: str = "",
        patience: Patience | None = None,
    ) -> None:
        self._find = find or _computers_keyring
        self._scope = f"{scope}: " if scope else ""
        self._patience = patience
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

        def get(keyring: "KeyringBackend") -> str | None:
            if _is_empty(keyring, may_unlock=self._patience is None or self._patience.may_ask):
                return None
            return keyring.get_password(SERVICE, self._scope + account)

        return self._ask(tr("Your sign-in could not be read"), get)

    def save(self, account: str, secret: str) -> TokenStorage:
        """Remember the secret of the account, instead of the one before."""

        def put(keyring: "KeyringBackend") -> TokenStorage:
            name = self._scope + account
            keyring.set_password(SERVICE, name, secret)
            if keyring.get_password(SERVICE, name) != secret:
                raise _Unusable(_FORGETFUL)
            return TokenStorage.KEYRING

        self._memory[account] = secret
        kept = self._ask(tr("Your sign-in is remembered only until this program ends"), put)
        if kept is None:
            return TokenStorage.MEMORY
        del self._memory[account]
        return kept

    def delete(self, account: str) -> None:
        """Remove the secret of the account; `problem` says if it may still be in the keyring."""

        def remove(keyring: "KeyringBackend") -> None:
            name = self._scope + account
            if _is_empty(keyring) or keyring.get_password(SERVICE, name) is None:
                return
            keyring.delete_password(SERVICE, name)
            if keyring.get_password(SERVICE, name) is not None:
                raise _Unusable(_FORGETFUL)

        self._memory.pop(account, None)
        self._ask(
            tr("Your sign-in may still be in the keyring, under {service!r}").format(
                service=SERVICE
            ),
            remove,
        )
        if not self._is_there:
            self.problem = self.reason = ""  # nothing was ever put there

    def _ask(self, outcome: str, question: "Callable[[KeyringBackend], _Answer]") -> _Answer | None:
        """What the keyring answers; None if it cannot be used, with the `outcome` as problem."""
        from keyring.errors import KeyringLocked  # 100 ms, when first needed

        try:
            answer = _in_time(self._patience, lambda: question(self._found()))
            self._is_there = True
        except _Missing:
            self._is_there, why = False, tr_marked(_NONE)
        except _Unusable as error:
            why = tr_marked(str(error))
        except KeyringLocked:
            why = tr_marked(_LOCKED)
        except Exception as error:  # a keyring may raise anything, its words may hold the secret
            words = _words_of_service(error, self._memory.values()) or type(error).__name__
            why = tr("the keyring failed ({error}); see that it works, then try again").format(
                error=words
            )
        else:
            self.problem = self.reason = ""
            return answer
        self.problem, self.reason = tr("{outcome}: {why}.").format(outcome=outcome, why=why), why
        return None

    def _found(self) -> "KeyringBackend":
        if self._keyring is None:
            self._keyring = _usable(self._find())
        return self._keyring


def _words_of_service(error: Exception, secrets_had: Iterable[str]) -> str:
    """What the secret service itself says is wrong; empty if it is another's words, or too many.

    The words of a program could hold what it was given to keep; none that do are passed on.
    """
    if type(error).__module__.partition(".")[0] not in ("secretstorage", "jeepney"):
        return ""
    given = getattr(error, "data", error.args)
    words = " ".join(str(given[0]).split()).rstrip(".") if given else ""
    is_secret = any(each in words for each in secrets_had) or _LONG.search(words)
    return "" if is_secret or len(words) > _MOST_WORDS else words


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


def _is_empty(keyring: "KeyringBackend", *, may_unlock: bool = True) -> bool:
    """Whether nothing was ever kept there; `keyring` itself would have the user set it up first.

    Raises:
        _Unusable: It is locked, and may not be unlocked now.
    """
    if type(keyring).__module__ != "keyring.backends.SecretService":
        return False
    import secretstorage
    from secretstorage.collection import DEFAULT_COLLECTION

    with closing(secretstorage.dbus_init()) as bus:
        path = getattr(keyring, "preferred_collection", DEFAULT_COLLECTION)
        try:
            locked = secretstorage.Collection(bus, path).is_locked()
        except secretstorage.ItemNotFoundException:
            return True
    if locked and not may_unlock:
        raise _Unusable(_LOCKED)
    return False


def _in_time(patience: Patience | None, work: Callable[[], _Answer]) -> _Answer:
    """What `work` returns or raises.

    Raises:
        _Unusable: It took longer than `patience` has; it goes on in a thread that nobody waits for.
    """
    if patience is None:
        return work()
    answers: list[_Answer] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:  # a keyring may raise anything; it is raised where it was asked
            errors.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(_MOMENT_SECONDS)
    if thread.is_alive():
        patience.waiting()
        thread.join(max(0, patience.seconds - _MOMENT_SECONDS))
    for error in errors:
        raise error
    for answer in answers:
        return answer
    raise _Unusable(_SILENT)
