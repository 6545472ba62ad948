"""Keeps the books on requests: which bucket each was charged to, and what is left of it."""

from tray.api.remote_values import Seen
from tray.errors import QuotaSpent
from tray.store import quota_rows, remote_rows
from tray.store.database import Database
from tray.sync.rate import quota
from tray.sync.rate.quota import Bucket, Kind


def read(db: Database) -> dict[str, Bucket]:
    """Every bucket that was ever charged, by its name."""
    return {name: Bucket(*kept) for name, kept in quota_rows.every(db).items()}


def bucket_of(db: Database, charged: str) -> str:
    """The name of what a reply was charged to; the workspaces of an organization share one."""
    kind, _, workspace = charged.partition(" ")
    if kind != "workspace":
        return charged
    known = remote_rows.of_remote(db, "workspace", int(workspace))
    organization = known.base.get("organization_id") if known else None
    return f"organization {organization}" if organization else charged


def set_right(db: Database, now: int) -> None:
    """After the clock was set back, have every hour end an hour from now at the latest."""
    for name, bucket in read(db).items():
        if bucket.resets_at > now + quota.WINDOW_SECONDS:
            with db.writing():
                quota_rows.keep(db, name, quota.as_of(bucket, now))


def may_spend_at(db: Database, charged: str, now: int, *, kind: Kind) -> int:
    """The moment from which a request may be made."""
    name = bucket_of(db, charged)
    return quota.may_spend_at(read(db).get(name, Bucket(name)), now, kind=kind)


def spare(db: Database, charged: str, now: int, *, kind: Kind) -> tuple[int, int]:
    """How many requests may still be made, and in how many seconds the bucket is full again."""
    name = bucket_of(db, charged)
    bucket = quota.as_of(read(db).get(name, Bucket(name)), now)
    return bucket.spare(kind), max(0, bucket.resets_at - now)


def enter(db: Database, seen: Seen, error: QuotaSpent | None, *, now: int) -> None:
    """Charge a request that was answered, in the transaction of the caller."""
    name = bucket_of(db, seen.bucket)
    bucket = read(db).get(name, Bucket(name))
    after = (
        quota.after_reply(bucket, seen, now=now)
        if error is None
        else quota.after_402(bucket, error.wait_seconds, now=now)
    )
    quota_rows.keep(db, name, after)
