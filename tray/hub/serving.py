"""The process that serves the local API, by itself or under the tray's care."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from tray import clock, credentials, log, paths, profiles, settings
from tray.chosen_language import set_language
from tray.credentials import Patience, SecretStore, TokenStorage
from tray.errors import Refused, TrayError
from tray.hooks import hook_nudge
from tray.hub.admission import TokenCheck
from tray.hub.api_call import ApiCall
from tray.hub.dispatch import Dispatch
from tray.hub.exchange import ExchangeRunner
from tray.hub.hook_thread import HookThread
from tray.hub.http_server import LoopbackServer
from tray.hub.live_settings import LiveSettings
from tray.hub.passing_on import PassingOn
from tray.hub.thread_databases import ThreadDatabases
from tray.language import tr
from tray.paths import Paths
from tray.spare_memory import share_one_heap
from tray.store import entry_changes
from tray.store.recovery.safe_opening import open_or_rescue

if TYPE_CHECKING:
    from tray.sync.sign_in.account_access import Access

_LOG: Final = logging.getLogger(__name__)
_KEYRING_SECONDS: Final = 60


def main(arguments: Sequence[str]) -> int:
    """Serve until told to end; return the exit code of the process."""
    options = _options(arguments)
    share_one_heap()
    try:
        places = paths.find(os.environ)
        profiles.ensure(os.environ, places)
        set_language(settings.language_in(places.settings_file))
        chosen = settings.load(places.settings_file).settings
        log.start(places.api_log, debug=chosen.debug_log)
        port = chosen.api_port if options.port is None else options.port
        asides = (ExchangeRunner(places), HookThread(places))
        server = _server(places, port, asides)
    except TrayError as error:
        print(f"toggl-tray: {error}", file=sys.stderr)
        return 1
    _end_with(server, parent=options.with_tray)
    address = f"http://localhost:{server.port}"
    print(tr("Serving {address}/api/v9 and /api/v8.").format(address=address), flush=True)
    _LOG.info("serving at port %d", server.port)
    for each in asides:
        each.start()
    server.run()
    for each in asides:
        each.stop()
    log.stop()
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--port", type=int)
    parser.add_argument("--with-tray", action="store_true")
    return parser.parse_args(arguments)


def _server(
    places: Paths, port: int, asides: Iterable[ExchangeRunner | HookThread]
) -> LoopbackServer:
    """What serves; nothing is answered yet.

    Raises:
        TrayError: the database, the token or the port cannot be had.
    """
    _prepare_database(places)
    store = SecretStore(
        scope=profiles.keyring_scope(places), patience=Patience(_KEYRING_SECONDS, _say_waiting)
    )
    dispatch = Dispatch(
        ThreadDatabases(places.database),
        TokenCheck(_token_reader(store)),
        LiveSettings(places.settings_file).now,
        PassingOn(partial(_access, store)),
        lambda: [each.note_written() for each in asides],
        crash_log=places.crash_log,
    )
    return LoopbackServer(dispatch, port)


def _access(store: SecretStore, call: ApiCall) -> "Access | None":
    """The access to the account, as the keyring or the environment gives it now."""
    from tray.sync.sign_in.account_access import find_access

    return find_access(call.db, store, os.environ, settings=call.served.settings)


def _prepare_database(places: Paths) -> None:
    """Have it there, sound and noting what is changed; what became of it is said."""
    db, notices = open_or_rescue(places.database, now=clock.now())
    with db:
        entry_changes.keep(db)
        hook_nudge.watch(db, places, settings.load(places.settings_file).settings)
    for sentence in notices:
        print(f"toggl-tray: {sentence}", file=sys.stderr)


def _token_reader(store: SecretStore) -> Callable[[], str]:
    """Tells the token, as it is at the time.

    Raises:
        Refused: there is no keyring to keep it, and nobody to be shown it.
    """
    made, kept = credentials.local_api_token(store, os.environ)
    if kept is TokenStorage.KEYRING:
        return lambda: _kept_token(store)
    if not sys.stdout.isatty():
        raise Refused(
            tr(
                "The token of the local API has nowhere to be kept: {reason}. "
                "Give one of 32 characters in TOGGL_TRAY_API_TOKEN."
            ).format(reason=store.reason)
        )
    print(tr("The token, until this ends: {token}").format(token=made))
    return lambda: made


def _kept_token(store: SecretStore) -> str:
    """The token as it is in the keyring now; empty while that does not tell."""
    token, kept = credentials.local_api_token(store, os.environ)
    return token if kept is TokenStorage.KEYRING else ""


def _say_waiting() -> None:
    print("toggl-tray:", tr("Waiting for the keyring to be unlocked."), file=sys.stderr)


def _end_with(server: LoopbackServer, *, parent: bool) -> None:
    """Have the server end when it is told to, and with the tray if that has started it."""
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: server.stop())
    if parent:
        threading.Thread(target=_wait_for_tray, args=(server,), daemon=True).start()


def _wait_for_tray(server: LoopbackServer) -> None:
    """The tray holds the other end of our input, which ends with it, however that happens."""
    while sys.stdin.buffer.read(1):
        pass
    server.stop()
