"""Signs in and out on behalf of a window, on threads that nobody waits for."""

import os
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from tray import clock, credentials
from tray.errors import RemoteError, TrayError
from tray.session.sign_in_values import FoundAccount, SignInData
from tray.settings import Settings
from tray.store import account, backup, outbox
from tray.store.database import Database
from tray.store.opening import open_database
from tray.workers.background import KeyringThread, run_aside

if TYPE_CHECKING:
    from tray.api.remote_values import Me
    from tray.credentials import SecretStore
    from tray.sync.sign_in.account_access import Access
    from tray.sync.sign_in.linking import Choice, Parting


class _Answer(NamedTuple):
    """What came of an errand."""

    attempt: int
    error: str = ""
    access: "Access | None" = None
    token: str = ""
    me: "Me | None" = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


_NOTHING: Final = _Answer(0)


class AccountActions(QObject):
    """Lives on the main thread, with its database `db`; only the errands are elsewhere."""

    met = Signal(object)
    """Who answered, as `FoundAccount`; `join` goes on."""
    failed = Signal(object)
    """A sentence: why it did not work."""
    joined = Signal(object)
    """It is signed in; a sentence if the secret is kept only until the program ends, else empty."""
    parting = Signal()
    """Somebody signs out: whoever speaks with the server has to end that before this returns."""
    parted = Signal(object)
    """It is signed out; a sentence if the right to sign in is not quite gone, else empty."""
    changed = Signal()
    """There is something new to exchange."""
    _answered = Signal(object)
    _over = Signal(object)
    _joined = Signal(object)
    _parted = Signal(object)

    def __init__(
        self,
        path: str,
        keyring: KeyringThread,
        parent: QObject,
        *,
        crash_log: str,
        environ: MutableMapping[str, str] = os.environ,
    ) -> None:
        super().__init__(parent)
        self.settings = Settings()
        self.environ = environ
        """What may name an account; not any more once the user has signed out."""
        self._path = path
        self._crash_log = crash_log
        self._keyring = keyring
        self._attempt = 0
        self._answer = _NOTHING
        self._url_before = ""
        self._answered.connect(self._on_answered)
        self._over.connect(self._on_over)
        self._joined.connect(self._on_joined)
        self._parted.connect(self._on_parted)

    def ask(self, form: SignInData) -> None:
        """Ask the server who that is; ends in `met` or `failed`, unless it is cancelled."""
        self._attempt += 1
        attempt, settings = self._attempt, self.settings

        def job() -> None:
            try:
                reply = _ask_server(attempt, form, settings)
            except Exception as error:  # a bug, too: the form waits for an end
                reply = _Answer(attempt, self._sentence(error))
            self._answered.emit(reply)

        run_aside(job, name="sign in")

    def cancel(self) -> None:
        """Let it be; an answer that is still to come is not heard."""
        self._attempt += 1
        self._answer = _NOTHING

    def join(self, choice: "Choice") -> None:
        """Sign in with what was asked for last; ends in `joined` or `failed`."""
        answer, self._answer = self._answer, _NOTHING
        access, me = answer.access, answer.me
        if access is None or me is None:
            return

        attempt, before = self._attempt, self._url_before

        def write(db: Database) -> None:
            from tray.sync.sign_in import linking

            linking.sign_in(db, me, access.location, choice=choice, now=clock.now())

        def save(secret_store: "SecretStore") -> None:
            """Before anybody sees that there is an account, and looks for its token."""
            try:
                secret_store.save(access.address.url, answer.token)
                problem = secret_store.problem
                if before not in ("", access.address.url):  # or signing out would leave it behind
                    secret_store.delete(before)
            except Exception as error:  # a bug: the form waits for an end
                self._over.emit(self._sentence(error))
                return
            if attempt == self._attempt:
                self._write(write, lambda: self._joined.emit(problem))

        self._keyring.do(save)

    def sign_out(self, parting: "Parting") -> None:
        """Part with the account; ends in `parted` or `failed`."""
        self.parting.emit()
        url, has_session, settings = "", False, self.settings

        def write(db: Database) -> None:
            from tray.sync.sign_in import linking

            nonlocal url, has_session
            found = account.read(db)
            url = found.url if found else ""
            has_session = found is not None and found.auth == "session"
            if parting == "remove":
                linking.check_all_sent(db)
                backup.before_removal(db, clock.now())
            linking.sign_out(db, parting, now=clock.now())

        def delete(secret_store: "SecretStore") -> None:
            try:
                if has_session:
                    _end_session(url, secret_store.read(url), settings)
                secret_store.delete(url)
                problem = secret_store.problem
            except Exception as error:  # a bug: it is signed out all the same
                problem = self._sentence(error)
            self._parted.emit(problem)

        self._write(write, lambda: self._keyring.do(delete))

    def upload(self) -> None:
        """Have the entries sent that were to stay on this computer; ends in `changed`."""

        def write(db: Database) -> None:
            from tray.sync.sign_in import linking

            linking.upload(db, now=clock.now())

        self._write(write, lambda: self._over.emit(""))

    def fetch_older(self, begin: int | None) -> None:
        """Have history from `begin` on fetched, epoch seconds; None: no more of it.

        Then what could only be sent after a look at it stays here.
        """

        def write(db: Database) -> None:
            with db.writing():
                account.update(db, older_from=begin, older_next="")
                found = account.read(db)
                if begin is None and found is not None and found.pull.history_complete:
                    outbox.keep_unverified_local(db, before=found.pull.history_from)

        self._write(write, lambda: self._over.emit(""))

    def _write(self, write: Callable[[Database], None], then: Callable[[], None]) -> None:
        """Change the database beside the main thread, as that may take a second, `then` go on."""

        def job() -> None:
            try:
                with open_database(self._path) as db:
                    write(db)
            except Exception as error:  # a bug, too: the exchange is paused until this has ended
                self._over.emit(self._sentence(error))
            else:
                then()

        run_aside(job, name="account")

    def _sentence(self, error: Exception) -> str:
        """What to tell the user of an error; an unexpected one is in the crash log then."""
        if isinstance(error, TrayError):
            return str(error)
        from tray.log import record_crash

        return record_crash(self._crash_log, error)

    @Slot(object)
    def _on_answered(self, answer: _Answer) -> None:
        if answer.attempt != self._attempt:
            return
        if answer.error or answer.me is None or answer.access is None:
            self.failed.emit(answer.error)
            return
        from tray.sync.sign_in import identity, linking

        me, access = answer.me, answer.access
        try:
            with open_database(self._path) as db:
                identity.check_same(db, me, access.address.url)
                known = account.read(db)
                count = linking.entries_here(db)
        except Exception as error:  # a bug, too: the form waits for an end
            self.failed.emit(self._sentence(error))
            return
        self._answer = answer
        self._url_before = known.url if known else ""
        name = me.name or me.email or str(me.user_id)
        self.met.emit(FoundAccount(name, access.address.host, count, known is not None))

    @Slot(object)
    def _on_over(self, error: str) -> None:
        if error:
            self.failed.emit(error)
        else:
            self.changed.emit()

    @Slot(object)
    def _on_joined(self, problem: str) -> None:
        self.joined.emit(problem)

    @Slot(object)
    def _on_parted(self, problem: str) -> None:
        self.parted.emit(credentials.leave_environment(self.environ) or problem)


def _end_session(url: str, cookie: str | None, settings: Settings) -> None:
    """Have the cookie be worth nothing any more, beside all else; it expires in any case."""
    from tray.api.address import stored_address
    from tray.sync.sign_in import account_access

    def job() -> None:
        with suppress(RemoteError):
            account_access.close_session(stored_address(url), cookie or "", settings=settings)

    if cookie is not None:
        run_aside(job, name="account")


def _ask_server(attempt: int, form: SignInData, settings: Settings) -> _Answer:
    """Ask the server; on a thread of its own."""
    from tray.sync.sign_in import account_access

    token = form.token or account_access.token_for(
        form.email, form.password, form.url, settings=settings
    )
    access = account_access.access_with(
        token, form.url, None, connection=form.connection, settings=settings
    )
    return _Answer(attempt, "", access, token, access.me())
