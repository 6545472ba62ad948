"""A time on its own, as a command-line option takes it, where a bare hour is clear enough."""

from datetime import tzinfo

from tray.errors import BadLine
from tray.model.quick_entry.scan import shadow_of, tidy
from tray.model.quick_entry.times import When, find_time


def read_moment(text: str, *, now: int, zone: tzinfo | None) -> int:
    """Return the instant that `text` stands for, such as ``17:30``, ``-10m`` or ``now``.

    Raises:
        BadLine: it is not a moment.
    """
    if shadow_of(text).strip() == "now":
        return now
    when = _whole(text, now=now, zone=zone)
    if when is None or when.stop is not None:
        raise BadLine(
            f'"{tidy(text)}" is not a moment: write it like 17:30, -10m, yesterday 18:00 '
            "or 2026-11-20 9:30."
        )
    return when.start


def read_span(text: str, *, now: int, zone: tzinfo | None) -> tuple[int, int]:
    """Return the start and the end that `text` stands for, such as ``9-10``.

    Raises:
        BadLine: it is not a span, or one without an end.
    """
    when = _whole(text, now=now, zone=zone)
    if when is None or when.stop is None:
        raise BadLine(
            f'"{tidy(text)}" is not a span of time: write it like 9:30-10:15, yesterday 14-15 '
            "or 2026-11-20 9:30-10:15."
        )
    return when.start, when.stop


def _whole(text: str, *, now: int, zone: tzinfo | None) -> When | None:
    """Return the time that is all of `text`, if it is one."""
    shadow = shadow_of(text).strip()
    when = find_time(shadow, 0, now=now, zone=zone, bare_hours=True)
    return when if when and when.end == len(shadow) else None
