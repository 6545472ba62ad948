"""How many requests are left in each bucket of the account, and for whom.

A bucket's hour begins with the first request and not on the clock; when it is over, the bucket is
full again. The server's own count, where a reply tells it, replaces ours.
"""

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tray.errors import QuotaSpent
from tray.model.durations import HOUR
from tray.store import quota_rows, remote_rows
from tray.store.database import Database

if TYPE_CHECKING:
    from tray.api.remote_values import ResponseInfo

Kind = Literal["user", "background"]

FREE_PLAN_REQUESTS: Final = 30
_ROUNDING_SECONDS: Final = 2  # the server's seconds and ours are both cut off
WINDOW_SECONDS: Final = HOUR + _ROUNDING_SECONDS
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
    """The most that was ever seen; a plan may have more than the Free one."""
    remaining: int = FREE_PLAN_REQUESTS
    resets_at: int = 0
    """Epoch seconds by this computer's clock; 0: no hour has begun."""

    def spare(self, kind: Kind) -> int:
        """How many may still be spent in this hour."""
        reserve = USER_RESERVE if self.name == "user" else ORGANIZATION_RESERVE
        return max(0, self.remaining - (reserve if kind == "background" else 0))


def as_of(bucket: Bucket, now: int) -> Bucket:
    """The bucket now: full again if its hour is over, which is never more than an hour away.

    Store the answer: after the clock was set back, a whole hour counts from then, and only once.
    """
    if bucket.resets_at <= now:
        return bucket._replace(remaining=bucket.total, resets_at=0)
    return bucket._replace(resets_at=min(bucket.resets_at, now + WINDOW_SECONDS))


def free_at(bucket: Bucket, now: int, *, kind: Kind) -> int:
    """The moment from which a request may be made: `now`, or when the bucket is full again."""
    bucket = as_of(bucket, now)
    return now if bucket.spare(kind) else bucket.resets_at


def after_request(bucket: Bucket, now: int) -> Bucket:
    """The bucket after a request of which the server's count is not known."""
    bucket = as_of(bucket, now)
    return bucket._replace(
        remaining=max(0, bucket.remaining - 1), resets_at=bucket.resets_at or now + WINDOW_SECONDS
    )


def after_reply(bucket: Bucket, seen: "ResponseInfo", *, now: int) -> Bucket:
    """The bucket after a request that was answered, well or not."""
    bucket = after_request(bucket, now)
    if seen.remaining is not None:
        bucket = bucket._replace(
            total=max(bucket.total, seen.remaining + 1), remaining=max(0, seen.remaining)
        )
    if seen.resets_in_seconds is not None:
        bucket = bucket._replace(resets_at=_reset(seen.resets_in_seconds, now))
    return bucket


def after_402(bucket: Bucket, wait_seconds: int | None, *, now: int) -> Bucket:
    """The bucket when the server says it is empty, and perhaps for how long."""
    bucket = after_request(bucket, now)
    resets_at = bucket.resets_at
    if wait_seconds is not None:
        resets_at = _reset(max(wait_seconds, _LEAST_SECONDS), now)
    return bucket._replace(remaining=0, resets_at=resets_at)


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
        if bucket.resets_at > now + WINDOW_SECONDS:
            with db.writing():
                quota_rows.write(db, name, as_of(bucket, now))


def may_spend_at(db: Database, charged: str, now: int, *, kind: Kind) -> int:
    """The moment from which a request may be made."""
    name = bucket_name(db, charged)
    return free_at(read_buckets(db).get(name, Bucket(name)), now, kind=kind)


def spare(db: Database, charged: str, now: int, *, kind: Kind) -> tuple[int, int]:
    """How many requests may still be made, and in how many seconds the bucket is full again."""
    name = bucket_name(db, charged)
    bucket = as_of(read_buckets(db).get(name, Bucket(name)), now)
    return bucket.spare(kind), max(0, bucket.resets_at - now)


def charge(db: Database, seen: "ResponseInfo", error: QuotaSpent | None, *, now: int) -> None:
    """Charge a request that was answered, in the transaction of the caller."""
    name = bucket_name(db, seen.bucket)
    bucket = read_buckets(db).get(name, Bucket(name))
    after = (
        after_reply(bucket, seen, now=now)
        if error is None
        else after_402(bucket, error.wait_seconds, now=now)
    )
    quota_rows.write(db, name, after)
