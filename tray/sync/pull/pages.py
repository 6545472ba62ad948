"""Asks the server what there is: everything once, history page by page, and then what changed."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from tray.api.remote_api import NotOffered, Toggl
from tray.api.remote_values import Formats, Me, Page, Skipped
from tray.errors import BadReply, ItemError, PremiumNeeded, ServerRefused, SignInRefused
from tray.model.durations import DAY, HOUR
from tray.sentences import ntr, stored, tr, tr_marked
from tray.store import account, in_flight, journal, outbox, remote_rows
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.sync import progress
from tray.sync.pull import whole_account
from tray.sync.pull.apply_catalogue import apply_catalogue
from tray.sync.pull.apply_entries import PullResult, apply_page, remove_missing
from tray.sync.pull.unlisted import UnlistedThings
from tray.sync.pull.unmarked import UnmarkedDeletions
from tray.sync.reconcile import lookups
from tray.sync.reconcile.reconciler import Reconciler

OVERLAP_SECONDS: Final = 60
"""How far each look goes back behind the last: what commits late is not missed."""
_AHEAD_SECONDS: Final = 2 * DAY
_V8_WINDOW_SECONDS: Final = 9 * DAY
_WINDOW_EVERY_SECONDS: Final = HOUR // 2
_STALE_CURSOR_SECONDS: Final = 30 * DAY
_TOO_OLD: Final = ("since", "start_date", "start")
"""What the server may name when it is asked for changes from too long ago."""
_YEAR: Final = 364 * DAY
"""So much a report gives at once, and so far back one of a free plan goes."""
_MICROSECONDS: Final = 1_000_000


class Pull:
    """One account's questions; each method is one request."""

    def __init__(self, db: Database, api: Toggl, server_time: Callable[[], int | None]) -> None:
        """Ask over `api`; `server_time` tells the server's clock by its last reply."""
        self._db = db
        self._api = api
        self._server_time = server_time
        self._unmarked = UnmarkedDeletions(db, api)
        self._unlisted = UnlistedThings(db, api)
        self._window_read_at: int | None = None
        self._horizon: int | None = None
        self._skipped: set[Skipped] = set()
        self._is_doubtful = False
        """Whether something of the present look is out of shape for the first time."""
        self._was_doubtful = False
        self._was_catalogue_doubtful = False

    def catalogue(self, account_: LinkedAccount, *, now: int) -> PullResult:
        """Read everything but older entries.

        Raises:
            SignInRefused: the token is that of another account.
        """
        me = whole_account.read(self._api)
        if me.user_id != account_.user_id:
            raise SignInRefused(
                tr(
                    "This token belongs to another account than the data here ({account}). Sign "
                    "in with a token of that account, or sign out and forget it first."
                ).format(account=account_.name or account_.user_id)
            )
        me = whole_account.settle_doubts(self._db, self._api, me)
        me = self._unlisted.looked_up(me, now=now)
        me = whole_account.with_locked_periods(self._api, me)
        self._was_catalogue_doubtful = (
            self._are_new(me.skipped) and not self._was_catalogue_doubtful
        )
        return apply_account(
            self._db,
            me,
            now=now,
            quietly=account_.pull.catalogue_read_at is None,
            is_doubtful=self._was_catalogue_doubtful,
        )

    def look_for_archived(self) -> None:
        """Have the next reading of the catalogue look for all that it does not list, too."""
        self._unlisted.forget()

    def formats(self, *, now: int) -> PullResult:
        """Read how the account shows dates and times, where that is no part of the account."""
        try:
            formats = self._api.formats()
        except (BadReply, ItemError, NotOffered):  # what is known stays
            account.update(self._db, formats_read_at=now)
        else:
            _keep_formats(self._db, formats, now=now)
        return PullResult()

    def changes(self, account_: LinkedAccount, *, now: int) -> PullResult:
        """Read what was changed since the last look, and release what was looked for in vain.

        Nothing is while something is out of shape that may be just that: that is read once more.
        """
        self._is_doubtful = False
        if self._api.reports_deletions:
            result = self._since(account_, now=now)
            if self._unmarked.are_possible and self._is_window_due(now):
                result += self._window(now=now + account_.pull.clock_skew, at=now)
        else:
            result = self._window(now=now + account_.pull.clock_skew, at=now)
        self._was_doubtful = self._is_doubtful and not self._was_doubtful
        if self._was_doubtful:
            return result
        with self._db.writing():
            account.update(self._db, changes_read_at=now)
            found = account.read(self._db)
            if found and not found.pull.find_deleted:  # else not all was read yet
                since = (found.pull.history_from or 0) if found.pull.history_complete else None
                lookups.release_entries(self._db, since=since)
                self._look_further_back(found)
        return result

    def _is_window_due(self, now: int) -> bool:
        """Whether to look for what was deleted and is not even listed as changed."""
        read_at = self._window_read_at
        return read_at is None or not 0 <= now - read_at < _WINDOW_EVERY_SECONDS

    def _since(self, account_: LinkedAccount, *, now: int) -> PullResult:
        cursor = account_.pull.cursor
        since = cursor // _MICROSECONDS - OVERLAP_SECONDS
        try:
            page = self._api.entries_since(max(0, since))
        except ServerRefused as error:
            server_now = self._server_now(account_, now)
            if error.field not in _TOO_OLD or not _is_stale(cursor, server_now):
                raise
            self._restart(server_now)
            return PullResult()
        server_now = self._server_now(account_, now)
        page = self._unmarked.marked(page, server_now=server_now)
        is_first = not account_.pull.changes_read_at  # then it may bring years
        result = apply_page(self._db, page.entries, now=now, quietly=is_first)
        if self._is_to_be_read_again(page, now=now):
            return result
        latest = max((entry.at for entry in page.entries), default=0)
        if _is_stale(cursor, server_now):
            latest = max(latest, (server_now - DAY) * _MICROSECONDS)
        with self._db.writing():
            if not page.complete:  # read it all, and then only what comes after these
                latest += (OVERLAP_SECONDS + 1) * _MICROSECONDS
                account.update(
                    self._db, history_from=None, history_complete=False, find_deleted=True
                )
            account.update(self._db, cursor=max(cursor, latest))
        return result

    def _is_to_be_read_again(self, page: Page, *, now: int) -> bool:
        """Whether something in it is out of shape for the first time: perhaps it was on the way."""
        is_new = self._are_new(page.skipped)
        self._is_doubtful |= is_new
        if not is_new:
            with self._db.writing():
                report_skipped(self._db, page.skipped, now=now)
        return is_new

    def _are_new(self, skipped: Iterable[Skipped]) -> bool:
        """Whether something is out of shape that was not before."""
        new = set(skipped) - self._skipped
        self._skipped |= new
        return bool(new)

    def _server_now(self, account_: LinkedAccount, now: int) -> int:
        """The server's clock; if anything, too early: what is changed after it is asked for."""
        ours = now + account_.pull.clock_skew
        by_last_reply = self._server_time()
        return ours if by_last_reply is None else min(ours, by_last_reply)

    def _restart(self, server_now: int) -> None:
        """Read everything again: the server does not remember what was deleted that long ago."""
        with self._db.writing():
            account.update(
                self._db,
                history_from=None,
                history_complete=False,
                find_deleted=True,
                catalogue_read_at=None,
                cursor=(server_now - HOUR) * _MICROSECONDS,
            )

    def _window(self, *, now: int, at: int) -> PullResult:
        """Read all of the last days: what is missing there is gone."""
        self._window_read_at = at
        begin = now - _V8_WINDOW_SECONDS
        made = in_flight.earliest_create(self._db, since=(now - DAY) * _MICROSECONDS)
        if made is not None:  # there may be a copy of it
            begin = min(begin, made - 1)
        end = now + _AHEAD_SECONDS
        page = self._api.entries_between(begin, end)
        result = apply_page(self._db, page.entries, now=at)
        self._is_to_be_read_again(page, now=at)
        if page.complete:
            result += self._remove_missing(page, begin, end, now=at)
        return result

    def _remove_missing(self, page: Page, begin: int, end: int, *, now: int) -> PullResult:
        there = {entry.id for entry in page.entries}
        for each in page.skipped:
            if each.id is None:  # it may be any of those that are missing
                return PullResult()
            there.add(each.id)
        with self._db.writing():
            reconciler = Reconciler(self._db, now=now)
            return PullResult(
                deleted=remove_missing(self._db, reconciler, there, begin=begin, end=end)
            )

    def history(self, account_: LinkedAccount, *, now: int) -> PullResult:
        """Read a page of the entries before those that are here, three months back."""
        server_now = now + account_.pull.clock_skew
        begin = self._horizon or server_now - progress.HISTORY_SECONDS
        if not self._api.reports_deletions:  # then there are no reports, but no limit either
            begin = min(begin, outbox.first_unverified_start(self._db) or begin)
        end = account_.pull.history_from or server_now + _AHEAD_SECONDS
        try:
            page = self._api.entries_between(min(begin, end - 1), end)
        except ServerRefused as error:
            if error.field != "start_date" or self._horizon is not None:
                raise
            self._horizon = _date_in(error.server_message) or begin + 7 * DAY
            return PullResult()
        result = apply_page(self._db, page.entries, now=now, quietly=True)
        if self._is_to_be_read_again(page, now=now):
            return result
        oldest = min((entry.start for entry in page.entries), default=begin)
        # Of those that start in the same second as the oldest, some may be on the next page.
        whole_from = begin if page.complete else oldest + 1
        if account_.pull.find_deleted:
            result += self._remove_missing(page, whole_from, end, now=now)
        with self._db.writing():
            if page.complete:
                account.update(
                    self._db, history_from=begin, history_complete=True, find_deleted=False
                )
                lookups.release_entries(self._db, since=begin)
                self._look_further_back(account.read(self._db) or account_)
            else:
                account.update(self._db, history_from=whole_from if whole_from < end else oldest)
        return result

    def _look_further_back(self, account_: LinkedAccount) -> None:
        """Older entries that are to be uploaded may be there: so far back history is read, too.

        Where there are no reports, the server itself gives everything.
        """
        first = outbox.first_unverified_start(self._db)
        if first is None or account_.pull.older_from or not account_.pull.history_complete:
            return
        if self._api.reports_deletions:
            account.update(self._db, older_from=first, older_next="")
        else:
            account.update(self._db, history_complete=False)

    def older_is_in(self, account_: LinkedAccount) -> int:
        """The server's id of the workspace that `older` asks about; 0 if it asks nothing."""
        position = _OlderPosition.read(account_, [*remote_rows.row_ids(self._db, "workspace")])
        return position.workspaces[0] if position else 0

    def older(self, account_: LinkedAccount, *, now: int) -> PullResult:
        """Read a page of history from before that, by the reports."""
        if account_.pull.older_from is None:
            return PullResult()
        position = _OlderPosition.read(account_, [*remote_rows.row_ids(self._db, "workspace")])
        if position is None:
            return self._complete_older(account_, account_.pull.older_from, now=now)
        begin = max(account_.pull.older_from, position.end - _YEAR)
        try:
            page = self._api.older_entries(
                position.workspaces[0], begin, position.end, position.cursor, of=account_.user_id
            )
        except NotOffered:
            why = tr("This server has no reports, so older entries are not fetched.")
            return self._end_older(account_, why, now=now)
        except PremiumNeeded:
            given = now + account_.pull.clock_skew - _YEAR
            if begin < given < position.end:
                account.update(self._db, older_from=given)
                return PullResult()
            why = tr("The account's plan gives no reports, so older entries cannot be fetched.")
            if begin < given:
                why = tr("The account's plan gives no entries from before the last year.")
            return self._end_older(account_, why, now=now)
        except ItemError as error:
            return self._end_older(account_, str(error), now=now)
        result = apply_page(self._db, page.entries, now=now, quietly=True)
        following = position.after(page.next, begin, account_)
        with self._db.writing():
            account.update(self._db, older_next=following)
        return result

    def _complete_older(self, account_: LinkedAccount, begin: int, *, now: int) -> PullResult:
        """Everything from `begin` on is here; what is to be uploaded may be older still."""
        begin = min(begin, account_.pull.history_from or begin)
        with self._db.writing():
            account.update(self._db, older_from=None, older_next="", history_from=begin)
            lookups.release_entries(self._db, since=begin)
            sentence = tr("All older entries that the plan gives are here.")
            Reconciler(self._db, now=now).report("received", sentence)
            self._look_further_back(account.read(self._db) or account_)
        return PullResult()

    def _end_older(self, account_: LinkedAccount, why: str, *, now: int) -> PullResult:
        """Older entries cannot be had, so what may be among them is not sent."""
        with self._db.writing():
            account.update(self._db, older_from=None, older_next="")
            reconciler = Reconciler(self._db, now=now)
            reconciler.report("refused", why)
            kept = outbox.keep_unverified_local(self._db, before=account_.pull.history_from)
            if kept:
                reconciler.report(
                    "refused",
                    ntr(
                        "{count:,} older entry stays on this computer: there is no way to see "
                        "whether the server has it already.",
                        "{count:,} older entries stay on this computer: there is no way to see "
                        "whether the server has them already.",
                        kept,
                    ).format(count=kept),
                )
        return PullResult()


