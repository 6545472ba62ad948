"""Knows hours of the week that are written as the settings window writes them.

To read any hours (`tray.model.presence.hours`) takes regular expressions and the words of the
user's language, which take longer to load than all that a command does.
"""

from tray.lean_typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = {*map(str, range(24))}
_MINUTES: Final = {f"{minute:02}" for minute in range(60)}


def are_plain(text: str) -> bool:
    """Whether these are hours for certain; if not, only their parser can tell."""
    return all(map(_is_plain, text.split(";")))


def _is_plain(part: str) -> bool:
    days, *spans = part.split() or [""]
    return bool(spans) and all(map(_are_days, days.split(","))) and all(map(_is_span, spans))


def _are_days(text: str) -> bool:
    return {*text.split("-", 1)} <= {*DAYS}


def _is_span(text: str) -> bool:
    begin, _, end = text.partition("-")
    return begin != end and _is_clock(begin) and (_is_clock(end) or end == "24:00")


def _is_clock(text: str) -> bool:
    hour, _, minute = text.partition(":")
    return hour in _HOURS and minute in _MINUTES
