from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tray.model.day_grid.lanes import WHOLE, Lane, counted_twice, lanes

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda each: (each[0], sum(each))),
    max_size=12,
).map(sorted)


def test_what_is_alone_takes_the_whole_width() -> None:
    assert lanes([(0, 10), (10, 20)]) == [WHOLE, WHOLE]


def test_what_is_at_the_same_time_stands_side_by_side() -> None:
    assert lanes([(0, 10), (5, 15)]) == [Lane(0, 0.5), Lane(0.5, 0.5)]


def test_a_lane_that_is_free_beside_something_is_given_to_it() -> None:
    third = 1 / 3
    found = lanes([(0, 30), (0, 10), (0, 10), (20, 30)])
    assert found == [
        Lane(0, third),
        Lane(third, third),
        Lane(2 * third, third),
        Lane(third, 2 * third),
    ]


def test_nothing_needs_no_lane() -> None:
    assert lanes([]) == []


@given(spans)
def test_none_lies_over_another(some: list[tuple[int, int]]) -> None:
    places = zip(some, lanes(some), strict=True)
    for ((begin, end), lane), ((other_begin, other_end), other) in combinations(places, 2):
        if begin < max(other_end, other_begin + 1) and other_begin < max(end, begin + 1):
            apart = lane.left + lane.width <= other.left + 1e-9
            assert apart or other.left + other.width <= lane.left + 1e-9


@given(spans)
def test_each_lane_is_within_the_day(some: list[tuple[int, int]]) -> None:
    for lane in lanes(some):
        assert 0 <= lane.left < 1
        assert 0 < lane.width <= 1 - lane.left + 1e-9


@given(spans)
def test_what_is_counted_twice_is_so_second_by_second(some: list[tuple[int, int]]) -> None:
    covered = [sum(begin <= second < end for begin, end in some) for second in range(90)]
    twice = {second for second, times in enumerate(covered) if times > 1}
    found = counted_twice(some)
    assert {second for begin, end in found for second in range(begin, end)} == twice
    assert all(one[1] < other[0] for one, other in pairwise(found))
