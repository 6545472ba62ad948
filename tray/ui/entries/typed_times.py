"""Reads times and lengths as they are typed beside an entry, seen from the day it is on."""

import re
from typing import Final

from tray.errors import BadLine
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.quick_entry import read_moment

_CLOCK: Final = re.compile(r"[\d:：]+([ap]m)?", re.IGNORECASE)
"""A time of day and nothing else, which is meant on the entry's own day."""
_DIGITS: Final = re.compile(r"(\d{1,2})(\d\d)")
_BEFORE_HALF: Final = re.compile(r"\s+(?=[ap]m$)", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*h)?\s*(?:(?P<minutes>\d+)\s*m(?:in)?)?\s*"
    r"(?:(?P<seconds>\d+)\s*s)?",
    re.IGNORECASE,
)
_COLONS: Final = re.compile(
    r"(?P<hours>\d+)[:：](?P<minutes>[0-5]?\d)(?:[:：](?P<seconds>[0-5]\d))?"
)


def read_start(text: str, day_of: int, *, calendar: Calendar, now: int) -> int:
    """The moment that `text` names; a bare time of day is on the day to which `day_of` belongs.

    Raises:
        BadLine: it is not a moment.
    """
    clean = _clean(text)
    if _CLOCK.fullmatch(clean):
        now = calendar.day(calendar.day_of(day_of))[1] - 1
    return read_moment(clean, now=now, zone=calendar.zone)


def read_stop(text: str, start: int, *, calendar: Calendar, now: int) -> int:
    """The moment that `text` names; a bare time of day is the first one after `start`.

    The minute in which the entry began counts as its beginning.

    Raises:
        BadLine: it is not a moment.
    """
    clean = _clean(text)
    if not _CLOCK.fullmatch(clean):
        return read_moment(clean, now=now, zone=calendar.zone)
    minute = start - start % MINUTE
    found = read_moment(clean, now=minute + DAY - 1, zone=calendar.zone)
    return start if minute <= found < start else found


def read_length(text: str) -> int:
    """The seconds that `text` stands for: ``1:30``, ``1h30m``, ``1.5h``, ``45m``, or 45 minutes.

    Raises:
        BadLine: it is not a length.
    """
    clean = text.strip()
    if clean.isdecimal():
        clean += "m"
    found = _COLONS.fullmatch(clean) or _LENGTH.fullmatch(clean)
    if found is None or not any(found.groups()):
        raise BadLine(f"“{text.strip()}” is not a length: write it like 1:30, 45m or 1h30m.")
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * HOUR) + int(found["minutes"] or 0) * MINUTE + int(found["seconds"] or 0)


def _clean(text: str) -> str:
    """`text` as the grammar takes it: ``930`` and ``9:30 PM`` are common, too."""
    clean = _BEFORE_HALF.sub("", text.strip())
    digits = _DIGITS.fullmatch(clean)
    return f"{digits[1]}:{digits[2]}" if digits else clean
