from array import array
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.ui.entries.timeline import KeyedRows, between, edits, find, stretch

DAY = 86_400
FIRST = 1_772_323_200  # 2026-03-01 in UTC
UTC_DAYS = Calendar(UTC)

keys = st.lists(st.integers(1, 60), unique=True, max_size=40)
found = st.lists(
    st.tuples(st.integers(FIRST, FIRST + 20 * DAY), st.integers(1, 10_000)),
    unique_by=lambda key: key[1],
    max_size=60,
).map(lambda each: sorted(each, reverse=True))


def applied(old: list[int], new: list[int]) -> list[int]:
    rows = list(old)
    for edit in edits(array("q", old), array("q", new)):
        rows[edit.at : edit.at + edit.removed] = new[edit.begin : edit.end]
    return rows


@given(keys, keys)
def test_edits_turn_one_list_into_the_other(old: list[int], new: list[int]) -> None:
    assert applied(old, new) == new


def test_edits_of_long_lists_are_right_too() -> None:
    old, new = list(range(1, 2_000)), list(range(2_000, 1, -1))
    assert applied(old, new) == new


def test_what_is_the_same_is_left_alone() -> None:
    assert not list(edits([1, 2, 3], [1, 2, 3]))
    (edit,) = edits([1, 2, 3, 4], [1, 2, 9, 3, 4])
    assert (edit.at, edit.removed) == (2, 0)


@given(found, st.sampled_from([0, 4, 23]))
def test_each_entry_stands_below_the_heading_of_its_day(
    entries: list[tuple[int, int]], hour: int
) -> None:
    calendar = Calendar(ZoneInfo("America/New_York"), hour)
    rows = stretch(entries, calendar)
    heading = None
    for key, moment in zip(rows.keys, rows.moments, strict=True):
        if key < 0:
            assert key != heading, "one heading a day"
            heading = key
        else:
            assert -calendar.day_of(moment).toordinal() == heading
    assert [key for key in rows.keys if key > 0] == [entry_id for _, entry_id in entries]
    assert list(rows.moments) == sorted(rows.moments, reverse=True)


@given(found, st.integers(0, 20), st.integers(0, 20))
def test_a_range_of_days_is_a_range_of_rows(
    entries: list[tuple[int, int]], one: int, other: int
) -> None:
    rows = stretch(entries, UTC_DAYS)
    begin, end = (FIRST + days * DAY for days in sorted((one, other)))
    first, last = between(rows, begin, end)
    inside = [entry_id for start, entry_id in entries if begin <= start < end]
    assert [key for key in rows.keys[first:last] if key > 0] == inside


@given(found)
def test_every_key_is_found(entries: list[tuple[int, int]]) -> None:
    rows = stretch(entries, UTC_DAYS)
    for row, (key, moment) in enumerate(zip(rows.keys, rows.moments, strict=True)):
        assert find(rows, key, moment) == row


def test_a_key_that_is_gone_leads_to_where_it_was() -> None:
    rows = stretch([(FIRST + 3 * DAY, 3), (FIRST + DAY, 1)], UTC_DAYS)
    assert rows.keys[find(rows, 2, FIRST + 2 * DAY)] == -(date(2026, 3, 2)).toordinal()
    assert find(rows, 9, FIRST - 30 * DAY) == len(rows.keys) - 1


def test_a_day_without_entries_has_no_heading() -> None:
    rows = stretch([(FIRST + 5 * DAY, 2), (FIRST, 1)], UTC_DAYS)
    days = [date.fromordinal(-key) for key in rows.keys if key < 0]
    assert days == [date(2026, 3, 1) + timedelta(days=5), date(2026, 3, 1)]
    assert stretch([], UTC_DAYS) == KeyedRows(array("q"), array("q"))
