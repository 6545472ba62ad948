from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.sync.rate.clock_skew import ClockSkew, add_reading, estimate, is_wrong, warning_text

NOW: Final = 1_760_000_000


def read(*skews: int, round_trip: int = 0) -> tuple[ClockSkew, ...]:
    readings: tuple[ClockSkew, ...] = ()
    for skew in skews:
        readings = add_reading(readings, NOW + skew, sent=NOW, received=NOW + round_trip)
    return readings


@given(
    skew=st.floats(-40_000, 40_000),
    sent=st.floats(NOW, NOW + 10),
    there=st.floats(0, 4.9),
    back=st.floats(0, 4.9),
)
def test_the_truth_is_within_the_margin(
    skew: float, sent: float, there: float, back: float
) -> None:
    server_time = int(sent + there + skew)
    (reading,) = add_reading((), server_time, sent=int(sent), received=int(sent + there + back))
    assert abs(reading.seconds - skew) <= reading.margin
    assert reading.margin <= 6


@pytest.mark.parametrize(("sent", "received"), [(NOW, NOW + 11), (NOW, NOW - 1), (NOW, NOW + 9999)])
def test_a_reply_that_says_little_is_passed_over(sent: int, received: int) -> None:
    known = read(5)
    assert add_reading(known, NOW + 7000, sent=sent, received=received) == known


def test_nothing_is_known_before_the_first_reply() -> None:
    assert estimate(()) is None


@given(st.lists(st.integers(-2, 2), min_size=3), st.integers(-(10**6), 10**6), st.data())
def test_one_odd_reply_changes_nothing(usual: list[int], odd: int, data: st.DataObject) -> None:
    where = data.draw(st.integers(2, len(usual)))
    latest = estimate(read(*usual[:where], odd, *usual[where:]))
    assert latest is not None
    assert -2 <= latest.seconds <= 2


def test_a_clock_that_was_set_is_believed_after_two_replies() -> None:
    assert [estimate(read(0, 0, 0, *[7200] * times)) for times in (1, 2)] == [
        ClockSkew(0, 1),
        ClockSkew(7200, 1),
    ]


@given(st.lists(st.integers(-(10**6), 10**6), max_size=9))
def test_only_three_replies_are_remembered(skews: list[int]) -> None:
    readings = read(*skews)
    assert [each.seconds for each in readings] == skews[-3:]


@pytest.mark.parametrize(
    ("skew", "wrong"),
    [
        (ClockSkew(0, 1), False),
        (ClockSkew(61, 1), False),
        (ClockSkew(62, 1), True),
        (ClockSkew(-62, 1), True),
        (ClockSkew(65, 6), False),
        (ClockSkew(-7200, 6), True),
    ],
)
def test_a_clock_is_wrong_when_it_is_certainly_off_by_more_than_a_minute(
    skew: ClockSkew, wrong: bool
) -> None:
    assert is_wrong(skew) is wrong


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (62, "1 minute slow"),
        (-150, "2 minutes fast"),
        (7200, "2 hours slow"),
        (-3540 - 3600, "1 hour 59 minutes fast"),
        (86_400, "1 day slow"),
        (-400 * 86_400 - 3 * 3600 - 60, "400 days 3 hours fast"),
    ],
)
def test_the_warning_gives_the_difference(seconds: int, words: str) -> None:
    sentence = warning_text(ClockSkew(seconds, 1))
    assert f"clock is {words}, and" in sentence
    assert sentence.endswith("settings.")
