from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.api.remote_values import ResponseInfo
from tray.sync.rate.quota import (
    ORGANIZATION_RESERVE,
    USER_RESERVE,
    WINDOW_SECONDS,
    Bucket,
    Kind,
    after_402,
    after_reply,
    after_request,
    as_of,
    free_at,
)

NOW: Final = 1_760_000_000
HOUR: Final = 3600
FULL: Final = Bucket("user")
SILENT: Final = ResponseInfo("user", 200)
"""A reply through a gateway that passes no headers on."""

moments = st.integers(NOW - 10 * HOUR, NOW + 10 * HOUR)
kinds: st.SearchStrategy[Kind] = st.sampled_from(["user", "background"])
buckets = st.builds(
    Bucket,
    st.sampled_from(["user", "organization 7"]),
    st.sampled_from([30, 240, 600]),
    st.integers(0, 600),
    st.just(0) | moments,
)
replies = st.builds(
    ResponseInfo,
    st.just("user"),
    st.sampled_from([200, 400, 402, 503]),
    st.none() | st.integers(-50, 600),
    st.none() | st.integers(-10, 10**9),
)


def counts(bucket: Bucket) -> tuple[object, ...]:
    """Name, total, what is left and when that ends, without what was learned on the way."""
    return bucket[:4]


def spent(bucket: Bucket, requests: int, *, now: int) -> Bucket:
    for _ in range(requests):
        bucket = after_request(bucket, now)
    return bucket


def test_an_hour_begins_with_the_first_request_and_then_the_bucket_is_full_again() -> None:
    bucket = after_reply(FULL, SILENT, now=NOW)
    assert bucket == Bucket("user", 30, 29, NOW + WINDOW_SECONDS)
    bucket = after_reply(bucket, SILENT, now=NOW + 1000)
    assert bucket == Bucket("user", 30, 28, NOW + WINDOW_SECONDS)
    assert as_of(bucket, NOW + WINDOW_SECONDS - 1) == bucket
    assert as_of(bucket, NOW + WINDOW_SECONDS) == FULL
    assert after_reply(bucket, SILENT, now=NOW + 2 * HOUR).resets_at == (
        NOW + 2 * HOUR + WINDOW_SECONDS
    )


def test_the_servers_count_replaces_ours() -> None:
    seen = ResponseInfo("user", 200, remaining=20, resets_in_seconds=1855)
    assert counts(after_reply(FULL, seen, now=NOW)) == ("user", 30, 20, NOW + 1857)
    better = ResponseInfo("organization 7", 200, remaining=239, resets_in_seconds=3600)
    after = after_reply(Bucket("organization 7"), better, now=NOW)
    assert counts(after) == ("organization 7", 240, 239, NOW + WINDOW_SECONDS)


def test_half_of_the_headers_count_for_what_they_give() -> None:
    only_remaining = ResponseInfo("user", 200, remaining=4)
    after = after_reply(FULL, only_remaining, now=NOW)
    assert counts(after) == ("user", 30, 4, NOW + WINDOW_SECONDS)
    only_reset = ResponseInfo("user", 200, resets_in_seconds=98)
    assert counts(after_reply(FULL, only_reset, now=NOW)) == ("user", 30, 29, NOW + 100)


def test_a_count_below_nothing_is_nothing() -> None:
    seen = ResponseInfo("user", 402, remaining=-37, resets_in_seconds=133)
    bucket = after_reply(FULL, seen, now=NOW)
    assert bucket.remaining == 0
    assert free_at(bucket, NOW, kind="user") == NOW + 135


@pytest.mark.parametrize(("said", "resets_at"), [(133, NOW + 135), (None, NOW + WINDOW_SECONDS)])
def test_a_bucket_the_server_calls_empty_is_empty(said: int | None, resets_at: int) -> None:
    bucket = after_402(FULL, said, now=NOW)
    assert counts(bucket) == ("user", 30, 0, resets_at)
    assert free_at(bucket, resets_at - 1, kind="user") == resets_at
    assert free_at(bucket, resets_at, kind="background") == resets_at


def test_a_402_that_does_not_say_when_keeps_the_hour_that_had_begun() -> None:
    assert after_402(after_request(FULL, NOW), None, now=NOW + 3000).resets_at == (
        NOW + WINDOW_SECONDS
    )


@pytest.mark.parametrize(
    ("name", "reserve"), [("user", USER_RESERVE), ("organization 7", ORGANIZATION_RESERVE)]
)
def test_a_reserve_is_left_to_the_user(name: str, reserve: int) -> None:
    bucket = spent(Bucket(name), 30 - reserve, now=NOW)
    assert bucket.spare("background") == 0
    assert bucket.spare("user") == reserve
    assert free_at(bucket, NOW, kind="background") == NOW + WINDOW_SECONDS
    assert free_at(bucket, NOW, kind="user") == NOW
    assert free_at(spent(bucket, reserve, now=NOW), NOW, kind="user") == NOW + WINDOW_SECONDS


@given(buckets, moments, replies, st.none() | st.integers(-10, 10**9))
def test_no_reset_is_ever_more_than_an_hour_away(
    bucket: Bucket, now: int, seen: ResponseInfo, wait: int | None
) -> None:
    for after in (
        as_of(bucket, now),
        after_request(bucket, now),
        after_reply(bucket, seen, now=now),
        after_402(bucket, wait, now=now),
    ):
        assert after.resets_at == 0 or now < after.resets_at <= now + WINDOW_SECONDS
        assert after.remaining >= 0
        assert after.total >= bucket.total


@given(buckets, moments, kinds)
def test_whoever_has_to_wait_may_spend_at_the_promised_time(
    bucket: Bucket, now: int, kind: Kind
) -> None:
    moment = free_at(bucket, now, kind=kind)
    assert now <= moment <= now + WINDOW_SECONDS
    assert free_at(as_of(bucket, now), moment, kind=kind) == moment


@given(buckets, moments)
def test_the_user_never_waits_longer_than_the_background(bucket: Bucket, now: int) -> None:
    user = free_at(bucket, now, kind="user")
    assert user <= free_at(bucket, now, kind="background")


@given(st.integers(-10 * HOUR, 10 * HOUR))
def test_a_clock_that_is_set_holds_nobody_up_for_more_than_an_hour(jump: int) -> None:
    empty = after_402(FULL, 1800, now=NOW)
    bucket = as_of(empty, NOW + jump)
    assert counts(as_of(bucket, NOW + jump + WINDOW_SECONDS)) == FULL[:4]


@pytest.mark.parametrize("headers", [True, False])
def test_no_request_is_ever_answered_with_402(headers: bool) -> None:
    rng = Random(4)
    bucket = FULL
    moment, opened, used, answered = float(NOW), -1.0, 0, 0
    for _ in range(5_000):
        kind: Kind = rng.choice(["user", "background"])
        moment += rng.expovariate(1 / 40)
        free = free_at(bucket, int(moment), kind=kind)
        moment = max(moment, free)
        there = moment + rng.uniform(0.01, 0.5)
        if there >= opened + HOUR:
            opened, used = there, 0
        used += 1
        assert used <= 30
        answered += 1
        moment = there + rng.uniform(0.01, 0.5)
        left = ResponseInfo("user", 200, 30 - used, int(opened + HOUR - there))
        bucket = after_reply(bucket, left if headers else SILENT, now=int(moment))
    assert answered == 5_000
