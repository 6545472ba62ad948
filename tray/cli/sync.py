"""The command that exchanges everything with the account now, through the tray or by itself."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Final

from tray import clock
from tray.cli import account as shared
from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import code, print_notice, shows_codes
from tray.errors import BadLine, Refused, RemoteError
from tray.ipc import lock
from tray.ipc.client import send
from tray.ipc.protocol import Command, Message
from tray.language import ntr, tr
from tray.model import formats
from tray.model.typed_days import read_date
from tray.sentences import together
from tray.store import account, journal
from tray.store.account import LinkedAccount
from tray.sync import status, status_text
from tray.sync.engine import Engine
from tray.sync.sign_in import linking
from tray.sync.status import Status

_TIMEOUT_SECONDS: Final = 5
"""What has to wait for longer is left to the next time."""
_TRAY_SECONDS: Final = 90
"""A tray that gets nowhere for so long is not waited for; its requests take at most a minute."""
_LOOK_SECONDS: Final = 0.1
_ERASE: Final = code("\r\x1b[K")
"""Takes the line that shows the progress away."""
_MOST_LINES: Final = 20
_OLDEST: Final = date(2006, 1, 1)
"""The year in which Toggl began."""


def configure_sync(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``sync``."""
    parser.add_argument(
        "--upload",
        action="store_true",
        help=tr("send what stays here too, such as entries made before signing in"),
    )
    parser.add_argument(
        "--older",
        metavar="DATE",
        help=tr("fetch history from this day on, 2024-01-31 say, where the plan has it"),
    )
    parser.add_argument(
        "--wait", action="store_true", help=tr("stay until everything has been exchanged")
    )
    parser.epilog = tr(
        "The last three months come by themselves. If nobody is signed in, but TOGGL_API_TOKEN is\n"
        "set, that signs in. Leaves with 0 if everything has been exchanged."
    )


