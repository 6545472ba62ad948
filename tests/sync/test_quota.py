from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.api.remote_values import Quota, ResponseInfo
from tray.errors import QuotaSpent
from tray.store import account, remote_rows
from tray.store.account import LinkedAccount
from tray.store.columns import RowValues
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow
from tray.sync.rate import quota
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


def reply_with(remaining: int) -> ResponseInfo:
    """A reply that says how many are left, and not until when."""
    return ResponseInfo("user", 200, remaining=remaining)


@pytest.mark.parametrize(
    ("total", "remaining", "refill"), [(30, 10, 11), (30, 29, 0), (30, 40, 0), (600, 599, 0)]
)
def test_a_new_hour_has_as_much_as_the_last_new_hour_had(
    total: int, remaining: int, refill: int
) -> None:
    over = Bucket("user", total, 0, resets_at=NOW)
    began = after_reply(over, reply_with(remaining), now=NOW)
    assert began.refill == refill
    again = as_of(after_402(began, 60, now=NOW), NOW + HOUR)
    assert again.remaining == (refill or began.total)


@pytest.mark.parametrize(("refill", "remaining"), [(1, 3), (3, 3), (4, 4), (50, 30)])
def test_a_new_hour_has_enough_for_a_look_and_no_more_than_there_ever_are(
    refill: int, remaining: int
) -> None:
    over = Bucket("user", 30, 0, resets_at=NOW, refill=refill, others=9_000)
    assert as_of(over, NOW).remaining == remaining
    assert free_at(over, NOW, kind="user") == NOW


def test_what_is_left_in_a_running_hour_says_nothing_about_the_next() -> None:
    began = after_reply(FULL, reply_with(20), now=NOW)
    assert after_reply(began, reply_with(5), now=NOW + 60).refill == 0


@pytest.mark.parametrize(("others", "shared"), [(2_999, False), (3_000, True), (3_001, True)])
def test_three_requests_of_others_in_an_hour_make_a_bucket_shared(
    others: int, shared: bool
) -> None:
    bucket = Bucket("user", remaining=5, others=others)
    assert bucket.is_shared is shared
    assert bucket.spare("user") == (3 if shared else 5)


@pytest.mark.parametrize(("elsewhere", "shared"), [(0, False), (2, False), (3, True)])
def test_what_is_missing_beside_our_own_request_was_spent_by_others(
    elsewhere: int, shared: bool
) -> None:
    first = after_reply(FULL, reply_with(20), now=NOW)
    assert first.others == 0, "the hour may have begun before"
    second = after_reply(first, reply_with(19 - elsewhere), now=NOW)
    assert (second.others, second.is_shared) == (1000 * elsewhere, shared)


@pytest.mark.parametrize(
    ("later", "others"), [(0, 3_001), (HOUR // 2, 1_500), (HOUR, 0), (5 * HOUR, 0), (-60, 3_001)]
)
def test_what_others_spent_is_forgotten_within_an_hour(later: int, others: int) -> None:
    bucket = Bucket("user", 30, 20, NOW + 9 * HOUR, others=3_001, seen_at=NOW)
    assert after_reply(bucket, reply_with(19), now=NOW + later).others == others


@pytest.mark.parametrize(("wait", "waits"), [(0, (60, 120, 180)), (100, (100, 120, 180))])
def test_a_server_that_goes_on_refusing_is_left_alone_longer_each_time(
    wait: int, waits: tuple[int, ...]
) -> None:
    bucket, now = FULL, NOW
    for seconds in waits:
        bucket = after_402(bucket, wait, now=now)
        assert bucket.resets_at == now + seconds + 2
        now = bucket.resets_at


@pytest.mark.parametrize("answer", [reply_with(12), SILENT])
def test_an_answer_ends_the_row_of_refusals(answer: ResponseInfo) -> None:
    bucket = after_402(after_402(FULL, 0, now=NOW), 0, now=NOW + 70)
    bucket = after_reply(bucket, answer, now=NOW + 300)
    assert after_402(bucket, 0, now=NOW + 400).resets_at == NOW + 462


OWN_SERVER: Final = LinkedAccount("http://127.0.0.1/api/v9", "basic", "", 1, "Test User")


def test_workspaces_of_an_organization_share_its_bucket(db: Database) -> None:
    for workspace, organization in ((5, 7), (6, 7), (8, None)):
        base: RowValues = {"organization_id": organization}
        remote_rows.save(db, RemoteRow("workspace", workspace, 100 + workspace, 0, base))
    charged = ("user", "organization 7", "workspace 105", "workspace 106")
    names = [quota.bucket_name(db, each) for each in charged]
    assert names == ["user", "organization 7", "organization 7", "organization 7"]
    for unknown in ("workspace 108", "workspace 109"):
        assert quota.bucket_name(db, unknown) == unknown
    quota.charge(db, ResponseInfo("workspace 105", 200), None, now=NOW)
    quota.charge(db, ResponseInfo("workspace 106", 200), None, now=NOW)
    assert counts(quota.read_buckets(db)["organization 7"])[2] == 28


def test_a_shared_bucket_is_halved(db: Database) -> None:
    for remaining in (29, 20, 16):
        quota.charge(db, reply_with(remaining), None, now=NOW)
    assert quota.is_shared(db, "user")
    assert quota.spare(db, "user", NOW, kind="user") == ((16 - 2) // 2, WINDOW_SECONDS)
    assert not quota.is_shared(db, "organization 7")
    assert quota.spare(db, "organization 7", NOW, kind="user") == (30, 0)


def test_a_server_of_ones_own_does_not_count_before_it_shows_that_it_does(db: Database) -> None:
    account.write(db, OWN_SERVER)
    quota.charge(db, SILENT, None, now=NOW)
    assert quota.read_buckets(db) == {}
    assert not quota.is_shared(db, "user")
    assert quota.may_spend_at(db, "user", NOW, kind="background") == NOW
    assert quota.is_plenty(db)


@pytest.mark.parametrize(
    ("seen", "error"),
    [
        (ResponseInfo("user", 429), None),
        (reply_with(29), None),
        (ResponseInfo("user", 402), QuotaSpent("Spent.", wait_seconds=100)),
    ],
)
def test_a_server_of_ones_own_that_shows_a_limit_is_counted(
    db: Database, seen: ResponseInfo, error: QuotaSpent | None
) -> None:
    account.write(db, OWN_SERVER)
    quota.charge(db, seen, error, now=NOW)
    assert quota.read_buckets(db)["user"].remaining == (29 if error is None else 0)


@pytest.mark.parametrize(
    ("remaining", "total", "expected"),
    [
        (30, 30, (30, 30, 0)),
        (29, 30, (30, 29, NOW + 902)),
        (-4, 30, (30, 0, NOW + 902)),
        (700, 600, (600, 600, 0)),
        (0, 0, (1, 0, NOW + 902)),
    ],
)
def test_an_hour_ends_only_where_something_of_it_is_spent(
    db: Database, remaining: int, total: int, expected: tuple[int, int, int]
) -> None:
    quota.accept_totals(db, [Quota("user", remaining, total, 900)], now=NOW)
    assert counts(quota.read_buckets(db)["user"])[1:] == expected