class _OlderPosition(NamedTuple):
    """How far the reading of older history has come."""

    workspaces: list[int]
    """Those still to be read, the present one first."""
    end: int
    cursor: str

    @classmethod
    def read(cls, account_: LinkedAccount, workspaces: list[int]) -> "_OlderPosition | None":
        if account_.pull.older_next:
            position = cls(*json.loads(account_.pull.older_next))
        else:
            position = cls(workspaces, account_.pull.history_from or 0, "")
        return (
            position
            if position.workspaces and position.end > (account_.pull.older_from or 0)
            else None
        )

    def after(self, cursor: str, begin: int, account_: LinkedAccount) -> str:
        """Where the next page is, as it is kept."""
        workspaces, end = self.workspaces, self.end
        if not cursor:
            end = begin
        if end <= (account_.pull.older_from or 0):
            workspaces, end = workspaces[1:], account_.pull.history_from or 0
        return json.dumps([workspaces, end, cursor])


def apply_account(
    db: Database, me: Me, *, now: int, quietly: bool, is_doubtful: bool = False
) -> PullResult:
    """Take in an account's catalogue and recent entries.

    It is read once more if it is doubtful, and nothing that is looked for in it is sent till then.
    """
    with db.writing():
        apply_catalogue(Reconciler(db, now=now), me)
        if not is_doubtful:
            lookups.release_things(db)
        report_skipped(db, me.skipped, now=now)
    result = apply_page(db, me.entries, now=now, quietly=quietly)
    with db.writing():  # last: what the catalogue lacks of these entries is not in the next, either
        account.update(db, catalogue_read_at=None if is_doubtful else now)
        if me.has_entries and not is_doubtful:
            account.update(db, changes_read_at=now)
        if me.email:
            account.update(db, email=me.email)
        if me.time_zone:
            account.update(db, time_zone=me.time_zone)
        if me.name:
            account.update(db, name=me.name)
        if me.beginning_of_week is not None:
            account.update(db, beginning_of_week=me.beginning_of_week)
        if me.formats is not None:
            _keep_formats(db, me.formats, now=now)
    return result


