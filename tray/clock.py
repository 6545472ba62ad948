"""The moment of now for all that is decided or stored, in one place, so that tests can set it.

What only measures how long something takes, or needs parts of a second, asks `time` itself.
"""

import time


def now() -> int:
    """Seconds since the Unix epoch in UTC, rounded down as Toggl does."""
    return int(time.time())
