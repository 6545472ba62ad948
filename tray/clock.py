"""The one place that asks the computer what time it is."""

import time


def now() -> int:
    """Seconds since the Unix epoch in UTC, rounded down as Toggl does."""
    return int(time.time())
