import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl.server import Server
from tray import clock
from tray.credentials import SERVICE, SecretStore, TokenStorage
from tray.session.account_actions import AccountActions
from tray.session.sign_in_values import FoundAccount, SignInData
from tray.store import account, backup, backup_paths, outbox
from tray.store.database import Database
from tray.sync import status
from tray.tracker import entries, timer
from tray.tracker.resolve import Draft
from tray.workers.background import KeyringThread


class Counter:
    """The desk, and what it has said."""

    def __init__(self, db: Database, server: Server, qtbot: QtBot) -> None:
        self.db = db
        self.server = server
        self.qtbot = qtbot
        self.keyring = FakeKeyring()
        self.parent = QObject()
        self.secret_store = SecretStore(lambda: self.keyring)
        thread = KeyringThread(lambda: self.secret_store)
        self.environ: dict[str, str] = {}
        self.crash_log = Path(f"{db.path}.crash")
        self.desk = AccountActions(
            db.path, thread, self.parent, crash_log=str(self.crash_log), environ=self.environ
        )
        self.heard: list[tuple[str, object]] = []
        for name in ("met", "failed", "joined", "parted", "parting", "changed"):
            getattr(self.desk, name).connect(self._hear(name))

    def _hear(self, name: str) -> Callable[..., None]:
        return lambda *said: self.heard.append((name, said[0] if said else None))

    def wait_for(self, name: str) -> object:
        self.qtbot.waitUntil(lambda: any(each == name for each, _ in self.heard))
        return next(said for each, said in self.heard if each == name)

    def ask(self, token: str = "") -> None:
        self.desk.ask(SignInData(token or self.server.account.token, url=self.server.url))

    def sign_in(self) -> None:
        self.ask()
        self.wait_for("met")
        self.desk.join("later")
        self.wait_for("joined")


class BrokenStore(SecretStore):
    """Has a bug."""

    def save(self, account: str, secret: str) -> TokenStorage:
        raise ZeroDivisionError

    def delete(self, account: str) -> None:
        raise ZeroDivisionError


