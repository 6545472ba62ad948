"""The one line that says how things stand."""

import pytest

from tray.store.account import SyncErrorKind
from tray.sync.rate.quota import Bucket
from tray.sync.status import Status
from tray.sync.status_text import ago, line, purpose, requests_left, wrong_clock

NOW = 1_795_003_200
PLENTY = Bucket("user", 30, 15, NOW)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status(), ""),
        (Status("signed out"), "Signed out"),
        (Status("signed out", pending=2), "Signed out, 2 changes waiting"),
        (Status("in step"), "Synced"),
        (Status("in step", last_sync=NOW - 120), "Synced 2 min ago"),
        (Status("in step", last_sync=NOW + 9_999), "Synced just now"),
        (Status("in step", last_sync=NOW, buckets=(PLENTY,)), "Synced just now"),
        (
            Status("in step", last_sync=NOW, buckets=(PLENTY, Bucket("organization 7", 30, 12, 1))),
            "Synced just now · 12 of 30 requests left",
        ),
        (Status("waiting", pending=1), "1 change waiting"),
        (Status("waiting", pending=1_234), "1,234 changes waiting"),
        (Status("waiting", history_complete=False), "Earlier entries are still to come"),
        (
            Status("offline", pending=3, error_kind=SyncErrorKind.OFFLINE, error_text="No."),
            "Offline, 3 changes waiting",
        ),
        (Status("offline", error_kind=SyncErrorKind.NO_ANSWER, error_text="No."), "Offline"),
        (
            Status("offline", error_kind=SyncErrorKind.BAD_REPLY, error_text="That is HTML."),
            "That is HTML.",
        ),
        (
            Status(
                "offline",
                pending=1,
                error_kind=SyncErrorKind.SERVER_FAILED,
                error_text="It failed.",
            ),
            "It failed. 1 change waiting.",
        ),
        (Status("quota", next_at=NOW + 60), "Next sync at t60"),
        (Status("quota", next_at=NOW + 60, pending=1), "Next sync at t60, 1 change waiting"),
        (Status("trouble", error_text="Sign in again.", pending=4), "Sign in again."),
        (Status("attention", refused=1), "1 change was not uploaded"),
        (Status("attention", conflicts=2), "2 conflicts"),
        (
            Status("attention", refused=2, conflicts=1, pending=1),
            "3 things wait for you, 1 change waiting",
        ),
    ],
)
def test_the_line(status: Status, expected: str) -> None:
    said = line(status, now=NOW, time_of_day=lambda when: f"t{when - NOW}")
    assert said == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3_599, "59 min ago"),
        (3_600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 day ago"),
        (200_000, "2 days ago"),
    ],
)
def test_how_long_ago(seconds: int, expected: str) -> None:
    assert ago(seconds) == expected


def test_the_scarcest_requests_are_named() -> None:
    buckets = (Bucket("user", 30, 10, NOW), Bucket("organization 7", 600, 100, NOW))
    assert requests_left(Status("in step", buckets=buckets)) == "100 of 600 requests left"
    assert [purpose(each, buckets) for each in buckets] == [
        "looking for changes",
        "uploading changes",
    ]
    several = (*buckets, Bucket("organization 8", 600, 600, NOW))
    assert purpose(several[2], several) == "uploading changes (organization 8)"


def test_a_wrong_clock() -> None:
    assert wrong_clock(Status("in step")) == ""
    assert wrong_clock(Status("in step", clock_skew=-3_600)).startswith(
        "This computer's clock is 1 hour fast"
    )
