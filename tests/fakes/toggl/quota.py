"""Counts requests by the hour and by the second, and says when there have been too many."""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

HOUR: Final = 3600
FREE: Final = 30
PREMIUM: Final = 600
USER: Final = "user"


@dataclass(slots=True)
class Bucket:
    """The requests of one hour, which begins with the first of them."""

    opened_at: float
    used: int = 0
    times: list[float] = field(default_factory=list)


class Quota:
    """The hourly buckets of one account: its user's own, and one for each organisation.

    Attributes:
        limits: What a bucket holds; tests may set any. A bucket that is not named holds 30.
        enforced: If not, requests are counted and told, but never refused.
        told: Whether the headers are sent at all.
        sliding: Whether each request is given back an hour after it, rather than all at once.
        totals: All requests ever counted, by bucket.
        refused: Those refused, by bucket.
    """

    def __init__(self) -> None:
        self.limits: dict[str, int] = {}
        self.enforced = True
        self.told = True
        self.sliding = False
        self.totals: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._buckets: dict[str, Bucket] = {}

    def take(self, name: str, now: float) -> bool:
        """Count a request; False if the bucket was empty already."""
        bucket = self._bucket(name, now)
        if bucket is None:
            bucket = self._buckets[name] = Bucket(now)
        if self.enforced and bucket.used >= self.limit(name):
            self.refused[name] += 1
            return False
        bucket.used += 1
        bucket.times.append(now)
        self.totals[name] += 1
        return True

    def spend(self, name: str, now: float, count: int | None = None) -> None:
        """Use up `count` requests, or all that are left, as another device would."""
        left = self.remaining(name, now)
        bucket = self._buckets.setdefault(name, Bucket(now))
        count = left if count is None else count
        bucket.used += count
        bucket.times += [now] * count

    def limit(self, name: str) -> int:
        """What the bucket holds."""
        return self.limits.get(name, FREE)

    def remaining(self, name: str, now: float) -> int:
        """What is left; below zero where more came while nothing was enforced."""
        bucket = self._bucket(name, now)
        return self.limit(name) - (bucket.used if bucket else 0)

    def resets_in(self, name: str, now: float) -> int:
        """Seconds until the bucket is full again; 0 if it is."""
        bucket = self._bucket(name, now)
        if bucket is None or (self.sliding and not bucket.times):
            return 0
        opened_at = bucket.times[0] if self.sliding else bucket.opened_at
        return math.ceil(opened_at + HOUR - now)

    def headers(self, name: str, now: float) -> dict[str, str]:
        """What every reply tells."""
        if not self.told:
            return {}
        return {
            "X-Toggl-Quota-Remaining": str(self.remaining(name, now)),
            "X-Toggl-Quota-Resets-In": str(self.resets_in(name, now)),
        }

    def _bucket(self, name: str, now: float) -> Bucket | None:
        """The bucket, if its hour is not over."""
        bucket = self._buckets.get(name)
        if bucket is not None and self.sliding:
            bucket.times = [each for each in bucket.times if each > now - HOUR]
            bucket.used = len(bucket.times)
            return bucket
        if bucket is not None and now >= bucket.opened_at + HOUR:
            self._buckets.pop(name)
            return None
        return bucket


class Leak:
    """A leaky bucket: some requests at once, then one a second. Off until `enabled`."""

    def __init__(self, capacity: int = 3) -> None:
        self.enabled = False
        self.capacity = capacity
        self._level = 0.0
        self._seen_at = 0.0

    def take(self, now: float) -> bool:
        """Count a request; False if it came too fast."""
        if not self.enabled:
            return True
        self._level = max(0.0, self._level - max(0.0, now - self._seen_at))
        self._seen_at = now
        if self._level + 1 > self.capacity:
            return False
        self._level += 1
        return True


def organization(number: int) -> str:
    """The name of an organisation's bucket."""
    return f"organization {number}"
