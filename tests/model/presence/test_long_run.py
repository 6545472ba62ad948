"""When an entry that runs too long is thought to have ended."""

from datetime import UTC, datetime
from typing import Final

import pytest

from tray.model.presence.hours import Hours, parse_hours
from tray.model.presence.long_run import StopProposal, StopReason, Traces, proposal

WORK: Final = parse_hours("mon-fri 9:00-17:30")


def at(day: int, hour: int, minute: int = 0) -> int:
    """In November 2026; the 20th is a Friday."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("traces", "hours", "expected"),
    [
        (Traces(at(20, 16), at(20, 17)), WORK, StopProposal(at(20, 16), StopReason.LAST_INPUT)),
        (Traces(at(21, 12), at(20, 17)), WORK, StopProposal(at(20, 17), StopReason.LAST_SEEN)),
        (Traces(None, at(20, 8)), WORK, StopProposal(at(20, 17, 30), StopReason.WORK_ENDED)),
        (
            Traces(past=[3_600, 7_200, 60, 9_000, 7_200]),
            Hours(),
            StopProposal(at(20, 16), StopReason.USUAL_LENGTH),
        ),
        (Traces(past=[3_600]), Hours(), None),
        (Traces(at(21, 12)), Hours(), None),
    ],
)
def test_what_tells_best_of_the_end_is_proposed(
    traces: Traces, hours: Hours, expected: StopProposal | None
) -> None:
    assert proposal(at(20, 14), traces, hours, now=at(21, 12), zone=UTC) == expected
