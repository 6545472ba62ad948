"""Follows how far this clock is from the server's, and says once in the journal if it is wrong."""

from tray.api.remote_values import ResponseInfo
from tray.store import account, journal
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.sync.rate import clock_skew
from tray.sync.rate.clock_skew import ClockSkew


class ClockWatch:
    """The readings of one run of the program."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._readings: tuple[ClockSkew, ...] = ()
        self._reported = False

    def compare(
        self, seen: ResponseInfo, found: LinkedAccount, *, sent_at: int, received: int
    ) -> None:
        """Take in the ``Date`` of a reply, in the transaction of the caller; times as in `seen`."""
        if seen.server_time is None:
            return
        self._readings = clock_skew.add_reading(
            self._readings, seen.server_time, sent=sent_at, received=received
        )
        estimate = clock_skew.estimate(self._readings)
        if estimate is None:
            return
        if abs(estimate.seconds - found.pull.clock_skew) > estimate.margin:
            account.update(self._db, clock_skew=estimate.seconds)
        if clock_skew.is_wrong(estimate) and not self._reported:
            self._reported = True
            text = clock_skew.warning_text(estimate)
            journal.add(self._db, JournalEntry(received, "trouble", text))