class Incomparable:
    """A choice with a bug."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


@pytest.fixture
def counter(db: Database, server: Server, qtbot: QtBot) -> Iterator[Counter]:
    yield Counter(db, server, qtbot)
    gc.collect()


def add_entry(db: Database) -> None:
    now = clock.now()
    entries.add(db, Draft("Before"), start=now - 60, stop=now, now=now)


def test_it_says_who_answers_before_anything_is_joined(counter: Counter) -> None:
    add_entry(counter.db)
    counter.ask()
    assert counter.wait_for("met") == FoundAccount("Test User", "127.0.0.1", 1, is_known=False)
    assert account.read(counter.db) is None
    assert counter.keyring.secrets == {}


def test_joining_keeps_the_token_in_the_keyring_and_nowhere_else(
    counter: Counter, tmp_path: Path
) -> None:
    counter.sign_in()
    assert counter.wait_for("joined") == ""
    token = counter.server.account.token
    assert counter.keyring.secrets == {(SERVICE, counter.server.url): token}
    assert status.read(counter.db, now=clock.now()).account == "Test User"
    everything = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert token.encode() not in everything


def test_another_address_leaves_no_token_of_the_one_before(counter: Counter) -> None:
    counter.sign_in()
    other = counter.server.v8_url
    counter.heard.clear()
    counter.desk.ask(SignInData(counter.server.account.token, url=other))
    counter.wait_for("met")
    counter.desk.join("later")
    counter.wait_for("joined")
    assert [url for _, url in counter.keyring.secrets] == [other]


def test_an_email_and_a_password_fetch_the_token(counter: Counter) -> None:
    given = counter.server.account
    counter.desk.ask(SignInData("", given.email, given.password, url=counter.server.url))
    counter.wait_for("met")
    counter.desk.join("later")
    counter.wait_for("joined")
    assert list(counter.keyring.secrets.values()) == [given.token]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (SignInData("0" * 32, url="here"), "does not accept the sign-in"),
        (SignInData("0" * 32, url="http://example.com"), "begins with http://"),
        (SignInData("\n", url="here"), "token"),
        (
            SignInData("", "a@example.com", "wrong", url="here"),
            "Check the e-mail address and the password",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(counter: Counter, form: SignInData, words: str) -> None:
    url = counter.server.url if form.url == "here" else form.url
    counter.desk.ask(form._replace(url=url))
    sentence = str(counter.wait_for("failed"))
    assert words in sentence
    assert sentence.endswith(".")
    assert account.read(counter.db) is None


def test_a_keyring_that_cannot_be_used_is_said(counter: Counter) -> None:
    counter.keyring.fails = KeyringLocked()
    counter.sign_in()
    assert "the keyring is locked" in str(counter.wait_for("joined"))
    assert account.read(counter.db) is not None


def test_what_was_cancelled_is_not_heard_any_more(counter: Counter) -> None:
    counter.ask()
    counter.desk.cancel()
    counter.qtbot.waitUntil(lambda: counter.server.log != [])
    counter.qtbot.wait(200)
    assert counter.heard == []
    counter.desk.join("upload")
    counter.qtbot.wait(100)
    assert account.read(counter.db) is None


def test_another_account_than_the_datas_is_refused(counter: Counter) -> None:
    counter.sign_in()
    account.update(counter.db, user_id=1)
    counter.heard.clear()
    counter.ask()
    assert "belongs to another account" in str(counter.wait_for("failed"))


def test_the_same_number_on_another_server_is_another_account(counter: Counter) -> None:
    counter.sign_in()
    counter.heard.clear()
    url = counter.server.url.replace("127.0.0.1", "localhost")
    counter.desk.ask(SignInData(counter.server.account.token, url=url))
    assert "belongs to another account" in str(counter.wait_for("failed"))


def test_who_has_signed_out_is_not_signed_in_by_the_environment(counter: Counter) -> None:
    counter.environ |= {"TOGGL_API_TOKEN": counter.server.account.token, "HOME": "/home/user"}
    counter.sign_in()
    counter.desk.sign_out("forget")
    assert str(counter.wait_for("parted")).startswith("TOGGL_API_TOKEN is still set")
    assert counter.environ == {"HOME": "/home/user"}, "for this run; it is ours alone"


def test_a_sign_out_that_fails_changes_nothing(counter: Counter) -> None:
    counter.environ["TOGGL_API_TOKEN"] = counter.server.account.token
    counter.sign_in()
    timer.start(counter.db, Draft("Unsent"), now=clock.now())
    counter.desk.sign_out("remove")
    counter.wait_for("failed")
    assert "TOGGL_API_TOKEN" in counter.environ


def test_without_a_keyring_nothing_can_be_left_in_it(counter: Counter) -> None:
    counter.keyring.priority = 0.5
    counter.sign_in()
    counter.desk.sign_out("keep")
    assert counter.wait_for("parted") == ""


def test_the_same_account_is_known_again(counter: Counter) -> None:
    counter.sign_in()
    counter.desk.sign_out("keep")
    assert counter.wait_for("parted") == ""
    assert counter.keyring.secrets == {}
    counter.heard.clear()
    counter.ask()
    met = counter.wait_for("met")
    assert isinstance(met, FoundAccount)
    assert met.is_known


def test_whoever_speaks_with_the_server_is_told_before_anything_is_parted(
    counter: Counter,
) -> None:
    counter.sign_in()
    signed_in: list[bool] = []

    def look() -> None:
        found = account.read(counter.db)
        signed_in.append(found is not None and found.signed_in)

    counter.desk.parting.connect(look)
    counter.desk.sign_out("forget")
    assert signed_in == [True], "at once, on this thread"
    counter.wait_for("parted")
    assert account.read(counter.db) is None


def test_nothing_is_removed_while_the_server_lacks_some_of_it(counter: Counter) -> None:
    counter.sign_in()
    timer.start(counter.db, Draft("Unsent"), now=clock.now())
    counter.desk.sign_out("remove")
    assert "not reached the server" in str(counter.wait_for("failed"))
    found = account.read(counter.db)
    assert found is not None
    assert found.signed_in


def test_what_is_removed_is_in_a_backup(counter: Counter) -> None:
    now = int(time.time())
    counter.server.account.add(now - 7200, now - 3600, description="Theirs")
    counter.sign_in()
    assert counter.db.row("SELECT count(*) FROM entry") == (1,)
    counter.desk.sign_out("remove")
    counter.wait_for("parted")
    assert counter.db.row("SELECT count(*) FROM entry") == (0,)
    assert any(
        "removal" in path for path in backup.newest_first(backup_paths.folder_of(counter.db.path))
    )


def test_entries_made_before_are_uploaded_on_demand(counter: Counter) -> None:
    add_entry(counter.db)
    counter.sign_in()
    assert status.read(counter.db, now=clock.now()).local_only == 1
    counter.desk.upload()
    counter.wait_for("changed")
    assert status.read(counter.db, now=clock.now()).local_only == 0
    assert outbox.count(counter.db).pending == 1


def test_older_history_is_asked_for_and_called_off(counter: Counter) -> None:
    counter.sign_in()
    counter.desk.fetch_older(1_700_000_000)
    counter.wait_for("changed")
    found = account.read(counter.db)
    assert found is not None
    assert found.pull.older_from == 1_700_000_000
    counter.heard.clear()
    counter.desk.fetch_older(None)
    counter.wait_for("changed")
    found = account.read(counter.db)
    assert found is not None
    assert found.pull.older_from is None


def test_what_waits_for_older_history_that_is_called_off_stays_here(counter: Counter) -> None:
    counter.sign_in()
    with counter.db.writing():
        account.update(counter.db, history_complete=True, history_from=1_700_000_000)
    add_entry(counter.db)
    entries.edit(counter.db, [1], {"start": 1_600_000_000, "stop": 1_600_003_600}, now=clock.now())
    add_entry(counter.db)
    counter.db.run("UPDATE outbox SET state = 'unknown'")
    counter.desk.fetch_older(None)
    counter.wait_for("changed")
    assert status.read(counter.db, now=clock.now()).local_only == 1
    assert [item.row_id for item in outbox.items(counter.db, "unknown")] == [2]


def assert_recorded(counter: Counter, sentence: object) -> None:
    assert "(ZeroDivisionError: )" in str(sentence)
    assert str(counter.crash_log) in str(sentence)
    assert "ZeroDivisionError" in counter.crash_log.read_text(encoding="utf-8")


def test_a_bug_while_the_server_is_asked_ends_in_failed(counter: Counter) -> None:
    counter.desk.settings = None  # type: ignore[assignment]
    counter.ask()
    assert "AttributeError" in str(counter.wait_for("failed"))
    assert "AttributeError" in counter.crash_log.read_text(encoding="utf-8")


def test_a_bug_while_the_token_is_kept_ends_in_failed(counter: Counter) -> None:
    counter.secret_store = BrokenStore()
    counter.ask()
    counter.wait_for("met")
    counter.desk.join("later")
    assert_recorded(counter, counter.wait_for("failed"))
    assert account.read(counter.db) is None


def test_a_bug_while_signing_out_ends_in_failed(counter: Counter) -> None:
    counter.sign_in()
    counter.desk.sign_out(Incomparable())  # type: ignore[arg-type]
    assert_recorded(counter, counter.wait_for("failed"))


def test_a_bug_while_the_token_is_forgotten_leaves_nobody_waiting(counter: Counter) -> None:
    counter.sign_in()
    counter.secret_store.delete = BrokenStore().delete  # type: ignore[method-assign]
    counter.desk.sign_out("keep")
    assert_recorded(counter, counter.wait_for("parted"))


def test_a_form_shows_nothing_of_itself() -> None:
    assert repr(SignInData("token", "a@example.com", "password")) == "SignInData(...)"
