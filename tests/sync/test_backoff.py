from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray import errors
from tray.errors import BadReply, NoAnswer, Offline, QuotaSpent, RemoteError, ServerFailed, TooFast
from tray.model.durations import HOUR
from tray.sync.rate.backoff import retry_delay, wait_seconds

MINUTE: Final = 60
attempts = st.integers(1, 10_000)
seeds = st.integers(0, 2**32)


def kinds_under(kind: type[RemoteError]) -> list[type[RemoteError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in kinds_under(below))]


@given(attempts, seeds, st.floats(0.1, 100), st.floats(100, 10_000))
def test_a_wait_is_between_floor_and_cap(attempt: int, seed: int, floor: float, cap: float) -> None:
    assert floor <= wait_seconds(attempt, Random(seed), floor=floor, cap=cap) <= cap


def test_each_wait_is_drawn_from_the_span_after_that_of_the_one_before() -> None:
    rng = Random(1)
    spans = [
        sorted(wait_seconds(attempt, rng, floor=5, cap=300) for _ in range(500))
        for attempt in range(1, 9)
    ]
    tops = [10, 20, 40, 80, 160, 300, 300, 300]
    for waits, top in zip(spans, tops, strict=True):
        assert waits[0] == pytest.approx(top / 2, rel=0.05)
        assert waits[-1] == pytest.approx(top, rel=0.05)
        assert waits[250] == pytest.approx(0.75 * top, rel=0.1)


@pytest.mark.parametrize("kind", [Offline, NoAnswer, ServerFailed])
def test_an_outage_is_waited_for_from_seconds_up_to_five_minutes(
    kind: type[errors.TryLater],
) -> None:
    rng = Random(2)
    waits = [retry_delay(kind("It failed."), attempt, rng=rng) for attempt in (1, 2, 100, 10**9)]
    first, second, late, last = (wait or 0 for wait in waits)
    assert 5 <= first <= 10 <= second <= 20
    assert 150 <= min(late, last) <= max(late, last) <= 300


@given(attempts, seeds)
def test_who_asks_too_fast_waits_for_minutes(attempt: int, seed: int) -> None:
    wait = retry_delay(TooFast("Too fast."), attempt, rng=Random(seed))
    assert wait is not None
    assert MINUTE <= wait <= 15 * MINUTE


@given(attempts, seeds)
def test_nonsense_is_asked_for_again_once_an_hour_in_the_end(attempt: int, seed: int) -> None:
    wait = retry_delay(BadReply("Nonsense."), attempt, rng=Random(seed))
    assert wait is not None
    assert min(attempt, 30) * MINUTE <= wait <= HOUR


@given(st.integers(-10, 10**9), attempts, seeds)
def test_what_the_server_asked_for_is_granted_up_to_an_hour(
    asked: int, attempt: int, seed: int
) -> None:
    granted = min(max(asked, 0), HOUR)
    for kind in (ServerFailed, TooFast, NoAnswer):
        alone = retry_delay(kind("Later."), attempt, rng=Random(seed))
        wait = retry_delay(kind("Later.", wait_seconds=asked), attempt, rng=Random(seed))
        assert alone is not None
        assert wait == alone + granted


@given(st.none() | st.integers(0, HOUR), attempts, seeds)
def test_a_spent_quota_waits_for_its_reset_however_often_it_was_met(
    resets_in: int | None, attempt: int, seed: int
) -> None:
    wait = retry_delay(QuotaSpent("Spent.", wait_seconds=resets_in), attempt, rng=Random(seed))
    assert wait is not None
    reset = HOUR if resets_in is None else resets_in
    assert reset < wait <= reset + 20


@given(attempts, seeds)
def test_what_a_firewall_may_have_said_is_asked_again_but_rarely(attempt: int, seed: int) -> None:
    wait = retry_delay(errors.SignInRefused("No."), attempt, rng=Random(seed))
    assert wait is not None
    assert min(attempt, 36) * 5 * MINUTE <= wait <= 6 * HOUR


@pytest.mark.parametrize("kind", [*kinds_under(errors.ItemError), RemoteError])
def test_what_time_does_not_heal_is_never_asked_for_again(kind: type[RemoteError]) -> None:
    assert [retry_delay(kind("No."), attempt, rng=Random(3)) for attempt in (1, 2, 50)] == [
        None
    ] * 3


@pytest.mark.parametrize("kind", kinds_under(errors.TryLater))
def test_no_error_that_time_heals_is_forgotten(kind: type[RemoteError]) -> None:
    waits = {retry_delay(kind("Later."), 3, rng=Random(seed)) for seed in range(20)}
    assert None not in waits
    assert len(waits) == 20, "no two clients come back in the same moment"
