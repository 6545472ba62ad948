"""Reads times and lengths as they are typed beside an entry, seen from the day it is on."""

import re
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Final

from tray.errors import BadLine, NotConfirmed
from tray.language import tr
from tray.model import durations
from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.limits import LIKELY_SECONDS
from tray.model.locales import chosen
from tray.model.quick_entry.moments import read_moment
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.scan import shadow_of
from tray.model.quick_entry.spoken import canonical

_DIGITS: Final = re.compile(r"(\d{1,2})(\d\d)")
_COLONS: Final = re.compile(
    r"(?P<hours>\d+)[:：](?P<minutes>[0-5]?\d)(?:[:：](?P<seconds>[0-5]\d))?"
)
_HOURS: Final = re.compile(r"\d{0,3}(?:\.\d{1,4})?")
_MOST_HOURS: Final = 12
"""Nobody means 15 hours by a bare 15."""
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:[:：.]?(?P<minute>[0-5]\d))?\s*(?:(?P<half>[ap])\.?m?\.?)?", re.IGNORECASE
)


@cache
def _lengths(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lengths with units in a language or in English; and minutes with seconds, as classic ones."""
    words = chosen.ENGLISH.words, chosen.locale_of(code).words
    hours, minutes, seconds = (
        "|".join(re.escape(unit) for each in words for unit in getattr(each, kind))
        for kind in ("hours", "minutes", "seconds")
    )
    units = (
        rf"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*(?:{hours}))?\s*"
        rf"(?:(?P<minutes>\d+)\s*(?:{minutes}))?\s*(?:(?P<seconds>\d+)\s*(?:{seconds}))?"
    )
    classic = rf"(?P<hours>)(?P<minutes>\d+):(?P<seconds>[0-5]\d)\s*(?:{minutes})"
    return re.compile(units, re.IGNORECASE), re.compile(classic, re.IGNORECASE)


def _named_length(text: str) -> int | None:
    """What has a name of its own, such as half an hour, in seconds."""
    clean = " ".join(text.lower().split())
    known = chosen.current().words.lengths.get(clean, chosen.ENGLISH.words.lengths.get(clean))
    return None if known is None else known * MINUTE


def read_clock(text: str) -> int:
    """The minutes after midnight that `text` names: ``9``, ``9:30``, ``0930``, ``9 pm``, ``24:00``.

    Raises:
        BadLine: no clock shows that.
    """
    spoken = canonical(shadow_of(text).strip(), chosen.current().words)
    found = _CLOCK.fullmatch(spoken)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
    half = (found["half"] or "").lower() if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or hour * 60 + minute > 24 * 60:
        raise BadLine(
            tr("“{text}” is not a time of day: write it like 9:30.").format(text=text.strip())
        )
    return hour * 60 + minute


def last_second(day_of: int, calendar: Calendar) -> int:
    """The end of the day to which `day_of` belongs: a bare time of day is the latest before it."""
    return calendar.day(calendar.day_of(day_of))[1] - 1


def read_start(text: str, day_of: int, *, calendar: Calendar, now: int) -> int:
    """The moment that `text` names; a bare time of day is on the day to which `day_of` belongs.

    Of two such times, in the hour that comes twice, the one that is nearer to `day_of`.

    Raises:
        BadLine: it is not a moment.
    """
    latest = last_second(day_of, calendar)
    found = read_moment(_clean(text), now=now, zone=calendar.zone, latest=latest)
    return _nearest(found, day_of, calendar.zone)


def read_stop(
    text: str, start: int, *, calendar: Calendar, now: int, was: int | None = None
) -> int:
    """The moment that `text` names; a bare time of day is the first one after `start`.

    The minute in which the entry began counts as its beginning. Of two such times after it, in the
    hour that comes twice, the one that is nearer to `was`, where it ended before.

    Raises:
        BadLine: it is not a moment.
    """
    minute = start - start % MINUTE
    found = read_moment(_clean(text), now=now, zone=calendar.zone, latest=minute + DAY - 1)
    if found < minute or was is not None:
        found = _nearest(found, max(start, was or start), calendar.zone)
    return start if minute <= found < start else found


def check_start(text: str, start: int, *, now: int, zone: tzinfo | None) -> None:
    """Raise `NotConfirmed` if an entry that is started would have run for longer than is likely.

    A time of day that lies ahead means yesterday's, which who types it may not know; who names the
    day knows.

    Args:
        text: The line, or what was typed as the start.
        start: How that was read.
        now: Epoch seconds.
        zone: Whose clocks are meant.
    """
    length = now - start
    if length <= LIKELY_SECONDS:
        return
    if read_line(text, now=now, zone=zone, latest=now + DAY).entry.start != start:
        sentence = tr("That entry would have run for {length} hours already.")
        raise NotConfirmed(sentence.format(length=durations.h_mm(length)), field="start")


def _nearest(found: int, moment: int, zone: tzinfo | None) -> int:
    """Of the moments that the clocks show alike, as they were set back, the one that is nearer."""
    local = datetime.fromtimestamp(found, zone)
    if local.fold:  # a time of day is read as the first of both: this was “now” or a length
        return found
    both = (int(local.replace(fold=fold).timestamp()) for fold in (0, 1))
    return min(both, key=lambda each: abs(each - moment))


def on_day(moment: int, day: date, calendar: Calendar) -> int:
    """The same time of day as that of a moment, on another of the user's days."""
    local = datetime.fromtimestamp(moment, calendar.zone)
    return int((local + (day - calendar.day_of(moment))).timestamp())


def usual_span(last_stop: int | None, *, calendar: Calendar, now: int) -> tuple[int, int]:
    """From when to when something was that is added now, if nobody says so.

    Since what was done last today, else for half an hour.
    """
    earliest = max(calendar.begin(calendar.day_of(now)), now - LIKELY_SECONDS)
    minute = now - now % MINUTE
    if last_stop is not None and earliest <= last_stop < minute:
        return last_stop, minute
    return minute - HOUR // 2, minute


def moved_stop(start: int, stop: int, begin: int, calendar: Calendar) -> int:
    """The stop of an entry that is to begin at `begin`, if no other is given.

    It stays, but an entry that is put on another day keeps its length.
    """
    same_day = calendar.day_of(begin) == calendar.day_of(start)
    return stop if same_day else begin + stop - start


def read_shift(text: str) -> int:
    """The seconds by which something is to be later, or with a minus earlier: ``15``, ``-1:30``.

    Raises:
        BadLine: it is not a length.
    """
    clean = text.strip().replace("\N{MINUS SIGN}", "-")
    sign = -1 if clean.startswith("-") else 1
    return sign * read_length(clean.lstrip("+-"))


def read_length(text: str) -> int:
    """The seconds that `text` stands for: ``1:30``, ``1h30m``, ``1.5h``, ``45m``, or 45 minutes.

    Raises:
        BadLine: it is not a length.
    """
    clean = shadow_of(text).strip()
    if (named := _named_length(clean)) is not None:
        return named
    if clean.isdecimal():
        clean += "m"
    units, classic = _lengths(chosen.code())
    found = _COLONS.fullmatch(clean) or units.fullmatch(clean) or classic.fullmatch(clean)
    if found is None or not any(found.groups()):
        raise BadLine(
            tr("“{text}” is not a length: write it like 1:30, 45m or 1h30m.").format(
                text=text.strip()
            )
        )
    hours = float((found["hours"] or "0").replace(",", "."))
    return round(hours * HOUR) + int(found["minutes"] or 0) * MINUTE + int(found["seconds"] or 0)


def read_hours(text: str) -> int:
    """The seconds of a cell that holds hours: as `read_length`, but ``1.5`` and ``8`` are hours.

    From 13 on a whole number is minutes; nothing at all is no time.

    Raises:
        BadLine: it is not a length.
    """
    clean = shadow_of(text).strip().replace(",", ".")
    if not clean:
        return 0
    if _HOURS.fullmatch(clean) and ("." in clean or int(clean) <= _MOST_HOURS):
        clean += "h"
    if clean.startswith((".", ":")):
        clean = f"0{clean}"
    return read_length(clean)


def _clean(text: str) -> str:
    """`text` as the grammar takes it: ``930`` is common, too."""
    clean = text.strip()
    digits = _DIGITS.fullmatch(clean)
    return f"{digits[1]}:{digits[2]}" if digits else clean
