from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from tray.sync.reconcile.running import Running, Stopped, one_stops

starts = st.integers(0, 20)


def test_the_later_start_runs_and_the_earlier_ends_there() -> None:
    assert one_stops(Running(1, 10), Running(2, 30)) == Stopped(1, 30)
    assert one_stops(Running(1, 30), Running(2, 10)) == Stopped(2, 30)


def test_of_two_started_in_the_same_second_that_of_the_server_runs() -> None:
    assert one_stops(Running(1, 10), Running(2, 10)) == Stopped(1, 10)


@given(st.lists(starts, min_size=2, max_size=6))
def test_of_several_exactly_one_goes_on_and_none_ends_before_it_begins(begun: list[int]) -> None:
    entries = {number: Running(number, start) for number, start in enumerate(begun)}
    stopped: list[Stopped] = []

    def survivor(ours: Running, theirs: Running) -> Running:
        stopped.append(one_stops(ours, theirs))
        return theirs if stopped[-1].id == ours.id else ours

    last = reduce(survivor, entries.values())
    assert last.start == max(begun)
    assert sorted([last.id, *(each.id for each in stopped)]) == sorted(entries)
    assert all(entries[each.id].start <= each.stop <= last.start for each in stopped)
