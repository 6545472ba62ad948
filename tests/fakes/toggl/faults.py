"""What can go wrong between a client and the server, one request at a time."""

import json
from collections.abc import Callable, Mapping
from enum import Enum
from random import Random
from typing import Any, Final, NamedTuple

from tests.fakes.toggl.exchange import Reply, Request, html
from tests.fakes.toggl.service import Service

HUGE: Final = 12 * 2**20
"""Bytes in a body that is too long."""
WRONG_DATE: Final = "Wed, 01 Jan 2020 00:00:00 GMT"


class Fault(Enum):
    """What happens to a request, or to its reply."""

    DROP_BEFORE_COMMIT = "drop_before_commit"
    """The connection ends without a reply; the request was not carried out."""
    DROP_AFTER_COMMIT = "drop_after_commit"
    """The connection ends without a reply; the request was carried out."""
    RESET_BEFORE_COMMIT = "reset_before_commit"
    """The connection is reset; the request was not carried out."""
    RESET_AFTER_COMMIT = "reset_after_commit"
    """The connection is reset; the request was carried out."""
    LATE = "late"
    """No reply at all; the request is carried out later, see `Faults.late_by`."""
    DOUBLED = "doubled"
    """Something repeats the request: it is carried out twice, and the second reply arrives."""
    TRUNCATED = "truncated"
    """Half of the body arrives."""
    HTML_502_BEFORE = "html_502_before"
    """A page of a proxy; the request was not carried out."""
    HTML_502_AFTER = "html_502_after"
    """A page of a proxy; the request was carried out."""
    HTML_429 = "html_429"
    """A page of a proxy: too many requests."""
    WRONG_TYPE = "wrong_type"
    """A number in the JSON is a word."""
    HUGE = "huge"
    """The body is 12 MiB."""
    CLOCK_SKEW = "clock_skew"
    """The ``Date`` of the reply is years off."""


class Wire(Enum):
    """How a reply travels."""

    WHOLE = "whole"
    TRUNCATED = "truncated"
    DROPPED = "dropped"
    RESET = "reset"
    SILENT = "silent"


class Outcome(NamedTuple):
    """What a client gets to see."""

    wire: Wire
    reply: Reply | None = None
    """None where nothing arrives."""


When = Callable[[Request], bool]


class Faults:
    """Faults that tests ask for, one by one or by chance, between the wire and a service.

    Attributes:
        late_by: How many other requests are answered before a late one is carried out.
        done: The faults so far, with the request of each.
    """

    def __init__(self, service: Service) -> None:
        self.late_by = 0
        self.done: list[tuple[Fault, Request]] = []
        self._service = service
        self._scripted: list[tuple[Fault, When]] = []
        self._late: list[tuple[int, Request]] = []
        self._random = Random(0)
        self._chances: Mapping[str, float] = {}
        self._when: When = _always

    def next(self, kind: str, when: When | None = None, *, times: int = 1) -> None:
        """The next `times` requests that `when` is true of meet this fault."""
        self._scripted += [(Fault(kind), when or _always)] * times

    def by_chance(
        self, seed: int, chances: Mapping[str, float], *, when: When | None = None
    ) -> None:
        """From now on a request meets a fault with these probabilities, by name of the fault."""
        for kind in chances:
            Fault(kind)
        self._random, self._chances, self._when = Random(seed), chances, when or _always

    def clear(self) -> None:
        """No more faults; those that are late are carried out at once."""
        self._scripted.clear()
        self._chances = {}
        self.settle()

    def settle(self) -> None:
        """Carry out what is late."""
        late, self._late = self._late, []
        for _, request in late:
            self._service.handle(request)

    def exchange(self, request: Request) -> Outcome:
        """What becomes of a request."""
        with self._service.account.lock:
            self._carry_out_late()
            fault = self._choose(request)
            if fault is None:
                return Outcome(Wire.WHOLE, self._service.handle(request))
            self.done.append((fault, request))
            return self._apply(fault, request)

    def _carry_out_late(self) -> None:
        due = [request for wait, request in self._late if wait <= 0]
        self._late = [(wait - 1, request) for wait, request in self._late if wait > 0]
        for request in due:
            self._service.handle(request)

    def _choose(self, request: Request) -> Fault | None:
        for place, (fault, when) in enumerate(self._scripted):
            if when(request):
                del self._scripted[place]
                return fault
        if not self._chances or not self._when(request):
            return None
        rest = self._random.random()
        for kind, chance in self._chances.items():
            rest -= chance
            if rest < 0:
                return Fault(kind)
        return None

    def _apply(self, fault: Fault, request: Request) -> Outcome:
        match fault:
            case Fault.DROP_BEFORE_COMMIT:
                return Outcome(Wire.DROPPED)
            case Fault.RESET_BEFORE_COMMIT:
                return Outcome(Wire.RESET)
            case Fault.HTML_502_BEFORE:
                return Outcome(Wire.WHOLE, html(502, "502 Bad Gateway"))
            case Fault.HTML_429:
                return Outcome(Wire.WHOLE, html(429, "429 Too Many Requests"))
            case Fault.LATE:
                self._late.append((self.late_by, request))
                return Outcome(Wire.SILENT)
            case Fault.DOUBLED:
                self._service.handle(request)
        return _spoilt(fault, self._service.handle(request))


def _spoilt(fault: Fault, reply: Reply) -> Outcome:
    """What arrives of a reply to a request that was carried out."""
    match fault:
        case Fault.DROP_AFTER_COMMIT:
            return Outcome(Wire.DROPPED)
        case Fault.RESET_AFTER_COMMIT:
            return Outcome(Wire.RESET)
        case Fault.TRUNCATED:
            return Outcome(Wire.TRUNCATED, reply)
        case Fault.HTML_502_AFTER:
            reply = html(502, "502 Bad Gateway")
        case Fault.WRONG_TYPE:
            reply = reply._replace(body=_with_a_word(reply.body))
        case Fault.HUGE:
            reply = reply._replace(body=b'"' + b"x" * HUGE + b'"')
        case Fault.CLOCK_SKEW:
            reply = reply.with_headers({"Date": WRONG_DATE})
    return Outcome(Wire.WHOLE, reply)


def _with_a_word(body: bytes) -> bytes:
    """The same JSON with a word in the place of its first number."""
    try:
        value = json.loads(body)
    except ValueError:
        return b'{"id":"seven"}'
    return json.dumps(_replace_number(value)).encode()


def _replace_number(value: Any) -> Any:
    match value:
        case [first, *rest]:
            return [_replace_number(first), *rest]
        case {"id": int()}:
            return {**value, "id": "seven"}
        case {"data": inner}:
            return {**value, "data": _replace_number(inner)}
        case _:
            return {"id": "seven"}


def _always(request: Request) -> bool:
    return True
