"""The fake's faults, without a wire: what is carried out, and what arrives."""

import json

import pytest

from tests.fakes.conftest import NOON
from tests.fakes.toggl import Account, Fault, Faults, Reply, Request, Service, request_of
from tests.fakes.toggl.caller import JSON_TYPE, basic
from tests.fakes.toggl.faults import HUGE, Wire

WHOLE = Wire.WHOLE


@pytest.fixture
def faults(service: Service) -> Faults:
    """Faults before the free account."""
    return Faults(service)


def request(account: Account, method: str = "POST", name: str = "one") -> Request:
    """A request for another tag, or for all of them."""
    path = f"/api/v9/workspaces/{account.workspace_id}/tags"
    headers = JSON_TYPE | {"Authorization": basic(account.token, "api_token")}
    return request_of(method, path, headers=headers, body=json.dumps({"name": name}).encode())


def listed(faults: Faults, account: Account) -> Reply:
    """The reply to a request for all tags."""
    reply = faults.exchange(request(account, "GET")).reply
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("kind", "committed", "wire", "status"),
    [
        ("drop_before_commit", 0, Wire.DROPPED, None),
        ("drop_after_commit", 1, Wire.DROPPED, None),
        ("reset_before_commit", 0, Wire.RESET, None),
        ("reset_after_commit", 1, Wire.RESET, None),
        ("late", 0, Wire.SILENT, None),
        ("doubled", 1, WHOLE, 400),
        ("truncated", 1, Wire.TRUNCATED, 200),
        ("html_502_before", 0, WHOLE, 502),
        ("html_502_after", 1, WHOLE, 502),
        ("html_429", 0, WHOLE, 429),
        ("wrong_type", 1, WHOLE, 200),
        ("huge", 1, WHOLE, 200),
        ("clock_skew", 1, WHOLE, 200),
    ],
)
def test_a_fault_hits_one_request(
    faults: Faults, account: Account, kind: str, committed: int, wire: Wire, status: int | None
) -> None:
    faults.next(kind)
    seen, reply = faults.exchange(request(account))
    assert (len(account.tags), seen, reply and reply.status) == (committed, wire, status)
    assert [fault for fault, _ in faults.done] == [Fault(kind)]
    assert faults.exchange(request(account, "GET"))[0] is WHOLE
    assert len(faults.done) == 1


def test_every_fault_is_tried_above() -> None:
    assert len(Fault) == 13


def test_bodies_are_spoilt_as_they_say(faults: Faults, account: Account) -> None:
    account.add_tag("one")
    replies = []
    for kind in ("wrong_type", "huge", "clock_skew"):
        faults.next(kind)
        replies.append(listed(faults, account))
    wrong, huge, skewed = replies
    assert wrong.json()[0]["id"] == "seven"
    assert len(huge.body) > HUGE
    assert skewed.headers["Date"].endswith("2020 00:00:00 GMT")


def test_a_fault_waits_for_its_request(faults: Faults, account: Account) -> None:
    faults.next("drop_after_commit", when=lambda sent: sent.method == "POST", times=2)
    wires = [faults.exchange(request(account, method))[0] for method in ("GET", "POST", "GET")]
    assert wires == [WHOLE, Wire.DROPPED, WHOLE]
    faults.clear()
    assert faults.exchange(request(account, name="two"))[0] is WHOLE


def test_a_late_request_is_carried_out_before_the_next(faults: Faults, account: Account) -> None:
    faults.next("late")
    faults.exchange(request(account))
    assert len(listed(faults, account).json()) == 1


def test_a_late_request_may_miss_whoever_looks_for_it(faults: Faults, account: Account) -> None:
    faults.late_by = 1
    faults.next("late")
    faults.exchange(request(account))
    assert listed(faults, account).json() is None
    assert len(listed(faults, account).json()) == 1


def test_what_is_late_can_be_settled(faults: Faults, account: Account) -> None:
    faults.late_by = 100
    faults.next("late")
    faults.exchange(request(account))
    faults.settle()
    faults.settle()
    assert len(account.tags) == 1


def test_chance_repeats_itself(account: Account) -> None:
    def seen(seed: int) -> list[Wire]:
        faults = Faults(Service(Account(clock=lambda: NOON)))
        faults.by_chance(seed, {"drop_before_commit": 0.3, "reset_before_commit": 0.2})
        return [faults.exchange(request(account, "GET")).wire for _ in range(200)]

    assert seen(1) == seen(1) != seen(2)
    assert 30 < seen(1).count(Wire.DROPPED) < 90
    assert 15 < seen(1).count(Wire.RESET) < 65


def test_chance_can_be_limited_and_ended(faults: Faults, account: Account) -> None:
    faults.by_chance(0, {"drop_before_commit": 1}, when=lambda sent: sent.method == "POST")
    assert faults.exchange(request(account, "GET")).wire is WHOLE
    assert faults.exchange(request(account)).wire is Wire.DROPPED
    faults.clear()
    assert faults.exchange(request(account)).wire is WHOLE


def test_a_fault_of_another_name_is_an_error(faults: Faults) -> None:
    with pytest.raises(ValueError, match="no_such"):
        faults.next("no_such")
    with pytest.raises(ValueError, match="no_such"):
        faults.by_chance(0, {"no_such": 1})
