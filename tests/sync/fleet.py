"""A crowd of clients that follow the policy, and how many requests reach the server when.

No client waits for another, so they live one after the other, and only the bins are kept.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from tray.errors import NoAnswer, Offline, ServerFailed
from tray.sync.rate.backoff import retry_delay
from tray.sync.rate.polling import QUIET_SECONDS, PollingState, next_poll, next_push

BIN_SECONDS: Final = 10
HOUR: Final = 3600
CHANGES_AN_HOUR: Final = 6  # sixty switches in ten hours
FAILURES: Final = (
    ServerFailed("The server failed (503).", status=503),
    Offline("The server refuses the connection."),
    NoAnswer("No answer came."),
)


class Outage(NamedTuple):
    begin: float
    end: float

    def at(self, moment: float) -> bool:
        return self.begin <= moment < self.end


def polls(
    first: float,
    end: float,
    rng: Random,
    *,
    came_back: float = -HOUR,
    changed_at: float | None = None,
    outage: Outage,
) -> Iterator[tuple[float, int]]:
    """When a client looks for changes, and how often it has failed just before."""
    now, failures = first, 0
    error = rng.choice(FAILURES)
    while now < end:
        yield now, failures
        if outage.at(now):
            failures += 1
            wait = retry_delay(error, failures, rng=rng)
        else:
            failures = 0
            since_change = None if changed_at is None or now < changed_at else now - changed_at
            wait = next_poll(PollingState(True, 24, 0, 0.0, now - came_back, since_change), rng)
        assert wait is not None
        now += wait


def a_day_with_an_outage(end: float, rng: Random, *, outage: Outage) -> Iterator[float]:
    """Someone who switches six times an hour and has another device that is used now and then."""
    elsewhere = outage.end if rng.random() < 0.2 else None
    changes = [rng.uniform(0, end) for _ in range(round(CHANGES_AN_HOUR * end / HOUR))]
    recovered, after = 0.0, 0
    for now, failures in polls(
        rng.uniform(0, QUIET_SECONDS), end, rng, changed_at=elsewhere, outage=outage
    ):
        yield now
        if failures and not outage.at(now):
            recovered, after = now, failures
    waiting = [change for change in changes if outage.begin <= change < recovered]
    for change in changes:
        if not outage.begin <= change < recovered:
            yield change  # the entry that begins,
            yield change + 1  # and the end of the one before; later on, both are one request
    for _ in waiting:
        recovered += next_push(after, rng)
        yield recovered


def a_morning(end: float, rng: Random, *, came_back: float) -> Iterator[float]:
    """Someone who comes back after a night."""
    first = next_poll(PollingState(True, 24, 0, 15 * HOUR, 0.0, None), rng)
    assert first is not None
    never = Outage(end, end)
    for now, _ in polls(came_back + first, end, rng, came_back=came_back, outage=never):
        yield now


def arrivals(clients: int, end: float, life: Callable[[Random], Iterator[float]]) -> list[int]:
    """How many requests reach the server in each ten seconds."""
    bins = [0] * int(end // BIN_SECONDS)
    rng = Random(clients)
    for _ in range(clients):
        for moment in life(rng):
            if moment < end:
                bins[int(moment // BIN_SECONDS)] += 1
    return bins


def between(bins: list[int], begin: float, end: float) -> list[int]:
    return bins[int(begin // BIN_SECONDS) : int(end // BIN_SECONDS)]
