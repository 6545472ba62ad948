"""Hours of the week, such as working hours, as a text of the settings and as moments.

    mon-fri 9:00-12:30 13:30-18:00; sat 22:00-2:00

Days come first, single ones, ranges or several joined by commas; then windows, each from a clock
time up to another, over midnight if that is not later. 24:00 may end a window. Parts are separated
by semicolons.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo

from tray.errors import BadLine
from tray.language import mark, tr, tr_marked
from tray.lean_typing import Final, NamedTuple
from tray.model.durations import DAY
from tray.model.locales import chosen
from tray.model.plain_hours import DAYS
from tray.model.typed_days import day_words
from tray.sentences import together

_DAY_MINUTES: Final = 24 * 60
_WINDOW: Final = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
_FAR_SECONDS: Final = 13 * DAY
_EXAMPLE: Final = mark("Write it like mon-fri 9:00-12:30 13:30-18:00; sat 10:00-14:00.")


class Window(NamedTuple):
    """One stretch of each week."""

    weekday: int
    """On which it begins; 0 is Monday, as in `date.weekday`."""
    begin: int
    """In minutes after midnight, 0 to 1439."""
    end: int
    """Likewise, 1 to 1440; it is on the next day if it is not later than `begin`."""


class Hours(NamedTuple):
    """Stretches of each week, ascending and without repeats; none at all is never."""

    windows: tuple[Window, ...] = ()

    def spans(self, day: date, zone: tzinfo | None) -> Iterator[tuple[int, int]]:
        """The stretches that begin on `day`, as epoch seconds, whatever the clocks do that day."""
        for window in self.windows:
            if window.weekday == day.weekday():
                over = window.end <= window.begin
                begin = _moment(day, window.begin, zone)
                end = _moment(day + timedelta(days=over), window.end, zone)
                if begin < end:  # not if the clocks skip it
                    yield begin, end

    def next_in(self, moment: int, zone: tzinfo | None) -> int | None:
        """The first moment from `moment` on that lies in these hours; None: there are none."""
        return next((max(moment, begin) for begin, _ in self._from(moment, zone)), None)

    def contain(self, moment: int, zone: tzinfo | None) -> bool:
        """Whether `moment` lies in these hours; the end of a stretch does not."""
        return self.next_in(moment, zone) == moment

    def next_out(self, moment: int, zone: tzinfo | None) -> int | None:
        """The first moment from `moment` on that does not; None: there is none for two weeks."""
        reached = moment
        for begin, end in self._from(moment, zone):
            if begin > reached:
                return reached
            reached = max(reached, end)
        return reached if reached < moment + _FAR_SECONDS else None

    def _from(self, moment: int, zone: tzinfo | None) -> Iterator[tuple[int, int]]:
        """The stretches of the next two weeks that have not ended, by their begin."""
        today = datetime.fromtimestamp(moment, zone).date()
        days = (today + timedelta(days=number) for number in range(-2, 15))
        found = (span for day in days for span in self.spans(day, zone))
        return iter(sorted(span for span in found if span[1] > moment))


def _moment(day: date, minutes: int, zone: tzinfo | None) -> int:
    day += timedelta(days=minutes // _DAY_MINUTES)
    hour, minute = divmod(minutes % _DAY_MINUTES, 60)
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).timestamp())


class Shift(NamedTuple):
    """The same hours on several days."""

    days: frozenset[int]
    begin: int
    end: int
    """Both as in `Window`."""


def shifts_of(hours: Hours) -> tuple[Shift, ...]:
    """The hours as few shifts, by their begin."""
    days: dict[tuple[int, int], set[int]] = {}
    for window in hours.windows:
        days.setdefault((window.begin, window.end), set()).add(window.weekday)
    return tuple(Shift(frozenset(days[span]), *span) for span in sorted(days))


def write_hours(shifts: Iterable[Shift]) -> str:
    """The text that `parse_hours` reads as these shifts."""
    spans: dict[frozenset[int], list[str]] = {}
    for shift in sorted(shifts, key=lambda each: (min(each.days), each.begin)):
        spans.setdefault(shift.days, []).append(f"{_clock(shift.begin)}-{_clock(shift.end)}")
    return "; ".join(f"{_days(days)} {' '.join(each)}" for days, each in spans.items())


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _days(days: frozenset[int]) -> str:
    """Such as ``mon-fri,sun``."""
    parts: list[list[int]] = []
    for day in sorted(days):
        if parts and parts[-1][-1] == day - 1:
            parts[-1].append(day)
        else:
            parts.append([day])
    names = [[DAYS[day] for day in part] for part in parts]
    return ",".join(f"{part[0]}-{part[-1]}" if len(part) > 2 else ",".join(part) for part in names)


def parse_hours(text: str) -> Hours:
    """Read hours; an empty text is never.

    Raises:
        BadLine: it cannot be read, with the words that are wrong.
    """
    windows: set[Window] = set()
    for part in text.lower().replace("–", "-").split(";"):
        words = part.split()
        if not words:
            continue
        days, *spans = words
        if not spans:
            raise BadLine(
                together(
                    tr('"{text}" names no days with times.').format(text=part.strip()),
                    tr_marked(_EXAMPLE),
                )
            )
        pairs = [_window(span) for span in spans]
        windows |= {Window(day, *pair) for day in _weekdays(days) for pair in pairs}
    return Hours(tuple(sorted(windows)))


def _weekdays(text: str) -> list[int]:
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = (_weekday(word) for word in (first, last or first))
        if begin is None or end is None or part.endswith("-"):
            raise BadLine(
                together(
                    tr('"{text}" is not a day of the week or a range of them.').format(text=part),
                    tr_marked(_EXAMPLE),
                )
            )
        length = (end - begin) % 7
        found += [(begin + number) % 7 for number in range(length + 1)]
    return found


def _weekday(word: str) -> int | None:
    """The weekday that a word names, 0 being Monday."""
    if word in DAYS:
        return DAYS.index(word)
    known = day_words((chosen.code(),)).get(word)
    return None if known is None or known.back is not None else known.weekday


def _window(text: str) -> tuple[int, int]:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise BadLine(
            together(
                tr('"{text}" is not a time from one hour to another.').format(text=text),
                tr_marked(_EXAMPLE),
            )
        )
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    begin, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or begin >= _DAY_MINUTES or end > _DAY_MINUTES:
        raise BadLine(
            together(
                tr('"{text}" names an hour or a minute that no clock shows.').format(text=text),
                tr_marked(_EXAMPLE),
            )
        )
    if begin == end:
        raise BadLine(
            tr('"{text}" ends when it begins. For a whole day write 0:00-24:00.').format(text=text)
        )
    return begin, end or _DAY_MINUTES
