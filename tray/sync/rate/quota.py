"""How many requests are left in each bucket of the account, and for whom.

A bucket's hour begins with the first request and not on the clock; when it is over, the bucket is
full again, or has as much as it had the last time: a server may give each request back by itself,
and another computer may spend what was given back. The server's own count, where a reply tells it,
replaces ours.
"""

from collections.abc import Iterable
from functools import cache

from tray.errors import QuotaSpent
from tray.lean_typing import TYPE_CHECKING, Final, Literal, NamedTuple
from tray.model.durations import HOUR
from tray.store import account, quota_rows, remote_rows
from tray.store.database import Database

if TYPE_CHECKING:
    from tray.api.remote_values import Quota, ResponseInfo

Kind = Literal["user", "background"]

FREE_PLAN_REQUESTS: Final = 30
_ROUNDING_SECONDS: Final = 2  # the server's seconds and ours are both cut off
WINDOW_SECONDS: Final = HOUR + _ROUNDING_SECONDS
_PROBE_SECONDS: Final = 600
"""Where little is left though an hour is over, the background has a look so often."""
_SHARED: Final = 3
"""So many requests of others in an hour are not just replies of ours that got lost."""
_SHARED_MARGIN: Final = 2
"""Left to another computer, which may be about to spend it."""
PLENTY: Final = 600
_TOO_MANY: Final = 429
_LEAST_SECONDS: Final = 60
"""A server that says “at once” and means it not is not asked again at once."""
USER_RESERVE: Final = 6
"""Kept for looking when the user asks for it."""
ORGANIZATION_RESERVE: Final = 10
"""Kept for telling what the user does now; the rest may go to what was done long ago."""


class Bucket(NamedTuple):
    """The requests of an hour, for one purpose."""

    name: str
    """``user``, or ``organization <id>``."""
    total: int = FREE_PLAN_REQUESTS
    """A plan may have more than the Free one."""
    remaining: int = FREE_PLAN_REQUESTS
    resets_at: int = 0
    """Epoch seconds by this computer's clock; 0: no hour has begun."""
    refill: int = 0
    """How many there were after the hour before; 0: all."""
    others: int = 0
    """How many others have spent in about an hour, in thousandths."""
    seen_at: int = 0
    """When the server last told its count, epoch seconds."""
    refused: int = 0
    """How many 402 there were in a row."""

    @property
    def is_shared(self) -> bool:
        """Whether another client spends of it."""
        return self.others >= _SHARED * 1000

    def spare(self, kind: Kind) -> int:
        """How many may still be spent in this hour."""
        reserve = _SHARED_MARGIN if self.is_shared else 0
        if kind == "background":
            reserve = USER_RESERVE if self.name == "user" else ORGANIZATION_RESERVE
        return max(0, self.remaining - reserve)


def as_of(bucket: Bucket, now: int) -> Bucket:
    """The bucket now: full again if its hour is over, which is never more than an hour away.

    Store the answer: after the clock was set back, a whole hour counts from then, and only once.
    """
    bucket = bucket._replace(seen_at=min(bucket.seen_at, now))
    if bucket.resets_at <= now:
        remaining = max(bucket.refill, _SHARED_MARGIN + 1) if bucket.refill else bucket.total
        return bucket._replace(remaining=min(remaining, bucket.total), resets_at=0)
    return bucket._replace(resets_at=min(bucket.resets_at, now + WINDOW_SECONDS))


def free_at(bucket: Bucket, now: int, *, kind: Kind) -> int:
    """The moment from which a request may be made: `now`, or when the bucket is full again."""
    bucket = as_of(bucket, now)
    if bucket.spare(kind):
        return now
    return bucket.resets_at or max(now, bucket.seen_at + _PROBE_SECONDS)


def after_request(bucket: Bucket, now: int) -> Bucket:
    """The bucket after a request of which the server's count is not known."""
    bucket = as_of(bucket, now)
    return bucket._replace(
        remaining=max(0, bucket.remaining - 1), resets_at=bucket.resets_at or now + WINDOW_SECONDS
    )


def after_reply(bucket: Bucket, seen: "ResponseInfo", *, now: int) -> Bucket:
    """The bucket after a request that was answered, well or not."""
    began_anew = 0 < bucket.resets_at <= now
    before, bucket = bucket, after_request(bucket, now)._replace(refused=0)
    if seen.remaining is not None:
        total, remaining = max(bucket.total, seen.remaining + 1), max(0, seen.remaining)
        others = before.others * max(0, HOUR - max(0, now - before.seen_at)) // HOUR
        refill = before.refill
        if began_anew:
            refill = 0 if remaining + 1 >= total else remaining + 1
        elif before.seen_at:
            others += 1000 * max(0, bucket.remaining - remaining)
        bucket = bucket._replace(
            total=total, remaining=remaining, refill=refill, others=others, seen_at=now
        )
    if seen.resets_in_seconds is not None:
        bucket = bucket._replace(resets_at=_reset(seen.resets_in_seconds, now))
    return bucket


