from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tray.errors import Refused
from tray.model import edits
from tray.model.entities import TimeEntry
from tray.model.limits import MAX_SECONDS

T: Final = 1_760_000_000
NOW: Final = T + 100
seconds = st.integers(T, T + 100)


def entry(
    start: int, stop: int | None, *, entry_id: int = 1, description: str = "Report"
) -> TimeEntry:
    return TimeEntry(
        entry_id,
        1,
        description,
        None,
        None,
        (),
        False,
        T + start,
        None if stop is None else T + stop,
    )


@st.composite
def finished(draw: st.DrawFn) -> TimeEntry:
    start, stop = sorted((draw(seconds), draw(seconds)))
    return TimeEntry(draw(st.integers(1, 9)), 1, "", None, None, (), False, start, stop)


running = st.builds(lambda start: TimeEntry(10, 1, "", None, None, (), False, start, None), seconds)
several = st.tuples(st.lists(finished(), max_size=6), st.lists(running, max_size=1)).map(
    lambda both: both[0] + both[1]
)


def pieces(*cuts: edits.Cut) -> list[list[tuple[int, int | None]]]:
    """What remains of each, from T on."""
    return [
        [(start - T, None if stop is None else stop - T) for start, stop in cut.pieces]
        for cut in cuts
    ]


@pytest.mark.parametrize(
    ("other", "remains"),
    [
        (entry(0, 20), [(0, 10)]),
        (entry(20, 40), [(30, 40)]),
        (entry(0, 40), [(0, 10), (30, 40)]),
        (entry(0, None), [(0, 10), (30, None)]),
        (entry(20, None), [(30, None)]),
        (entry(10, 31), [(30, 31)]),
        (entry(9, 30), [(9, 10)]),
    ],
)
def test_who_reaches_in_makes_room(other: TimeEntry, remains: list[tuple[int, int | None]]) -> None:
    assert pieces(*edits.make_room(T + 10, T + 30, [other], now=NOW)) == [remains]


@pytest.mark.parametrize(
    "other",
    [entry(0, 10), entry(30, 40), entry(30, None), entry(10, 10), entry(5, 5), entry(50, 60)],
)
def test_who_only_touches_stays(other: TimeEntry) -> None:
    assert edits.make_room(T + 10, T + 30, [other], now=NOW) == ()


@pytest.mark.parametrize("other", [entry(10, 30), entry(15, 15), entry(29, 30), entry(10, 11)])
def test_who_lies_inside_is_not_dropped(other: TimeEntry) -> None:
    with pytest.raises(
        Refused, match=r"“Report” lies wholly inside .* Delete or move it"
    ) as caught:
        edits.make_room(T + 10, T + 30, [entry(0, 20), other], now=NOW)
    assert caught.value.field == "start"


def test_for_the_running_entry_others_end_where_it_starts() -> None:
    others = [entry(0, 50), entry(10, 300), entry(200, 300)]
    cuts = edits.make_room(T + 20, None, others, now=NOW)
    assert [cut.entry for cut in cuts] == others[:2]
    assert pieces(*cuts) == [[(0, 20)], [(10, 20)]]


def test_the_running_entry_is_not_put_into_the_future() -> None:
    with pytest.raises(Refused, match=r"“Report” is running .* future\. Stop it first") as caught:
        edits.make_room(T + 20, NOW + 1, [entry(0, None)], now=NOW)
    assert caught.value.field == "stop"
    assert edits.make_room(T + 20, NOW, [entry(0, None)], now=NOW)


def test_a_forgotten_running_entry_is_not_cut_into_something_too_long() -> None:
    forgotten = entry(0, None)
    end = T + MAX_SECONDS + 1
    with pytest.raises(Refused, match="at most 999 hours"):
        edits.make_room(end, end + 1, [forgotten], now=end + 9)
    assert edits.make_room(end - 1, end, [forgotten], now=end + 9)


@given(seconds, st.none() | seconds, several)
def test_room_is_made_and_no_time_is_added(
    begin: int, end: int | None, others: list[TimeEntry]
) -> None:
    assume(end is None or begin < end)
    try:
        cuts = edits.make_room(begin, end, others, now=NOW)
    except Refused:
        return
    last = NOW if end is None else end
    for cut in cuts:
        assert cut.entry in others
        assert cut.entry.start < last
        assert cut.entry.stop is None or cut.entry.stop > begin
        left = [cut.entry._replace(start=start, stop=stop) for start, stop in cut.pieces]
        assert all(piece.stop is None or piece.stop > piece.start for piece in left)
        assert all(piece.start >= last or (piece.stop or NOW) <= begin for piece in left)
        assert sum(piece.seconds(NOW) for piece in left) <= cut.entry.seconds(NOW)
        assert left[0].start == cut.entry.start or left[0].start == end
        assert left[-1].stop in (cut.entry.stop, begin)
    untouched = [each for each in others if each not in [cut.entry for cut in cuts]]
    assert all(
        each.start >= last or (each.stop is not None and each.stop <= begin) for each in untouched
    )


def test_a_split_gives_two_halves_of_the_same() -> None:
    first, second = edits.split_at(entry(0, 100), T + 30, now=NOW)
    assert (first, second) == (entry(0, 30), entry(30, 100))


def test_the_second_half_of_the_running_entry_runs() -> None:
    first, second = edits.split_at(entry(0, None), T + 99, now=NOW)
    assert (first, second) == (entry(0, 99), entry(99, None))


