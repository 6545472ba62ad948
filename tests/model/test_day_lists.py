"""Days are told as soon as nothing that is still to come can reach into them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.model.test_days import ZONES
from tray.model.day_lists import by_day
from tray.model.days import Calendar
from tray.model.entities import TimeEntry, What
from tray.model.limits import EARLIEST

DAY: Final = 86_400
NOON: Final = 1_760_000_000 // DAY * DAY + DAY // 2
CALENDAR: Final = Calendar(UTC)

STRETCHES: Final = st.lists(
    st.tuples(st.integers(0, 20 * DAY), st.integers(0, 3 * DAY)), max_size=12
)


def listed(stretches: Sequence[tuple[int, int]]) -> list[TimeEntry]:
    """Entries of so many seconds before noon and so long, the latest start first."""
    made = [
        TimeEntry(number, *What(1, ""), NOON - before, NOON - before + seconds)
        for number, (before, seconds) in enumerate(stretches, 1)
    ]
    return sorted(made, key=lambda entry: -entry.start)


def shares(found: Sequence[TimeEntry], longest: int) -> list[tuple[date, list[tuple[int, int]]]]:
    """What stands below each day: entries, and seconds of them."""
    return [
        (day, [(each.entry.id, each.seconds) for each in below])
        for day, below in by_day(found, CALENDAR, longest=longest, now=NOON)
    ]


@given(STRETCHES)
def test_days_are_whole_however_closely_the_longest_is_known(
    stretches: list[tuple[int, int]],
) -> None:
    found = listed(stretches)
    longest = max((seconds for _, seconds in stretches), default=0)
    told = shares(found, longest)
    assert told == shares(found, 1_000 * DAY)
    days = [day for day, _ in told]
    assert days == sorted(set(days), reverse=True)
    assert sum(seconds for _, below in told for _, seconds in below) == sum(
        seconds for _, seconds in stretches
    )


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    near=st.integers(0, 24 * 365 * 24),
    stretches=STRETCHES,
)
def test_each_entry_stands_below_the_days_that_have_a_share_of_it(
    zone: str, hour: int, near: int, stretches: list[tuple[int, int]]
) -> None:
    calendar, now = Calendar(ZoneInfo(zone), hour), EARLIEST + near * 3_600
    found = [
        each._replace(start=each.start - NOON + now, stop=each.stop and each.stop - NOON + now)
        for each in listed(stretches)
    ]
    told = [
        (each.entry.id, each.share, each.is_part)
        for _, below in by_day(found, calendar, longest=3 * DAY, now=now)
        for each in below
    ]
    expected = []
    for entry in found:
        parts = list(calendar.shares(entry.start, entry.start + entry.seconds(now)))
        expected += [(entry.id, part, len(parts) > 1) for part in parts]
    assert sorted(told) == sorted(expected)


def test_a_day_waits_for_no_more_than_the_next_days_first_entry() -> None:
    read = 0

    def counted() -> Iterator[TimeEntry]:
        nonlocal read
        for entry in listed([(day * DAY, 600) for day in range(100)]):
            read += 1
            yield entry

    for told, _ in enumerate(by_day(counted(), CALENDAR, longest=600, now=NOON), 1):
        assert read == min(told + 1, 100)