def run_sync(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``sync``."""
    older_from = _older_from(context, options.older)
    if shared.by_environment(context, "upload" if options.upload else "later"):
        shared.notify_tray(context)
    there = shared.signed_in_account(context)
    if options.upload and (count := linking.upload(context.db, now=clock.now())):
        print(
            ntr(
                "{count} earlier entry will be sent.",
                "{count} earlier entries will be sent.",
                count,
            ).format(count=formats.number(count))
        )
    if older_from is not None:
        account.update(context.db, older_from=older_from, older_next="")
    last = journal.last_id(context.db)
    if not have_tray_exchange(context, stay=options.wait):
        exchange(context, stay=options.wait)
    _print_lines(context, last)
    _print_outcome(context, there)


def _older_from(context: Context, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        day = read_date(text)
    except ValueError as error:
        raise BadLine(
            tr("“{text}” is not a date. Write it as 2024-01-31.").format(text=text)
        ) from error
    return context.calendar.begin(max(day, _OLDEST))


def have_tray_exchange(context: Context, *, stay: bool) -> bool:
    """Have the tray do it, and wait for it; False if none runs.

    Raises:
        Refused: it runs, but does not do it, or gets nowhere.
    """
    began, before = clock.now(), account.read(context.db)
    reply = send(context.paths, Message(Command.SYNC))
    if reply is None:
        return False
    if not reply.ok:
        raise Refused(reply.error)
    moved_at, pending = time.monotonic(), -1
    while (
        _is_waited_for(context, began)
        if stay
        else not _is_over(context, before, began, since=time.monotonic() - moved_at)
    ):
        if not stay and time.monotonic() - moved_at > _TRAY_SECONDS:
            raise Refused(
                tr(
                    "The tray has got nowhere for {tray_seconds} seconds. `toggl-tray "
                    "status` and `toggl-tray doctor` may tell why."
                ).format(tray_seconds=_TRAY_SECONDS)
            )
        now_pending = _show_progress(context).pending
        if now_pending != pending:
            moved_at, pending = time.monotonic(), now_pending
        time.sleep(_LOOK_SECONDS)
    _end_progress()
    return True


def _is_over(context: Context, before: LinkedAccount | None, began: int, *, since: float) -> bool:
    """Whether the tray has exchanged everything, or cannot; `since` it last got on, in seconds."""
    found, now = account.read(context.db), status.read(context.db, now=clock.now())
    if found is None or not found.signed_in:
        return True
    if found.errors.error_kind or now.state == "quota":
        old = before is not None and (before.errors.error_kind, before.errors.next_request_at) == (
            found.errors.error_kind,
            found.errors.next_request_at,
        )
        return not old or since > _TIMEOUT_SECONDS
    return now.pending == 0 and (found.pull.last_sync or 0) >= began


def _is_waited_for(context: Context, began: int) -> bool:
    """Whether something is still to be exchanged that needs nobody."""
    now = status.read(context.db, now=clock.now())
    if now.state in ("no account", "signed out", "trouble"):
        return False
    looked = (now.last_sync or 0) >= began
    return now.pending > 0 or not now.history_complete or not looked


def exchange(context: Context, *, stay: bool) -> None:
    """Exchange all that can be now.

    Raises:
        Refused: another process is at it, or there is no token.
        RemoteError: the account cannot be spoken with at all.
    """
    held = lock.acquire(context.paths.sync_lock)
    if held is None:
        raise Refused(tr("Another process is exchanging with the account. Try again in a moment."))
    try:
        access = shared.access(context)
        engine = Engine(
            context.db,
            access.connect,
            clock=clock.now,
            belongs_here=access.belongs_here,
            token_mark=access.mark,
        )
        try:
            engine.sync_now()
            _run_engine(context, engine.turn, stay=stay)
        finally:
            engine.close()
    finally:
        held.release()


def _run_engine(context: Context, turn: Callable[[], float | None], *, stay: bool) -> None:
    began = clock.now()
    while (wait := turn()) is not None:
        if wait > _TIMEOUT_SECONDS and not (stay and _is_waited_for(context, began)):
            break
        _show_progress(context)
        time.sleep(wait)
    _end_progress()


def _show_progress(context: Context) -> Status:
    now = status.read(context.db, now=clock.now())
    if shows_codes(sys.stderr):
        words = status_text.waiting(now) or (
            tr("looking for changes") if now.history_complete else tr("fetching")
        )
        print(f"{_ERASE}{words} …", end="", file=sys.stderr, flush=True)
    return now


def _end_progress() -> None:
    if shows_codes(sys.stderr):
        print(_ERASE, end="", file=sys.stderr, flush=True)


def _print_lines(context: Context, last: int) -> None:
    """What was exchanged, as the journal has it; the trouble that remains is told by itself."""
    lines = [line for line in journal.after(context.db, last) if line.kind != "trouble"]
    more = len(lines) - _MOST_LINES
    if more > 0:
        print(
            formatting.dim(
                ntr(
                    "{more} more line is in `toggl-tray journal -n {count}`.",
                    "{more} more lines are in `toggl-tray journal -n {count}`.",
                    more,
                ).format(more=formats.number(more), count=len(lines))
            )
        )
    if lines:
        print(
            formatting.table(
                [[journal.kind_word(line.kind), line.text] for line in lines[-_MOST_LINES:]]
            )
        )


def _print_outcome(context: Context, there: LinkedAccount) -> None:
    """How things stand now.

    Raises:
        Refused: something waits for the user.
        RemoteError: something could not be exchanged.
    """
    now = status.read(context.db, now=clock.now())
    if wrong_clock := status_text.wrong_clock(now):
        print_notice(wrong_clock)
    waits = status_text.sentence(status_text.waiting(now))
    if now.error_text:
        raise RemoteError(together(now.error_text, waits, _next_try(context, now)))
    for_user = together(
        status_text.sentence(status_text.for_user(now)),
        tr("`toggl-tray problems` lists what there is to decide."),
    )
    if now.refused:
        raise Refused(for_user)
    if now.state == "quota" and now.pending:
        raise RemoteError(
            tr("{line}: the requests of this hour are used up.").format(line=_line(context, now))
        )
    if now.pending:
        goes_on = tr("`toggl-tray sync --wait` stays until everything is sent.")
        raise RemoteError(together(waits, _next_try(context, now) or goes_on))
    found = account.read(context.db)
    if now.state == "quota" and found is not None and found.pull.changes_read_at < context.now:
        raise RemoteError(
            tr(
                "{line}: your changes are on the server, but the requests of this hour "
                "for asking what was changed elsewhere are used up."
            ).format(line=_line(context, now))
        )
    (count,) = context.db.row("SELECT count(*) FROM entry")
    print(
        ntr(
            "Synced with the account of {name}; {count} entry here.",
            "Synced with the account of {name}; {count} entries here.",
            count,
        ).format(name=there.name, count=formats.number(count))
    )
    if now.conflicts:
        print_notice(for_user)
    if not now.history_complete:
        print(tr("Earlier entries are still to come; the next time goes on with them."))


def _next_try(context: Context, now: Status) -> str:
    """When what waits is tried again; empty if that is not known."""
    return (
        ""
        if now.next_at is None
        else tr("Next try: {moment}.").format(moment=formatting.moment(context, now.next_at))
    )


def _line(context: Context, now: Status) -> str:
    return status_text.line(
        now, now=clock.now(), time_of_day=lambda when: formatting.moment(context, when)
    )