@pytest.mark.parametrize(
    ("whole", "moment"),
    [
        (entry(10, 20), 10),
        (entry(10, 20), 20),
        (entry(10, 20), 9),
        (entry(10, 20), 21),
        (entry(10, 10), 10),
        (entry(10, None), 10),
        (entry(10, None), 100),
        (entry(101, None), 100),
    ],
)
def test_a_split_at_or_beyond_an_end_is_refused(whole: TimeEntry, moment: int) -> None:
    with pytest.raises(Refused, match=r"“Report” can only be split .* after its start") as caught:
        edits.split_at(whole, T + moment, now=NOW)
    assert caught.value.field == "start"


def test_a_forgotten_running_entry_is_split_where_the_first_half_can_be() -> None:
    moment = T + MAX_SECONDS
    assert edits.split_at(entry(0, None), moment, now=moment + 9)[0].stop == moment
    with pytest.raises(Refused, match="at most 999 hours"):
        edits.split_at(entry(0, None), moment + 1, now=moment + 9)


def test_an_entry_without_description_is_named_by_its_number() -> None:
    with pytest.raises(Refused, match="Entry 7 can only be split"):
        edits.split_at(entry(0, 1, entry_id=7, description=""), T, now=NOW)


@given(finished(), seconds)
def test_split_and_merged_again_it_is_as_before(whole: TimeEntry, moment: int) -> None:
    assume(whole.start < moment < (whole.stop or 0))
    first, second = edits.split_at(whole, moment, now=NOW)
    assert edits.merged([second._replace(id=99), first]) == whole


def test_a_merge_keeps_the_earliest_and_joins_what_differs() -> None:
    one = entry(10, 20, entry_id=5)._replace(tag_ids=(3, 7), project_id=2)
    two = entry(30, 40, entry_id=4, description="")._replace(
        tag_ids=(1, 7), billable=True, project_id=2, task_id=9
    )
    assert edits.merged([two, one]) == TimeEntry(
        5, 1, "Report", 2, 9, (1, 3, 7), True, T + 10, T + 40
    )


def test_merged_with_the_running_one_it_runs() -> None:
    assert edits.merged([entry(10, 20), entry(20, None, entry_id=2)]) == entry(10, None)
    assert edits.merged([entry(10, None), entry(20, 90, entry_id=2)]) == entry(10, None)


def test_as_many_as_wanted_are_merged_and_end_with_the_last() -> None:
    parts = [entry(10 * each, 10 * each + 5, entry_id=1 + each) for each in range(300)]
    assert edits.merged(parts) == entry(0, 2_995)
    assert edits.merged([*parts, entry(3_000, None, entry_id=999)]) == entry(0, None)


def test_a_part_within_another_does_not_shorten_the_whole() -> None:
    assert edits.merged([entry(0, 90), entry(10, 20, entry_id=2)]) == entry(0, 90)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [("description", "a", "b"), ("project_id", 1, 2), ("task_id", 1, 2), ("workspace_id", 1, 2)],
)
def test_contradictions_are_not_merged(field: str, one: Any, other: Any) -> None:
    first = entry(0, 10)._replace(**{field: one})
    second = entry(10, 20, entry_id=2)._replace(**{field: other})
    name = field.removesuffix("_id")
    with pytest.raises(Refused, match=f"Their {name}s differ. Make them the same") as caught:
        edits.merged([first, second])
    assert caught.value.field == name


def test_one_entry_is_not_merged() -> None:
    for alone in ([], [entry(0, 10)], [entry(0, 10), entry(0, 10)]):
        with pytest.raises(Refused, match="at least two different entries"):
            edits.merged(alone)


def test_nothing_may_lie_between() -> None:
    parts = [entry(0, 10), entry(20, 30, entry_id=2)]
    with pytest.raises(Refused, match=r"“Tea” lies between them\. Merge it too") as caught:
        edits.merged(parts, [entry(12, 14, entry_id=3, description="Tea")])
    assert caught.value.field == "start"


def test_gaps_are_where_no_entry_is() -> None:
    parts = [entry(0, 10), entry(5, 7), entry(20, 30), entry(30, 40), entry(50, 50)]
    assert edits.gaps([], now=NOW) == []
    assert edits.gaps(parts, now=NOW) == [(T + 10, T + 20), (T + 40, T + 50)]
    assert edits.gaps([entry(0, None), entry(150, 160)], now=NOW) == [(NOW, T + 150)]
    assert edits.gaps([entry(110, None), entry(150, 160)], now=NOW) == [(T + 110, T + 150)]


@given(several)
def test_gaps_and_entries_fill_the_time(entries: list[TimeEntry]) -> None:
    assume(entries)
    ordered = sorted(entries, key=lambda each: each.start)
    found = edits.gaps(ordered, now=NOW)
    for begin, end in found:
        assert begin < end
        assert all(each.start >= end or (each.stop or NOW) <= begin for each in ordered)
    assert all(one[1] <= following[0] for one, following in pairwise(found))
    covered = {
        second
        for each in ordered
        for second in range(each.start, max(each.start, each.stop or NOW))
    }
    reached = max([each.start for each in ordered] + [each.stop or NOW for each in ordered])
    assert len(covered) + sum(end - begin for begin, end in found) == reached - ordered[0].start
