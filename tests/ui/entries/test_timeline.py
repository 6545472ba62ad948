from array import array
from datetime import UTC, date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.ui.entries.timeline import (
    Arranging,
    DayShare,
    KeyedRows,
    RowKind,
    between,
    edits,
    entry_ids,
    find,
    id_of,
    key_of,
    kind_of,
    no_rows,
    stretch,
)

DAY = 86_400
FIRST = 1_772_323_200  # 2026-03-01 in UTC
UTC_DAYS = Calendar(UTC)

keys = st.lists(st.integers(1, 60), unique=True, max_size=40)
found = st.lists(
    st.builds(
        lambda begin, length, entry_id, what: DayShare(
            begin, entry_id, begin + length, what, begins=True
        ),
        st.integers(FIRST, FIRST + 20 * DAY),
        st.integers(0, 10_000),
        st.integers(1, 10_000),
        st.sampled_from(["review", "call", "email"]),
    ),
    unique_by=lambda share: share.entry_id,
    max_size=60,
).map(lambda each: sorted(each, reverse=True))
arrangings = st.builds(Arranging, st.booleans(), st.booleans())


def share(begin: float, end: float, entry_id: int, what: str = "") -> DayShare:
    """On the first day, from one hour to another."""
    return DayShare(
        FIRST + int(begin * 3_600),
        entry_id,
        FIRST + int(end * 3_600),
        what or entry_id,
        begins=True,
    )


def shown(rows: KeyedRows) -> list[tuple[RowKind, int]]:
    """What stands below the only heading."""
    return [(kind_of(key), id_of(key)) for key in rows.keys][1:]


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


@given(found, st.sampled_from([0, 4, 23]), arrangings, st.booleans())
def test_each_row_stands_below_the_heading_of_its_day(
    shares: list[DayShare], hour: int, arranging: Arranging, unfolded: bool
) -> None:
    calendar = Calendar(ZoneInfo("America/New_York"), hour)
    rows = stretch(shares, calendar, arranging, lambda _, __: unfolded)
    headings = []
    for key, moment in zip(rows.keys, rows.moments, strict=True):
        if kind_of(key) is RowKind.HEADING:
            headings.append(id_of(key))
        assert calendar.day_of(moment).toordinal() == headings[-1]
    assert headings == sorted(set(headings), reverse=True), "one heading a day"
    assert set(entry_ids(rows, 0, len(rows.keys))) == {each.entry_id for each in shares}


@given(found)
def test_without_groups_the_latest_comes_first(shares: list[DayShare]) -> None:
    rows = stretch(shares, UTC_DAYS)
    assert entry_ids(rows, 0, len(rows.keys)) == [each.entry_id for each in shares]
    assert list(rows.moments) == sorted(rows.moments, reverse=True)


@given(found, st.booleans())
def test_a_group_holds_what_is_alike_in_a_day_and_nothing_else(
    shares: list[DayShare], unfolded: bool
) -> None:
    rows = stretch(shares, UTC_DAYS, Arranging(similar=True), lambda _, __: unfolded)
    by_id = {each.entry_id: each for each in shares}
    singles = [by_id[id_of(key)] for key in rows.keys if kind_of(key) is RowKind.ENTRY]
    groups = [[by_id[each] for each in ids] for ids in rows.groups.values()]
    alike = [[each] for each in singles] + groups
    kinds = {(UTC_DAYS.day_of(group[0].begin), group[0].what) for group in alike}
    assert len(kinds) == len(alike), "no two rows of a day are alike"
    for group in groups:
        assert len({(UTC_DAYS.day_of(each.begin), each.what) for each in group}) == 1
        assert group == sorted(group, reverse=True)
    members = [id_of(key) for key in rows.keys if kind_of(key) is RowKind.MEMBER]
    assert members == [each.entry_id for group in groups for each in group if unfolded]


def test_a_group_stands_where_its_latest_entry_was() -> None:
    alike = [share(14, 15, 4, "a"), share(12, 13, 3), share(11, 12, 2, "a"), share(9, 10, 1)]
    rows = stretch(alike, UTC_DAYS, Arranging(similar=True))
    assert shown(rows) == [(RowKind.GROUP, 4), (RowKind.ENTRY, 3), (RowKind.ENTRY, 1)]
    rows = stretch(alike, UTC_DAYS, Arranging(similar=True), lambda _, __: True)
    assert shown(rows)[:3] == [(RowKind.GROUP, 4), (RowKind.MEMBER, 4), (RowKind.MEMBER, 2)]


