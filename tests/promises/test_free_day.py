"""When a refusal for want of requests is the user's own doing."""

from tests.fakes.toggl.exchange import Request
from tests.fakes.toggl.service import Logged
from tests.promises.free_day import is_overdone


def logged(time: float, method: str, status: int = 200) -> Logged:
    return Logged(time, method, "/", "organization 7", status, Request(method, "/", {}, {}))


def test_thirty_changes_in_an_hour_are_as_many_as_there_are() -> None:
    refused = logged(3_600, "PUT", 402)
    changes = [logged(100 * number, "PUT") for number in range(1, 31)]
    assert is_overdone(changes, refused)
    assert not is_overdone(changes[1:], refused), "there was one left"
    assert not is_overdone([*changes[1:], logged(50, "GET")], refused), "it was asked for something"
    assert not is_overdone([logged(-1, "PUT"), *changes[1:]], refused), "that was given back"
