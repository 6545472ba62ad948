"""Keeps what is asked for at once, beside the exchange, within the requests of the hour."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tray.errors import QuotaSpent
from tray.sentences import tr
from tray.store.database import Database
from tray.sync.rate import quota

if TYPE_CHECKING:
    from tray.api.remote_values import ResponseInfo


class Ledger:
    """Asked before each request, and told of each reply.

    Args:
        db: The store, of the thread that makes the requests.
        clock: This computer's clock, epoch seconds.
        overdraw: Whether requests are made though none are left, as far as is known.
    """

    def __init__(self, db: Database, clock: Callable[[], int], *, overdraw: bool = False) -> None:
        self._db = db
        self._clock = clock
        self._overdraw = overdraw
        self._unsettled: ResponseInfo | None = None

    def check(self, bucket: str) -> None:
        """Refuse a request that none is left for.

        Raises:
            QuotaSpent: without a request; its status is None.
        """
        now = self._clock()
        free_at = quota.may_spend_at(self._db, bucket, now, kind="user")
        if free_at > now and not self._overdraw:
            minutes = max(1, round((free_at - now) / 60))
            raise QuotaSpent(
                tr(
                    "The requests that your plan allows for this hour are used up. There are "
                    "new ones in {minutes} min."
                ).format(minutes=minutes),
                wait_seconds=free_at - now,
            )

    def charge(self, seen: "ResponseInfo") -> None:
        """Charge a reply; what a 402 means, its words tell, which are read later."""
        if seen.status == 402:
            self._unsettled = seen
            return
        with self._db.writing():
            quota.charge(self._db, seen, None, now=self._clock())

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Charge what is refused in this block, once it is known what a 402 means."""
        try:
            yield
        except QuotaSpent as error:
            self.settle(error)
            raise
        finally:
            self.settle(None)

    def settle(self, error: QuotaSpent | None) -> None:
        """Charge the reply that waits for it."""
        seen, self._unsettled = self._unsettled, None
        if seen is not None:
            with self._db.writing():
                quota.charge(self._db, seen, error, now=self._clock())
