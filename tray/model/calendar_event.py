"""What is in a calendar of the user's own, when, and which of it is on at a moment."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from tray.lean_typing import NamedTuple
from tray.model.durations import DAY


class FeedEvent(NamedTuple):
    """One event as it was read, whoever looks at it."""

    title: str
    start: int
    """Epoch seconds; of an all-day event the midnight of UTC."""
    stop: int
    """The same; the first moment, or day, that is no part of it."""
    all_day: bool = False


class CalendarEvent(NamedTuple):
    """One event for somebody who looks at it."""

    feed_id: int
    calendar: str
    """The name of the calendar that it is in."""
    colour: str
    """Of that calendar, as ``#rrggbb``."""
    title: str
    """On one line; may be empty."""
    start: int
    """Epoch seconds; of an all-day event the midnight it begins with, where the user is."""
    stop: int
    """Epoch seconds."""
    all_day: bool = False


def local_midnight(moment: int, zone: tzinfo | None) -> int:
    """The midnight in `zone` of the date that a midnight of UTC stands for."""
    day = datetime.fromtimestamp(moment, UTC)
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def utc_midnight(day: date) -> int:
    """The midnight of UTC that stands for a date."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def on_now(events: Iterable[CalendarEvent], now: int) -> CalendarEvent | None:
    """The event with times that is on, the one that began last; None if none is."""
    on = [each for each in events if not each.all_day and each.start <= now < each.stop]
    return max(on, key=lambda each: (each.start, -each.stop), default=None)


def reach(now: int, *, back: timedelta, ahead: timedelta) -> tuple[int, int]:
    """From when to when events are kept, in whole days of UTC."""
    midnight = now - now % DAY
    return midnight - int(back.total_seconds()), midnight + int(ahead.total_seconds())
