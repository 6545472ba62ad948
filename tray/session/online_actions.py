"""Asks the server at once on behalf of a window, on threads that nobody waits for."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from tray import clock
from tray.errors import Refused, TrayError
from tray.language import mark, tr, tr_marked
from tray.session.online_values import OnlineAnswer
from tray.settings import Settings
from tray.store.database import Database
from tray.store.opening import open_database
from tray.workers.background import KeyringThread, run_aside

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tray.api.online_api import OnlineToggl
    from tray.credentials import SecretStore
    from tray.session.online_values import OnlineWork
    from tray.sync.sign_in.account_access import Access


_WORTHLESS: Final = mark(
    "TOGGL_API_TOKEN is set, and its token would be worth nothing then. Sign in here first, "
    "without it."
)


class OnlineActions(QObject):
    """Lives on the main thread; the work is done elsewhere, with a database of its own."""

    answered = Signal(object)
    """An `OnlineAnswer`, unless it was cancelled."""
    token_made = Signal()
    """There is a new token, which is in the keyring already: sign in by that."""
    _over = Signal(object)

    def __init__(
        self,
        path: str,
        keyring: KeyringThread,
        parent: QObject,
        *,
        crash_log: str,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        super().__init__(parent)
        self.settings = Settings()
        self._path = path
        self._keyring = keyring
        self._crash_log = crash_log
        self._environ = environ
        self._number = 0
        self._waiting: dict[int, OnlineToggl | None] = {}
        self._over.connect(self._on_over)

    def ask(self, work: "OnlineWork") -> int:
        """Do `work` with the server of the account; ends in `answered`, unless it is cancelled."""
        self._number += 1
        number, settings = self._number, self.settings
        self._waiting[number] = None

        def find(secret_store: "SecretStore") -> None:
            try:
                with open_database(self._path) as db:
                    access = _access(db, secret_store, self._environ, settings)
            except Exception as error:  # a bug, too: the window waits for an end
                self._over.emit(OnlineAnswer(number, error=self._sentence(error)))
                return
            run_aside(lambda: self._do(number, access, work), name="online")

        self._keyring.do(find)
        return number

    def cancel(self, number: int) -> None:
        """Let it be, breaking off the request under way; nothing more is told of it."""
        server = self._waiting.pop(number, None)
        if server is not None:
            server.close()

    def reset_token(self) -> int:
        """Have a new token made and put into the keyring; not to be cancelled, or it may be lost.

        The value is a sentence: why it is kept for this run only; empty if the keyring has it.
        """

        def work(server: "OnlineToggl", db: Database) -> str:
            from concurrent.futures import Future

            from tray.credentials import from_environment
            from tray.store import account

            if from_environment(self._environ) is not None:
                raise Refused(tr_marked(_WORTHLESS))
            found = account.read(db)
            token = server.reset_token()
            if found is None or found.auth == "session":
                return ""
            kept: Future[str] = Future()
            self._keyring.do(lambda store: self._keep(store, found.url, token, kept))
            problem = kept.result()
            account.clear_error(db)  # the exchange may have met it with the token before
            self.token_made.emit()
            return problem

        return self.ask(work)

    def _keep(self, store: "SecretStore", url: str, token: str, kept: "Future[str]") -> None:
        from tray.credentials import TokenStorage

        try:
            storage = store.save(url, token)
            kept.set_result("" if storage is TokenStorage.KEYRING else store.problem)
        except Exception as error:  # a bug: said in the crash log, and in the window
            kept.set_result(self._sentence(error))

    def _do(self, number: int, access: "Access", work: "OnlineWork") -> None:
        from tray.sync.online import at_once

        try:
            with open_database(self._path) as db, at_once(db, access, clock.now) as server:
                if number not in self._waiting:
                    return
                self._waiting[number] = server
                answer = OnlineAnswer(number, work(server, db))
        except Exception as error:  # a bug, too: the window waits for an end
            answer = OnlineAnswer(number, error=self._sentence(error))
        self._over.emit(answer)

    @Slot(object)
    def _on_over(self, answer: OnlineAnswer) -> None:
        if answer.number in self._waiting:
            del self._waiting[answer.number]
            self.answered.emit(answer)

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, TrayError):
            return str(error)
        from tray.log import record_crash

        return record_crash(self._crash_log, error)


def _access(
    db: Database, secret_store: "SecretStore", environ: Mapping[str, str], settings: Settings
) -> "Access":
    """The right to use the account; on the thread of the keyring.

    Raises:
        Refused: nobody is signed in, or the keyring does not tell the token.
    """
    from tray.sync.sign_in import account_access

    access = account_access.find_access(db, secret_store, environ, settings=settings)
    if access is None:
        raise Refused(secret_store.problem or tr("Nobody is signed in. Sign in first."))
    return access
