from hypothesis import given
from hypothesis import strategies as st

from tray.model.rounding import growing_minutes, whole_minutes

lengths = st.lists(st.integers(0, 100_000), max_size=40)


@given(lengths)
def test_minutes_add_up_to_the_minutes_of_the_sum(each: list[int]) -> None:
    minutes = whole_minutes(each)
    assert sum(minutes) == sum(each) // 60
    for length, shown in zip(each, minutes, strict=True):
        assert shown in (length // 60, length // 60 + 1)


@given(lengths)
def test_what_is_nearer_to_its_next_minute_is_rounded_up_first(each: list[int]) -> None:
    minutes = whole_minutes(each)
    up = [length % 60 for length, shown in zip(each, minutes, strict=True) if shown > length // 60]
    down = [
        length % 60 for length, shown in zip(each, minutes, strict=True) if shown == length // 60
    ]
    assert not up or not down or min(up) >= max(down)


def test_three_thirds_of_an_hour_make_an_hour() -> None:
    assert whole_minutes([1_220, 1_190, 1_190]) == [20, 20, 20]
    assert whole_minutes([100, 100, 100]) == [2, 2, 1]


@given(lengths, st.integers(0, 100_000))
def test_what_runs_adds_up_with_what_is_finished(each: list[int], running: int) -> None:
    shown = growing_minutes(sum(each), running)
    assert sum(whole_minutes(each)) + shown == (sum(each) + running) // 60
    assert shown in (running // 60, running // 60 + 1)
