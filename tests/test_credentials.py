import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError

from tests.fakes.keyrings import (
    Chain,
    FakeKeyring,
    ForgetfulKeyring,
    PlaintextKeyring,
    StubbornKeyring,
)
from tests.rig.waiting import BUSY
from tray.credentials import (
    SERVICE,
    EnvironmentAccount,
    Patience,
    SecretStore,
    TokenStorage,
    from_environment,
    leave_environment,
)

ACCOUNT = "https://api.example.com/api/v9 token"
OTHER = "https://api.example.com/api/v9 connection"
SECRET = "0123456789abcdef-secret"


def broken(error: Exception) -> FakeKeyring:
    keyring = FakeKeyring()
    keyring.fails = error
    return keyring


def missing() -> KeyringBackend:
    raise RuntimeError(f"no bus for {SECRET}")


USABLE: Mapping[str, Callable[[], KeyringBackend]] = {
    "one that works": FakeKeyring,
    "a chain of two that work": lambda: Chain(FakeKeyring(), FakeKeyring()),
    "a chain that begins with plain text": lambda: Chain(PlaintextKeyring(), FakeKeyring()),
}
UNUSABLE: Mapping[str, tuple[Callable[[], KeyringBackend], str]] = {
    "none": (fail.Keyring, "no keyring that encrypts"),
    "switched off": (null.Keyring, "no keyring that encrypts"),
    "plain text": (PlaintextKeyring, "no keyring that encrypts"),
    "a chain of nothing": (Chain, "no keyring that encrypts"),
    "a chain of plain text": (
        lambda: Chain(PlaintextKeyring(), PlaintextKeyring()),
        "no keyring that encrypts",
    ),
    "locked": (lambda: broken(KeyringLocked(SECRET)), "the keyring is locked; unlock it"),
    "not opened": (lambda: broken(InitError(SECRET)), "the keyring failed (InitError)"),
    "full": (lambda: broken(PasswordSetError(SECRET)), "the keyring failed (PasswordSetError)"),
    "gone": (lambda: broken(ConnectionResetError(SECRET)), "(ConnectionResetError)"),
    "odd": (lambda: broken(Exception(SECRET, object())), "the keyring failed (Exception)"),
    "not found": (missing, "the keyring failed (RuntimeError)"),
    "forgetful": (ForgetfulKeyring, "the keyring did not do as it was told"),
}


@pytest.fixture(params=[*USABLE, *UNUSABLE])
def secret_store(request: pytest.FixtureRequest) -> SecretStore:
    """One for each kind of keyring, the one asked being the same throughout."""
    find = USABLE.get(request.param) or UNUSABLE[request.param][0]
    try:
        found = find()
    except RuntimeError:
        return SecretStore(find)
    return SecretStore(lambda: found)


def test_what_is_kept_is_read_whatever_the_keyring(secret_store: SecretStore) -> None:
    assert secret_store.read(ACCOUNT) is None
    secret_store.save(ACCOUNT, SECRET)
    secret_store.save(OTHER, "another")
    assert (secret_store.read(ACCOUNT), secret_store.read(OTHER)) == (SECRET, "another")
    secret_store.save(ACCOUNT, "newer")
    assert (secret_store.read(ACCOUNT), secret_store.read(OTHER)) == ("newer", "another")


def test_what_is_forgotten_is_not_read_whatever_the_keyring(secret_store: SecretStore) -> None:
    secret_store.save(ACCOUNT, SECRET)
    secret_store.save(OTHER, "another")
    for _ in range(2):
        secret_store.delete(ACCOUNT)
        assert (secret_store.read(ACCOUNT), secret_store.read(OTHER)) == (None, "another")


def test_a_sentence_says_so_exactly_if_the_keyring_does_not_keep(secret_store: SecretStore) -> None:
    kept = secret_store.save(ACCOUNT, SECRET)
    assert (kept is TokenStorage.MEMORY) == bool(secret_store.problem)
    assert secret_store.problem == "" or secret_store.problem.endswith(".")