def _keep_formats(db: Database, formats: Formats, *, now: int) -> None:
    account.update(
        db,
        date_format=formats.date,
        time_format=formats.time,
        duration_format=formats.length,
        formats_read_at=now,
    )


def report_skipped(db: Database, skipped: Iterable[Skipped], *, now: int) -> None:
    """Say once what could not be read, in the transaction of the caller."""
    for each in map(left_out, skipped):
        if not db.row("SELECT 1 FROM journal WHERE text = ?", (stored(each),)):
            journal.add(db, JournalEntry(now, "received", each))


def _is_stale(cursor: int, server_now: int) -> bool:
    return server_now - cursor // _MICROSECONDS > _STALE_CURSOR_SECONDS


def _date_in(words: str) -> int | None:
    """The first moment that the server says it gives: ``… must not be earlier than 2026-08-22``."""
    found = re.search(r"\d{4}-\d\d-\d\d", words)
    if found is None:
        return None
    try:
        return int(datetime.fromisoformat(found[0]).replace(tzinfo=UTC).timestamp()) + DAY
    except ValueError:
        return None


def left_out(skipped: Skipped) -> str:
    """What to say of a thing that is left out."""
    if skipped.name:
        text = tr("The {kind} “{name}” of the account cannot be read and is left out: {why}.")
    elif skipped.id is not None:
        text = tr(
            "The {kind} with the number {id} of the account cannot be read and is left out: {why}."
        )
    else:
        text = tr(
            "The {kind} with the number that is unknown of the account cannot be read and is "
            "left out: {why}."
        )
    return text.format(
        kind=tr_marked(skipped.kind), name=skipped.name, id=skipped.id, why=skipped.why
    )
