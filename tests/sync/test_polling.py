from itertools import pairwise
from math import inf
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.sync.rate.polling import QUIET_SECONDS, PollingState, next_poll, next_push
from tray.sync.rate.quota import WINDOW_SECONDS, Bucket, after_request, as_of

HOUR: Final = 3600
ROUNDING: Final = 1e-6
QUIET: Final = PollingState(
    present=True,
    spare=24,
    resets_in=0,
    since_contact=0,
    since_return=HOUR,
    since_change=None,
)
seeds = st.integers(0, 2**32)
ages = st.none() | st.floats(0, 40 * HOUR)
paces = st.builds(
    PollingState,
    st.just(True),
    st.integers(0, 24),
    st.floats(0, HOUR),
    ages,
    st.floats(0, 40 * HOUR),
    ages,
    st.booleans(),
)


def wait(pace: PollingState, seed: int = 0) -> float:
    seconds = next_poll(pace, Random(seed))
    assert seconds is not None
    return seconds


def a_day(rng: Random, *, hours: int, by_hand: int = 0, changes_at: float = inf) -> list[float]:
    """When someone's client asks, by itself or because they look by hand so many times."""
    bucket, poll_at, asked = Bucket("user"), 1.0, [0.0]
    looks = sorted(rng.uniform(0, hours * HOUR) for _ in range(by_hand))
    while (now := min([poll_at, *looks[:1]])) < hours * HOUR:
        bucket = as_of(bucket, int(now + ROUNDING))
        if now in looks:
            looks.remove(now)
        else:
            assert bucket.spare("background") > 0, "the reserve is untouched"
        asked.append(now)
        bucket = after_request(bucket, int(now))
        changed = next((moment for moment in asked if moment >= changes_at), None)
        pace = PollingState(
            present=True,
            spare=bucket.spare("background"),
            resets_in=bucket.resets_at - now,
            since_contact=0.0,
            since_return=now,
            since_change=None if changed is None else now - changed,
        )
        poll_at = now + (next_poll(pace, rng) or inf)
    return asked[1:]


@given(paces, seeds)
def test_nobody_is_asked_while_the_user_is_away(pace: PollingState, seed: int) -> None:
    assert next_poll(pace._replace(present=False), Random(seed)) is None


def test_in_quiet_times_it_is_five_minutes_after_the_last_contact() -> None:
    assert wait(QUIET) == QUIET_SECONDS
    assert wait(QUIET._replace(since_contact=100.0)) == 200


@given(paces, seeds)
def test_with_requests_left_a_change_is_seen_within_five_minutes(
    pace: PollingState, seed: int
) -> None:
    pace = pace._replace(spare=24, failing=False)
    since = pace.since_contact or 0
    assert 0 < wait(pace, seed) <= max(QUIET_SECONDS - since, 120)


@given(paces, seeds)
def test_the_reserve_is_never_touched(pace: PollingState, seed: int) -> None:
    assert wait(pace._replace(spare=0), seed) >= pace.resets_in - ROUNDING


@given(paces, st.integers(0, 23), seeds)
def test_who_has_less_left_never_asks_sooner(pace: PollingState, spare: int, seed: int) -> None:
    poor = pace._replace(spare=spare, since_contact=0.0)
    rich = poor._replace(spare=spare + 1)
    assert wait(poor, seed) >= wait(rich, seed)


@pytest.mark.parametrize(("spare", "seconds"), [(11, 300), (5, 600), (1, 1800), (0, 3600)])
def test_what_is_left_is_spread_over_the_hour(spare: int, seconds: int) -> None:
    assert wait(QUIET._replace(spare=spare, resets_in=HOUR)) == pytest.approx(seconds)


def test_the_spread_is_the_same_whenever_it_is_asked_for() -> None:
    asked_at_once = QUIET._replace(spare=4, resets_in=3000)
    asked_later = asked_at_once._replace(resets_in=2900, since_contact=100.0)
    assert wait(asked_later) == pytest.approx(wait(asked_at_once) - 100)


@given(seeds, st.floats(0, 599), st.floats(600, 40 * HOUR))
def test_for_ten_minutes_after_a_change_elsewhere_it_is_brisk(
    seed: int, fresh: float, old: float
) -> None:
    assert 90 <= wait(QUIET._replace(since_change=fresh), seed) <= 120
    assert wait(QUIET._replace(since_change=old), seed) == QUIET_SECONDS
    low = QUIET._replace(since_change=fresh, spare=5, resets_in=HOUR)
    assert wait(low, seed) == pytest.approx(600)


@given(seeds)
def test_who_comes_back_to_an_old_copy_sees_a_new_one_soon(seed: int) -> None:
    back = QUIET._replace(since_return=0)
    assert 1 <= wait(back._replace(since_contact=1000.0), seed) <= 20
    assert 1 <= wait(back._replace(since_contact=None), seed) <= 20
    assert 1 <= wait(back._replace(since_contact=15.0 * HOUR), seed) <= 120
    assert 1 <= wait(back._replace(since_contact=15.0 * HOUR, failing=True), seed) <= 300


def test_a_clock_that_was_set_back_delays_nothing() -> None:
    behind = PollingState(True, 24, 0, -5.0 * HOUR, -5.0 * HOUR, -5.0 * HOUR)
    assert wait(behind) == QUIET_SECONDS


@given(seeds)
def test_no_quiet_hour_has_more_than_twelve(seed: int) -> None:
    asked = a_day(Random(seed), hours=4)
    quiet = [moment for moment in asked if moment > 2 * QUIET_SECONDS]
    for begin in quiet:
        assert sum(begin <= moment < begin + HOUR - ROUNDING for moment in quiet) <= 12


@given(seeds, st.floats(0, 4 * HOUR))
def test_whatever_happens_elsewhere_there_are_requests_enough_for_every_five_minutes(
    seed: int, changes_at: float
) -> None:
    asked = a_day(Random(seed), hours=4, changes_at=changes_at)
    gaps = [after - before for before, after in pairwise(asked)]
    assert max(gaps) <= QUIET_SECONDS + ROUNDING
    assert min(gaps) >= 90 - ROUNDING


@given(seeds, st.integers(0, 100))
def test_someone_who_looks_often_never_leaves_less_than_the_reserve(seed: int, looks: int) -> None:
    asked = a_day(Random(seed), hours=4, by_hand=looks, changes_at=HOUR)
    gaps = [after - before for before, after in pairwise(asked)]
    assert max(gaps) <= WINDOW_SECONDS


@given(seeds)
def test_waiting_changes_go_one_a_second_but_slowly_after_an_outage(seed: int) -> None:
    assert [next_push(failures, Random(seed)) for failures in range(5)] == [1.0] * 5
    assert 1 <= next_push(5, Random(seed)) <= 240