def test_the_secret_is_in_no_text(
    secret_store: SecretStore, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    texts = [repr(secret_store)]
    for act in (
        secret_store.read,
        lambda account: secret_store.save(account, SECRET),
        secret_store.delete,
    ):
        act(ACCOUNT)
        texts += [secret_store.problem, repr(secret_store)]
    assert not any(SECRET in text for text in [*texts, caplog.text, *capfd.readouterr()])


def test_the_secret_service_is_quoted_but_no_secret() -> None:
    raised = pytest.importorskip("secretstorage.exceptions").SecretServiceNotAvailableException
    for words, quoted in (
        ("Failed to open the wallet.", "Failed to open the wallet"),
        (f"No room for {SECRET}", "SecretServiceNotAvailableException"),
        ("No room for 1971800d4d82861d8f2c1651fea4d212", "SecretServiceNotAvailableException"),
        ("", "SecretServiceNotAvailableException"),
    ):
        kept = SecretStore(partial(broken, raised(words)))
        kept.save(ACCOUNT, SECRET)
        assert f"the keyring failed ({quoted}); see" in kept.problem


@pytest.mark.parametrize("find", USABLE.values(), ids=USABLE)
def test_a_keyring_that_works_outlasts_the_program(find: Callable[[], KeyringBackend]) -> None:
    keyring = find()
    before = SecretStore(lambda: keyring)
    assert before.save(ACCOUNT, SECRET) is TokenStorage.KEYRING
    assert SecretStore(lambda: keyring).read(ACCOUNT) == SECRET
    SecretStore(lambda: keyring).delete(ACCOUNT)
    assert before.read(ACCOUNT) is None, "nothing is left in memory"
    assert before.problem == ""


@pytest.mark.parametrize(("find", "why"), UNUSABLE.values(), ids=UNUSABLE)
def test_without_a_usable_keyring_nothing_outlasts_the_program(
    find: Callable[[], KeyringBackend], why: str
) -> None:
    secret_store = SecretStore(find)
    assert secret_store.save(ACCOUNT, SECRET) is TokenStorage.MEMORY
    assert secret_store.problem.startswith(
        "Your sign-in is remembered only until this program ends: "
    )
    assert why in secret_store.problem
    assert SecretStore(find).read(ACCOUNT) is None


def test_plain_text_is_never_written_even_when_the_keyring_before_it_fails() -> None:
    plain, locked = PlaintextKeyring(), broken(NotImplementedError())
    assert SecretStore(lambda: Chain(locked, plain)).save(ACCOUNT, SECRET) is TokenStorage.MEMORY
    assert plain.secrets == {}


def test_the_user_finds_the_secret_under_the_name_of_the_program() -> None:
    keyring = FakeKeyring()
    SecretStore(lambda: keyring).save(ACCOUNT, SECRET)
    assert keyring.secrets == {(SERVICE, ACCOUNT): SECRET}
    assert SERVICE == "Toggl Tray"


def test_a_locked_keyring_is_told_from_an_empty_one() -> None:
    keyring = FakeKeyring()
    SecretStore(lambda: keyring).save(ACCOUNT, SECRET)
    keyring.fails = KeyringLocked(SECRET)
    secret_store = SecretStore(lambda: keyring)
    assert secret_store.read(ACCOUNT) is None
    assert secret_store.problem == (
        "Your sign-in could not be read: the keyring is locked; unlock it and try again."
    )
    keyring.fails = None
    assert secret_store.read(ACCOUNT) == SECRET
    assert secret_store.problem == ""


@pytest.mark.parametrize("error", [None, KeyringLocked(SECRET)])
def test_a_secret_that_may_be_left_in_the_keyring_is_told(error: Exception | None) -> None:
    keyring = StubbornKeyring()
    secret_store = SecretStore(lambda: keyring)
    secret_store.save(ACCOUNT, SECRET)
    keyring.fails = error
    secret_store.delete(ACCOUNT)
    assert secret_store.problem.startswith(
        "Your sign-in may still be in the keyring, under 'Toggl Tray'"
    )


@pytest.mark.parametrize("find", [FakeKeyring, fail.Keyring, PlaintextKeyring, Chain])
def test_to_forget_what_never_was_is_no_problem(find: Callable[[], KeyringBackend]) -> None:
    secret_store = SecretStore(find)
    secret_store.delete(ACCOUNT)
    assert secret_store.problem == ""


@pytest.mark.parametrize("why", ["locked", "gone", "not found"])
def test_a_keyring_that_cannot_be_looked_into_may_hold_the_secret(why: str) -> None:
    secret_store = SecretStore(UNUSABLE[why][0])
    secret_store.delete(ACCOUNT)
    assert secret_store.problem.startswith("Your sign-in may still be in the keyring")


def test_the_environment_is_left_for_the_rest_of_the_run() -> None:
    environ = {"TOGGL_API_TOKEN": SECRET, "TOGGL_API_URL": "https://api.example.com"}
    told = leave_environment(environ)
    assert told.startswith("TOGGL_API_TOKEN is still set")
    assert SECRET not in told
    assert from_environment(environ) is None
    assert environ == {"TOGGL_API_URL": "https://api.example.com"}
    assert leave_environment(environ) == "", "there is nothing to tell twice"


@given(st.lists(st.tuples(st.booleans(), st.text(min_size=1, max_size=3)), min_size=1))
def test_the_last_secret_counts_however_often_the_keyring_fails(
    kept: list[tuple[bool, str]],
) -> None:
    keyring = FakeKeyring()
    secret_store = SecretStore(lambda: keyring)
    in_keyring = None
    for works, secret in kept:
        keyring.fails = None if works else OSError(SECRET)
        assert secret_store.save(ACCOUNT, secret) is (
            TokenStorage.KEYRING if works else TokenStorage.MEMORY
        )
        assert secret_store.read(ACCOUNT) == secret
        in_keyring = secret if works else in_keyring
    keyring.fails = None
    assert secret_store.read(ACCOUNT) == kept[-1][1]
    assert SecretStore(lambda: keyring).read(ACCOUNT) == in_keyring


def test_a_token_is_all_that_the_environment_needs() -> None:
    assert from_environment({"TOGGL_API_TOKEN": SECRET}) == EnvironmentAccount(SECRET, "", "", "")


def test_the_environment_can_tell_all_of_the_account() -> None:
    told = {
        "TOGGL_API_TOKEN": f"{SECRET}\n",  # as read from a file
        "TOGGL_API_URL": " https://gateway.example.com/toggl-track/api/v9 ",
        "TOGGL_API_AUTH": "bearer",
        "TOGGL_API_CONNECTION": "c-1",
        "TOGGL_TRAY_HOME": "/home/user",
    }
    assert from_environment(told) == EnvironmentAccount(
        SECRET, "https://gateway.example.com/toggl-track/api/v9", "bearer", "c-1"
    )


@pytest.mark.parametrize("token", [{}, {"TOGGL_API_TOKEN": ""}, {"TOGGL_API_TOKEN": " \n"}])
def test_without_a_token_the_environment_names_no_account(token: dict[str, str]) -> None:
    assert from_environment({**token, "TOGGL_API_URL": "https://api.example.com"}) is None


def test_an_account_of_the_environment_shows_no_secret() -> None:
    account = from_environment(
        {"TOGGL_API_TOKEN": SECRET, "TOGGL_API_URL": f"https://me:{SECRET}@api.example.com"}
    )
    assert account is not None
    assert SECRET not in f"{account} {account!r}"


class SlowKeyring(FakeKeyring):
    """Does not answer before `may_answer` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.may_answer.wait(30)
        return super().get_password(service, username)


def test_a_keyring_that_does_not_answer_is_given_up() -> None:
    slow, waits = SlowKeyring(), []
    secret_store = SecretStore(lambda: slow, patience=Patience(1.2, lambda: waits.append(1)))
    begun = time.monotonic()
    assert secret_store.read(ACCOUNT) is None
    assert time.monotonic() - begun < 5 * BUSY
    assert waits == [1]
    assert "the keyring does not answer" in secret_store.problem
    slow.may_answer.set()
    assert secret_store.read(ACCOUNT) is None
    assert secret_store.problem == ""


def test_one_that_answers_in_time_fails_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = FakeKeyring()
    keyring.fails = KeyringLocked()
    secret_store = SecretStore(lambda: keyring, patience=Patience(5, lambda: None))
    assert secret_store.read(ACCOUNT) is None
    assert "the keyring is locked" in secret_store.problem
