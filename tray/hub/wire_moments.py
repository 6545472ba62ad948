"""Reads the moments that programs send, in all the ways they write them."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

DAY: Final = len("2026-02-13")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LOST_PLUS: Final = re.compile(r" (\d\d:?\d\d)$")
_MICROSECOND: Final = timedelta(microseconds=1)


def parse_moment(text: str, *, zone: tzinfo | None = None) -> int | None:
    """Epoch microseconds; None if that is no moment.

    A space stands for a plus that was not escaped. Finer fractions are cut off. What names no zone
    is in `zone`, or in UTC.
    """
    try:
        found = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", text.strip()))
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone or UTC)
        return (found - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError):
        return None
