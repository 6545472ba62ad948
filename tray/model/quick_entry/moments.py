"""A time on its own, as a command-line option takes it, where a bare hour is clear enough."""

import re
from datetime import tzinfo

from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import BadLine
from tray.model.locales import chosen
from tray.model.quick_entry.scan import shadow_of, tidy
from tray.model.quick_entry.times import When, find_time

_BEFORE_HALF: Final = re.compile(r" +(?=[ap]m\b)")
"""In ``9:30 AM``; in a line it is none, where ``am`` may be a word."""


def read_moment(text: str, *, now: int, zone: tzinfo | None, latest: int | None = None) -> int:
    """Return the instant that `text` stands for, such as ``17:30``, ``-10m`` or ``now``.

    Args:
        text: what was typed.
        now: epoch seconds.
        zone: whose clocks and days are meant.
        latest: up to when a clock without a day may be meant; None is now.

    Raises:
        BadLine: it is not a moment.
    """
    words = shadow_of(text).strip()
    if any(words in locale.words.now for locale in (chosen.ENGLISH, chosen.current())):
        return now
    when = _whole(text, now=now, zone=zone, latest=latest)
    if when is None or when.stop is not None:
        raise BadLine(
            tr(
                '"{text}" is not a moment: write it like 17:30, -10m, yesterday 18:00 or '
                "2026-11-20 9:30."
            ).format(text=tidy(text))
        )
    return when.start


def read_span(text: str, *, now: int, zone: tzinfo | None) -> tuple[int, int]:
    """Return the start and the end that `text` stands for, such as ``9-10``.

    Raises:
        BadLine: it is not a span, or one without an end.
    """
    when = _whole(text, now=now, zone=zone, latest=None)
    if when is None or when.stop is None:
        raise BadLine(
            tr(
                '"{text}" is not a span of time: write it like 9:30-10:15, yesterday '
                "14-15 or 2026-11-20 9:30-10:15."
            ).format(text=tidy(text))
        )
    return when.start, when.stop


def _whole(text: str, *, now: int, zone: tzinfo | None, latest: int | None) -> When | None:
    """Return the time that is all of `text`, if it is one."""
    shadow = _BEFORE_HALF.sub("", shadow_of(text).strip())
    when = find_time(shadow, 0, now=now, zone=zone, latest=latest, bare_hours=True)
    return when if when and when.end == len(shadow) else None
