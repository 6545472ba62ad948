"""Times as a language has them, beside the forms of the grammar: 昨天下午2点, vor 2 Stunden."""

import re
from collections.abc import Iterable

from tray.lean_typing import Final, NamedTuple
from tray.model.durations import HOUR, MINUTE
from tray.model.locales import chosen
from tray.model.locales.locale import Words

ENGLISH_CLOCK: Final = r"\d\d?(?::\d\d){0,2}(?:[ap]m)?"
_END: Final = r"(?![^ ])"
_END_OF_JOINED: Final = r"(?:[,、]|(?![^ ]))"
"""Where words need no blanks, a comma ends a time, too, and goes with it."""
_WORD: Final = r"(?=[\u4e00-\u9fff])(?![{counted}])"
"""There a word may follow at once, but not one that counts."""
_UNCLEAR: Final = re.compile(r"\d\d?\D?", re.ASCII)
"""What can be a number of things as well as an hour, with a word behind it."""


class Spoken(NamedTuple):
    """The patterns of one language."""

    clock: re.Pattern[str] | None
    """One time or two, with the groups day, start, stop_day, stop and after; None of English, whose
    clocks are those of the grammar."""
    ago: re.Pattern[str] | None
    """With the groups name, hours and minutes."""
    words: Words


def spoken(code: str, days: Iterable[str], dates: str, written_dates: Iterable[str]) -> Spoken:
    """What is read in a language, whose words for days are these; `dates` are all in figures."""
    words = chosen.locale_of(code).words
    gap = " *" if words.joined else " +"
    end = _END_OF_JOINED if words.joined else _END
    clock = rf"(?:{_unnamed(words.clock)}|{ENGLISH_CLOCK})" if words.clock else ENGLISH_CLOCK
    to = rf"(?:-|{gap}(?:{_any(words.to)}){gap})" if words.to else "-"
    before = rf"(?:(?:{_any(words.before_span)}){gap})?" if words.before_span else ""
    after = rf"(?: *(?:{_any(words.after_clock)}))?" if words.after_clock else ""
    written = "|".join(map(_unnamed, written_dates)) or "(?!)"
    day = rf"(?:(?P<day>{dates}(?= )|{written}|{_any(days)}){gap})?"
    stop = rf"(?:{to}(?:(?P<stop_day>{dates}(?= )|{written}){gap})?(?P<stop>{clock}))?"
    last = f"(?:{end}|{_WORD.format(counted=words.not_after_clock)})" if words.joined else end
    form = rf"{day}{before}(?P<start>{clock}){stop}(?P<after>{after}){last}"
    read = None if code == "en" else re.compile(form, re.ASCII)
    return Spoken(read, _ago_pattern(words, gap, end), words)


def may_be_a_count(found: re.Match[str]) -> bool:
    """Whether a time may be a number of what is said right behind it: ``2点建议``."""
    follows = found.string[found.end() - 1 : found.end() + 1]
    joins = len(follows) > 1 and follows[1] != " " and follows[0] not in ",、"
    return joins and not found["day"] and bool(_UNCLEAR.fullmatch(found["start"]))


def _ago_pattern(words: Words, gap: str, end: str) -> re.Pattern[str] | None:
    number = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})? *|(?:{_any(words.numbers)}){gap})"
    hours = rf"(?P<hours>{number})(?:{_any(words.hours)})"
    minutes = rf"(?P<minutes>{number})(?:{_any(words.minutes)})"
    length = rf"(?:(?P<name>{_any(words.lengths)})|(?:{hours})?(?: *{minutes})?)"
    forms = "|".join(_parted(form, length, at) for at, form in enumerate(words.ago))
    return re.compile(rf"(?:{forms}){end}", re.ASCII) if words.ago else None


def _parted(form: str, length: str, at: int) -> str:
    """One way to say it; the names of the groups of all but the first have their number."""
    own = re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{at}>", length) if at else length
    before, _, behind = (part.replace(" ", " +") for part in form.partition("{length}"))
    return before + own + behind


def ago_seconds(found: re.Match[str], words: Words) -> int:
    """How long ago that is.

    Raises:
        ValueError: it names no length.
    """
    groups = {name.rstrip("0123456789"): text for name, text in found.groupdict().items() if text}
    if name := groups.get("name"):
        return words.lengths[" ".join(name.split())] * MINUTE
    if not groups:
        raise ValueError
    hours, minutes = (_amount(groups.get(key), words) for key in ("hours", "minutes"))
    return round(hours * HOUR + minutes * MINUTE)


def _amount(written: str | None, words: Words) -> float:
    if written is None:
        return 0
    clean = written.strip()
    known = words.numbers.get(clean)
    return float(clean.replace(",", ".")) if known is None else known


def canonical(clock: str, words: Words) -> str:
    """A time of day as the grammar has it: ``14:30`` or ``2:30pm``; bare hours stay bare.

    Raises:
        ValueError: no clock shows that.
    """
    found = re.fullmatch(words.clock, clock, re.ASCII) if words.clock else None
    if found is None:
        return clock
    hour, half, minute = found["hour"], found["half"], found["minute"]
    if not (half or minute) and clock.isdigit():
        return clock
    figures = words.halves.get(minute or "", (minute or "0").rstrip(_AFTER_MINUTES))
    half = words.halves.get(half or "", "")
    if half == "evening" and int(hour) == _NOON:
        raise ValueError
    half = "pm" if half == "evening" else half
    return f"{hour}:{int(figures):02}{half if int(hour) <= _NOON else ''}"


_NOON: Final = 12
_AFTER_MINUTES: Final = "分"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _any(words: Iterable[str]) -> str:
    """Each of these, the longest first, with any number of blanks for one."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", " +") for word in longest)