def after_402(bucket: Bucket, wait_seconds: int | None, *, now: int) -> Bucket:
    """The bucket when the server says it is empty, and perhaps for how long."""
    refused = bucket.refused + 1
    bucket = after_request(bucket, now)
    resets_at = bucket.resets_at
    if wait_seconds is not None:
        resets_at = _reset(max(wait_seconds, _LEAST_SECONDS * refused), now)
    return bucket._replace(remaining=0, resets_at=resets_at, refused=refused)


def _reset(in_seconds: int, now: int) -> int:
    return now + min(max(in_seconds, 0) + _ROUNDING_SECONDS, WINDOW_SECONDS)


def read_buckets(db: Database) -> dict[str, Bucket]:
    """Every bucket that was ever charged, by its name."""
    return {
        name: Bucket(name, *map(int, counts))
        for name, (_, *counts) in quota_rows.read_all(db).items()
    }


def bucket_name(db: Database, charged: str) -> str:
    """The name of what a reply was charged to; the workspaces of an organization share one."""
    kind, _, workspace = charged.partition(" ")
    if kind != "workspace":
        return charged
    known = remote_rows.of_remote(db, "workspace", int(workspace))
    organization = known.base.get("organization_id") if known else None
    return f"organization {organization}" if organization else charged


def correct_after_clock_change(db: Database, now: int) -> None:
    """After the clock was set back, have every hour end an hour from now at the latest."""
    for name, bucket in read_buckets(db).items():
        if bucket.resets_at > now + WINDOW_SECONDS or bucket.seen_at > now:
            with db.writing():
                quota_rows.write(db, name, as_of(bucket, now))


def _bucket(db: Database, name: str) -> Bucket | None:
    """What is known of a bucket; None if the server is not known to count at all."""
    found = read_buckets(db).get(name)
    if found is not None:
        return found
    there = account.read(db)
    return Bucket(name) if there is None or _counts(there.url) else None


@cache
def _counts(url: str) -> bool:
    from tray.api.address import Version, stored_address  # which a look at the status need not load

    address = stored_address(url)
    return address.is_toggl and address.version is Version.V9


def is_plenty(db: Database) -> bool:
    """Whether there are so many requests for oneself that looking often takes none from others."""
    bucket = _bucket(db, "user")
    return bucket is None or bucket.total >= PLENTY


def is_shared(db: Database, charged: str) -> bool:
    """Whether another client spends of a bucket."""
    bucket = _bucket(db, bucket_name(db, charged))
    return bucket is not None and bucket.is_shared


def may_spend_at(db: Database, charged: str, now: int, *, kind: Kind) -> int:
    """The moment from which a request may be made."""
    bucket = _bucket(db, bucket_name(db, charged))
    return now if bucket is None else free_at(bucket, now, kind=kind)


def spare(db: Database, charged: str, now: int, *, kind: Kind) -> tuple[int, int]:
    """How many requests may still be made, and in how many seconds the bucket is full again."""
    bucket = _bucket(db, bucket_name(db, charged))
    if bucket is None:
        return PLENTY, 0
    bucket = as_of(bucket, now)
    share = 2 if bucket.is_shared else 1
    return bucket.spare(kind) // share, max(0, bucket.resets_at - now)


def charge(db: Database, seen: "ResponseInfo", error: QuotaSpent | None, *, now: int) -> None:
    """Charge a request that was answered, in the transaction of the caller."""
    name = bucket_name(db, seen.bucket)
    bucket = _bucket(db, name)
    if bucket is None:
        if error is None and seen.remaining is None and seen.status != _TOO_MANY:
            return
        bucket = Bucket(name)
    after = (
        after_reply(bucket, seen, now=now)
        if error is None
        else after_402(bucket, error.wait_seconds, now=now)
    )
    quota_rows.write(db, name, after)


def accept_totals(db: Database, totals: "Iterable[Quota]", *, now: int) -> None:
    """Take over what the server itself says there is, in the transaction of the caller."""
    for each in totals:
        bucket = read_buckets(db).get(each.bucket, Bucket(each.bucket))
        remaining, total = max(0, each.remaining), max(1, each.total)
        resets_at = _reset(each.resets_in_seconds, now) if remaining < total else 0
        counted = bucket._replace(
            total=total, remaining=min(remaining, total), resets_at=resets_at, seen_at=now
        )
        quota_rows.write(db, each.bucket, counted)
