"""Asks the account's own server for what is not kept here, if the user wants that."""

import json
import re
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from tray import clock
from tray.errors import BadLine, QuotaSpent, RemoteError
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError, ApiReply
from tray.hub.wire_ids import FIRST_LOCAL
from tray.language import tr
from tray.store import account, remote_rows

if TYPE_CHECKING:
    from tray.sync.sign_in.account_access import Access

FindAccess = Callable[[ApiCall], "Access | None"]

_AT_ONCE: Final = 2
"""Requests that may wait for the server, so that the other threads go on answering."""
_NEVER: Final = re.compile(r"/(me/)?(reset_token|sessions|close_account|signup|desktop_login.*)")
"""What would change how the user signs in."""
_PLAIN: Final = re.compile(r"[\w/.,~-]*", re.ASCII)
"""A path that means the same to every server."""
_NUMBER: Final = re.compile(r"(?<=/)9\d{15}(?=[/,]|$)")
_TABLES: Final = {
    "clients": "client",
    "organizations": "workspace",
    "projects": "project",
    "tags": "tag",
    "tasks": "task",
    "time_entries": "entry",
    "workspaces": "workspace",
    "workspace": "workspace",
}


class PassingOn:
    """Makes calls with the account's credential, within the requests of its hour."""

    def __init__(self, find_access: FindAccess) -> None:
        self._find_access = find_access
        self._turns = BoundedSemaphore(_AT_ONCE)

    def ask(self, call: ApiCall, path: str) -> ApiReply:
        """The server's own answer to a request; `path` is whole.

        Raises:
            ApiError: it is not to be passed on, or the server cannot be asked.
        """
        if not call.served.settings.api_pass_on:
            raise ApiError(
                404,
                tr(
                    "{path} is not kept on this computer, and the settings do not pass it on"
                ).format(path=path),
            )
        if not _PLAIN.fullmatch(path):
            raise ApiError(404, tr("The path has a character that no call of Toggl has"))
        if _NEVER.fullmatch(call.request.path) or _has_password(call.request.body):
            raise ApiError(404, tr("How you sign in is changed in Toggl Track itself"))
        if not self._turns.acquire(timeout=10):
            raise ApiError(503, tr("The account's server is being asked already"), wait_seconds=5)
        try:
            return self._answer(call, path)
        except BadLine as error:
            raise ApiError(404, str(error)) from error
        except QuotaSpent as error:
            raise ApiError(402, str(error), wait_seconds=error.wait_seconds or 0) from error
        except RemoteError as error:
            raise ApiError(error.status or 504, str(error)) from error
        finally:
            self._turns.release()

    def _answer(self, call: ApiCall, path: str) -> ApiReply:
        from tray.api.any_call import read_target
        from tray.sync.rate.ledger import Ledger

        access = self._find_access(call)
        if access is None or not access.belongs_here:
            raise ApiError(404, tr("Nobody is signed in, so there is no server to ask"))
        ledger = Ledger(call.db, clock.now)
        line = access.any_call(ledger.charge, ledger.check)
        try:
            target = read_target(_with_remote_ids(call, path), access.address)
            query = {name: values[-1] for name, values in call.request.query.items()}
            request = call.request
            found = line.call(request.method, target._replace(query=query), request.body or None)
            ledger.settle(found.error if isinstance(found.error, QuotaSpent) else None)
        finally:
            line.close()
        if request.method != "GET" and found.error is None:
            account.update(call.db, catalogue_read_at=None)
        return ApiReply(found.status, found.body)


def _has_password(body: bytes) -> bool:
    """Whether a field of a body is one, however its name is written."""
    try:
        return 'password"' in json.dumps(json.loads(body))
    except (ValueError, RecursionError):  # a server may read what we cannot
        return b"password" in body


def _with_remote_ids(call: ApiCall, path: str) -> str:
    """The path with the server's ids in the place of ours."""

    def replaced(found: re.Match[str]) -> str:
        before = path[: found.start()].rstrip("/").rpartition("/")[2]
        table = _TABLES.get(before, "")
        row_id = int(found[0]) - FIRST_LOCAL
        number = remote_rows.remote_id(call.db, table, row_id) if table else None
        if number is None:
            raise ApiError(404, tr("The account does not have that yet"))
        return str(number)

    return _NUMBER.sub(replaced, path)
