from hypothesis import given
from hypothesis import strategies as st

from tray.model.ribbon import Stretch, ribbon_parts

HOUR = 3_600
MIDNIGHT = 1_772_323_200


def stretch(begin: float, end: float, colour: str = "#0b83d9") -> Stretch:
    return Stretch(MIDNIGHT + int(begin * HOUR), MIDNIGHT + int(end * HOUR), colour)


def test_a_working_day_lies_between_seven_and_twenty() -> None:
    (only,) = ribbon_parts([stretch(7, 20)], MIDNIGHT)
    assert (only.left, only.right) == (0, 1)
    (half,) = ribbon_parts([stretch(13.5, 20)], MIDNIGHT)
    assert half.left == 0.5


def test_a_day_without_anything_has_none() -> None:
    assert ribbon_parts([], MIDNIGHT) == ()


def test_a_day_of_early_and_late_work_shows_more_hours() -> None:
    early, late = ribbon_parts([stretch(22, 24), stretch(0, 2)], MIDNIGHT)
    assert early.left == 0
    assert late.right == 1


def test_what_touches_and_looks_alike_is_one_part() -> None:
    parts = ribbon_parts([stretch(9, 10), stretch(10, 11), stretch(11, 12, "#d94182")], MIDNIGHT)
    assert [part.colour for part in parts] == ["#0b83d9", "#d94182"]


@given(st.lists(st.tuples(st.integers(0, 86_000), st.integers(1, 20_000)), min_size=1, max_size=20))
def test_every_part_lies_on_the_ribbon(found: list[tuple[int, int]]) -> None:
    stretches = [Stretch(MIDNIGHT + begin, MIDNIGHT + begin + size, "#0") for begin, size in found]
    for part in ribbon_parts(stretches, MIDNIGHT):
        assert 0 <= part.left < part.right <= 1
