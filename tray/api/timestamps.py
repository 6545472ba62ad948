"""Writes and reads the moments of the API: RFC 3339 on the wire, whole epoch seconds with us."""

from datetime import UTC, datetime, timedelta
from typing import Final

from tray.model.durations import HOUR

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_MICROSECOND: Final = timedelta(microseconds=1)
LAST: Final = 253_402_300_799
"""The end of the year 9999."""


def stamp(moment: int) -> str:
    """Epoch seconds as ``2026-02-13T10:00:00Z``."""
    return (_EPOCH + moment * _SECOND).replace(tzinfo=None).isoformat() + "Z"


def seconds(moment: datetime) -> int:
    """A moment with its zone as epoch seconds, the fraction cut off as the server does."""
    return (moment - _EPOCH) // _SECOND


def microseconds(moment: datetime) -> int:
    """A moment with its zone as epoch microseconds."""
    return (moment - _EPOCH) // _MICROSECOND


def first_day(moment: int) -> str:
    """The earliest date that a moment may have anywhere on Earth."""
    return _day(moment - 12 * HOUR)


def last_day(moment: int) -> str:
    """The latest date that a moment may have anywhere on Earth."""
    return _day(moment + 14 * HOUR)


def _day(moment: int) -> str:
    return (_EPOCH + moment * _SECOND).date().isoformat()