def test_what_was_done_at_no_known_thing_is_like_no_other() -> None:
    shares = [share(hour, hour + 1, hour)._replace(what=None) for hour in (3, 2, 1)]
    assert not stretch(shares, UTC_DAYS, Arranging(similar=True)).groups


def test_gaps_stand_between_what_was_done() -> None:
    shares = [share(12, 13, 3), share(9, 10, 2), share(8, 9, 1)]
    rows = stretch(shares, UTC_DAYS, Arranging(gaps=True))
    assert shown(rows) == [
        (RowKind.ENTRY, 3),
        (RowKind.GAP, 3),
        (RowKind.ENTRY, 2),
        (RowKind.ENTRY, 1),
    ]
    assert rows.moments[2] == FIRST + 12 * 3_600 - 1


def test_what_something_else_covers_is_no_gap_nor_is_less_than_a_minute() -> None:
    shares = [share(12, 13, 3), share(9, 10, 2), share(8, 12, 1)]
    assert len(stretch(shares, UTC_DAYS, Arranging(gaps=True)).keys) == 4
    late = [share(12, 13, 2), share(9, 12 - 59 / 3_600, 1)]
    assert len(stretch(late, UTC_DAYS, Arranging(gaps=True)).keys) == 3


def test_gaps_among_groups_stand_below_what_came_after_them() -> None:
    shares = [share(15, 16, 4, "a"), share(12, 13, 3), share(9, 10, 2, "a"), share(8, 9, 1)]
    rows = stretch(shares, UTC_DAYS, Arranging(similar=True, gaps=True), lambda _, __: True)
    assert shown(rows) == [
        (RowKind.GROUP, 4),
        (RowKind.MEMBER, 4),
        (RowKind.MEMBER, 2),
        (RowKind.GAP, 4),
        (RowKind.ENTRY, 3),
        (RowKind.GAP, 3),
        (RowKind.ENTRY, 1),
    ]


@given(found, st.integers(0, 20), st.integers(0, 20), arrangings)
def test_a_range_of_days_is_a_range_of_rows(
    shares: list[DayShare], one: int, other: int, arranging: Arranging
) -> None:
    rows = stretch(shares, UTC_DAYS, arranging)
    begin, end = (FIRST + days * DAY for days in sorted((one, other)))
    inside = {each.entry_id for each in shares if begin <= each.begin < end}
    assert set(entry_ids(rows, *between(rows, begin, end))) == inside


@given(found, arrangings, st.booleans())
def test_every_key_is_found(shares: list[DayShare], arranging: Arranging, unfolded: bool) -> None:
    rows = stretch(shares, UTC_DAYS, arranging, lambda _, __: unfolded)
    for row, (key, moment) in enumerate(zip(rows.keys, rows.moments, strict=True)):
        assert find(rows, partial(_is, rows, key), moment, UTC_DAYS) == row


def _is(rows: KeyedRows, key: int, row: int) -> bool:
    return rows.keys[row] == key


def test_a_key_that_is_gone_leads_to_where_it_was() -> None:
    rows = stretch([share(75, 76, 3), share(50, 51, 4), share(25, 26, 1)], UTC_DAYS)

    def gone(_: int) -> bool:
        return False

    assert find(rows, gone, FIRST + 49 * 3_600, UTC_DAYS) == 4
    assert find(rows, gone, FIRST + 51 * 3_600, UTC_DAYS) == 3
    assert find(rows, gone, FIRST - 30 * DAY, UTC_DAYS) == len(rows.keys) - 1


def test_a_day_without_entries_has_no_heading() -> None:
    rows = stretch([share(5 * 24, 5 * 24 + 1, 2), share(0, 1, 1)], UTC_DAYS)
    days = [id_of(key) for key in rows.keys if kind_of(key) is RowKind.HEADING]
    first = date(2026, 3, 1)
    assert days == [(first + timedelta(days=5)).toordinal(), first.toordinal()]
    assert key_of(RowKind.HEADING, first.toordinal()) == rows.keys[2]
    assert stretch([], UTC_DAYS) == no_rows()
