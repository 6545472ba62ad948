"""What a hundred thousand clients do to the server when they all meet the same misfortune."""

from random import Random
from statistics import mean
from typing import Final

from tests.sync.fleet import (
    BIN_SECONDS,
    HOUR,
    Outage,
    a_day_with_an_outage,
    a_morning,
    arrivals,
    between,
)
from tray.sync.rate.polling import QUIET_SECONDS

MOST: Final = 3
"""How many times the steady rate is allowed."""
OUTAGE: Final = Outage(1200, 1200 + HOUR)
CLIENTS: Final = 100_000
OFFICE: Final = 10_000


def test_after_an_hour_of_outage_the_server_is_not_pushed_over_again() -> None:
    end = OUTAGE.end + HOUR
    bins = arrivals(CLIENTS, end, lambda rng: a_day_with_an_outage(end, rng, outage=OUTAGE))
    steady = mean(between(bins, QUIET_SECONDS, OUTAGE.begin))
    assert steady > CLIENTS * BIN_SECONDS / QUIET_SECONDS, "looks, and changes besides"
    assert max(between(bins, OUTAGE.end, end)) <= MOST * steady
    late = between(bins, OUTAGE.end - 1800, OUTAGE.end)
    assert max(late) < steady, "while it is down it is asked less and less"
    settled = between(bins, end - 1200, end)
    assert max(settled) <= 1.5 * steady


def test_all_come_back_in_the_same_second_at_nine() -> None:
    bins = arrivals(OFFICE, HOUR, lambda rng: a_morning(HOUR, rng, came_back=0))
    assert max(bins) <= MOST * OFFICE * BIN_SECONDS / QUIET_SECONDS
    assert sum(between(bins, 0, 120)) == OFFICE


def test_people_come_at_about_nine() -> None:
    def someone(rng: Random) -> list[float]:
        return list(a_morning(HOUR, rng, came_back=min(max(rng.gauss(900, 300), 0), 1800)))

    bins = arrivals(OFFICE, HOUR, lambda rng: iter(someone(rng)))
    assert max(bins) <= 1.5 * OFFICE * BIN_SECONDS / QUIET_SECONDS
